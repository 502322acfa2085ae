"""Rules for counts: what is counted, and of whom."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.measure.clause import ancestors, clause_of, forms, noun_phrase, objects_of, own_subject, subject_of
from kg.extract.measure.figure import ACTORS, UNKNOWN, Binding, Figure, Subject
from kg.extract.measure.roles import OWNERS, actor, event_here, festival, joined, object_of, venue, watched
from kg.extract.measure.schemes import put_at
from kg.extract.measure.words import is_in, stems
from kg.extract.units import QuantityKind
from kg.model import Entity, EntityType

_TIMES = frozenset({"day", "period", "weekend", "holiday"})
_UNNAMED = "number"
_BARE = re.compile(r"\d{1,4}|[a-z]+")
_PEOPLE = frozenset({"people", "company", "consumer", "user", "shopper", "customer"})
_VENUES = (EntityType.PLATFORM, EntityType.INITIATIVE)
_OF_THESE = re.compile(r"\s+of\s+(?:(?:the|these|those|its|their|all)\s+)+([a-z]+s)\b|\s+of\s+(?:them|which|whom)\b")
_OF_OTHERS = re.compile(
    r"\s+(?:out\s+)?of\s+(?:the\s+)?(?:[\d,]+|\w+)\s+(?:[a-z-]+\s+){0,3}?([a-z]+s)\b"
    r"(?=[,.;]|\s+(?:in|on|at|of|to|and|with|for|were|are|have|had|that|who|which)\b|$)"
)
_BROUGHT_TO = re.compile(
    r"\b(?:bring\w*|brought|took|taking|lift\w*|push\w*|rais\w*|expand\w*|swell\w*)\s+(?:(?:the|its|their|his|her)\s+)?"
    r"(?P<what>(?:[a-z-]+\s){0,2}?[a-z-]+)\s+to\s+$"
)
_RISE_OF = re.compile(r"\b(increase|rise|growth|gain|jump|surge|decrease|decline|drop|fall)\s+of\s+$")
_COLLECTIVE = re.compile(
    r"\b(staff|team|workforce|fleet|network|crowd|audience|membership|cast|readership|total)\s+of\s+$"
)
_OF_WHICH = re.compile(r"\bof\s+(?:which|whom|these|those|them)\b\W*(?:\w+\s+)?$")
_AGAINST = re.compile(
    r"\b(?:against|compared (?:with|to)|versus|than|up from|down from|exceeding|beating|surpassing|from)\s+$"
)
_AT = re.compile(r"(?:\s+[a-z]+){0,2}?\s+(?:on|at|in|during|for)\s+(?:the\s+)?")
_ONE_OF = re.compile(r"\b(?:one|some|most|many|any|part) of (?:the\s+)?(?:\w+\s+)?$")
_OFFERED = re.compile(
    r"\s+(?:(?:a|an|the|its|their|new|free)\s+)*(?P<what>[\w-]+(?:\s+[\w-]+){0,3}?)\s+(?:at|across|in|through|via)\s*$"
)
_RESTRICTION = re.compile(r"^(?:[^,.;]|(?<=\d)[.,](?=\d))*")


def bind_count(figure: Figure) -> Binding | None:
    """What is counted, and at, by or of whom."""
    if (put := put_at(figure)) is not None:
        return put
    noun = figure.noun
    measure = _measure(figure, noun)
    if measure == _UNNAMED and _BARE.fullmatch(figure.quantity.span.of(figure.text)):
        return None
    if figure.quantity.rate:
        return Binding(_rated(figure), f"{measure} per {figure.quantity.rate}", "measure.rate", 0.7)
    if noun is not None and (described := _restricted(figure, noun, measure)):
        return Binding(described, measure, "measure.count-restricted", 0.6)
    subject = _compared(figure) or _subject(figure, noun if noun is not None else figure.anchor)
    if isinstance(subject, str) and subject.casefold() == measure.casefold() and is_in("sales_nouns", *stems(measure)):
        subject = figure.topic(EntityType.EVENT)
    if subject == UNKNOWN:
        subject = measure
    return Binding(subject, measure, "measure.count", 0.7 if noun is not None else 0.5)


def _measure(figure: Figure, noun: Token | None) -> str:
    if noun is None:
        subject = subject_of(figure.verb)
        if (match := _OF_THESE.match(figure.after)) and match[1]:
            return match[1]
        if match := _BROUGHT_TO.search(figure.before):
            return match["what"] if not is_in("vague_nouns", *match["what"].split()[-1:]) else _elided(figure)
        if match := _RISE_OF.search(figure.before):
            return f"{match[1]} in {_elided(figure)}"
        if (match := _OF_OTHERS.match(figure.after)) or (match := _COLLECTIVE.search(figure.before)):
            return match[1]
        if figure.quantity.rate and subject is not None:
            return noun_phrase(subject, short=True)
        if subject is not None and is_in("measure_nouns", *forms(subject)) and subject.i < figure.tokens[0].i:
            return _measured(subject)
        return _elided(figure)
    phrase = noun_phrase(noun, after=figure.tokens[-1].i, short=True)
    phrase = re.sub(r"^(?:(?:of|a|the|-?strong)\s+)+", "", phrase)
    if noun.lemma_ == "time" and figure.verb.pos_ == "VERB":
        return f"times {figure.verb.text}"
    return phrase


def _compared(figure: Figure) -> Entity | None:
    """ "exceeding 85 million on Cyber Monday": the event that another event's count is compared with."""
    match = _AT.match(figure.after) if _AGAINST.search(figure.before) else None
    if match is None:
        return None
    start = figure.sentence.offset + figure.quantity.core.end
    here = (m.entity for m in figure.mentions if start <= m.evidence.span.start <= start + match.end() + 4)
    return next((e for e in here if e.type is EntityType.EVENT), None)


