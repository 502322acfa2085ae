"""When and where events take place, what they belong to, who speaks there and who broadcasts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.dates import DateMention, find_dates
from kg.extract.relate.scene import Node, Scene, relation
from kg.model import EntityType, Relation

_SPEECH = frozenset("say tell announce note add explain speak state share reveal stress".split())
_OFFERING = frozenset({"available", "deliver", "offer", "ship"})
_BUILDING = frozenset({"build", "warehouse", "center", "store", "factory", "say", "report"})
_WINDOW = frozenset({"SalesWindow", "PreSale", "Gala"})
_STARTING = re.compile(
    r"\b(?:start(?:s|ed|ing)?|began|begins?|beginning|kick(?:s|ed)? off|open(?:s|ed)?|launch(?:es|ed)?|since)\b", re.I
)


def event_dates(scene: Scene) -> Iterator[Relation]:
    """Start and end of an event from the date that stands nearest to it in its clause."""
    sentence = scene.sentence
    dates = [
        d
        for d in find_dates(sentence.text, sentence.entry.day)
        if len(d.start) == 10 or _STARTING.search(sentence.text)
    ]
    for node in scene.of(EntityType.EVENT):
        near = _nearest(scene, node, dates)
        if near is None or (node.entity.kind == "Festival" and _has_nearer_event(scene, node)):
            continue
        between = (
            sentence.text[: near.span.start][-60:] if node.span.start - sentence.span.start < near.span.start else ""
        )
        starting = node.entity.kind == "PreSale" or (bool(_STARTING.search(between)) and near.start == near.end)
        confidence = 0.7 if node.entity.kind != "Festival" else 0.6
        yield relation(scene, node, "startDate", near.start, "date.near", confidence)
        if not starting and len(near.end) == 10:
            yield relation(scene, node, "endDate", near.end, "date.near", confidence)


def _has_nearer_event(scene: Scene, node: Node) -> bool:
    """Whether another event of the sentence, such as a sales window, has a better claim to its date."""
    return any(n.entity != node.entity for n in scene.of(EntityType.EVENT))


def _nearest(scene: Scene, node: Node, dates: list[DateMention]) -> DateMention | None:
    start = node.span.start - scene.sentence.span.start
    end = node.span.end - scene.sentence.span.start
    best: tuple[int, DateMention] | None = None
    for date in dates:
        if date.span.start >= end:
            gap, between = date.span.start - end, scene.sentence.text[end : date.span.start]
        elif date.span.end <= start:
            gap, between = start - date.span.end, scene.sentence.text[date.span.end : start]
        else:
            gap, between = 0, ""
        limit = 45 if node.entity.kind != "Festival" else 30
        linked = _links(between, node.entity.kind == "Festival", date.span.end <= start)
        if gap <= limit and linked and (best is None or gap < best[0]):
            best = gap, date
    return best[1] if best else None


def _links(between: str, festival: bool, before: bool) -> bool:
    """Whether the words between an event and a date let the date be the event's."""
    words = set(re.findall(r"[a-z’-]+", between.casefold()))
    if words & {"said", "reported", "announced", "according", "bought", "sold", "reached", "and", "but", "compared"}:
        return False
    if festival:
        verbs = {
            "ran",
            "run",
            "runs",
            "began",
            "begins",
            "starts",
            "started",
            "kicks",
            "kicked",
            "held",
            "takes",
            "took",
            "will",
            "on",
            "from",
        }
        return bool(words & verbs) and not before and bool(words - {"on", "in", "the"})
    return len(words) <= 7


