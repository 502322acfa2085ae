"""Hostile values of parameters match what is literally there, or are clear errors; embedded and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.ask.answer import Limits
from kg.ask.result import Result
from kg.ask.run import checked_text
from kg.ask.saved import find_query
from kg.builder import write_facts
from kg.errors import KgError
from kg.graph import Graph
from kg.model import Entity, EntityType, Mention
from tests.ask.servers import fill, oxigraph
from tests.test_graph import OPTIONS, made_up

HOSTILE = [
    '"', "'", '""', "''", '"""', "'''", "\\", "\\\\", '\\"', "\\'", "\\u0022", "\\U00000022", "\\\\u0022", "\\n",
    '" } DROP ALL #', "' } DROP ALL #", '"} UNION { ?s ?p ?o } #', '") } INSERT DATA { <a:b> <a:b> <a:b> } #',
    "} } SELECT * { ?s ?p ?o", "} VALUES ?_name_literal { UNDEF", "UNDEF", "{", "}", "{}", "}{", "(", ")", "[", "]",
    "?x", "$x", "?_name_literal", "# comment", "x # comment", "/* comment */", "-- comment", "// comment", "a\nb",
    "a\r\nb", "a\rb", "a\tb", "\nSERVICE <http://127.0.0.1:9/> {}", "\u2028", "\u2029", "\u0085", "\x0b", "\x0c",
    "<http://example.org/>", "<", ">", "http://example.org/ x", "javascript:alert(1)", "urn:x> } #",
    "lb:Platform\u0000", "ShopNow\u200b", "Shоpnow", "ＳhopNow", "S\u0301hopNow", "\u202eShopNow", "ShopNow\u00a0",
    "ShopNow ", " ShopNow", "\uff02 } #", "\u201c } #", "＼", "\x01", "\x7f", "\ufeff", "\ufffe", "\U0001f600",
    "\U0010ffff", "e\u0301", "\u00e9", '"@en', '"^^<http://www.w3.org/2001/XMLSchema#integer>', "1", "true", "%22",
    "&quot;", "${x}", "{{x}}", "{0}", "%s", "", " ", "x" * 1_000_000, '"' * 1_000_000, "\\" * 999_999,
    "{" * 1_000_000, "\n" * 1_000_000,
]  # fmt: skip
BY_LITERAL = "SELECT ?e ?_name_literal { ?e <http://www.w3.org/2004/02/skos/core#altLabel> ?_name_literal }"
BY_ENTITY = "SELECT ?_who_iri ?n { ?_who_iri <http://www.w3.org/2004/02/skos/core#prefLabel> ?n }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph in which every other hostile value is the alias of an organization of its own."""
    facts = made_up()
    evidence = facts.mentions[0].evidence
    entities = [
        Entity(EntityType.ORGANIZATION, f"Holder {number}", (value,))
        for number, value in enumerate(HOSTILE)
        if number % 2 == 0 and value.strip() and len(value) < 1000
    ]
    mentions = [Mention(entity, evidence) for entity in entities]
    facts = replace(facts, entities=(*facts.entities, *entities), mentions=(*facts.mentions, *mentions))
    target = tmp_path_factory.mktemp("hostile") / "g"
    write_facts([facts], target, OPTIONS)
    return target


@pytest.fixture(scope="module", params=["embedded", "HTTP"])
def graph(folder: Path, request: pytest.FixtureRequest) -> Iterator[Graph]:
    """The same graph on disk and on a server."""
    if request.param == "embedded":
        yield kg.open(folder)
        return
    with oxigraph() as address:
        fill(address, folder / "graph.nq")
        yield kg.open(f"{address}/query")


@pytest.fixture(scope="module")
def labels(folder: Path) -> dict[str, set[str]]:
    """What is really in the graph, read without SPARQL: the entities of each name and alias."""
    found: dict[str, set[str]] = {}
    for iri, label in kg.open(folder).names():
        found.setdefault(label, set()).add(iri)
    return found


def _rows(graph: Graph, query: str, **params: str) -> list[dict[str, str]]:
    """Rows from the engine itself; the process that users' own queries run in would cost 0.1 s each time."""
    text = checked_text(graph.engine, find_query(query), params, graph.entities, Limits())
    return Result.of(graph.engine.run(text, Limits(), trusted=True), graph.base).rows


@pytest.mark.parametrize("value", HOSTILE, ids=[ascii(value)[:30] for value in HOSTILE])
def test_a_literal_matches_itself(graph: Graph, labels: dict[str, set[str]], value: str) -> None:
    try:
        rows = _rows(graph, BY_LITERAL, name=value)
    except KgError as error:
        assert len(value) > 100_000 and "\n" not in str(error) and len(str(error)) < 500
        return
    wanted = {iri for iri in labels.get(value, ()) if "holder" in iri or "shop" in iri}
    assert {row["e"] for row in rows} == wanted
    assert all(row["_name_literal"] == value for row in rows)


@pytest.mark.parametrize("value", HOSTILE, ids=[ascii(value)[:30] for value in HOSTILE])
def test_an_entity_is_found_by_its_very_name_or_not(graph: Graph, labels: dict[str, set[str]], value: str) -> None:
    folded = {iri for label, iris in labels.items() if label.casefold() == value.casefold() for iri in iris}
    try:
        rows = _rows(graph, BY_ENTITY, who=value)
    except KgError as error:
        assert not labels.get(value) and "\n" not in str(error) and len(str(error)) < 500
        return
    assert {row["_who_iri"] for row in rows} == (labels.get(value) or folded)


@pytest.mark.parametrize("value", HOSTILE[::12], ids=[ascii(value)[:30] for value in HOSTILE[::12]])
def test_the_confined_process_gives_the_same(graph: Graph, value: str) -> None:
    assert graph.query(BY_LITERAL, name=value) == _rows(graph, BY_LITERAL, name=value)


def test_the_values_are_as_many_as_promised(labels: dict[str, set[str]]) -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) > 80 and len(labels) > 35


@given(st.text())
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_as_it_went_in(graph: Graph, value: str) -> None:
    try:
        rows = _rows(graph, "SELECT ?_x_literal (STRLEN(?_x_literal) AS ?n) { }", x=value)
    except KgError as error:
        assert "surrogate" in str(error)
        return
    assert rows == [{"_x_literal": value, "n": str(len(value))}]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("integer", "12", ["1.5", "x", "", "1 } #", "١٢", "1e3", "0x10"]),
        ("decimal", "-1.5", ["1e3", "NaN", "INF", "1,5", "", "½"]),
        ("date", "2030-05-01", ["2030-5-1", "today", "01/05/2030", "2030-05-01T10:00"]),
    ],
)
def test_values_of_the_wrong_type_are_errors(graph: Graph, kind: str, good: str, bad: list[str]) -> None:
    query = f"SELECT ?_x_{kind} {{ }}"
    assert _rows(graph, query, x=good) == [{f"_x_{kind}": good}]
    for value in bad:
        with pytest.raises(KgError, match="-p x"):
            _rows(graph, query, x=value)
