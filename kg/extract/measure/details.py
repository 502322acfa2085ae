"""The detail of a figure: period, place, condition or baseline, in the text's words."""

from __future__ import annotations

import re

from kg.extract.measure.figure import Figure

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_REST = r"(?:[^,.;()]|[.,]\d|\.(?=\s\d))"
_WHEN = (
    r"(?:first|last|opening|past|next|second|third|fourth|final|same|early|late|previous)\b"
    rf"|{_DAY}\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\d{{4}}\b|\d{{1,2}}(?::\d\d)?\s?[ap]\.?m\b"
)
_AFTER = re.compile(
    r"\b(?:year[- ](?:on|over)[- ]year"
    rf"|(?:compared|up|down) (?:with|to|from) {_REST}+"
    rf"|(?:than|from|as) (?:(?:in )?(?:the|a|an|last|this) {_REST}+|before)"
    rf"|between {_REST}+? and {_REST}+"
    rf"|(?:during|for the first time|throughout|starting|since|over the (?:past|first|last)) ?{_REST}*"
    rf"|(?:in|within|by|on|at|as of|until|for) (?:the )?(?:{_WHEN}){_REST}*?"
    r"(?=\s(?:and|while|to|with|from|by)\b|[,;()]|\.(?!\s?\d)|$)"
    r"|(?:last|this|next) (?:year|month|week|quarter|season)\b(?![’'])|on average|worldwide|a year (?:earlier|ago))",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?P<detail>(?:in|during|over|after|between|within|by|as of|on|at|from|this|last|earlier) [^,.;]{3,60}),",
    re.IGNORECASE,
)
_LONGEST = 120


def detail_of(figure: Figure) -> str:
    """The words after the figure, or opening its sentence, that say when, where or against what; else empty."""
    found = [" ".join(m[0].split()) for m in _AFTER.finditer(_own_words(figure))]
    if not found and (match := _OPENING.match(figure.sentence.text)):
        found = [" ".join(match["detail"].split())]
    return ", ".join(dict.fromkeys(found))[:_LONGEST].strip()


def _own_words(figure: Figure) -> str:
    """What stands after the figure, up to the next clause."""
    return re.split(r"\bwhile\b|\band\b(?=\s+\w+\s+(?:\w+ed|is|was|were|will|has|have)\b)|;", figure.after)[0]
