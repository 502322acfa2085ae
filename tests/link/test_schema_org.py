"""The graph in schema.org's terms: only terms that it has, the alignment's types, readable by rdflib as JSON-LD."""

from __future__ import annotations

import json
from pathlib import Path

import rdflib
from rdflib import RDF, RDFS, Graph, Literal, URIRef

import kg
from kg.ask.formats import write_answer
from kg.ask.saved import find_query
from kg.iri import Minter
from kg.link.directory import link_graph
from kg.reference import load_tables
from kg.reference.known import known_names
from kg.resources import resource_folder
from kg.vocabulary import ENTITY_CLASSES, EVENT_KINDS, ONTOLOGY

NIKE = URIRef(Minter().entity("Brand", "Nike"))


def as_json_ld(folder: Path) -> bytes:
    opened = kg.open(folder)
    return write_answer(opened.answer("schema-org"), "json", opened.base)


def test_every_term_is_one_of_schema_org(graph: Path) -> None:
    link_graph(graph)
    read = Graph().parse(data=as_json_ld(graph), format="json-ld")
    terms = {p for p in read.predicates() if p != RDF.type} | set(read.objects(None, RDF.type))
    assert {str(term).removeprefix(str(rdflib.SDO)) for term in terms} <= set(rdflib.SDO.__annotations__)
    assert (NIKE, RDF.type, rdflib.SDO.Brand) in read and (NIKE, rdflib.SDO.name, Literal("Nike")) in read
    assert (NIKE, rdflib.SDO.sameAs, URIRef(load_tables().find("Nike")[0].identifier)) in read
    hangzhou = URIRef(Minter().entity("Place", "Hangzhou"))
    assert 30 < float(str(read.value(hangzhou, rdflib.SDO.latitude))) < 31


def test_it_compacts_under_a_context_of_schema_org(graph: Path) -> None:
    link_graph(graph)
    read = Graph().parse(data=as_json_ld(graph), format="json-ld")
    compact = read.serialize(format="json-ld", context={"@vocab": str(rdflib.SDO)}, auto_compact=False)
    nodes = {node["@id"]: node for node in json.loads(compact)["@graph"]}
    assert nodes[str(NIKE)]["@type"] == "Brand" and nodes[str(NIKE)]["name"] == "Nike"


def test_the_types_are_those_of_the_alignment() -> None:
    alignment = Graph().parse(resource_folder("ontology") / "alignments" / "schema-org.ttl")
    named = {ONTOLOGY + name for name in (*ENTITY_CLASSES, *EVENT_KINDS)}
    pairs = [(str(a), str(b)) for a, b in alignment.subject_objects(RDFS.subClassOf) if str(a) in named]
    text = find_query("schema-org").text
    listed = {f"(lb:{a.removeprefix(ONTOLOGY)} schema:{b.removeprefix(str(rdflib.SDO))})" for a, b in pairs}
    assert len(listed) > 6 and all(pair in text for pair in listed)
    assert text.count("(lb:") == len(listed)


def test_names_for_extraction() -> None:
    known = {name.name: name for name in known_names()}
    assert known["Bose"].type == "Brand" and "Bose Corporation" in known["Bose"].aliases
    assert known["Tokyo"].aliases == ()
