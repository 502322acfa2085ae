"""Where something other than the verb's subject changes: objects, small clauses, brackets, "as many"."""

from __future__ import annotations

import re

from kg.extract.measure.clause import forms, noun_phrase, phrase_head, subject_of
from kg.extract.measure.direction import changed
from kg.extract.measure.figure import Binding, Figure
from kg.extract.measure.words import is_in, table
from kg.model import EntityType

_BY = re.compile(r"\bby\s+(?:(?:as much as|up to|between|an average of|an average)\s+)?(?:[\d.]+\s+(?:to|and|or)\s+)?$")
_BRACKET = re.compile(r"\((?P<side>up|down|\+|-|–)?\s*(?:by\s+)?$")
_NOUN_IN = re.compile(
    r"\s+(?:[\w-]+\s+)?(?P<noun>[a-z]+)\s+in\s+(?:the\s+)?(?P<what>[\w’' -]+?)"
    r"(?=\s+(?:from|on|at|over|during|compared|year|this|last|for|to|by|than|with|versus|as|while|and)\b|[,.;”)]|$)"
)


def as_many(figure: Figure) -> Binding | None:
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


def bracketed(figure: Figure) -> Binding | None:
    """ "toys (up 29%)": the thing right before the bracket."""
    match = _BRACKET.search(figure.before)
    if match is None:
        return None
    opening = next(t for t in reversed(figure.sentence.tokens) if t.text == "(" and t.i < figure.tokens[0].i)
    last = opening.doc[opening.i - 1] if opening.i > figure.sentence.tokens.start else opening
    if last.pos_ not in ("NOUN", "PROPN"):
        return None
    thing = figure.mention_at(last) or noun_phrase(last, short=True)
    if not match["side"]:
        return Binding(thing, "share", "measure.bracketed", 0.4) if figure.after.startswith(")") else None
    direction = "decline in" if match["side"] in ("down", "-", "–") else "growth in"
    return Binding(
        figure.mention_at(last) or noun_phrase(last, short=True), f"{direction} sales", "measure.bracketed", 0.6
    )


def small_clause(figure: Figure) -> Binding | None:
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


def changed_object(figure: Figure) -> Binding | None:
    """ "cut prices by 20%", "raised wages by 5%": the change of the verb's object, by its subject."""
    if not _BY.search(figure.before):
        return None
    start = figure.sentence.tokens.start
    verbs = [t for t in reversed(figure.sentence.tokens.doc[start : figure.tokens[0].i]) if t.pos_ == "VERB"]
    verb = next((t for t in verbs if is_in("reduce", *forms(t)) or is_in("raise", *forms(t))), None)
    if verb is None or verb not in verbs[:2]:
        return None
    between = [t for t in verb.doc[verb.i + 1 : figure.tokens[0].i] if t.i > verb.i]
    if any(t.text in ",;" for t in between[:1]):
        return None
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


def noun_in(figure: Figure) -> Binding | None:
    """ "a 65% increase in orders", "a 3% drop in visits to Plaza": the change of what the noun is in."""
    match = _NOUN_IN.match(figure.after)
    if match is None:
        return None
    up, down = is_in("up_nouns", match["noun"]), is_in("down_nouns", match["noun"])
    if not (up or down):
        return None
    subject = subject_of(figure.verb)
    owner = figure.named(subject) if subject is not None and subject.i < figure.tokens[0].i else None
    measure = f"{'growth' if up else 'decline'} in {match['what'].strip()}"
    return Binding(owner or figure.topic(), measure, "measure.noun-in", 0.65)
