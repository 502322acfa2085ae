"""How a figure stands to the true value: over, under, about or exactly it, read from ``data/comparators.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "comparators.toml"
EQUAL = "="


@dataclass(frozen=True, slots=True)
class ComparatorLexicon:
    """Finds the comparing words around a figure; build it with :func:`comparator_lexicon`."""

    before_words: dict[str, str]
    after_words: dict[str, str]
    before_pattern: re.Pattern[str]
    verb_pattern: re.Pattern[str]
    after_pattern: re.Pattern[str]
    verbs: dict[str, str]

    def before(self, text: str, end: int) -> tuple[str, int]:
        """The comparator of the words that end at ``end``, and where they start; ``("=", end)`` where none compare."""
        window = max(0, end - 60)
        if match := self.before_pattern.search(text, window, end):
            return self.before_words[" ".join(match[1].casefold().split())], match.start(1)
        if match := self.verb_pattern.search(text, window, end):
            return self.verbs[match[1].casefold()], end
        return EQUAL, end

    def after(self, text: str, start: int) -> tuple[str, int]:
        """The comparator of the words from ``start`` on, and where they end; ``("=", start)`` where none compare."""
        match = self.after_pattern.match(text, start)
        return (self.after_words[match[1].casefold()], match.end()) if match else (EQUAL, start)


@lru_cache(maxsize=1)
def comparator_lexicon() -> ComparatorLexicon:
    """The lexicon that ships with the package."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    signs = [s for s in data if s != "none"]
    before = {w.casefold(): s for s in signs for w in data[s]["before"]}
    after = {w.casefold(): s for s in signs for w in data[s]["after"]}
    verbs = {w.casefold(): s for s in signs for w in data[s]["verbs"]}
    filler = rf"(?:\s+(?:{_either(data['none']['words'])})\b)*\s*$"
    return ComparatorLexicon(
        before,
        after,
        re.compile(rf"(?<![\w-])({_either(before)}){filler}", re.IGNORECASE),
        re.compile(rf"(?<![\w-])({_either(verbs)})\w*{filler}", re.IGNORECASE),
        re.compile(rf"\s?({_either(after)})(?!\w)", re.IGNORECASE),
        verbs,
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))
