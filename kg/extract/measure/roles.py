"""Who does what around a figure: the actor of its clause, what is acted on, joined, where and at which event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Token

from kg.extract.measure.clause import clause_of, forms, noun_phrase, objects_of, subject_of
from kg.extract.measure.figure import UNKNOWN, Figure, Subject
from kg.extract.measure.words import is_in
from kg.model import Entity, EntityType, Mention

OWNERS = (EntityType.EVENT, EntityType.INITIATIVE, EntityType.PLATFORM, EntityType.PRODUCT_CATEGORY, EntityType.BRAND,
           EntityType.ORGANIZATION, EntityType.TECHNOLOGY)  # fmt: skip
_OTHER_YEAR = re.compile(r"\b(?:last|previous|prior|earlier|past)\b", re.IGNORECASE)
_MINOR_KINDS = frozenset({"PressEvent", "Gala", "SalesWindow", "PreSale"})
_NO_TARGET = frozenset({"part", "year", "month", "week", "day", "time", "person", "today"})
_NOT_VERB = frozenset({"AUX", "ADV", "PART", "PUNCT"})


def actor(figure: Figure, verb: Token, types: Sequence[EntityType]) -> Subject | None:
    """Who acts: the entity of the subject, of its apposition or of the name that ends right before the verb."""
    subject = subject_of(verb)
    if subject is None or subject.pos_ == "VERB":
        before = _name_before(figure, verb)
        return before.entity if before is not None and before.entity.type in types else None
    if _OTHER_YEAR.search(" ".join(c.text for c in subject.subtree if c.i <= subject.i)):
        return noun_phrase(subject, short=True)
    entity = figure.mention_at(subject) or _apposed(figure, subject)
    if entity is not None:
        return entity if entity.type in types or entity.type is EntityType.PERSON else None
    if subject.pos_ == "PRON" or is_in("generic", *forms(subject)) or is_in("participants", *forms(subject)):
        return None
    owner = next((c for c in subject.children if c.dep_ == "nmod:poss"), None)
    owned = figure.mention_at(owner) if owner is not None else None
    return owned if owned is not None and owned.type in types else noun_phrase(subject)


def _apposed(figure: Figure, subject: Token) -> Entity | None:
    """ "X's channel, Name, will": the name apposed to the subject."""
    for child in subject.children:
        if child.dep_ in ("appos", "flat", "nmod:desc", "compound") and child.i > subject.i:
            entity = figure.mention_at(child)
            if entity is not None:
                return entity
    return None


def _name_before(figure: Figure, verb: Token) -> Mention | None:
    """The mention that ends right before the verb and its auxiliaries, if no preposition governs it."""
    doc, i = verb.doc, verb.i - 1
    while i > figure.sentence.tokens.start and doc[i].pos_ in _NOT_VERB:
        i -= 1
    place = figure.span(doc[i])
    mention = next((m for m in figure.mentions if m.evidence.span.covers(place)), None)
    if mention is None:
        return None
    first = next(t for t in figure.sentence.tokens if figure.span(t).end > mention.evidence.span.start)
    before = doc[first.i - 1] if first.i > figure.sentence.tokens.start else None
    return mention if before is None or before.pos_ != "ADP" else None


def festival(figure: Figure) -> Subject:
    """The event that "the event" or an unnamed occasion means: one of the sentence that is no part of another, else the
    text's topic."""
    here = [m.entity for m in figure.mentions if m.entity.type is EntityType.EVENT]
    before = [e for e in figure.topics if e.type is EntityType.EVENT]
    major = [e for e in (*here, *before) if e.kind == "Festival"]
    others = [e for e in (*here, *before) if e.kind not in _MINOR_KINDS]
    return next(iter((*major, *others)), None) or UNKNOWN


def event_here(figure: Figure) -> Entity | None:
    """The event that the sentence places the figure at, the nearest after the figure first."""
    start = figure.sentence.offset + figure.quantity.core.start
    events = [m for m in figure.mentions if m.entity.type is EntityType.EVENT]
    events.sort(key=lambda m: (m.entity.kind in _MINOR_KINDS, m.evidence.span.start < start,
                               abs(m.evidence.span.start - start)))  # fmt: skip
    return events[0].entity if events else None


def joined(figure: Figure, noun: Token) -> Subject | None:
    """What the counted things take part in: "30 brands have joined the green aisle", "shops participating in X"."""
    verb = _joining_verb(figure, noun)
    if verb is None:
        return None
    for target in _targets(verb):
        if target.i in {t.i for t in figure.tokens} or target.lemma_ in _NO_TARGET:
            continue
        entity = figure.mention_at(target)
        if entity is not None and entity.type is not EntityType.PLACE:
            return entity
        if is_in("occasion_nouns", *forms(target)):
            return figure.occasion() or noun_phrase(target, short=True)
        if is_in("event_nouns", *forms(target)) or target.pos_ == "PRON":
            event = festival(figure)
            return noun_phrase(target, short=True) if event == UNKNOWN and target.pos_ == "NOUN" else event
        if entity is None and target.pos_ == "NOUN" and target.ent_type_ != "DATE" and target.lemma_ != "time":
            return noun_phrase(target, short=True)
    return festival(figure)


