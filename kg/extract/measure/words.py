"""The word lists of ``data/measures.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parents[1] / "data" / "measures.toml"


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in tomllib.loads(_DATA.read_text(encoding="utf-8")).items()}


def words(name: str) -> frozenset[str]:
    """A list by its name in the file."""
    return _lists()[name]


def is_in(name: str, *forms: str) -> bool:
    """Whether one of the forms (in any case, as written or as a lemma) is in the list."""
    return any(f.casefold() in _lists()[name] for f in forms)
