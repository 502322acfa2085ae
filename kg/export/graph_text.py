"""Networks as DOT, as JSON for cytoscape.js and D3, and as pairs of CSV files for Gephi and Neo4j."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from kg.export.cleaning import Cleaner
from kg.export.colours import shape_of
from kg.export.network import EDGE_ATTRIBUTES, Network, node_attributes

_DOT_SHAPES = {"circle": "ellipse", "square": "box", "diamond": "diamond", "triangle": "triangle", "hexagon": "hexagon"}
_DOT_ESCAPES = {"\\": "\\\\", '"': '\\"', "&": "&amp;", "\r\n": "\\n", "\n": "\\n", "\r": "\\n"}
_DOT_SPECIAL = re.compile(r"\r\n|[\\\"&\r\n]")
_NEO4J_TYPES = {str: "", int: ":int", float: ":double"}


def write_dot(network: Network, out: IO[str], clean: Cleaner) -> None:
    """Write a network in the DOT language (https://graphviz.org/doc/info/lang.html), to be laid out by ``sfdp``."""

    def quoted(text: str) -> str:
        return '"' + _DOT_SPECIAL.sub(lambda match: _DOT_ESCAPES[match.group()], clean.xml(text)) + '"'

    out.write('digraph graph_ {\nlayout=sfdp; overlap=prism; splines=true; charset="UTF-8";\n')
    out.write('node [style=filled, fontname="Helvetica"];\nedge [fontname="Helvetica", fontsize=9, color="#777777"];\n')
    for node, values in network.nodes(data=True):
        looks = f'fillcolor="{values["colour"]}", shape={_DOT_SHAPES[shape_of(values["type"])]}'
        dark = ', fontcolor="white"' if _is_dark(values["colour"]) else ""
        out.write(
            f"{quoted(node)} [label={quoted(values['label'])}, tooltip={quoted(values['type'])}, {looks}{dark}];\n"
        )
    for subject, object_, values in network.edges(data=True):
        says = f"label={quoted(values['relation'])}, tooltip={quoted(values['evidence'])}"
        out.write(f"{quoted(subject)} -> {quoted(object_)} [{says}];\n")
    out.write("}\n")


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128


def write_cytoscape(network: Network, out: IO[str], clean: Cleaner) -> None:
    """Write Cytoscape JSON: https://js.cytoscape.org/#notation/elements-json."""
    nodes: Iterator[dict[str, Any]] = ({"data": {"id": node, **values}} for node, values in network.nodes(data=True))
    edges = (
        {"data": {"id": f"e{number}", "source": subject, "target": object_, **values}}
        for number, (subject, object_, values) in enumerate(network.edges(data=True))
    )
    out.write('{"data": {"name": "liveblog-kg"}, "elements": {"nodes": [\n')
    _items(nodes, out)
    out.write('],\n"edges": [\n')
    _items(edges, out)
    out.write("]}}\n")


def write_nodelink(network: Network, out: IO[str], clean: Cleaner) -> None:
    """Write node-link JSON as ``networkx.node_link_graph(data, edges="edges")`` and D3 read it."""
    out.write('{"directed": true, "multigraph": true, "graph": {}, "nodes": [\n')
    _items(({"id": node, **values} for node, values in network.nodes(data=True)), out)
    out.write('],\n"edges": [\n')
    edges = network.edges(keys=True, data=True)
    _items(({"source": s, "target": o, "key": key, **values} for s, o, key, values in edges), out)
    out.write("]}\n")


def _items(items: Iterable[dict[str, Any]], out: IO[str]) -> None:
    for number, item in enumerate(items):
        out.write((",\n" if number else "") + json.dumps(item, ensure_ascii=False))


def write_gephi(network: Network, folder: Path, clean: Cleaner) -> None:
    """Write ``nodes.csv`` and ``edges.csv`` with the headers of Gephi's table import."""
    names = [name for name in node_attributes(network) if name != "label"]
    rows = ([node, v["label"], *(v.get(name, "") for name in names)] for node, v in network.nodes(data=True))
    _csv(folder / "nodes.csv", ["Id", "Label", *names], rows, str)
    names = [name for name in EDGE_ATTRIBUTES if name != "relation"]
    edges = (
        [s, o, "Directed", v["relation"], max(v["statements"], 1), *(v.get(name, "") for name in names)]
        for s, o, v in network.edges(data=True)
    )
    _csv(folder / "edges.csv", ["Source", "Target", "Type", "Label", "Weight", *names], edges, str)


def write_neo4j(network: Network, folder: Path, clean: Cleaner) -> None:
    """Write ``nodes.csv`` and ``relationships.csv`` with the headers of ``neo4j-admin database import``.

    Texts are on one line each, because the import takes a line for a record unless told otherwise.
    """
    header = ["iri:ID", *(name + _NEO4J_TYPES[type_] for name, type_ in node_attributes(network).items()), ":LABEL"]
    rows = (
        [node, *(v.get(name, "") for name in node_attributes(network)), ";".join(filter(None, (v["type"], v["kind"])))]
        for node, v in network.nodes(data=True)
    )
    _csv(folder / "nodes.csv", header, rows, clean.line)
    names = {name: type_ for name, type_ in EDGE_ATTRIBUTES.items() if name != "relation"}
    header = [":START_ID", ":END_ID", ":TYPE", *(name + _NEO4J_TYPES[type_] for name, type_ in names.items())]
    edges = ([s, o, v["relation"], *(v.get(name, "") for name in names)] for s, o, v in network.edges(data=True))
    _csv(folder / "relationships.csv", header, edges, clean.line)


def _csv(path: Path, header: list[str], rows: Iterable[list[Any]], clean: Callable[[str], str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows([clean(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
