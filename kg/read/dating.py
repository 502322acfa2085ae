"""Which year, day and minute the timestamps of a page mean. What the page leaves open is an error, never a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from kg.errors import SourceError
from kg.read.calendar import alternatives, at, words, zone_of
from kg.read.timestamp import Stamp

_YEAR = re.compile(r"(?<![\d.,$€£¥-])((?:19|20)\d{2})(?![\d%]|[.,]\d)")
_EDITION = re.compile(r"(?<![\d.,$€£¥])((?:19|20)\d{2})(?:’s|'s)?\s+(?=[A-Z]|\d{1,2}\.\d{1,2}\b)")
_MONTH = rf"({alternatives('months')})\.?"
_FULL = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}}),?\s+((?:19|20)\d{{2}})\b", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[^\n]*", re.IGNORECASE)
_NAMED_DAY = re.compile(
    rf"\b({alternatives('weekdays')})\.?,?\s+\(?{_MONTH}\s+(\d{{1,2}})\b(?!,?\s*\d{{4}})", re.IGNORECASE
)
_TODAY = re.compile(
    rf"\btoday,?\s+\(?(?:(?:{alternatives('weekdays')})\.?,?\s+)?(?:{_MONTH}\s+(\d{{1,2}})|(\d{{1,2}})\s+{_MONTH})",
    re.IGNORECASE,
)
_MINUTES = 24 * 60
_MENTIONS = 2
"""How often a page without weekdays has to name an edition ("the 2031 Spring Fair"): one may be an earlier one."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What besides the timestamps may tell the year; ``published`` is from the user, ``metadata`` from the page."""

    text: str
    title: str | None = None
    published: date | None = None
    metadata: date | None = None
    timezone: str | None = None


def resolve_times(stamps: Sequence[Stamp], clues: Clues, where: str) -> list[datetime]:
    """The time of each stamp (all of which have a clock time), with its offset from UTC.

    Raises:
        SourceError: the page does not say which year, or which day, they mean.
    """
    dated = _with_days(stamps, clues, where)
    year = _year(dated, clues)
    default = next((stamp.zone for stamp in dated if stamp.zone), None)
    times = []
    for stamp in dated:
        day = stamp.date or _dated(stamp, year, clues)
        if day is None or stamp.clock is None:
            raise _undated(where, "which year its posts are from")
        zone = zone_of(stamp.zone or default, clues.timezone)
        times.append(at(datetime(day.year, day.month, day.day), stamp.clock, zone))
    return times


def resolve_date(stamp: Stamp, clues: Clues) -> date | None:
    """The date of an article's date line; None where its year is nowhere to be found."""
    return stamp.date or _dated(stamp, _year([stamp], clues), clues)


def _undated(where: str, what: str) -> SourceError:
    return SourceError(f"{where}: is a live blog, but the page does not say {what}; add --published YYYY-MM-DD")


def _dated(stamp: Stamp, year: int | None, clues: Clues) -> date | None:
    """A day and month in the year nearest to the date the user gave, else in the year found, else the metadata's."""
    near = clues.published or (clues.metadata if year is None else None)
    years: Iterable[int] = [year] if year is not None else []
    if near is not None:
        years = range(near.year - 1, near.year + 2)
    days = [day for day in (_day(stamp, y) for y in years) if day is not None]
    return min(days, key=lambda day: abs(day - near)) if near and days else next(iter(days), None)


def _day(stamp: Stamp, year: int) -> date | None:
    try:
        return date(year, stamp.month or 0, stamp.day or 0)
    except ValueError:
        return None


