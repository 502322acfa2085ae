"""A mention before it is known which entity it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.sentence import Sentence
from kg.model import EntityType, Evidence, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """Characters that name or describe a thing of ``type``; drafts with equal ``key`` are one entity.

    ``name`` is what this mention would call the entity (empty for a mere reference); ``reason`` says why the key is
    not the mention's own wording (a merge), empty if it is.
    """

    sentence: Sentence
    span: Span
    type: EntityType
    key: str
    name: str
    rule: str
    confidence: float
    kind: str | None = None
    reason: str = ""

    @property
    def evidence(self) -> Evidence:
        """The mention's evidence."""
        return Evidence(self.sentence.entry.key, self.sentence.span, self.span, self.rule, self.confidence)

    @property
    def sentence_text(self) -> str:
        """The mention's own characters."""
        start = self.span.start - self.sentence.offset
        return self.sentence.block_text[start : start + self.span.end - self.span.start]
