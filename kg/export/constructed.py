"""The network of the triples that a CONSTRUCT query gives."""

from __future__ import annotations

from typing import Any

import networkx as nx
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store

from kg.ask.answer import Answer
from kg.errors import UsageError
from kg.export.colours import colour_of
from kg.export.narrowing import finish
from kg.export.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Network, read_network
from kg.export.selection import Selection
from kg.vocabulary import ONTOLOGY, PREFIXES

_TYPE, _LABEL = PREFIXES["rdf"] + "type", PREFIXES["skos"] + "prefLabel"


def constructed_network(store: Store, answer: Answer, selection: Selection) -> Network:
    """Every triple between two IRIs as an edge; what the graph knows of nodes and edges comes along.

    Labels and types that the query constructs count for nodes that the graph does not know.

    Raises:
        UsageError: it was no CONSTRUCT query, or nothing came of it.
    """
    if isinstance(answer, QuerySolutions | QueryBoolean):
        raise UsageError("--query: only a CONSTRUCT or DESCRIBE query gives a graph")
    known = read_network(store, Selection(view="all", min_confidence=selection.min_confidence))
    triples = sorted(set(answer), key=str)
    own: dict[str, dict[str, str]] = {}
    edges = []
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, NamedNode):
            continue
        if predicate in (_TYPE, _LABEL):
            name = "type" if predicate == _TYPE else "label"
            own.setdefault(subject.value, {})[name] = str(getattr(value, "value", value)).removeprefix(ONTOLOGY)
        elif isinstance(value, NamedNode):
            edges.append((subject.value, predicate, value.value))
    network: Network = nx.MultiDiGraph()
    for iri in sorted({end for s, _, o in edges for end in (s, o)} | own.keys()):
        network.add_node(iri, **_node(iri, known, own.get(iri, {})))
    for subject_, predicate, object_ in edges:
        relation = predicate.removeprefix(ONTOLOGY)
        values = known.get_edge_data(subject_, object_, relation) or _blank(EDGE_ATTRIBUTES)
        network.add_edge(subject_, object_, key=relation, **{**values, "relation": relation})
    if not network:
        raise UsageError("--query: the query gave no triples; try it with 'kg query'")
    return finish(network)


def _node(iri: str, known: Network, own: dict[str, str]) -> dict[str, Any]:
    if iri in known:
        return dict(known.nodes[iri])
    values = _blank(NODE_ATTRIBUTES) | {"label": iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1] or iri} | own
    return {**values, "colour": colour_of(values["type"])}


def _blank(attributes: Any) -> dict[str, Any]:
    return {name: type_() for name, type_ in attributes.items()}
