"""GraphML and GEXF 1.3, written node by node so that memory does not grow with the file.

GraphML: http://graphml.graphdrawing.org/specification.html. GEXF: https://gexf.net/ (1.3), with ``start`` on nodes and
edges, which Gephi's timeline plays: a thing appears when it was first reported and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from kg.export.cleaning import Cleaner
from kg.export.network import EDGE_ATTRIBUTES, Network, node_attributes

_GRAPHML_TYPES = {str: "string", int: "int", float: "double"}
_GEXF_TYPES = {str: "string", int: "integer", float: "double"}
_NODE_TITLES = {"label": "", "colour": ""}
_EDGE_TITLES = {"relation": ""}


def write_graphml(network: Network, out: IO[str], clean: Cleaner) -> None:
    """Write a network as GraphML."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    own = node_attributes(network)
    for domain, attributes in (("node", own), ("edge", EDGE_ATTRIBUTES)):
        for name, type_ in attributes.items():
            kind = _GRAPHML_TYPES[type_]
            out.write(f'<key id="{domain}-{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n')
    out.write('<graph id="graph" edgedefault="directed">\n')
    for node, values in network.nodes(data=True):
        out.write(f"<node id={_attribute(node, clean)}>{_data('node', own, values, clean)}</node>\n")
    for number, (subject, object_, values) in enumerate(network.edges(data=True)):
        ends = f"source={_attribute(subject, clean)} target={_attribute(object_, clean)}"
        out.write(f'<edge id="e{number}" {ends}>{_data("edge", EDGE_ATTRIBUTES, values, clean)}</edge>\n')
    out.write("</graph>\n</graphml>\n")


def write_gexf(network: Network, out: IO[str], clean: Cleaner) -> None:
    """Write a network as dynamic GEXF 1.3."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3"')
    out.write(' xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n<meta><creator>liveblog-kg</creator></meta>\n')
    out.write('<graph defaultedgetype="directed" mode="dynamic" timeformat="dateTime" timerepresentation="interval">\n')
    own = node_attributes(network)
    node_titles = [name for name in own if name not in _NODE_TITLES]
    edge_titles = [name for name in EDGE_ATTRIBUTES if name not in _EDGE_TITLES]
    out.write(_columns("node", node_titles, own) + _columns("edge", edge_titles, EDGE_ATTRIBUTES))
    out.write("<nodes>\n")
    for node, values in network.nodes(data=True):
        head = (
            f"id={_attribute(node, clean)} label={_attribute(values['label'], clean)}{_start(values['first_mention'])}"
        )
        red, green, blue = (int(values["colour"][at : at + 2], 16) for at in (1, 3, 5))
        out.write(f"<node {head}>{_values(node_titles, values, clean)}")
        out.write(f'<viz:color r="{red}" g="{green}" b="{blue}"/></node>\n')
    out.write("</nodes>\n<edges>\n")
    for number, (subject, object_, values) in enumerate(network.edges(data=True)):
        ends = f"source={_attribute(subject, clean)} target={_attribute(object_, clean)}"
        rest = f'label={_attribute(values["relation"], clean)} weight="{max(values["statements"], 1)}"'
        start = _start(values["first_reported"])
        out.write(f'<edge id="{number}" {ends} {rest}{start}>{_values(edge_titles, values, clean)}</edge>\n')
    out.write("</edges>\n</graph>\n</gexf>\n")


def _attribute(text: str, clean: Cleaner) -> str:
    return quoteattr(clean.xml(text))


def _data(domain: str, names: Mapping[str, type], values: dict[str, Any], clean: Cleaner) -> str:
    return "".join(
        f'<data key="{domain}-{name}">{escape(clean.xml(str(value)), {chr(13): "&#13;"})}</data>'
        for name, value in _given(names, values)
    )


def _given(names: Mapping[str, type] | list[str], values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, values[name]) for name in names if name in values)


def _columns(domain: str, names: list[str], types: Mapping[str, type]) -> str:
    columns = "".join(f'<attribute id="{name}" title="{name}" type="{_GEXF_TYPES[types[name]]}"/>' for name in names)
    return f'<attributes class="{domain}" mode="static">{columns}</attributes>\n'


def _start(time: str) -> str:
    return f' start="{time if len(time) > 10 else time + "T00:00:00"}"' if time else ""


def _values(names: list[str], values: dict[str, Any], clean: Cleaner) -> str:
    cells = (f'<attvalue for="{n}" value={_attribute(str(v), clean)}/>' for n, v in _given(names, values) if v != "")
    return f"<attvalues>{''.join(cells)}</attvalues>"