def _measured(subject: Token) -> str:
    thing = next((c for c in subject.children if c.dep_ == "nmod"), None)
    head = noun_phrase(subject, short=True)
    return f"{head} of {noun_phrase(thing, short=True)}" if thing is not None else head


def _restricted(figure: Figure, noun: Token, measure: str) -> str | None:
    """ "one of 40 shops that saw their sales double": those shops are what is counted, not who is one of them."""
    if not _ONE_OF.search(figure.before):
        return None
    rest = figure.text[noun.idx + len(noun.text) : figure.quantity.core.end + len(figure.after)]
    match = re.match(r"\s+(?:that|which|who)\b", rest)
    clause = _RESTRICTION.match(rest)
    return f"{measure}{clause[0]}".strip() if match and clause else None


def _elided(figure: Figure) -> str:
    """The noun that a bare figure leaves out ("and 30 have joined"): the one counted last before it, else after it."""
    if (noun := counted_before(figure)) is not None:
        numbers = [t.i for t in noun.doc[max(0, noun.i - 6) : noun.i] if t.pos_ == "NUM"]
        return noun_phrase(noun, after=max(numbers, default=-1), short=True)
    subject = subject_of(figure.verb)
    if subject is not None and subject.pos_ == "NOUN" and subject.i < figure.tokens[0].i:
        return _measured(subject)
    return _UNNAMED


def counted_before(figure: Figure) -> Token | None:
    """The noun of the last count before the figure in its sentence, if it is not too general."""
    counts = [q for q in figure.siblings if q.kind is QuantityKind.COUNT and q.core.end <= figure.quantity.core.start]
    for count in reversed(counts):
        noun = replace(figure, quantity=count).noun
        if noun is not None and (not is_in("generic", noun.lemma_) or noun.lemma_ in _PEOPLE):
            while noun.i + 1 < figure.tokens[0].i and noun.doc[noun.i + 1].pos_ in ("NOUN", "PROPN"):
                noun = noun.doc[noun.i + 1]
            return noun
    return None


