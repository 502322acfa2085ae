"""Tables for people: on the screen, in Markdown and as HTML, with IRIs as CURIEs."""

from __future__ import annotations

import html
import sys
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, RdfFormat, serialize

from kg.ask.answer import Answer, Term, columns_of, rows_of, text_of
from kg.vocabulary import PREFIXES

_IN_MARKDOWN = str.maketrans({character: "\\" + character for character in "\\`*_[]<>|"})
_LONGEST_CELL = 500
_WIDEST = 100_000
"""Columns of a table that goes into a pipe, where a terminal's width would cut texts off."""


def shorten(iri: str, base: str) -> str:
    """An IRI as a CURIE where a prefix fits."""
    for prefix, namespace in {**PREFIXES, "id": base}.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def cell(term: Term | None, base: str) -> str:
    """A term as a reader wants it, on one line."""
    text = shorten(term.value, base) if isinstance(term, NamedNode) else text_of(term)
    return " ".join("".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text).split())


def heading(column: str) -> str:
    """A column's name without what makes it a parameter."""
    return column.removeprefix("_").removesuffix("_iri")


def write_table(answer: Answer, base: str) -> bytes:
    """A table in lines and columns; ``yes`` or ``no``; Turtle for triples."""
    if isinstance(answer, QueryBoolean):
        return b"yes\n" if answer else b"no\n"
    if not isinstance(answer, QuerySolutions):
        return serialize(answer, format=RdfFormat.TURTLE, prefixes={**PREFIXES, "id": base}) or b""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*map(heading, columns_of(answer)))
    for row in rows_of(answer):
        table.add_row(*(Text(cell(term, base)) for term in row))
    console = Console() if sys.stdout.isatty() else Console(width=_WIDEST)
    with console.capture() as captured:
        console.print(table)
    return captured.get().encode()


def write_markdown(answer: Answer, base: str) -> bytes:
    """A table as GitHub Flavored Markdown has them; ``yes`` or ``no``."""
    if isinstance(answer, QueryBoolean):
        return b"yes\n" if answer else b"no\n"
    columns = columns_of(answer)
    rows = [[heading(name) for name in columns], ["---"] * len(columns)]
    rows += [[cell(term, base) for term in row] for row in rows_of(answer)]
    lines = ["| " + " | ".join(c if c == "---" else c.translate(_IN_MARKDOWN) for c in row) + " |" for row in rows]
    return ("\n".join(lines) + "\n").encode()


def write_html(answer: Answer, base: str) -> bytes:
    """An HTML page of its own, without scripts."""
    if isinstance(answer, QueryBoolean):
        body = f"<p>{'yes' if answer else 'no'}</p>"
    else:
        body = html_table(columns_of(answer), rows_of(answer), base)
    head = '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>Answer</title>\n'
    return f"{head}<body>\n{body}\n</body></html>\n".encode()


def html_table(columns: Sequence[str], rows: Iterable[Sequence[Term | None]], base: str, more: int = 0) -> str:
    """Rows as an HTML table, all text escaped and web addresses as links; ``more`` rows are said to be left out."""
    head = "".join(f'<th scope="col">{html.escape(heading(name))}</th>' for name in columns)
    body = "\n".join("<tr>" + "".join(f"<td>{_html_cell(term, base)}</td>" for term in row) + "</tr>" for row in rows)
    note = f"\n<p>… and {more:,} more rows</p>" if more else ""
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>{note}"


def _html_cell(term: Term | None, base: str) -> str:
    text = cell(term, base)
    text = html.escape(text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + "…")
    if isinstance(term, NamedNode) and term.value.startswith(("http://", "https://")):
        return f'<a href="{html.escape(term.value)}">{text}</a>'
    return text