def event_places(scene: Scene) -> Iterator[Relation]:
    """``a gala in Paris``, ``held at the Mercedes Arena in Shanghai``: venue and city."""
    for node in scene.of(EntityType.EVENT):
        if node.entity.kind in {"Festival", "SalesWindow", "PreSale"}:
            continue
        after = [n for n in scene.of(EntityType.PLACE) if n.first > node.last]
        last = node.last
        for place in after:
            words = scene.words(last + 1, place.first)
            limit = 14 if last == node.last else 4
            if (
                len(words) > limit
                or not {"in", "at", ","} & set(words[-4:])
                or {".", "said", "and", "of", "to"} & set(words)
            ):
                break
            if any(n.type is EntityType.EVENT for n in scene.nodes if last < n.first < place.first):
                break
            yield relation(scene, node, "heldAt", place, "place.after", 0.7)
            last = place.last


def speakers(scene: Scene) -> Iterator[Relation]:
    """``said X at a panel``, ``X told a press conference``."""
    events = [n for n in scene.of(EntityType.EVENT) if n.entity.kind == "PressEvent"]
    for token in scene.sentence.tokens:
        if token.lemma_.casefold() not in _SPEECH or not events:
            continue
        for child in token.children:
            person = scene.at(child) if child.dep_ in {"nsubj", "obl"} else None
            if person and person.type is EntityType.PERSON:
                yield relation(scene, person, "speaksAt", events[0], "speech.at", 0.8)


def parts(scene: Scene) -> Iterator[Relation]:
    """Sales windows, pre-sales and galas belong to the festival of the entry; "as part of" says it of initiatives."""
    festival = next((n.entity for n in (*scene.nodes, *reversed(scene.before)) if n.entity.kind == "Festival"), None)
    for node in scene.nodes:
        if node.type is EntityType.EVENT and node.entity.kind in _WINDOW and festival and node.entity != festival:
            yield relation(scene, node, "partOf", festival, "part.window", 0.75)
        if node.type is EntityType.INITIATIVE:
            whole = next((n for n in scene.of(EntityType.EVENT, EntityType.INITIATIVE) if n.first > node.last), None)
            if whole and "part" in scene.words(node.last + 1, whole.first) and whole.entity != node.entity:
                yield relation(scene, node, "partOf", whole, "part.of", 0.7)


def broadcasts(scene: Scene) -> Iterator[Relation]:
    """``broadcast live by X, Y and Z``."""
    event = next(iter(scene.of(EntityType.EVENT)), None)
    for token in scene.sentence.tokens:
        if token.lemma_.casefold() not in {"broadcast", "televise", "stream", "air"} or event is None:
            continue
        near = scene.words(token.i + 1, token.i + 4)
        by = next((token.i + 1 + k for k, w in enumerate(near) if w in {"by", "on"}), None)
        first = next((n for n in scene.nodes if by is not None and by < n.first <= by + 3), None)
        for node in scene.listed(first) if first else []:
            if node.type in {EntityType.ORGANIZATION, EntityType.PLATFORM}:
                yield relation(scene, event, "broadcastBy", node, "broadcast.by", 0.75)


def availability(scene: Scene) -> Iterator[Relation]:
    """``X in Spain and France``, ``available in``, ``delivered in``: where a platform or an initiative is offered."""
    things = list(scene.of(EntityType.PLATFORM, EntityType.INITIATIVE))
    for place in scene.of(EntityType.PLACE):
        if not {"in", "across"} & set(scene.words(place.first - 2, place.first)):
            continue
        direct = next((n for n in things if scene.words(n.last + 1, place.first) in (["in"], ["in", "the"])), None)
        thing = direct or _offered(scene, things, place)
        if thing is None:
            continue
        for each in scene.listed(place):
            yield relation(scene, thing, "availableIn", each, "available.in", 0.75 if direct else 0.65)


def _offered(scene: Scene, things: list[Node], place: Node) -> Node | None:
    """The thing before the place with a word of offering, and nothing else that could be there, between the two."""
    thing = next((n for n in reversed(things) if n.last < place.first), None)
    if thing is None:
        return None
    lemmas = {t.lemma_.casefold() for t in scene.sentence.tokens.doc[thing.first : place.first]}
    events = any(thing.first < n.first < place.first for n in scene.of(EntityType.EVENT))
    return thing if lemmas & _OFFERING and not lemmas & _BUILDING and not events else None
