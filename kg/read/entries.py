"""A page's entries: the posts of a live blog with the text before them, or the one entry of an article."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kg.model import Document, Entry, Span
from kg.read.blocks import find_blocks, is_headline
from kg.read.boilerplate import boilerplate_lines
from kg.read.dating import Clues, resolve_date, resolve_times
from kg.read.page import Line, Page, Role
from kg.read.timestamp import Stamp, scan

INTRO = "intro"
_TOP = 8
_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w.,’' /-]{1,60}?)[,(]?\s*[(–—-]?\s*(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})\)?\s*"
    r"(?:\([^)]{1,40}\)|/[A-Z ]{3,30}/)?\s*(?:–|—|-|:)"
)


@dataclass(frozen=True, slots=True)
class _Post:
    """Where a post starts (line numbers), its stamp's line and what the stamp says."""

    start: int
    line: int
    stamp: Stamp


def make_document(page: Page, name: str, source: bytes, published: date | None, timezone: str | None) -> Document:
    """The document of a page: its entries, boilerplate, title and date.

    Raises:
        SourceError: it is a live blog whose year or day the page does not say.
        UsageError: ``timezone`` is none.
    """
    stamps = [_stamp(line) for line in page.lines]
    title = _title(page.lines, stamps)
    dropped = boilerplate_lines(page.lines, title)
    words = page.lines[title].text if title is not None else page.title
    clues = Clues(page.text, words or page.title, published, page.published, timezone)
    posts = _posts(page.lines, stamps, dropped)
    day = published or page.published
    if posts:
        entries = _liveblog(page, posts, dropped, title, clues, name)
    else:
        dated = _article_date(page, stamps, dropped, clues)
        day = dated or page.published or published
        entries = _article(page, stamps, dropped, title, day)
    return Document(
        name=name,
        text=page.text,
        sha256=hashlib.sha256(page.text.encode()).hexdigest(),
        source_sha256=hashlib.sha256(source).hexdigest(),
        kind="liveblog" if posts else "article",
        entries=entries,
        title=words or page.title,
        url=page.url,
        published=day,
        boilerplate=tuple(page.lines[number].span for number in sorted(dropped)),
    )


def _stamp(line: Line) -> Stamp | None:
    """What a line says of date and time; a ``<time datetime>`` supplies what its words leave out."""
    written = scan(line.text)
    if line.mark.stamp is None:
        return written
    machine = scan(line.mark.stamp)
    if machine is None or (written is None and len(line.text) > _LONG_STAMP):
        return written
    if written is not None and machine.clock is None and written.clock is not None:
        return replace(written, year=machine.year, month=machine.month, day=machine.day)
    end = written.end if written is not None else len(line.text)
    return replace(
        machine, end=end, dateline=written.dateline if written else None, hint=bool(written and written.hint)
    )


_LONG_STAMP = 80


def _title(lines: Sequence[Line], stamps: Sequence[Stamp | None]) -> int | None:
    """The number of the title's line: the first heading, else the first line that reads as one and heads some text."""
    heading = next((n for n, line in enumerate(lines) if line.mark.role is Role.HEADING), None)
    skipped = boilerplate_lines(lines, None)
    for number, line in enumerate(lines[: len(lines) - 1]):
        if number == heading or (number not in skipped and stamps[number] is None):
            return number if is_headline(line) else heading if (heading or 99) < _TOP else None
    return None


def _posts(lines: Sequence[Line], stamps: Sequence[Stamp | None], dropped: frozenset[int]) -> list[_Post]:
    """The posts of a live blog: at least two timestamps that text follows; none where the page is an article."""
    found: list[_Post] = []
    day: Stamp | None = None
    for number, stamp in enumerate(stamps):
        if stamp is None or stamp.hint or number in dropped:
            continue
        if stamp.clock is None:
            day = stamp
            continue
        if stamp.month is None and day is not None:
            stamp = replace(stamp, year=day.year, month=day.month, day=day.day, weekday=day.weekday)
        found.append(_Post(_start(lines, stamps, number, found), number, stamp))
    followed = [post for post in found if _has_text(post, lines, stamps, dropped)]
    return followed if len(followed) > 1 else []


