"""Dates in running text, worked out from the day that the text was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.extract.relative_dates import (
    ANCHORED_RULES,
    ANY,
    JOIN,
    RELATIVE_RULES,
    WEEKDAY,
    Period,
    Rule,
    Setting,
    day_number,
    rule,
    weekday_of,
)
from kg.model import Span
from kg.read.calendar import words

_MONTH = rf"(?:{'|'.join(sorted((w.title() for w in words('months')), key=len, reverse=True))})\b\.?"
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![.,:]?\d|%|\s*(?:percent|million|billion))"
_YEAR = r"(?:19|20)\d\d\b(?![.,]\d|%)"
_PARTS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_PREPOSITION = r"(?:in|since|from|by|until|till|during|of|for|to|after|before|through|back to|year|early|late|mid)"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period in a text: ``start`` and ``end`` are both ISO days, both years or both year-months.

    ``span`` counts code points in the text that was searched; ``text`` is what stands there.
    """

    span: Span
    start: str
    end: str
    text: str


def find_dates(text: str, day: date | None, future: bool | None = None) -> list[DateMention]:
    """The dates in a text, in order and without overlaps.

    ``day`` is what "Friday", "last month" or a date without a year count from; without it only fully specified
    dates are found. ``future`` says that the text looks ahead: "on Friday" is then the coming one, else the last.
    Names that look like dates ("11.11") are none.
    """
    setting = Setting(day, future)
    plain = _without_overlap(_candidates(text, setting, (*_RULES, *RELATIVE_RULES)))
    return _without_overlap([*plain, *_anchored(text, setting, plain)])


def _without_overlap(found: Iterable[DateMention]) -> list[DateMention]:
    """The mentions in order; of two that overlap the earlier, of two that start together the longer one."""
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda d: (d.span.start, -d.span.end)):
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return kept


def _candidates(text: str, setting: Setting, rules: Iterable[Rule]) -> Iterator[DateMention]:
    for pattern, reader in rules:
        for match in pattern.finditer(text):
            period = reader(match, setting)
            if period and period[0] <= period[1]:
                start, end = match.span("date")
                yield DateMention(Span(start, end), *period, text[start:end])


def _anchored(text: str, setting: Setting, known: Sequence[DateMention]) -> Iterator[DateMention]:
    """Dates that count from the full date named last before them ("on May 3, and two days later")."""
    for pattern, reader in ANCHORED_RULES:
        for match in pattern.finditer(text):
            before = [d for d in known if d.span.end <= match.start() and len(d.end) == 10]
            anchor = Setting(date.fromisoformat(before[-1].end), setting.future) if before else setting
            period = reader(match, anchor)
            if period and period[0] <= period[1]:
                start, end = match.span("date")
                yield DateMention(Span(start, end), *period, text[start:end])


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    return int(words("months")[text.lower().rstrip(".")])


def _nearest(month: int, day: int, setting: Setting, weekday: int | None = None) -> date | None:
    """The year-less date closest to the setting's day, on the right weekday if one is named and on the right side."""
    if setting.day is None:
        return None
    years = range(max(setting.day.year - 3, 1), min(setting.day.year + 4, 9999))
    days = [d for d in (_day_of(y, month, day) for y in years) if d]
    days = [d for d in days if weekday is None or d.weekday() == weekday] or days
    return min(days, key=lambda d: _distance(d, setting), default=None)


def _distance(day: date, setting: Setting) -> int:
    assert setting.day is not None
    away = (day - setting.day).days
    unlikely = setting.future is not None and away != 0 and (away > 0) != setting.future
    return abs(away) * (4 if unlikely else 1)


def _month_days(match: re.Match[str], setting: Setting) -> Period:
    """``Nov. 1 to Nov. 3, 2021`` and all its parts: the year may be missing, or stand once."""
    month, first = _month(match["month"]), day_number(match["first"])
    year = match["year"] or match["year1"]
    weekday = weekday_of(match["weekday"]) if match["weekday"] else None
    start = _day_of(int(match["year1"] or year), month, first) if year else _nearest(month, first, setting, weekday)
    if match["last"] and _two_days(match):
        return None
    if start is None or not match["last"]:
        return (start.isoformat(), start.isoformat()) if start else None
    month2 = _month(match["month2"]) if match["month2"] else month
    end = _day_of(int(match["year"] or start.year), month2, day_number(match["last"]))
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
    return bool(match["month2"]) or day_number(match["last"]) != day_number(match["first"]) + 1


