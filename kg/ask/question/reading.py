"""A question as what the matching compares: its words' concepts, the things it names and the values it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.ask.question.concepts import NOTHING, Word, concepts_at, concepts_of, forms_of
from kg.ask.question.names import Names
from kg.ask.question.values import find_values

_FULL = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "X", "ADV"}


@dataclass(frozen=True, slots=True)
class Item:
    """A word or phrase and the concepts it may stand for; ``strange`` where it is a name that the graph lacks.

    An ``optional`` one may also say nothing.
    """

    concepts: frozenset[str]
    text: str
    start: int
    end: int
    strange: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Filler:
    """Something a parameter can take: a thing by its name (kind ``thing``) or a value of another kind."""

    kind: str
    text: str
    classes: frozenset[str]
    start: int
    end: int
    firm: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's items and the fillers in it; they overlap, and a filler in use hides the items in it."""

    items: tuple[Item, ...]
    fillers: tuple[Filler, ...]


def words_in(doc: Doc) -> list[Word]:
    """The words of a parsed text."""
    return [
        Word(
            t.lower_,
            t.lemma_.lower(),
            forms_of(t.lower_, t.lemma_.lower()),
            t.pos_,
            t.idx,
            t.idx + len(t.text),
            t.text[:1].isupper(),
        )
        for t in doc
        if not t.is_punct and not t.is_space and re.search(r"\w", t.text)
    ]


def read_question(doc: Doc, names: Names) -> Reading:
    """Read a parsed question against the names of a graph."""
    text, words = doc.text, words_in(doc)
    common = frozenset(w.text for w in words if concepts_of(w))
    found = names.find(text, common)
    things = [Filler("thing", n.thing.name, n.thing.classes, n.start, n.end, n.firm) for n in found]
    values = [Filler(v.kind, v.text, frozenset(), v.start, v.end, v.firm) for v in find_values(text, words, names)]
    free = [v for v in values if not any(t.firm and t.start < v.end and v.start < t.end for t in things)]
    firm = [f for f in (*things, *free) if f.firm]
    items = [i for i in items_in(words) if not any(f.start <= i.start and i.end <= f.end for f in firm)]
    units = [v for v in values if v.kind in {"unit", "currency"}]
    items = [
        replace(i, optional=i.optional or any(u.start <= i.start and i.end <= u.end for u in units)) for i in items
    ]
    return Reading(tuple(items), (*things, *free))


def items_in(words: Sequence[Word]) -> Iterator[Item]:
    """The words and phrases that say something, each with its concepts."""
    place = 0
    while place < len(words):
        length, concepts = concepts_at(words, place)
        word = words[place]
        if length:
            if concepts != {NOTHING}:
                part, optional = words[place : place + length], NOTHING in concepts
                text = " ".join(w.text for w in part)
                yield Item(concepts - {NOTHING}, text, part[0].start, part[-1].end, optional=optional)
        elif word.pos in _FULL:
            strange = word.capital and place > 0
            yield Item(frozenset({"w:" + word.lemma}), word.text, word.start, word.end, strange)
        place += length or 1
