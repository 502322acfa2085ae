"""What a site puts around its stories, from the patterns in ``boilerplate.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from kg.read.page import Line

_SHORT = 60
_LONGEST = 420


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = tomllib.loads(resources.files("kg.read").joinpath("boilerplate.toml").read_text(encoding="utf-8"))["lines"]
    closing = "|".join(f"(?:{pattern})" for pattern in table["closing"])
    whole = "|".join(f"(?:{pattern})" for pattern in table["whole"])
    return re.compile(f"{whole}|{closing}", re.IGNORECASE), re.compile(closing, re.IGNORECASE)


def boilerplate_lines(lines: Sequence[Line], title: int | None) -> frozenset[int]:
    """The numbers of the lines that are no part of the story, repetitions of the title line (number ``title``) too."""
    whole, closing = _patterns()
    found = set()
    for number, line in enumerate(lines):
        text = " ".join(line.text[:_LONGEST].split())
        if len(line.text) < _LONGEST and whole.fullmatch(text):
            found.add(number)
            above = lines[number - 1].text if number else "."
            if (
                closing.fullmatch(text)
                and not line.gap
                and len(above) <= _SHORT
                and above[0].isalnum()
                and above[-1] not in ".?!"
            ):
                found.add(number - 1)
        elif title is not None and number > title and line.text == lines[title].text:
            found.add(number)
    return frozenset(found)
