"""Amounts by what gives or sets them: the verb, a scheme "under which" they are paid, a ticket, an object changed."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.extract.measure.clause import forms, noun_phrase, own_subject
from kg.extract.measure.figure import Binding, Figure, Subject
from kg.extract.measure.words import is_in, stems, table
from kg.model import Entity, EntityType

_UNDER = re.compile(r"(?:Under|With|Through|Thanks to|As part of)\s")


def by_verb(figure: Figure) -> str | None:
    """The measure that the verb makes of an amount: what is spent is spending; "$20 more" is an increase in it."""
    verbs = (*forms(figure.verb), *stems(figure.before.split()[-1] if figure.before.split() else ""))
    measure = next((table("money_verbs")[f] for f in verbs if f in table("money_verbs")), None)
    if measure is None:
        return None
    return f"{change_after(figure)}{measure}"


def change_after(figure: Figure) -> str:
    more = re.match(r"\s+(?P<more>more|higher|less|lower|fewer)\b", figure.after)
    return {"more": "increase in ", "higher": "increase in "}.get(more["more"], "decline in ") if more else ""


def ticket(figure: Figure) -> Binding | None:
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
        return Binding(opening, by_verb(figure) or "payment", "measure.under", 0.6)
    for token in reversed(figure.sentence.tokens.doc[start + 1 : figure.tokens[0].i]):
        if token.text in ";":
            return None
        if token.lower_ == "which" and token.nbor(-1).lower_ in ("under", "through", "by"):
            thing = _named_before(figure, token)
            measure = by_verb(figure) or "payment"
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
    if not things or not any(is_in(kind, *forms(things[0])) for kind in ("measure_nouns", "share_nouns")):
        return None
    if not re.search(r"\b(?:from|to|at)\s+(?:[a-z]+\s+){0,3}$", figure.before):
        return None
    subject = own_subject(verb)
    owner = figure.owner(things[0]) or (figure.named(subject) if subject is not None else None)
    return Binding(owner or figure.topic(), noun_phrase(things[0], short=True), "measure.set", 0.65)


def receiver(figure: Figure, head: Token) -> Entity | None:
    """Whom the verb gives it to: X of "awarded X a prize of $5"."""
    if not is_in("giving", *forms(head.head)):
        return None
    given = (
        c for c in head.head.children if c.dep_ in ("iobj", "obj", "nsubj:pass") and c.i != head.i and c.i < head.i
    )
    return next((e for c in given if (e := figure.mention_at(c)) is not None), None)


def put_at(figure: Figure) -> Binding | None:
    """ "the hosts put attendance at 300": the object is the measure, and not the hosts' own."""
    verb = figure.verb
    if not re.search(r"\bat\s+(?:[a-z]+\s+){0,2}$", figure.before) or not is_in("estimating", *forms(verb)):
        return None
    thing = next((c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < figure.tokens[0].i), None)
    if thing is None or thing.pos_ != "NOUN":
        return None
    owner = figure.owner(thing) or figure.topic(EntityType.EVENT)
    return Binding(owner, noun_phrase(thing, short=True), "measure.put-at", 0.65)
