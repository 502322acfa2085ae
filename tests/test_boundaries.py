"""Sentences of edited text: names are not cut in two, quotation marks stay with their words."""

from __future__ import annotations

import pytest

from tests.marked_text import read_marked


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("OSLO, May 2, 2030 - Merle Commerce opened.", ["OSLO, May 2, 2030 - Merle Commerce opened."]),
        ('It ended. "We are glad," she said.', ["It ended.", '"We are glad," she said.']),
        ('"We are glad." Then it rained.', ['"We are glad."', "Then it rained."]),
        ("“We are glad,” she said. Then it rained.", ["“We are glad,” she said.", "Then it rained."]),
        ("First line\nSecond line", ["First line", "Second line"]),
    ],
)
def test_sentences_begin_behind_marks_and_line_ends(text: str, sentences: list[str]) -> None:
    found = [s.text for s in read_marked(text).sentences]
    assert found == sentences
