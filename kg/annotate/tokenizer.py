"""The tokenizer: spaCy's English one, with the rules of the Universal Dependencies treebanks and of press texts.

It never changes a text: tokens and the blanks between them add up to the input, so that a token's ``idx`` is an
offset into the text (Unicode code points, half-open spans). What differs from spaCy's English rules:

- codes and signs of currencies come off amounts: ``RMB540.3`` → ``RMB`` ``540.3``, ``US$15.7`` → ``US$`` ``15.7``;
- units written onto a number come off: ``18400g``, ``7:30pm``, ``30%``, ``100km/h``; ``3D``, ``5G``, ``11.11`` stay;
- dashes and quotes, curly or straight, come off wherever they stand;
- hyphens split compounds (``ready-to-wear`` has five tokens), as in the treebanks, but not after a prefix
  (``e-commerce``, ``co-founder``) nor inside a date, a score or a telephone number (``2021-11-11``).

Everything is plain regular expressions and exceptions, which spaCy saves with a pipeline: a pipeline trained with this
tokenizer loads without this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from spacy.lang.en import English
from spacy.language import Language
from spacy.symbols import NORM, ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

PREFIXES: Final = (
    "anti|co|counter|cross|de|e|eco|ex|extra|hyper|inter|intra|macro|mega|meta|micro|mid|mini|mis|multi|nano|neo|non|over|"
    "pan|para|poly|post|pre|pro|proto|pseudo|quasi|re|semi|socio|sub|super|supra|trans|tri|ultra|un|under|uni|vice"
)
"""Word parts which keep their hyphen (``co-founder``), as in the treebanks; alternatives of a regular expression."""

CURRENCY_CODES: Final = (
    "RMB|CNY|USD|EUR|GBP|JPY|HKD|SGD|AUD|CAD|CHF|KRW|INR|TWD|THB|MYR|IDR|PHP|VND|NZD|BRL|RUB|Rs|RM|Rp|Tk"
)
"""Letter codes which may stand directly before an amount; alternatives of a regular expression."""

UNITS: Final = (
    r"trillion|million|billion|a\.m\.|p\.m\.|A\.M\.|P\.M\.|AM\.|PM\.|am\.|pm\.|"
    r"km/h|Kbps|Mbps|Gbps|mins|secs|km²|km2|cm²|lbs|mAh|kWh|MWh|GWh|TWh|kHz|MHz|GHz|fps|rpm|dpi|mph|kph|m/s|bln|mln|"
    r"trn|hrs|min|sec|pts|km|m²|m2|m³|cm|mm|nm|kg|mg|lb|oz|kt|ml|cl|kW|MW|GW|TW|Wh|Ah|Hz|KB|MB|GB|TB|PB|kB|°C|°F|ºC|ºF|"
    r"bn|mn|tn|am|pm|AM|PM|hr|ms|pt|px|ft|sq|yd|mi|pp|k|m|g|l|h|%|‰|℃|℉"
)
"""Units which may be written onto a figure, longer ones first; those too often part of a name (4K, 2x) are not here."""

_SYMBOLS: Final = "$€£¥₩₹₽฿₫₱₺₴₦￥＄"
_DOLLARS: Final = r"(?:US|HK|NT|S|A|C|NZ|CA|AU|R|Mex)\$"
_DASHES: Final = r"(?:—|–|―|‒|--+)"
_QUOTES: Final = r"(?:``|''|[\"“”„‟«»‹›`‘‛])"
_CONTRACTIONS: Final = r"[’'][sS]|[’'](?:ll|LL|re|RE|ve|VE|d|D|m|M)|n[’']t|N[’']T"
_NUMBER_DASH: Final = r"(?<=[0-9])[~](?=[0-9])"


def create_tokenizer(nlp: Language) -> Tokenizer:
    """Return the tokenizer for ``nlp``, which must be English; its vocabulary is shared."""
    return Tokenizer(
        nlp.vocab,
        rules=dict(_exceptions()),
        prefix_search=compile_prefix_regex(list(_prefixes())).search,
        suffix_search=compile_suffix_regex(list(_suffixes())).search,
        infix_finditer=compile_infix_regex(list(_infixes())).finditer,
        token_match=re.compile(_WHOLE).match,
        url_match=English.Defaults.url_match,
    )


_WHOLE: Final = (
    r"(?:[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"  # 2021-11-11, 11/11/2021
    r"|[0-9]{3}-[0-9]{3,4}-[0-9]{4}|[0-9]{3}-[0-9]{4}"  # telephone numbers
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"  # 20:00
    r"|[0-9]+(?:st|nd|rd|th|ST|ND|RD|TH)"
    r"|[0-9](?:\.[0-9])?G|[248]K"  # 5G, 4K
    r"|[0-9]+(?:[.,/:][0-9]+)+"
    r"|(?:US|HK|NT|[ACRS])\$|[bw]/[co]?"
    r"|(?:[A-HJ-Z]|[Vv]s|No|etc|al|approx|ext|Capt|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)\.)$"
)
"""What is one token whatever the other rules say."""


def _exceptions() -> Iterator[tuple[str, list[dict[int, str]]]]:
    """Yield spaCy's English exceptions which split as the treebanks do."""
    clock = re.compile(r"[0-9]+(?:[ap]\.?m\.?)$")
    for text, tokens in English.Defaults.tokenizer_exceptions.items():
        if not clock.match(text) and text not in _UNSPLIT:
            yield text, tokens
    for text, parts in _SPLIT.items():
        yield text, [{ORTH: part, NORM: part.lower()} for part in parts]


