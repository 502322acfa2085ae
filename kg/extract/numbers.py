"""Numbers in figures and words: "1.2 billion", "a hundred thousand", "twenty-five", "half of a million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.model import Span

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_CARDINALS = {w: Decimal(i) for i, w in enumerate(_UNITS)} | {w: Decimal(20 + 10 * i) for i, w in enumerate(_TENS)}
_SCALES = {
    "hundred": Decimal(100),
    "dozen": Decimal(12),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "crore": Decimal(10**7),
    "lakh": Decimal(10**5),
}
_SHORT_SCALES = {
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "tn": Decimal(10**12),
}
_PARTS = {
    "half": Decimal("0.5"),
    "a third": Decimal(1) / Decimal(3),
    "a quarter": Decimal("0.25"),
    "three quarters": Decimal("0.75"),
}

_SPACED = r"\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)|[1-9]\d{0,2}(?: \d{3})? 000(?!\d)"
_FIGURE = _SPACED + r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CARDINAL = (
    rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS[1:10])}))?|(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
)
_SCALE = "|".join(_SCALES)
_NUMBER = re.compile(
    rf"(?:\b(?P<part>half|a third|a quarter|three[ -]quarters)(?: of)? an? (?P<part_scale>{_SCALE})\b"
    rf"|(?<![\d.,])(?P<figure>{_FIGURE})(?P<mixed> and a half)?(?:[ -](?P<scales>(?:{_SCALE})(?: (?:{_SCALE}))*)\b)?"
    rf"|\b(?<![\w-]-)(?P<words>(?:{_CARDINAL})\b)(?P<words_mixed> and a half)?"
    rf"(?:[ -](?P<words_scales>(?:{_SCALE})(?: (?:{_SCALE}))*)\b)?"
    rf"|\ban? (?P<article_scales>(?:{_SCALE})(?: (?:{_SCALE}))*)\b(?!s)"
    rf")",
    re.IGNORECASE,
)
_SHORT = re.compile(r" ?(mn|mln|bn|tn)\b", re.IGNORECASE)
_SHORT_ANY = re.compile(r"(k|m|b)\b(?![-²/’'])", re.IGNORECASE)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥￥₹₩₽₺₱฿₫₪₴]|\b[A-Z]{2,3}|\bRs\.?) ?$")
_COUNT_SHORT = re.compile(r"[km]\b(?=\s+[a-z][a-z-]*(?:s|people|women|men|children|times)\b)|M\b(?=\s+[a-z][a-z-]*s\b)")
_COUNT_SHORT_AFTER = re.compile(
    r"\b(?:reach\w*|hit|total\w*|of|to|from|over|than|nearly|almost|about|some|around|past|exceed\w*|topp\w*|surpass\w*|"
    r"at|or|and|with|added|sold|shipped)\s+$",
    re.IGNORECASE,
)
_LENGTH_AFTER = re.compile(
    r"m[\s-]+(?:long|tall|high|wide|deep|race|sprint|dash|freestyle|butterfly|hurdles|away|above|below|radius|diameter|tower|yacht)"
)
_END = (
    r"(?=\s*[.,;:)—–]|\s*$"
    r"|\s+(?:from|in|on|at|compared|year|over|this|last|to|during|while|and|as|by|within|off|for)\b)"
)
_FRACTION = re.compile(
    r"(?<![\w-])(?:(?P<top>two|three|four|five|\d+)[- ](?P<bottom>thirds|quarters|fifths|tenths)"
    r"|one[- ](?P<one>third|quarter|fifth|tenth)(?!\s+(?:party|time|of\s+a\s+kind))"
    r"|a[- ](?P<a>third|quarter|fifth|tenth)(?= of\b| the\b| more\b| less\b| fewer\b| higher\b| lower\b| off\b)"
    rf"|(?<=by )a (?P<by>third|quarter|fifth|tenth){_END}"
    rf"|(?<=up |ll )a (?P<up>third|quarter|fifth|tenth){_END}"
    rf"|(?<=than |over |bout |arly |most |some |down |nder |ghly )a (?P<about>third|quarter|fifth|tenth){_END}"
    rf"|(?<=rose |grew |fell |sank |ased |pped |mbed |mped |ined |rank |ared |rged )"
    rf"a (?P<verb>third|quarter|fifth|tenth){_END}"
    r"|(?P<half>half)(?= of\b(?! an? )| the\b| its\b| their\b| all\b| as\b|[.,;])"
    rf"|(?P<more_half>(?<=by |in )half|(?<=than |over |bout |arly |most |some )half){_END}"
    r"|(?P<few>one|two|three|four|six|seven|eight|nine|\d{1,2})\s(?:in|out\sof)(?:\severy)?\s"
    r"(?P<many>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|a\shundred|100|50|40|30|25|20|15|12|10|9|8|7|6|5|4|3|2)"
    r"(?=\s+[a-z]|[.,;])"
    r")(?![\w-])",
    re.IGNORECASE,
)
_HALF_NOT = re.compile(r"\b(first|second|latter|other|better|a|one|last|final|and a|half)[ -]$", re.IGNORECASE)
_BOTTOMS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; ``span`` in code points of the text, ``value`` multiplied out.

    ``spelled`` says whether it is in words alone, ``scaled`` whether it holds a word such as "million";
    ``fraction`` that it is a share (value in percent, rounded to two decimals).
    """

    span: Span
    value: Decimal
    spelled: bool = False
    scaled: bool = False
    fraction: bool = False


