"""Figures and subjects that belong together: ends of a range, "A and B each", "A and B ..., respectively"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from spacy.tokens import Token

from kg.extract.measure.clause import noun_phrase
from kg.extract.measure.figure import Binding, Figure
from kg.extract.units import QuantityKind
from kg.model import Entity

_RANGE = re.compile(r"\s?(?:to|-|–|—)\s?|\s+and\s+")
_UP_FROM = re.compile(
    r"\b(?:(?:up|down|rising|falling|increased?|decreased?|risen)\s+from|compared\s+(?:with|to)|versus|vs\.?"
    r"|to\s+\S*\d[^,;]{0,25}\s+from)\s+(?:the\s+)?$"
)
_OF_ANOTHER = re.compile(r"\s+(?:that|which)\b|\s+(?:in|at|for|on)\s+(?:the\s+)?[\w-]*\s?(?:event|festival|sale)\b")


def baseline_of(figure: Figure) -> Figure:
    """The figure that this one is the earlier state of: "reached 40%, up from 30%" measures one thing twice."""
    before = [q for q in figure.siblings if q.unit == figure.quantity.unit and q.core.end <= figure.quantity.core.start]
    if not before or not _UP_FROM.search(figure.before) or _OF_ANOTHER.match(figure.after):
        return figure
    last = min(before, key=lambda q: (_ratio(q.value, figure.quantity.value), -q.core.start))
    if len(figure.text[last.core.end : figure.quantity.core.start]) > 80:
        return figure
    return replace(figure, quantity=last, siblings=(*(s for s in figure.siblings if s is not last), figure.quantity))


def _ratio(one: Decimal, other: Decimal) -> Decimal:
    """How many times the larger is the smaller: like is compared with like."""
    low, high = sorted((one, other))
    return high / low if low > 0 else Decimal("Infinity")


def other_end(figure: Figure) -> Figure:
    """The figure that ends the range which this one begins: both ends of "3 to 5 percent of X" measure the same."""
    low = figure.quantity
    for high in figure.siblings:
        joined = high.unit == low.unit and _RANGE.fullmatch(figure.text[low.core.end : high.core.start])
        if joined and high.core.start > low.core.end:
            return replace(figure, quantity=high, siblings=(*(s for s in figure.siblings if s is not high), low))
    return figure


def subjects_of(figure: Figure, binding: Binding) -> Iterator[Entity | str]:
    """The subject; both of "A and B" where each reached the amount; A or B where a figure belongs to each of them."""
    if (respective := _respective(figure)) is not None:
        yield respective
        return
    if len(every := _each(figure)) > 1:
        yield from every
        return
    yield binding.subject
    subject = binding.subject
    if figure.quantity.kind is not QuantityKind.MONEY or isinstance(subject, str):
        return
    each = [m for m in figure.mentions if m.entity.type is subject.type and m.entity != subject]
    own = next((m for m in figure.mentions if m.entity == subject), None)
    for mention in each:
        if own is None:
            return
        gap = figure.text[
            own.evidence.span.end - figure.sentence.offset : mention.evidence.span.start - figure.sentence.offset
        ]
        if re.fullmatch(r"\s*(?:,\s*)?(?:and|&)?\s*(?:\w+ ){0,3}", gap) and (
            gap.strip() in ("and", ",", "&") or " and " in gap
        ):
            yield mention.entity


def _each(figure: Figure) -> list[Entity | str]:
    """ "A, B and C each sold 5": every conjunct of the subject."""
    each = next((t for t in figure.sentence.tokens if t.lower_ == "each" and t.i < figure.tokens[0].i), None)
    if each is None or each.nbor(1).pos_ not in ("VERB", "AUX", "ADV"):
        return []
    lists = [_conjuncts(t) for t in figure.sentence.tokens if t.i < each.i and t.dep_ != "conj"]
    heads = max((x for x in lists if x[-1:] and x[-1].i < each.i), key=len, default=[])
    return [_named_beside(figure, head) or noun_phrase(head, short=True) for head in heads]


def _named_beside(figure: Figure, head: Token) -> Entity | None:
    """The entity of a conjunct, by the name apposed to it where there is one: "the toy maker Norvik"."""
    for token in (*(c for c in head.children if c.dep_ in ("appos", "flat", "nmod:desc")), head):
        if (entity := figure.mention_at(token)) is not None:
            return entity
    return None


def _respective(figure: Figure) -> Entity | str | None:
    """ "A and B grew 4% and 2%, respectively": the conjunct whose place in its list is the figure's in its own."""
    if not re.search(r"\brespectively\b", figure.text[figure.quantity.core.end :]):
        return None
    alike = sorted(
        [*(s for s in figure.siblings if s.unit == figure.quantity.unit), figure.quantity], key=lambda q: q.core
    )
    lists = [_conjuncts(t) for t in figure.sentence.tokens if t.idx < alike[0].core.start and t.dep_ != "conj"]
    own = next((x for x in lists if len(x) == len(alike) > 1), None)
    if own is None:
        return None
    head = own[alike.index(figure.quantity)]
    return figure.mention_at(head) or noun_phrase(head, short=True)


def _conjuncts(token: Token) -> list[Token]:
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN"):
            found += _conjuncts(child)
    return sorted(found, key=lambda t: t.i) if token.pos_ in ("NOUN", "PROPN") else []
