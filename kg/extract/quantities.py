"""Quantities: the figures of a text that measure something, with value, unit and comparator.

A pure reading of characters; what is measured is found by :mod:`kg.extract.measurements`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from kg.extract.comparators import EQUAL, comparator_lexicon
from kg.extract.nonmeasures import either, find_non_measures
from kg.extract.numbers import Number, find_numbers
from kg.extract.units import COUNT, PERCENT, TIMES, QuantityKind, Unit, unit_lexicon
from kg.model import Span

_MULTIPLES = {"twice": 2, "double": 2, "doubled": 2, "doubling": 2, "doubles": 2, "thrice": 3, "triple": 3}
_MULTIPLES |= {
    "tripled": 3,
    "tripling": 3,
    "sextupled": 6,
    "triples": 3,
    "quadrupled": 4,
    "quadruple": 4,
    "quintupled": 5,
}
_MULTIPLE = re.compile(rf"(?<![\w-])({'|'.join(sorted(_MULTIPLES, key=len, reverse=True))})(?![\w-])", re.IGNORECASE)
_MULTIPLE_NOT = re.compile(r"\s+(?:down\b|digit|(?:a|per|every|daily|weekly)\b|\d|Eleven|Twelve|check|up\b)")
_TWICE_AFTER = re.compile(r"\s+(?:as|the|that|those|what|its|their|last|this|more|than|over|in size)\b|\s*[.,;]")
_FOLD = re.compile(
    r"(?<![\w-])(two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)-?fold\b|(?<![\w.])(\d+)-?fold\b",
    re.IGNORECASE,
)
_FOLDS = dict(
    zip(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(2, 11), strict=True)
) | {
    "twenty": 20,
    "hundred": 100,
}
_RATE = re.compile(r"\s+[\w -]{0,40}?\b(?:a|per|each|every)\s+(second|minute|hour|day)\b")
_FULL = re.compile(r"\s(?:full|whole|straight|short|working|business|calendar|consecutive|extra|more)\b")
_PERIOD = re.compile(r"^over\s+(?:(?:the|its|their)\b|(?:an?\s+)?[\w.]+-)", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:to|and|or|-|–|—)\s?")
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|by)\s+$", re.IGNORECASE)
_HALVED = re.compile(
    r"\b(?:halved|halving|cut in half|(?P<hour>half an hour)|(?P<more>an hour and a half))\b", re.IGNORECASE
)
_OFF_EVERY = re.compile(r"\b(?:for\s+)?(?:every|each|per)\s+$", re.IGNORECASE)
_ANAPHOR = re.compile(r"\b(?:the|these|those|both|its|their|his|her|our|let alone|all|other|which)\s+$", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:of|in|across|all|at)\s+(?:the|its|their|our)\s+$", re.IGNORECASE)
_PLURAL = re.compile(r"\s+(?!(?:days|hours|weeks|months|years|minutes|times)\b)[a-z]{3,}s\b")
_COUNTED = re.compile(
    r"[\s-]+(?!(?:and|or|of|in|on|at|to|for|by|with|is|are|was|were|has|have|had|as|years?|months?|the)\b)[A-Za-z“‘\"]"
)
_NAMED = re.compile(r"(?:^|[\w’',;-]+\s+)(?P<name>[a-z]?[A-Z][\w’'-]*)\s+$")
_MIDWORD = re.compile(r"[A-Za-z_]|[-–’'][A-Za-z]")
_MANY_TIMES = 100
_TIMES_DONE = re.compile(r"\s+times\b(?!\s+(?:more|as|the|that|higher|larger|bigger|greater|faster|its|what))")
_SCALE_END = re.compile(
    r"(?P<figure>[\d.,]+|[a-z]+)[ -]?(?:hundred|thousand|million|billion|trillion|lakh|crore|mn|mln|bn|tn|[kmb])\b.*$",
    re.I,
)
_SUBORDINATE = re.compile(r"\bof\s+the\s+$", re.IGNORECASE)
_SUPERLATIVE = re.compile(r"\s+(?:\w+est|most|best|top|leading)\b")
_OPENER = re.compile(rf"(?:{either('openers')})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that measures something.

    ``span`` takes in the comparator, ``core`` only the number and its unit (code points of the text, half-open);
    ``value`` is multiplied out and in ``unit`` (a code as in the fact tables); ``comparator`` is one of ``= > < ~``;
    ``rate`` is the unit of time of "a second", "per day"; ``modifier`` tells a hyphenated "48-hour" from "48 hours".
    """

    span: Span
    core: Span
    value: Decimal
    unit: str
    comparator: str
    kind: QuantityKind
    rate: str = ""
    modifier: bool = False


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text, in order; dates, times of day, ages, editions and figures in names are none."""
    masked = find_non_measures(text)
    found = [*_multiples(text), *_folds(text), *_halves(text)]
    for number in find_numbers(text):
        if not any(_overlap(number.span, m) for m in masked) and not any(_overlap(number.span, q.core) for q in found):
            found.extend(_measured(text, number))
    found.sort(key=lambda q: q.core)
    return [q for q in _merged(text, _ranged(text, found)) if not _stray(text, q)]


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _measured(text: str, number: Number) -> Iterator[Quantity]:
    start, end = number.span.start, number.span.end
    if number.fraction:
        yield _quantity(text, number.span, number.value, PERCENT)
    elif money := unit_lexicon().before(text, start):
        unit, begin = money
        yield _quantity(text, Span(begin, end), number.value, unit)
    elif start and (text[start - 1].isalpha() or (text[start - 1] in "-–" and start > 1 and text[start - 2].isalpha())):
        return
    elif number.scaled and (pounds := unit_lexicon().after_scale(text, end)):
        yield _with_unit(text, number, *pounds)
    elif number.value >= _MANY_TIMES and _TIMES_DONE.match(text, end):
        yield _quantity(text, number.span, number.value, COUNT)
    elif unit_after := unit_lexicon().after(text, end) or unit_lexicon().after(text, _skip_full(text, end)):
        yield _with_unit(text, number, *unit_after)
    elif not _MIDWORD.match(text, end) or text.startswith("-strong", end):
        yield _quantity(text, number.span, number.value, COUNT)


def _skip_full(text: str, start: int) -> int:
    match = _FULL.match(text, start)
    return match.end() if match else start


def _with_unit(text: str, number: Number, unit: Unit, end: int) -> Quantity:
    core = Span(number.span.start, end)
    modifier = text[number.span.end] == "-" and unit.kind is QuantityKind.DURATION
    return replace(_quantity(text, core, number.value * unit.factor, unit), modifier=modifier)


def _quantity(text: str, core: Span, value: Decimal, unit: Unit) -> Quantity:
    lexicon = comparator_lexicon()
    comparator, start = lexicon.before(text, core.start)
    end = core.end
    if comparator == EQUAL:
        comparator, end = lexicon.after(text, core.end)
    over_days = unit.kind is QuantityKind.DURATION and _PERIOD.search(text[start : core.end])
    if comparator == ">" and over_days:
        comparator, start = EQUAL, core.start
    rate = _RATE.match(text, core.end) if unit.kind is QuantityKind.COUNT else None
    value = value.to_integral() if value == value.to_integral() else value.normalize()
    return Quantity(Span(start, end), core, value, unit.code, comparator, unit.kind, rate[1] if rate else "")


def _multiples(text: str) -> Iterator[Quantity]:
    for match in _MULTIPLE.finditer(text):
        word = match[1].casefold()
        bare = word in ("twice", "thrice") and not _TWICE_AFTER.match(text, match.end())
        if not bare and not _MULTIPLE_NOT.match(text, match.end()):
            yield _quantity(text, Span(match.start(), match.end()), Decimal(_MULTIPLES[word]), TIMES)


def _halves(text: str) -> Iterator[Quantity]:
    for match in _HALVED.finditer(text):
        span = Span(match.start(), match.end())
        if match["hour"] or match["more"]:
            hour = unit_lexicon().words["hour"]
            yield _quantity(text, span, Decimal("0.5") if match["hour"] else Decimal("1.5"), hour)
        else:
            yield _quantity(text, span, Decimal(50), PERCENT)


def _folds(text: str) -> Iterator[Quantity]:
    for match in _FOLD.finditer(text):
        value = Decimal(match[2]) if match[2] else Decimal(_FOLDS[match[1].casefold()])
        yield _quantity(text, Span(match.start(), match.end()), value, TIMES)


def _ranged(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the first figure of "10 to 20 percent" the unit of the second."""
    out = list(found)
    for i, (low, high) in enumerate(pairwise(found)):
        between = text[low.core.end : high.core.start]
        if _RANGE.fullmatch(between):
            out[i], out[i + 1] = _bounds(text, *_alike(text, out[i], high))
        elif (
            low.kind is high.kind is QuantityKind.MONEY
            and high.comparator == EQUAL
            and between.strip() in ("(", "(or", ", or")
        ):
            out[i + 1] = replace(high, comparator=low.comparator)
    return out


