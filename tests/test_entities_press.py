"""Made-up press texts about festivals, fairs, sports and films: what a careful reader of the guide lists of them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.annotate.pipeline import annotate
from kg.extract.entities import find_mentions
from kg.extract.lexicon import load_lexicon
from kg.read import read_text

FOLDER = Path(__file__).parent / "press"
CASES: list[dict[str, Any]] = [
    case
    for file in sorted(FOLDER.glob("entities*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


def entities_in(text: str) -> set[str]:
    """The entities of an article with that body, as ``Type: name`` in small letters."""
    document = read_text("A Headline\n\n" + text, name="made-up", published=date(2031, 3, 5))
    entities, _ = find_mentions(annotate(document), load_lexicon())
    return {f"{e.type.value}: {e.name}".casefold() for e in entities}


def _cases() -> list[Any]:
    return [
        pytest.param(case, marks=[pytest.mark.xfail(reason=case["open"], strict=True)] if "open" in case else [])
        for case in CASES
    ]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["text"][:40])
def test_a_press_text_has_the_entities_that_a_reader_lists(case: dict[str, Any]) -> None:
    found = entities_in(case["text"])
    wanted = {w.casefold() for w in case["wanted"]}
    allowed = {a.casefold() for a in case.get("allowed", ())}
    otherwise = {a.split(": ", 1)[1] for a in allowed & found}
    missed = {w for w in wanted - found if w.split(": ", 1)[1] not in otherwise}
    assert (missed, found - wanted - allowed) == (set(), set())
