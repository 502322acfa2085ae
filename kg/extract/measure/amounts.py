"""Rules for amounts of money and physical quantities."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.measure.clause import ancestors, forms, noun_phrase, own_subject, subject_of
from kg.extract.measure.figure import ACTORS, Binding, Figure, Subject
from kg.extract.measure.schemes import by_verb, change_after, granted, receiver, set_object, ticket
from kg.extract.measure.words import is_in, stems
from kg.model import Entity, EntityType

_CURRENCY_GAP = r"(?:\s*\([^)]*\))?"
_IN_MEASURE = re.compile(
    rf"{_CURRENCY_GAP}\)?\s+(?:in|of)\s+(?:(?:the|its|their|final|total|a)\s+)*(?P<measure>(?:[\w-]+\s+){{0,3}}?"
    r"(?:GMV|gross merchandise (?:value|volume)|gross merchant value|sales|revenues?|"
    r"turnover|pre-?sales|orders|transactions|profit|income|spending))\b",
    re.IGNORECASE,
)
_WORTH = re.compile(
    rf"{_CURRENCY_GAP}\)?\s*(?:-?worth\s+of|of)\s+(?P<what>[^,;.—]+?)(?=\s+(?:from|on|in|during|will|were|was|are|to|for|as|at|by|that)\b|[,;.—]|$)"
)
_OFF = re.compile(rf"{_CURRENCY_GAP}\)?\s+off\b")
_PER = re.compile(
    rf"{_CURRENCY_GAP}\)?\s+(?:per|for every|for each|a|an|each|every)\s+"
    r"(?P<per>(?:second|minute|hour|day|week|month|year|night|person|head|piece)\b"
    r"|(?:[\w-]+\s+)?[\w-]+)"
)
_AGAINST = re.compile(
    r"\b(?:against|compared (?:with|to)|versus|vs\.?|from|than|beating|surpassing|exceeding)\s+(?:the\s+)?$"
)
_OTHER_EVENT = re.compile(
    r"(?:\s*\([^)]*\))?\s+(?:in|at|for|during|from|of)\s+(?:the\s+)?(?P<what>(?:[\w’-]+\s+){0,3}?(?P<head>[a-z]+)(?:\s+(?:of|in)\s+\d{4})?)"
    r"(?=[.,;)]|\s*$)"
)
_NOUN_OF = re.compile(r"\b(?P<noun>[a-z]+)\s+of\s+(?:between\s+(?:.{1,30}\s+and\s+)?|some\s+|a\s+)?$")
_REPEATED = re.compile(r"\s*(?:\(\s*(?:or|=|about|around|some|roughly|nearly|approximately)?|,?\s+or)\s*")
_GOODS = ("goods", "merchandise", "products", "items")
_DONATE = re.compile(r"\b(?:donat\w+|donation)\b")


def bind_money(figure: Figure) -> Binding | None:
    """What an amount of money measures."""
    if (same := _in_other_currency(figure)) is not None:
        return bind_money(same)
    for rule in (
        ticket,
        granted,
        set_object,
        _rebate,
        _compared,
        _noun_of,
        _in_measure,
        _worth,
        _measured_subject,
        _per,
        _order_value,
    ):
        if binding := rule(figure):
            return binding
    subject = subject_of(figure.verb)
    named = figure.named(subject) if subject is not None else None
    if _DONATE.search(figure.sentence.text.casefold()):
        return Binding(figure.topic(EntityType.INITIATIVE), "donation", "measure.donation", 0.5)
    measure = by_verb(figure)
    if measure is not None:
        return Binding(_spender(figure, named, subject), measure, "measure.money-verb", 0.6)
    owner = _selling(figure, named)
    if not isinstance(owner, Entity) and isinstance(named, str):
        owner = named
    sold = f"{change_after(figure)}{'GMV' if figure.sentence.is_headline else 'sales'}"
    return Binding(owner, sold, "measure.money", 0.5)


def _in_other_currency(figure: Figure) -> Figure | None:
    """The amount that this one only repeats in brackets, in another currency."""
    for other in figure.siblings:
        gap = figure.text[other.core.end : figure.quantity.span.start]
        if other.kind is figure.quantity.kind and other.unit != figure.quantity.unit and _REPEATED.fullmatch(gap):
            others = tuple(s for s in figure.siblings if s is not other)
            return replace(figure, quantity=other, siblings=(*others, figure.quantity))
    return None


def _spender(figure: Figure, named: Subject | None, subject: Token | None) -> Subject:
    """Shoppers in general spend at an event; anybody else is the subject."""
    if named is not None and not _is_dateline(figure, subject):
        return named
    event = next((m.entity for m in figure.mentions if m.entity.type is EntityType.EVENT), None)
    if event is not None:
        return event
    return figure.topic(*ACTORS) if subject is None or subject.pos_ == "PRON" else noun_phrase(subject)


def _is_dateline(figure: Figure, subject: Token | None) -> bool:
    """Whether the parse took the place of "LISBON, May 3 (Agency) -" for a subject."""
    return subject is not None and subject.text.isupper() and subject.i - figure.sentence.tokens.start < 3


def _selling(figure: Figure, named: Subject | None) -> Subject:
    """Whose the sales are: a brand's or product's own, else the event's they were made at."""
    if isinstance(named, Entity) and named.type in _SELLERS:
        return named
    taken = isinstance(named, Entity) and named.type is EntityType.ORGANIZATION
    if taken and not is_in("estimating", *forms(figure.verb)) and is_in("earning", *forms(figure.verb)) and named:
        return named
    event = next((m.entity for m in figure.mentions if m.entity.type is EntityType.EVENT), None)
    if event is not None:
        return event
    if isinstance(named, Entity) and named.type is EntityType.PLATFORM:
        return named
    return figure.topic(EntityType.EVENT)


