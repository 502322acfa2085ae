"""A network as a static picture for a paper: SVG by hand, PNG and PDF from it by vl-convert."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from typing import IO, Any
from xml.sax.saxutils import escape

from kg.draw.fonts import font_warnings
from kg.draw.layout import layout, radius
from kg.errors import UsageError
from kg.export.cleaning import Cleaner
from kg.export.colours import STYLES, colour_of, shape_of
from kg.export.extras import needs
from kg.export.network import Network
from kg.export.selection import TOGETHER

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif"
_LONGEST = 40
_LEGEND = 46
_CORNERS = {
    "square": (4, math.pi / 4, 1.2),
    "diamond": (4, 0.0, 1.25),
    "triangle": (3, 0.0, 1.3),
    "hexagon": (6, 0.0, 1.1),
}
_CORNERED = {"diamond", "triangle"}
_MOST_EDGE_LABELS = 150
_FEW = 300
_WIDTHS = {**dict.fromkeys("iljtf.,:;'’| ", 0.28), **dict.fromkeys("mwMW", 0.85), "r": 0.34, "I": 0.28}
Box = tuple[float, float, float, float]


def write_svg(network: Network, out: IO[str], clean: Cleaner, *, width: int = 1200) -> None:
    """Write SVG 1.1, ``width`` pixels wide.

    Raises:
        MissingExtraError: igraph is not installed.
    """
    out.write(_Picture(network, width, clean).svg())


def write_png(network: Network, out: IO[bytes], clean: Cleaner, *, width: int = 1200, dpi: int = 192) -> None:
    """Write PNG; ``width`` is in pixels at 96 dots an inch, so that 192 gives twice as many.

    Raises:
        MissingExtraError: igraph or vl-convert is not installed.
    """
    convert, svg = needs("vl_convert", "draw"), _Picture(network, width, clean).svg()
    clean.notes += font_warnings(svg)
    out.write(convert.svg_to_png(svg, scale=dpi / 96))


def write_pdf(network: Network, out: IO[bytes], clean: Cleaner, *, width: int = 1200) -> None:
    """Write a PDF of one page with its fonts inside.

    Raises:
        MissingExtraError: igraph or vl-convert is not installed.
    """
    convert, svg = needs("vl_convert", "draw"), _Picture(network, width, clean).svg()
    clean.notes += font_warnings(svg)
    out.write(convert.svg_to_pdf(svg))


def text_width(text: str, height: float) -> float:
    """About how wide a text is in a sans-serif font: a wide East Asian character is one em, most others half."""
    return height * sum(_WIDTHS.get(letter) or _width(letter) for letter in text)


def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.69 if letter.isupper() else 0.54


class _Picture:
    def __init__(self, network: Network, width: int, clean: Cleaner) -> None:
        self.alone = [node for node, degree in network.degree() if not degree]
        drawn: Network = network.copy()
        if len(self.alone) < len(network):
            drawn.remove_nodes_from(self.alone)
        else:
            self.alone = []
        if width < 200:
            raise UsageError(f"--width {width}: a picture is at least 200 pixels wide")
        self.network, self.width, self.clean = drawn, width, clean
        places = layout(drawn, shape=1.4)
        across = max(x for x, _ in places.values()) + 70
        self.scale = min(width / across, 2.5)
        left = (width - across * self.scale) / 2
        self.places = {node: (left + x * self.scale, 20 + y * self.scale) for node, (x, y) in places.items()}
        self.height = max(y for _, y in self.places.values()) + 40
        self.sizes = {n: radius(v["statements"]) * min(max(self.scale, 0.55), 1.4) for n, v in drawn.nodes(data=True)}
        self.letters = min(max(11 * self.scale, 8.5), 13)
        self.taken: list[Box] = []
        self.strokes: list[tuple[float, float]] = []

    def svg(self) -> str:
        body = [*self._edges(), *self._nodes(), *self._labels(), *self._edge_labels(), *self._legend()]
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height:.0f}"'
        head += f' viewBox="0 0 {self.width} {self.height:.0f}" font-family="{FONT}">'
        arrow = '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
        arrow += 'orient="auto" markerUnits="userSpaceOnUse"><path d="M0 1L8 4L0 7z" fill="#666"/></marker></defs>'
        return "\n".join((head, arrow, '<rect width="100%" height="100%" fill="#fff"/>', *body, "</svg>\n"))

    def _edges(self) -> Iterator[str]:
        seen: dict[frozenset[str], int] = {}
        for subject, object_, relation, values in sorted(
            self.network.edges(keys=True, data=True), key=lambda edge: edge[2] != TOGETHER
        ):
            pair = frozenset((subject, object_))
            bend = 14 * seen.get(pair, 0) * (1 if subject < object_ else -1)
            seen[pair] = seen.get(pair, 0) + 1
            (x1, y1), (x2, y2) = self.places[subject], self.places[object_]
            length = math.hypot(x2 - x1, y2 - y1) or 1.0
            short = (self.sizes[object_] + 2) / length
            cx, cy = (x1 + x2) / 2 - (y2 - y1) / length * bend, (y1 + y2) / 2 + (x2 - x1) / length * bend
            faint = relation == TOGETHER
            looks = f'stroke="{"#ccc" if faint else "#777"}" stroke-width="{0.6 if faint else 1.1}" fill="none"'
            looks += ' stroke-dasharray="5 3"' if values["modality"] == "planned" and not faint else ""
            looks += "" if faint else ' marker-end="url(#arrow)"'
            x, y = x2 - (x2 - cx) * short * 2 if bend else x2 - (x2 - x1) * short, y2 - (y2 - y1) * short
            steps = int(length / 8) if len(self.network) <= _FEW and not faint else 0
            self.strokes += ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(1, steps))
            yield f'<path d="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x:.1f} {y:.1f}" {looks}/>'

    def _nodes(self) -> Iterator[str]:
        for node, values in self.network.nodes(data=True):
            (x, y), size = self.places[node], self.sizes[node]
            self.taken.append((x - size, x + size, y - size, y + size))
            yield _shape(shape_of(values["type"]), x, y, size, colour_of(values["type"]))

    def _labels(self) -> Iterator[str]:
        order = sorted(self.network, key=lambda node: (-self.network.nodes[node]["statements"], node))
        left_out = 0
        for node in order:
            text = _cut(self.clean.xml(self.network.nodes[node]["label"]))
            grown = 1.25 if shape_of(self.network.nodes[node]["type"]) in _CORNERED else 1.0
            place = self._free(*self.places[node], self.sizes[node] * grown + 3, text_width(text, self.letters))
            if place is None:
                left_out += 1
                continue
            yield self._text(*place, text, self.letters, "#111")
        if left_out:
            self.clean.notes.append(
                f"{left_out} labels found no free place; a larger --width or a smaller view has room"
            )

    def _free(self, x: float, y: float, off: float, width: float) -> tuple[float, float] | None:
        return self._spot(x, y, off, width, clear=True) or self._spot(x, y, off, width, clear=False)

    def _spot(self, x: float, y: float, off: float, width: float, *, clear: bool) -> tuple[float, float] | None:
        half = self.letters / 2
        for far in (0.0, 5.0, 12.0):
            gap = off + far
            for left, middle in (
                *((x + gap, y), (x - gap - width, y), (x - width / 2, y - gap - half), (x - width / 2, y + gap + half)),
                *((x + gap * 0.7, y - gap * 0.7 - half / 2), (x + gap * 0.7, y + gap * 0.7 + half / 2)),
                *((x - gap * 0.7 - width, y - gap * 0.7), (x - gap * 0.7 - width, y + gap * 0.7 + half / 2)),
            ):
                box = (left - 1, left + width + 1, middle - half, middle + half)
                if (not clear or not self._crossed(box)) and self._take(box):
                    return left, middle
        return None

    def _crossed(self, box: Box) -> bool:
        return any(box[0] <= x <= box[1] and box[2] <= y <= box[3] for x, y in self.strokes)

    def _take(self, box: Box) -> bool:
        inside = box[0] >= 0 and box[1] <= self.width and box[2] >= 0
        free = inside and not any(
            box[0] < other[1] and box[1] > other[0] and box[2] < other[3] and box[3] > other[2] for other in self.taken
        )
        if free:
            self.taken.append(box)
        return free

    def _edge_labels(self) -> Iterator[str]:
        edges = [edge for edge in self.network.edges(keys=True) if edge[2] != TOGETHER]
        letters = self.letters * 0.75
        for subject, object_, relation in edges if len(edges) <= _MOST_EDGE_LABELS else ():
            (x1, y1), (x2, y2) = self.places[subject], self.places[object_]
            wide = text_width(relation, letters)
            for part in (0.5, 0.4, 0.6, 0.3):
                x, y = x1 + (x2 - x1) * part, y1 + (y2 - y1) * part
                if self._take((x - wide / 2, x + wide / 2, y - letters / 2, y + letters / 2)):
                    yield self._text(x - wide / 2, y, relation, letters, "#555")
                    break

    def _text(self, left: float, middle: float, text: str, letters: float, colour: str) -> str:
        halo = 'paint-order="stroke" stroke="#fff" stroke-width="2.5" stroke-linejoin="round"'
        place = f'x="{left:.1f}" y="{middle + letters * 0.35:.1f}" font-size="{letters:.1f}" fill="{colour}"'
        return f"<text {place} {halo}>{escape(text)}</text>"

    def _legend(self) -> Iterator[str]:
        x, y = 16.0, self.height + 12
        found = {values["type"] for _, values in self.network.nodes(data=True)}
        for type_ in (*(name for name in STYLES if name in found), *sorted(found - STYLES.keys())):
            wide = text_width(type_, 11.5) + 34
            if x + wide > self.width:
                x, y = 16.0, y + 20
            yield _shape(shape_of(type_), x, y, 5.5, colour_of(type_))
            yield f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" font-size="11.5" fill="#333">{escape(type_)}</text>'
            x += wide
        notes = ["size: number of statements"]
        if any(values["modality"] == "planned" for *_, values in self.network.edges(data=True)):
            notes.append("dashed: planned")
        if self.alone:
            notes.append(f"{len(self.alone)} without edges are not drawn")
        y += 20
        yield f'<text x="12" y="{y:.1f}" font-size="11.5" fill="#555">{escape("; ".join(notes))}</text>'
        self.height = y + 14


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _shape(shape: str, x: float, y: float, size: float, colour: str) -> str:
    looks = f'fill="{colour}" stroke="#fff" stroke-width="1"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" {looks}/>'
    corners, turn, grown = _CORNERS[shape]
    angles = (turn - math.pi / 2 + 2 * math.pi * corner / corners for corner in range(corners))
    points = " ".join(f"{x + size * grown * math.cos(a):.1f},{y + size * grown * math.sin(a):.1f}" for a in angles)
    return f'<polygon points="{points}" {looks}/>'


def svg_of(network: Network, **size: Any) -> str:
    """A picture as text, for a notebook.

    Raises:
        MissingExtraError: igraph is not installed.
    """
    return _Picture(network, size.get("width", 900), Cleaner()).svg()
