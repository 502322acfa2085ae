"""What follows from the asserted triples by the ontology, for a named graph of its own.

The rules of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/) for ``rdfs:subClassOf``, ``rdfs:subPropertyOf``,
``owl:inverseOf``, ``owl:SymmetricProperty`` and ``owl:TransitiveProperty``, over terms of the ontology only. Domains
and ranges are left alone: they are checked by the shapes and must not turn a misread thing into something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.assemble.terms import TYPE, Pairs, describe, node, number
from kg.iri import Minter
from kg.resources import resource_folder
from kg.vocabulary import ONTOLOGY_IRI

Links = dict[NamedNode, set[NamedNode]]

_SUBCLASS, _SUBPROPERTY, _INVERSE = node("rdfs:subClassOf"), node("rdfs:subPropertyOf"), node("owl:inverseOf")
_WARNING = "Follows by the ontology from the other graphs; no source states it, and it has no evidence of its own."
_SYMMETRIC, _TRANSITIVE = node("owl:SymmetricProperty"), node("owl:TransitiveProperty")


@dataclass(frozen=True)
class Rules:
    """The ontology's hierarchies, closed under transitivity, and its inverse and transitive properties."""

    superclasses: Links
    superproperties: Links
    inverses: Links
    transitive: frozenset[NamedNode]

    def concerns(self, quad: Quad) -> bool:
        """Whether a rule may start from a quad or arrive at it."""
        if quad.predicate == TYPE:
            return quad.object in self._classes
        return quad.predicate in self._properties

    @cached_property
    def _classes(self) -> frozenset[NamedNode]:
        return frozenset({*self.superclasses, *(c for some in self.superclasses.values() for c in some)})

    @cached_property
    def _properties(self) -> frozenset[NamedNode]:
        links = (self.superproperties, self.inverses)
        ends = (p for link in links for some in link.values() for p in some)
        return frozenset({*self.superproperties, *self.inverses, *self.transitive, *ends})


def read_rules(path: Path | None = None) -> Rules:
    """The rules that an ontology in Turtle states (default: the package's own)."""
    source = path or resource_folder("ontology") / "festival.ttl"
    triples = [quad.triple for quad in parse(path=str(source), format=RdfFormat.TURTLE)]
    inverses = _links(triples, _INVERSE)
    for one, others in list(inverses.items()):
        for other in others:
            inverses.setdefault(other, set()).add(one)
    for one in _instances(triples, _SYMMETRIC):
        inverses.setdefault(one, set()).add(one)
    return Rules(
        _closed(_links(triples, _SUBCLASS)),
        _closed(_links(triples, _SUBPROPERTY)),
        inverses,
        frozenset(_instances(triples, _TRANSITIVE)),
    )


def inferred_quads(asserted: Iterable[Quad], minter: Minter, rules: Rules | None = None) -> set[Quad]:
    """The triples that follow from the asserted quads and are not among them, in the graph of inferred triples.

    Only triples of predicates that a rule speaks of are held in memory.
    """
    applied = rules or read_rules()
    known = {quad.triple for quad in asserted if applied.concerns(quad)}
    everything, fresh = set(known), known
    while fresh:
        fresh = {*_consequences(fresh, applied), *_steps(everything, applied.transitive)} - everything
        everything |= fresh
    graph = NamedNode(minter.inferred)
    return {Quad(t.subject, t.predicate, t.object, graph) for t in everything - known}


def inference_quads(minter: Minter, triples: int) -> Iterator[Quad]:
    """What the catalogue says of the graph of inferred triples, so that nobody takes them for what a source says."""
    if not triples:
        return
    pairs: Pairs = [(TYPE, node("prov:Entity")), (node("prov:wasDerivedFrom"), NamedNode(ONTOLOGY_IRI))]
    pairs += [(node("dcterms:title"), Literal("Inferred triples")), (node("dcterms:description"), Literal(_WARNING))]
    pairs += [(node("void:triples"), number(triples))]
    yield from describe(minter.inferred, pairs, NamedNode(minter.catalogue))


def _consequences(triples: Iterable[Triple], rules: Rules) -> Iterator[Triple]:
    for triple in triples:
        if triple.predicate == TYPE:
            for superclass in rules.superclasses.get(triple.object, ()):  # type: ignore[arg-type]
                yield Triple(triple.subject, TYPE, superclass)
            continue
        for superproperty in rules.superproperties.get(triple.predicate, ()):
            yield Triple(triple.subject, superproperty, triple.object)
        if isinstance(triple.object, NamedNode):
            for inverse in rules.inverses.get(triple.predicate, ()):
                yield Triple(triple.object, inverse, triple.subject)


def _steps(triples: Iterable[Triple], transitive: frozenset[NamedNode]) -> Iterator[Triple]:
    """What the transitive properties say over any number of steps."""
    chosen = [triple for triple in triples if triple.predicate in transitive]
    for predicate in transitive:
        for one, others in _closed(_links(chosen, predicate)).items():
            yield from (Triple(one, predicate, other) for other in others)


def _links(triples: Iterable[Triple], predicate: NamedNode) -> Links:
    links: Links = {}
    for triple in triples:
        one, other = triple.subject, triple.object
        if triple.predicate == predicate and isinstance(one, NamedNode) and isinstance(other, NamedNode):
            links.setdefault(one, set()).add(other)
    return links


def _closed(links: Links) -> Links:
    """Everything reachable over one link or more."""
    reached: Links = {}
    for start in links:
        waiting, seen = list(links[start]), set()
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += links.get(one, ())
        reached[start] = seen
    return reached


def _instances(triples: Iterable[Triple], kind: NamedNode) -> list[NamedNode]:
    found = (t.subject for t in triples if t.predicate == TYPE and t.object == kind)
    return [subject for subject in found if isinstance(subject, NamedNode)]