def _rebate(figure: Figure) -> Binding | None:
    if not _OFF.match(figure.after):
        return None
    noun = next((t for t in figure.sentence.tokens if t.lemma_ in ("rebate", "voucher", "discount", "coupon")), None)
    named = noun_phrase(noun, short=True) if noun is not None else None
    return Binding(named or figure.topic(EntityType.INITIATIVE), "rebate", "measure.rebate", 0.7)


def _compared(figure: Figure) -> Binding | None:
    """ "against $3 million in the two-day event of 2029": the other event's amount."""
    match = _OTHER_EVENT.match(figure.after) if _AGAINST.search(figure.before) else None
    if match is None or not is_in("event_nouns", *stems(match["head"]), match["head"]):
        return None
    return Binding(match["what"], "sales", "measure.compared", 0.6)


def _noun_of(figure: Figure) -> Binding | None:
    """ "revenue of $5 million", "an average order of $60": the noun that the amount specifies."""
    match = _NOUN_OF.search(figure.before)
    if match is None or not is_in("measure_nouns", match["noun"], *stems(match["noun"])):
        return None
    head = next(
        (t for t in reversed(figure.sentence.tokens) if t.i < figure.tokens[0].i and t.lower_ == match["noun"]), None
    )
    if head is None:
        return None
    owner = figure.owner(head) or receiver(figure, head)
    verb = head.doc[head.i - 1]
    mistaken = (
        verb.pos_ == "VERB"
        and verb.dep_ == "amod"
        and verb.i - 1 > verb.sent.start
        and verb.doc[verb.i - 1].text == ","
    )
    if mistaken and (posting := own_subject(verb)) is not None:
        return Binding(figure.named(posting) or figure.topic(EntityType.EVENT), head.text, "measure.noun-of", 0.6)
    if owner is None:
        subject = subject_of(figure.verb)
        outside = subject is not None and subject.i < head.i
        owner = figure.named(subject) if outside and subject is not None else None
    return Binding(owner or figure.topic(EntityType.EVENT), noun_phrase(head, short=True), "measure.noun-of", 0.7)