def find_numbers(text: str) -> list[Number]:
    """The numbers and fractions of a text, in order and without overlap."""
    fractions = list(_fractions(text))
    taken = [f.span for f in fractions]
    plain = [n for n in _plain(text) if not any(s.start < n.span.end and n.span.start < s.end for s in taken)]
    return sorted(fractions + plain, key=lambda n: n.span)


def _plain(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        span = Span(match.start(), match.end())
        if part := match["part"]:
            value = _PARTS[part.casefold().replace("-", " ")] * _product(match["part_scale"])
            yield Number(span, value, spelled=True, scaled=True)
        elif figure := match["figure"]:
            yield _figure(text, match, figure)
        elif words := match["words"]:
            value = (_cardinal(words) + _half(match["words_mixed"])) * _product(match["words_scales"])
            yield Number(span, value, spelled=True, scaled=bool(match["words_scales"]))
        else:
            yield Number(span, _product(match["article_scales"]), spelled=True, scaled=True)


def _figure(text: str, match: re.Match[str], figure: str) -> Number:
    value = Decimal(re.sub(r"[,\s]", "", figure)) + _half(match["mixed"])
    span = Span(match.start(), match.end())
    if match["scales"]:
        return Number(span, value * _product(match["scales"]), scaled=True)
    if short := _short_scale(text, match):
        return Number(Span(span.start, short.end()), value * _SHORT_SCALES[short[1].casefold()], scaled=True)
    return Number(span, value)


def _short_scale(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """The letters of "3bn", "$5m", "20k users": a bare m or k scales money, and counts where no length is meant."""
    end = match.end()
    if long := _SHORT.match(text, end):
        return long
    short = _SHORT_ANY.match(text, end)
    if short is None:
        return None
    if _MONEY_BEFORE.search(text, max(0, match.start() - 5), match.start()):
        return short
    if short[1] not in "kmM" or _LENGTH_AFTER.match(text, end):
        return None
    counted = _COUNT_SHORT.match(text, end) or (
        short[1] in "km" and _COUNT_SHORT_AFTER.search(text, max(0, match.start() - 24), match.start())
    )
    return short if counted else None


def _fractions(text: str) -> Iterator[Number]:
    for match in _FRACTION.finditer(text):
        if _HALF_NOT.search(text, max(0, match.start() - 16), match.start()):
            continue
        value = _share(match)
        if value is not None:
            span = Span(match.start(), match.end())
            yield Number(span, round(value, 2).normalize() + 0, spelled=True, fraction=True)


def _share(match: re.Match[str]) -> Decimal | None:
    """The share of a fraction in percent; "3 in 4" is one only where the first is the smaller."""
    if match["half"] or match["more_half"]:
        return Decimal(50)
    if match["few"]:
        few, many = _small(match["few"]), _small(match["many"].replace("a hundred", "100"))
        adjoining = few == 1 or many in (3, 4, 5, 10, 20, 100)
        return few * 100 / many if few < many and adjoining else None
    if one := match["one"] or match["a"] or match["by"] or match["up"] or match["about"] or match["verb"]:
        return Decimal(100) / _BOTTOMS[one.casefold()]
    return _small(match["top"]) * 100 / _BOTTOMS[match["bottom"].casefold().rstrip("s")]


def _small(text: str) -> Decimal:
    return _CARDINALS.get(text.casefold()) or Decimal(text)


def _cardinal(words: str) -> Decimal:
    return sum((_CARDINALS[w] for w in words.casefold().split("-")), Decimal(0))


def _half(mixed: str | None) -> Decimal:
    return Decimal("0.5") if mixed else Decimal(0)


def _product(scales: str | None) -> Decimal:
    value = Decimal(1)
    for word in (scales or "").casefold().split():
        value *= _SCALES[word]
    return value
