"""Quotations and their speakers."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.pipeline import annotate
from kg.extract.quotations import find_quotations
from kg.extract.quote_marks import find_quoted
from kg.model import Block, BlockKind, Document, Entity, EntityType, Entry, Evidence, Mention, Quotation, Span

ANA = Entity(EntityType.PERSON, "Ana Example")
BEN = Entity(EntityType.PERSON, "Ben Sample")
ACME = Entity(EntityType.BRAND, "Acme")
NAMES = {"Ana Example": ANA, "Example": ANA, "Ben Sample": BEN, "Sample": BEN, "Acme": ACME}


def quotations(text: str) -> list[Quotation]:
    blocks = tuple(Block(BlockKind.PARAGRAPH, Span(*m.span())) for m in re.finditer(r"[^\n]+", text))
    document = Document("d", text, "", "", "article", (Entry("intro", Span(0, len(text)), blocks),))
    named = re.finditer("|".join(sorted(NAMES, key=len, reverse=True)), text)
    mentions = [Mention(NAMES[m[0]], Evidence("intro", Span(*m.span()), Span(*m.span()), "test", 1.0)) for m in named]
    found = find_quotations(document, annotate(document), mentions)
    for quotation in found:
        assert quotation.evidence.passage.covers(quotation.evidence.span)
        assert quotation.text == " ".join(part.of(text) for part in quotation.parts)
    return found


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("“We sold more shoes than ever,” said Ana Example, head of sales.", ANA, "We sold more shoes than ever,"),
        ('"We sold more shoes than ever," Example told reporters.', ANA, "We sold more shoes than ever,"),
        ("Ana Example said: “We sold more shoes than ever.”", ANA, "We sold more shoes than ever."),
        ("According to Ben Sample, “Shops were full all day long.”", BEN, "Shops were full all day long."),
        ("Said Ben Sample: “We opened earlier than last year.”", BEN, "We opened earlier than last year."),
        ("A: “We opened earlier,” Example said.", ANA, "We opened earlier,"),
        ("As Sample put it, “no fair is an island.”", BEN, "no fair is an island."),
        ("“It was hard work,” said a spokesperson for Acme.", ACME, "It was hard work,"),
        ("“It was a start,” Sample said. “Now we go on.”", BEN, "It was a start, Now we go on."),
        ("Ana Example spoke.\n“It was a good day,” she said.", ANA, "It was a good day,"),
        ("“It was a start,” said Sample.\n“Now we go on together.”", BEN, "It was a start, Now we go on together."),
        ("Ana Example was blunt: “We were too slow.”", ANA, "We were too slow."),
        ("Ana Example had four words for them: “Come back next year.”", ANA, "Come back next year."),
        ("'It was \"a marathon\", as they say,' Ana Example told the paper.", ANA, 'It was "a marathon", as they say,'),
        ("“Nobody asked us,” laughs Ana Example.", ANA, "Nobody asked us,"),
        ("“Do not,” Ben Sample begged them, “come on foot.”", BEN, "Do not, come on foot."),
        ("“We were three people then.” Ana Example smiles at the thought.", ANA, "We were three people then."),
        ("Ana Example called the plan “a gift to nobody”.", ANA, "a gift to nobody"),
        ("For Ben Sample, “that is what happens to those who wait.”", BEN, "that is what happens to those who wait."),
        ("Ana Example runs the depot.\n“Patience. That is all.”", ANA, "Patience. That is all."),
        ("Ana Example founded it. “Tape is gold,” the founder said.", ANA, "Tape is gold,"),
    ],
)
def test_speaker_and_words(text: str, speaker: Entity, words: str) -> None:
    assert [(q.speaker, q.text) for q in quotations(text)] == [(speaker, words)]


def test_a_surname_that_the_parser_missed_still_speaks() -> None:
    NAMES.pop("Sample")
    try:
        found = quotations("Ben Sample came. He left. Ana Example spoke.\n“We sold more,” Sample told the press.")
    finally:
        NAMES["Sample"] = BEN
    assert [q.speaker for q in found] == [BEN]


def test_recipient() -> None:
    found = quotations("“We sold more shoes than ever,” Ana Example told Acme.")
    assert [(q.speaker, q.recipient) for q in found] == [(ANA, ACME)]


def test_prose_separates_quotations() -> None:
    text = "“It was a start,” Sample said. Shops then opened in the north. “Now we go on,” said Ana Example."
    assert [q.speaker for q in quotations(text)] == [BEN, ANA]


@pytest.mark.parametrize(
    "text",
    [
        "Acme launched its “One Box Plan” last week.",
        "Shoppers used the “slow mode,” which Acme built.",
        "The 65\" screens and 5' tables of Acme sold well, Ana Example said.",
    ],
)
def test_names_scare_quotes_and_inches_are_no_speech(text: str) -> None:
    assert quotations(text) == []


def test_nested_marks_and_apostrophes() -> None:
    text = "“They don’t say ‘buy now’ here.”"
    assert [q.inner.of(text) for q in find_quoted(text)] == [text[1:-1]]


def test_unclosed_quotation_runs_to_the_end() -> None:
    assert [(q.inner, q.closed) for q in find_quoted("“We go on")] == [(Span(1, 9), False)]


@given(st.text(alphabet="ab 5.,“”‘’\"'«»—\n", max_size=60))
def test_quoted_stretches_are_in_order_and_inside(text: str) -> None:
    found = find_quoted(text)
    assert all(0 <= q.outer.start < q.inner.start < q.inner.end <= q.outer.end <= len(text) for q in found)
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))