def _rated(figure: Figure) -> Subject:
    subject = subject_of(figure.verb)
    named = figure.mention_at(subject) if subject is not None else None
    if named is None:
        named = figure.first_in(list(figure.sentence.tokens[:1].root.subtree), ACTORS)
    if named is not None:
        return named
    doing = actor(figure, figure.verb, ACTORS)
    if isinstance(doing, str) and subject is not None and not is_in("measure_nouns", *forms(subject)):
        return doing
    return figure.topic(EntityType.PLATFORM)


def _subject(figure: Figure, noun: Token) -> Subject:
    entity = figure.mention_at(noun)
    if entity is not None and entity.type in OWNERS:
        return _user(figure, entity) or entity
    if (target := joined(figure, noun)) is not None:
        return target
    if (shown := watched(figure, noun)) is not None:
        return shown
    if (owner := _owned(figure, noun)) is not None:
        return owner
    verb = figure.verb if noun is figure.anchor else clause_of(noun)
    if _OF_WHICH.search(figure.before):
        return _of_actor(figure, clause_of(verb.head) if verb.head.i != verb.i else verb, noun)
    if _acts(figure, verb, noun):
        return _of_act(figure, verb, noun)
    if (place := _oblique_to(figure, verb, noun)) is not None:
        return place
    return _of_actor(figure, verb, noun)


def _user(figure: Figure, entity: Entity) -> Entity | None:
    """Who deploys things of a kind: those counted as bought or sold are the kind's own."""
    verb = figure.verb
    used = is_in("deploying", *forms(verb)) or is_in("handing", *forms(verb))
    if entity.type not in (EntityType.PRODUCT_CATEGORY, EntityType.TECHNOLOGY) or not used:
        return None
    doing = actor(figure, verb, OWNERS)
    return doing if isinstance(doing, Entity) else None


def _owned(figure: Figure, noun: Token) -> Subject | None:
    """ "the app's 80 users", "90 units of the phone", "the number of sellers tripled to 45"."""
    if noun.i == figure.anchor.i:
        subject = subject_of(figure.verb)
        measured = subject is not None and subject.i < noun.i and is_in("measure_nouns", *forms(subject))
        return figure.owner(subject) if measured and subject is not None else None
    owner = next((c for c in noun.children if c.dep_ == "nmod:poss" and c.pos_ in ("NOUN", "PROPN")), None)
    joint = next((c for c in noun.children if c.dep_ == "case" and c.lower_ == "with" and c.i > noun.sent.start), None)
    if owner is None and joint is not None and joint.nbor(-1).pos_ in ("NOUN", "PROPN"):
        owner = _described(figure, noun, joint.nbor(-1))
    own = next((e for c in noun.children if c.dep_ == "compound" and (e := figure.mention_at(c)) is not None), None)
    if owner is None and own is not None and own.type in OWNERS and not _acts(figure, clause_of(noun), noun):
        return own
    if owner is None and is_in("packs", *forms(noun)):
        owner = next((c for c in noun.children if c.dep_ == "nmod" and c.i > noun.i and _is_of(c)), None)
    if owner is None or is_in("generic", *forms(owner)):
        return None
    entity = figure.mention_at(owner)
    return entity if entity is not None and entity.type in OWNERS else noun_phrase(owner, short=True)


def _described(figure: Figure, noun: Token, last: Token) -> Token:
    """Whom "with 70 rooms" is said of: past the place and the apposition that stand before it."""
    entity = figure.mention_at(last)
    node = last
    if entity is not None and entity.type is EntityType.PLACE:
        node = noun.head if noun.head.i < noun.i and noun.head.pos_ in ("NOUN", "PROPN") else last.head
    if node.dep_ == "nmod" and node.head.dep_ == "appos" and node.head.i < node.i:
        node = node.head
    while node.dep_ == "appos" and node.head.i < node.i:
        node = node.head
    return node


