"""Which way a figure of percent or times goes: growth, decline or reduction, by the words around it."""

from __future__ import annotations

import re

from kg.extract.measure.clause import ancestors, forms
from kg.extract.measure.figure import Figure
from kg.extract.measure.words import is_in

_MORE = re.compile(
    r"\s+(?:more|higher|greater|larger|up|above|faster|as\s+(?:many|much|fast|high|large|big))\b", re.IGNORECASE
)
_LESS = re.compile(r"\s+(?:less|lower|fewer|smaller|down|below)\b", re.IGNORECASE)
_UP_BEFORE = re.compile(r"(?<!made )(?<!make )(?<!makes )(?<!making )\bup\s+(?:by\s+)?$")
_DOWN_BEFORE = re.compile(r"\bdown\s+(?:by\s+)?$")


def changed(figure: Figure) -> str | None:
    """ "growth in" or "decline in" by the nearest word of change above the figure."""
    if _DOWN_BEFORE.search(figure.before):
        return "decline in"
    if _UP_BEFORE.search(figure.before):
        return "growth in"
    for token in [figure.anchor, figure.verb, *ancestors(figure.anchor)]:
        if is_in("down", *forms(token)) or is_in("down_nouns", *forms(token)):
            return "decline in"
        if is_in("up", *forms(token)) or is_in("up_nouns", *forms(token)):
            return "growth in"
        if is_in("reduce", *forms(token)) and token.pos_ == "VERB":
            return "reduction in"
    if _LESS.match(figure.after):
        return "decline in"
    return "growth in" if _MORE.match(figure.after) or figure.quantity.unit == "times" else None
