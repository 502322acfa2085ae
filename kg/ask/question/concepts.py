"""The words of questions and the concepts they stand for, read from ``data/concepts.tsv``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
NOTHING, UNANSWERED = "-", "!"
"""The concepts of words that say nothing about what is asked for, and of words that no saved query answers."""
_ENDINGS = ("s", "es", "d", "ed", "ing")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: as written in lower case, its lemma, part of speech and place (code points).

    ``forms`` are the ways in which a list of words may have it: the two and what is left without an ending.
    """

    text: str
    lemma: str
    forms: frozenset[str]
    pos: str
    start: int
    end: int
    capital: bool


def forms_of(text: str, lemma: str) -> frozenset[str]:
    """A word's forms; the lemma is a model's guess, so the commonest endings are taken off by rule as well."""
    bare = {text.removesuffix(ending) for ending in _ENDINGS if text.endswith(ending) and len(text) > len(ending) + 2}
    return frozenset({text, lemma, *bare, *(stem + "e" for stem in bare)})


def read_rows(name: str) -> Iterator[tuple[str, str]]:
    """The two columns of a data file, without its comments."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, _, second = line.partition("\t")
            yield first, second


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[tuple[str, ...], frozenset[str]]]:
    """Phrases by their first word, each with its concepts."""
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for concept, words in read_rows("concepts.tsv"):
        for phrase in words.split(","):
            key = tuple(phrase.split())
            found[key] = found.get(key, frozenset()) | {concept}
    index: dict[str, dict[tuple[str, ...], frozenset[str]]] = {}
    for key, concepts in found.items():
        index.setdefault(key[0], {})[key] = concepts
    return index


def concepts_at(words: Sequence[Word], place: int) -> tuple[int, frozenset[str]]:
    """How many words from a place on are the longest phrase known there, and its concepts; 0 where none is."""
    best = (0, frozenset[str]())
    for first in words[place].forms:
        for key, concepts in _phrases().get(first, {}).items():
            if len(key) >= best[0] and _matches(words[place : place + len(key)], key):
                best = (len(key), concepts | best[1] if len(key) == best[0] else concepts)
    return best


def concepts_of(word: Word) -> frozenset[str]:
    """The concepts of a word by itself."""
    return concepts_at([word], 0)[1]


def _matches(words: Sequence[Word], key: tuple[str, ...]) -> bool:
    return len(words) == len(key) and all(part in w.forms for w, part in zip(words, key, strict=True))
