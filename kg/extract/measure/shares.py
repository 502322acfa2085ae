"""Rules for percentages that say a share: "54% of orders", "a mobile share of 91%", "two-thirds of the sellers are"."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.measure.amounts import bind_money
from kg.extract.measure.clause import ancestors, forms, noun_phrase, objects_of, own_subject
from kg.extract.measure.counts import bind_count, counted_before
from kg.extract.measure.figure import ACTORS, Binding, Figure, Subject
from kg.extract.measure.grounds import before
from kg.extract.measure.words import is_in
from kg.extract.units import QuantityKind
from kg.model import Entity, EntityType

_SHARED = re.compile(
    r"\s+of\s+(?:(?:the|all|its|their|this|these|those|our|total)\s+)*(?P<what>(?:[^,;.()]|[,.]\d)+?)"
    r"(?=\s+(?:participating|taking|were|was|are|is|have|has|had|came|come|who|that|which|on|in|from|with|by|for|at|said|and\s+\d+|"
    r"but|while|within|without|across|through|after|before|worldwide|globally|bought|used|paid|chose|made|went|placed|during|last|this|per)\b|[,;.](?=\s|$)|[()]|$)"
)


_OF_WHICH = re.compile(r"\bof\s+(?:which|whom)\b\W*(?:\w+\s+){0,2}$")
_ONE_IN = re.compile(r"\b(?:in|out of)\s+(?:every\s+)?\S+$")
_COPULA = re.compile(
    r"\b(?:is|are|was|were)\s+(?!\w+(?:ed|ing)\b)(?P<what>[^.;]{3,}?)"
    r"(?=,?\s+(?:said|according|told)\b|,\s+[A-Z]\w+ (?:\w+ )?said|[.;]|$)"
)
_CAME_FROM = re.compile(
    r"\s+(?:that|which)\s+(?:came|comes|was made|were made)\s+(?:from|on|through|via|with)\s+"
    r"(?P<who>[^,.;]+?)(?=\s+in\b|[,.;]|$)"
)


def share_of(figure: Figure) -> Binding | None:
    """ "54% of orders": whose share it is, and of what."""
    one_in = _ONE_IN.search(figure.quantity.core.of(figure.text))
    match = _SHARED.match(f" of{figure.after}" if one_in and not figure.after.startswith(" of ") else figure.after)
    if match is None or figure.quantity.unit != "percent":
        return None
    what = _group(figure, match["what"].strip())
    subject = own_subject(figure.verb)
    if subject is None or subject.i >= figure.tokens[0].i:
        whose = (
            _predicate(figure, match.end()) or _way(figure) or _whose(figure, match["what"]) or _holder(figure) or what
        )
        return Binding(whose, f"share of {what}", "measure.share", 0.65)
    named = figure.named(subject)
    obj = [c for c in figure.verb.children if c.dep_ == "obj" and c.i != figure.anchor.i and c.i < figure.anchor.i]
    if obj and not isinstance(named, Entity):
        named = figure.topic(EntityType.PRODUCT_CATEGORY)
    if named is None and subject.lower_ in ("it", "they"):
        named = before(figure, subject)
    return Binding(named or what, f"share of {what}", "measure.share", 0.65)


def of_which(figure: Figure) -> Binding | None:
    """ "80 shops, of which 5% were new": what the share is said to be, of the things counted before."""
    if figure.quantity.unit != "percent" or not _OF_WHICH.search(figure.before):
        return None
    noun = counted_before(figure)
    things = noun_phrase(noun, short=True) if noun is not None else "those"
    return Binding(
        _predicate(figure, 0) or _whose(figure, "which") or things, f"share of {things}", "measure.share-of-which", 0.65
    )


def _way(figure: Figure) -> Entity | None:
    """By what the things of the share do it: "40% of guests paid with the card"."""
    verb = figure.verb
    if verb.i < figure.tokens[-1].i or not is_in("using", *forms(verb)):
        return None
    for thing in objects_of(verb):
        entity = figure.mention_at(thing) if thing.i > verb.i else None
        if entity is not None and entity.type in (*ACTORS, EntityType.TECHNOLOGY):
            return entity
    return None


def _whose(figure: Figure, what: str) -> Entity | None:
    """The owner in "half of its buyers", and whose "them" were when they were counted."""
    first = what.split()[0].casefold()
    if first in ("them", "which", "whom", "these", "those"):
        counts = [
            q for q in figure.siblings if q.kind is QuantityKind.COUNT and q.core.end <= figure.quantity.core.start
        ]
        if not counts:
            return None
        others = tuple(q for q in figure.siblings if q is not counts[-1])
        counted = bind_count(replace(figure, quantity=counts[-1], siblings=(*others, figure.quantity)))
        return counted.subject if counted is not None and isinstance(counted.subject, Entity) else None
    start = figure.sentence.offset + figure.quantity.core.end
    for mention in figure.mentions:
        near = start <= mention.evidence.span.start <= start + 6
        if near and mention.entity.type in ACTORS and mention.evidence.span.end - start < len(what) + 8:
            return mention.entity
    return None


def _holder(figure: Figure) -> Subject | None:
    """The entity that the sentence, or the text before it, is about: the things of a share without an owner are its."""
    kinds = (*ACTORS, EntityType.EVENT)
    here = [
        m.entity for m in figure.mentions if m.entity.type in kinds and m.entity.type is not EntityType.PRODUCT_CATEGORY
    ]
    return here[0] if len(here) == 1 else None


def _group(figure: Figure, what: str) -> str:
    """The things of which it is a share: what "them" stands for, and nothing of the clause that follows them."""
    if what.split()[0].casefold() in ("them", "which", "whom", "these", "those"):
        noun = counted_before(figure)
        noun = noun if noun is not None else _plural_subject(figure)
        return noun_phrase(noun, short=True) if noun is not None else what.split()[0]
    start = figure.text.index(what, figure.quantity.core.end)
    inside = [t for t in figure.sentence.tokens if start <= t.idx < start + len(what)]
    if (
        inside
        and inside[0].pos_ in ("AUX", "VERB")
        and not inside[0].text.endswith("ing")
        and (counted := counted_before(figure)) is not None
    ):
        return noun_phrase(counted, short=True)
    inside = inside[1:]
    verb = next((t for t in inside if t.pos_ in ("VERB", "AUX", "PRON") and t.dep_ not in ("amod", "compound")), None)
    return what if verb is None else re.sub(r"\s+(?:and|or|but)$", "", figure.text[start : verb.idx].strip())


def _plural_subject(figure: Figure) -> Token | None:
    """The plural subject named last before the figure."""
    before = [t for t in figure.sentence.tokens if t.i < figure.tokens[0].i and t.pos_ == "NOUN"]
    return next((t for t in reversed(before) if t.dep_.startswith("nsubj") and t.text.endswith("s")), None)


def _predicate(figure: Figure, start: int) -> Subject | None:
    """What the share is said to be: "a third of the sellers are small shops"."""
    found = _COPULA.search(figure.after, start)
    if found is None or figure.after[start : found.start()].count(",") > 1:
        return None
    place = figure.sentence.offset + figure.quantity.core.end + found.start("what")
    first = next((t for t in figure.sentence.tokens if figure.span(t).start == place), None)
    if first is not None and first.pos_ in ("VERB", "ADV"):
        return None
    entity = next((m.entity for m in figure.mentions if m.evidence.span.start == place), None)
    return entity or re.sub(r"^(?:a|an|the)\s+", "", found["what"])


def share_noun(figure: Figure) -> Binding | None:
    """ "a mobile share of 91%", "a rate of 3%"."""
    heads = [figure.anchor, *ancestors(figure.anchor)]
    noun = next((t for t in heads if is_in("vague_nouns", *forms(t)) or is_in("share_nouns", *forms(t))), None)
    if noun is None:
        return None
    amounts = [q for q in figure.siblings if q.kind is QuantityKind.MONEY and q.core.end <= figure.quantity.core.start]
    owner = figure.owner(noun)
    if owner is None and amounts:
        others = tuple(q for q in figure.siblings if q is not amounts[-1])
        amount = bind_money(replace(figure, quantity=amounts[-1], siblings=(*others, figure.quantity)))
        owner = amount.subject if amount is not None else None
    if owner is None:
        owner = figure.first_in([figure.verb], (EntityType.EVENT, *ACTORS), ranked=True)
    return Binding(owner or figure.topic(), noun_phrase(noun, short=True), "measure.share", 0.6)


def predicated(figure: Figure) -> Binding | None:
    """A percentage that its subject is said to be or to have, or that something else came to before it."""
    if (match := _CAME_FROM.match(figure.after)) and (earlier := _earlier(figure)):
        return Binding(match["who"], _plain_share(earlier), "measure.share", 0.55)
    subject = own_subject(figure.verb)
    if subject is None or subject.i >= figure.tokens[0].i:
        return None
    if is_in("measure_nouns", *forms(subject)):
        owner = figure.owner(subject) or figure.topic()
        return Binding(owner, noun_phrase(subject, short=True), "measure.percent", 0.6)
    return Binding(figure.named(subject) or figure.topic(), "share of sales", "measure.percent", 0.45)


def _earlier(figure: Figure) -> str | None:
    """The text that follows the percentage before this one."""
    before = [q for q in figure.siblings if q.unit == "percent" and q.core.end <= figure.quantity.core.start]
    return figure.text[before[-1].core.end : figure.quantity.core.start] if before else None


def _plain_share(after: str) -> str:
    match = _SHARED.match(after)
    return f"share of {match['what'].strip()}" if match else "share"
