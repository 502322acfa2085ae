"""Measurements: the figures of a document, each bound to what it measures (rules in :mod:`kg.extract.measure`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.annotate.sentence import Sentence
from kg.extract.measure.amounts import bind_money
from kg.extract.measure.changes import bind_change
from kg.extract.measure.coordination import baseline_of, other_end, subjects_of
from kg.extract.measure.counts import bind_count
from kg.extract.measure.details import detail_of
from kg.extract.measure.durations import bind_duration
from kg.extract.measure.figure import TOPICS, UNKNOWN, Binding, Figure
from kg.extract.measure.grounds import grounded
from kg.extract.measure.physical import bind_physical
from kg.extract.measure.thresholds import counted_before, is_headline_mark, is_mark_of_many, is_negated
from kg.extract.quantities import Quantity, find_quantities
from kg.extract.units import QuantityKind
from kg.model import Entity, Evidence, Measurement, Mention, Span

_BINDERS: dict[QuantityKind, Callable[[Figure], Binding | None]] = {
    QuantityKind.COUNT: bind_count,
    QuantityKind.MONEY: bind_money,
    QuantityKind.PERCENT: bind_change,
    QuantityKind.TIMES: bind_change,
    QuantityKind.DURATION: bind_duration,
    QuantityKind.PHYSICAL: bind_physical,
}
_CHANGE = re.compile(r"^(?:(?:growth|decline|reduction|increase) in|share of)\s+")
_APPOSED = re.compile(r",\s+(?:the|a|an|its|their)\s+(?:[\w-]+\s+){0,2}")
_APART = 40
_DROPS = (is_negated, is_mark_of_many, is_headline_mark)


def find_measurements(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Measurement]:
    """The measurements of a document, one for each fact and entry.

    ``sentences`` are in document order; ``mentions`` are resolved to entities and sorted by span.
    """
    found: list[Measurement] = []
    for figure in _figures(sentences, mentions):
        found.extend(_bound(figure))
    return _distinct(found, {s.span: s.is_headline for s in sentences})


def _figures(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Figure]:
    quantities: list[Quantity] = []
    seen: list[Mention] = []
    doc, next_mention = None, 0
    mentions = _by_name(sentences, mentions)
    for sentence in sentences:
        if sentence.tokens.doc is not doc:
            doc = sentence.tokens.doc
            quantities = find_quantities(doc.text)
        here, next_mention = _mentions_in(sentence, mentions, next_mention)
        first, last = sentence.tokens[0].idx, sentence.tokens[-1].idx
        own = tuple(q for q in quantities if first <= q.core.start <= last)
        here = tuple(m for m in here if not _is_figure(m, sentence, own))
        topics = _topics(seen, sentence)
        for quantity in own:
            others = tuple(q for q in own if q is not quantity)
            yield Figure(quantity, sentence, here, topics, others)
        seen.extend(here)


def _by_name(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions with the name that a description explains: "Ordana, the toy fair, ..." makes the toy fair Ordana."""
    named: dict[Entity, Entity] = {}
    for earlier, later in pairwise(mentions):
        gap = earlier.evidence.span.end, later.evidence.span.start
        described = later.entity.name[:1].islower() and earlier.entity.name[:1].isupper()
        if described and 0 < gap[1] - gap[0] < _APART and earlier.entity.type is later.entity.type:
            home = next((s for s in sentences if s.span.covers(earlier.evidence.span)), None)
            between = "" if home is None else home.text[gap[0] - home.span.start : gap[1] - home.span.start]
            if _APPOSED.fullmatch(between):
                named.setdefault(later.entity, earlier.entity)
    if not named:
        return mentions
    return [replace(m, entity=named.get(m.entity, m.entity)) for m in mentions]


def _is_figure(mention: Mention, sentence: Sentence, quantities: Sequence[Quantity]) -> bool:
    """Whether a mention is only the sign or unit of a quantity, taken for a name."""
    start, end = mention.evidence.span.start - sentence.offset, mention.evidence.span.end - sentence.offset
    return any(q.core.start <= start and end <= q.core.end for q in quantities)


