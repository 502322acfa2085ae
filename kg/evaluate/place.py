"""Where in the text a fact is, or should be: the sentence that it was read from, or the likeliest one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.evaluate.comparison import Names, content_words, plain, same_value
from kg.evaluate.extraction import sentences_of
from kg.evaluate.gold import Row
from kg.extract.quantities import find_quantities
from kg.model import Entity, Evidence, Facts

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The sentences of a source by entry, what was read where, and which sentences mention what."""

    names: Names
    sentences: dict[str, list[str]]
    read_at: dict[Key, str]
    mentioned: dict[tuple[str, str], frozenset[str]]

    def sentence_of(self, table: str, row: Row) -> str | None:
        """The sentence that a found row was read from, else the likeliest of its entry; None where none fits."""
        return self.read_at.get(_row_key(table, row)) or self._likeliest(table, row)

    def _likeliest(self, table: str, row: Row) -> str | None:
        rate = _RATINGS[table](self, row)
        rated = [(rate(sentence), sentence) for sentence in self.sentences.get(row["entry"], ())]
        best = max((rating for rating, _ in rated), default=0.0)
        return next((sentence for rating, sentence in rated if rating == best), None) if best > 0 else None

    def names_it(self, sentence: str, name: str) -> bool:
        """Whether a sentence has a name or one of its other spellings as whole words."""
        bare = f" {plain(sentence)} "
        return any(spelling and f" {spelling} " in bare for spelling in self.names.spellings(name))

    def with_mention(self, entry: str, name: str) -> frozenset[str]:
        """The sentences of an entry that a found entity of this name is mentioned in (by name or reference)."""
        found = (s for (key, other), s in self.mentioned.items() if key == entry and self.names.same(name, other))
        return frozenset().union(*found)


def places_of(facts: Sequence[Facts], names: Names) -> Places:
    """Index the sentences and the evidence of some facts."""
    sentences: dict[str, list[str]] = {}
    for key, sentence in sentences_of(facts):
        sentences.setdefault(key, []).append(sentence)
    read_at: dict[Key, str] = {}
    mentioned: dict[tuple[str, str], set[str]] = {}
    for f in facts:
        for row_key, evidence in _read(f):
            read_at.setdefault(row_key, _wording(f, evidence))
        for mention in f.mentions:
            place = (mention.evidence.entry, mention.entity.name)
            mentioned.setdefault(place, set()).add(_wording(f, mention.evidence))
    return Places(names, sentences, read_at, {place: frozenset(found) for place, found in mentioned.items()})


def _wording(facts: Facts, evidence: Evidence) -> str:
    return " ".join(evidence.passage.of(facts.document.text).split())


def _read(facts: Facts) -> Iterable[tuple[Key, Evidence]]:
    for m in facts.mentions:
        yield ("entities", m.evidence.entry, m.entity.type.value, m.entity.name), m.evidence
    for r in facts.relations:
        yield ("relations", r.evidence.entry, r.subject.name, r.relation, _name(r.object)), r.evidence
    for figure in facts.measurements:
        value = f"{float(figure.value):g}"
        key = ("measurements", figure.evidence.entry, _name(figure.subject), figure.measure, value, figure.unit)
        yield key, figure.evidence
    for q in facts.quotations:
        yield ("quotations", q.evidence.entry, " ".join(q.text.split())), q.evidence


def _name(thing: Entity | str) -> str:
    return " ".join(thing.name.split()) if isinstance(thing, Entity) else " ".join(thing.split())


_KEYS: dict[str, tuple[str, ...]] = {
    "entities": ("entry", "type", "name"),
    "relations": ("entry", "subject", "relation", "object"),
    "measurements": ("entry", "subject", "measure", "value", "unit"),
    "quotations": ("entry", "text"),
}


def _row_key(table: str, row: Row) -> Key:
    return (table, *(_number(row[c]) if c == "value" else row[c] for c in _KEYS[table]))


def _number(text: str) -> str:
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


Rating = Callable[[str], float]


def _shared(phrase: str, sentence: str) -> float:
    wanted = content_words(phrase)
    return len(wanted & content_words(sentence)) / len(wanted) if wanted else 0.0


def _by_name(places: Places, row: Row) -> Rating:
    return lambda sentence: 2.0 * places.names_it(sentence, row["name"]) + _shared(row["name"], sentence)


def _by_ends(places: Places, row: Row) -> Rating:
    inside = {end: places.with_mention(row["entry"], row[end]) for end in ("subject", "object")}

    def rate(sentence: str) -> float:
        ends = (2 * (sentence in inside[e] or places.names_it(sentence, row[e])) for e in inside)
        return sum(ends) + sum(_shared(row[column], sentence) for column in ("subject", "object", "detail"))

    return rate


def _by_figure(places: Places, row: Row) -> Rating:
    def rate(sentence: str) -> float:
        figure = any(same_value(str(q.value), row["value"]) for q in find_quantities(sentence))
        figure = figure or re.search(rf"(?<![\d.,]){re.escape(row['value'])}(?![\d,])", sentence) is not None
        return 3.0 * figure + _shared(row["subject"], sentence) + _shared(row["measure"], sentence)

    return rate


def _by_words(places: Places, row: Row) -> Rating:
    return lambda sentence: _shared(row["text"], sentence) + _shared(sentence, row["text"])


_RATINGS: dict[str, Callable[[Places, Row], Rating]] = {
    "entities": _by_name,
    "relations": _by_ends,
    "measurements": _by_figure,
    "quotations": _by_words,
}
