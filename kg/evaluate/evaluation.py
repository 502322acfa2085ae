"""Evaluations: pairs of a gold set and a source, scored; and means over several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from statistics import fmean

from kg.evaluate.extraction import Extraction, ExtractionOptions, extract_source
from kg.evaluate.gold import TEXT, GoldSet, gold_sets_in, read_gold
from kg.evaluate.scoring import MEASURES, Measure, Score, score

Pair = tuple[Path, str]
"""A gold set's folder and the source that it is about."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one gold set, in the order of :data:`kg.evaluate.scoring.MEASURES`; what they were computed of."""

    gold: GoldSet
    extraction: Extraction
    scores: tuple[Score, ...]

    @property
    def name(self) -> str:
        """The gold set's name."""
        return self.gold.name

    def of(self, measure: Measure) -> Score:
        """The score by one measure."""
        return self.scores[MEASURES.index(measure)]


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of one measure over the sets whose gold tables have rows for it."""

    precision: float
    recall: float
    f1: float
    gold: int
    found: int
    sets: int


def evaluate(
    pairs: Iterable[Pair],
    options: ExtractionOptions | None = None,
    *,
    entries: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Evaluation]:
    """Score the extraction of each source against its gold set.

    ``entries`` is a file that lists the entries to count; without it a gold set's own ``entries.txt`` does, if any.

    Raises:
        UsageError: a folder is no gold set; an option's value is wrong.
        SourceError: a file or a source cannot be read.
    """
    read = [(read_gold(folder, entries), source) for folder, source in pairs]
    done = []
    for gold, source in read:
        progress(f"evaluating {gold.name}")
        extraction = extract_source(source, options or ExtractionOptions())
        done.append(Evaluation(gold, extraction, score(gold, extraction.tables)))
    return done


def pairs_in(folder: Path) -> list[Pair]:
    """The gold sets in a folder that have their ``text.txt`` beside them, with it.

    Raises:
        UsageError: there is none.
    """
    return [(path, str(path / TEXT)) for path in gold_sets_in(folder)]


def split_blind(evaluations: Sequence[Evaluation], blind: str) -> tuple[list[Evaluation], list[Evaluation]]:
    """Those to show, and those whose names match a pattern (``unseen-*``) and of which only the mean is shown."""
    hidden = [e for e in evaluations if fnmatch(e.name, blind)]
    return [e for e in evaluations if e not in hidden], hidden


def mean(evaluations: Iterable[Evaluation], measure: Measure) -> Mean | None:
    """The mean of the sets that have gold rows for a measure; None where none has."""
    scores = [s for e in evaluations if (s := e.of(measure)).gold]
    if not scores:
        return None
    return Mean(
        fmean(s.precision for s in scores),
        fmean(s.recall for s in scores),
        fmean(s.f1 for s in scores),
        sum(s.gold for s in scores),
        sum(s.found for s in scores),
        len(scores),
    )
