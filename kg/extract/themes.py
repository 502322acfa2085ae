"""The themes of an initiative, from words in its name."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from kg.extract.lexicon import DATA


@lru_cache(maxsize=1)
def _themes() -> dict[str, frozenset[str]]:
    data = tomllib.loads((DATA / "themes.toml").read_text(encoding="utf-8"))
    return {theme: frozenset(words) for theme, words in data["theme"].items()}


def themes_of(name: str) -> tuple[str, ...]:
    """The local names of the concepts (``theme-sustainability`` …) that words of the name stand for, in order."""
    words = set(name.casefold().replace("-", " ").split())
    return tuple(f"theme-{theme}" for theme, signs in sorted(_themes().items()) if words & signs)
