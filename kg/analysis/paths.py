"""The shortest chains of statements between two entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import networkx as nx

from kg.errors import UsageError
from kg.export.network import BETWEEN, Network


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of a chain, as it was said: subject, relation, object, the entries that say it, one wording."""

    subject: str
    relation: str
    object: str
    entries: tuple[str, ...]
    wording: str
    confidence: float


Path = tuple[Step, ...]


def shortest_paths(network: Network, sources: list[str], targets: list[str], number: int = 3) -> list[Path]:
    """The ``number`` shortest chains without loops between any of two sets of nodes, whatever their edges' direction.

    Yen's algorithm as networkx has it; of chains of one length the one in the order of the nodes' IRIs is first.

    Raises:
        UsageError: an end is not in the network, or nothing leads from one to the other.
    """
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(network)
    simple.add_edges_from(network.edges())
    here = [(s, t) for s in sources for t in targets if s in network and t in network and s != t]
    if not here:
        raise UsageError(
            "kg path: name two different entities that are both in this view; 'kg query entities' lists all"
        )
    found = [nodes for s, t in here for nodes in islice(_between(simple, s, t), number)]
    if not found:
        raise UsageError("kg path: no chain of statements leads from one to the other; try --view together")
    found.sort(key=lambda nodes: (len(nodes), nodes))
    return [tuple(_step(network, one, other) for one, other in pairwise(nodes)) for nodes in found[:number]]


def _between(graph: nx.Graph[str], source: str, target: str) -> Iterator[list[str]]:
    try:
        yield from nx.shortest_simple_paths(graph, source, target)
    except nx.NetworkXNoPath:
        return


def _step(network: Network, one: str, other: str) -> Step:
    edges = [
        (-values["confidence"], -values["statements"], subject, object_, values)
        for subject, object_ in ((one, other), (other, one))
        for values in (network.get_edge_data(subject, object_) or {}).values()
    ]
    *_, subject, object_, values = min(edges, key=lambda edge: (*edge[:4], edge[4]["relation"]))
    label = network.nodes
    return Step(
        label[subject]["label"],
        values["relation"],
        label[object_]["label"],
        tuple(values["entries"].split(BETWEEN)),
        values["evidence"],
        values["confidence"],
    )
