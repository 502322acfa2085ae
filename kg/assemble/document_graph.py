"""Facts to quads: everything that one document says, in the document's named graph."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.assemble.catalogue import provenance_quads
from kg.assemble.entities import entities_of, entity_quads, merge_quads
from kg.assemble.sources import document_quads, entry_quads, passage_quads
from kg.assemble.statements import StatementWriter, passage_of
from kg.iri import Minter
from kg.model import Evidence, Facts, Span


def assemble(facts: Facts, minter: Minter) -> set[Quad]:
    """The quads of one document: its own named graph, and what the catalogue says of how that was made."""
    return {*_own_quads(facts, minter), *provenance_quads(facts.document, minter)}


def _own_quads(facts: Facts, minter: Minter) -> Iterator[Quad]:
    document = facts.document
    iri = minter.document(document.name, document.sha256)
    graph = NamedNode(minter.graph(iri))
    yield from document_quads(document, iri, graph)
    for entry in document.entries:
        yield from entry_quads(entry, document, iri, minter, graph)
    for key, span in sorted(_passages(facts)):
        yield from passage_quads(key, span, document, iri, minter, graph)
    entities = entities_of(facts)
    yield from entity_quads(entities, minter, graph)
    for entity in entities:
        yield from merge_quads(entity, iri, minter, graph)
    yield from StatementWriter(iri, minter, graph).quads(facts)


def _passages(facts: Facts) -> set[tuple[str, Span]]:
    """Sentences that carry a statement, or a digit (the checks look for figures that were missed)."""
    text = facts.document.text
    numeric = {(key, span) for key, span in facts.passages if any(map(str.isdigit, span.of(text)))}
    return {*numeric, *((evidence.entry, passage_of(evidence)) for evidence in evidence_of(facts))}


def evidence_of(facts: Facts) -> Iterator[Evidence]:
    """The evidence of every statement, mentions first."""
    for group in (facts.mentions, facts.relations, facts.measurements, facts.quotations):
        yield from (statement.evidence for statement in group)
