"""Whose a figure is where its rule only guessed: the clause's own subject."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.measure.clause import forms, subject_of
from kg.extract.measure.figure import UNKNOWN, Binding, Figure, Subject
from kg.extract.measure.words import is_in
from kg.model import EntityType

_CENTRES = (
    EntityType.ORGANIZATION,
    EntityType.BRAND,
    EntityType.PLATFORM,
    EntityType.EVENT,
    EntityType.INITIATIVE,
    EntityType.PRODUCT_CATEGORY,
    EntityType.TECHNOLOGY,
)
_RUBBISH = re.compile(
    r"^(?:\W|\d|percent\b|per cent\b|where\b|which\b|who\b|that\b|use\b|none\b|some\b|others?\b|crore\b|lakh\b|million\b|billion\b)",
    re.IGNORECASE,
)


def grounded(figure: Figure, binding: Binding) -> Binding:
    """The binding with the clause's own subject, where the rule's is named nowhere in the sentence or is no phrase."""
    if not _is_guess(figure, binding.subject) or _is_of_event(figure, binding):
        return binding
    found = _clause_subject(figure)
    return replace(binding, subject=found, rule=f"{binding.rule}-clause") if found is not None else binding


def _is_guess(figure: Figure, subject: Subject) -> bool:
    if isinstance(subject, str):
        return subject == UNKNOWN or _RUBBISH.match(subject) is not None
    return all(m.entity != subject for m in figure.mentions)


def _is_of_event(figure: Figure, binding: Binding) -> bool:
    """Whether a guessed event keeps its figure: the sentence only reports it, or the measure is one of whole sales."""
    if isinstance(binding.subject, str) or binding.subject.type is not EntityType.EVENT:
        return binding.rule in ("measure.delivery-time",)
    verb = figure.verb
    return is_in("estimating", *forms(verb)) or binding.rule in ("measure.delivery-time",)


def _clause_subject(figure: Figure) -> Subject | None:
    subject = subject_of(figure.verb)
    own = {t.i for t in figure.tokens}
    if subject is None or subject.i in own or subject.i > figure.tokens[0].i or _is_counted(figure, subject):
        return None
    if is_in("estimating", *forms(subject.head)) or subject.nbor(1).text in ("’s", "'s", "’", "'"):
        return None
    if own & {t.i for t in subject.subtree} or is_in("occasion_nouns", *forms(subject)):
        return None
    if (entity := figure.mention_at(subject)) is not None and entity.type in _CENTRES:
        return entity
    owner = next((c for c in subject.children if c.dep_ == "nmod:poss"), None)
    if owner is not None and (owned := figure.mention_at(owner)) is not None and owned.type in _CENTRES:
        return owned
    if is_in("measure_nouns", *forms(subject)) or is_in("people_nouns", *forms(subject)):
        return None
    if subject.pos_ not in ("NOUN", "PROPN") or subject.ent_type_ in ("PERSON", "GPE", "DATE"):
        return None
    named = figure.named(subject)
    return named if named is not None and not (isinstance(named, str) and _RUBBISH.match(named)) else None


def _is_counted(figure: Figure, subject: Token) -> bool:
    noun = figure.noun
    return noun is not None and (noun.i == subject.i or noun.i in {t.i for t in subject.subtree})
