"""Scores as tables: for reading, as TSV and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kg.evaluate.evaluation import Evaluation, Mean, mean
from kg.evaluate.scoring import MEASURES, Measure, Score

Groups = tuple[Sequence[Evaluation], Sequence[Evaluation]]
"""The sets to show one by one, and those of which only the mean is shown."""
FIGURES = ("precision", "recall", "f1", "gold", "found")
_SHOWN, _BLIND = "mean of these", "mean of unseen sets"


def _records(groups: Groups) -> Iterator[dict[str, Any]]:
    shown, blind = groups
    for measure in MEASURES:
        for evaluation in shown:
            yield _record(evaluation.name, measure, evaluation.of(measure))
        for title, sets in ((_SHOWN, shown if len(shown) > 1 else ()), (_BLIND, blind)):
            average = mean(sets, measure)
            if average is not None:
                yield _record(title, measure, average)


def _record(name: str, measure: Measure, figures: Score | Mean) -> dict[str, Any]:
    numbers = {figure: getattr(figures, figure) for figure in FIGURES}
    rounded = {figure: round(value, 4) if isinstance(value, float) else value for figure, value in numbers.items()}
    return {"set": name, "measure": measure.title, **rounded}


def to_json(groups: Groups) -> str:
    """A list of objects: ``set``, ``measure``, ``precision``, ``recall``, ``f1``, ``gold``, ``found``."""
    return json.dumps(list(_records(groups)), ensure_ascii=False, indent=1) + "\n"


def to_tsv(groups: Groups) -> str:
    """The same as tab-separated lines under a header."""
    lines = ["\t".join(("set", "measure", *FIGURES))]
    lines += ["\t".join(map(str, record.values())) for record in _records(groups)]
    return "\n".join(lines) + "\n"


def to_table(groups: Groups) -> str:
    """One set: a line for each measure. Several: a line for each set with F1, of relations also precision."""
    shown, blind = groups
    return _matrix(shown, blind) if blind or len(shown) > 1 else _single(shown[0])


def _single(evaluation: Evaluation) -> str:
    entries = evaluation.gold.entries
    limit = f" ({len(entries)} entries)" if entries is not None else ""
    lines = [f"{evaluation.name + limit:32}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}{'found':>7}"]
    for s in evaluation.scores:
        figures = f"{s.precision:10.3f}{s.recall:8.3f}{s.f1:8.3f}{s.gold:7}{s.found:7}"
        lines.append(f"{s.measure.title:32}{figures}")
    return "\n".join(lines) + "\n"


_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("name", "entities (name)", "f1"),
    ("+type", "entities (name and type)", "f1"),
    ("relat.", "relations", "f1"),
    ("prec.", "relations", "precision"),
    ("value", "measurements (value and unit)", "f1"),
    ("whole", "measurements (whole)", "f1"),
    ("quote", "quotations (text)", "f1"),
    ("+spkr", "quotations (text and speaker)", "f1"),
)
"""Heading, measure and figure of each column of the table of several sets."""


def _matrix(shown: Sequence[Evaluation], blind: Sequence[Evaluation]) -> str:
    lines = [f"{'F1 (and precision of relations)':32}" + "".join(f"{heading:>7}" for heading, _, _ in _COLUMNS)]
    lines += [_line(e.name, lambda m, e=e: e.of(m) if e.of(m).gold else None) for e in shown]  # type: ignore[misc]
    groups = [(f"{_SHOWN} {len(shown)}", shown), (f"mean of {len(blind)} unseen sets", blind)]
    lines += [_line(title, lambda m, sets=sets: mean(sets, m)) for title, sets in groups if sets]  # type: ignore[misc]
    return "\n".join(lines) + "\n"


def _line(title: str, figures: Callable[[Measure], Score | Mean | None]) -> str:
    by_title = {measure.title: figures(measure) for measure in MEASURES}
    cells = [(by_title[measure], figure) for _, measure, figure in _COLUMNS]
    return f"{title[:31]:32}" + "".join("      –" if s is None else f"{getattr(s, f):7.3f}" for s, f in cells)


FORMATS: dict[str, Callable[[Groups], str]] = {"table": to_table, "tsv": to_tsv, "json": to_json}
"""The formats that scores are written in."""
