"""The units and currencies that figures come in, read from ``data/units.toml`` and ``data/currencies.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


class QuantityKind(StrEnum):
    """What sort of thing a figure counts or measures."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    TIMES = "times"
    DURATION = "duration"
    PHYSICAL = "physical"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's code (as in the fact tables), its kind, and what a figure is multiplied by to be in it."""

    code: str
    kind: QuantityKind
    factor: Decimal = Decimal(1)


COUNT = Unit("count", QuantityKind.COUNT)
PERCENT = Unit("percent", QuantityKind.PERCENT)
TIMES = Unit("times", QuantityKind.TIMES)


@dataclass(frozen=True, slots=True)
class UnitLexicon:
    """Finds the unit before or after a figure; build it with :func:`unit_lexicon`."""

    signs: dict[str, Unit]
    words: dict[str, Unit]
    suffixes: dict[str, Unit]
    scaled: dict[str, Unit]
    before_pattern: re.Pattern[str]
    after_pattern: re.Pattern[str]
    scaled_pattern: re.Pattern[str]

    def before(self, text: str, end: int) -> tuple[Unit, int] | None:
        """The currency whose sign ends at ``end`` (one blank allowed), and where the sign starts (code points)."""
        match = self.before_pattern.search(text, max(0, end - 8), end)
        return (self.signs[match[1]], match.start(1)) if match else None

    def after(self, text: str, start: int) -> tuple[Unit, int] | None:
        """The unit written from ``start`` on (a blank or hyphen allowed), and where it ends (code points)."""
        match = self.after_pattern.match(text, start)
        if not match:
            return None
        unit = self.suffixes[match["sign"]] if match["sign"] else self.words[" ".join(match["word"].casefold().split())]
        return unit, match.end()

    def after_scale(self, text: str, start: int) -> tuple[Unit, int] | None:
        """The currency of "2 million pounds", which without the word of scale would be a weight; and where it ends."""
        match = self.scaled_pattern.match(text, start)
        return (self.scaled[match[1].casefold()], match.end()) if match else None


@lru_cache(maxsize=1)
def unit_lexicon() -> UnitLexicon:
    """The lexicon that ships with the package."""
    signs: dict[str, Unit] = {}
    words: dict[str, Unit] = {}
    suffixes: dict[str, Unit] = {}
    scaled: dict[str, Unit] = {}
    for row in _read("units.toml")["unit"]:
        unit = Unit(row["code"], QuantityKind(row["kind"]), Decimal(row.get("factor", "1")))
        words |= {w.lstrip("-").casefold(): unit for w in row["words"]}
        suffixes |= dict.fromkeys(row["signs"], unit)
    for code, row in _read("currencies.toml").items():
        unit = Unit(code, QuantityKind.MONEY)
        signs |= dict.fromkeys(row["signs"], unit)
        words |= {w.casefold(): unit for w in row["words"]}
        words |= {w.casefold(): Unit(code, QuantityKind.MONEY, Decimal("0.01")) for w in row.get("cents", ())}
        scaled |= {w.casefold(): unit for w in row.get("scaled", ())}
    return UnitLexicon(
        signs,
        words,
        suffixes,
        scaled,
        re.compile(rf"(?<![A-Za-z])({_either(signs)})\s?$"),
        re.compile(rf"\s?(?P<sign>{_either(suffixes)})(?![A-Za-z])|[\s-]?(?i:(?P<word>{_either(words)}))\b"),
        re.compile(rf"[\s-]({_either(scaled)})\b", re.IGNORECASE),
    )


def _either(words: dict[str, Unit]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))
