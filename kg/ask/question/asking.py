"""Answering a question in English with a saved query."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.pipeline import load_pipeline
from kg.ask.engine import Engine
from kg.ask.question.matching import LEAST_SCORE, Candidate, candidates
from kg.ask.question.names import Names
from kg.ask.question.reading import Reading, read_question
from kg.ask.question.templates import Templates, templates_of
from kg.ask.saved import spoken_queries
from kg.errors import UsageError

LONGEST = 500
"""Code points in a question."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question was taken to mean: ``best`` is None where that cannot be told; ``others`` are the next-best."""

    question: str
    best: Candidate | None
    others: tuple[Candidate, ...]
    strange: tuple[str, ...] = ()


class Asker:
    """Understands questions about one graph; reading its names and the catalogue happens once."""

    def __init__(self, engine: Engine) -> None:
        self.names: Names = Names.of(engine)
        self.templates: Templates = templates_of(spoken_queries())

    def understand(self, question: str) -> Understanding:
        """The saved query and parameters that a question means, and the two next-best.

        Raises:
            UsageError: the question is empty or too long.
        """
        text = " ".join(question.split())
        if not text or len(text) > LONGEST:
            raise UsageError(f"a question has between 1 and {LONGEST} characters, this one {len(text):,}")
        reading = read_question(load_pipeline()(text), self.names)
        ranked = candidates(reading, self.templates)
        best = ranked[0] if ranked else None
        if best is None or best.score < LEAST_SCORE or best.strange or not _says_anything(reading):
            others = tuple(c for c in ranked[:2] if c.score > LEAST_SCORE / 2)
            return Understanding(text, None, others, best.strange if best else ())
        return Understanding(text, best, tuple(ranked[1:3]))


def _says_anything(reading: Reading) -> bool:
    return bool(reading.items or any(filler.firm for filler in reading.fillers))
