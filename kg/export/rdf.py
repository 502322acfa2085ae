"""RDF syntaxes, written graph by graph or subject by subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, serialize

from kg.assemble.terms import TYPE, lb, node
from kg.assemble.wording import without_wording
from kg.export.cleaning import Cleaner
from kg.iri import is_inferred
from kg.vocabulary import PREFIXES

_LARGE = 1_000_000
_PLANNED_ONLY = """SELECT ?s ?p ?o { ?x a lb:RelationStatement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
  lb:modality "planned" FILTER NOT EXISTS { ?y rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
  FILTER NOT EXISTS { ?y lb:modality "planned" } } }"""
_DESCRIBED = (node("skos:prefLabel"), lb("holder"))


@dataclass(frozen=True, slots=True)
class RdfChoice:
    """What of a store is written: one named graph's IRI or all; entities and asserted relations only; no wording."""

    graph: str | None = None
    asserted_only: bool = False
    text: bool = True


def quads_of(store: Store, choice: RdfChoice) -> Iterator[Quad]:
    """The chosen quads, graph by graph, each subject's quads together with its types first.

    A store of under a million quads is written in the order of the subjects' IRIs, a larger one in its own order, which
    is as stable.
    """
    names = sorted(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    keep = _asserted(store) if choice.asserted_only else None
    for name in names:
        if choice.graph in (None, name) and not (choice.asserted_only and is_inferred(name)):
            found: Iterable[Quad] = store.quads_for_pattern(None, None, None, NamedNode(name))
            found = (quad for quad in found if keep is None or keep(quad))
            yield from _in_order(found if choice.text else without_wording(found), len(store))


def _in_order(quads: Iterable[Quad], size: int) -> Iterator[Quad]:
    if size < _LARGE:
        yield from sorted(quads, key=_place)
        return
    for _, group in groupby(quads, key=lambda quad: str(quad.subject)):
        yield from sorted(group, key=_place)


def _place(quad: Quad) -> tuple[str, bool, str, str]:
    return str(quad.subject), quad.predicate != TYPE, str(quad.predicate), str(quad.object)


def _asserted(store: Store) -> Callable[[Quad], bool]:
    answer = store.query(_PLANNED_ONLY, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    planned = {Triple(*row) for row in answer}
    described = {q.subject for p in _DESCRIBED for q in store.quads_for_pattern(None, p, None)}
    return lambda quad: quad.subject in described and quad.triple not in planned


def write_quads(quads: Iterable[Quad], out: IO[bytes], form: RdfFormat, base: str, clean: Cleaner) -> None:
    """Write quads in a syntax of pyoxigraph; one without named graphs gets all of them as one, nothing twice."""
    prefixes = {**PREFIXES, "id": base}
    if form == RdfFormat.RDF_XML:
        quads = (_cleaned(quad, clean) for quad in quads)
    if form.supports_datasets:
        serialize(quads, out, form, prefixes=prefixes)
    else:
        serialize(_once(quads), out, form, prefixes=prefixes)


def _once(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Triples of several graphs: what more than one of them says comes where it is first said."""
    seen: set[int] = set()
    for quad in quads:
        key = hash(quad.triple)
        if key not in seen:
            seen.add(key)
            yield quad.triple


def _cleaned(quad: Quad, clean: Cleaner) -> Quad:
    value = quad.object
    if not isinstance(value, Literal) or value.datatype != node("xsd:string"):
        return quad
    return Quad(quad.subject, quad.predicate, Literal(clean.element(value.value)), quad.graph_name)
