"""Roles for dates: when the clause of a trigger word says that something starts and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from spacy.tokens import Token

from kg.extract.dates import DateMention, find_dates
from kg.extract.relate.modality import governing_verb, modality_of
from kg.extract.relate.scene import GENITIVE, Node, Phrase, Scene, Types
from kg.model import Modality, Span

_ISO_DAY = 10
"""Characters of a date that names a day; years and months say too little of an event."""
_REACH = 12
_BREAKS = frozenset({";", "”", "“", "while", "but", "after", "before", "since", "said", "year-on-year"})


def first_day(scene: Scene, token: Token) -> Iterator[Phrase]:
    """The day, or the first day of the period, that the trigger's clause names."""
    return _day(scene, token, lambda date: date.start)


def last_day(scene: Scene, token: Token) -> Iterator[Phrase]:
    """The day, or the last day of the period, that the trigger's clause names."""
    return _day(scene, token, lambda date: date.end)


def last_of_period(scene: Scene, token: Token) -> Iterator[Phrase]:
    """The last day of a period; nothing where the clause names a single day."""
    dates = [d for d in _dates(scene, token) if d.start != d.end]
    return _phrases(scene, dates[:1], lambda date: date.end)


def adjacent_day(scene: Scene, token: Token) -> Iterator[Phrase]:
    """The day right behind the trigger ("on", "from", a comma or a bracket), or right before it ("Friday’s gala")."""
    here = _offset(scene, token.i)
    text = scene.sentence.text
    for date in _found(text, scene, token):
        gap = text[here + len(token.text) : date.span.start]
        inside = date.span.start <= here < date.span.end
        if inside or (date.span.start > here and not gap.strip(" (")):
            return _phrases(scene, [date], lambda d: d.start)
        if date.span.end <= here and not text[date.span.end : here].strip(" "):
            return _phrases(scene, [date], lambda d: d.start)
    return iter(())


def dated_event(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The event right behind the date that the trigger introduces: "during the November 1-3 sales window"."""
    for phrase in adjacent_day(scene, token):
        node = next((n for n in scene.nodes if n.first > phrase.last and n.type in types), None)
        between = scene.words(phrase.last + 1, node.first) if node is not None else []
        if node is not None and set(between) <= GENITIVE | {",", "the", "first", "day", "of", "this", "year"}:
            return [node]
    return []


def adjacent_last_day(scene: Scene, token: Token) -> Iterator[Phrase]:
    """The same place's last day."""
    for phrase in adjacent_day(scene, token):
        dates = [d for d in _found(scene.sentence.text, scene, token) if d.start == phrase.text]
        yield from _phrases(scene, dates[:1], lambda d: d.end)


DAYS = {
    "first-day": first_day, "last-day": last_day, "last-of-period": last_of_period,
    "adjacent-day": adjacent_day, "adjacent-last-day": adjacent_last_day,
}  # fmt: skip


def _day(scene: Scene, token: Token, take: Callable[[DateMention], str]) -> Iterator[Phrase]:
    return _phrases(scene, _dates(scene, token)[:1], take)


def _dates(scene: Scene, token: Token) -> list[DateMention]:
    """The dates of the trigger's clause, nearest first, those behind it before those in front."""
    token = governing_verb(token) if token.pos_ == "NOUN" else token
    here = _offset(scene, token.i)
    dates = _found(scene.sentence.text, scene, token)
    behind = [d for d in dates if d.span.start > here and _reaches(scene, token, d)]
    front = [d for d in dates if d.span.end <= here and _governed(scene, token, d)]
    return behind + front[::-1]


def _found(text: str, scene: Scene, token: Token) -> list[DateMention]:
    future = True if modality_of(token) is Modality.PLANNED else None
    return [d for d in _search(text, scene.sentence.entry.day, future) if len(d.start) == _ISO_DAY]


@lru_cache(maxsize=64)
def _search(text: str, day: object, future: bool | None) -> tuple[DateMention, ...]:
    return tuple(find_dates(text, day, future))  # type: ignore[arg-type]


def _offset(scene: Scene, i: int) -> int:
    doc, tokens = scene.sentence.tokens.doc, scene.sentence.tokens
    return int(doc[i].idx - tokens[0].idx)


def _tokens(scene: Scene, date: DateMention) -> list[Token]:
    start = scene.sentence.span.start
    return scene.sentence.tokens_in(Span(start + date.span.start, start + date.span.end))


def _governed(scene: Scene, trigger: Token, date: DateMention) -> bool:
    tokens = _tokens(scene, date)
    return any(trigger in (t, *t.ancestors) and _clause_of(t, trigger) for t in tokens)


def _clause_of(token: Token, trigger: Token) -> bool:
    for head in (token, *token.ancestors):
        if head.i == trigger.i:
            return True
        if head.pos_ == "VERB":
            return False
    return False


def _reaches(scene: Scene, trigger: Token, date: DateMention) -> bool:
    """Whether a date behind the trigger belongs to it: governed by it, or near with no other clause between."""
    tokens = _tokens(scene, date)
    if not tokens:
        return False
    between = scene.sentence.tokens.doc[trigger.i + 1 : tokens[0].i]
    near = len(between) <= _REACH and not any(t.lower_ in _BREAKS or t.pos_ == "VERB" for t in between)
    return near or _governed(scene, trigger, date)


def _phrases(scene: Scene, dates: list[DateMention], take: Callable[[DateMention], str]) -> Iterator[Phrase]:
    start = scene.sentence.span.start
    for date in dates:
        tokens = _tokens(scene, date)
        span = Span(start + date.span.start, start + date.span.end)
        if tokens:
            yield Phrase(span, take(date), tokens[0].i, tokens[-1].i)