_UNSPLIT: Final = frozenset(("'Cause", "'cause", "y'all", "and/or", "Wed", "wed", "Id", "id"))
_SPLIT: Final[dict[str, tuple[str, ...]]] = {
    "wanna": ("wan", "na"),
    "gotta": ("got", "ta"),
    "alot": ("a", "lot"),
    "outta": ("out", "ta"),
}


def _prefixes() -> Iterator[str]:
    yield _DOLLARS + r"(?=[0-9.])"
    yield rf"(?:{CURRENCY_CODES}|Rs\.)(?=[0-9])"
    yield r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=[0-9])"
    yield rf"[{_SYMBOLS}]+"
    yield _DASHES
    yield _QUOTES
    yield r"[-−~≈≥≤<>=±+](?=[0-9$€£¥])"
    yield r"(?:[!?]+|\*+|_+|=+|~+|#{2,}|<+|>+|-{2,}|\.{2,})"
    yield from _plain(English.Defaults.prefixes)


def _suffixes() -> Iterator[str]:
    yield rf"(?<=[0-9])(?:{UNITS}|{CURRENCY_CODES}|yuan)"
    yield r"(?<=[a-zA-Z0-9)\]])(?:" + _CONTRACTIONS + ")"
    yield r"(?<=[sS])[’']"
    yield _DASHES
    yield _QUOTES
    yield "[’']"
    yield r"(?:[!?]+|\*+|_+|=+|~+|\++|<+|>+|\.{2,})"
    yield from _plain(English.Defaults.suffixes)


def _infixes() -> Iterator[str]:
    yield _DASHES
    yield r"\.{2,}|…"
    yield r"(?<=[a-z])[?!]+(?=[A-Za-z])"
    yield _QUOTES
    yield r"(?<=[A-Za-z0-9])[“”\"](?=[A-Za-z0-9])"
    yield r"(?<=[\w.%)])[-‐‑](?=[\w$€£¥(])" + "".join(
        rf"(?<!\b{prefix}[-‐‑])" for part in PREFIXES.split("|") for prefix in (part, part.capitalize(), part.upper())
    )
    yield r"(?<=[a-z])\.(?=[A-Z][a-z])"
    yield r"(?<=[A-Za-z]),(?=[A-Za-z])"
    yield r"(?<=[A-Za-z0-9])[:<>=/()\[\]](?=[A-Za-z])"
    yield r"(?<=[A-Za-z])[:<>=/()\[\]](?=[0-9])"
    yield r"(?<=[0-9])[+*^×](?=[0-9-])"
    yield r"(?<=[A-Za-z])[&](?=[A-Za-z]{3,})"
    yield rf"(?<=[-–—])(?:[{_SYMBOLS}]|{_DOLLARS}|{CURRENCY_CODES})(?=[0-9])"
    yield rf"(?<=[0-9])(?:{UNITS})(?=[-–—])"
    yield _NUMBER_DASH


def _plain(patterns: Sequence[str | re.Pattern[str]] | None) -> Iterator[str]:
    """Yield spaCy's patterns as strings."""
    return (pattern if isinstance(pattern, str) else pattern.pattern for pattern in patterns or ())
