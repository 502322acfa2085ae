"""How names are compared: a key that forgives case, accents, apostrophes, blanks and hyphens."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "&": " and "}
)
_NOT_WORD = re.compile(r"[\W_]+")
_LEGAL = re.compile(
    r"(?:(?:\s*,\s*|\s+&?\s*)(?:inc|incorporated|ltd|limited|llc|plc|corp|corporation|company|co|gmbh|ag|sa|spa|nv|bv|ab|asa|kk|"
    r"holding|holdings|group|s\.\s?[ap]\.(?:\s?a\.)?|a/s)\.?)+\s*$",
    re.IGNORECASE,
)


def key_of(name: str) -> str:
    """The comparison key of a name; empty where it has no letter and no digit."""
    lowered = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    bare = "".join(c for c in lowered if not unicodedata.combining(c)).translate(_PLAIN)
    return _NOT_WORD.sub("", bare)


def without_form(name: str) -> str:
    """A company's name without its legal form: ``Acme Holdings Co., Ltd.`` gives ``Acme``."""
    return _LEGAL.sub("", name).strip(" ,") or name