def _is_of(token: Token) -> bool:
    return any(c.dep_ == "case" and c.lower_ == "of" for c in token.children)


def _acts(figure: Figure, verb: Token, noun: Token) -> bool:
    """Whether the counted things are, or are part of, the subject of their clause."""
    subject = subject_of(verb)
    if subject is None:
        return verb.i > noun.i and verb.pos_ == "VERB"
    if own_subject(verb) is None and verb.dep_.startswith("acl") and noun.i > verb.i:
        return False
    return subject.i == noun.i or noun.i in {t.i for t in subject.subtree} or subject.i in {t.i for t in figure.tokens}


def _of_act(figure: Figure, verb: Token, noun: Token) -> Subject:
    """The counted things act: on an object, on a platform or at an event."""
    own = [c for c in noun.children if c.dep_ == "compound" and c.i > figure.tokens[-1].i]
    if any(figure.mention_at(c) is not None for c in own):
        return noun_phrase(noun, after=figure.tokens[-1].i, short=True)
    target = object_of(figure, verb, OWNERS)
    if isinstance(target, Entity):
        return target
    if (place := venue(figure, verb, _VENUES)) is not None:
        return place
    event = event_here(figure)
    if event is not None:
        return event
    if target is None and is_in("measure_nouns", *forms(noun)):
        return festival(figure)
    occasion = next((o for o in objects_of(verb) if o.i > verb.i and is_in("event_nouns", *forms(o))), None)
    if target is None and occasion is not None and occasion.ent_type_ != "DATE" and occasion.lemma_ not in _TIMES:
        return noun_phrase(occasion, short=True)
    return target or figure.topic()


def _oblique_to(figure: Figure, verb: Token, noun: Token) -> Subject | None:
    """ "offers recycling at 600 points": the figure belongs to what is offered there."""
    words = figure.before.split()
    chain = [verb, *list(ancestors(verb))[:2]]
    offer = next((v for v in chain if v.pos_ == "VERB" and is_in("offering", *forms(v))), None)
    if offer is None or not words or words[-1] not in ("at", "across", "in", "through", "via"):
        return None
    doing = actor(figure, offer, OWNERS)
    if isinstance(doing, Entity) and doing.type is EntityType.INITIATIVE:
        return doing
    between = figure.text[offer.idx + len(offer.text) : figure.quantity.span.start]
    match = _OFFERED.match(between)
    if match is None:
        return None
    start = figure.sentence.offset + offer.idx + len(offer.text)
    here = (m.entity for m in figure.mentions if start <= m.evidence.span.start < start + len(match[0]))
    entity = next((e for e in here if e.type in (EntityType.INITIATIVE, EntityType.PLATFORM)), None)
    return entity or re.sub(r"^[\d,.]+\s+", "", match["what"])


def _of_actor(figure: Figure, verb: Token, noun: Token) -> Subject:
    event = event_here(figure)
    doing = actor(figure, verb, OWNERS)
    participants = is_in("participants", *forms(noun))
    if isinstance(doing, Entity) and not (participants and event is not None):
        return doing
    if event is not None:
        return event
    if isinstance(doing, str):
        return doing
    subject = subject_of(verb)
    if subject is not None and (found := figure.first_in([subject], OWNERS)):
        return found
    near = _near(figure)
    if near is not None and not participants:
        return near
    crowd = subject is not None and is_in("people_nouns", *forms(subject))
    if (participants or crowd) and (known := festival(figure)) != UNKNOWN:
        return known
    return UNKNOWN if crowd else near or figure.topic()


def _near(figure: Figure) -> Entity | None:
    start = figure.sentence.offset + figure.quantity.core.start
    before = [m.entity for m in figure.mentions if m.evidence.span.start < start and m.entity.type in OWNERS]
    return before[-1] if before else None
