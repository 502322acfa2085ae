"""The same validation by pySHACL, the reference engine: slow, complete, for comparison."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib.namespace import SH as RDFLIB_SH

from kg.check.report import Result, ValidationReport
from kg.check.shape import Node, Term
from kg.check.validate import shape_files, with_ontology
from kg.check.wording import with_wording


def validate_with_pyshacl(source: ox.Store | rdflib.Graph, shapes: Iterable[Path] | None = None) -> ValidationReport:
    """Checks a store (all graphs together) or an rdflib graph against the shapes files, with the ontology.

    The triples are copied into a plain rdflib graph first: pySHACL over a store-backed graph is slow and wrong.
    """
    store = with_ontology(source if isinstance(source, ox.Store) else _to_store(source))
    shapes_graph = rdflib.Graph()
    for path in shape_files() if shapes is None else shapes:
        shapes_graph.parse(path, format="turtle")
    _, report, _ = pyshacl.validate(_to_rdflib(store), shacl_graph=shapes_graph, inference="none", advanced=False)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"pySHACL gave no report graph: {report}")
    results = {_result(report, node) for node in report.subjects(rdflib.RDF.type, RDFLIB_SH.ValidationResult)}
    return ValidationReport(with_wording(store, sorted(results, key=lambda result: result.sort_key)))


def _to_store(graph: rdflib.Graph) -> ox.Store:
    store = ox.Store()
    store.load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return store


def _to_rdflib(store: ox.Store) -> rdflib.Graph:
    triples = {quad.triple for quad in store}
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return rdflib.Graph().parse(data=data, format="nt")


def _result(report: rdflib.Graph, node: rdflib.term.Node) -> Result:
    def one(name: str) -> Term | None:
        return _term(report.value(node, RDFLIB_SH[name]))

    focus, path, shape = one("focusNode"), one("resultPath"), one("sourceShape")
    messages = sorted(str(message) for message in report.objects(node, RDFLIB_SH.resultMessage))
    return Result(
        NamedNode("urn:none") if focus is None else focus,
        path if isinstance(path, NamedNode | BlankNode) else None,
        one("value"),
        str(report.value(node, RDFLIB_SH.resultSeverity)),
        messages[0] if messages else "",
        _node(shape),
        str(report.value(node, RDFLIB_SH.sourceConstraintComponent)).rsplit("#", 1)[-1],
    )


def _node(term: Term | None) -> Node:
    return term if isinstance(term, NamedNode | BlankNode) else BlankNode()


def _term(term: rdflib.term.Node | None) -> Term | None:
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return Literal(str(term), language=term.language)
        return Literal(str(term), datatype=NamedNode(str(term.datatype)) if term.datatype else None)
    return None if term is None else BlankNode(str(term))
