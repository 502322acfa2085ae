"""Any text as a label: what a writer writes, its reader reads, less the characters that the format cannot carry."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from pathlib import Path

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.export.cleaning import Cleaner, spreadsheet_safe
from kg.export.graph_text import write_gephi, write_nodelink
from kg.export.graph_xml import write_gexf, write_graphml
from kg.export.json_ld import write_json_ld
from kg.export.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Network
from kg.export.webpage import write_html
from kg.vocabulary import DEFAULT_BASE, PREFIXES
from tests.export.test_export_formats import plain

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def network_of(label: str, wording: str) -> Network:
    network: Network = nx.MultiDiGraph()
    for node, own in (("http://e.org/a", {"label": label}), ("http://e.org/b", {"label": "b"})):
        blank = {name: kind() for name, kind in NODE_ATTRIBUTES.items()}
        network.add_node(node, **{**blank, "colour": "#123456", "type": "Brand", **own})
    values = {name: kind() for name, kind in EDGE_ATTRIBUTES.items()} | {"relation": "runs", "evidence": wording}
    network.add_edge("http://e.org/a", "http://e.org/b", key="runs", **values)
    return network


@given(TEXTS, TEXTS)
def test_graphml_and_gexf(label: str, wording: str) -> None:
    network = network_of(label, wording)
    for write, read in ((write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)):
        out, clean = io.StringIO(newline=""), Cleaner()
        write(network, out, clean)
        text = out.getvalue().replace('timeformat="dateTime"', 'timeformat="date"', 1)
        options = {"version": "1.3"} if write is write_gexf else {"force_multigraph": True}
        back = read(io.BytesIO(text.encode()), **options)
        assert back.nodes["http://e.org/a"].get("label", "") == plain(label)
        ((*_, values),) = back.edges(data=True)
        assert (values.get("evidence") or "") == plain(wording)
        assert bool(clean.changed) == (plain(label) != label or plain(wording) != wording)


@given(TEXTS, TEXTS)
def test_json_and_csv(label: str, wording: str) -> None:
    network, out = network_of(label, wording), io.StringIO(newline="")
    write_nodelink(network, out, Cleaner())
    back = nx.node_link_graph(json.loads(out.getvalue()), edges="edges")
    assert dict(back.nodes(data=True)) == dict(network.nodes(data=True))
    assert list(back.edges(keys=True, data=True)) == list(network.edges(keys=True, data=True))
    with tempfile.TemporaryDirectory() as folder:
        write_gephi(network, Path(folder), Cleaner())
        with (Path(folder) / "edges.csv").open(encoding="utf-8", newline="") as lines:
            assert next(csv.DictReader(lines))["evidence"] == wording


@given(TEXTS, TEXTS)
def test_the_data_of_a_page_are_json_without_markup(label: str, wording: str) -> None:
    out = io.StringIO(newline="")
    write_html(network_of(label, wording), out, Cleaner(), title=label)
    data = re.findall(r'<script type="application/json" id="data">(.*?)</script>', out.getvalue(), re.DOTALL)
    assert len(data) == 1 and not set("<>&\u2028\u2029") & set(data[0])
    page = json.loads(data[0])
    assert page["nodes"][0]["l"] == label and page["texts"][page["edges"][0]["w"]] == wording


@given(TEXTS, st.sampled_from(["string", "date", "integer", "decimal"]), st.sampled_from(["name", "start", "unit"]))
def test_json_ld_gives_back_any_literal(text: str, datatype: str, local: str) -> None:
    value = Literal(text, datatype=NamedNode(PREFIXES["xsd"] + datatype))
    ends = NamedNode(DEFAULT_BASE + "brand/a"), NamedNode(PREFIXES["lb"] + local), NamedNode("http://e.org/g")
    quads = [Quad(ends[0], ends[1], value, ends[2]), Quad(ends[0], ends[1], Literal(text, language="en"), ends[2])]
    if datatype != "string":
        quads.append(Quad(ends[0], NamedNode(PREFIXES["lb"] + "theme"), NamedNode("urn:x:" + local), ends[2]))
    out = io.StringIO(newline="")
    write_json_ld(sorted(quads, key=str), out, DEFAULT_BASE)
    assert set(parse(out.getvalue(), format=RdfFormat.JSON_LD)) == set(quads)


@given(TEXTS)
def test_a_safe_cell_is_no_formula_and_can_be_undone(text: str) -> None:
    safe = spreadsheet_safe(text)
    assert safe[:1] not in set("=+-@\t\r") and safe in (text, "'" + text)
