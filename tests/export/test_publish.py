"""The published folder: its counts are the graph's, its descriptions are read by their readers, nothing is missing."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

import kg
from kg.ask.saved import offline_queries, saved_queries
from kg.builder import BuildOptions, write_facts
from kg.cli import cli
from kg.errors import GraphError, UsageError
from kg.iri import Minter
from kg.publish.about import About
from kg.publish.folder import publish
from tests.export.conftest import ACME, MOMENTS, SHOP, facts_of

pytest.importorskip("igraph")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


@pytest.fixture(scope="module")
def folder(demo: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "set"
    about = About('A "set" & more', ("Ana Example", "Bo Óne"), url="https://example.org/set")
    assert publish(demo, out, about) == []
    return out


def test_the_counts_are_those_of_the_graph(demo: kg.Graph, folder: Path) -> None:
    described = rdflib.Graph().parse(folder / "description.ttl")
    data = rdflib.Graph().parse(folder / "data" / "graph.ttl")
    whole = rdflib.URIRef(Minter(demo.manifest.base).dataset)

    def number(name: str) -> int:
        return int(str(described.value(whole, VOID[name])))

    assert number("triples") == len(data)
    assert number("distinctSubjects") == len(set(data.subjects()))
    assert number("distinctObjects") == len(set(data.objects()))
    classes = {described.value(p, VOID["class"]): int(str(described.value(p, VOID.entities)))
               for p in described.objects(whole, VOID.classPartition)}  # fmt: skip
    assert classes == {c: len(set(data.subjects(rdflib.RDF.type, c))) for c in set(data.objects(None, rdflib.RDF.type))}
    properties = {described.value(p, VOID.property): int(str(described.value(p, VOID.triples)))
                  for p in described.objects(whole, VOID.propertyPartition)}  # fmt: skip
    assert properties == {p: len(list(data.subject_objects(p))) for p in set(data.predicates())}
    assert sum(properties.values()) == len(data)


def test_every_file_is_described_and_its_checksum_right(folder: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert sums.keys() == names - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    described = rdflib.Graph().parse(folder / "description.ttl")
    addresses = {str(address) for address in described.objects(None, DCAT.downloadURL)}
    late = {"SHA256SUMS", "description.ttl", "ro-crate-metadata.json"}
    assert {address.removeprefix("https://example.org/set/") for address in addresses} == names - late


def test_the_crate_is_read_by_rocrate(folder: Path) -> None:
    crate = pytest.importorskip("rocrate.rocrate").ROCrate(folder)
    assert crate.name == 'A "set" & more' and str(crate.datePublished).startswith("2021-11-18")
    assert [author["name"] for author in crate.root_dataset["author"]] == ["Ana Example", "Bo Óne"]
    assert crate.dereference("results/platforms.csv")["name"] == "Platforms and who operates them: result"
    for entity in crate.data_entities:
        assert (folder / entity.id).is_file()
    graph = {item["@id"]: item for item in json.loads((folder / "ro-crate-metadata.json").read_text())["@graph"]}
    assert graph["./"]["license"]["@id"] in graph and graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}


def test_citation_readme_queries_and_page(demo: kg.Graph, folder: Path) -> None:
    citation = (folder / "CITATION.cff").read_text(encoding="utf-8")
    assert 'title: "A \\"set\\" & more"' in citation and '  - name: "Ana Example"' in citation
    assert "date-released: 2021-11-18" in citation
    text = (folder / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"^- `([^`]+)`", text, re.MULTILINE):
        assert (folder / name).exists(), name
    rows = (folder / "results" / "platforms.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) - 1 == len(demo.query("platforms")) and any(row.startswith("Tmall,Alibaba Group") for row in rows)  # type: ignore[arg-type]
    assert {path.stem for path in (folder / "results").iterdir()} == {query.name for query in offline_queries()}
    assert {path.stem for path in (folder / "queries").iterdir()} == set(saved_queries())
    assert "<canvas" in (folder / "graph.html").read_text(encoding="utf-8")


def test_it_takes_the_place_of_an_earlier_one_only(story: kg.Graph, tmp_path: Path) -> None:
    publish(story, tmp_path / "set")
    before = (tmp_path / "set" / "SHA256SUMS").read_text()
    publish(story, tmp_path / "set")
    assert (tmp_path / "set" / "SHA256SUMS").read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["set"]
    pytest.importorskip("pylode")
    publish(story, tmp_path / "set", ontology_page=True)
    assert "partnersWith" in (tmp_path / "set" / "ontology" / "index.html").read_text(encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(GraphError, match="other things"):
        publish(story, tmp_path / "mine")
    for wrong in (["--licence", "MIT"], ["--author", " "], ["--url", "ftp://x"]):
        done = CliRunner().invoke(cli, ["publish", "-g", str(story.folder), "-o", str(tmp_path / "n"), *wrong])
        assert isinstance(done.exception, UsageError) and wrong[0] in str(done.exception)


def test_a_graph_without_text_gives_a_folder_without(tmp_path: Path) -> None:
    facts = facts_of("secret", MOMENTS[:1], [(SHOP, "operatedBy", ACME, 0)])
    write_facts([facts], tmp_path / "g", BuildOptions(keep_invalid=True, text=False))
    publish(kg.open(tmp_path / "g"), tmp_path / "set")
    for path in (tmp_path / "set").rglob("*"):
        assert not path.is_file() or b"ShopNow operatedBy Acme" not in path.read_bytes()
