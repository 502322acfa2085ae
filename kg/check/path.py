"""SHACL property paths written as SPARQL property paths."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode

from kg.check.shape import RDF, Node, ShapeError, Term
from kg.check.shape_graph import ShapeGraph

SUFFIXES = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def path_expression(graph: ShapeGraph, path: Term) -> str:
    """The SPARQL property path for a ``sh:path`` value.

    Raises :class:`ShapeError` for anything that is not one of the path forms of SHACL (section 2.3.1).
    """
    if isinstance(path, NamedNode):
        return str(path)
    if not isinstance(path, BlankNode):
        raise ShapeError(f"{path} is not a property path")
    if graph.objects(path, RDF + "first"):
        return _joined(graph, path, "/")
    (form, value) = _form(graph, path)
    if form == "inversePath":
        return f"(^{path_expression(graph, value)})"
    if form == "alternativePath" and isinstance(value, BlankNode):
        return _joined(graph, value, "|")
    if form in SUFFIXES:
        return f"({path_expression(graph, value)}{SUFFIXES[form]})"
    raise ShapeError(f"sh:{form} is not a supported property path")


def _form(graph: ShapeGraph, path: Node) -> tuple[str, Term]:
    forms = graph.shacl_terms(path)
    if len(forms) != 1:
        raise ShapeError(f"{path} is not one property path: it has {', '.join(forms) or 'no form'}")
    value = graph.one(path, forms[0])
    if value is None:
        raise ShapeError(f"{path}: sh:{forms[0]} has no value")
    return forms[0], value


def _joined(graph: ShapeGraph, head: Node, operator: str) -> str:
    return "(" + operator.join(path_expression(graph, member) for member in graph.members(head)) + ")"
