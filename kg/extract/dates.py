"""Dates in running text, worked out from the day that the text was published."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import Span
from kg.read.calendar import words

_MONTH = rf"(?:{'|'.join(sorted((w.title() for w in words('months')), key=len, reverse=True))})\b\.?"
_WEEKDAY = rf"(?:{'|'.join(sorted((w.title() for w in words('weekdays')), key=len, reverse=True))})\b\.?"
_FULL_WEEKDAY = rf"(?:{'|'.join(sorted(w.title() for w in words('weekdays') if w.endswith('day')))})\b"
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![.,:]?\d|%|\s*(?:percent|million|billion))"
_YEAR = r"(?:19|20)\d\d\b(?![.,]\d|%)"
_JOIN = r"(?:\s*[-–—]\s*|\s+(?:to|through|thru|until|till|and)\s+)"
_NAMED_DAYS = r"(?<!Black )(?<!Cyber )(?<!Super )(?<!Good )(?<!Easter )(?<!Giving )(?<!Small Business )(?<!Golden )"
_PREPOSITION = r"(?:in|since|from|by|until|till|during|of|for|to|after|before|through|back to|year|early|late|mid)"
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
_SMALL = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_NEAR = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "last night": -1,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
}
_STEP = {"last": -1, "this": 0, "next": 1, "previous": -1, "coming": 1}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period in a text: ``start`` and ``end`` are both ISO days, both years or both year-months.

    ``span`` counts code points in the text that was searched; ``text`` is what stands there.
    """

    span: Span
    start: str
    end: str
    text: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """What undated words count from: the day, and whether the text looks ahead (None: unknown)."""

    day: date | None
    future: bool | None


_Period = tuple[str, str] | None
_Reader = Callable[[re.Match[str], _Setting], _Period]


def find_dates(text: str, day: date | None, future: bool | None = None) -> list[DateMention]:
    """The dates in a text, in order and without overlaps.

    ``day`` is what "Friday", "last month" or a date without a year count from; without it only fully specified
    dates are found. ``future`` says that the text looks ahead: "on Friday" is then the coming one, else the last.
    Names that look like dates ("11.11") are none.
    """
    setting = _Setting(day, future)
    found = sorted(_candidates(text, setting), key=lambda d: (d.span.start, -d.span.end))
    kept: list[DateMention] = []
    for mention in found:
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return kept


def _candidates(text: str, setting: _Setting) -> Iterator[DateMention]:
    for pattern, reader in _RULES:
        for match in pattern.finditer(text):
            period = reader(match, setting)
            if period and period[0] <= period[1]:
                start, end = match.span("date")
                yield DateMention(Span(start, end), *period, text[start:end])


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _month(text: str) -> int:
    return int(words("months")[text.lower().rstrip(".")])


def _weekday(text: str) -> int:
    return int(words("weekdays")[text.lower().rstrip(".")])


def _nearest(month: int, day: int, setting: _Setting, weekday: int | None = None) -> date | None:
    """The year-less date closest to the setting's day, on the right weekday if one is named and on the right side."""
    if setting.day is None:
        return None
    years = range(max(setting.day.year - 3, 1), min(setting.day.year + 4, 9999))
    days = [d for d in (_day_of(y, month, day) for y in years) if d]
    days = [d for d in days if weekday is None or d.weekday() == weekday] or days
    return min(days, key=lambda d: _distance(d, setting), default=None)


def _distance(day: date, setting: _Setting) -> int:
    assert setting.day is not None
    away = (day - setting.day).days
    unlikely = setting.future is not None and away != 0 and (away > 0) != setting.future
    return abs(away) * (4 if unlikely else 1)


def _month_days(match: re.Match[str], setting: _Setting) -> _Period:
    """``Nov. 1 to Nov. 3, 2021`` and all its parts: the year may be missing, or stand once."""
    month, first = _month(match["month"]), _number(match["first"])
    year = match["year"] or match["year1"]
    weekday = _weekday(match["weekday"]) if match["weekday"] else None
    start = _day_of(int(match["year1"] or year), month, first) if year else _nearest(month, first, setting, weekday)
    if match["last"] and _two_days(match):
        return None
    if start is None or not match["last"]:
        return (start.isoformat(), start.isoformat()) if start else None
    month2 = _month(match["month2"]) if match["month2"] else month
    end = _day_of(int(match["year"] or start.year), month2, _number(match["last"]))
    if end and end < start and not match["year"]:
        end = _day_of(end.year + 1, end.month, end.day)
    elif end and end < start and not match["year1"]:
        start = _day_of(start.year - 1, start.month, start.day)
    return (start.isoformat(), end.isoformat()) if start and end else None


