"""Words of dates and times, from ``calendar.toml``, and what time zones mean."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kg.errors import UsageError

_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+\-−])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("kg.read").joinpath("calendar.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=3)
def words(table: str) -> dict[str, Any]:
    """The words of a table (``months``, ``weekdays``, ``zones``), in lower case, with what they mean."""
    return {word.lower(): value for word, value in _tables()[table].items()}


def alternatives(table: str) -> str:
    """A regular expression that matches any word of a table, longest first."""
    return "|".join(re.escape(word) for word in sorted(words(table), key=len, reverse=True))


def parse_timezone(name: str) -> tzinfo:
    """A time zone from an offset (``+08:00``), a name (``EST``) or an IANA name (``America/Chicago``).

    Raises:
        UsageError: there is no such zone.
    """
    offset = _OFFSET.fullmatch(name.strip())
    if offset:
        return _fixed(offset, name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    known = words("zones").get(name.lower())
    if known is None:
        raise UsageError(f"--timezone {name}: no such time zone; write it like +08:00, EST or Asia/Shanghai")
    return parse_timezone(known)


def _fixed(offset: re.Match[str], name: str) -> tzinfo:
    sign = 1 if offset[1] == "+" else -1
    hours, minutes = int(offset[2]), int(offset[3] or 0)
    if hours > 14 or minutes > 59:
        raise UsageError(f"--timezone {name}: offsets from UTC run from -12:00 to +14:00")
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def zone_of(name: str | None, chosen: str | None) -> tzinfo:
    """What a zone on a page means; ``chosen`` is the user's ``--timezone``, ``name`` None where the page names none."""
    ambiguous = _tables()["ambiguous"]
    if name is None or name.upper() in ambiguous["names"]:
        name = chosen or name or ambiguous["default"]
    try:
        return parse_timezone(words("zones").get(name.lower(), name))
    except UsageError:
        if name == chosen:
            raise
        return parse_timezone(ambiguous["default"])


def at(day: datetime, clock: time, zone: tzinfo) -> datetime:
    """A clock time of a day in a zone, with a fixed offset from UTC."""
    local = datetime.combine(day.date(), clock, tzinfo=zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))