def _joining_verb(figure: Figure, noun: Token) -> Token | None:
    doc = noun.doc
    chain: list[Token] = [noun.head, *(c for c in noun.children if c.dep_.startswith("acl")), *(noun.head.children)]
    following = doc[noun.i + 1 : min(noun.i + 5, figure.sentence.tokens.end)]
    chain.extend(takewhile(lambda t: not t.is_punct, following))
    for token in chain:
        if token.pos_ in ("VERB", "NOUN") and is_in("joining", *forms(token)) and token.i > noun.i:
            taking = "take" in forms(token)
            if not taking or any(t.lower_ == "part" for t in doc[token.i + 1 : token.i + 3]):
                return token
    return None


def _targets(verb: Token) -> Iterator[Token]:
    """Objects and obliques after the verb, in order; the parse may hang them on "part"."""
    own = [c for c in verb.children if c.i > verb.i]
    nested = [g for c in own if c.lower_ == "part" for g in c.children]
    for token in sorted((*own, *nested), key=lambda t: t.i):
        relative = any(t.lower_ in ("which", "whom") for t in token.subtree)
        if token.dep_.split(":")[0] in ("obj", "obl", "nmod") and not relative and not _timed(token):
            yield token


def _timed(token: Token) -> bool:
    return any(
        c.dep_ == "case" and c.lower_ in ("during", "for", "since", "after", "before", "including", "with", "by")
        for c in token.children
    )


def venue(figure: Figure, verb: Token, types: Sequence[EntityType]) -> Entity | None:
    """Where the act happens: an entity after "on", "at", "through" behind the verb."""
    doc = verb.doc
    for mention in figure.mentions:
        if mention.entity.type not in types:
            continue
        token = next((t for t in figure.sentence.tokens if figure.span(t).start >= mention.evidence.span.start), None)
        if token is None or token.i <= verb.i:
            continue
        i = token.i - 1
        while i > verb.i and doc[i].pos_ in ("DET", "ADJ"):
            i -= 1
        if is_in("venue", doc[i].lower_):
            return mention.entity
    return None


def object_of(figure: Figure, verb: Token, types: Sequence[EntityType]) -> Subject | None:
    """What is acted on: the object's entity, else its noun phrase."""
    own = {t.i for t in figure.tokens}
    targets = [
        _content(o)
        for o in sorted(objects_of(verb), key=lambda o: (o.dep_ != "obj", o.i))
        if o.i not in own and o.i > verb.i and not _counted(figure, o)
    ]
    for target in targets:
        if any(c.lower_ == "according" for c in target.children):
            continue
        found = [e for e in (figure.mention_at(target), *figure.mentions_in(target)) if e and e.type in types]
        if found:
            return min(found, key=lambda e: e.type is EntityType.ORGANIZATION)
    thing = next((t for t in targets if t.dep_ == "obj"), None)
    return figure.named(thing) if thing is not None and thing.pos_ in ("NOUN", "PROPN") else None


def _content(target: Token) -> Token:
    """The noun that a light verb's object only leads to: X of "make use of X"."""
    if target.lemma_ not in ("use", "advantage", "note", "charge"):
        return target
    return next((c for c in target.children if c.dep_ == "nmod"), target)


def _counted(figure: Figure, target: Token) -> bool:
    """Whether another figure of the sentence stands in the phrase."""
    return any(q.core.start <= t.idx < q.core.end for q in figure.siblings for t in target.subtree)


def watched(figure: Figure, noun: Token) -> Subject | None:
    """The occasion that counted people watch or come to, where the sentence or the one before names it."""
    verb = clause_of(noun)
    seen = is_in("watching", *forms(verb)) and is_in("people_nouns", *forms(noun)) and noun.i < verb.i
    if not seen and not is_in("audience", *forms(noun)):
        return None
    subject = subject_of(verb)
    if subject is not None and subject.i not in {t.i for t in noun.subtree} and subject.i < noun.i:
        entity = figure.mention_at(subject)
        if entity is not None and entity.type in OWNERS:
            return entity
    events = [m.entity for m in figure.mentions if m.entity.type is EntityType.EVENT]
    if events:
        return events[-1]
    return next((e for e in figure.topics[:8] if e.type is EntityType.EVENT), None) if noun.i != verb.i else None
