"""Names, types, festivals and references: what is mentioned, and which mentions are one thing."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.annotate.pipeline import annotate
from kg.errors import UsageError
from kg.extract.clusters import folded
from kg.extract.entities import find_mentions
from kg.extract.festivals import family_of
from kg.extract.lexicon import load_lexicon, load_with
from kg.model import Entity, EntityType, Mention
from kg.read import read_text


def mentions_of(*paragraphs: str, lexicons: tuple[Path, ...] = ()) -> tuple[list[Entity], list[Mention], str]:
    """The entities and mentions of an article made of the paragraphs, and its text."""
    document = read_text("A Headline\n\n" + "\n\n".join(paragraphs), name="made-up", published=date(2031, 3, 5))
    entities, mentions = find_mentions(annotate(document), load_with(lexicons))
    return entities, mentions, document.text


def types_of(*paragraphs: str) -> dict[str, EntityType]:
    return {e.name: e.type for e in mentions_of(*paragraphs)[0]}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("The lamps were designed by lighting brand Zorblax in two weeks.", "Zorblax", EntityType.BRAND),
        ("The Northern Retail Council published the list.", "Northern Retail Council", EntityType.ORGANIZATION),
        ("“It works,” said Ana Exemplar, head of design at Zorblax.", "Ana Exemplar", EntityType.PERSON),
        ("Parcels reached Madrid within a day.", "Madrid", EntityType.PLACE),
        ("The shop launched a “Box Return” program last week.", "Box Return", EntityType.INITIATIVE),
        ("Shoppers bought robot vacuum cleaners above all.", "robot vacuum cleaners", EntityType.PRODUCT_CATEGORY),
        ("They hosted a gala dubbed Zorblax Night for the guests.", "Zorblax Night", EntityType.EVENT),
    ],
)
def test_a_name_nobody_listed_gets_its_type_from_the_sentence(sentence: str, name: str, kind: EntityType) -> None:
    assert types_of(sentence).get(name) is kind


def test_every_mention_lies_inside_its_sentence_and_says_its_rule() -> None:
    _, mentions, text = mentions_of("Zorblax, a lamp brand, joined. The company sold lamps to Ana Exemplar.")
    assert mentions
    for mention in mentions:
        assert mention.evidence.passage.covers(mention.evidence.span)
        assert mention.evidence.span.of(text).strip() == mention.evidence.span.of(text) != ""
        assert mention.evidence.rule and 0 < mention.evidence.confidence <= 1


def test_a_surname_is_the_person_named_in_full_and_the_merge_is_recorded() -> None:
    entities, _, _ = mentions_of("Ana Exemplar, director of Northern Council, spoke. Exemplar said sales had grown.")
    people = [e for e in entities if e.type is EntityType.PERSON]
    assert [p.name for p in people] == ["Ana Exemplar"]
    assert "surname" in {m.reason for m in people[0].merges}


def test_a_pronoun_stands_for_the_person_before_it() -> None:
    _, mentions, text = mentions_of("Ana Exemplar, director of Northern Council, spoke first. She praised the lamps.")
    assert "Ana Exemplar" in {m.entity.name for m in mentions if m.evidence.span.of(text) == "She"}


def test_last_years_edition_is_not_this_years() -> None:
    entities, mentions, _ = mentions_of(
        "The 2031 7.07 Shopping Festival has begun. This year’s 7.07 is larger than last year’s 7.07, the hosts say."
    )
    events = [e for e in entities if e.type is EntityType.EVENT]
    assert len(events) == 1
    assert sum(m.entity == events[0] for m in mentions) == 2


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("2031 7.07 Global Shopping Festival", "7.07"),
        ("7.07", "7.07"),
        ("Black Friday 2031", "Black Friday"),
        ("7.07 Countdown Gala", None),
        ("19.99", None),
        ("Acme Shoes", None),
    ],
)
def test_the_family_of_a_recurring_event(name: str, family: str | None) -> None:
    assert family_of(name, load_lexicon()) == family


def test_a_percentage_is_no_festival() -> None:
    assert not types_of("Sales rose 6.18 percent to 11.11 million boxes.")


def test_folded_names_ignore_case_accents_and_punctuation() -> None:
    assert folded("L’Oréal") == folded("l'oreal") == folded("L Oreal")


def test_a_users_list_gives_a_name_its_type(tmp_path: Path) -> None:
    names = tmp_path / "names.tsv"
    names.write_text("name\ttype\taliases\nFrobnitz\tPlatform\tFrob\n", encoding="utf-8")
    entities, _, _ = mentions_of("Frobnitz was busy. Frob opened late.", lexicons=(names,))
    assert [(e.name, e.type, e.aliases) for e in entities] == [("Frobnitz", EntityType.PLATFORM, ("Frob",))]


@pytest.mark.parametrize("content", ["name,type\n", "name\ttype\taliases\nX\tShip\t\n", ""])
def test_a_malformed_list_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    names = tmp_path / "names.tsv"
    names.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"names\.tsv"):
        load_with((names,))


def test_a_headline_in_title_case_names_only_what_is_known() -> None:
    document = read_text("Green Boxes Everywhere This Spring\n\nIt rained.", name="made-up", published=date(2031, 3, 5))
    entities, _ = find_mentions(annotate(document), load_lexicon())
    assert entities == []


REFERENCES = tomllib.loads((Path(__file__).parent / "press" / "reference.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", REFERENCES, ids=lambda case: f"{case['anaphor']} in {case['text'][:30]}")
def test_a_reference_stands_for_the_entity_or_stays_open(case: dict[str, Any]) -> None:
    _, mentions, text = mentions_of(*case["text"].split("\n\n"))
    places = [m.span() for m in re.finditer(rf"\b{re.escape(case['anaphor'])}\b", text)]
    start, end = places[case.get("nth", 0)]
    stands = {m.entity.name for m in mentions if m.evidence.span.start <= start and end <= m.evidence.span.end}
    assert stands == ({case["entity"]} if case["entity"] else set())
