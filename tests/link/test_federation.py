"""The federated questions against a loopback server with a small graph in Wikidata's shape; the map formats."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

import kg
from kg.ask.answer import Limits
from kg.ask.formats import write_answer
from kg.ask.run import run_query
from kg.ask.saved import find_query
from kg.errors import UsageError
from kg.link.directory import link_graph
from kg.reference import load_tables
from tests.link.conciliator import serving
from tests.link.sparql_server import SparqlServer

WIKIDATA, DBPEDIA = "https://query.wikidata.org/sparql", "https://dbpedia.org/sparql"
NIKE = load_tables().find("Nike")[0].identifier
SMALL = f"""
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<{NIKE}> wdt:P159 <urn:town> .
<urn:town> rdfs:label "Madeupton"@en, "Erfunden"@de .
<urn:ana> rdfs:label "Ana Example"@en ; wdt:P31 wd:Q5 ; wdt:P106 <urn:work> .
<urn:work> rdfs:label "lamplighter"@en .
<urn:other> rdfs:label "Someone Else"@en ; wdt:P31 wd:Q5 .
<http://dbpedia.org/resource/Made_up> owl:sameAs <{NIKE}> ; <http://dbpedia.org/ontology/abstract> "A maker."@en .
"""


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    store = Store()
    store.load(SMALL.encode(), format=RdfFormat.TURTLE)
    with serving(running := SparqlServer(store)):
        yield running


def asked(graph: Path, name: str, server: SparqlServer) -> list[tuple[str, ...]]:
    """The answer to a saved question whose server is the one on loopback."""
    opened, saved = kg.open(graph), find_query(name)
    text = saved.text.replace(WIKIDATA, server.address).replace(DBPEDIA, server.address)
    limits = Limits(services=frozenset({server.address}))
    found = run_query(opened.engine, replace(saved, text=text), {}, opened.entities, limits, trusted=True)
    return [tuple(str(getattr(term, "value", "")) for term in row) for row in found]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("brands-with-headquarters", ("Nike", NIKE, "Madeupton")),
        ("brands-in-dbpedia", ("Nike", "http://dbpedia.org/resource/Made_up", "A maker.")),
        ("people-in-wikidata", ("Ana Example", "urn:ana", "lamplighter")),
    ],
)
def test_federated_questions(graph: Path, server: SparqlServer, name: str, expected: tuple[str, ...]) -> None:
    link_graph(graph)
    assert asked(graph, name, server) == [expected]
    (sent,) = server.log
    assert "VALUES" in sent and ("Ana Example" in sent or NIKE in sent)


def test_a_server_is_not_asked_about_everything_when_there_is_nothing(graph: Path, server: SparqlServer) -> None:
    assert asked(graph, "brands-with-headquarters", server) == []
    assert all("VALUES" in sent for sent in server.log)


def test_a_query_of_ones_own_runs_confined_with_the_server_it_may_call(graph: Path, server: SparqlServer) -> None:
    query = f"SELECT ?l {{ SERVICE <{server.address}> {{ ?i rdfs:label ?l . FILTER(LANG(?l) = 'de') }} }}"
    limits = Limits(services=frozenset({server.address}))
    assert [row["l"] for row in kg.open(graph).query(query, limits).rows] == ["Erfunden"]  # type: ignore[union-attr]
    with pytest.raises(UsageError, match="not allowed"):
        kg.open(graph).query(query, Limits(services=frozenset({"http://127.0.0.1:1/other"})))


def test_federated_questions_need_leave(graph: Path) -> None:
    with pytest.raises(UsageError, match="--allow-service"):
        kg.open(graph).query("people-in-wikidata")


def test_the_link_questions(graph: Path) -> None:
    opened = kg.open(graph)
    assert len(opened.query("unlinked").rows) == 9  # type: ignore[union-attr]
    link_graph(graph)
    opened = kg.open(graph)
    (nike,) = opened.query("external-links", entity="Nike").rows  # type: ignore[union-attr]
    assert (nike["match"], nike["external"], nike["version"]) == ("exact", NIKE, "8.0.20260918")
    left = {row["entity"] for row in opened.query("unlinked").rows}  # type: ignore[union-attr]
    assert left == {"Ana Example", "Fabulo Works", "Georgia"}


def test_a_map(graph: Path) -> None:
    link_graph(graph)
    opened = kg.open(graph)
    collection = json.loads(write_answer(opened.answer("places-on-a-map"), "geojson", opened.base))
    points = {f["properties"]["place"]: f["geometry"]["coordinates"] for f in collection["features"]}
    assert set(points) == {"China", "Hangzhou", "Madrid", "Spain"}
    assert points["Hangzhou"] == [pytest.approx(120.16, abs=0.01), pytest.approx(30.29, abs=0.01)]
    marks = ET.fromstring(write_answer(opened.answer("places-on-a-map"), "kml", opened.base))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    assert [mark.text for mark in marks.findall(".//k:Placemark/k:name", space)] == sorted(points)
    with pytest.raises(UsageError, match="latitude"):
        write_answer(opened.answer("people"), "geojson", opened.base)
