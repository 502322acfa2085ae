"""Dates told from the day of publication or from a date before them: "on Friday", "last month", "two days later"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.read.calendar import words

JOIN = r"(?:\s*[-–—]\s*|\s+(?:to|through|thru|until|till|and)\s+)"
WEEKDAY = rf"(?:{'|'.join(sorted((w.title() for w in words('weekdays')), key=len, reverse=True))})\b\.?"
_FULL_WEEKDAY = rf"(?:{'|'.join(sorted(w.title() for w in words('weekdays') if w.endswith('day')))})\b"
_NAMED_DAYS = r"(?<!Black )(?<!Cyber )(?<!Super )(?<!Good )(?<!Easter )(?<!Giving )(?<!Small Business )(?<!Golden )"
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_COUNTS = {
    word: i % 13
    for i, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve a an".split())
}
_COUNTS |= {"a": 1, "an": 1}
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
_STEP = {"last": -1, "this": 0, "next": 1, "coming": 1}


@dataclass(frozen=True, slots=True)
class Setting:
    """What undated words count from: the day, and whether the text looks ahead (None: unknown)."""

    day: date | None
    future: bool | None


Period = tuple[str, str] | None
"""First and last day, month or year, both ISO and equally long; ``None`` where the words name none."""
Reader = Callable[[re.Match[str], Setting], Period]
Rule = tuple[re.Pattern[str], Reader]


def day_number(text: str) -> int:
    """The number in "11th"."""
    return int(re.sub(r"\D", "", text))


def weekday_of(text: str) -> int:
    """The number of a weekday's name, Monday being 0."""
    return int(words("weekdays")[text.lower().rstrip(".")])


def _weekdays(match: re.Match[str], setting: Setting) -> Period:
    if setting.day is None:
        return None
    which = (match["which"] or "").lower()
    ahead = {"next": True, "coming": True, "last": False}.get(which, bool(setting.future))
    behind = (setting.day.weekday() - weekday_of(match["weekday"])) % 7
    away = (-behind) % 7 if ahead else -behind
    if away == 0 and which in ("next", "last"):
        away = 7 if ahead else -7
    return _shifted(
        setting.day, away, (weekday_of(match["to"]) - weekday_of(match["weekday"])) % 7 if match["to"] else 0
    )


def _shifted(day: date, away: int, length: int = 0) -> Period:
    try:
        start = day + timedelta(days=away)
        return start.isoformat(), (start + timedelta(days=length)).isoformat()
    except OverflowError:
        return None


def _near(match: re.Match[str], setting: Setting) -> Period:
    return _shifted(setting.day, _NEAR[" ".join(match["date"].lower().split())]) if setting.day else None


def _counted(match: re.Match[str], setting: Setting) -> Period:
    """``a day earlier``, ``three days ago``, ``two months later``: in the unit it counts in (a week is seven days)."""
    if setting.day is None:
        return None
    count = _count(match["count"]) * (1 if match["side"].lower() in ("later", "after", "on", "from now") else -1)
    unit = match["unit"].lower().rstrip("s")
    if unit in _DAYS:
        return _shifted(setting.day, count * _DAYS[unit])
    return _UNIT_READERS[unit](setting.day, count)


def _count(text: str) -> int:
    return _COUNTS[text.lower()] if text.lower() in _COUNTS else int(text)


def _neighbour(match: re.Match[str], setting: Setting) -> Period:
    """``the next day``, ``the day before``, ``the following week``."""
    if setting.day is None:
        return None
    side = (match["before"] or match["after"]).lower()
    step = 1 if side in ("next", "following", "after") else -1
    unit = match["unit"] or match["unit2"]
    if unit.lower() == "day":
        return _shifted(setting.day, step)
    return _UNIT_READERS[unit.lower()](setting.day, step)


def _span_of_days(match: re.Match[str], setting: Setting) -> Period:
    """``the past three days``, ``the next two weeks``: the day included, or from the day after it on."""
    if setting.day is None:
        return None
    days = _count(match["count"]) * _DAYS[match["unit"].lower().rstrip("s")]
    if days < 1:
        return None
    ahead = match["which"].lower() in ("next", "coming", "following")
    return _shifted(setting.day, 1 if ahead else 1 - days, days - 1)


def _units(match: re.Match[str], setting: Setting) -> Period:
    """``this year``, ``last month``, ``next week``: a week runs from Monday to Sunday."""
    if setting.day is None:
        return None
    step = _STEP[match["which"].lower()]
    return _UNIT_READERS[match["unit"].lower()](setting.day, step)


