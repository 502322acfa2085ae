"""A point inside each country, from the outlines of country-coder: the middle of its largest piece."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

Ring = list[list[float]]


def centres(features: list[Any]) -> dict[str, tuple[str, str]]:
    """Latitude and longitude of each ISO 3166-1 code, in degrees with one decimal: good for a dot on a map."""
    largest: dict[str, tuple[float, tuple[str, str]]] = {}
    for feature in features:
        about, shape = feature["properties"], feature["geometry"]
        code = about.get("iso1A2") or about.get("country")
        if not code or not shape:
            continue
        for polygon in shape["coordinates"]:
            area, x, y = _centroid(polygon[0])
            if area > largest.get(code, (0.0, ("", "")))[0]:
                largest[code] = area, (f"{y:.1f}", f"{x:.1f}")
    return {code: point for code, (_, point) in largest.items()}


def _centroid(ring: Ring) -> tuple[float, float, float]:
    """Area (square degrees) and centroid of a ring of longitude and latitude."""
    twice = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        twice, x, y = twice + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not twice:
        return 0.0, ring[0][0], ring[0][1]
    return abs(twice) / 2, x / (3 * twice), y / (3 * twice)
