"""Answers as bytes in the formats that the command line offers."""

from __future__ import annotations

from typing import Final

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, serialize

from kg.ask.run import Answer
from kg.errors import UsageError
from kg.vocabulary import PREFIXES

FORMATS: Final = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}


def serialize_answer(answer: Answer, form: str) -> bytes:
    """An answer in a format of :data:`FORMATS`; triples come as Turtle whatever is asked for.

    Raises:
        UsageError: a yes or no cannot be written in this format.
    """
    if isinstance(answer, QueryTriples):
        return serialize(answer, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    if isinstance(answer, QueryBoolean) and form in {"csv", "tsv"}:
        raise UsageError(f"-f {form}: a query that answers yes or no is written as json or xml")
    return answer.serialize(format=FORMATS[form]) or b""


def shorten(iri: str, base: str) -> str:
    """An IRI as a CURIE where a prefix fits."""
    for prefix, namespace in {**PREFIXES, "id": base}.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
