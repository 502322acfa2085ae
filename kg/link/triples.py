"""Mappings as RDF, in a named graph of their own: the links, what the tables say of their objects, and who says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.assemble.terms import TYPE, Pairs, decimal, describe, node
from kg.iri import Minter
from kg.link.mapping import EXACT_MATCH, SAME_AS, Mapping
from kg.reference import Record, load_tables
from kg.reference.lookup import load_currencies
from kg.vocabulary import PREFIXES

_PAGES = ("http://www.wikidata.org/entity/",)
_SOURCE, _PROPERTY, _TARGET = node("owl:annotatedSource"), node("owl:annotatedProperty"), node("owl:annotatedTarget")
_PROVENANCE = (
    ("source", "sssom:object_source"),
    ("mapping_source", "sssom:mapping_source"),
)
_LITERALS = (
    ("version", "sssom:object_source_version"),
    ("reviewer", "sssom:reviewer_label"),
    ("tool", "sssom:mapping_tool"),
    ("tool_version", "sssom:mapping_tool_version"),
    ("modifier", "sssom:predicate_modifier"),
)


def link_quads(mappings: Iterable[Mapping], entities: Collection[str], minter: Minter) -> set[Quad]:
    """The quads of the mappings whose subject is among the entities; the others wait in the file."""
    graph = NamedNode(minter.links)
    present = [mapping for mapping in mappings if mapping.subject in entities]
    return {quad for mapping in present for quad in (*_links(mapping, graph), *_provenance(mapping, minter, graph))}


def currency_quads(codes: Iterable[str], minter: Minter) -> Iterator[Quad]:
    """ISO 4217 code and English name of the currencies among some unit codes."""
    names, graph = load_currencies(), NamedNode(minter.links)
    for code in codes:
        if code in names:
            pairs: Pairs = [(node("skos:notation"), Literal(code)), (node("rdfs:label"), Literal(names[code]))]
            yield from describe(minter.unit(code), pairs, graph)


def _links(mapping: Mapping, graph: NamedNode) -> Iterator[Quad]:
    if mapping.denied:
        return
    subject, target = NamedNode(mapping.subject), NamedNode(mapping.object)
    yield Quad(subject, NamedNode(mapping.predicate), target, graph)
    if mapping.object_label:
        yield Quad(target, node("rdfs:label"), Literal(mapping.object_label), graph)
    if not mapping.identity:
        return
    if mapping.reviewed:
        yield Quad(subject, NamedNode(SAME_AS), target, graph)
        yield Quad(subject, NamedNode(EXACT_MATCH), target, graph)
    if mapping.object.startswith(_PAGES):
        yield Quad(subject, node("schema:sameAs"), target, graph)
    record = load_tables().identified(mapping.object)
    if record:
        yield from describe(mapping.subject, list(_facts(record)), graph)


def _facts(record: Record) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    """Official page of a brand; coordinates, country and codes of a place."""
    if record.site:
        yield node("schema:sameAs"), NamedNode(record.site)
    if record.latitude:
        yield node("schema:latitude"), decimal(Decimal(record.latitude))
        yield node("schema:longitude"), decimal(Decimal(record.longitude))
    if record.type == "Place" and record.places:
        yield node("gn:countryCode"), Literal(record.places[0])
        country = load_tables().country(record.places[0])
        if country and country != record:
            yield node("schema:containedInPlace"), NamedNode(country.identifier)
    if record.codes[3:]:
        yield node("schema:currency"), Literal(record.codes[3])


def _provenance(mapping: Mapping, minter: Minter, graph: NamedNode) -> Iterator[Quad]:
    iri = minter.mapping(mapping.subject, mapping.predicate, mapping.object, mapping.denied)
    pairs: Pairs = [(TYPE, node("sssom:Mapping")), (_SOURCE, NamedNode(mapping.subject))]
    pairs += [(_PROPERTY, NamedNode(mapping.predicate)), (_TARGET, NamedNode(mapping.object))]
    pairs.append((node("sssom:mapping_justification"), _justification(mapping.justification)))
    if mapping.confidence is not None:
        pairs.append((node("sssom:confidence"), decimal(mapping.confidence)))
    for field, term in _PROVENANCE:
        if getattr(mapping, field):
            pairs.append((node(term), NamedNode(getattr(mapping, field))))
    for field, term in _LITERALS:
        if getattr(mapping, field):
            pairs.append((node(term), Literal(getattr(mapping, field))))
    return describe(iri, pairs, graph)


def _justification(curie: str) -> NamedNode:
    return NamedNode(PREFIXES["semapv"] + curie.removeprefix("semapv:"))
