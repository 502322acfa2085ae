"""What the text around an entity says of which homonym is meant: countries named, and words of a trade."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg.link.subject import Subject
from kg.reference import Record, Tables

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_GENERAL = frozenset(
    "a an and at based by company brand chain for former formerly from global group in international its large largest "
    "made major multinational of on or owned part private public subsidiary that the to which with world".split()
)


@dataclass(frozen=True, slots=True)
class Context:
    """Countries (ISO 3166-1 codes) named in the sentences around an entity and in the whole graph, and the words.

    ``common_words`` are the graph's words that its text writes in lower case: a name among them may be no name.
    """

    near: frozenset[str]
    anywhere: frozenset[str]
    words: frozenset[str]
    common_words: frozenset[str] = frozenset()

    def speaks_of(self, record: Record) -> bool:
        """Whether the sentences use a word of the record's trade or description."""
        return bool(self.words & trade_words(record))

    def closeness(self, record: Record) -> int:
        """2 where a country of the record is named nearby, 1 where elsewhere in the graph, 0 where nowhere."""
        places = set(record.places)
        return 2 if places & self.near else int(bool(places & self.anywhere))


NOWHERE = Context(frozenset(), frozenset(), frozenset())


@cache
def _kinds() -> dict[str, frozenset[str]]:
    text = (Path(__file__).parent / "data" / "kinds.toml").read_text(encoding="utf-8")
    return {kind: frozenset(words.split()) for kind, words in tomllib.loads(text).items()}


@lru_cache(maxsize=20_000)
def trade_words(record: Record) -> frozenset[str]:
    """The words that show that a text speaks of this record: of its categories, its description and its own name."""
    leaves = [kind.rsplit("/", 1)[-1] for kind in record.kinds]
    own = {part for leaf in leaves for part in leaf.split("_")}
    listed = set().union(*(_kinds().get(leaf, frozenset()) for leaf in leaves))
    return frozenset((words_of([record.description, record.name]) | own | listed) - _GENERAL)


def words_of(sentences: Iterable[str]) -> frozenset[str]:
    """The words of some sentences in lower case."""
    return frozenset(word for sentence in sentences for word in _WORD.findall(sentence.casefold()) if len(word) > 2)


class Surroundings:
    """The contexts of all entities of a graph; countries are recognised among its places and in the wording."""

    def __init__(self, subjects: Sequence[Subject], tables: Tables) -> None:
        self._tables = tables
        places = [name for subject in subjects if "Place" in subject.types for name in subject.names]
        named = {name: codes for name in places if (codes := self._codes(name))}
        self._countries = [(name, re.compile(rf"\b{re.escape(name)}\b"), codes) for name, codes in named.items()]
        self._common = frozenset(
            word for subject in subjects for text in subject.wording for word in _WORD.findall(text) if word.islower()
        )
        self._anywhere = frozenset(code for codes in named.values() for code in codes)

    def of(self, subject: Subject) -> Context:
        """The context of one entity; its own name does not count as a country named nearby."""
        text = " ".join(subject.wording)
        near = {
            code
            for name, pattern, codes in self._countries
            if name in text and name not in subject.names and pattern.search(text)
            for code in codes
        }
        own = {code for name in subject.names for code in self._codes(name)}
        words = words_of(subject.wording) - words_of(subject.names)
        return Context(frozenset(near), self._anywhere - own | near, words, self._common)

    def _codes(self, name: str) -> frozenset[str]:
        """The country that a name can only mean, or that its best known place lies in."""
        found = [r for r in self._tables.find(name) if r.kinds and r.places and r.type == "Place"]
        countries = {r.places[0] for r in found if r.kinds[0] == "country"}
        if len(countries) == 1 and not any(r.kinds[0] == "region" and r.name == name for r in found):
            return frozenset(countries)
        common = {r.places[0] for r in found if r.common}
        return frozenset(common) if len(common) == 1 and not countries else frozenset()
