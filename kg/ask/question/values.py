"""What a question says besides names: days, amounts of money, units, themes, measures, groups of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.ask.question.concepts import NOTHING, Word, concepts_of
from kg.ask.question.names import Names
from kg.extract.dates import find_dates
from kg.extract.numbers import find_numbers
from kg.extract.quantities import find_quantities
from kg.extract.themes import themes_of
from kg.extract.units import QuantityKind, unit_lexicon
from kg.vocabulary import THEMES

_BETWEEN = re.compile(r"[\s-]+")
_YEAR = re.compile(r"\d{4}")
_IN_A_PHRASE = {"ADJ", "NOUN", "PROPN", "VERB", "ADV"}
_NO_MEASURE = {"-", "figure", "thing", "post", "entry", "person", "event", "over-time", "!"}
_UNITS = {"percentage": "percent", "percentages": "percent", "percents": "percent"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a question: its kind, as a parameter takes it, and its place; ``firm`` if nothing else explains it."""

    kind: str
    text: str
    start: int
    end: int
    firm: bool = False


def find_values(text: str, words: Sequence[Word], names: Names) -> list[Value]:
    """The values in a question; those of several kinds may overlap."""
    days = list(_days(text, names))
    amounts = [value for value in _amounts(text) if not _within(value, days)]
    return [*days, *amounts, *_units(words), *_themes(words), *_measures(words, names), *_audiences(text, words)]


def _within(value: Value, others: Sequence[Value]) -> bool:
    return any(other.start < value.end and value.start < other.end for other in others)


def _days(text: str, names: Names) -> Iterator[Value]:
    last = date.fromisoformat(names.last_day) if names.last_day else None
    for mention in find_dates(text, last):
        if not _YEAR.fullmatch(mention.start):
            span = mention.span.start, mention.span.end
            yield Value("start", _whole(mention.start, first=True), *span, firm=True)
            yield Value("end", _whole(mention.end, first=False), *span, firm=True)


def _whole(day: str, *, first: bool) -> str:
    if len(day) != 7:
        return day
    year, month = map(int, day.split("-"))
    following = date(year + month // 12, month % 12 + 1, 1)
    return f"{day}-01" if first else date.fromordinal(following.toordinal() - 1).isoformat()


def _amounts(text: str) -> Iterator[Value]:
    quantities = [q for q in find_quantities(text) if q.kind is QuantityKind.MONEY]
    for quantity in quantities:
        span = quantity.core.start, quantity.core.end
        yield Value("amount", format(quantity.value, "f"), *span, firm=True)
        yield Value("currency", quantity.unit, *span, firm=True)
    for number in find_numbers(text):
        alone = not any(q.core.start < number.span.end and number.span.start < q.core.end for q in quantities)
        if alone and not number.fraction and number.value >= 1000:
            yield Value("amount", format(number.value, "f"), number.span.start, number.span.end, firm=True)


def _units(words: Sequence[Word]) -> Iterator[Value]:
    known = unit_lexicon().words
    for length in (3, 2, 1):
        for place in range(len(words) - length + 1):
            part = words[place : place + length]
            phrase = " ".join(word.text for word in part)
            code = _UNITS.get(phrase) or (known[phrase].code if phrase in known else "")
            if code:
                yield Value("unit", code, part[0].start, part[-1].end)
                yield Value("currency", code, part[0].start, part[-1].end)


def _themes(words: Sequence[Word]) -> Iterator[Value]:
    for word in words:
        own = [theme for theme in THEMES if word.text in theme.split("-")[1:] or word.lemma in theme.split("-")[1:]]
        other = () if NOTHING in concepts_of(word) else themes_of(word.text)
        for theme in own or [t for t in other if t in THEMES]:
            yield Value("theme", theme.removeprefix("theme-"), word.start, word.end)


def _measures(words: Sequence[Word], names: Names) -> Iterator[Value]:
    folded = {" ".join(_BETWEEN.split(measure.casefold())): measure for measure in sorted(names.measures)}
    for length in (4, 3, 2, 1):
        for place in range(len(words) - length + 1):
            part = words[place : place + length]
            measure = folded.get(" ".join(w.text for w in part)) or folded.get(_lemmas(part))
            nominal = part[-1].pos in {"NOUN", "PROPN"} and (length > 1 or not concepts_of(part[0]) & _NO_MEASURE)
            if nominal and (measure or _inside(part, folded)):
                yield Value("measure", measure or " ".join(w.text for w in part), part[0].start, part[-1].end)


def _lemmas(part: Sequence[Word]) -> str:
    return " ".join([*(w.text for w in part[:-1]), part[-1].lemma])


def _inside(part: Sequence[Word], folded: dict[str, str]) -> bool:
    text = " ".join(w.text for w in part)
    return len(text) > 2 and any(measure.endswith(" " + text) for measure in folded)


def _audiences(text: str, words: Sequence[Word]) -> Iterator[Value]:
    for place, word in enumerate(words):
        if "human" not in concepts_of(word):
            continue
        first = place
        while first > 0 and words[first - 1].pos in {"ADJ", "NOUN"} and not concepts_of(words[first - 1]) - {"human"}:
            first -= 1
        last = place
        if place + 1 < len(words) and words[place + 1].text in {"with", "in", "from", "without"}:
            last = place + 1
            while last + 1 < len(words) and words[last + 1].pos in {*_IN_A_PHRASE, "ADP", "DET"}:
                last += 1
        yield Value("audience", text[words[first].start : words[last].end], words[first].start, words[last].end)