def _start(lines: Sequence[Line], stamps: Sequence[Stamp | None], number: int, found: Sequence[_Post]) -> int:
    """The line a post starts at: its stamp's, or the heading above it that belongs to the same post."""
    floor = found[-1].line + 1 if found else 1
    for above in range(number, max(floor, number - 4) - 1, -1):
        if lines[above].mark.post:
            return above
    above = number - 1
    headed = number + 1 < len(lines) and lines[number + 1].mark.role is Role.HEADING
    if above >= floor and lines[above].mark.role is Role.HEADING and stamps[above] is None and not headed:
        return above
    return number


def _has_text(post: _Post, lines: Sequence[Line], stamps: Sequence[Stamp | None], dropped: frozenset[int]) -> bool:
    if post.stamp.end < len(lines[post.line].text):
        return True
    below = next((n for n in range(post.line + 1, len(lines)) if n not in dropped), None)
    return below is not None and stamps[below] is None


def _liveblog(
    page: Page, posts: Sequence[_Post], dropped: frozenset[int], title: int | None, clues: Clues, name: str
) -> tuple[Entry, ...]:
    times = resolve_times([post.stamp for post in posts], clues, name)
    keys = _unique([time.isoformat(timespec="minutes") for time in times])
    entries = []
    first = [n for n in range(posts[0].start) if n not in dropped and not _is_day(page.lines[n])]
    intro = _entry(page, first, title, INTRO)
    if intro is not None:
        entries.append(replace(intro, day=min(time.date() for time in times)))
    ends = [post.start for post in posts[1:]] + [len(page.lines)]
    for post, end, time, key in zip(posts, ends, times, keys, strict=True):
        entries.append(_post_entry(page, post, end, dropped, time, key))
    return tuple(entries)


def _is_day(line: Line) -> bool:
    stamp = _stamp(line)
    return stamp is not None and stamp.end == len(line.text)


def _post_entry(page: Page, post: _Post, end: int, dropped: frozenset[int], time: datetime, key: str) -> Entry:
    lines = page.lines
    stamp_line = lines[post.line]
    numbers = [n for n in range(post.start, end) if n not in dropped and n != post.line and not _is_day(lines[n])]
    body = [lines[n] for n in numbers]
    inline = post.stamp.end < len(stamp_line.text)
    if inline:
        begin, rest = stamp_line.span.start + post.stamp.end, stamp_line.text[post.stamp.end :]
        body.insert(0, Line(Span(begin, begin + len(rest)), rest, True))
    head = 0 if not inline and len(body) > 1 and is_headline(body[0]) else None
    blocks = tuple(find_blocks(body, head))
    start = lines[post.start].span.start
    stop = max([stamp_line.span.end, *(block.span.end for block in blocks)])
    headline = body[head].span if head is not None else None
    return Entry(key, Span(start, stop), blocks, time, time.date(), post.stamp.dateline, headline)


def _entry(page: Page, numbers: Sequence[int], title: int | None, key: str) -> Entry | None:
    if not numbers:
        return None
    lines = [page.lines[n] for n in numbers]
    head = numbers.index(title) if title in numbers else None
    blocks = tuple(find_blocks(lines, head))
    headline = lines[head].span if head is not None else None
    return Entry(key, Span(blocks[0].span.start, blocks[-1].span.end), blocks, headline=headline)


def _article_date(page: Page, stamps: Sequence[Stamp | None], dropped: frozenset[int], clues: Clues) -> date | None:
    """The date that an article's first lines give, as a line of its own or before the first sentence."""
    top = [n for n in range(len(page.lines)) if n not in dropped][:_TOP]
    for number in top:
        stamp = stamps[number]
        if stamp is not None and stamp.month and (found := resolve_date(stamp, clues)):
            return found
    for number in top:
        match = _DATELINE.match(page.lines[number].text[:200])
        stamp = scan(match["date"]) if match else None
        if stamp is not None and stamp.date:
            return stamp.date
    return None


def _article(
    page: Page, stamps: Sequence[Stamp | None], dropped: frozenset[int], title: int | None, day: date | None
) -> tuple[Entry, ...]:
    kept = [n for n in range(len(page.lines)) if n not in dropped]
    dates = {n for n in kept[:_TOP] if (s := stamps[n]) is not None and s.month and s.end == len(page.lines[n].text)}
    entry = _entry(page, [n for n in kept if n not in dates], title, day.isoformat() if day else INTRO)
    return (replace(entry, day=day),) if entry is not None else ()


def _unique(keys: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    unique = []
    for key in keys:
        seen[key] += 1
        unique.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return unique
