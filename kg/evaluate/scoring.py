"""Scores: tables of facts against gold tables, matched one to one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from kg.evaluate.comparison import ALIKE, Names, likeness, overlap, same_value
from kg.evaluate.gold import GoldSet, Row, Tables

Fit = Callable[[Row, Row, Names], float]
"""How well a found row fits a gold row; 0 where it does not."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the score table: which table it counts and what fits what."""

    title: str
    table: str
    fit: Fit


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome of one measure: pairs (gold, found) that fit, gold rows missed, found rows that fit none."""

    measure: Measure
    pairs: tuple[tuple[Row, Row], ...]
    missed: tuple[Row, ...]
    spurious: tuple[Row, ...]

    @property
    def gold(self) -> int:
        """Rows in the gold table."""
        return len(self.pairs) + len(self.missed)

    @property
    def found(self) -> int:
        """Rows in the found table."""
        return len(self.pairs) + len(self.spurious)

    @property
    def precision(self) -> float:
        """The part of the found rows that is right."""
        return len(self.pairs) / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The part of the gold rows that was found."""
        return len(self.pairs) / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def _name(gold: Row, found: Row, names: Names) -> float:
    return float(names.same(gold["name"], found["name"]))


def _name_and_type(gold: Row, found: Row, names: Names) -> float:
    return _name(gold, found, names) if gold["type"] == found["type"] else 0.0


def _relation(gold: Row, found: Row, names: Names) -> float:
    if gold["relation"] != found["relation"] or not names.same(gold["subject"], found["subject"]):
        return 0.0
    if gold["relation"] == "serves":
        return float(overlap(gold["object"], found["object"]) >= 0.5)
    return float(names.same(gold["object"], found["object"]))


def about(row: Row) -> str:
    """What a measurement is about: its subject and its measure in one phrase."""
    return f"{row['subject']} {row['measure']}"


def _value(gold: Row, found: Row, _: Names) -> float:
    if gold["unit"] != found["unit"] or not same_value(gold["value"], found["value"]):
        return 0.0
    return 0.1 + overlap(about(gold), about(found)) + (gold["comparator"] == found["comparator"])


def same_subject(gold: Row, found: Row, names: Names) -> bool:
    """Whether two measurements are of one subject."""
    return names.same(gold["subject"], found["subject"]) or overlap(gold["subject"], found["subject"]) >= 0.5


def _whole(gold: Row, found: Row, names: Names) -> float:
    if not _value(gold, found, names) or gold["comparator"] != found["comparator"]:
        return 0.0
    shared = overlap(about(gold), about(found))
    return 1 + shared if shared >= 0.5 and same_subject(gold, found, names) else 0.0


def _text(gold: Row, found: Row, _: Names) -> float:
    ratio = likeness(gold["text"], found["text"])
    return ratio if ratio >= ALIKE else 0.0


def _text_and_speaker(gold: Row, found: Row, names: Names) -> float:
    return _text(gold, found, names) if names.same(gold["speaker"], found["speaker"]) else 0.0


MEASURES = (
    Measure("entities (name)", "entities", _name),
    Measure("entities (name and type)", "entities", _name_and_type),
    Measure("relations", "relations", _relation),
    Measure("measurements (value and unit)", "measurements", _value),
    Measure("measurements (whole)", "measurements", _whole),
    Measure("quotations (text)", "quotations", _text),
    Measure("quotations (text and speaker)", "quotations", _text_and_speaker),
)
"""The lines of the score table, in its order."""


def score(gold: GoldSet, found: Tables) -> tuple[Score, ...]:
    """Score tables of facts against a gold set, entry by entry; rows that repeat a fact within an entry count once."""
    mine, theirs = _distinct(gold.tables, gold.names), _distinct(gold.limited(found), gold.names)
    return tuple(_match(m, mine[m.table], theirs[m.table], gold.names) for m in MEASURES)


def _match(measure: Measure, gold: Sequence[Row], found: Sequence[Row], names: Names) -> Score:
    left: dict[str, list[Row]] = {}
    for row in found:
        left.setdefault(row["entry"], []).append(row)
    pairs, missed = [], []
    for row in gold:
        rows = left.get(row["entry"], [])
        fits = [measure.fit(row, other, names) for other in rows]
        best = max(fits, default=0.0)
        if best > 0:
            pairs.append((row, rows.pop(fits.index(best))))
        else:
            missed.append(row)
    unmatched = {id(row) for rows in left.values() for row in rows}
    return Score(measure, tuple(pairs), tuple(missed), tuple(row for row in found if id(row) in unmatched))


def _distinct(tables: Tables, names: Names) -> dict[str, list[Row]]:
    keys: dict[str, Callable[[Row], Hashable]] = {
        "entities": lambda r: (r["entry"], r["type"], names.form(r["name"])),
        "relations": lambda r: (r["entry"], names.form(r["subject"]), r["relation"], names.form(r["object"])),
    }
    return {
        table: list({keys[table](row): row for row in rows}.values()) if table in keys else list(rows)
        for table, rows in tables.items()
    }
