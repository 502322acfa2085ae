"""Rules for figures of percent and times that say a change: growth, decline, discounts, "twice as many"."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.measure.amounts import bind_money
from kg.extract.measure.clause import ancestors, forms, noun_phrase, own_subject, phrase_head, subject_of
from kg.extract.measure.figure import ACTORS, Binding, Figure, Subject
from kg.extract.measure.shares import predicated, share_noun, share_of
from kg.extract.measure.words import is_in, stems, table
from kg.extract.units import QuantityKind
from kg.model import EntityType

_REPORTING = frozenset({"say", "report", "announce", "tell", "note", "add"})
_OFF = re.compile(r"\s+(?:off|discounts?|rebates?|price cuts?)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\s+(?:more|higher|greater|larger|up|above|faster|as\s+(?:many|much|fast|high|large|big))\b", re.IGNORECASE
)
_LESS = re.compile(r"\s+(?:less|lower|fewer|smaller|down|below)\b", re.IGNORECASE)
_UP_BEFORE = re.compile(r"\b(?:up|by)\s+$|\bup\s+(?:by|to)\s+$")
_DOWN_BEFORE = re.compile(r"\bdown\s+(?:by\s+)?$")
_BY = re.compile(r"\bby\s+(?:(?:as much as|up to|between|an average of|an average)\s+)?(?:[\d.]+\s+(?:to|and|or)\s+)?$")
_GAPPED = re.compile(
    r"(?:[;,]|\band)\s+(?:and\s+)?(?:those of\s+|that of\s+)?(?P<what>(?:[\w’'-]+\s+){0,3}?[\w’'-]+)"
    r"(?:,|['’]s|\s+by|\s+up)\s+(?:by\s+)?$"
)
_AS_MANY = re.compile(
    r"\s+(?:as\s+(?:many|much)|the(?:\s+number\s+of)?)\s+(?P<what>[\w’ -]+?)(?=\s+(?:as|than|of|in|on|from)\b|[,.;])"
)


def bind_change(figure: Figure) -> Binding | None:
    """What a percentage or a multiple measures."""
    for rule in (_discount, _as_many, _gapped, _after_amount, _share_unchanged, _small_clause, _changed_object,
                 _growth_noun, _growth, share_noun, predicated):  # fmt: skip
        if binding := rule(figure):
            return binding
    return Binding(figure.topic(), "share", "measure.percent", 0.4)


def _share_unchanged(figure: Figure) -> Binding | None:
    if changed(figure) and not figure.before.strip().endswith("for"):
        return None
    return share_of(figure)


def _discount(figure: Figure) -> Binding | None:
    match = _OFF.match(figure.after)
    return Binding(figure.topic(*ACTORS, EntityType.EVENT), "discount", "measure.discount", 0.6) if match else None


def _as_many(figure: Figure) -> Binding | None:
    if figure.quantity.unit != "times" or not (
        match := re.match(
            r"\s+as\s+(?:many|much)\b\s*(?P<what>(?:[\w’-]+\s)*?)(?=as\b|in\b|than\b|from\b)", figure.after
        )
    ):
        return None
    if what := match["what"].strip():
        return Binding(
            figure.topic(EntityType.INITIATIVE, EntityType.PLATFORM, EntityType.EVENT), what, "measure.as-many", 0.6
        )
    subject = subject_of(figure.verb)
    named = figure.named(subject) if subject is not None else None
    spent = next((table("money_verbs")[f] for f in forms(figure.verb) if f in table("money_verbs")), None)
    if spent is not None:
        return Binding(named or figure.topic(), f"growth in {spent}", "measure.as-much", 0.5)
    return Binding(named or figure.topic(), _antecedent(figure), "measure.as-many", 0.5)


def _antecedent(figure: Figure) -> str:
    """The noun that "twice as many" leaves out: the plural named last before it."""
    nouns = [
        t for t in figure.sentence.tokens if t.i < figure.tokens[0].i and t.pos_ == "NOUN" and t.text.endswith("s")
    ]
    return nouns[-1].text if nouns else "number"


def changed(figure: Figure) -> str | None:
    """ "growth in" or "decline in" by the nearest word of change above the figure."""
    if _DOWN_BEFORE.search(figure.before):
        return "decline in"
    if re.search(r"\bup\s+(?:by\s+)?$", figure.before):
        return "growth in"
    for token in [figure.anchor, *ancestors(figure.anchor)]:
        if is_in("down", *forms(token)) or is_in("down_nouns", *forms(token)):
            return "decline in"
        if is_in("up", *forms(token)) or is_in("up_nouns", *forms(token)):
            return "growth in"
        if is_in("reduce", *forms(token)) and token.pos_ == "VERB":
            return "reduction in"
    if _LESS.match(figure.after):
        return "decline in"
    return "growth in" if _MORE.match(figure.after) or figure.quantity.unit == "times" else None


def _gapped(figure: Figure) -> Binding | None:
    """ "toys rose 35%; books, 20%; and pens, 5%": the thing named right before a figure that leaves the verb out."""
    match = _GAPPED.search(figure.before)
    earlier = [
        q for q in figure.siblings if q.unit == figure.quantity.unit and q.core.end <= figure.quantity.core.start
    ]
    if match is None or not earlier:
        return None
    others = tuple(q for q in figure.siblings if q is not earlier[-1])
    model = bind_change(replace(figure, quantity=earlier[-1], siblings=(*others, figure.quantity)))
    token = figure.sentence.tokens.doc[figure.tokens[0].i - 1]
    while token.i > figure.sentence.tokens.start and token.pos_ not in ("NOUN", "PROPN"):
        token = token.doc[token.i - 1]
    if model is None or token.ent_type_ == "DATE":
        return None
    owner = figure.mention_at(token) or match["what"].strip()
    head = model.measure.split(" in ", 1)[0]
    whole = isinstance(owner, str) and is_in("measure_nouns", *owner.split()[-1:], *stems(owner.split()[-1]))
    return Binding(
        owner, f"{head} in {owner}" if whole and " in " in model.measure else model.measure, "measure.gapped", 0.6
    )


def _small_clause(figure: Figure) -> Binding | None:
    """ "shops saw their sales double": what is seen to change is the measure, who sees it its owner."""
    tokens = list(figure.sentence.tokens.doc[figure.sentence.tokens.start : figure.tokens[0].i])
    seen = next((t for t in reversed(tokens[-8:]) if t.pos_ == "VERB" and "see" in forms(t)), None)
    if seen is None or any(t.text in ",;" for t in tokens if t.i > seen.i):
        return None
    head = phrase_head([t for t in tokens if t.i > seen.i])
    subject = subject_of(seen)
    if head is None or subject is None:
        return None
    owner = figure.named(subject) or figure.topic()
    before = head.doc[head.i - 1]
    risen = before.pos_ == "NOUN" and (is_in("up", *forms(head)) or is_in("down", *forms(head)))
    measure = noun_phrase(before if risen else head, short=True)
    direction = changed(figure) or "growth in"
    return Binding(owner, f"{direction} {_unowned(measure)}", "measure.saw", 0.65)


def _changed_object(figure: Figure) -> Binding | None:
    """ "cut prices by 20%", "raised wages by 5%": the change of the verb's object, by its subject."""
    if not _BY.search(figure.before):
        return None
    verb = next((t for t in (figure.verb, *ancestors(figure.anchor)) if t.pos_ == "VERB"), None)
    if verb is None or not (is_in("reduce", *forms(verb)) or is_in("raise", *forms(verb))):
        return None
    between = [t for t in verb.doc[verb.i + 1 : figure.tokens[0].i] if t.i > verb.i]
    thing = phrase_head(between)
    if thing is None:
        return None
    subject = subject_of(verb)
    owner = figure.named(subject) if subject is not None and subject.i < verb.i else None
    direction = "reduction in" if is_in("reduce", *forms(verb)) else "growth in"
    first = next(t.i for t in between if t.pos_ not in ("DET", "PRON", "ADP", "ADV"))
    measure = thing.doc[min(first, thing.i) : thing.i + 1].text
    return Binding(owner or figure.topic(), f"{direction} {_unowned(measure)}", "measure.changed-object", 0.65)


