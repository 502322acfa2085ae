"""Why a fact was missed or is spurious, decided from the tables and the text: the first cause that applies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.evaluate.comparison import likeness, overlap, same_value
from kg.evaluate.gold import Row
from kg.evaluate.place import Places
from kg.evaluate.scoring import Score, about, same_subject

NO_PASSAGE = "the source has no such entry"
_NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """A row without a partner: ``rows`` are the other side's without one, ``every`` all of the other side's.

    ``entities`` are the other side's entity rows. ``missed`` tells whether the row is from the gold table.
    """

    row: Row
    rows: Sequence[Row]
    every: Sequence[Row]
    entities: Sequence[Row]
    places: Places
    missed: bool

    def same(self, one: str, other: str) -> bool:
        """Whether two names stand for one thing."""
        return self.places.names.same(one, other)

    def here(self, rows: Sequence[Row]) -> list[Row]:
        """Those of some rows that are of this row's entry."""
        return [row for row in rows if row["entry"] == self.row["entry"]]

    def knows(self, name: str) -> bool:
        """Whether the other side has an entity of this name in the entry."""
        return any(self.same(name, row["name"]) for row in self.here(self.entities))


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause in words, and the row of the other side that it points to, if any."""

    words: str
    partner: Row | None = None


Test = Callable[[Case], Cause | None]


def _first(rows: Iterable[Row], words: str) -> Cause | None:
    partner = next(iter(rows), None)
    return None if partner is None else Cause(words, partner)


def _nearest(rows: Iterable[Row], words: str, likeness_of: Callable[[Row], float]) -> Cause | None:
    rated = [(likeness_of(row), row) for row in rows]
    best = max((rating for rating, _ in rated), default=0.0)
    return _first((row for rating, row in rated if rating == best), words) if best >= _NEAR else None


def _no_entry(case: Case) -> Cause | None:
    return Cause(NO_PASSAGE) if case.missed and case.row["entry"] not in case.places.sentences else None


def _other_type(case: Case) -> Cause | None:
    same = (r for r in case.here(case.every) if case.same(case.row["name"], r["name"]))
    return _first(same, "other type" if case.missed else "another type in gold")


def _other_name(case: Case) -> Cause | None:
    rows = [r for r in case.here(case.rows) if r["type"] == case.row["type"]]
    words = "found under another name" if case.missed else "gold has it under another name"
    return _nearest(rows, words, lambda r: overlap(case.row["name"], r["name"]))


def _other_entry_entity(case: Case) -> Cause | None:
    same = (r for r in case.every if r["entry"] != case.row["entry"] and case.same(case.row["name"], r["name"]))
    return _first(same, "found in other entries only" if case.missed else "gold lists it in other entries only")


def _unnamed(case: Case) -> Cause | None:
    named = any(case.places.names_it(s, case.row["name"]) for s in case.places.sentences.get(case.row["entry"], ()))
    return None if named or not case.missed else Cause("entity not found: the entry has no such words")


def _entity_not_found(case: Case) -> Cause:
    return Cause("entity not found though it is named" if case.missed else "not in gold")


def _differs(*columns: str) -> Test:
    """Whether a row of the other side agrees in all of subject, relation and object but these."""

    def test(case: Case) -> Cause | None:
        fits = (r for r in case.here(case.rows) if all(_agrees(case, r, c) == (c not in columns) for c in _ENDS))
        return _first(fits, f"{' and '.join(columns)} differs" if len(columns) == 1 else "both ends differ")

    return test


_ENDS = ("subject", "relation", "object")


def _agrees(case: Case, other: Row, column: str) -> bool:
    mine, theirs = case.row[column], other[column]
    if column == "relation":
        return mine == theirs
    if column == "object" and case.row["relation"] == "serves":
        return overlap(mine, theirs) >= _NEAR
    return case.same(mine, theirs)


def _other_relation(case: Case) -> Cause | None:
    def joins(other: Row) -> bool:
        ends = case.row["subject"], case.row["object"]
        there = other["subject"], other["object"]
        straight = case.same(ends[0], there[0]) and case.same(ends[1], there[1])
        return straight or (case.same(ends[0], there[1]) and case.same(ends[1], there[0]))

    return _first((r for r in case.here(case.rows) if joins(r)), "other relation, or the ends swapped")


def _missing_end(case: Case) -> Cause | None:
    row = case.row
    ends = ("subject",) if row["relation"] in _LITERAL else ("subject", "object")
    lost = [end for end in ends if not case.knows(row[end])]
    side = "as an entity" if case.missed else "among gold's entities"
    return Cause(f"{' and '.join(lost)} not found {side}") if lost else None


_LITERAL = frozenset({"startDate", "endDate", "serves"})


def _relation_not_found(case: Case) -> Cause:
    row = case.row
    if not case.missed:
        return Cause("both ends are in gold, the relation is not")
    if row["relation"] in _LITERAL:
        return Cause("date or audience not found though the subject is")
    subject, target = (case.places.with_mention(row["entry"], row[end]) for end in ("subject", "object"))
    if subject & target:
        return Cause("relation not found though both ends are in the sentence")
    return Cause("relation not found: its ends are in different sentences")


def _same_figure(case: Case, other: Row) -> bool:
    return same_value(case.row["value"], other["value"])


def _figure_part(case: Case) -> Cause | None:
    """Name the columns in which the best row with the same number and unit differs."""
    fits = [r for r in case.here(case.rows) if _same_figure(case, r) and r["unit"] == case.row["unit"]]
    if not fits:
        return None
    partner = min(fits, key=lambda r: len(_figure_differences(case, r)))
    return Cause(f"{' and '.join(_figure_differences(case, partner)) or 'wording'} differs", partner)


def _figure_differences(case: Case, other: Row) -> list[str]:
    row = case.row
    differs = {
        "comparator": row["comparator"] != other["comparator"],
        "subject": not same_subject(row, other, case.places.names),
        "measure": overlap(row["measure"], other["measure"]) < _NEAR and overlap(about(row), about(other)) < _NEAR,
    }
    return [column for column, yes in differs.items() if yes]


def _other_unit(case: Case) -> Cause | None:
    return _first((r for r in case.here(case.rows) if _same_figure(case, r)), "unit differs")


def _other_value(case: Case) -> Cause | None:
    rows = [r for r in case.here(case.rows) if r["unit"] == case.row["unit"]]
    return _nearest(rows, "value differs", lambda r: overlap(about(case.row), about(r)))


def _figure_elsewhere(case: Case) -> Cause | None:
    fits = (r for r in case.every if _same_figure(case, r) and r["unit"] == case.row["unit"])
    return _first(fits, "the same figure is there only once, or in another entry")


def _figure_not_found(case: Case) -> Cause:
    return Cause("number not read" if case.missed else "a number that measures nothing in gold")


def _other_speaker(case: Case) -> Cause | None:
    rows = case.here(case.rows)
    fits = (r for r in rows if likeness(case.row["text"], r["text"]) >= 0.85)
    return _first(fits, "speaker differs")


def _other_text(case: Case) -> Cause | None:
    return _nearest(case.here(case.rows), "text differs", lambda r: overlap(case.row["text"], r["text"]))


def _quotation_not_found(case: Case) -> Cause:
    return Cause("quotation not found" if case.missed else "no quotation in gold")


TESTS: dict[str, tuple[Test, ...]] = {
    "entities": (_no_entry, _other_type, _other_name, _other_entry_entity, _unnamed, _entity_not_found),
    "relations": (
        _no_entry, _differs("object"), _differs("subject"), _other_relation, _missing_end, _relation_not_found,
    ),
    "measurements": (
        _no_entry, _figure_part, _other_unit, _other_value, _figure_elsewhere, _figure_not_found,
    ),
    "quotations": (_no_entry, _other_speaker, _other_text, _quotation_not_found),
}  # fmt: skip
"""For each table the tests in order; the last always gives a cause."""


def cause_of(case: Case, table: str) -> Cause:
    """The first cause that applies to a row without a partner."""
    return next(cause for test in TESTS[table] if (cause := test(case)) is not None)


def cases_of(score: Score, entities: Score, places: Places) -> Iterable[Case]:
    """Every missed and every spurious row of a score, missed ones first; ``entities`` is the score of entities."""
    gold, found = [g for g, _ in score.pairs], [f for _, f in score.pairs]
    known = [*(f for _, f in entities.pairs), *entities.spurious]
    wanted = [*(g for g, _ in entities.pairs), *entities.missed]
    for row in score.missed:
        yield Case(row, score.spurious, [*found, *score.spurious], known, places, True)
    for row in score.spurious:
        yield Case(row, score.missed, [*gold, *score.missed], wanted, places, False)