def _year(stamps: Sequence[Stamp], clues: Clues) -> int | None:
    """The one year that the page's words allow: title, then full dates, then named editions, checked by weekdays.

    None where nothing decides, and where the stamps run over the turn of a year (December and January).
    """
    months = {stamp.month for stamp in stamps if stamp.year is None}
    if {12, 1} <= months:
        return None
    own = {stamp.year for stamp in stamps if stamp.year}
    if len(own) == 1:
        return own.pop()
    fitting = _weekday_test(stamps, clues.text)
    text = _COPYRIGHT.sub("", clues.text)
    full = (int(year) for month, _, year in _FULL.findall(text) if words("months")[month.lower()] in months)
    mentions = 1 if fitting.named else _MENTIONS
    sources = (
        (_YEAR.findall(clues.title or ""), 1),
        (full, 1),
        (_EDITION.findall(text), mentions),
        (_YEAR.findall(text) if fitting.named else (), 1),
    )
    for votes, least in sources:
        counts = Counter(year for year in map(int, votes) if fitting(year)).most_common(2)
        if counts and counts[0][1] >= least and (len(counts) == 1 or counts[0][1] > counts[1][1]):
            return counts[0][0]
        if counts and clues.metadata is not None:
            return None
    return None


class _WeekdayTest:
    """Whether the weekdays named with a day and month on the page fall so in a year."""

    def __init__(self, named: Iterable[tuple[int, Stamp]]) -> None:
        self.named = tuple(named)

    def __call__(self, year: int) -> bool:
        days = [(weekday, _day(stamp, year)) for weekday, stamp in self.named]
        wrong = sum(1 for weekday, day in days if day is None or day.weekday() != weekday)
        return wrong * 2 <= len(days) if days else True


def _weekday_test(stamps: Sequence[Stamp], text: str) -> _WeekdayTest:
    own = [(s.weekday, s) for s in stamps if s.weekday is not None and s.month and s.year is None]
    return _WeekdayTest(own or _named_days(text))


def _named_days(text: str) -> Iterator[tuple[int, Stamp]]:
    for weekday, month, day in _NAMED_DAY.findall(text):
        yield words("weekdays")[weekday.lower()], Stamp(month=words("months")[month.lower()], day=int(day))


def _with_days(stamps: Sequence[Stamp], clues: Clues, where: str) -> list[Stamp]:
    """The stamps, each with month and day; clock times alone count from the day the page calls today."""
    if all(stamp.month for stamp in stamps):
        return list(stamps)
    if any(stamp.month for stamp in stamps):
        return _carried(stamps)
    anchor = _today(clues)
    if anchor is None:
        raise _undated(where, "which day its posts are from")
    shifts = _day_shifts(stamps)
    # The day most posts fall on is the one the page calls today; posts before or after midnight lie around it.
    most = Counter(shifts)
    base = max(shifts, key=lambda shift: (most[shift], -shift))
    year = anchor.year or _year([anchor], clues)
    near = anchor.date or _dated(anchor, year, clues)
    if near is None:
        raise _undated(where, "which year its posts are from")
    days = [near + timedelta(days=shift - base) for shift in shifts]
    return [
        replace(stamp, year=day.year, month=day.month, day=day.day) for stamp, day in zip(stamps, days, strict=True)
    ]


def _carried(stamps: Sequence[Stamp]) -> list[Stamp]:
    """A stamp without a day has that of the one before it (the first ones: of the one after)."""
    known = next(stamp for stamp in stamps if stamp.month)
    filled = []
    for stamp in stamps:
        known = stamp if stamp.month else known
        filled.append(replace(stamp, year=known.year, month=known.month, day=known.day))
    return filled


def _today(clues: Clues) -> Stamp | None:
    match = _TODAY.search(clues.text)
    if match:
        month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
        stamp = Stamp(month=words("months")[month.lower()], day=int(day))
        if _day(stamp, 2000):
            return stamp
    day_of_page = clues.published or clues.metadata
    if day_of_page is None:
        return None
    return Stamp(year=day_of_page.year, month=day_of_page.month, day=day_of_page.day)


def _day_shifts(stamps: Sequence[Stamp]) -> list[int]:
    """How many days after the first stamp each lies, the direction being the one in which less time passes."""
    minutes = [s.clock.hour * 60 + s.clock.minute if s.clock else 0 for s in stamps]
    steps = [b - a for a, b in pairwise(minutes)]
    forward = sum(step % _MINUTES for step in steps)
    backward = sum(-step % _MINUTES for step in steps)
    shifts = [0]
    for step in steps:
        wrapped = (step > 0) if backward < forward else (step < 0)
        shifts.append(shifts[-1] + ((-1 if backward < forward else 1) if wrapped else 0))
    return shifts