def _iso(match: re.Match[str], setting: Setting) -> Period:
    day = _day_of(int(match[2]), int(match[3]), int(match[4]))
    return (day.isoformat(), day.isoformat()) if day else None


def _months(match: re.Match[str], setting: Setting) -> Period:
    """``November 2021``, ``in November``, ``last November``."""
    month = _month(match["month"])
    if match["year"]:
        value = f"{match['year']}-{month:02}"
        return value, value
    if setting.day is None:
        return None
    side = {"last": False, "next": True}.get((match["which"] or "").lower(), setting.future)
    day = _nearest(month, 15, Setting(setting.day.replace(day=15), side))
    return (day.isoformat()[:7], day.isoformat()[:7]) if day else None


def _years(match: re.Match[str], setting: Setting) -> Period:
    return match["first"], match["last"] or match["first"]


def _quarters(match: re.Match[str], setting: Setting) -> Period:
    """``the third quarter of 2029``, ``Q3 2029``, ``the first half of 2029``."""
    length = 6 if match["half"] else 3
    index = _PARTS.get((match["half"] or match["quarter"] or "").lower()) or int(match["q"])
    first = (index - 1) * length + 1
    return f"{match['year']}-{first:02}", f"{match['year']}-{first + length - 1:02}"


_LEAD = rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?"
_END_YEAR = rf"(?:,?\s+(?P<year>{_YEAR}))?"
_RULES: tuple[Rule, ...] = (
    rule(
        rf"\b(?P<date>{_LEAD}(?P<month>{_MONTH})\s+(?P<first>{_NUMBER})(?:,?\s+(?P<year1>{_YEAR})(?={JOIN}))?"
        rf"(?:{JOIN}(?:(?:{WEEKDAY}),?\s+)?(?:(?P<month2>{_MONTH})\s+)?(?P<last>{_NUMBER}))?{_END_YEAR})",
        _month_days,
    ),
    rule(
        rf"\b(?P<date>{_LEAD}(?P<month>{_MONTH})\s+(?P<first>{_NUMBER}){_END_YEAR})"
        r"(?P<year1>(?!))?(?P<month2>(?!))?(?P<last>(?!))?",
        _month_days,
    ),
    rule(
        rf"\b(?P<date>{_LEAD}(?P<first>{_NUMBER})(?P<month2>(?!))?(?P<year1>(?!))?(?:{JOIN}(?P<last>{_NUMBER}))?"
        rf"\s+(?:of\s+)?(?P<month>{_MONTH}){_END_YEAR})",
        _month_days,
    ),
    rule(r"(?<![\w-])(?P<date>(\d{4})-(\d\d)-(\d\d))(?![\d-])", _iso),
    rule(rf"\b(?P<which>(?!))?(?P<date>(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR}))", _months),
    rule(
        rf"\b(?:{ANY.format(_PREPOSITION)})[\s-]+(?P<date>(?:(?P<which>last|next|this)\s+)?(?P<month>{_MONTH})"
        rf"(?P<year>(?!))?)(?!\s+\d)",
        _months,
    ),
    rule(rf"\b(?P<date>(?P<which>last|next|this)\s+(?P<month>{_MONTH})(?P<year>(?!))?)(?!\s+\d)", _months),
    rule(
        rf"\b{ANY.format(_PREPOSITION + '|between')}[\s-]+(?P<date>(?P<first>{_YEAR})(?:{JOIN}(?P<last>{_YEAR}))?)"
        r"(?!\s+(?!was|is|has|its|this|as)[a-z]+s\b)(?!-)",
        _years,
    ),
    rule(
        r"\b(?P<date>(?:(?:the\s+)?(?i:(?P<quarter>first|second|third|fourth)\s+quarter|(?P<half>first|second)\s+half)\s+of"
        rf"|Q(?P<q>[1-4]))\s+(?P<year>{_YEAR}))",
        _quarters,
    ),
)
