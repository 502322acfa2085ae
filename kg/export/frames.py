"""A network for igraph, and the tables of facts for pandas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.export.extras import needs
from kg.export.network import EDGE_ATTRIBUTES, Network, node_attributes
from kg.report.tables import COLUMNS


def to_igraph(network: Network, *, directed: bool = True) -> Any:
    """A network as ``igraph.Graph``, with all attributes; IRIs are in the vertex attribute ``name``.

    Raises:
        MissingExtraError: igraph is not installed.
    """
    igraph = needs("igraph", "draw")
    place = {node: number for number, node in enumerate(network)}
    nodes, edges = list(network.nodes(data=True)), list(network.edges(data=True))
    graph = igraph.Graph(len(place), [(place[s], place[o]) for s, o, _ in edges], directed=directed)
    graph.vs["name"] = list(place)
    for name in node_attributes(network):
        graph.vs[name] = [values.get(name) for _, values in nodes]
    for name in EDGE_ATTRIBUTES:
        graph.es[name] = [values.get(name) for _, _, values in edges]
    return graph


def to_pandas(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, Any]:
    """The tables as data frames; values are numbers, all else strings.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    pandas = needs("pandas", "tables")
    frames = {name: pandas.DataFrame(list(tables[name]), columns=list(COLUMNS[name])) for name in COLUMNS}
    frames["measurements"]["value"] = pandas.to_numeric(frames["measurements"]["value"])
    return frames
