"""The frequent words that stand for mentions while a sentence is parsed a second time."""

from __future__ import annotations

from collections.abc import Sequence

from kg.annotate.masking import Masks
from kg.annotate.sentence import Sentence
from kg.model import EntityType, Mention, Span

_NAMES = {
    EntityType.PLATFORM: "Google", EntityType.BRAND: "Google", EntityType.ORGANIZATION: "Google",
    EntityType.PERSON: "John", EntityType.EVENT: "Christmas", EntityType.INITIATIVE: "Medicare",
    EntityType.PLACE: "London", EntityType.PRODUCT_CATEGORY: "Windows", EntityType.TECHNOLOGY: "Windows",
    EntityType.CERTIFICATION: "Windows",
}  # fmt: skip
_NOUNS = {EntityType.EVENT: "event", EntityType.INITIATIVE: "program"}
_PLAIN = frozenset({EntityType.PRODUCT_CATEGORY, EntityType.TECHNOLOGY, EntityType.CERTIFICATION})
"""Types whose descriptions are common nouns that the parser knows."""


def masks_of(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Masks]:
    """For each sentence the words that mask its names and descriptions; references such as "it" stay as they are."""
    by_passage: dict[Span, dict[Span, str]] = {}
    for mention in mentions:
        plain = mention.entity.type in _PLAIN and mention.evidence.rule.startswith("nominal.")
        if not plain and not mention.evidence.rule.startswith("reference."):
            masks = by_passage.setdefault(mention.evidence.passage, {})
            masks.setdefault(mention.evidence.span, "")
    words = {m.evidence.span: _word(m) for m in mentions}
    return [{span: words[span] for span in by_passage.get(s.span, {}) if not s.is_headline} for s in sentences]


def _word(mention: Mention) -> str:
    described = mention.evidence.rule.startswith("nominal.")
    kind = mention.entity.type
    return _NOUNS[kind] if described and kind in _NOUNS else _NAMES[kind]