def _two_days(match: re.Match[str]) -> bool:
    """Whether "and" stands between two days of their own, not between the ends of a period."""
    joined = re.search(r"\sand\s", match["date"]) is not None
    if not joined or re.search(r"(?i)between\s+$", match.string[: match.start("date")]):
        return False
    return bool(match["month2"]) or _number(match["last"]) != _number(match["first"]) + 1


def _iso(match: re.Match[str], setting: _Setting) -> _Period:
    day = _day_of(int(match[2]), int(match[3]), int(match[4]))
    return (day.isoformat(), day.isoformat()) if day else None


def _months(match: re.Match[str], setting: _Setting) -> _Period:
    """``November 2021``, ``in November``, ``last November``."""
    month = _month(match["month"])
    if match["year"]:
        value = f"{match['year']}-{month:02}"
        return value, value
    if setting.day is None:
        return None
    side = {"last": False, "next": True}.get((match["which"] or "").lower(), setting.future)
    day = _nearest(month, 15, _Setting(setting.day.replace(day=15), side))
    return (day.isoformat()[:7], day.isoformat()[:7]) if day else None


def _years(match: re.Match[str], setting: _Setting) -> _Period:
    return match["first"], match["last"] or match["first"]


def _weekdays(match: re.Match[str], setting: _Setting) -> _Period:
    if setting.day is None:
        return None
    which = (match["which"] or "").lower()
    ahead = {"next": True, "coming": True, "last": False}.get(which, bool(setting.future))
    behind = (setting.day.weekday() - _weekday(match["weekday"])) % 7
    away = (-behind) % 7 if ahead else -behind
    if away == 0 and which in ("next", "last"):
        away = 7 if ahead else -7
    return _shifted(setting.day, away, (_weekday(match["to"]) - _weekday(match["weekday"])) % 7 if match["to"] else 0)


def _shifted(day: date, away: int, length: int = 0) -> _Period:
    try:
        start = day + timedelta(days=away)
        return start.isoformat(), (start + timedelta(days=length)).isoformat()
    except OverflowError:
        return None


def _near(match: re.Match[str], setting: _Setting) -> _Period:
    return _shifted(setting.day, _NEAR[" ".join(match["date"].lower().split())]) if setting.day else None


def _counted(match: re.Match[str], setting: _Setting) -> _Period:
    """``a day earlier``, ``three days ago``, ``two weeks later``."""
    if setting.day is None:
        return None
    count = _SMALL.get(match["count"].lower()) or int(match["count"])
    sign = 1 if match["side"].lower() in ("later", "after") else -1
    return _shifted(setting.day, sign * count * _UNITS[match["unit"].lower()])


def _units(match: re.Match[str], setting: _Setting) -> _Period:
    """``this year``, ``last month``, ``next week``: a week runs from Monday to Sunday."""
    if setting.day is None:
        return None
    step = _STEP[match["which"].lower()]
    return _UNIT_READERS[match["unit"].lower()](setting.day, step)


def _year_step(day: date, step: int) -> _Period:
    year = day.year + step
    return (f"{year:04}", f"{year:04}") if 1 <= year <= 9999 else None


def _month_step(day: date, step: int) -> _Period:
    year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
    value = f"{year:04}-{month + 1:02}"
    return (value, value) if 1 <= year <= 9999 else None


def _week_step(day: date, step: int) -> _Period:
    return _shifted(day, 7 * step - day.weekday(), 6)


def _weekend_step(day: date, step: int) -> _Period:
    return _shifted(day, 7 * step - day.weekday() + 5, 1)


_UNIT_READERS: dict[str, Callable[[date, int], _Period]] = {
    "year": _year_step,
    "month": _month_step,
    "week": _week_step,
    "weekend": _weekend_step,
}


