"""Extraction: the facts of a document, each with the characters that it was read from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from kg.annotate.pipeline import annotate
from kg.extract.entities import find_mentions
from kg.extract.lexicon import load_with
from kg.extract.measurements import find_measurements
from kg.extract.quotations import find_quotations
from kg.extract.relate.find import find_relations
from kg.model import Document, Facts

_MASKING = frozenset({"masking", "parser", "tagger"})
"""What must not be switched off for the second parse."""


def extract(
    document: Document,
    *,
    lexicons: Sequence[Path] = (),
    model: str | None = None,
    without: Collection[str] = (),
) -> Facts:
    """Find the entities, relations, measurements and quotations of a document.

    Args:
        lexicons: the user's name lists, which win over the built-in ones.
        model: an installed spaCy pipeline with Universal Dependencies labels instead of the one that ships.
        without: parts to switch off, to measure what they bring: ``tagger`` (with lemmas and the name recogniser),
            ``parser`` (sentences then end at full stops), ``masking`` (the second parse), ``reference``.

    Raises:
        UsageError: a name list or the pipeline cannot be used.
    """
    lexicon = load_with(lexicons)
    sentences = annotate(document, model, without)
    entities, mentions = find_mentions(sentences, lexicon, references="reference" not in without)
    return Facts(
        document,
        tuple(entities),
        tuple(mentions),
        tuple(find_relations(sentences, mentions, model, masking=_MASKING.isdisjoint(without))),
        tuple(find_measurements(sentences, mentions)),
        tuple(find_quotations(document, sentences, mentions)),
        tuple((s.entry.key, s.span) for s in sentences),
    )
