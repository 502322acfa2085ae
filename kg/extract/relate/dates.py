"""When events take place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.dates import DateMention, find_dates
from kg.extract.relate.scene import Node, Scene
from kg.extract.relate.statement import relation
from kg.model import EntityType, Relation

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
