"""The second parse with masked names: the same characters, a sounder tree."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.masking import parse_masked
from kg.extract.masks import masks_of
from tests.marked_text import read_marked

_ODD = "[Target|Brand], [Kohl’s|Brand] and [Gap|Brand] are among the chains that offer collection."


def test_odd_names_become_subjects() -> None:
    example = read_marked(_ODD)
    (sentence,) = parse_masked(example.sentences, masks_of(example.sentences, example.mentions))
    first = sentence.tokens[0]
    assert (first.text, first.pos_, first.dep_) == ("Target", "PROPN", "nsubj")


def test_every_token_keeps_its_characters_and_place() -> None:
    example = read_marked(_ODD + " Then [Acme Group|Organization] left.")
    masked = parse_masked(example.sentences, masks_of(example.sentences, example.mentions))
    for before, after in zip(example.sentences, masked, strict=True):
        assert after.text == before.text
        assert after.span == before.span
        assert [after.offset + t.idx for t in after.tokens] == [before.offset + t.idx for t in before.tokens]


def test_the_words_of_a_mention_hang_on_one_of_them() -> None:
    example = read_marked("Shoppers like the [Northern Box Return Programme|Initiative] of [Acme Group|Organization].")
    (sentence,) = parse_masked(example.sentences, masks_of(example.sentences, example.mentions))
    inside = [t for t in sentence.tokens if t.text in {"Northern", "Box", "Return", "Programme"}]
    heads = {t.head.i for t in inside if t.dep_ == "flat"}
    assert len(heads) == 1 and all(t.dep_ == "flat" or t.i in heads for t in inside)


def test_a_sentence_without_mentions_is_left_as_it_is() -> None:
    example = read_marked("The weather was fine.")
    assert parse_masked(example.sentences, masks_of(example.sentences, example.mentions)) == example.sentences


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["[Acme|Brand]", "sold", "[Blue Jay|Person]", "“", "to", "[Ulm|Place]", ","]), min_size=1)
)
def test_any_order_of_mentions_and_words_is_parsed(words: list[str]) -> None:
    example = read_marked(" ".join(words))
    masked = parse_masked(example.sentences, masks_of(example.sentences, example.mentions))
    assert [s.text for s in masked] == [s.text for s in example.sentences]
