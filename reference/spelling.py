"""Which spellings are kept in the tables."""

from __future__ import annotations

import re
import unicodedata

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_BLANKS = re.compile(r"[\s|]+")


def clean(name: str) -> str:
    """A name that can stand in a tab-separated cell with ``|`` between several."""
    visible = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf")
    return _BLANKS.sub(" ", visible).strip()


def is_chinese(name: str) -> bool:
    """Written in Han characters only, as Chinese is (names in kana or hangul are not)."""
    return bool(_HAN.search(name)) and not _KANA_OR_HANGUL.search(name) and not re.search(r"[A-Za-z]", name)


def is_latin(name: str) -> bool:
    """Every letter is of the Latin alphabet."""
    letters = [c for c in name if c.isalpha()]
    return bool(name) and all("LATIN" in unicodedata.name(c, "") for c in letters) and any(c.isalnum() for c in name)
