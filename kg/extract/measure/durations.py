"""Rules for periods: most are details of other figures; some measure how long a thing lasts or takes."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.measure.amounts import bind_money
from kg.extract.measure.clause import clause_of, forms, noun_phrase, objects_of, own_subject, subject_of
from kg.extract.measure.figure import ACTORS, Binding, Figure, Subject
from kg.extract.measure.words import is_in, stems, words
from kg.extract.units import QuantityKind
from kg.model import EntityType

_TAKES = re.compile(r"\b(?:took|takes?|taken|taking|needed|needs?|required|requires?)\s+(?:\w+\s+){0,3}$")
_TO_DO = re.compile(r"\s+(?:for\s+(?P<who>.{3,80}?)\s+)?to\s+(?P<what>[a-z].{2,80}?)(?=[,.;]|$)")
_WITHIN = re.compile(r"(?:\b(?:in|within|after|into)\s+(?:just\s+|only\s+|the\s+first\s+|under\s+|less than\s+)*$)")
_ABOUT = r"(?:(?:about|almost|nearly|over|some|just|under|only|around|more than|less than|up to)\s+)*"
_SOLD_OUT = re.compile(rf"\b(?P<how>sold out|sells out|snapped up|booked out|gone|cleared)\s+(?:with)?in\s+{_ABOUT}$")
_STRETCH = re.compile(
    rf"\b(?P<noun>wait|delay|outage|queue|break|stoppage|strike|journey|flight|trip|run|stay|warranty|guarantee|speech|set|"
    rf"wait(?:ing)? times?|delivery times?|response times?|battery life|queues|delays)\s+of\s+{_ABOUT}$"
)
_WENT = re.compile(
    r"\b(?:went|goes|go|gets?|got|accelerat\w+)\s+(?P<way>from\s.{2,60}?\sto\s.{2,60}?)\s+in\s+(?:just\s+|only\s+)?$",
    re.I,
)
_FOR = re.compile(r"\b(?P<word>[a-z]+)\s+for\s+(?:almost\s+|over\s+|about\s+|some\s+|nearly\s+|more\s+than\s+)?$")
_FULL = re.compile(r"\b(?:full|entire|whole)\s+$")


def bind_duration(figure: Figure) -> Binding | None:
    """What a period measures, or ``None`` where it is only a detail of another figure."""
    for rule in (
        _modifier,
        _takes,
        _gone,
        _sold_out,
        _stretch,
        _spent,
        _measured_time,
        _lasts,
        _full,
        _delivery,
        _overtakes,
    ):
        if binding := rule(figure):
            return binding
    return None


def _modifier(figure: Figure) -> Binding | None:
    noun = figure.noun
    if not figure.quantity.modifier or noun is None:
        return None
    phrase = noun_phrase(noun)
    if is_in("delivering", *forms(noun)):
        return Binding(figure.topic(*ACTORS), f"{noun.text} time", "measure.delivery-time", 0.6)
    return Binding(figure.mention_at(noun) or phrase, "duration", "measure.duration", 0.7)


def _takes(figure: Figure) -> Binding | None:
    if not _TAKES.search(figure.before):
        return None
    match = _TO_DO.match(figure.after)
    subject = subject_of(figure.verb)
    named = figure.named(subject) if subject is not None and subject.lemma_ != "it" else None
    measure = f"time to {match['what']}" if match else "time taken"
    if match and match["who"]:
        who = re.sub(r"^(?:the|a|an)\s+", "", match["who"])
        return Binding(who + _place(figure), measure, "measure.time-to", 0.75)
    return Binding(named or figure.topic(*ACTORS), measure, "measure.time-to", 0.7)


def _gone(figure: Figure) -> Binding | None:
    """ "it went from A to B in three seconds": the time from A to B."""
    match = _WENT.search(figure.text[figure.sentence.tokens[0].idx : figure.quantity.span.start])
    if match is None:
        return None
    subject = subject_of(figure.verb)
    named = figure.named(subject) if subject is not None else None
    return Binding(named or figure.topic(*ACTORS), f"time {match['way']}", "measure.time-to", 0.65)


def _sold_out(figure: Figure) -> Binding | None:
    """ "the tickets sold out in four minutes"."""
    match = _SOLD_OUT.search(figure.before)
    if match is None or any(q.kind is not QuantityKind.DURATION for q in figure.siblings):
        return None
    subject = subject_of(figure.verb)
    named = figure.named(subject) if subject is not None and subject.i < figure.tokens[0].i else None
    return Binding(named or figure.topic(*ACTORS), f"time until {match['how']}", "measure.time-to", 0.65)


def _stretch(figure: Figure) -> Binding | None:
    """ "an outage of 40 minutes", "a wait of three days": the noun is the measure."""
    match = _STRETCH.search(figure.before)
    if match is None:
        return None
    subject = subject_of(figure.verb)
    named = figure.named(subject) if subject is not None and subject.i < figure.tokens[0].i else None
    return Binding(named or figure.topic(*ACTORS), match["noun"], "measure.time", 0.6)


def _spent(figure: Figure) -> Binding | None:
    """ "they queued for two hours", "the site was down for a day": how long an act or a state went on."""
    match = _FOR.search(figure.before)
    if match is None or any(q.kind is not QuantityKind.DURATION for q in figure.siblings):
        return None
    word = match["word"]
    if not is_in("enduring", word, *stems(word)):
        return None
    subject = own_subject(figure.verb) or subject_of(figure.verb)
    named = figure.named(subject) if subject is not None and subject.i < figure.tokens[0].i else None
    return Binding(named or figure.topic(*ACTORS), f"time {word}", "measure.time", 0.6)


def _measured_time(figure: Figure) -> Binding | None:
    """ "delivery times fell to two days", "customers waited three days"."""
    subject = own_subject(figure.verb)
    if subject is None or subject.i >= figure.tokens[0].i:
        return None
    if is_in("time_nouns", *forms(subject)):
        return Binding(
            figure.owner(subject) or figure.topic(*ACTORS), noun_phrase(subject, short=True), "measure.time", 0.6
        )
    if figure.verb.lemma_ == "wait" and not _WITHIN.search(figure.before):
        return Binding(figure.named(subject) or figure.topic(*ACTORS), "waiting time", "measure.time", 0.6)
    return None


def _place(figure: Figure) -> str:
    place = next((m.entity.name for m in figure.mentions if m.entity.type is EntityType.PLACE), None)
    return f" in {place}" if place else ""


def _lasts(figure: Figure) -> Binding | None:
    verb = figure.verb
    if (ended := _ended(figure)) is not None:
        return ended
    if not is_in("lasting", *forms(verb)) or (figure.anchor.head.i != verb.i and figure.anchor.head.head.i != verb.i):
        return None
    if _WITHIN.search(figure.before):
        return None
    subject = subject_of(verb)
    named = figure.named(subject) if subject is not None and subject.i < figure.tokens[0].i else None
    if subject is not None and is_in("event_nouns", *forms(subject)) and isinstance(named, str):
        named = None
    return Binding(named or figure.topic(EntityType.EVENT), "duration", "measure.duration", 0.7)


def _ended(figure: Figure) -> Binding | None:
    """ "The fair closed after three days": how long a happening was."""
    subject = subject_of(figure.verb)
    if subject is None or not is_in("ending", *forms(figure.verb)) or not re.search(r"\bafter\s+$", figure.before):
        return None
    event = figure.mention_at(subject)
    held = event is not None and event.type is EntityType.EVENT
    return Binding(event, "duration", "measure.duration", 0.7) if held and event is not None else None


def _full(figure: Figure) -> Binding | None:
    if not _FULL.search(figure.before) or not figure.after.lstrip().startswith("of "):
        return None
    return Binding(figure.topic(EntityType.EVENT), "duration", "measure.duration", 0.6)


def _delivery(figure: Figure) -> Binding | None:
    if not any(is_in("delivering", *forms(t)) for t in figure.sentence.tokens if t.pos_ in ("VERB", "NOUN")):
        return None
    if figure.quantity.comparator == "=" or any(q.kind is not QuantityKind.DURATION for q in figure.siblings):
        return None
    return Binding(figure.topic(*ACTORS), "delivery time", "measure.delivery-time", 0.7)


def _overtakes(figure: Figure) -> Binding | None:
    if not _WITHIN.search(figure.before) and figure.quantity.comparator != "<":
        return None
    verb = next((t for t in figure.sentence.tokens if t.pos_ == "VERB" and is_in("overtaking", *forms(t))), None)
    if verb is None or any(q.kind is not QuantityKind.DURATION and q.core.start > verb.idx for q in figure.siblings):
        return None
    mark = next((o for o in objects_of(verb) if o.i > verb.i and o.dep_ == "obj"), None)
    what = noun_phrase(mark) if mark is not None else "earlier mark"
    subject = subject_of(clause_of(verb))
    named = figure.named(subject) if subject is not None else None
    if named is None or (isinstance(named, str) and named.casefold() in words("generic")):
        named = _of_amount(figure) or figure.topic(EntityType.PRODUCT_CATEGORY, EntityType.BRAND, EntityType.EVENT)
    return Binding(named, f"time to {verb.lemma_} {what}", "measure.time-to", 0.7)


def _of_amount(figure: Figure) -> Subject | None:
    """Whose the amount is that the period says the growth of: "$3 million of lamps, which grew within two hours to"."""
    amounts = [q for q in figure.siblings if q.kind is QuantityKind.MONEY and q.core.end <= figure.quantity.core.start]
    if not amounts:
        return None
    others = tuple(q for q in figure.siblings if q is not amounts[0])
    amount = bind_money(replace(figure, quantity=amounts[0], siblings=(*others, figure.quantity)))
    return amount.subject if amount is not None else None
