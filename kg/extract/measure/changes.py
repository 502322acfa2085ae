"""Rules for figures of percent and times that say a change: growth, decline, discounts, "twice as many"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from kg.extract.measure.amounts import bind_money
from kg.extract.measure.clause import forms, noun_phrase, own_subject, phrase_head, subject_of
from kg.extract.measure.constructions import as_many, bracketed, changed_object, noun_in, small_clause
from kg.extract.measure.counts import bind_count, counted_before
from kg.extract.measure.direction import changed
from kg.extract.measure.figure import ACTORS, Binding, Figure, Subject
from kg.extract.measure.physical import bind_physical
from kg.extract.measure.schemes import granted, set_object
from kg.extract.measure.shares import of_which, predicated, share_noun, share_of
from kg.extract.measure.words import is_in, stems, table
from kg.extract.units import QuantityKind
from kg.model import EntityType

_REPORTING = frozenset({"say", "report", "announce", "tell", "note", "add"})
_OFF = re.compile(r"\s+(?:off|discounts?|rebates?|price cuts?)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:where|whose)\s+(?:\w+\s+){1,4}(?:by\s+)?(?:\w+\s+){0,2}$")
_FOLLOWING = re.compile(
    r"(?:[a-z]+,|\()\s+(?:or\s+|(?P<change>(?:an?\s+)?(?:up|down|rise|increase|growth|decline|drop)\s+(?:by\s+|of\s+)?))?$"
)
_COMPARED = re.compile(r"\s+(?:more|less|fewer|higher|lower|up|down)\b")
_GAPPED = re.compile(
    r"(?:[;,]|\band)\s+(?:and\s+)?(?:those of\s+|that of\s+)?(?P<what>(?:[\w’'-]+\s+){0,3}?[\w’'-]+)"
    r"(?:,|['’]s|\s+by|\s+(?P<side>up|down))\s+(?:by\s+)?$"
)
_PREPOSITION = re.compile(r"^(?:(?:with|while|and|but|as|the|its|their)\s+)+", re.IGNORECASE)
_TIMES_WHAT = re.compile(
    r"\s+(?:last year[’']s|the previous year[’']s|the year-ago)\s+(?P<what>[a-z]+(?:\s[a-z]+)?)(?=[.,;]|\s|$)"
)
_TO = re.compile(r"(?<!\d )(?<!% )(?<!up )(?<!percent )\bto\s+$")
_LEVEL = re.compile(r"^(?:growth|decline|reduction) in\s+(?=\S)")
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET"})


def bind_change(figure: Figure) -> Binding | None:
    """What a percentage or a multiple measures."""
    if figure.quantity.unit == "percent" and (granted := _granted(figure)) is not None:
        return granted
    for rule in _RULES:
        if binding := rule(figure):
            return replace(binding, measure=_LEVEL.sub("", binding.measure)) if _is_level(figure) else binding
    if (noun := counted_before(figure)) is not None:
        things = noun_phrase(noun, short=True)
        return Binding(things, f"share of {things}", "measure.percent-of-count", 0.5)
    return Binding(figure.topic(), "share", "measure.percent", 0.4)


def _granted(figure: Figure) -> Binding | None:
    """ "a scheme under which buyers get 5 percent back": the scheme is what the percentage is of."""
    found = granted(figure)
    if found is None:
        return set_object(figure)
    if changed(figure):
        return None
    match = re.match(r"\s+(?:of\s+(?:the\s+)?(?P<what>[\w\s]+?)|(?P<off>off|back|less))(?=[,.;]|$)", figure.after)
    measure = "share" if match is None or not match["what"] else f"share of {match['what']}"
    return Binding(found.subject, "discount" if match and match["off"] else measure, "measure.under-which", 0.6)


def _is_level(figure: Figure) -> bool:
    """Whether the percentage is where a change ends ("dropped to 56 percent"), not how large it is."""
    return figure.quantity.unit == "percent" and _TO.search(figure.before) is not None


def _share_unchanged(figure: Figure) -> Binding | None:
    if changed(figure) and not figure.before.strip().endswith("for"):
        return None
    return share_of(figure)


def _discount(figure: Figure) -> Binding | None:
    match = _OFF.match(figure.after)
    if (
        match
        and "off" in match[0]
        and any(c.dep_ == "cop" for c in (*figure.anchor.children, *figure.anchor.head.children))
    ):
        return None
    return Binding(figure.topic(*ACTORS, EntityType.EVENT), "discount", "measure.discount", 0.6) if match else None


def _gapped(figure: Figure) -> Binding | None:
    """ "toys rose 35%; books, 20%; and pens, 5%": the thing named right before a figure that leaves the verb out."""
    match = _GAPPED.search(figure.before)
    earlier = [
        q for q in figure.siblings if q.unit == figure.quantity.unit and q.core.end <= figure.quantity.core.start
    ]
    if (
        match is None
        or not earlier
        or match["what"].split()[0].casefold() in ("where", "which", "who", "that", "whose")
    ):
        return None
    others = tuple(q for q in figure.siblings if q is not earlier[-1])
    model = bind_change(replace(figure, quantity=earlier[-1], siblings=(*others, figure.quantity)))
    token = figure.sentence.tokens.doc[figure.tokens[0].i - 1]
    while token.i > figure.sentence.tokens.start and token.pos_ not in ("NOUN", "PROPN"):
        token = token.doc[token.i - 1]
    if model is None or token.ent_type_ == "DATE":
        return None
    what = _PREPOSITION.sub("", match["what"].strip())
    owner = figure.mention_at(token) or what
    if match["side"]:
        direction = "growth in" if match["side"] == "up" else "decline in"
        return Binding(owner, f"{direction} {what}", "measure.gapped", 0.6)
    head = model.measure.split(" in ", 1)[0]
    whole = isinstance(owner, str) and is_in("measure_nouns", *owner.split()[-1:], *stems(owner.split()[-1]))
    return Binding(
        owner, f"{head} in {owner}" if whole and " in " in model.measure else model.measure, "measure.gapped", 0.6
    )


def _after_amount(figure: Figure) -> Binding | None:
    """ "$5 billion, up 12%": the change of the amount that the same clause has just named."""
    change = changed(figure)
    amounts = [q for q in figure.siblings if q.kind in _AMOUNTS and q.core.end <= figure.quantity.core.start]
    if change is None or not amounts:
        return None
    between = [t for t in figure.sentence.tokens if amounts[-1].core.end <= t.idx < figure.quantity.core.start]
    if any(t.pos_ in ("VERB", "AUX") and t.lemma_ not in _REPORTING and own_subject(t) is not None for t in between):
        return None
    others = tuple(q for q in figure.siblings if q is not amounts[-1])
    follows = _FOLLOWING.search(figure.text[: figure.quantity.span.start])
    if amounts[-1].kind is QuantityKind.COUNT and not (
        follows and (follows["change"] or _COMPARED.match(figure.after))
    ):
        return None
    amount = _BINDERS[amounts[-1].kind](replace(figure, quantity=amounts[-1], siblings=(*others, figure.quantity)))
    if amount is None:
        return None
    return Binding(amount.subject, f"{change} {amount.measure}", "measure.growth-of-amount", 0.7)


def _growth_noun(figure: Figure) -> Binding | None:
    """ "the compound annual growth in X was 35%", "a 47.1% increase", "the gain of 7.7%"."""
    noun = figure.noun if figure.noun is not None and is_in("up_nouns", *forms(figure.noun)) else None
    subject = own_subject(figure.verb)
    if noun is None and subject is not None and is_in("up_nouns", *forms(subject)):
        inside = {t.i for t in figure.tokens}
        owner = next((c for c in subject.children if c.dep_ == "nmod" and c.i not in inside), None)
        if owner is None:
            return Binding(figure.topic(EntityType.EVENT), "growth in sales", "measure.growth", 0.6)
        return Binding(
            noun_phrase(owner), f"{noun_phrase(subject, short=True)} in {owner.text}", "measure.growth", 0.75
        )
    return None


def _growth(figure: Figure) -> Binding | None:
    change = changed(figure)
    if change is None:
        return None
    if (placed := _where(figure, change)) is not None:
        return placed
    subject = _subject_before(figure)
    if subject is not None and (times := _TIMES_WHAT.match(figure.after)):
        return Binding(figure.named(subject) or figure.topic(), f"growth in {times['what']}", "measure.growth", 0.6)
    if subject is None or subject.i in {t.i for t in figure.tokens}:
        return Binding(figure.topic(EntityType.EVENT, *ACTORS), f"{change} sales", "measure.growth", 0.4)
    return _changed_subject(figure, change, subject)


def _where(figure: Figure, change: str) -> Binding | None:
    """ "Portugal, where sales rose by 5%": the place or thing is what the measure is of."""
    match = _RELATIVE.search(figure.before)
    subject = own_subject(figure.verb)
    if match is None or subject is None or not is_in("measure_nouns", *forms(subject)):
        return None
    where = next(
        (t for t in reversed(figure.sentence.tokens) if t.i < subject.i and t.lower_ in ("where", "whose")), None
    )
    before = where.nbor(-1) if where is not None and where.i > figure.sentence.tokens.start else None
    if before is None:
        return None
    noun = before.nbor(-1) if before.text == "," else before
    named = figure.mention_at(noun) or noun_phrase(noun, short=True)
    return Binding(named, f"{change} {noun_phrase(subject, short=True)}", "measure.growth-where", 0.65)


def _subject_before(figure: Figure) -> Token | None:
    """The subject of the nearest verb of change before the figure, looked for in the words where the parse has none."""
    start = figure.sentence.tokens.start
    if figure.anchor.pos_ == "VERB" and figure.quantity.unit == "times":
        before = figure.sentence.tokens.doc[start : figure.tokens[0].i]
        return own_subject(figure.anchor) or phrase_head(list(before)) or subject_of(figure.verb)
    for token in reversed(list(figure.sentence.tokens.doc[start : figure.tokens[0].i])):
        if token.text in ",;" and figure.quantity.unit != "times":
            break
        if token.pos_ == "VERB" and (is_in("up", *forms(token)) or is_in("down", *forms(token))):
            subject = own_subject(token)
            if (nearer := _after_and(figure, token)) is not None:
                return nearer
            return subject if subject is not None and subject.i < token.i else _first_noun_before(figure, token)
    return None if figure.verb.lemma_ in _REPORTING else subject_of(figure.verb)


def _after_and(figure: Figure, verb: Token) -> Token | None:
    """The noun of ", and Y rose", where the parse makes X of "X doubled, and Y rose" the subject of both."""
    run = list(takewhile(lambda t: t.pos_ in _NOMINAL, reversed(list(verb.doc[figure.sentence.tokens.start : verb.i]))))
    first = run[-1].i - 2 if run else -1
    if first < figure.sentence.tokens.start or verb.doc[first].text != "," or verb.doc[first + 1].pos_ != "CCONJ":
        return None
    return phrase_head(run[::-1])


def _first_noun_before(figure: Figure, verb: Token) -> Token | None:
    """The first head noun between the last comma and the verb."""
    segment: list[Token] = []
    for token in reversed(list(figure.sentence.tokens.doc[figure.sentence.tokens.start : verb.i])):
        if token.text in (",", ";", "–", "—", "while", "and"):
            break
        segment.append(token)
    heads = [t for t in reversed(segment) if t.pos_ in ("NOUN", "PROPN") and t.dep_ not in ("compound", "nmod:poss")]
    return heads[0] if heads else subject_of(verb)


def _changed_subject(figure: Figure, change: str, subject: Token) -> Binding:
    if subject.pos_ == "PRON" and subject.lower_ in ("those", "that"):
        measured = [t for t in figure.sentence.tokens if t.i < subject.i and is_in("measure_nouns", *forms(t))]
        measure = noun_phrase(measured[-1], short=True) if measured else "sales"
        return Binding(figure.named(subject) or figure.topic(), f"{change} {measure}", "measure.growth", 0.6)
    if not is_in("measure_nouns", *forms(subject)):
        named = figure.named(subject)
        measure = (
            "sales" if named is None or figure.mention_at(subject) is not None else noun_phrase(subject, short=True)
        )
        obj = next(
            (
                c
                for c in figure.verb.children
                if c.dep_ == "obj" and c.pos_ == "NOUN" and c.i != figure.anchor.i and c.i > figure.anchor.i
            ),
            None,
        )
        measure = noun_phrase(obj, short=True) if obj is not None else measure
        spent = next((table("money_verbs")[f] for f in forms(figure.verb) if f in table("money_verbs")), None)
        measure = spent if spent is not None and obj is None else measure
        return Binding(named or figure.topic(), f"{change} {measure}", "measure.growth", 0.6)
    owner: Subject | None
    possessed = any(c.dep_ == "nmod:poss" for c in subject.children)
    if is_in("vague_nouns", *forms(subject)) and not possessed:
        thing = next((c for c in subject.children if c.dep_ == "nmod"), None)
        if thing is not None:
            measure = f"{change} {subject.text} of {noun_phrase(thing, short=True)}"
            return Binding(noun_phrase(thing), measure, "measure.growth", 0.75)
        return Binding(figure.topic(EntityType.EVENT), f"{change} GMV", "measure.growth", 0.6)
    if (owner := figure.owner(subject)) is None:
        clause_subject = figure.first_in([figure.verb], (EntityType.EVENT, *ACTORS), ranked=True)
        owner = clause_subject or figure.topic()
    return Binding(owner, f"{change} {noun_phrase(subject, short=True)}", "measure.growth", 0.75)


_AMOUNTS = (QuantityKind.MONEY, QuantityKind.PHYSICAL, QuantityKind.COUNT)
_BINDERS = {QuantityKind.MONEY: bind_money, QuantityKind.PHYSICAL: bind_physical, QuantityKind.COUNT: bind_count}
_RULES = (
    _discount,
    as_many,
    of_which,
    bracketed,
    noun_in,
    _gapped,
    _after_amount,
    _share_unchanged,
    small_clause,
    changed_object,
    _growth_noun,
    _growth,
    share_noun,
    predicated,
)
"""What a figure may be, the surest first."""
