"""Whose a figure is where its rule only guessed: the clause's own subject."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.measure.clause import forms, noun_phrase, subject_of
from kg.extract.measure.figure import UNKNOWN, Binding, Figure, Subject
from kg.extract.measure.words import is_in
from kg.model import Entity, EntityType

_CENTRES = (
    EntityType.ORGANIZATION,
    EntityType.BRAND,
    EntityType.PLATFORM,
    EntityType.EVENT,
    EntityType.INITIATIVE,
    EntityType.PRODUCT_CATEGORY,
    EntityType.TECHNOLOGY,
)
_OPENING = 5
_RUBBISH = re.compile(
    r"^(?:\W|\d|percent\b|per cent\b|where\b|which\b|who\b|that\b|"
    r"use\b|none\b|some\b|others?\b|crore\b|lakh\b|million\b|billion\b)",
    re.IGNORECASE,
)


def grounded(figure: Figure, binding: Binding) -> Binding:
    """The binding with the clause's own subject, where the rule's is named nowhere in the sentence or is no phrase."""
    if not _is_guess(figure, binding.subject) or _is_of_event(figure, binding):
        return binding
    found = _misread(figure, binding.subject) or _clause_subject(figure)
    if found is None and binding.subject == UNKNOWN:
        found = _opening_subject(figure)
    if found is None and isinstance(binding.subject, str) and re.fullmatch(r"[\d.,\s]+", binding.subject):
        return replace(binding, subject=UNKNOWN)
    return replace(binding, subject=found, rule=f"{binding.rule}-clause") if found is not None else binding


def _is_guess(figure: Figure, subject: Subject) -> bool:
    if isinstance(subject, str):
        return subject == UNKNOWN or _RUBBISH.match(subject) is not None or _misread(figure, subject) is not None
    return all(m.entity != subject for m in figure.mentions)


def _misread(figure: Figure, subject: Subject) -> Entity | None:
    """The name that opens the sentence, where its second verb was taken for a noun ("X began and now ships to")."""
    if not isinstance(subject, str) or " " in subject or not subject.islower():
        return None
    token = next((t for t in figure.sentence.tokens if t.text == subject), None)
    before = token.nbor(-1) if token is not None and token.i > figure.sentence.tokens.start else None
    if before is None or not (before.pos_ == "CCONJ" or before.lower_ in ("now", "also", "then", "still")):
        return None
    first = next(iter(figure.mentions), None)
    opening = first is not None and first.evidence.span.start - figure.sentence.span.start < _OPENING
    return first.entity if first is not None and opening and first.entity.type in _CENTRES else None


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
    if figure.mention_at(subject) is None and (subject.lower_ in ("it", "they") or _is_anaphor(subject)):
        return before(figure, subject)
    if is_in("estimating", *forms(subject.head)) or subject.nbor(1).text in ("’s", "'s", "’", "'"):
        return None
    if own & {t.i for t in subject.subtree} or is_in("occasion_nouns", *forms(subject)):
        return None
    if (entity := figure.mention_at(subject)) is not None and entity.type in _CENTRES:
        return entity
    owner = next((c for c in subject.children if c.dep_ == "nmod:poss"), None)
    if owner is not None and (owned := figure.mention_at(owner)) is not None and owned.type in _CENTRES:
        return owned
    if any(is_in(kind, *forms(subject)) for kind in ("measure_nouns", "people_nouns", "participants", "audience")):
        return None
    if subject.pos_ not in ("NOUN", "PROPN") or subject.ent_type_ in ("PERSON", "GPE", "DATE"):
        return None
    named = figure.named(subject)
    return named if named is not None and not (isinstance(named, str) and _RUBBISH.match(named)) else None


def _opening_subject(figure: Figure) -> Subject | None:
    """The subject of the whole sentence, or the noun that it opens with, before a figure whose clause has none."""
    for token in figure.sentence.tokens:
        if token.i >= figure.tokens[0].i:
            return None
        told = token.dep_.startswith("nsubj") or token.dep_ == "ROOT"
        if told and token.pos_ in ("NOUN", "PROPN") and not _is_counted(figure, token):
            if is_in("people_nouns", *forms(token)) or token.ent_type_ in ("DATE", "GPE"):
                return None
            named = figure.named(token)
            return named if named is not None and not (isinstance(named, str) and _RUBBISH.match(named)) else None
    return None


def _is_anaphor(subject: Token) -> bool:
    """Whether a definite noun without a description of its own stands for something named before: "the firm"."""
    bare = [c for c in subject.children if c.dep_ != "det"]
    return (
        not bare and is_in("anaphors", *forms(subject)) and any(c.lower_ in ("the", "this") for c in subject.children)
    )


def before(figure: Figure, subject: Token) -> Subject | None:
    """The subject of the sentence before, which a pronoun without a known referent goes on about."""
    start = figure.sentence.tokens.start
    if start == 0:
        return None
    earlier = subject_of(subject.doc[start - 1].sent.root)
    if earlier is None or earlier.pos_ not in ("NOUN", "PROPN") or is_in("people_nouns", *forms(earlier)):
        return None
    phrase = noun_phrase(earlier)
    return next((e for e in figure.topics[:6] if e.name in phrase or phrase in e.name), None) or phrase


def _is_counted(figure: Figure, subject: Token) -> bool:
    noun = figure.noun
    if figure.verb.i in {t.i for t in subject.subtree}:
        return False
    return noun is not None and (noun.i == subject.i or noun.i in {t.i for t in subject.subtree})