def _bounds(text: str, low: Quantity, high: Quantity) -> tuple[Quantity, Quantity]:
    """A range's ends as its bounds, over the lower and under the upper; "from 3 to 5" may be a change and stays."""
    before = text[: low.span.start]
    joined = text[low.core.end : high.core.start].strip()
    ranged = joined in ("-", "–", "—") or (joined == "and" and _BETWEEN.search(before))
    ranged = ranged or (joined == "to" and not _FROM.search(before) and low.kind is not QuantityKind.COUNT)
    if (
        not ranged
        or low.unit != high.unit
        or not low.value < high.value
        or {low.comparator, high.comparator} != {EQUAL}
    ):
        return low, high
    return replace(low, comparator=">"), replace(high, comparator="<")


def _alike(text: str, low: Quantity, high: Quantity) -> tuple[Quantity, Quantity]:
    """Both ends of a range in one unit and scale: "10 to 20 percent", "$3-5 billion", "3 to 5 million"."""
    if low.kind is QuantityKind.COUNT and high.kind is not QuantityKind.COUNT:
        low = replace(low, unit=high.unit, kind=high.kind, value=low.value * _factor(text, high))
    elif low.kind is QuantityKind.MONEY and high.kind is QuantityKind.COUNT:
        high = replace(high, unit=low.unit, kind=low.kind)
    scale = _SCALE_END.search(high.core.of(text))
    if scale and low.unit == high.unit and low.value < 1000 <= high.value and not _SCALE_END.search(low.core.of(text)):
        figure = find_numbers(scale["figure"])
        if figure and low.value < figure[0].value:
            low = replace(low, value=(low.value * high.value / figure[0].value).to_integral())
    return low, high