def _year_step(day: date, step: int) -> Period:
    year = day.year + step
    return (f"{year:04}", f"{year:04}") if 1 <= year <= 9999 else None


def _month_step(day: date, step: int) -> Period:
    year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
    value = f"{year:04}-{month + 1:02}"
    return (value, value) if 1 <= year <= 9999 else None


def _week_step(day: date, step: int) -> Period:
    return _shifted(day, 7 * step - day.weekday(), 6)


def _weekend_step(day: date, step: int) -> Period:
    return _shifted(day, 7 * step - day.weekday() + 5, 1)


def _quarter_step(day: date, step: int) -> Period:
    year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + step, 4)
    return (f"{year:04}-{3 * quarter + 1:02}", f"{year:04}-{3 * quarter + 3:02}") if 1 <= year <= 9999 else None


_UNIT_READERS: dict[str, Callable[[date, int], Period]] = {
    "year": _year_step,
    "quarter": _quarter_step,
    "month": _month_step,
    "week": _week_step,
    "weekend": _weekend_step,
}


def _ordinal(match: re.Match[str], setting: Setting) -> Period:
    """``on the 11th``: of the month of the day it counts from, ``to the 13th`` included."""
    if setting.day is None:
        return None
    first, last = day_number(match["first"]), day_number(match["last"] or match["first"])
    if not 1 <= first <= last <= monthrange(setting.day.year, setting.day.month)[1]:
        return None
    return setting.day.replace(day=first).isoformat(), setting.day.replace(day=last).isoformat()


def rule(pattern: str, reader: Reader) -> Rule:
    """A pattern with a group ``date`` and what works its period out."""
    return re.compile(pattern), reader


ANY = r"(?i:{})"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"


RELATIVE_RULES: tuple[Rule, ...] = (
    rule(
        rf"\b{_NAMED_DAYS}(?P<date>(?:(?P<which>(?i:last|next|this|coming))\s+)?{_NAMED_DAYS}(?P<weekday>{_FULL_WEEKDAY})"
        rf"(?:{JOIN}(?P<to>{_FULL_WEEKDAY}))?)(?!\s+(?:Times|Post|Night|Mirror)\b)",
        _weekdays,
    ),
    rule(rf"\b(?P<date>{ANY.format('|'.join(key.replace(' ', chr(92) + 's+') for key in _NEAR))})\b", _near),
    rule(
        rf"(?i)\b(?P<date>{_COUNT}\s+(?P<unit>days?|weeks?|fortnight|months?|quarters?|years?)\s+"
        r"(?P<side>ago|from now))\b",
        _counted,
    ),
    rule(
        rf"(?i)\b(?P<date>the\s+(?P<which>past|last|previous|next|coming|following)\s+{_COUNT}\s+"
        r"(?P<unit>days|weeks))\b",
        _span_of_days,
    ),
    rule(
        r"(?i)\b(?P<date>(?:the\s+)?(?P<which>last|this|next|coming)\s+(?P<unit>year|quarter|month|weekend|week))\b(?!s)",
        _units,
    ),
    rule(
        r"\b(?i:on|from|until|by|since|between)\s+(?P<date>the\s+(?P<first>\d{1,2}(?:st|nd|rd|th))"
        r"(?:\s+(?:to|and|until|through)\s+the\s+(?P<last>\d{1,2}(?:st|nd|rd|th)))?)"
        r"(?=\s*[.,;:)]|\s*$|\s+(?:to|and|at|in|of this month|this month)\b)",
        _ordinal,
    ),
)
"""Dates that count from the day of publication."""

ANCHORED_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?i)\b(?P<date>{_COUNT}\s+(?P<unit>days?|weeks?|fortnight|months?|years?)\s+(?P<side>earlier|later|before|after|on))"
        r"(?=\s*[.,;:)]|\s*$|\s+(?:in|on|at|to|the|and|with|as|it|than)\b)(?!\s+(?:the|it|on)\b)",
        _counted,
    ),
    rule(
        r"(?i)\b(?P<date>the\s+(?:(?P<before>next|following|previous|preceding)\s+(?P<unit>day|week|month|year)"
        r"|(?P<unit2>day|week|month|year)\s+(?P<after>before|after)(?=\s*[.,;:)]|\s*$)))(?!s)\b",
        _neighbour,
    ),
)
"""Dates that count from the last full date named before them, or else from the day of publication."""
