"""Answers with coordinates as points on a map: GeoJSON (RFC 7946) and KML 2.2 (OGC 07-147r2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape

from kg.ask.answer import Answer, columns_of, rows_of, text_of
from kg.ask.formats.tables import cell, heading
from kg.errors import UsageError

_LATITUDE, _LONGITUDE = "latitude", "longitude"
Point = tuple[float, float, dict[str, str]]


def write_geojson(answer: Answer, base: str) -> bytes:
    """A feature collection with a point for each row that has coordinates; the other columns are its properties.

    Raises:
        UsageError: the answer has no columns ``latitude`` and ``longitude``.
    """
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [x, y]}, "properties": properties}
        for x, y, properties in _points(answer, base)
    ]
    content = {"type": "FeatureCollection", "features": features}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def write_kml(answer: Answer, base: str) -> bytes:
    """A document with a placemark for each row that has coordinates, named by the first column.

    Raises:
        UsageError: the answer has no columns ``latitude`` and ``longitude``.
    """
    marks = "".join(_placemark(*point) for point in _points(answer, base))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
    return f"{head}{marks}</Document>\n</kml>\n".encode()


def _placemark(x: float, y: float, properties: dict[str, str]) -> str:
    name = escape(next(iter(properties.values()), ""))
    data = "".join(
        f'<Data name="{escape(key)}"><value>{escape(value)}</value></Data>' for key, value in properties.items()
    )
    where = f"<Point><coordinates>{x!r},{y!r}</coordinates></Point>"
    return f"<Placemark><name>{name}</name><ExtendedData>{data}</ExtendedData>{where}</Placemark>\n"


def _points(answer: Answer, base: str) -> Iterator[Point]:
    """Longitude, latitude and the other columns of each row that has coordinates on the globe."""
    columns = columns_of(answer)
    if not {_LATITUDE, _LONGITUDE} <= set(columns):
        raise UsageError("this format needs the columns latitude and longitude, as 'kg query places-on-a-map' has them")
    for row in rows_of(answer):
        cells = dict(zip(columns, row, strict=True))
        try:
            y, x = float(text_of(cells.pop(_LATITUDE))), float(text_of(cells.pop(_LONGITUDE)))
        except ValueError:
            continue
        if abs(y) <= 90 and abs(x) <= 180:
            yield x, y, {heading(name): cell(term, base) for name, term in cells.items()}
