"""Scores as tables: for reading, as Markdown, as TSV and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.evaluate.evaluation import Evaluation, Mean, mean, split_blind
from kg.evaluate.scoring import MEASURES, Measure, Score

FIGURES = ("precision", "recall", "f1", "gold", "found")
Figures = Callable[[Measure], Score | Mean | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A gold set, or a mean of several, with its figures by measure (None where there are no gold rows)."""

    title: str
    figures: Mapping[str, Score | Mean | None]


def set_lines(evaluations: Sequence[Evaluation], blind: str) -> list[Line]:
    """A line for each set, and means; of sets whose names match ``blind`` (``unseen-*``) only the mean."""
    shown, hidden = split_blind(evaluations, blind)
    lines = [_line(e.name, e.of) for e in shown]
    return [*lines, *_means(shown if len(shown) > 1 else [], hidden)]


def step_lines(steps: Mapping[str, Sequence[Evaluation]], blind: str) -> list[Line]:
    """The means of each step of an ablation."""
    return [
        Line(f"{step}, {line.title}", line.figures)
        for step, evaluations in steps.items()
        for line in _means(*split_blind(evaluations, blind))
    ]


def _means(shown: Sequence[Evaluation], hidden: Sequence[Evaluation]) -> Iterator[Line]:
    for kind, sets in (("seen", shown), ("unseen", hidden)):
        if sets:
            yield _line(f"mean of {len(sets)} {kind}", lambda measure, sets=sets: mean(sets, measure))  # type: ignore[misc]


def _line(title: str, figures: Figures) -> Line:
    by_title = {measure.title: figures(measure) for measure in MEASURES}
    return Line(title, {title: s if s is not None and s.gold else None for title, s in by_title.items()})


def _records(lines: Sequence[Line]) -> Iterator[dict[str, Any]]:
    for line in lines:
        for measure, figures in line.figures.items():
            if figures is not None:
                numbers = {name: getattr(figures, name) for name in FIGURES}
                rounded = {name: round(n, 4) if isinstance(n, float) else n for name, n in numbers.items()}
                yield {"set": line.title, "measure": measure, **rounded}


def to_json(lines: Sequence[Line]) -> str:
    """A list of objects: ``set``, ``measure``, ``precision``, ``recall``, ``f1``, ``gold``, ``found``."""
    return json.dumps(list(_records(lines)), ensure_ascii=False, indent=1) + "\n"


def to_tsv(lines: Sequence[Line]) -> str:
    """The same as tab-separated lines under a header."""
    rows = ["\t".join(("set", "measure", *FIGURES))]
    rows += ["\t".join(map(str, record.values())) for record in _records(lines)]
    return "\n".join(rows) + "\n"


def to_table(lines: Sequence[Line]) -> str:
    """One set: a row for each measure. Several: a row for each set with F1, of relations also precision."""
    return _matrix(lines) if len(lines) > 1 else _single(lines[0])


def _single(line: Line) -> str:
    rows = [f"{line.title:32}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}{'found':>7}"]
    for measure, s in line.figures.items():
        figures = f"{s.precision:10.3f}{s.recall:8.3f}{s.f1:8.3f}{s.gold:7}{s.found:7}" if s else f"{'–':>10}"
        rows.append(f"{measure:32}{figures}")
    return "\n".join(rows) + "\n"


COLUMNS: tuple[tuple[str, str, str], ...] = (
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


def _matrix(lines: Sequence[Line]) -> str:
    width = max(32, *(len(line.title) + 1 for line in lines))
    rows = [f"{'F1 (and precision of relations)':{width}}" + "".join(f"{heading:>7}" for heading, _, _ in COLUMNS)]
    rows += [f"{line.title:{width}}" + "".join(f"{cell:>7}" for cell in _cells(line, "{:.3f}")) for line in lines]
    return "\n".join(rows) + "\n"


def to_markdown(lines: Sequence[Line]) -> str:
    """The table of several sets in Markdown."""
    headings = [f"{title}: {'precision' if figure == 'precision' else 'F1'}" for _, title, figure in COLUMNS]
    rows = [["", *headings], ["---"] * (len(headings) + 1), *([line.title, *_cells(line, "{:.2f}")] for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _cells(line: Line, form: str) -> list[str]:
    cells = [(line.figures[measure], figure) for _, measure, figure in COLUMNS]
    return ["–" if s is None else form.format(getattr(s, figure)) for s, figure in cells]


FORMATS: dict[str, Callable[[Sequence[Line]], str]] = {
    "table": to_table,
    "markdown": to_markdown,
    "tsv": to_tsv,
    "json": to_json,
}
"""The formats that scores are written in."""
