"""Timestamp lines of live blogs and date lines of articles, read part by part from the start of a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time

from kg.read.calendar import alternatives, words


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a line says of date and time. ``end`` is where its prose begins, in characters from the line's start.

    ``month`` and ``day`` come together; ``year``, ``clock``, ``zone`` (as written), ``weekday`` (Monday = 0) and
    ``dateline`` are None where not given. ``hint`` is set for lines like "Updated: …", which date the page, not a post.
    """

    end: int = 0
    clock: time | None = None
    zone: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    dateline: str | None = None
    hint: bool = False

    @property
    def date(self) -> date | None:
        """The full date, if the line gives one."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


_MONTH = rf"(?:{alternatives('months')})(?:\.|\b)"
_WEEKDAY = rf"(?:{alternatives('weekdays')})(?:\.|\b)"
_ZONE = alternatives("zones")
_PARTS = re.compile(
    rf"""
      (?P<iso>(?P<iy>\d{{4}})[-/](?P<im>\d{{1,2}})[-/](?P<id>\d{{1,2}})(?:(?=\D)T?|$))
    | (?P<clock>(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}}(?:\.\d+)?)?(?:\s?(?P<half>[ap])\.?m\b\.?)?(?![\d:%]))
    | (?P<short>(?P<hour2>\d{{1,2}})(?:\.(?P<minute2>\d{{2}}))?\s?(?P<half2>[ap])\.?m\b\.?)
    | (?P<zone>(?:GMT|UTC)\s?[+\-−]\d{{1,2}}(?::?\d{{2}})?|[+\-−]\d{{2}}:?\d{{2}}(?!\d)|(?:{_ZONE})(?!\w))
    | (?P<mdy>(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?P<y1>(?:19|20)\d{{2}})(?!\d))?)
    | (?P<dmy>(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y2>(?:19|20)\d{{2}})(?!\d))?)
    | (?P<weekday>{_WEEKDAY})
    | (?P<hint>(?:last\s+|first\s+)?(?:updated?|published|date)\b(?:\s+(?:at|on))?\s*:?)
    | (?P<filler>[\s,()\[\]]+|(?:at|on|posted|local\s+time)\b:?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SEPARATOR = re.compile(r"\s*(?:…|\.\.\.|–|—|-|\||:|·|•)\s*")
_PLACE = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:[ ,]+(?:[^\W\d_a-z][\w.'’-]*|of|de|la|the|and))*")
_HALF = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_LONGEST = 120


def scan(line: str) -> Stamp | None:
    """The date and time a line starts with, or None where it starts with none or they make no sense together."""
    stamp, position, broken = Stamp(), 0, False
    head = line[:_LONGEST]
    while position < len(head):
        part = _PARTS.match(head, position)
        if part is not None and part.lastgroup is not None:
            read = _READERS[part.lastgroup](stamp, part)
            if read is None:
                return None
            stamp, position, broken = read, part.end(), broken and part.lastgroup == "filler"
            continue
        separator = _SEPARATOR.match(head, position)
        if separator is None or broken or separator.end() == position:
            break
        position, broken = separator.end(), True
    if stamp.clock is None and stamp.month is None:
        return None
    return _finished(stamp, line, position, broken)


def _finished(stamp: Stamp, line: str, position: int, broken: bool) -> Stamp | None:
    """The stamp with its dateline, if what is left of the line is a place; with its prose, if that is set off."""
    rest = line[position:].strip()
    if not rest:
        return replace(stamp, end=len(line))
    set_off = broken or line[:position].rstrip()[-1:] in (",", "(", "[")
    place = rest.rstrip(")]")
    if set_off and len(place) <= 40 and len(place.split()) <= 5 and _PLACE.fullmatch(place):
        return replace(stamp, end=len(line), dateline=place)
    sure = broken and stamp.clock is not None and (stamp.zone or stamp.month or _HALF.search(line[:position]))
    return replace(stamp, end=position) if sure else None


def _clock(stamp: Stamp, hour: str, minute: str | None, half: str | None) -> Stamp | None:
    hours, minutes = int(hour), int(minute or 0)
    if stamp.clock is not None or minutes > 59 or hours > (12 if half else 23) or (half and not hours):
        return None
    if half:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    return replace(stamp, clock=time(hours, minutes))


def _date(stamp: Stamp, year: str | None, month: int, day: str) -> Stamp | None:
    if stamp.month is not None:
        return None
    try:
        date(int(year or 2000), month, int(day))
    except ValueError:
        return None
    return replace(stamp, year=int(year) if year else None, month=month, day=int(day))


def _month(word: str) -> int:
    return int(words("months")[word.rstrip(".").lower()])


_READERS: dict[str, Callable[[Stamp, re.Match[str]], Stamp | None]] = {
    "iso": lambda s, m: _date(s, m["iy"], int(m["im"]), m["id"]),
    "clock": lambda s, m: _clock(s, m["hour"], m["minute"], m["half"]),
    "short": lambda s, m: _clock(s, m["hour2"], m["minute2"], m["half2"]),
    "zone": lambda s, m: None if s.clock is None else (s if s.zone else replace(s, zone=m["zone"])),
    "mdy": lambda s, m: _date(s, m["y1"], _month(m["m1"]), m["d1"]),
    "dmy": lambda s, m: _date(s, m["y2"], _month(m["m2"]), m["d2"]),
    "weekday": lambda s, m: replace(s, weekday=int(words("weekdays")[m["weekday"].rstrip(".").lower()])),
    "hint": lambda s, m: replace(s, hint=True),
    "filler": lambda s, m: s,
}
