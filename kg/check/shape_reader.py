"""Shapes files to :class:`~kg.check.shape.Shape`; whatever the engine does not check is an error, never skipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode

from kg.check.path import path_expression
from kg.check.shape import OWL, RDF, RDFS, SH, Component, Node, Query, Shape, ShapeError, Target, Term
from kg.check.shape_graph import ShapeGraph

TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
COMPONENTS = frozenset(
    "class datatype nodeKind in hasValue pattern minLength maxLength minInclusive maxInclusive minExclusive "
    "maxExclusive minCount maxCount lessThan lessThanOrEquals".split()
)
DESCRIPTIONS = frozenset("name description order group defaultValue message severity deactivated flags".split())
SHAPE_TERMS = COMPONENTS | DESCRIPTIONS | frozenset(TARGETS) | {"property", "sparql", "path"}
QUERY_TERMS = frozenset({"select", "prefixes", "message", "deactivated"})
PROPERTY_ONLY = frozenset({"minCount", "maxCount", "lessThan", "lessThanOrEquals"})


def read_shapes(paths: Iterable[Path]) -> tuple[Shape, ...]:
    """The shapes of all Turtle files, in the order of their IRIs.

    Raises :class:`ShapeError` naming the shape and the term when one is outside the supported part of SHACL.
    """
    return shapes_of(ShapeGraph.of_files(paths))


def shapes_of(graph: ShapeGraph) -> tuple[Shape, ...]:
    """The active shapes of a graph that have targets, and the property shapes below them."""
    roots = [node for node in graph.shapes() if _targets(graph, node)]
    return tuple(shape for root in roots for shape in _expand(graph, root, _targets(graph, root)))


def _expand(graph: ShapeGraph, node: Node, targets: tuple[Target, ...]) -> Iterator[Shape]:
    _require_supported(graph, node, SHAPE_TERMS)
    if graph.flag(node, "deactivated"):
        return
    path_node = graph.one(node, "path")
    if path_node is not None and not isinstance(path_node, NamedNode | BlankNode):
        raise ShapeError(f"shape {node}: sh:path must be an IRI or a path, found {path_node}")
    yield Shape(
        node,
        targets,
        None if path_node is None else path_expression(graph, path_node),
        path_node,
        tuple(_components(graph, node, path_node is not None)),
        tuple(_queries(graph, node, path_node is not None)),
        graph.text(node, "message"),
        _severity(graph, node),
    )
    for child in graph.nodes(node, "property"):
        if path_node is not None:
            raise ShapeError(f"shape {node}: sh:property below a property shape is not supported: {child}")
        if graph.one(child, "path") is None:
            raise ShapeError(f"shape {child}: a property shape needs sh:path")
        yield from _expand(graph, child, targets)


def _require_supported(graph: ShapeGraph, node: Node, supported: frozenset[str]) -> None:
    for term in graph.shacl_terms(node):
        if term not in supported:
            raise ShapeError(
                f"shape {node}: sh:{term} is not supported by this validator; write the constraint as sh:sparql "
                f"or run the reference validator"
            )


def _targets(graph: ShapeGraph, node: Node) -> tuple[Target, ...]:
    declared = [Target(kind, term) for kind in TARGETS for term in graph.values(node, kind)]
    classes = {RDFS + "Class", OWL + "Class"}
    if classes & {t.value for t in graph.objects(node, RDF + "type") if isinstance(t, NamedNode)}:
        declared.append(Target("targetClass", node))
    return tuple(declared)


def _severity(graph: ShapeGraph, node: Node) -> str:
    severity = graph.one(node, "severity")
    return severity.value if isinstance(severity, NamedNode) else SH + "Violation"


def _components(graph: ShapeGraph, node: Node, has_path: bool) -> Iterator[Component]:
    flags = graph.text(node, "flags") or ""
    for name in sorted(COMPONENTS):
        if (name in PROPERTY_ONLY) and not has_path and graph.values(node, name):
            raise ShapeError(f"shape {node}: sh:{name} needs a sh:path")
        for value in graph.values(node, name):
            if name != "pattern":
                yield Component(name, _operands(graph, node, name, value))
            else:
                yield Component(name, (value,), flags)


def _operands(graph: ShapeGraph, node: Node, name: str, value: Term) -> tuple[Term, ...]:
    if name != "in":
        return (value,)
    if not isinstance(value, NamedNode | BlankNode):
        raise ShapeError(f"shape {node}: sh:in needs a list, found {value}")
    return tuple(graph.members(value))


def _queries(graph: ShapeGraph, node: Node, has_path: bool) -> Iterator[Query]:
    for constraint in graph.nodes(node, "sparql"):
        if has_path:
            raise ShapeError(f"shape {node}: sh:sparql on a property shape is not supported; move it to a node shape")
        _require_supported(graph, constraint, QUERY_TERMS)
        select = graph.text(constraint, "select")
        if select is None:
            raise ShapeError(f"shape {node}: its sh:sparql has no sh:select")
        if not graph.flag(constraint, "deactivated"):
            message = graph.text(constraint, "message")
            yield Query(constraint, _prologue(graph, constraint), select, message)


def _prologue(graph: ShapeGraph, constraint: Node) -> str:
    owners = graph.nodes(constraint, "prefixes")
    declarations = [d for owner in owners for d in graph.nodes(owner, "declare")]
    lines = {f"PREFIX {graph.text(d, 'prefix')}: <{graph.text(d, 'namespace')}>" for d in declarations}
    return "\n".join(sorted(lines))
