"""A page as text: what every format is turned into before entries are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kg.errors import SourceError
from kg.model import Span

MAX_LINE = 100_000
"""The longest paragraph that is read, in characters; the language pipeline parses a paragraph as a whole."""


class Role(StrEnum):
    """What the markup says a line is."""

    HEADING = "heading"
    ITEM = "item"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the markup says about one line: its role, the ``datetime`` of its ``<time>``, and if a post starts there."""

    role: Role | None = None
    stamp: str | None = None
    post: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: ``span`` without surrounding blanks, ``gap`` if it stands after an empty line."""

    span: Span
    text: str
    gap: bool
    mark: Mark = field(default=Mark())


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, its lines and what its metadata say; no line is blank."""

    text: str
    lines: tuple[Line, ...]
    title: str | None = None
    published: date | None = None
    url: str | None = None


def clean(text: str) -> str:
    """Text without byte order mark, with ``\\n`` for line ends and U+FFFD for surrogates that stand alone."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def split_lines(text: str, marks: Mapping[int, Mark], where: str) -> tuple[Line, ...]:
    """The lines of a text; ``marks`` are keyed by line number from 0.

    Raises:
        SourceError: a line is longer than :data:`MAX_LINE`.
    """
    lines: list[Line] = []
    start, gap = 0, True
    for number, raw in enumerate(text.split("\n")):
        if len(raw) > MAX_LINE:
            raise SourceError(
                f"{where}: line {number + 1} has {len(raw):,} characters, more than the {MAX_LINE:,} of a paragraph "
                "that can be read; is it text? Break it into paragraphs"
            )
        body = raw.strip()
        if body:
            begin = start + len(raw) - len(raw.lstrip())
            lines.append(Line(Span(begin, begin + len(body)), body, gap, marks.get(number, Mark())))
        gap = not body
        start += len(raw) + 1
    return tuple(lines)


def make_page(
    text: str,
    where: str,
    *,
    marks: Mapping[int, Mark] | None = None,
    title: str | None = None,
    published: date | None = None,
    url: str | None = None,
) -> Page:
    """The page of a rendered text; ``where`` names it in messages.

    Raises:
        SourceError: there is nothing to read in it, or a line is too long.
    """
    if "\0" in text:
        raise SourceError(f"{where}: contains NUL characters, so it is not text; give a text, Markdown or HTML file")
    lines = split_lines(text, marks or {}, where)
    if not lines:
        raise SourceError(f"{where}: is empty, there is no text to read; check that it was saved or downloaded whole")
    return Page(text, lines, title, published, url)


def from_plain(text: str, where: str) -> Page:
    """The page of a plain text: the text as it is, line ends normalised."""
    return make_page(clean(text), where)