def _ordinal(match: re.Match[str], setting: _Setting) -> _Period:
    """``on the 11th``: of the month of the day it counts from, ``to the 13th`` included."""
    if setting.day is None:
        return None
    first, last = _number(match["first"]), _number(match["last"] or match["first"])
    if not 1 <= first <= last <= monthrange(setting.day.year, setting.day.month)[1]:
        return None
    return setting.day.replace(day=first).isoformat(), setting.day.replace(day=last).isoformat()


def _rule(pattern: str, reader: _Reader) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern), reader


_LEAD = rf"(?:(?P<weekday>{_WEEKDAY}),?\s+)?"
_ANY = r"(?i:{})"
_END_YEAR = rf"(?:,?\s+(?P<year>{_YEAR}))?"
_RULES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    _rule(
        rf"\b(?P<date>{_LEAD}(?P<month>{_MONTH})\s+(?P<first>{_NUMBER})(?:,?\s+(?P<year1>{_YEAR})(?={_JOIN}))?"
        rf"(?:{_JOIN}(?:(?:{_WEEKDAY}),?\s+)?(?:(?P<month2>{_MONTH})\s+)?(?P<last>{_NUMBER}))?{_END_YEAR})",
        _month_days,
    ),
    _rule(
        rf"\b(?P<date>{_LEAD}(?P<month>{_MONTH})\s+(?P<first>{_NUMBER}){_END_YEAR})"
        r"(?P<year1>(?!))?(?P<month2>(?!))?(?P<last>(?!))?",
        _month_days,
    ),
    _rule(
        rf"\b(?P<date>{_LEAD}(?P<first>{_NUMBER})(?P<month2>(?!))?(?P<year1>(?!))?(?:{_JOIN}(?P<last>{_NUMBER}))?"
        rf"\s+(?:of\s+)?(?P<month>{_MONTH}){_END_YEAR})",
        _month_days,
    ),
    _rule(r"(?<![\w-])(?P<date>(\d{4})-(\d\d)-(\d\d))(?![\d-])", _iso),
    _rule(rf"\b(?P<which>(?!))?(?P<date>(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR}))", _months),
    _rule(
        rf"\b(?:{_ANY.format(_PREPOSITION)})[\s-]+(?P<date>(?:(?P<which>last|next|this)\s+)?(?P<month>{_MONTH})"
        rf"(?P<year>(?!))?)(?!\s+\d)",
        _months,
    ),
    _rule(rf"\b(?P<date>(?P<which>last|next|this)\s+(?P<month>{_MONTH})(?P<year>(?!))?)(?!\s+\d)", _months),
    _rule(
        rf"\b{_ANY.format(_PREPOSITION + '|between')}[\s-]+(?P<date>(?P<first>{_YEAR})(?:{_JOIN}(?P<last>{_YEAR}))?)"
        r"(?!\s+(?!was|is|has|its|this|as)[a-z]+s\b)(?!-)",
        _years,
    ),
    _rule(
        rf"\b{_NAMED_DAYS}(?P<date>(?:(?P<which>(?i:last|next|this|coming))\s+)?{_NAMED_DAYS}(?P<weekday>{_FULL_WEEKDAY})"
        rf"(?:{_JOIN}(?P<to>{_FULL_WEEKDAY}))?)(?!\s+(?:Times|Post|Night|Mirror)\b)",
        _weekdays,
    ),
    _rule(rf"\b(?P<date>{_ANY.format('|'.join(key.replace(' ', chr(92) + 's+') for key in _NEAR))})\b", _near),
    _rule(
        rf"(?i)\b(?P<date>(?P<count>\d{{1,3}}|{'|'.join(_SMALL)})\s+(?P<unit>days?|weeks?)\s+"
        r"(?P<side>earlier|ago|later|before))\b",
        _counted,
    ),
    _rule(r"(?i)\b(?P<date>(?P<which>last|this|next|previous|coming)\s+(?P<unit>year|month|weekend|week))\b", _units),
    _rule(
        r"\b(?i:on|from|until|by|since|between)\s+(?P<date>the\s+(?P<first>\d{1,2}(?:st|nd|rd|th))"
        r"(?:\s+(?:to|and|until|through)\s+the\s+(?P<last>\d{1,2}(?:st|nd|rd|th)))?)"
        r"(?=\s*[.,;:)]|\s*$|\s+(?:to|and|at|in|of this month|this month)\b)",
        _ordinal,
    ),
)
