"""Counting: triples, statements, entities, and how many triples a statement costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from pyoxigraph import Quad

from kg.assemble.terms import TYPE
from kg.vocabulary import ENTITY_CLASSES, EVENT_KINDS, ONTOLOGY, STATEMENT_CLASSES

BUDGET = 12.0
"""Triples that a statement may cost on average, entities and text included."""


_NAMED = frozenset(ONTOLOGY + name for name in (*ENTITY_CLASSES, *EVENT_KINDS))


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of what there is; ``classes`` maps class IRIs to their number of instances."""

    triples: int
    statements: int
    mentions: int
    entities: int
    documents: int
    classes: dict[str, int]

    @property
    def triples_per_statement(self) -> float:
        """Triples for each statement, mentions counted."""
        return round(self.triples / self.statements, 2) if self.statements else 0.0

    @property
    def triples_per_fact(self) -> float:
        """Triples for each relation, measurement or quotation statement, mentions not counted."""
        facts = self.statements - self.mentions
        return round(self.triples / facts, 2) if facts else 0.0

    def to_dict(self) -> dict[str, Any]:
        """All figures, for a report."""
        names = {iri.removeprefix(ONTOLOGY): number for iri, number in sorted(self.classes.items())}
        figures = {"triples_per_statement": self.triples_per_statement, "triples_per_fact": self.triples_per_fact}
        return {**asdict(self), "classes": names, **figures, "budget": BUDGET}


def count(quads: Iterable[Quad]) -> Counts:
    """The counts of some quads, equal triples and equal subjects one after the other.

    An entity or triple that is in two graphs counts once.
    """
    triples = entities = 0
    per_class: Counter[str] = Counter()
    for _, group in groupby(quads, key=lambda quad: quad.subject):
        own = {quad.triple for quad in group}
        kinds = {t.object.value for t in own if t.predicate == TYPE and t.object.value.startswith(ONTOLOGY)}  # type: ignore[union-attr]
        triples += len(own)
        per_class.update(kinds)
        entities += not kinds.isdisjoint(_NAMED)
    return Counts(
        triples=triples,
        statements=sum(per_class[ONTOLOGY + name] for name in STATEMENT_CLASSES),
        mentions=per_class[ONTOLOGY + "Mention"],
        entities=entities,
        documents=per_class[ONTOLOGY + "LiveBlog"] + per_class[ONTOLOGY + "Article"],
        classes=dict(per_class),
    )
