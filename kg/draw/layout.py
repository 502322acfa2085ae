"""Where the nodes of a network lie, worked out once so that a page or a picture only has to draw.

Each connected part is laid out by igraph (Kamada-Kawai where it is small, then Fruchterman-Reingold), nodes are moved
off one another, and the parts are packed in rows, single nodes last. A network has one layout, the same each time.
"""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Iterator, Sequence
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.export.extras import needs
from kg.export.network import Network
from kg.export.selection import TOGETHER

Points = NDArray[np.float64]
_GAP = 60.0
"""Distance of neighbours in a layout, the unit of the sizes that drawing uses."""
_SMALL = 400
_ROUNDS = 400
_MARGIN = 22.0
_MOVABLE = 1_500
_WEIGHT = {TOGETHER: 0.4}


def radius(statements: int) -> float:
    """The radius of a node of which so much is stated, in units of the layout."""
    return 4 + 2 * math.log2(1 + statements)


def layout(network: Network, shape: float = 1.6) -> dict[str, tuple[float, float]]:
    """A place for each node; ``shape`` is the width of the whole divided by its height.

    Raises:
        MissingExtraError: igraph is not installed.
    """
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(network)
    for subject, object_, relation in network.edges(keys=True):
        if subject != object_:
            weight = simple.get_edge_data(subject, object_, {}).get("weight", 0.0) + _WEIGHT.get(relation, 1.0)
            simple.add_edge(subject, object_, weight=weight)
    sizes = {node: radius(values.get("statements", 0)) for node, values in network.nodes(data=True)}
    parts = sorted((sorted(part) for part in nx.connected_components(simple)), key=lambda part: (-len(part), part))
    placed = [_spread(_component(simple, part), np.array([sizes[node] for node in part])) for part in parts]
    corners = _pack([_extent(points) for points in placed], shape)
    return {
        node: (float(x), float(y))
        for part, points, corner in zip(parts, placed, corners, strict=True)
        for node, (x, y) in zip(part, points - points.min(axis=0) + corner + _GAP / 2, strict=True)
    }


@contextlib.contextmanager
def steady(igraph: Any) -> Iterator[None]:
    """Chance that comes out the same each time within igraph; afterwards it draws from :mod:`random` again."""
    igraph.set_random_number_generator(random.Random(0))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _component(graph: Any, part: Sequence[str]) -> Points:
    if len(part) <= 2:
        return np.array([(place * _GAP * 2.5, 0.0) for place in range(len(part))])
    igraph = needs("igraph", "draw")
    number = {node: place for place, node in enumerate(part)}
    edges = [(number[a], number[b], data["weight"]) for a, b, data in graph.subgraph(part).edges(data=True)]
    edges.sort()
    own = igraph.Graph(len(part), [(a, b) for a, b, _ in edges])
    start = [(math.cos(2.399963 * n) * math.sqrt(n), math.sin(2.399963 * n) * math.sqrt(n)) for n in range(len(part))]
    weights = [weight for *_, weight in edges]
    with steady(igraph):
        if len(part) <= _SMALL:
            start = own.layout_kamada_kawai(seed=start, maxiter=20 * len(part))
        heat = len(part) ** 0.5 / 10
        laid = own.layout_fruchterman_reingold(weights=weights, seed=start, niter=_ROUNDS, start_temp=heat)
    points = np.array(laid.coords)
    points -= points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    points = points @ axes[:, ::-1]
    near = np.median([np.linalg.norm(points[a] - points[b]) for a, b, _ in edges]) or 1.0
    return np.asarray(points * (_GAP * 1.8 / near))


def _spread(points: Points, sizes: Points, rounds: int = 60) -> Points:
    """The points moved apart until hardly two nodes touch; very large parts are left as they are."""
    if not 1 < len(points) <= _MOVABLE:
        return points
    least = sizes[:, None] + sizes[None, :] + _MARGIN
    np.fill_diagonal(least, 0)
    for _ in range(rounds):
        across = points[:, None, :] - points[None, :, :]
        gap = np.maximum(np.hypot(across[..., 0], across[..., 1]), 1e-6)
        overlap = np.maximum(least - gap, 0)
        if not overlap.any():
            break
        points = points + (across / gap[..., None] * (overlap / 2)[..., None]).sum(axis=1)
    return points


def _extent(points: Points) -> tuple[float, float]:
    width, height = points.max(axis=0) - points.min(axis=0) + _GAP
    return float(width) + _GAP * 1.5, float(height)


def _pack(extents: Sequence[tuple[float, float]], shape: float) -> list[tuple[float, float]]:
    """The corner of each part, in rows from the largest part on."""
    area = sum(width * height for width, height in extents)
    limit = max(extents[0][0], math.sqrt(area * shape)) if extents else 0.0
    x = y = tallest = 0.0
    corners = []
    for width, height in extents:
        if x and x + width > limit:
            x, y, tallest = 0.0, y + tallest, 0.0
        corners.append((x, y))
        x, tallest = x + width, max(tallest, height)
    return corners
