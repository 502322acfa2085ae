"""The blocks of an entry: headline, paragraphs, list items, captions and photo credits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Block, BlockKind, Span
from kg.read.page import Line, Role

_BULLET = re.compile(r"(?:[·•▪◦‣*–-]|\d{1,2}[.)])\s+(?=\S)")
_CREDIT = re.compile(
    r"(?:^|(?<=[\s.(]))\(?(?:(?:photo|image|picture)s?\s*(?:credits?\s*(?:to\s*)?[:/]|courtesy(?:\s+of|:)|by\b|:)"
    r"|(?:credits?|source)\s*:)\s*\S[^\n]{0,100}$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:pictured|picture|image|photo|caption|above|video)\s*:\s*", re.IGNORECASE)
_NAME_WORDS = 6
_TITLE = 120
_HEADLINE, _HEADLINE_WORDS = 160, 26
_WRAPPED = range(45, 101)


def is_headline(line: Line) -> bool:
    """Whether a line reads as a headline: short, no final full stop, no list item or caption."""
    if line.mark.role is Role.HEADING:
        return True
    text = line.text
    return (
        len(text) <= _HEADLINE
        and len(text.split()) <= _HEADLINE_WORDS
        and not text.rstrip("\"'”’»)").endswith((".", ":", ";", ",", "…"))
        and line.mark.role is None
        and not _BULLET.match(text)
        and not _CREDIT.search(text)
        and not _CAPTION.match(text)
    )


def find_blocks(lines: Sequence[Line], headline: int | None) -> Iterator[Block]:
    """The blocks of an entry's lines in order; ``headline`` is the number of its headline line."""
    groups: list[list[Line]] = []
    for number, line in enumerate(lines):
        alone = number == headline or line.mark.role is not None
        if alone or line.gap or not groups or number - 1 == headline:
            groups.append([])
        groups[-1].append(line)
    first = lines[headline] if headline is not None else None
    for group in groups:
        yield from _group(group, group[0] is first)


def _group(group: Sequence[Line], headline: bool) -> Iterator[Block]:
    if headline or group[0].mark.role is Role.HEADING:
        yield Block(BlockKind.HEADLINE, group[0].span)
        return
    if _is_wrapped(group):
        yield Block(BlockKind.PARAGRAPH, Span(group[0].span.start, group[-1].span.end))
        return
    for number, line in enumerate(group):
        below = group[number + 1] if number + 1 < len(group) else None
        yield from _line(line, below)


def _is_wrapped(group: Sequence[Line]) -> bool:
    """Whether the lines are one paragraph broken at a fixed width."""
    return (
        len(group) > 1
        and all(len(line.text) in _WRAPPED for line in group[:-1])
        and any(b.text[0].islower() and a.text[-1] not in ".:;!?" for a, b in pairwise(group))
        and not any(_BULLET.match(line.text) or _CREDIT.search(line.text) for line in group)
    )


def _line(line: Line, below: Line | None) -> Iterator[Block]:
    credit = _credit(line)
    if credit is not None:
        yield from _trimmed(BlockKind.CAPTION, line, 0, credit)
        yield from _trimmed(BlockKind.CREDIT, line, credit, len(line.text))
        return
    bullet = _BULLET.match(line.text)
    start = bullet.end() if bullet else 0
    yield from _trimmed(_kind(line, below, bullet is not None), line, start, len(line.text))


def _credit(line: Line) -> int | None:
    """Where a line's photo credit starts. "Image: a long sentence" is a caption, "Image: Some Agency" a credit."""
    match = _CREDIT.search(line.text)
    if match is None:
        return None
    if match.start() == 0 and _CAPTION.match(line.text) and len(match[0].split()) > _NAME_WORDS:
        return None
    return match.start()


def _kind(line: Line, below: Line | None, bullet: bool) -> BlockKind:
    captioned = below is not None and _credit(below) is not None and len(line.text) <= _TITLE
    if line.mark.role is Role.CAPTION or captioned or _CAPTION.match(line.text):
        return BlockKind.CAPTION
    return BlockKind.ITEM if bullet or line.mark.role is Role.ITEM else BlockKind.PARAGRAPH


def _trimmed(kind: BlockKind, line: Line, start: int, end: int) -> Iterator[Block]:
    part = line.text[start:end]
    begin = line.span.start + start + len(part) - len(part.lstrip())
    if part.strip():
        yield Block(kind, Span(begin, begin + len(part.strip())))
