"""The words of speech, the words of a text by place, and who may be meant by a stretch of it."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

from kg.model import Entity, EntityType, Mention, Span

LEXICON = Path(__file__).parent / "data" / "speech.toml"
_TERMINAL = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``data/speech.toml`` (format described there), in lower case."""

    verbs: frozenset[str]
    addressed: frozenset[str]
    fragment: frozenset[str]
    naming: frozenset[str]
    sources: tuple[tuple[str, ...], ...]
    people: frozenset[str]
    spoken_for: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the words of speech that ship with the package."""
    words = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    sources = tuple(tuple(opener) for opener in words.pop("sources"))
    return Lexicon(sources=sources, **{key: frozenset(listed) for key, listed in words.items()})


@dataclass(frozen=True, slots=True)
class Word:
    """A token and its place in the document."""

    token: Token
    span: Span

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return str(self.token.text).lower()

    @property
    def terminal(self) -> bool:
        """Whether a sentence ends with this word."""
        return self.token.text in _TERMINAL or "\n" in self.token.text


class Voices:
    """The mentions of a document by place: who may be meant by a stretch of text."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda m: (m.evidence.span.start, -m.evidence.span.end))
        self._starts = [m.evidence.span.start for m in self._mentions]
        people = {m.entity for m in mentions if m.entity.type is EntityType.PERSON}
        self._people: dict[str, Entity | None] = {}
        for person in sorted(people, key=lambda p: p.name):
            for word in {*person.name.split(), *(a for a in person.aliases if " " not in a)}:
                self._people[word] = None if word in self._people else person

    def within(self, span: Span) -> list[Mention]:
        """The mentions that begin inside a span, in order."""
        return self._mentions[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def over(self, span: Span) -> Mention | None:
        """The longest mention that covers a span."""
        near = self._mentions[bisect_left(self._starts, span.start - 120) : bisect_left(self._starts, span.end)]
        covering = [m for m in near if m.evidence.span.covers(span)]
        return min(covering, key=lambda m: m.evidence.span.start, default=None)

    def person_called(self, word: str) -> Entity | None:
        """The one person of the document with this word in their name, where its mention was missed."""
        return self._people.get(word) if word[:1].isupper() else None

    def last_person(self, span: Span) -> Entity | None:
        """The person named last inside a span."""
        people = [m.entity for m in self.within(span) if m.entity.type is EntityType.PERSON]
        return people[-1] if people else None
