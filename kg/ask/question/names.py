"""The names of a graph's things, and which of them a question holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from kg.ask.answer import Limits, rows_of, text_of
from kg.ask.engine import Engine
from kg.ask.question.concepts import read_rows
from kg.vocabulary import ONTOLOGY

_LABELS = """SELECT DISTINCT ?e ?label ?main ?class WHERE {
  { ?e skos:prefLabel ?label } UNION { ?e skos:altLabel ?label }
  ?e skos:prefLabel ?main ; a ?class FILTER(STRLEN(?label) < 120) }"""
_COUNTS = "SELECT ?e (COUNT(?m) AS ?n) WHERE { ?m lb:mentions ?e } GROUP BY ?e"
_MEASURES = "SELECT ?measure (COUNT(?m) AS ?n) WHERE { ?m lb:measure ?measure } GROUP BY ?measure"
_LATEST = "SELECT (MAX(SUBSTR(STR(?day), 1, 10)) AS ?last) WHERE { ?e a lb:Entry ; dcterms:issued ?day }"
_WORD = re.compile(r"[^\W_](?:[\w&.+’'-]*\w)?")
_POSSESSIVE = re.compile(r"['’]s?$")
_LONGEST = 10
_ALIKE = 88


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the graph under its main name, with its classes (local names) and how often it is mentioned."""

    iri: str
    name: str
    classes: frozenset[str]
    mentions: int


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of a question that names a thing; ``firm`` unless common words say the same."""

    thing: Thing
    start: int
    end: int
    firm: bool


@dataclass(frozen=True)
class Names:
    """All names of a graph: by their words, the things that bear them; and the measures of its figures."""

    by_words: dict[tuple[str, ...], list[Thing]]
    measures: dict[str, int]
    last_day: str
    partial: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, engine: Engine) -> Names:
        """Read the names of a graph."""

        def rows(text: str) -> Iterator[list[str]]:
            return (list(map(text_of, row)) for row in rows_of(engine.run(text, Limits(), trusted=True)))

        counts = {iri: int(number) for iri, number in rows(_COUNTS)}
        classes: dict[str, set[str]] = {}
        names: dict[str, str] = {}
        labels: dict[str, set[str]] = {}
        for iri, label, main, kind in rows(_LABELS):
            if kind.startswith(ONTOLOGY):
                classes.setdefault(iri, set()).add(kind.removeprefix(ONTOLOGY))
                names[iri] = min(main, names.get(iri, main))
                labels.setdefault(iri, set()).add(label)
        by_words: dict[tuple[str, ...], list[Thing]] = {}
        for iri in sorted(classes):
            thing = Thing(iri, names[iri], frozenset(classes[iri]), counts.get(iri, 0))
            for label in labels[iri]:
                by_words.setdefault(tuple(word for word, _, _ in words_of(label)), []).append(thing)
        by_words.pop((), None)
        partial: dict[str, list[tuple[str, ...]]] = {}
        for key in sorted(by_words):
            for word in key:
                partial.setdefault(word, []).append(key)
        measures = {measure: int(number) for measure, number in rows(_MEASURES)}
        return cls(by_words, measures, next(rows(_LATEST), [""])[0], partial)

    def find(self, text: str, common: frozenset[str]) -> list[Named]:
        """The names in a text, the longest first where they overlap; ``common`` are words that need a capital."""
        words = list(words_of(text))
        found: list[Named] = []
        for length in range(min(_LONGEST, len(words)), 0, -1):
            for place in range(len(words) - length + 1):
                part = words[place : place + length]
                span = part[0][1], part[-1][2]
                if any(n.start < span[1] and span[0] < n.end for n in found):
                    continue
                things = self._things(tuple(word for word, _, _ in part), text[span[0] : span[1]], place == 0, common)
                if things:
                    best = max(things, key=lambda thing: (thing.mentions, thing.name))
                    found.append(Named(best, *span, firm=_distinct(text[span[0] : span[1]])))
        return sorted(found + list(self._described(text, found)), key=lambda named: named.start)

    def _things(self, key: tuple[str, ...], shown: str, first: bool, common: frozenset[str]) -> list[Thing]:
        capital = shown[:1].isupper() or any(c.isdigit() for c in shown)
        if exact := self.by_words.get(key):
            plain = len(key) == 1 and key[0] in common
            return exact if not plain or (capital and not first) else []
        if not capital or first or len(shown) < 4 or key[0] in common:
            return []
        return self._partly(key) or (self._nearly(key) if len(shown) > 4 else [])

    def _partly(self, key: tuple[str, ...]) -> list[Thing]:
        keys = [k for k in self.partial.get(key[0], ()) if any(k[i : i + len(key)] == key for i in range(len(k)))]
        things = [thing for k in keys for thing in self.by_words[k] if _distinct(thing.name)]
        return things if len({thing.iri for thing in things}) <= 3 else []

    def _nearly(self, key: tuple[str, ...]) -> list[Thing]:
        joined = {" ".join(k): k for k in self.by_words if len(k) == len(key)}
        near = process.extractOne(" ".join(key), joined.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return self.by_words[joined[near[0]]] if near else []

    def _described(self, text: str, taken: list[Named]) -> Iterator[Named]:
        """What "the festival" and the like stand for."""
        for noun, kind in read_rows("kinds.tsv"):
            for match in re.finditer(rf"\b(?:the|this|this year['’]s)\s+{noun}\b", text, re.IGNORECASE):
                things = [t for t in self._every() if kind in t.classes]
                if things and not any(n.start < match.end() and match.start() < n.end for n in taken):
                    best = max(things, key=lambda thing: (_distinct(thing.name), thing.mentions, thing.name))
                    yield Named(best, *match.span(), firm=False)

    def _every(self) -> Iterator[Thing]:
        for things in self.by_words.values():
            yield from things


def words_of(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text for comparing: folded, without possessives, each with its place (code points)."""
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0].casefold()).replace("’", "'")
        if word:
            yield word, match.start(), match.start() + len(_POSSESSIVE.sub("", match[0]))


def _distinct(text: str) -> bool:
    return any(c.isupper() or c.isdigit() for c in text)
