"""Figures that do not measure by themselves: marks that counted things passed, periods of other figures, negations."""

from __future__ import annotations

import re
from itertools import takewhile

from spacy.tokens import Token

from kg.extract.measure.clause import ancestors, forms, own_subject
from kg.extract.measure.figure import Figure
from kg.extract.measure.words import is_in
from kg.extract.quantities import Quantity
from kg.extract.units import QuantityKind

_MARKS = (QuantityKind.MONEY, QuantityKind.PERCENT, QuantityKind.TIMES)
_TOGETHER = re.compile(
    r"\b(?:together|combined|in total(?!\s+\w)|collectively|altogether|average|between them)\b", re.IGNORECASE
)
_LEAP = re.compile(r"\b(?:leap|jump|climb|step)\b")
_EACH = re.compile(r"\bat\s+each\s+of\b|\b(?:by|for|at)\s+each\s+of\b", re.IGNORECASE)
_OF = re.compile(r"\s+of\b")
_OF_WHICH = re.compile(r"\bof\s+(?:which|whom|these|those|them)\b\W*(?:\w+\s+){0,2}$")
_CLAUSES = re.compile(r"[;:—–]|,\s+(?:and|but|while)\b")


def counted_before(figure: Figure) -> Quantity | None:
    """The count whose things this amount is a mark for: "36 brands topped RMB1 billion" in the same clause."""
    if _OF_WHICH.search(figure.before):
        return None
    if figure.quantity.kind not in _MARKS or (figure.quantity.unit == "percent" and _OF.match(figure.after)):
        return None
    start, text = figure.quantity.span.start, figure.text
    counts = sorted((q for q in figure.siblings if q.kind is QuantityKind.COUNT and not q.rate), key=lambda q: q.core)
    for count in reversed([q for q in counts if q.core.end <= start]):
        between = text[count.core.end : start]
        if _governs(figure, count, between):
            return count
    for count in counts:
        if count.core.start > start and _EACH.search(text[figure.quantity.core.end : count.span.start]):
            return count
    return None


def _governs(figure: Figure, count: Quantity, between: str) -> bool:
    if _TOGETHER.search(figure.sentence.text) or ";" in between:
        return False
    counted = next((t for t in figure.sentence.tokens if t.idx + len(t.text) > count.core.start), None)
    verbs = [v for v in figure.clause_words() if v.pos_ in ("VERB", "AUX")]
    if counted is None or (any(is_in("spending", *forms(v)) for v in verbs[:1]) and not _LEAP.search(between)):
        return False
    phrase = _phrase_head(counted)
    below = takewhile(lambda t: t.i != phrase.i, figure.clause_words())
    verbs = [v for v in below if v.pos_ in ("VERB", "AUX")]
    chain = {t.i for t in figure.clause_words()}
    if (phrase.i in chain and verbs) or (phrase.dep_.startswith("nsubj") and phrase.head.i in chain):
        return not _other_subject(verbs, phrase)
    return bool(
        re.fullmatch(
            r"[^,;.—]*\b(?:with|over|reach\w*|surpass\w*|topp?\w*|exceed\w*|cross\w*|report\w*|record\w*|s[ae]w|hit|worth)\b[^,;.—]*",
            between,
        )
    )


def _phrase_head(token: Token) -> Token:
    node = token
    while node.head.i != node.i and node.dep_ in ("nummod", "compound", "amod", "advmod", "det", "fixed", "quantmod"):
        node = node.head
    return node


def _other_subject(verbs: list[Token], phrase: Token) -> bool:
    """Whether a nearer clause has a subject of its own that is not a measure of the counted things ("their GMV")."""
    for verb in verbs:
        subject = own_subject(verb)
        if subject is None:
            continue
        if subject.i == phrase.i:
            return False
        if subject.pos_ != "PRON" and not is_in("measure_nouns", *forms(subject)):
            return True
    return False


def is_mark_of_many(figure: Figure) -> bool:
    """Whether the amount describes things whose number changed ("the number of brands that ...")."""
    if figure.quantity.kind is not QuantityKind.MONEY or "number of" not in figure.before:
        return False
    return any(t.dep_.startswith("acl") for t in [figure.anchor, *ancestors(figure.anchor)])


def is_negated(figure: Figure) -> bool:
    """Whether the sentence denies the figure: "no brand has ever earned more than ..."."""
    clause = _CLAUSES.split(figure.before)[-1]
    denied = re.match(r"(?:no|none|nobody|never)\b(?!\s+(?:fewer|less)\b)", clause.lstrip(" “‘"))
    return bool(denied) and figure.quantity.kind in _MARKS


def is_headline_mark(figure: Figure) -> bool:
    """Whether a plural noun alone, in a headline, passed the mark: the body counts them."""
    if not figure.sentence.is_headline or figure.quantity.kind is not QuantityKind.MONEY:
        return False
    return bool(
        re.search(
            r"\b(?:brands|companies|merchants|businesses|stores|sellers|channels|retailers|enterprises)\s+(?:\w+\s+)?\w+\s+$",
            figure.before,
        )
    )
