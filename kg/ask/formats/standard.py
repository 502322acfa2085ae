"""The W3C's formats of SPARQL results: CSV, TSV, JSON, XML; and RDF for the triples of CONSTRUCT.

CSV and TSV as in https://www.w3.org/TR/sparql11-results-csv-tsv/, JSON as in
https://www.w3.org/TR/sparql11-results-json/, XML as in https://www.w3.org/TR/rdf-sparql-XMLres/.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, serialize

from kg.ask.answer import Answer, Term, columns_of, rows_of, text_of
from kg.errors import UsageError
from kg.vocabulary import PREFIXES

_NOT_IN_XML = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|&#(x0*([0-8bcef]|1[0-9a-f])|0*([0-8]));", re.I
)


def write_csv(answer: Answer, _: str) -> bytes:
    """SPARQL CSV: plain texts, lines that end in CR LF."""
    _refuse_boolean(answer, "csv")
    return csv_text(columns_of(answer), rows_of(answer)).encode()


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> str:
    """Rows as SPARQL CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([text_of(term) for term in row] for row in rows)
    return out.getvalue()


def write_tsv(answer: Answer, _: str) -> bytes:
    """SPARQL TSV: terms as in Turtle, tabs and line ends in them escaped."""
    _refuse_boolean(answer, "tsv")
    if isinstance(answer, QuerySolutions):
        return answer.serialize(format=QueryResultsFormat.TSV) or b""
    lines = ["\t".join(f"?{name}" for name in columns_of(answer))]
    lines += ["\t".join("" if term is None else str(term) for term in row) for row in rows_of(answer)]
    return ("\n".join(lines) + "\n").encode()


def write_json(answer: Answer, _: str) -> bytes:
    """SPARQL results as JSON; triples as JSON-LD."""
    if isinstance(answer, QuerySolutions | QueryBoolean):
        return answer.serialize(format=QueryResultsFormat.JSON) or b""
    return serialize(answer, format=RdfFormat.JSON_LD, prefixes=PREFIXES) or b""


def write_xml(answer: Answer, _: str) -> bytes:
    """SPARQL results as XML; triples as RDF/XML.

    Raises:
        UsageError: a text holds characters that XML 1.0 has no way to write, or a property has no name in XML.
    """
    try:
        if isinstance(answer, QuerySolutions | QueryBoolean):
            content = answer.serialize(format=QueryResultsFormat.XML) or b""
        else:
            content = serialize(answer, format=RdfFormat.RDF_XML, prefixes=PREFIXES) or b""
    except (ValueError, OSError) as error:
        raise UsageError(f"-f xml: {error}; take -f json") from error
    if _NOT_IN_XML.search(content):
        raise UsageError("-f xml: a text in the answer holds control characters, which XML cannot; take -f json")
    return content


def _refuse_boolean(answer: Answer, form: str) -> None:
    if isinstance(answer, QueryBoolean):
        raise UsageError(f"-f {form}: a query that answers yes or no is written as json or xml")
