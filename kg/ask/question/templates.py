"""The ways in which each saved query can be asked: its own ``#+ questions`` and ``data/phrasings.tsv``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.annotate.pipeline import load_pipeline
from kg.ask.question.concepts import read_rows
from kg.ask.question.reading import Item, items_in, words_in
from kg.ask.saved import Parameter, SavedQuery
from kg.vocabulary import THEMES

_SLOT = re.compile(r"\{(\w+|\*[\w ]+)\}")
_NAME = re.compile(r"(?<=[a-z,] )(?:the )?(\d[\d.]*|[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*)*(?<!\.)")
_STAND_IN = "Acme"
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+|the end of [A-Z][a-z]+")
_PLACES = {
    "moment": _DAY,
    "since": _DAY,
    "measure": re.compile(r"(?<=How many )\w+|(?<=How much did )\w+"),
    "audience": re.compile(r"(?<=(?:for|.to) )[a-z ]+(?=\?)"),
    "theme": re.compile("|".join(theme.removeprefix("theme-") for theme in THEMES)),
}
"""Where the value of a parameter of a name stands in a question that shows no example of it."""
_PHRASE = re.compile(r"(?<= )the [a-z]+(?: [a-z]+){0,2}(?=\?$)")


@dataclass(frozen=True, slots=True)
class Template:
    """One way to ask a query: the concepts of its words, and the parameters that are given in it."""

    query: SavedQuery
    text: str
    items: tuple[Item, ...]
    slots: frozenset[str]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The query's parameters, those with a slot first, and for each slot ``{*Class}`` one that binds nothing."""
        listed = (
            Parameter(name, "", "iri", classes=tuple(name[1:].split())) for name in sorted(self.slots) if name[0] == "*"
        )
        own = sorted(self.query.parameters, key=lambda parameter: parameter.name not in self.slots)
        return (*listed, *own)


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates, and how much each concept tells one query from another."""

    every: tuple[Template, ...]
    weights: Mapping[str, float]

    def weight(self, item: Item) -> float:
        """What an item counts: much where few queries are asked with its concept."""
        if item.strange or item.optional:
            return _STRANGE if item.strange else _OPTIONAL
        return max(self.weights.get(concept, _UNKNOWN) for concept in item.concepts)


_UNKNOWN, _STRANGE, _LEAST, _OPTIONAL = 3.0, 5.0, 0.6, 0.3


def templates_of(queries: Mapping[str, SavedQuery]) -> Templates:
    """The templates of a catalogue."""
    work = list(_texts(queries))
    nlp = load_pipeline()
    docs = nlp.pipe(_SLOT.sub(_STAND_IN, text) for _, text in work)
    every = []
    for (query, text), doc in zip(work, docs, strict=True):
        slots = frozenset(_SLOT.findall(text))
        items = tuple(item for item in items_in(words_in(doc)) if item.text != _STAND_IN.lower())
        every.append(Template(query, text, items, slots))
    return Templates(tuple(every), _weights(every, len(queries)))


def _texts(queries: Mapping[str, SavedQuery]) -> Iterator[tuple[SavedQuery, str]]:
    for name, phrasing in read_rows("phrasings.tsv"):
        if name in queries:
            yield queries[name], phrasing
    for query in queries.values():
        for question in query.questions:
            yield query, _with_slots(query, question)


def _with_slots(query: SavedQuery, question: str) -> str:
    """A question of a query's header with its examples and other names as places of parameters."""
    for parameter in query.parameters:
        if parameter.example and parameter.example in question:
            question = question.replace(parameter.example, f"{{{parameter.name}}}", 1)
    for name in (p.name for p in query.parameters if p.name in _PLACES and f"{{{p.name}}}" not in question):
        question = _PLACES[name].sub(f"{{{name}}}", question, count=1)
    free = [p.name for p in query.parameters if p.type == "iri" and f"{{{p.name}}}" not in question]
    while free and (match := _NAME.search(question)):
        question = question[: match.start()] + f"{{{free.pop(0)}}}" + question[match.end() :]
    return _PHRASE.sub(f"{{{free[0]}}}", question) if free and len(free) == len(query.parameters) else question


def _weights(templates: list[Template], queries: int) -> dict[str, float]:
    users: dict[str, set[str]] = {}
    for template in templates:
        for item in template.items:
            for concept in item.concepts:
                users.setdefault(concept, set()).add(template.query.name)
    return {concept: max(_LEAST, math.log((queries + 1) / (len(names) + 0.5))) for concept, names in users.items()}
