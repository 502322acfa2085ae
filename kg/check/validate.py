"""Validation of a graph against the shapes: ``kg validate``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import BlankNode, NamedNode

from kg.check.compiler import Check, compile_shape
from kg.check.report import Result, ValidationReport
from kg.check.shape import RDFS, Shape, ShapeError, Term
from kg.check.shape_reader import read_shapes
from kg.check.wording import with_wording
from kg.iri import is_inferred
from kg.resources import resource_folder

ONTOLOGY_GRAPH = NamedNode("urn:liveblog-kg:ontology")
ONTOLOGY_SHAPES = "ontology.ttl"
PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


def shape_files() -> tuple[Path, ...]:
    """The shapes for graphs that ship with the package (those for the ontology itself are apart)."""
    return tuple(path for path in sorted(resource_folder("shapes").glob("*.ttl")) if path.name != ONTOLOGY_SHAPES)


def ontology_files() -> tuple[Path, ...]:
    """The ontology's files, without the alignments."""
    return tuple(sorted(resource_folder("ontology").glob("*.ttl")))


def validate(store: ox.Store, shapes: Iterable[Path] | None = None) -> ValidationReport:
    """Checks all named graphs together, with the ontology, against the shapes files (default: the package's own).

    The store is only read. Raises :class:`ShapeError` for a shapes file that cannot be checked completely.
    """
    compiled = read_shapes(shape_files() if shapes is None else shapes)
    return check_shapes(with_ontology(store), compiled)


def validate_in_place(store: ox.Store, shapes: Iterable[Path] | None = None) -> ValidationReport:
    """As :func:`validate`, without a copy in memory: the ontology is in the store while it is checked."""
    compiled = read_shapes(shape_files() if shapes is None else shapes)
    _add_ontology(store)
    try:
        return check_shapes(store, compiled)
    finally:
        store.remove_graph(ONTOLOGY_GRAPH)


def check_shapes(store: ox.Store, shapes: Iterable[Shape]) -> ValidationReport:
    """Checks the union of a store's graphs, as it is, against shapes."""

    @cache
    def subclasses(term: Term) -> tuple[Term, ...]:
        return _subclasses(store, term)

    checks = [check for shape in shapes for check in compile_shape(shape, subclasses)]
    results = [result for check in checks for result in _run(store, check)]
    return ValidationReport(with_wording(store, sorted(results, key=lambda result: result.sort_key)))


def with_ontology(store: ox.Store) -> ox.Store:
    """A copy in memory of what a store asserts, with the ontology beside it in a graph of its own.

    Inferred triples are left out: the checks reason by the ontology themselves, and are of what the sources say.
    """
    copy = ox.Store()
    copy.bulk_extend(quad for quad in store if not is_inferred(str(quad.graph_name)))
    _add_ontology(copy)
    return copy


def _add_ontology(store: ox.Store) -> None:
    for path in ontology_files():
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ONTOLOGY_GRAPH)


def _subclasses(store: ox.Store, term: Term) -> tuple[Term, ...]:
    if not isinstance(term, NamedNode):
        return (term,)
    query = f"SELECT DISTINCT ?c WHERE {{ ?c <{RDFS}subClassOf>* {term} }}"
    found = {row["c"] for row in select(store, query)}
    return tuple(sorted(found | {term}, key=str))


def select(store: ox.Store, query: str) -> Iterator[Mapping[str, Term]]:
    """The solutions of a SELECT over the union of the store's graphs, as mappings of the bound variables."""
    solutions = store.query(query, use_default_graph_as_union=True)
    if not isinstance(solutions, ox.QuerySolutions):
        raise ShapeError("only SELECT queries can be constraints")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: solution[name] for name in names if solution[name] is not None}


def _run(store: ox.Store, check: Check) -> Iterator[Result]:
    try:
        rows = {frozenset(row.items()) for row in select(store, check.sparql)}
        yield from (_result(check, dict(row)) for row in rows)
    except SyntaxError as error:
        raise ShapeError(f"shape {check.shape.node}: its query cannot be read ({error})") from error


def _result(check: Check, row: Mapping[str, Term]) -> Result:
    is_query = check.constraint is not None
    focus = row["this"]
    value = row.get("value", focus if is_query else None)
    path = row.get("path") if is_query else None
    return Result(
        focus,
        path if isinstance(path, NamedNode | BlankNode) else check.shape.path_node,
        value,
        check.shape.severity,
        _filled(check.message, row) if is_query else check.message,
        check.shape.node,
        check.component,
    )


def _filled(message: str, row: Mapping[str, Term]) -> str:
    def text(match: re.Match[str]) -> str:
        term = row.get(match[1])
        return match[0] if term is None else str(getattr(term, "value", term))

    return PLACEHOLDER.sub(text, message)