def _mentions_in(sentence: Sentence, mentions: Sequence[Mention], start: int) -> tuple[tuple[Mention, ...], int]:
    span = sentence.span
    while start < len(mentions) and mentions[start].evidence.span.start < span.start:
        start += 1
    end = start
    while end < len(mentions) and mentions[end].evidence.span.start < span.end:
        end += 1
    return tuple(_named_once(mentions[start:end])), end


def _named_once(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Without the description that follows a name of its kind: "Box Return programme", of which the name is enough."""
    last: Mention | None = None
    for mention in mentions:
        follows = last is not None and 0 <= mention.evidence.span.start - last.evidence.span.end <= 1
        if not (follows and last and last.entity.type is mention.entity.type and mention.entity.name[:1].islower()):
            yield mention
        last = mention


def _topics(seen: Sequence[Mention], sentence: Sentence) -> tuple[Entity, ...]:
    """Entities mentioned before, the latest of this entry first, then the document's others."""
    key = sentence.entry.key
    same = [m.entity for m in reversed(seen[-80:]) if m.evidence.entry == key and m.entity.type in TOPICS]
    rest = [m.entity for m in reversed(seen[-200:]) if m.evidence.entry != key and m.entity.type in TOPICS]
    return tuple(dict.fromkeys([*same, *rest]))


def _bound(figure: Figure) -> Iterator[Measurement]:
    if any(drop(figure) for drop in _DROPS) or counted_before(figure) is not None:
        return
    whole = baseline_of(other_end(figure))
    binding = _BINDERS[whole.quantity.kind](whole)
    if binding is None:
        return
    binding = grounded(figure, binding)
    if binding.subject == UNKNOWN:
        binding = replace(binding, subject=_CHANGE.sub("", binding.measure))
    binding = _with_mark(figure, binding)
    for subject in subjects_of(figure, binding):
        yield _measurement(figure, replace(binding, subject=subject))


def _with_mark(figure: Figure, binding: Binding) -> Binding:
    """Name counted things by the mark they passed: "brands over RMB1 billion in GMV"."""
    if figure.quantity.kind is not QuantityKind.COUNT:
        return binding
    for other in figure.siblings:
        probe = replace(
            figure, quantity=other, siblings=(*(s for s in figure.siblings if s is not other), figure.quantity)
        )
        if counted_before(probe) == figure.quantity:
            sign = {">": "over ", "<": "under ", "~": "about "}.get(other.comparator, "at ")
            measure = re.search(
                r"\b(GMV|gross merchandise (?:value|volume)|(?:pre-?)?sales)\b", figure.sentence.text, re.IGNORECASE
            )
            tail = f" in {measure[1]}" if measure else ""
            subject = f"{binding.measure} {sign}{other.core.of(figure.text)}{tail}"
            return replace(binding, subject=subject, rule="measure.count-over-mark")
    return binding


def _measurement(figure: Figure, binding: Binding) -> Measurement:
    quantity, sentence = figure.quantity, figure.sentence
    span = Span(sentence.offset + quantity.span.start, sentence.offset + quantity.span.end)
    evidence = Evidence(sentence.entry.key, sentence.span, span, binding.rule, binding.confidence)
    detail = detail_of(figure)
    return Measurement(
        binding.subject, binding.measure, quantity.comparator, quantity.value, quantity.unit, evidence, detail
    )


def _distinct(found: Sequence[Measurement], headline: dict[Span, bool]) -> list[Measurement]:
    """One measurement a fact: a headline's or caption's figure gives way to the body's of the same value."""
    kept: list[Measurement] = []
    body = {_key(m) for m in found if not headline[m.evidence.passage]}
    seen: set[object] = set()
    for measurement in found:
        if headline[measurement.evidence.passage] and _key(measurement) in body:
            continue
        name = measurement.subject if isinstance(measurement.subject, str) else measurement.subject.name
        keys = {(_key(measurement), name), (_key(measurement), measurement.measure.casefold())}
        coordinated = measurement.evidence.rule.startswith("measure.amount") and (_key(measurement), name) not in seen
        if keys & seen and not coordinated:
            continue
        seen |= keys
        kept.append(measurement)
    return kept


def _key(measurement: Measurement) -> tuple[str, object, str]:
    return measurement.evidence.entry, measurement.value, measurement.unit
