"""Every format, opened by its real reader, with ordinary and with hostile names."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import Literal, Quad, RdfFormat, parse

import kg
from kg.cli import cli
from kg.errors import GraphError, UsageError
from kg.export.extras import MissingExtraError
from kg.export.formats import FORMATS
from kg.export.json_ld import context
from kg.export.rdf import RdfChoice
from kg.export.selection import Selection
from kg.export.write import Choice, export
from kg.resources import resource_folder
from kg.vocabulary import DEFAULT_BASE
from tests.export.programs import needs_graphviz

DATASETS = {
    "trig": ("trig", RdfFormat.TRIG),
    "nquads": ("nquads", RdfFormat.N_QUADS),
    "jsonld": ("json-ld", RdfFormat.JSON_LD),
}
TRIPLES = {
    "turtle": ("turtle", RdfFormat.TURTLE),
    "ntriples": ("nt", RdfFormat.N_TRIPLES),
    "rdfxml": ("xml", RdfFormat.RDF_XML),
}
XML_CANNOT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(label: str) -> str:
    return XML_CANNOT.sub("", label)


def without_xml_trouble(quad: Quad) -> Quad:
    value = quad.object
    if isinstance(value, Literal) and value.datatype.value.endswith("#string"):
        value = Literal(plain(value.value).replace("\r\n", "\n").replace("\r", "\n"))
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)


def labels(graph: kg.Graph) -> dict[str, str]:
    return dict(graph.to_networkx().nodes(data="label"))


@pytest.fixture(params=["story", "hostile"])
def graph(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("form", [*DATASETS, *TRIPLES])
def test_rdf_comes_back_the_same_in_two_readers(
    graph: kg.Graph, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    warnings = export(graph, form, tmp_path / "out")
    rdflib_name, ours = (DATASETS | TRIPLES)[form]
    quads: Iterable[Quad] = graph.store
    if warnings:
        assert form == "rdfxml"
        quads = [without_xml_trouble(quad) for quad in graph.store]
    expected = {str(quad) if form in DATASETS else str(quad.triple) for quad in quads}
    found = {str(quad) if form in DATASETS else str(quad.triple) for quad in parse(path=tmp_path / "out", format=ours)}
    assert found == expected
    dataset = rdflib.Dataset() if form in DATASETS else rdflib.Graph()
    dataset.parse(tmp_path / "out", format=rdflib_name)
    again = dataset.serialize(format="nquads" if form in DATASETS else "nt", encoding="utf-8")
    back = parse(input=again, format=RdfFormat.N_QUADS)
    assert {str(quad) if form in DATASETS else str(quad.triple) for quad in back} == expected


def test_json_ld_reads_as_plain_json(story: kg.Graph, tmp_path: Path) -> None:
    export(story, "jsonld", tmp_path / "x.jsonld")
    data = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))
    assert data["@context"] == context(story.manifest.base)
    shipped = resource_folder("ontology") / "context.jsonld"
    assert json.loads(shipped.read_text(encoding="utf-8")) == {"@context": context(DEFAULT_BASE)}, (
        "see ontology/README.md"
    )
    things = [thing for part in data["@graph"] for thing in part["@graph"]]
    shop = next(thing for thing in things if thing["@id"] == "id:platform/shopnow" and "name" in thing)
    assert shop["@type"] == "Platform" and shop["name"] == "ShopNow"
    assert shop["operatedBy"] == "id:organization/acme-group"
    figure = next(thing for thing in things if thing.get("@type") == "Measurement")
    assert isinstance(figure["start"], int) and figure["unit"] == "CNY" and figure["confidence"] == "0.9"


def test_a_part_of_the_rdf(story: kg.Graph, tmp_path: Path) -> None:
    def read(choice: Choice) -> str:
        export(story, "nquads", tmp_path / "x.nq", choice)
        return (tmp_path / "x.nq").read_text(encoding="utf-8")

    asserted = read(Choice(rdf=RdfChoice(asserted_only=True)))
    assert "operatedBy" in asserted and "partnersWith" not in asserted
    assert "statement/" not in asserted and "passage/" not in asserted
    assert "I am Ana" not in read(Choice(rdf=RdfChoice(text=False)))
    names = {quad.graph_name.value for quad in story.store}
    one = next(name for name in names if "graph/one-" in name)
    for given in (one, one.rsplit("/", 1)[1]):
        assert {line.rsplit("<", 1)[1] for line in read(Choice(rdf=RdfChoice(graph=given))).splitlines()} == {
            f"{one}> ."
        }
    with pytest.raises(UsageError, match="there are catalogue, inferred, one-"):
        read(Choice(rdf=RdfChoice(graph="nothing")))
    built = read(Choice(query="CONSTRUCT { ?a <http://example.org/of> ?b } WHERE { ?a lb:operatedBy ?b }"))
    assert built.count("\n") == 1


def test_graphml_in_networkx_and_igraph(graph: kg.Graph, tmp_path: Path) -> None:
    export(graph, "graphml", tmp_path / "x.graphml")
    expected = {iri: plain(label) for iri, label in labels(graph).items()}
    back = nx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    assert dict(back.nodes(data="label")) == expected
    network = graph.to_networkx()
    assert sorted(back.edges(data="statements")) == sorted(network.edges(data="statements"))
    assert [type(v["confidence"]) for *_, v in back.edges(data=True)] == [float] * network.number_of_edges()
    read = pytest.importorskip("igraph").Graph.Read_GraphML(str(tmp_path / "x.graphml"))
    assert dict(zip(read.vs["id"], read.vs["label"], strict=True)) == expected


def test_gexf_plays_in_time(graph: kg.Graph, tmp_path: Path) -> None:
    export(graph, "gexf", tmp_path / "x.gexf")
    text = (tmp_path / "x.gexf").read_bytes()
    assert b' timeformat="dateTime" ' in text  # which networkx cannot read, though the standard has it
    back = nx.read_gexf(io.BytesIO(text.replace(b'"dateTime"', b'"date"', 1)), version="1.3")
    assert dict(back.nodes(data="label")) == {iri: plain(label) for iri, label in labels(graph).items()}
    assert {v["viz"]["color"]["a"] for _, v in back.nodes(data=True)} <= {None, 1.0} and back.graph["mode"] == "dynamic"
    starts = sorted(v["start"] for *_, v in back.edges(data=True))
    assert starts == sorted(v["first_reported"] for *_, v in graph.to_networkx().edges(data=True))


def test_gexf_keeps_to_the_elements_of_the_standard(story: kg.Graph, tmp_path: Path) -> None:
    export(story, "gexf", tmp_path / "x.gexf")
    allowed = {
        "gexf": {"version"},
        "meta": set(),
        "creator": set(),
        "graph": {"defaultedgetype", "mode", "timeformat", "timerepresentation"},
        "attributes": {"class", "mode"},
        "attribute": {"id", "title", "type"},
        "nodes": set(),
        "node": {"id", "label", "start"},
        "attvalues": set(),
        "attvalue": {"for", "value"},
        "color": {"r", "g", "b"},
        "edges": set(),
        "edge": {"id", "source", "target", "label", "weight", "start"},
    }
    seen = set()
    for element in ElementTree.parse(tmp_path / "x.gexf").iter():
        space, name = element.tag[1:].split("}")
        assert space == ("http://gexf.net/1.3/viz" if name == "color" else "http://gexf.net/1.3")
        assert set(element.attrib) <= allowed[name]
        seen.add(name)
        if "start" in element.attrib:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+08:00)?", element.attrib["start"])
    assert seen == set(allowed)


@needs_graphviz
def test_graphviz_draws_the_labels(graph: kg.Graph, tmp_path: Path) -> None:
    export(graph, "dot", tmp_path / "x.dot")
    command = ["dot", "-Tsvg", "-o", tmp_path / "x.svg", tmp_path / "x.dot"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "syntax error" not in done.stderr
    nodes = [
        g
        for g in ElementTree.parse(tmp_path / "x.svg").iter("{http://www.w3.org/2000/svg}g")
        if g.get("class") == "node"
    ]
    drawn = {"".join("".join(text.itertext()) for text in g.iter("{http://www.w3.org/2000/svg}text")) for g in nodes}

    def bare(text: str) -> str:
        return "".join(text.split())

    assert {bare(text) for text in drawn} == {bare(plain(label)) for label in labels(graph).values()}


def test_node_link_json(graph: kg.Graph, tmp_path: Path) -> None:
    export(graph, "nodelink", tmp_path / "x.json")
    back = nx.node_link_graph(json.loads((tmp_path / "x.json").read_text(encoding="utf-8")), edges="edges")
    network = graph.to_networkx()
    assert dict(back.nodes(data=True)) == dict(network.nodes(data=True))
    assert list(back.edges(keys=True, data=True)) == list(network.edges(keys=True, data=True))


def test_cytoscape_json(graph: kg.Graph, tmp_path: Path) -> None:
    export(graph, "cytoscape", tmp_path / "x.cyjs")
    back = json.loads((tmp_path / "x.cyjs").read_text(encoding="utf-8"))["elements"]
    assert {node["data"]["id"]: node["data"]["label"] for node in back["nodes"]} == labels(graph)
    ids = [part["data"]["id"] for part in back["nodes"] + back["edges"]]
    assert len(ids) == len(set(ids))


def test_csv_pairs_for_gephi_and_neo4j(graph: kg.Graph, tmp_path: Path) -> None:
    def read(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    export(graph, "gephi", tmp_path / "gephi")
    assert {row["Id"]: row["Label"] for row in read(tmp_path / "gephi" / "nodes.csv")} == labels(graph)
    edge = read(tmp_path / "gephi" / "edges.csv")[0]
    assert list(edge)[:5] == ["Source", "Target", "Type", "Label", "Weight"] and edge["Type"] == "Directed"
    export(graph, "neo4j", tmp_path / "neo4j")
    nodes = read(tmp_path / "neo4j" / "nodes.csv")
    one_line = {iri: re.sub(r"\s*[\r\n]+\s*", " ", plain(label)) for iri, label in labels(graph).items()}
    assert {row["iri:ID"]: row["label"] for row in nodes} == one_line
    assert {"Platform", "Organization"} <= {row[":LABEL"] for row in nodes}
    relation = read(tmp_path / "neo4j" / "relationships.csv")[0]
    assert list(relation)[:4] == [":START_ID", ":END_ID", ":TYPE", "statements:int"]
    assert {relation[":START_ID"], relation[":END_ID"]} <= one_line.keys()


def test_what_cannot_be_carried_is_said(hostile: kg.Graph, story: kg.Graph, tmp_path: Path) -> None:
    assert "that graphml cannot carry" in export(hostile, "graphml", tmp_path / "x")[0]
    assert export(story, "graphml", tmp_path / "x") == []
    assert export(hostile, "nodelink", tmp_path / "x") == []


def test_a_failure_leaves_the_old_file(story: kg.Graph, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("old")
    with pytest.raises(UsageError, match="nothing is left"):
        export(story, "graphml", tmp_path / "x", Choice(Selection(since="2050-01-01")))
    with pytest.raises(GraphError, match="this is a file"):
        export(story, "csv", tmp_path / "x")
    with pytest.raises(GraphError, match="this is a folder"):
        export(story, "dot", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["x"] and (tmp_path / "x").read_text() == "old"


@pytest.mark.parametrize(
    "wrong",
    [
        ["-f", "gefx"],
        ["-f", "csv"],
        ["-f", "turtle", "--hops", "2"],
        ["-f", "dot", "--no-text"],
        ["-f", "dot", "--spreadsheet-safe"],
        ["-f", "dot", "--around", "ShopNw"],
        ["-f", "xlsx", "--query", "platforms"],
    ],
)
def test_wrong_use_says_so(story: kg.Graph, wrong: list[str]) -> None:
    result = CliRunner().invoke(cli, ["export", "-g", str(story.folder), *wrong])
    assert isinstance(result.exception, UsageError), result.output


def test_the_command_writes_to_the_screen_and_lists_every_format(story: kg.Graph) -> None:
    run = CliRunner()
    done = run.invoke(cli, ["export", "-g", str(story.folder), "-f", "ntriples", "--asserted-only"])
    assert done.exit_code == 0 and "<https://w3id.org/liveblog-kg/ontology#operatedBy>" in done.output
    listed = run.invoke(cli, ["export", "--help"]).output
    for name in FORMATS:
        assert re.search(rf"^  {name}\s", listed, re.MULTILINE)


@pytest.mark.parametrize(
    ("module", "form", "extra"),
    [
        ("igraph", "html", "draw"),
        ("vl_convert", "png", "draw"),
        ("openpyxl", "xlsx", "tables"),
        ("pyarrow", "parquet", "tables"),
    ],
)
def test_a_missing_library_is_named_and_nothing_written(
    story: kg.Graph, module: str, form: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"needs {module}: .*liveblog-kg\[{extra}\]"):
        export(story, form, tmp_path / "x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert export(story, "graphml", tmp_path / "x.graphml") == []
