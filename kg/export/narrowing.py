"""Leaving out of a network what a selection does not want."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.export.selection import VIEWS, Selection

if TYPE_CHECKING:
    from kg.export.network import Network


def narrowed(network: Network, selection: Selection, around: tuple[str, ...]) -> Network:
    """The network without what a selection leaves out, its degrees counted; it is changed in place.

    Raises:
        UsageError: nothing is left.
    """
    view = VIEWS[selection.view]
    keep = set(network)
    types = {node: values["type"] for node, values in network.nodes(data=True)}
    if view.types:
        core = {node for node in network if types[node] in view.types}
        keep = core | {end for s, o in network.edges() if s in core or o in core for end in (s, o)}
        loose = [(s, o, k) for s, o, k in network.edges(keys=True) if s not in core and o not in core]
        network.remove_edges_from(loose)
    if selection.types:
        keep &= {node for node in network if types[node] in selection.types}
    network.remove_nodes_from([node for node in list(network) if node not in keep])
    if selection.relations:
        network.remove_nodes_from([node for node, degree in list(network.degree()) if not degree])
    if around:
        network.remove_nodes_from(set(network) - neighbourhood(network, around, selection.hops))
    if not network:
        raise UsageError("nothing is left of the graph with these options; widen --view, --type, --since or --around")
    return finish(network)


def neighbourhood(network: Network, centres: tuple[str, ...], hops: int) -> set[str]:
    """The nodes within some steps of the centres, whatever the direction of the edges."""
    found = {centre for centre in centres if centre in network}
    edge = set(found)
    for _ in range(hops):
        edge = {other for node in edge for other in _neighbours(network, node)} - found
        found |= edge
    return found


def _neighbours(network: Network, node: str) -> Iterator[str]:
    yield from network.successors(node)
    yield from network.predecessors(node)


def finish(network: Network) -> Network:
    """The network with every node's degree set."""
    for node, degree in network.degree():
        network.nodes[node]["degree"] = degree
    return network
