"""Answers as bytes, in the formats that the command line offers."""

from __future__ import annotations

import importlib

from kg.ask.answer import Answer, settled
from kg.errors import UsageError

_WRITERS = {
    "table": "tables:write_table",
    "csv": "standard:write_csv",
    "tsv": "standard:write_tsv",
    "json": "standard:write_json",
    "xml": "standard:write_xml",
    "markdown": "tables:write_markdown",
    "html": "tables:write_html",
    "parquet": "parquet:write_parquet",
    "geojson": "geo:write_geojson",
    "kml": "geo:write_kml",
}
"""Where each format is written; a writer is imported when it is called for."""

FORMATS = tuple(_WRITERS)


def write_answer(answer: Answer, form: str, base: str) -> bytes:
    """An answer in a format of :data:`FORMATS`; ``base`` is the namespace behind the prefix ``id``.

    Triples are a table of three columns in the formats for tables, JSON-LD as ``json``, RDF/XML as ``xml`` and
    Turtle as ``table``.

    Raises:
        UsageError: the format cannot hold this answer, or there is no such format.
    """
    if form not in _WRITERS:
        raise UsageError(f"-f {form}: no such format; there are {', '.join(FORMATS)}")
    module, _, name = _WRITERS[form].partition(":")
    content = getattr(importlib.import_module(f"kg.ask.formats.{module}"), name)(settled(answer), base)
    assert isinstance(content, bytes)
    return content
