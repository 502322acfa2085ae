"""Shapes to SPARQL: one SELECT a constraint, each solution a result (``this``, ``value``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.check.component import VALUE_TESTS, count_query, pair_test
from kg.check.shape import RDF, Component, Query, Shape, ShapeError, Target, Term

Subclasses = Callable[[Term], tuple[Term, ...]]
WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
FORBIDDEN = re.compile(r"\b(MINUS|VALUES|SERVICE|FROM)\b|\$(PATH|shapesGraph|currentShape)\b", re.IGNORECASE)
NOISE = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*")


@dataclass(frozen=True, slots=True)
class Check:
    """One compiled constraint: the query to run and the shape, constraint component and message of its results.

    ``is_core`` tells a component of SHACL Core from a SPARQL-based constraint (``constraint`` is then its node).
    """

    shape: Shape
    component: str
    sparql: str
    message: str
    constraint: Query | None = None


def compile_shape(shape: Shape, subclasses: Subclasses) -> tuple[Check, ...]:
    """The checks of a shape. ``subclasses`` gives a class and all below it.

    Raises :class:`ShapeError` for a constraint that cannot be checked this way.
    """
    target = _target_pattern(shape.targets, subclasses)
    core = [_core_check(shape, component, target, subclasses) for component in shape.components]
    return (*core, *(_sparql_check(shape, query, target) for query in shape.queries))


def _core_check(shape: Shape, component: Component, target: str, subclasses: Subclasses) -> Check:
    name = component.name[0].upper() + component.name[1:] + "ConstraintComponent"
    operand = " ".join(str(value) for value in component.values)
    message = shape.message or f"fails sh:{component.name} {operand}"
    return Check(shape, name, _core_query(shape, component, target, subclasses), message)


def _core_query(shape: Shape, component: Component, target: str, subclasses: Subclasses) -> str:
    counted = count_query(component, target, shape.path)
    if counted is not None:
        return counted
    reach = "BIND(?this AS ?value)" if shape.path is None else f"?this {shape.path} ?value ."
    pair = pair_test(component)
    if pair is not None:
        return f"SELECT ?this ?value ?other WHERE {{ {target} {reach} {pair} }}"
    test = VALUE_TESTS[component.name](_widened(component, subclasses))
    return f"SELECT DISTINCT ?this ?value WHERE {{ {target} {reach} {test} }}"


def _widened(component: Component, subclasses: Subclasses) -> Component:
    return Component("class", subclasses(component.values[0])) if component.name == "class" else component


def _sparql_check(shape: Shape, query: Query, target: str) -> Check:
    bare = NOISE.sub(lambda match: " " * len(match[0]), query.select)
    forbidden = FORBIDDEN.search(bare)
    if forbidden:
        raise ShapeError(f"shape {shape.node}: {forbidden[0]} is not allowed in a SPARQL-based constraint")
    opening = WHERE.search(bare)
    if opening is None or not re.search(r"[$?]this\b", bare[: opening.start()]):
        raise ShapeError(f"shape {shape.node}: its sh:select must read SELECT $this … WHERE {{ … }}")
    select = f"{query.select[: opening.end()]} {target} {query.select[opening.end() :]}"
    message = query.message or shape.message or "fails a SPARQL-based constraint"
    return Check(shape, "SPARQLConstraintComponent", f"{query.prologue}\n{select}", message, query)


def _target_pattern(targets: tuple[Target, ...], subclasses: Subclasses) -> str:
    branches = [TARGET_PATTERNS[target.kind](target.term, subclasses) for target in targets]
    return "{ SELECT DISTINCT ?this WHERE { " + " UNION ".join(f"{{ {branch} }}" for branch in branches) + " } }"


def _instances(term: Term, subclasses: Subclasses) -> str:
    classes = " ".join(str(c) for c in subclasses(term) if isinstance(c, NamedNode))
    return f"VALUES ?_class {{ {classes} }} ?this <{RDF}type> ?_class ."


def _node(term: Term, _: Subclasses) -> str:
    if not isinstance(term, NamedNode | Literal):
        raise ShapeError(f"sh:targetNode must be an IRI or a literal, found {term}")
    return f"VALUES ?this {{ {term} }}"


TARGET_PATTERNS: Mapping[str, Callable[[Term, Subclasses], str]] = {
    "targetClass": _instances,
    "targetNode": _node,
    "targetSubjectsOf": lambda term, _: f"?this {term} ?_object .",
    "targetObjectsOf": lambda term, _: f"?_subject {term} ?this .",
}
