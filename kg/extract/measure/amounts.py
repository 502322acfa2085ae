"""Rules for amounts of money and physical quantities."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.measure.clause import ancestors, forms, noun_phrase, own_subject, subject_of
from kg.extract.measure.figure import ACTORS, Binding, Figure, Subject
from kg.extract.measure.roles import object_of
from kg.extract.measure.words import is_in, stems, table
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
_PER = re.compile(rf"{_CURRENCY_GAP}\)?\s+(?:per|for every|for each|a|an|each|every)\s+(?P<per>(?:second|minute|hour|day|week|month|year|night|person|head|piece)\b|(?:[\w-]+\s+)?[\w-]+)")
_AGAINST = re.compile(
    r"\b(?:against|compared (?:with|to)|versus|vs\.?|from|than|beating|surpassing|exceeding)\s+(?:the\s+)?$"
)
_OTHER_EVENT = re.compile(
    r"(?:\s*\([^)]*\))?\s+(?:in|at|for|during|from|of)\s+(?:the\s+)?(?P<what>(?:[\w’-]+\s+){0,3}?(?P<head>[a-z]+)(?:\s+(?:of|in)\s+\d{4})?)"
    r"(?=[.,;)]|\s*$)"
)
_SUBSTANCE = re.compile(
    r"\s+(?:of\s+)?(?P<what>(?!(?:of|and|or|in|on|at|to|from|for|by|with|per|a|an|the|as|each|every|while|during|than|last|this|were|"
    r"was|is|are|more|less)\b)[A-Za-z][\w-]*(?:\s+(?:emissions?|dioxide|waste|points|power|energy|equivalent|water|paper|plastic))?)"
)
_NOUN_OF = re.compile(r"\b(?P<noun>[a-z]+)\s+of\s+(?:between\s+(?:.{1,30}\s+and\s+)?|some\s+|a\s+)?$")
_REPEATED = re.compile(r"\s*(?:\(\s*(?:or|=|about|around|some|roughly|nearly|approximately)?|,?\s+or)\s*")
_UNDER = re.compile(r"(?:Under|With|Through|Thanks to|As part of)\s")
_GOODS = ("goods", "merchandise", "products", "items")
_DONATE = re.compile(r"\b(?:donat\w+|donation)\b")


def bind_money(figure: Figure) -> Binding | None:
    """What an amount of money measures."""
    if (same := _in_other_currency(figure)) is not None:
        return bind_money(same)
    for rule in (_ticket, granted, set_object, _rebate, _compared, _noun_of, _in_measure, _worth, _measured_subject, _per, _order_value):
        if binding := rule(figure):
            return binding
    subject = subject_of(figure.verb)
    named = figure.named(subject) if subject is not None else None
    if _DONATE.search(figure.sentence.text.casefold()):
        return Binding(figure.topic(EntityType.INITIATIVE), "donation", "measure.donation", 0.5)
    measure = _by_verb(figure)
    if measure is not None:
        return Binding(_spender(figure, named, subject), measure, "measure.money-verb", 0.6)
    owner = _selling(figure, named)
    if not isinstance(owner, Entity) and isinstance(named, str):
        owner = named
    sold = f"{_change_after(figure)}{'GMV' if figure.sentence.is_headline else 'sales'}"
    return Binding(owner, sold, "measure.money", 0.5)


def _in_other_currency(figure: Figure) -> Figure | None:
    """The amount that this one only repeats in brackets, in another currency."""
    for other in figure.siblings:
        gap = figure.text[other.core.end : figure.quantity.span.start]
        if other.kind is figure.quantity.kind and other.unit != figure.quantity.unit and _REPEATED.fullmatch(gap):
            others = tuple(s for s in figure.siblings if s is not other)
            return replace(figure, quantity=other, siblings=(*others, figure.quantity))
    return None


def _by_verb(figure: Figure) -> str | None:
    """The measure that the verb makes of an amount: what is spent is spending; "$20 more" is an increase in it."""
    verbs = (*forms(figure.verb), *stems(figure.before.split()[-1] if figure.before.split() else ""))
    measure = next((table("money_verbs")[f] for f in verbs if f in table("money_verbs")), None)
    if measure is None:
        return None
    return f"{_change_after(figure)}{measure}"


def _change_after(figure: Figure) -> str:
    more = re.match(r"\s+(?P<more>more|higher|less|lower|fewer)\b", figure.after)
    return {"more": "increase in ", "higher": "increase in "}.get(more["more"], "decline in ") if more else ""


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


def _ticket(figure: Figure) -> Binding | None:
    """ "tickets at $5": the price of getting into the occasion."""
    noun = next((t for t in reversed(figure.sentence.tokens) if t.i < figure.tokens[0].i and t.pos_ == "NOUN"
                 and is_in("ticket_nouns", *forms(t))), None)  # fmt: skip
    if noun is None or any(t.text in ";." for t in noun.doc[noun.i : figure.tokens[0].i]):
        return None
    occasion = figure.occasion() or figure.topic(EntityType.EVENT)
    return Binding(occasion, f"{noun.lemma_} price", "measure.ticket", 0.6)


def granted(figure: Figure) -> Binding | None:
    """ "a scheme under which the shop pays $5": the scheme is what the amount is of."""
    start = figure.sentence.tokens.start
    if opening := _opening_scheme(figure):
        return Binding(opening, _by_verb(figure) or "payment", "measure.under", 0.6)
    for token in reversed(figure.sentence.tokens.doc[start + 1 : figure.tokens[0].i]):
        if token.text in ";":
            return None
        if token.lower_ == "which" and token.nbor(-1).lower_ in ("under", "through", "by"):
            thing = _named_before(figure, token)
            measure = _by_verb(figure) or "payment"
            return Binding(thing, measure, "measure.under-which", 0.65) if thing is not None else None
    return None


def _opening_scheme(figure: Figure) -> Entity | None:
    """ "Under the Green Box scheme, buyers get $5 back": the scheme that the sentence begins with."""
    if not _UNDER.match(figure.sentence.text):
        return None
    before = [m for m in figure.mentions if m.entity.type is EntityType.INITIATIVE]
    comma = figure.sentence.text.find(",")
    return next((m.entity for m in before if m.evidence.span.start - figure.sentence.span.start < comma), None)


def _named_before(figure: Figure, token: Token) -> Subject | None:
    """The initiative or platform named last before a token, or the name that stands right before it."""
    place = figure.span(token).start
    kinds = (EntityType.INITIATIVE, EntityType.PLATFORM, EntityType.EVENT)
    found = [m.entity for m in figure.mentions if m.evidence.span.end <= place and m.entity.type in kinds]
    entity = next((e for e in reversed(found) if e.type is EntityType.INITIATIVE), found[-1] if found else None)
    name = re.search(r"(?P<name>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*),\s+$", figure.text[: token.nbor(-1).idx])
    return name["name"] if name is not None and (entity is None or name["name"] not in entity.name) else entity


def set_object(figure: Figure) -> Binding | None:
    """ "cut the price of X from $3 to $2", "lowered its commission to 8 percent": the object is the measure."""
    verb = figure.verb
    if not is_in("setting", *forms(verb)):
        return None
    things = [c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < figure.tokens[0].i]
    if not things or not is_in("measure_nouns", *forms(things[0])):
        return None
    if not re.search(r"\b(?:from|to|at)\s+(?:[a-z]+\s+){0,3}$", figure.before):
        return None
    subject = own_subject(verb)
    owner = figure.owner(things[0]) or (figure.named(subject) if subject is not None else None)
    return Binding(owner or figure.topic(), noun_phrase(things[0], short=True), "measure.set", 0.65)


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
    owner = figure.owner(head) or _receiver(figure, head)
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


def _receiver(figure: Figure, head: Token) -> Entity | None:
    """Whom the verb gives it to: X of "awarded X a prize of $5"."""
    if not is_in("giving", *forms(head.head)):
        return None
    given = (c for c in head.head.children if c.dep_ in ("iobj", "obj", "nsubj:pass") and c.i != head.i and c.i < head.i)
    return next((e for c in given if (e := figure.mention_at(c)) is not None), None)


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


def _used(figure: Figure, verb: Token | None) -> Entity | None:
    """ "shoppers bought X, helping to save 3 tons": X saves it where people in general act."""
    if verb is None or not any(t.dep_ in ("advcl", "xcomp") for t in (verb, verb.head)):
        return None
    main = next((t for t in ancestors(verb) if t.pos_ == "VERB" and own_subject(t) is not None), None)
    found = object_of(figure, main, (EntityType.PRODUCT_CATEGORY, EntityType.INITIATIVE,
                                     EntityType.TECHNOLOGY)) if main is not None else None  # fmt: skip
    return found if isinstance(found, Entity) else None


def _substance(figure: Figure) -> str | None:
    """What a mass or volume is of: the noun phrase after the unit."""
    match = _SUBSTANCE.match(figure.after)
    if match is None:
        return None
    start = figure.quantity.core.end + match.start("what")
    phrase: list[Token] = []
    for token in (t for t in figure.sentence.tokens if t.idx >= start):
        dated = token.ent_type_ == "DATE" or token.lower_ in ("last", "this", "next", "each", "every")
        if dated or token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and not (token.pos_ == "VERB" and token.dep_ == "amod"):
            break
        phrase.append(token)
    nouns = [t for t in phrase if t.pos_ in ("NOUN", "PROPN", "NUM")]
    return figure.text[phrase[0].idx : nouns[-1].idx + len(nouns[-1].text)] if nouns else match["what"]


def bind_physical(figure: Figure) -> Binding | None:
    """What a mass, an energy or a length measures: a reduction where the clause reduces, else the substance itself."""
    chain = [figure.anchor, *ancestors(figure.anchor)]
    verb = next((t for t in chain if is_in("reduce", *forms(t)) or t.lemma_ == "cuts"), None)
    match = _SUBSTANCE.match(figure.after)
    carbon = re.search(
        r"carbon(?:[- ]dioxide)?\s*(?:emissions?|footprints?)?|emissions|footprint", figure.sentence.text
    )
    if verb is not None or re.search(r"\breduction\s+of\s+$", figure.before):
        named_here = _substance(figure) if figure.after.lstrip().startswith("of ") else None
        what = named_here or (carbon[0].strip() if carbon else (match["what"] if match else "amount"))
        subject = subject_of(verb) if verb is not None else None
        if subject is not None and subject.i in {t.i for t in figure.tokens}:
            subject = None
        named = figure.named(subject) if subject is not None else None
        return Binding(
            named or _used(figure, verb) or figure.topic(EntityType.INITIATIVE, EntityType.EVENT),
            f"reduction in {what}",
            "measure.reduction",
            0.7,
        )
    subject = subject_of(figure.verb)
    if subject is not None and is_in("measure_nouns", *forms(subject)) and subject.i < figure.tokens[0].i:
        owner = figure.owner(subject) or figure.topic()
        return Binding(owner, noun_phrase(subject, short=True), "measure.physical", 0.6)
    named = figure.named(subject) if subject is not None and subject.i < figure.tokens[0].i else None
    kind = _KINDS.get(figure.quantity.unit, "amount")
    return Binding(named or figure.topic(*ACTORS), _substance(figure) or kind, "measure.physical", 0.5)


_SELLERS = (EntityType.BRAND, EntityType.PRODUCT_CATEGORY, EntityType.EVENT)
_KINDS = {
    **dict.fromkeys(("m2", "km2", "ha"), "area"),
    **dict.fromkeys(("km", "m", "cm", "mm"), "length"),
    **dict.fromkeys(("kg", "t", "g", "mg"), "weight"),
    **dict.fromkeys(("kW", "MW", "GW"), "capacity"),
    **dict.fromkeys(("L", "mL", "m3"), "volume"),
}