def _factor(text: str, quantity: Quantity) -> Decimal:
    """What the unit multiplies its figure by: 7 for weeks in days."""
    figures = find_numbers(quantity.core.of(text))
    return quantity.value / figures[0].value if figures and figures[0].value else Decimal(1)


def _merged(text: str, found: list[Quantity]) -> list[Quantity]:
    """Add up "1 hour and 20 minutes", in the smaller unit."""
    seconds = {"s": 1, "min": 60, "h": 3600, "d": 86400}
    out: list[Quantity] = []
    for quantity in found:
        last = out[-1] if out else None
        if (
            last
            and last.kind is quantity.kind is QuantityKind.DURATION
            and last.unit != quantity.unit
            and text[last.core.end : quantity.core.start].strip() in ("and", ",", "")
        ):
            value = last.value * seconds[last.unit] / seconds[quantity.unit] + quantity.value
            core = Span(last.core.start, quantity.core.end)
            out[-1] = replace(last, core=core, span=Span(last.span.start, core.end), value=value, unit=quantity.unit)
        else:
            out.append(quantity)
    return out


def _stray(text: str, quantity: Quantity) -> bool:
    before, core = text[: quantity.core.start], quantity.core.of(text)
    if _OFF_EVERY.search(before):
        return True
    if quantity.kind is not QuantityKind.COUNT:
        return False
    compared = quantity.span.start < quantity.core.start or quantity.comparator != EQUAL
    spelled, scaled = core[0].isalpha(), len(core.split()) > 1
    if _SUBORDINATE.search(before) and _SUPERLATIVE.match(text, quantity.core.end):
        return True
    if core.casefold() == "one" or core == "1":
        return not re.search(r"\bequivalent\s+(?:to|of)\s+$", before)
    if spelled and not scaled and not (_DEFINITE.search(before) and _PLURAL.match(text, quantity.core.end)):
        return bool(_ANAPHOR.search(before)) or not (compared or _COUNTED.match(text, quantity.core.end))
    if _DEFINITE.search(before) and _PLURAL.match(text, quantity.core.end):
        return False
    if compared or scaled or "," in core:
        return text[quantity.core.end :].lstrip(" ").startswith((")", "”")) and scaled
    return bool(_ANAPHOR.search(before) and len(core) < 3) or _in_name(text, before, quantity.core)


def _in_name(text: str, before: str, core: Span) -> bool:
    """Whether a bare figure follows a capitalised word inside a sentence, as in a product's name."""
    line = text[text.rfind("\n", 0, core.start) + 1 :].split("\n", 1)[0]
    words = [w for w in line.split() if w[0].isalpha()]
    titled = len(words) > 2 and sum(w[0].isupper() for w in words) > 0.7 * len(words)
    match = _NAMED.search(line[: core.start - text.rfind("\n", 0, core.start) - 1])
    return bool(match and not titled and not _OPENER.fullmatch(match["name"]) and not before.rstrip().endswith("."))
