"""What part of a graph is wanted: a view, a neighbourhood, a time, types, relations, a confidence."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from kg.errors import UsageError
from kg.vocabulary import ENTITY_CLASSES, RELATIONS


@dataclass(frozen=True, slots=True)
class View:
    """A named part: the entity types an edge must touch (none: all), and what is in it besides entities.

    ``relations`` are the stated ones; ``together`` ties entities that one sentence names; ``sources`` makes documents,
    entries and statements nodes.
    """

    title: str
    types: frozenset[str] = frozenset()
    relations: bool = True
    sources: bool = False
    together: bool = False


TOGETHER = "namedWith"
"""The relation of entities that one sentence names: counted, not stated, so it is in networks and not in the RDF."""

VIEWS = {
    "entities": View("All entities and the relations between them"),
    "people": View("People, and what they are related to", frozenset({"Person"})),
    "brands": View("Brands and platforms, and what they are related to", frozenset({"Brand", "Platform"})),
    "initiatives": View("Initiatives, and what they are related to", frozenset({"Initiative"})),
    "events": View("Events, and what they are related to", frozenset({"Event"})),
    "together": View("All entities, their relations, and which are named in one sentence", together=True),
    "provenance": View("Documents, entries and statements, and what they are about", relations=False, sources=True),
    "all": View("Entities, relations, documents, entries and statements", sources=True),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which statements and nodes a network keeps.

    ``since`` and ``until`` are inclusive: a day (``2021-11-11``, in each entry's own time zone) or a moment
    (``2021-11-11T20:00``, also with an offset). ``around`` is an entity's name, ``hops`` steps in either direction.

    Raises:
        UsageError: a value is not one of those that there are.
    """

    view: str = "entities"
    around: str | None = None
    hops: int = 1
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0
    types: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _known("--view", (self.view,), VIEWS)
        _known("--type", self.types, ENTITY_CLASSES)
        _known("--relation", self.relations, (*RELATIONS, TOGETHER))
        for option, value in (("--since", self.since), ("--until", self.until)):
            if value is not None:
                _moment(option, value)
        if self.hops < 0 or not 0 <= self.min_confidence <= 1:
            raise UsageError("--hops is 0 or more, and --min-confidence lies between 0 and 1")

    @property
    def narrows_statements(self) -> bool:
        """Whether some statements are left out, and with them the entities that only they name."""
        return bool(self.since or self.until or self.min_confidence)

    def holds(self, confidence: float, time: str) -> bool:
        """Whether a statement is sure enough and was reported within the bounds (ISO 8601, or ``""``)."""
        return confidence >= self.min_confidence and self.holds_time(time)

    def holds_time(self, time: str) -> bool:
        """Whether an entry's time (ISO 8601, or ``""``) lies within the bounds; an undated one never does."""
        if not (self.since or self.until):
            return True
        if not time:
            return False
        after = self.since is None or _compare(time, _moment("--since", self.since)) >= 0
        return after and (self.until is None or _compare(time, _moment("--until", self.until)) <= 0)


def _known(option: str, values: Collection[str], known: Collection[str]) -> None:
    for value in values:
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise UsageError(f"{option} {value}: {hint}it is one of {', '.join(known)}")


def _moment(option: str, value: str) -> datetime | date:
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(
            f"{option} {value}: write a day as 2021-11-11 or a moment as 2021-11-11T20:00+08:00"
        ) from error


def _compare(time: str, bound: datetime | date) -> int:
    """-1, 0 or 1 as a time lies before, at or after a bound, at the coarser precision of the two."""
    if not isinstance(bound, datetime) or len(time) == 10:
        day = bound.date() if isinstance(bound, datetime) else bound
        own = date.fromisoformat(time[:10])
        return (own > day) - (own < day)
    moment = datetime.fromisoformat(time)
    if bound.tzinfo is None or moment.tzinfo is None:
        moment, bound = moment.replace(tzinfo=None), bound.replace(tzinfo=None)
    return (moment > bound) - (moment < bound)
