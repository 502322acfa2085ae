"""How central each node is, and which nodes belong together; all on the network without directions.

Parallel edges count as one whose weight is their number. Degree is the number of neighbours; betweenness is Brandes's,
pagerank and eigenvector as igraph computes them with weights (of a
network in several parts, eigenvector sees the largest); communities are Leiden's for modularity
(https://doi.org/10.1038/s41598-019-41695-z), with chance that comes out the same each time.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from kg.draw.layout import steady
from kg.errors import UsageError
from kg.export.extras import needs
from kg.export.frames import to_igraph
from kg.export.network import Network

MEASURES: dict[str, Callable[[Any], list[float]]] = {
    "degree": lambda graph: [float(degree) for degree in graph.degree()],
    "betweenness": lambda graph: [round(value, 6) for value in graph.betweenness()],
    "pagerank": lambda graph: [round(value, 9) for value in graph.pagerank(weights="weight")],
    "eigenvector": lambda graph: [round(value, 9) for value in graph.eigenvector_centrality(weights="weight")],
}
"""Name to what computes it."""

COMMUNITY = "community"


def rank(network: Network, by: str = "degree") -> dict[str, float]:
    """The value of a measure for each node, greatest first, then by IRI.

    Raises:
        UsageError: there is no such measure.
        MissingExtraError: igraph is not installed.
    """
    if by not in MEASURES:
        raise UsageError(f"--by {by}: it is one of {', '.join(MEASURES)}")
    with steady(needs("igraph", "draw")), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*disconnected")
        values = dict(zip(network, MEASURES[by](_simple(network)), strict=True))
    return dict(sorted(values.items(), key=lambda item: (-item[1], item[0])))


def communities(network: Network) -> list[list[str]]:
    """The communities, largest first, each with its weightiest node first.

    Raises:
        MissingExtraError: igraph is not installed.
    """
    with steady(needs("igraph", "draw")):
        found = _simple(network).community_leiden("modularity", weights="weight", n_iterations=-1)
    nodes, weight = list(network), network.degree()
    groups = [sorted((nodes[place] for place in group), key=lambda node: (-weight[node], node)) for group in found]
    return sorted(groups, key=lambda group: (-len(group), group))


def add_measures(network: Network, names: tuple[str, ...]) -> Network:
    """Put measures, or the number of the community (largest 1), on the nodes as attributes that every writer writes.

    Raises:
        UsageError: there is no such measure.
        MissingExtraError: igraph is not installed.
    """
    for name in names:
        if name == COMMUNITY:
            groups = enumerate(communities(network), start=1)
            values: dict[str, float] = {node: number for number, group in groups for node in group}
        elif name in MEASURES:
            values = rank(network, name)
        else:
            raise UsageError(f"--with {name}: it is one of {', '.join((*MEASURES, COMMUNITY))}")
        for node, value in values.items():
            network.nodes[node][name] = value
    network.graph["measures"] = {name: int if name == COMMUNITY else float for name in names if name != "degree"}
    if "degree" in names:
        for node, degree in network.degree():
            network.nodes[node]["degree"] = degree
    return network


def _simple(network: Network) -> Any:
    graph = to_igraph(network, directed=False)
    for name in graph.es.attributes():
        del graph.es[name]
    graph.es["weight"] = 1
    return graph.simplify(combine_edges={"weight": "sum"})
