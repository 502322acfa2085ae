"""When two wordings count as the same: names, noun phrases, numbers, quoted texts (the guide's way of counting)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

ALIKE = 0.85
"""How much of two quoted texts must agree (Ratcliff and Obershelp's ratio) for them to be one quotation."""
_POSSESSIVE = re.compile(r"['’]s\b")
_PUNCTUATION = re.compile(r"[^a-z0-9.%$]+")
_ARTICLE = re.compile(r"^(?:the|an?) ")
_PLURAL = re.compile(r"(?:ies|es|s)$")


@cache
def _stopwords() -> frozenset[str]:
    lines = (Path(__file__).parent / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """A wording's comparison form: ASCII letters in lower case, no possessive, punctuation or leading article."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").casefold()
    bare = _PUNCTUATION.sub(" ", _POSSESSIVE.sub("", ascii_only)).strip(" .")
    return _ARTICLE.sub("", bare)


@lru_cache(maxsize=100_000)
def content_words(text: str) -> frozenset[str]:
    """The words of a wording that say something, each without its plural ending."""
    return frozenset(
        _PLURAL.sub("", word) for word in plain(text).replace(".", " ").split() if word not in _stopwords()
    )


def overlap(one: str, other: str) -> float:
    """Content words that two phrases share, over those of the shorter; without any, 1 where the phrases are equal."""
    mine, theirs = content_words(one), content_words(other)
    if not mine or not theirs:
        return float(plain(one) == plain(other))
    return len(mine & theirs) / min(len(mine), len(theirs))


def same_value(one: str, other: str) -> bool:
    """Whether two decimal numbers differ by no more than a millionth; what is no number equals nothing."""
    try:
        x, y = float(one), float(other)
    except ValueError:
        return False
    return abs(x - y) <= 1e-6 * max(1.0, abs(x), abs(y))


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str) -> float:
    """How much two texts agree, from 0 to 1, whatever their case and punctuation."""
    return SequenceMatcher(None, plain(one), plain(other), autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class Names:
    """Which names stand for one thing: ``canonical`` maps comparison forms of aliases to those of the main names."""

    canonical: Mapping[str, str] = field(default_factory=dict)

    def form(self, name: str) -> str:
        """The comparison form of what a name stands for."""
        bare = plain(name)
        return self.canonical.get(bare, bare)

    def same(self, one: str, other: str) -> bool:
        """Whether two names stand for one thing.

        Also where they are descriptions that share at least two content words and two thirds of all of theirs.
        """
        if self.form(one) == self.form(other):
            return True
        mine, theirs = content_words(self.form(one)), content_words(self.form(other))
        return len(mine & theirs) >= 2 and 3 * len(mine & theirs) >= 2 * len(mine | theirs)

    def spellings(self, name: str) -> set[str]:
        """The comparison forms that a name is known under, its own and the main one among them."""
        own = self.form(name)
        return {own, plain(name)} | {alias for alias, main in self.canonical.items() if main == own}
