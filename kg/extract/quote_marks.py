"""Which characters of a paragraph are quotation marks, and what stands between them.

Apostrophes and the marks for inches and minutes are none; of nested quotations only the outermost is reported.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Span

_PAIRS = {"“": "”", "«": "»", "„": "“”", "「": "」", "‘": "’"}
_CLOSING = "”»」’"
_SINGLE = "‘'"
_BEFORE_OPENING = "([{—–-/:"
_STOPS = ",.!?;:…"


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two marks: ``inner`` without and ``outer`` with the marks, and whether the quotation ends.

    Both spans are relative to the paragraph's text; an unclosed quotation runs to the paragraph's end.
    """

    inner: Span
    outer: Span
    closed: bool = True


def find_quoted(text: str) -> list[Quoted]:
    """The outermost quoted stretches of a paragraph, in order; empty ones are left out."""
    found: list[Quoted] = []
    place = 0
    while place < len(text):
        quoted = _quoted_at(text, place)
        if quoted is None:
            place += 1
            continue
        if quoted.inner.start < quoted.inner.end:
            found.append(quoted)
        place = quoted.outer.end
    return found


def _quoted_at(text: str, start: int) -> Quoted | None:
    """The quotation that the mark at ``start`` opens, if it is one that does."""
    mark = text[start]
    if not _opens(text, start):
        return None
    end = _single_end(text, start) if mark in _SINGLE else _double_end(text, start)
    if end is not None:
        return Quoted(_stripped(text, start + 1, end), Span(start, end + 1))
    if mark in _SINGLE:
        return None
    rest = _stripped(text, start + 1, len(text))
    return Quoted(rest, Span(start, max(rest.end, start + 1)), closed=False)


def _opens(text: str, place: int) -> bool:
    mark = text[place]
    if mark in _PAIRS and mark != "‘":
        return True
    if mark not in "\"'‘”":
        return False
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (not before or before.isspace() or before in _BEFORE_OPENING) and bool(after) and not after.isspace()


def _double_end(text: str, start: int) -> int | None:
    """Where the quotation that opens at ``start`` closes: curly marks nest, straight ones do not."""
    mark = text[start]
    if mark == '"':
        return _straight_end(text, start)
    closing = _PAIRS.get(mark, mark)
    depth = 1
    for place in range(start + 1, len(text)):
        if text[place] in closing:
            depth -= 1
            if depth == 0:
                return place
        elif text[place] == mark and _closes_like(text, place) and mark not in text[place + 1 :]:
            return place if depth == 1 and not set(closing) & set(text[place:]) else None
        elif text[place] == mark and sum(text.count(c, place) for c in closing) > depth:
            depth += 1
    return None


def _straight_end(text: str, start: int) -> int | None:
    marks = [i for i in range(start + 1, len(text)) if text[i] == '"']
    for n, place in enumerate(marks):
        inches = text[place - 1].isdigit() and text[place + 1 : place + 2] not in tuple(_STOPS)
        if inches and (len(marks) - n - 1) % 2 == 1:
            continue
        return place
    return None


def _single_end(text: str, start: int) -> int | None:
    """Single marks hold a quotation only where a stop stands at its end, else they are apostrophes or scare quotes."""
    closing = "’" if text[start] == "‘" else "'"
    for place in range(start + 2, len(text)):
        if text[place] == "\n":
            return None
        if text[place] == closing and _closes_like(text, place) and _balanced(text[start + 1 : place]):
            stops = text[place - 1] in _STOPS or text[place + 1 : place + 2] in tuple(_STOPS)
            if stops and (len(text[start:place].split()) >= 3 or text[place - 1] in _STOPS):
                return place
    return None


def _balanced(text: str) -> bool:
    """Whether every double mark inside has its partner, so that single marks hold it and not the other way about."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def _closes_like(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return bool(before) and not before.isspace() and not after.isalnum()


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
