"""The detail of a figure: period, place, condition or baseline, in the text's words."""

from __future__ import annotations

import re

from kg.extract.measure.figure import Figure

_REST = r"(?:[^,.;]|[.,]\d)"
_AFTER = re.compile(
    r"\b(?:year[- ](?:on|over)[- ]year"
    rf"|(?:compared|up|down) (?:with|to|from) {_REST}+"
    rf"|(?:than|from|as) (?:(?:in )?(?:the|a|last) {_REST}+|before)"
    rf"|(?:during|between|for the first time|throughout|starting|over the (?:past|first|last)) ?{_REST}*"
    rf"|(?:in|within) the (?:first|last|opening) {_REST}+"
    r"|(?:last|this) year\b|in \d{4}\b|on average"
    r"|on (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?P<detail>(?:in|during|over|after|between|within|by|as of|on|from|this|last|earlier) [^,.;]{3,60}),",
    re.IGNORECASE,
)


def detail_of(figure: Figure) -> str:
    """The words after the figure, or opening its sentence, that say when, where or against what; else empty."""
    if match := _AFTER.search(re.split(r"\b(?:while|and)\b|;", figure.after)[0]):
        return " ".join(match[0].split())[:120]
    if match := _OPENING.match(figure.sentence.text):
        return " ".join(match["detail"].split())
    return ""