def _in_measure(figure: Figure) -> Binding | None:
    match = _IN_MEASURE.match(figure.after)
    if not match:
        return None
    subject = subject_of(figure.verb)
    named = figure.named(subject) if subject is not None else None
    through = re.search(r"\bthrough (?:the|this|its) (?:channel|platform|app|marketplace)\b", figure.after)
    if through and not isinstance(named, Entity):
        named = figure.topic(EntityType.PLATFORM)
        return Binding(named, match["measure"], "measure.amount", 0.7)
    return Binding(_selling(figure, named), match["measure"], "measure.amount", 0.8)


def _worth(figure: Figure) -> Binding | None:
    match = _WORTH.match(figure.after)
    if not match:
        return None
    what = match["what"].strip()
    bought = any(is_in("buying", *forms(t)) for t in ancestors(figure.anchor))
    if re.match(r"(?:gmv|gross|goods|merchandise|items|products)\b", what, re.IGNORECASE) and len(what.split()) < 7:
        return Binding(_selling(figure, None), "sales" if bought else what, "measure.amount", 0.7)
    start = figure.sentence.offset + figure.quantity.core.end
    inside = (m.entity for m in figure.mentions if start <= m.evidence.span.start < start + match.end())
    entity = next(
        (e for e in inside if e.name.casefold() in what.casefold() or what.casefold() in e.name.casefold()), None
    )
    return Binding(entity or what, "sales" if bought else "value", "measure.worth", 0.7)


def _measured_subject(figure: Figure) -> Binding | None:
    """ "GMV reached X", "sales of Y came to X": the clause's subject names the measure."""
    verb = figure.verb
    subject = _estimated(figure, verb) or own_subject(verb) or subject_of(verb)
    if subject is None or subject.lower_ == "sale" or not is_in("measure_nouns", *forms(subject)):
        return None
    measure = noun_phrase(subject, short=True)
    if is_in("vague_nouns", *forms(subject)):
        measure = "GMV"
    owner = None if subject.lemma_ == "order" else figure.owner(subject)
    if isinstance(owner, Entity) or (owner is not None and measure != "GMV"):
        return Binding(owner, measure, "measure.amount", 0.75)
    return Binding(figure.topic(EntityType.EVENT), measure, "measure.amount", 0.7)


def _estimated(figure: Figure, verb: Token) -> Token | None:
    """The object of "estimated sales at $3 million", which is what the amount measures."""
    if not re.search(r"\b(?:at|to be)\s+$", figure.before):
        return None
    thing = next((c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < figure.tokens[0].i), None)
    return thing if thing is not None and is_in("measure_nouns", *forms(thing)) else None


def _per(figure: Figure) -> Binding | None:
    match = _PER.match(figure.after)
    if not match:
        return None
    verb = figure.verb
    if _DONATE.search(figure.sentence.text.casefold()):
        return Binding(figure.topic(EntityType.INITIATIVE), f"donation per {match['per']}", "measure.per", 0.65)
    noun = {"reimburse": "reimbursement", "refund": "refund", "pay": "payment"}.get(verb.lemma_, "amount")
    return Binding(figure.topic(EntityType.INITIATIVE), f"{noun} per {match['per']}", "measure.per", 0.65)


def _order_value(figure: Figure) -> Binding | None:
    if figure.anchor.head.lemma_ == "donation" or re.match(r"\s+donation\b", figure.after):
        return Binding(figure.topic(EntityType.INITIATIVE), "donation", "measure.donation", 0.6)
    if re.search(r"\bworth\s+$", figure.before):
        head = next((t for t in ancestors(figure.anchor) if t.pos_ == "NOUN"), None)
        return Binding(
            noun_phrase(head, short=True) if head is not None else figure.topic(), "value", "measure.worth", 0.6
        )
    return None


_SELLERS = (EntityType.BRAND, EntityType.PRODUCT_CATEGORY, EntityType.EVENT)