def _unowned(measure: str) -> str:
    return re.sub(r"^(?:their|its|his|her|our|the)\s+", "", measure)


def _after_amount(figure: Figure) -> Binding | None:
    """ "$5 billion, up 12%": the change of the amount that the same clause has just named."""
    change = changed(figure)
    amounts = [q for q in figure.siblings if q.kind is QuantityKind.MONEY and q.core.end <= figure.quantity.core.start]
    if change is None or not amounts:
        return None
    between = [t for t in figure.sentence.tokens if amounts[-1].core.end <= t.idx < figure.quantity.core.start]
    if any(t.pos_ in ("VERB", "AUX") and t.lemma_ not in _REPORTING and own_subject(t) is not None for t in between):
        return None
    others = tuple(q for q in figure.siblings if q is not amounts[-1])
    amount = bind_money(replace(figure, quantity=amounts[-1], siblings=(*others, figure.quantity)))
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
    subject = _subject_before(figure)
    if subject is None or subject.i in {t.i for t in figure.tokens}:
        return Binding(figure.topic(EntityType.EVENT, *ACTORS), f"{change} sales", "measure.growth", 0.4)
    return _changed_subject(figure, change, subject)


def _subject_before(figure: Figure) -> Token | None:
    """The subject of the nearest verb of change before the figure, looked for in the words where the parse has none."""
    start = figure.sentence.tokens.start
    for token in reversed(list(figure.sentence.tokens.doc[start : figure.tokens[0].i])):
        if token.text in ",;" and figure.quantity.unit != "times":
            break
        if token.pos_ == "VERB" and (is_in("up", *forms(token)) or is_in("down", *forms(token))):
            subject = own_subject(token)
            return subject if subject is not None and subject.i < token.i else _first_noun_before(figure, token)
    return None if figure.verb.lemma_ in _REPORTING else subject_of(figure.verb)


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
            (c for c in figure.verb.children if c.dep_ == "obj" and c.i != figure.anchor.i and c.i > figure.anchor.i),
            None,
        )
        measure = noun_phrase(obj, short=True) if obj is not None else measure
        return Binding(named or figure.topic(), f"{change} {measure}", "measure.growth", 0.6)
    owner: Subject | None
    if is_in("vague_nouns", *forms(subject)):
        thing = next((c for c in subject.children if c.dep_ == "nmod"), None)
        if thing is not None:
            measure = f"{change} {subject.text} of {noun_phrase(thing, short=True)}"
            return Binding(noun_phrase(thing), measure, "measure.growth", 0.75)
        return Binding(figure.topic(EntityType.EVENT), f"{change} GMV", "measure.growth", 0.6)
    if (owner := figure.owner(subject)) is None:
        clause_subject = figure.first_in([figure.verb], (EntityType.EVENT, *ACTORS), ranked=True)
        owner = clause_subject or figure.topic()
    return Binding(owner, f"{change} {noun_phrase(subject, short=True)}", "measure.growth", 0.75)
