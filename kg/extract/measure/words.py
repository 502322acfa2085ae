"""The word lists of ``data/measures.toml``, and the stems by which inflected words are looked up in them."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parents[1] / "data" / "measures.toml"
_ENDINGS = (
    (re.compile(r"(.+i)(?:ed|es)$"), ("y",)),
    (re.compile(r"(.+)(?:ed|ing)$"), ("", "e")),
    (re.compile(r"(.+?)([bdglmnprt])\2(?:ed|ing)$"), None),
    (re.compile(r"(.+)es$"), ("", "e")),
    (re.compile(r"(.+)s$"), ("",)),
)


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}


@lru_cache(maxsize=4)
def table(name: str) -> dict[str, str]:
    """A table by its name in the file (``irregular``, ``money_verbs``)."""
    found: dict[str, str] = tomllib.loads(_DATA.read_text(encoding="utf-8"))[name]
    return found


def words(name: str) -> frozenset[str]:
    """A list by its name in the file."""
    return _lists()[name]


def is_in(name: str, *forms: str) -> bool:
    """Whether one of the forms (in any case, as written or as a lemma) is in the list."""
    return any(f.casefold() in _lists()[name] for f in forms)


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """What an inflected word may be a form of, by its letters: the model's lemma of a rare verb is often wrong."""
    word = word.casefold()
    if word in table("irregular"):
        return (table("irregular")[word],)
    found: list[str] = []
    for pattern, endings in _ENDINGS:
        if match := pattern.match(word):
            if endings is None:
                found.append(match[1] + match[2])
            elif endings == ("y",):
                found.append(match[1][:-1] + "y")
            else:
                found.extend(match[1] + e for e in endings)
    return tuple(found)
