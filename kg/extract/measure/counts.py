"""Rules for counts: what is counted, and of whom."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.extract.measure.clause import clause_of, forms, noun_phrase, objects_of, subject_of
from kg.extract.measure.figure import ACTORS, Binding, Figure, Subject
from kg.extract.measure.words import is_in
from kg.model import Entity, EntityType

_OWNERS = (EntityType.EVENT, EntityType.INITIATIVE, EntityType.PLATFORM, EntityType.PRODUCT_CATEGORY, EntityType.BRAND,
           EntityType.ORGANIZATION, EntityType.TECHNOLOGY)  # fmt: skip
_OF_THESE = re.compile(r"\s+of\s+(?:these|those|the|its|their)\s+([a-z]+s)\b")
_JOINING = re.compile(r"\b(?:participat|tak\w+ part|took part|join|attend|tuned? in|tun\w+ in)", re.IGNORECASE)


def bind_count(figure: Figure) -> Binding | None:
    """What is counted, and at, by or of whom."""
    noun = figure.noun
    measure = _measure(figure, noun)
    if figure.quantity.rate:
        return Binding(_rated(figure), f"{measure} per {figure.quantity.rate}", "measure.rate", 0.7)
    subject = _subject(figure, noun if noun is not None else figure.anchor)
    return Binding(subject, measure, "measure.count", 0.7 if noun is not None else 0.5)


def _measure(figure: Figure, noun: Token | None) -> str:
    if noun is None:
        subject = subject_of(figure.verb)
        if match := _OF_THESE.match(figure.after):
            return match[1]
        if figure.quantity.rate and subject is not None:
            return noun_phrase(subject, short=True)
        return _elided(figure)
    phrase = noun_phrase(noun, after=figure.tokens[-1].i, short=True)
    return re.sub(r"^(?:of|a|the)\s+", "", phrase)


def _elided(figure: Figure) -> str:
    """The noun that a bare figure leaves out ("and 30 have joined"): the one counted last before it."""
    nouns = list(figure.sentence.tokens.doc[: figure.tokens[0].i])
    counted = [t for t in nouns if any(c.dep_ == "nummod" for c in t.children) and t.pos_ in ("NOUN", "PROPN")]
    counted = [t for t in counted if not is_in("generic", t.lemma_) or t.lemma_ in ("people", "company", "consumer")]
    if not counted:
        return "number"
    number = max((c.i for c in counted[-1].children if c.dep_ == "nummod"), default=-1)
    return noun_phrase(counted[-1], after=number, short=True)


def _rated(figure: Figure) -> Subject:
    subject = subject_of(figure.verb)
    named = figure.mention_at(subject) if subject is not None else None
    return (
        named
        or figure.first_in(list(figure.sentence.tokens[:1].root.subtree), ACTORS)
        or figure.topic(EntityType.PLATFORM)
    )


def _subject(figure: Figure, noun: Token) -> Subject:
    verb = clause_of(noun)
    event = _event_of(figure)
    subject = subject_of(verb)
    counted_acts = subject is not None and (subject.i == noun.i or noun.i in {t.i for t in subject.subtree})
    entity = figure.mention_at(noun)
    if entity is not None and entity.type in _OWNERS:
        return entity
    if event is not None and (
        is_in("participants", *forms(noun)) or _JOINING.search(figure.sentence.text) or counted_acts
    ):
        joining = is_in("participants", *forms(noun)) or _JOINING.search(figure.sentence.text)
        direct = None if joining else figure.first_in([verb], (EntityType.INITIATIVE, EntityType.PRODUCT_CATEGORY))
        return direct or event
    if counted_acts:
        objects = sorted(objects_of(verb), key=lambda o: (o.dep_ != "obj", o.i))
        return figure.first_in(objects, _OWNERS) or figure.topic()
    if subject is not None:
        named = figure.mention_at(subject)
        if named is not None and named.type in _OWNERS:
            return named
        if found := figure.first_in([subject], _OWNERS):
            return found
    return event or _near(figure)


def _event_of(figure: Figure) -> Entity | None:
    """The event that the sentence places the figure at, the nearest after the figure first."""
    start = figure.sentence.offset + figure.quantity.core.start
    events = [m for m in figure.mentions if m.entity.type is EntityType.EVENT]
    events.sort(key=lambda m: (m.evidence.span.start < start, abs(m.evidence.span.start - start)))
    return events[0].entity if events else None


def _near(figure: Figure) -> Subject:
    start = figure.sentence.offset + figure.quantity.core.start
    before = [m.entity for m in figure.mentions if m.evidence.span.start < start and m.entity.type in _OWNERS]
    return before[-1] if before else figure.topic()
