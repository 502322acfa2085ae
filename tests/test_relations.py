"""Relations from marked-up sentences: ``[name|Type]`` or ``[name|Type:Kind]`` is a mention in running text."""

from __future__ import annotations

import pytest

from kg.extract.relate.find import find_relations
from kg.model import Entity, Modality, Relation
from tests.marked_text import read_marked


def _relations(marked: str) -> list[Relation]:
    text = read_marked(marked)
    return find_relations(text.sentences, text.mentions)


def _rows(marked: str) -> set[tuple[str, str, str, str]]:
    return {
        (r.subject.name, r.relation, r.object.name if isinstance(r.object, Entity) else r.object, r.detail)
        for r in _relations(marked)
    }


STATED = [
    (
        "[ShopNow|Platform], [Acme Group|Organization]’s online marketplace, grew quickly.",
        ("ShopNow", "operatedBy", "Acme Group", ""),
    ),
    (
        "[Acme Group|Organization] chief marketing officer [Ana Example|Person] welcomed the news.",
        ("Ana Example", "holdsPosition", "Acme Group", "chief marketing officer"),
    ),
    (
        "“We are glad,” said [Ana Example|Person], vice president at [Acme Group|Organization].",
        ("Ana Example", "holdsPosition", "Acme Group", "vice president"),
    ),
    (
        "[ShopNow|Platform] launched the [Box Return Programme|Initiative] last week.",
        ("ShopNow", "runs", "Box Return Programme", ""),
    ),
    (
        "[Acme Group|Organization] teamed up with [Northern Mills|Brand] on new packaging.",
        ("Acme Group", "partnersWith", "Northern Mills", ""),
    ),
    (
        "[Acme Group|Organization] hosted the [Spring Gala|Event:Gala] in [Sevilla|Place].",
        ("Spring Gala", "heldAt", "Sevilla", ""),
    ),
]


@pytest.mark.parametrize(("marked", "expected"), STATED)
def test_what_a_sentence_states_is_found(marked: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in _rows(marked)


NOT_STATED = [
    "[ShopNow|Platform] did not launch the [Box Return Programme|Initiative].",
    "[Acme Group|Organization] grew in May. The weather in [Sevilla|Place] was fine.",
    "[Ana Example|Person] read a book about [Northern Mills|Brand].",
]


@pytest.mark.parametrize("marked", NOT_STATED)
def test_what_a_sentence_does_not_state_is_left_out(marked: str) -> None:
    assert not _rows(marked)


def test_lists_distribute() -> None:
    rows = _rows("[ShopNow|Platform] teamed up with [Alder|Brand], [Birch|Brand] and [Cedar|Brand].")
    assert {o for s, r, o, _ in rows if (s, r) == ("ShopNow", "partnersWith")} == {"Alder", "Birch", "Cedar"}


def test_an_announcement_is_planned() -> None:
    found = _relations("[ShopNow|Platform] will launch the [Box Return Programme|Initiative] next month.")
    assert [r.modality for r in found if r.relation == "runs"] == [Modality.PLANNED]


def test_evidence_lies_in_its_sentence() -> None:
    found = _relations("Spring came. [ShopNow|Platform], [Acme Group|Organization]’s online marketplace, grew quickly.")
    assert found
    assert all(r.evidence.passage.covers(r.evidence.span) and 0 < r.evidence.confidence <= 1 for r in found)
