"""Figures that measure nothing: dates, times of day, ages, names, editions, scores, telephone numbers.

A figure inside one of these stretches is no quantity. Word lists are in ``data/nonmeasures.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kg.model import Span

_DATA = Path(__file__).parent / "data" / "nonmeasures.toml"


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def either(name: str) -> str:
    """A regular expression for any word of a list of the data file, longest first."""
    return "|".join(re.escape(word) for word in sorted(_lists()[name], key=len, reverse=True))


_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:]|\.\d)"
_JOIN = r"(?:\s*[-–—,]\s*|\s+(?:to|and|until|through|or)\s+)"
_DATES = (
    rf"\b{_MONTH}\s+{_DAY}(?!\d|,\d{{3}})(?:{_JOIN}{_DAY}(?![\d%,]\d|%|\s*(?:percent|million|billion)))*(?:,?\s+\d{{4}}\b)?",
    rf"\b{_DAY}(?:{_JOIN}{_DAY})*\s+(?:of\s+)?{_MONTH}\b(?:,?\s+\d{{4}}\b)?",
    rf"\b{_MONTH}\s+\d{{4}}\b",
    r"\b\d{4}-\d\d-\d\d(?:T[\d:+]+)?",
    r"\b\d{1,4}/\d{1,4}(?:/\d{1,4})?\b",
    r"\b(?:FY|fiscal(?: year)?|calendar|Q[1-4])\s*\d{2,4}\b",
    r"\bQ[1-4]\b|\bH[12]\b",
    r"['’]\d\d\b",
    r"\b\d{2,4}s\b",
    r"\bday\s+(?:\d+|one|two|three)\b",
    r"\b\d{1,4}\s*(?:BCE?|CE|AD|B\.C\.|A\.D\.)(?!\w)|\bAD\s*\d{1,4}\b|\bc\.\s?\d{3,4}\b",
    r"\b(?:you|us|them|we|they|all)\s+(?:two|three|four|five)\b(?!\s+(?:percent|million|billion|thousand|hundred))",
)
_TIMES = (
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?(?!\d)(?=\s*(?:[ap]\.?m|CST|GMT|EST|PST|UTC|PT|ET|BST|hrs)\b)",
    r"\b\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?",
    r"\b\d{1,2}(?:\s*[-–]\s*\d{1,2})?\s*(?:[ap]\.m\.|[ap]m\b|o[’']clock)",
)
_AGES = (
    r"\b(?:[Hh]e|[Ss]he)\s+(?:is|was|turned|turns)\s+\d{1,3}\b(?=[.,;]|\s+(?:and|when|at)\b)",
    r"\b(?:[Hh]e|[Ss]he|I)\s+(?:was|turned)\s+(?:only\s+|just\s+)?(?:\w+teen|five|six|seven|eight|nine|ten|eleven|twelve|twenty|\d\d)"
    r"(?=[.,;]|\s+(?:and|when|so|but|at)\b)",
    r"\b(?:aged?|ages)\s+(?:of\s+|between\s+|over\s+|under\s+)?\d+(?:\s*(?:to|-|–|and)\s*\d+)?",
    r"\b[\w]+(?:-|\s)(?:years?|months?)(?:-|\s)olds?\b",
    r"\b\d+(?:\s*(?:to|-|–)\s*\d+)?(?:-|\s)(?:years?|months?)(?:-|\s)olds?\b",
    r"(?<=[a-z], )[1-9]\d(?=, (?:said|says|who|whose|told|from|an?|is|was|has|had|works|lives|bought|of|and|the)\b)",
    r"\b(?:people|adults|those|users|shoppers|consumers|customers|children|women|men|residents|anyone|workers|buyers)\s+"
    r"(?:aged\s+)?(?:over|under|above|below)\s+\d\d\b(?!\s*(?:%|percent|per\scent|million|billion|thousand|[a-z]+s\b)|[,.]\d)",
)
_NAMES = (
    r"(?<![$€£¥￥B\w.])(?P<twin>[1-9]|1[0-2])\.(?P=twin)(?![\w.]|\s*(?:%|percent|per\scent|times|million|billion|trillion))",
    r"(?<![$€£¥￥B\w.])(?:1[0-2]|[1-9])\.(?:0?[1-9]|[12]\d|3[01])\b(?!\s*(?:%|percent|per\scent|times|hundred|thousand|million|billion|trillion|mn\b|bn\b|[mk]\b|"
    r"hours|days|minutes|seconds|kg|grams|tons|tonnes|to\s+\d|[-–]\d))(?<!\.\d(?=\s[a-z]))",
    r"\b\d+(?:st|nd|rd|th)\b(?:[- ](?:annual|Gen(?:eration)?|edition|anniversary))?",
    r"\b[\d,.]+[\s-](?:hundred|thousand|million|billion)th\b",
    r"(?<![A-Za-z$€£¥￥\d.,])\d+(?:Gen|G|D|K|VIPs?|GB|TB|MB|Hz|MP|mAh)\b",
    r"(?<![\w.,])3M\b|\b\d+[xX×]\d+\b|\b911\s+calls?\b",
    r"\b\d{2,4}(?=\s+(?:[Mm]id-[Yy]ear\s+)?(?:[Ss]hopping\s+|[Ss]ales\s+)?(?:[Ff]estival|[Ss]ale|[Gg]ala|[Cc]arnival|[Cc]ampaign)\b)",
    r"\bDouble\s+(?:\d+|Eleven|Twelve)\b",
    r"\b[A-Za-z]+-\d+\b|\b(?!RMB|CNY|USD|EUR|GBP|US|JPY|HKD|Rs)[A-Z][A-Za-z]*\d[\w-]*",
    r"\b(?:No\.|number|top|Top|Number|Room|Suite|Flight|Route|Chapter|Page|page|Fig\.|Table|version|Version|Phase|Level|Tier|tier)\s?#?\d+(?:\.\d+)*",
    r"#\d+|\+\d[\d\s-]{7,}|\b\d{3,4}-\d{3,4}(?:-\d{4})?\b(?=\D|$)",
    r"\b\d+\.\d+\.\d+",
    r"\bone[- ](?:of\b|another|day\b|that|who|which|time|stop|on[- ]one|by[- ]one)"
    r"|\bone-(?!third|quarter|fifth|tenth|hundred|million|hour|day|week|minute|point)\w+",
    r"\b(?:once|twice)\s+or\s+twice|\bfifty-fifty|\b50[-/]50\b|\bhalf[- ](?:price|time|year|hearted)|\bdouble-digit",
    r"\b\d+\s+(?:[A-Z][a-z]+\s+){1,3}(?:Street|Road|Avenue|Boulevard|Lane|Drive|Square|Place)\b",
    r"\b(?:www\.|https?://)\S+",
    r"\b\d+-(?:meters?|metres?|metre|inch|foot|ply|bit|pin|megapixel|carat|dimensional|pack|piece)\b",
    r"\b(?:two|three|four|\d)-dimensional|\bfirst-of-its-kind",
)
_NUMBERED = (
    rf"\b(?i:{either('numbered')})\s?#?\d+(?:\.\d+)*(?:(?:\s*[-–]\s*|\s+(?:to|and)\s+)\d+)?\b(?![,.]?\d|%|\s*(?:percent|million|billion))",
    rf"\b(?i:{either('indexes')})\s(?:Global\s)?(?:50|100|200|225|250|300|500|600|1000|1,000|2000|2,000|5000)\b(?!\s+[a-z]+s\b)",
)
_SCORES = (
    rf"\b\d{{1,3}}\s?[-–:]\s?\d{{1,3}}(?=\s+(?:\w+\s+)?(?:{either('contests')})\b)",
    rf"(?<=\b)(?:{either('contests')})\s+(?:(?:by|at|of|it|them|with|the|a)\s+|[A-Z]\w+\s+){{0,3}}\d{{1,3}}\s?[-–:]\s?\d{{1,3}}\b(?!\s*(?:%|percent))",
    r"\b\d{1,4}:\d{1,4}\b",
    r"\[\s*\d{1,3}(?:\s*[-–,]\s*\d{1,3})*\s*\]|§+\s*\d+|\bOp\.\s?\d+|\b[12]\d{3}\s?[-–]\s?\d\d\b(?![\d%])",
    r"(?<![$€£¥￥\d.,\w-])\d{1,2}(?:\s[-–]\s|[-–])\d{1,2}(?![\d%.,]?\d|%)(?=\s*(?:[,;)]|\.(?:\s|$)|$|[A-Z][a-z]|(?:up|down|on|with|at|against|over|to)\b))",
    r"(?:^|(?<=\n))\s*\d{1,2}[.)]\s+(?=[A-Z“])",
)
_PERIODS = (
    r"\b(?:past|last|next|previous|coming|following|remaining|recent|first|final|opening|prior|preceding)\s+"
    r"(?:\w+|\d+)\s+(?:years?|months?|decades?|quarters?|centur\w+)\b",
    r"\b(?:\w+-)?\w+\s+(?:years?|months?|decades?|centuries|century|(?<!three\s)quarters(?!\s+of\b))\b(?!-old)",
    r"\b\w+[- ](?:year|month|decade|century)\b(?![- ]o)",
    r"\bremaining\s+[\w,]+\s+(?:days|hours|minutes|weeks)\b",
)
_PATTERN = re.compile(
    "|".join(f"(?:{p})" for group in (_DATES, _TIMES, _AGES, _NAMES, _NUMBERED, _SCORES, _PERIODS) for p in group)
)
_YEAR = re.compile(r"(?<![\d.,$€£¥B])(?:1[89]\d\d|20\d\d|(?<=\b[Ii]n )2[1-9]\d\d)(?![\d%]|,\d{3}|\.\d)")
_COUNTED = re.compile(r"\s+(?:[a-z][a-z-]*\s+){0,2}?[a-z-]{3,}s\b(?![’'])")
_COMPARED = re.compile(
    r"\b(?:than|over|nearly|about|around|some|almost|to|roughly|approximately|least|another|for)\s+$", re.IGNORECASE
)


def find_non_measures(text: str) -> list[Span]:
    """The stretches of a text, in code points, whose figures measure nothing."""
    return [*(Span(m.start(), m.end()) for m in _PATTERN.finditer(text)), *_years(text)]


def _years(text: str) -> Iterator[Span]:
    for match in _YEAR.finditer(text):
        counted = _COUNTED.match(text, match.end()) and _COMPARED.search(text, 0, match.start())
        if not counted and not re.match(r"\s?(?:million|billion|thousand|percent|g\b|kg\b|tons)", text[match.end() :]):
            yield Span(match.start(), match.end())
