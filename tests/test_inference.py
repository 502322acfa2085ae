"""What follows by the ontology: in a graph of its own, marked, and no statement of any source."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from test_graph import OPTIONS, made_up

import kg
from kg.assemble.inference import inferred_quads, read_rules
from kg.assemble.terms import TYPE, lb
from kg.builder import BuildOptions, write_facts
from kg.iri import Minter, is_inferred

DOCUMENT = NamedNode("https://example.org/graph/document")
ONE, OTHER, THIRD = (NamedNode(f"https://example.org/{name}") for name in ("one", "other", "third"))
ASK_OPERATES = "ASK { ?organization lb:operates ?platform ; a lb:NamedThing }"


def follows(*triples: tuple[NamedNode, NamedNode, NamedNode]) -> set[tuple[NamedNode, NamedNode, NamedNode]]:
    """What follows from some triples."""
    found = inferred_quads([Quad(*triple, DOCUMENT) for triple in triples], Minter("https://example.org/"))
    assert all(is_inferred(str(quad.graph_name)) for quad in found)
    return {(quad.subject, quad.predicate, quad.object) for quad in found}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("asserted", "expected"),
    [
        ([(ONE, TYPE, lb("Gala"))], {(ONE, TYPE, lb("Event")), (ONE, TYPE, lb("NamedThing"))}),
        ([(ONE, lb("operatedBy"), OTHER)], {(OTHER, lb("operates"), ONE)}),
        ([(OTHER, lb("operates"), ONE)], {(ONE, lb("operatedBy"), OTHER)}),
        ([(ONE, lb("partnersWith"), OTHER)], {(OTHER, lb("partnersWith"), ONE)}),
        (
            [(ONE, lb("partOf"), OTHER), (OTHER, lb("partOf"), THIRD)],
            {
                (ONE, lb("partOf"), THIRD),
                *((a, lb("hasPart"), b) for a, b in ((OTHER, ONE), (THIRD, OTHER), (THIRD, ONE))),
            },
        ),
        ([(ONE, lb("theme"), OTHER)], set()),
    ],
)
def test_what_follows(asserted: list[tuple[NamedNode, NamedNode, NamedNode]], expected: set[object]) -> None:
    assert follows(*asserted) == expected


def test_superproperties_follow_where_an_ontology_has_them(tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:a> rdfs:subPropertyOf <urn:b> . "
        "<urn:b> rdfs:subPropertyOf <urn:c> ."
    )
    quads = inferred_quads([Quad(ONE, NamedNode("urn:a"), OTHER, DOCUMENT)], Minter(), read_rules(tmp_path / "o.ttl"))
    assert {quad.predicate.value for quad in quads} == {"urn:b", "urn:c"}


def test_inferred_triples_are_apart_and_can_be_left_out(tmp_path: Path) -> None:
    write_facts([made_up()], tmp_path / "with", OPTIONS)
    write_facts([made_up()], tmp_path / "without", BuildOptions(keep_invalid=True, asserted_only=True))
    whole, bare = kg.open(tmp_path / "with"), kg.open(tmp_path / "without")
    assert whole.query(ASK_OPERATES) and not bare.query(ASK_OPERATES)
    assert whole.info()["statements"] == bare.info()["statements"]
    assert whole.info()["triples"] == bare.info()["triples"]
    assert whole.info()["inferred"] > 0 == bare.info()["inferred"]
    assert whole.facts() == bare.facts()
    assert (tmp_path / "with" / "graph.ttl").read_text().count("lb:operates ") == 0
    described = whole.query("ASK { ?g dcterms:title 'Inferred triples' ; void:triples ?n . GRAPH ?g { ?s ?p ?o } }")
    assert described


def test_inferred_triples_go_with_the_facts_they_follow_from(tmp_path: Path) -> None:
    write_facts([made_up()], tmp_path / "g", OPTIONS)
    write_facts([made_up()], tmp_path / "g", BuildOptions(keep_invalid=True, asserted_only=True))
    assert not kg.open(tmp_path / "g").query(ASK_OPERATES)
