"""Marked sentences for relation tests: ``[name|Type]``, ``[name|Type:Kind]``, and ``|S`` or ``|O`` for the two ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.annotate.pipeline import annotate
from kg.annotate.sentence import Sentence
from kg.model import Block, BlockKind, Document, Entity, EntityType, Entry, Evidence, Mention, Span

_MARK = re.compile(r"\[([^|\]]+)\|(\w+)(?::(\w+))?(?:\|([SO]))?\]")


@dataclass(frozen=True)
class MarkedText:
    """A parsed text, its mentions, and the names of the two things that the example is about (empty if unmarked)."""

    sentences: list[Sentence]
    mentions: list[Mention]
    subject: str
    object: str


def read_marked(marked: str) -> MarkedText:
    """Parse a marked text as one paragraph of an entry of 3 May 2030."""
    text, last, ends = "", 0, {"S": "", "O": ""}
    names: list[tuple[Entity, Span]] = []
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        if mark[2] != "Phrase":
            names.append(
                (Entity(EntityType(mark[2]), mark[1], kind=mark[3]), Span(len(text), len(text) + len(mark[1])))
            )
        if mark[4]:
            ends[mark[4]] = mark[1]
        text, last = text + mark[1], mark.end()
    text += marked[last:]
    whole = Span(0, len(text))
    entry = Entry("2030-05-03", whole, (Block(BlockKind.PARAGRAPH, whole),), day=date(2030, 5, 3))
    sentences = annotate(Document("made-up", text, "0" * 64, "0" * 64, "article", (entry,)))
    mentions = [
        Mention(entity, Evidence(entry.key, s.span, span, _rule(entity), 1.0))
        for entity, span in names
        for s in sentences
        if s.span.covers(span)
    ]
    return MarkedText(sentences, mentions, ends["S"], ends["O"])


def _rule(entity: Entity) -> str:
    return "nominal.marked" if entity.name[0].islower() else "name.marked"
