"""Ablation: what each part of the extraction brings, from the lexicon alone to the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from kg.evaluate.evaluation import Evaluation, Pair, evaluate
from kg.evaluate.extraction import ExtractionOptions

STEPS = (
    ("lexicon only", frozenset({"tagger", "parser", "masking", "reference"})),
    ("+ tagger", frozenset({"parser", "masking", "reference"})),
    ("+ parser", frozenset({"masking", "reference"})),
    ("+ masked parse", frozenset({"reference"})),
    ("+ reference", frozenset[str]()),
)
"""Each step's name and the parts that are still switched off."""


def ablate(
    pairs: Iterable[Pair],
    options: ExtractionOptions,
    *,
    entries: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, list[Evaluation]]:
    """The evaluations of each step of :data:`STEPS`; what ``options`` switch off stays off in all.

    Raises:
        UsageError, SourceError: as for :func:`kg.evaluate.evaluation.evaluate`.
    """
    every = list(pairs)
    return {
        name: evaluate(
            every, replace(options, without={*options.without, *without}), entries=entries, progress=progress
        )
        for name, without in STEPS
    }
