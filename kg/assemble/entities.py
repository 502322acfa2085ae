"""Entities, their names and the record of what was merged into them, as RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.assemble.terms import TYPE, Pairs, describe, lb, node, number
from kg.iri import Minter
from kg.model import Entity, Facts

_PREF, _ALT = node("skos:prefLabel"), node("skos:altLabel")


def entities_of(facts: Facts) -> list[Entity]:
    """Every entity that the facts name, listed or not, once each in order of type and name."""
    found: dict[tuple[str, str], Entity] = {}
    for entity in _all(facts):
        found.setdefault((entity.type.value, entity.name), entity)
    return [found[key] for key in sorted(found)]


def _all(facts: Facts) -> Iterator[Entity]:
    yield from facts.entities
    yield from (mention.entity for mention in facts.mentions)
    for relation in facts.relations:
        yield from (thing for thing in (relation.subject, relation.object) if isinstance(thing, Entity))
    yield from (m.subject for m in facts.measurements if isinstance(m.subject, Entity))
    for quotation in facts.quotations:
        yield from (thing for thing in (quotation.speaker, quotation.recipient) if thing is not None)


def entity_quads(entities: Iterable[Entity], minter: Minter, graph: NamedNode) -> Iterator[Quad]:
    """Types, names and themes; of two names with one IRI the first is the preferred one."""
    preferred: dict[str, str] = {}
    for entity in entities:
        iri = minter.entity(entity.type.value, entity.name)
        name = preferred.setdefault(iri, entity.name)
        pairs: Pairs = [(TYPE, lb(entity.kind or entity.type.value)), (_PREF, Literal(name))]
        pairs += [(_ALT, Literal(alias)) for alias in (*entity.aliases, entity.name) if alias != name]
        pairs += [(lb("theme"), lb("theme-" + theme.removeprefix("theme-"))) for theme in entity.themes]
        yield from describe(iri, pairs, graph)


def merge_quads(entity: Entity, document: str, minter: Minter, graph: NamedNode) -> Iterator[Quad]:
    """One node for each name that was taken for another name of the entity."""
    target = minter.entity(entity.type.value, entity.name)
    for merge in entity.merges:
        iri = minter.merge(document, merge.span.start, merge.span.end, (target, merge.name, merge.reason))
        pairs: Pairs = [(TYPE, lb("Merge")), (lb("mergedName"), Literal(merge.name))]
        pairs += [(lb("mergedInto"), NamedNode(target)), (lb("reason"), Literal(merge.reason))]
        pairs += [(lb("start"), number(merge.span.start)), (lb("end"), number(merge.span.end))]
        yield from describe(iri, pairs, graph)


def audience_quads(phrase: str, minter: Minter, graph: NamedNode) -> Iterator[Quad]:
    """The people that an initiative serves, under the text's own noun phrase."""
    pairs: Pairs = [(TYPE, lb("Audience")), (_PREF, Literal(phrase))]
    return describe(minter.entity("Audience", phrase), pairs, graph)
