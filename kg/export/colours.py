"""A colour and a shape for each type of node, which colour-blind readers can tell apart.

The colours are Paul Tol's "muted" qualitative scheme (https://personal.sron.nl/~pault/); types that are close in it
differ in shape.
"""

from __future__ import annotations

from typing import Final

STYLES: Final[dict[str, tuple[str, str]]] = {
    "Platform": ("#88CCEE", "square"),
    "Brand": ("#CC6677", "circle"),
    "Organization": ("#4477AA", "square"),
    "Person": ("#DDCC77", "circle"),
    "Event": ("#AA4499", "diamond"),
    "Initiative": ("#44AA99", "triangle"),
    "Place": ("#999933", "hexagon"),
    "ProductCategory": ("#882255", "square"),
    "Technology": ("#117733", "hexagon"),
    "Certification": ("#DDDDDD", "diamond"),
    "Audience": ("#EE8866", "circle"),
    "Document": ("#555555", "square"),
    "Entry": ("#777777", "circle"),
    "RelationStatement": ("#BBBBBB", "triangle"),
    "Measurement": ("#BBBBBB", "hexagon"),
    "Quotation": ("#BBBBBB", "diamond"),
}
"""Type to colour (``#RRGGBB``) and shape."""

OTHER: Final = ("#BBBBBB", "circle")


def colour_of(type_: str) -> str:
    """The colour of a type."""
    return STYLES.get(type_, OTHER)[0]


def shape_of(type_: str) -> str:
    """The shape of a type: circle, square, diamond, triangle or hexagon."""
    return STYLES.get(type_, OTHER)[1]
