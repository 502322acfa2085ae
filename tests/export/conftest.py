"""Graphs of made-up facts: an ordinary one, one whose names attack every format, and the embedded corpus's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest

import kg
from kg.builder import BuildOptions, write_facts
from kg.model import (
    Block,
    BlockKind,
    Document,
    Entity,
    EntityType,
    Entry,
    Evidence,
    Facts,
    Measurement,
    Mention,
    Modality,
    Quotation,
    Relation,
    Span,
)
from kg.resources import corpus_path

HOSTILE = (
    "Control \x01\x0b\x1f\x7f\x85 marks",
    "Nul \x00 inside",
    "Not \ufffe a character",
    "</script><script>alert(1)</script><!--",
    "CDATA ]]> end & &amp; <b>",
    'Quotes " \' ` \\ \\N \\" %s {0} ${x}',
    "Lines\nand\r\nreturns\rand\ttabs",
    "Right \u202eto\u200f left \u2066mark\u2069",
    "Emoji 👩‍👩‍👧‍👦🏳️‍🌈 and 𝒜",
    "中文店铺 日本語 한국어",
    "Line\u2028separators\u2029too",
    '=HYPERLINK("http://example.org";"x")',
    "+1-800",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "Long " + "x" * 10_000,
)
"""Names that break writers which do not escape, and readers which do not expect them."""


def facts_of(name: str, moments: Sequence[str], said: Sequence[tuple[Entity, str, Entity, int]]) -> Facts:
    """A document with an entry a moment, and in it a sentence for each ``(subject, relation, object, entry)``."""
    text, entries, mentions, relations, figures, quotations, passages = "", [], [], [], [], [], []
    for number, moment in enumerate(moments):
        start, key = len(text), f"{moment[:16]}{moment[19:]}"
        for subject, relation, object_, where in said:
            if where != number:
                continue
            begin = len(text)
            text += f"{subject.name} {relation} {object_.name}. "
            passage = Span(begin, len(text) - 1)
            sure = Evidence(key, passage, passage, "made.up", 0.9)
            first = Span(begin, begin + len(subject.name))
            last = Span(passage.end - 1 - len(object_.name), passage.end - 1)
            passages.append((key, passage))
            mentions += [
                Mention(subject, Evidence(key, passage, first, "made.up", 0.5)),
                Mention(object_, Evidence(key, passage, last, "made.up", 0.8)),
            ]
            planned = Modality.PLANNED if relation == "partnersWith" else Modality.ASSERTED
            relations.append(Relation(subject, relation, object_, sure, modality=planned))
            figures.append(Measurement(subject, "sales", "=", Decimal(number + 1) / 4, "CNY", sure))
            if subject.type is EntityType.PERSON:
                quotations.append(Quotation(subject, f"I am {subject.name}", sure, recipient=object_))
        span = Span(start, len(text))
        entries.append(Entry(key, span, (Block(BlockKind.PARAGRAPH, span),), datetime.fromisoformat(moment)))
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(name, text, sha, sha, "liveblog", tuple(entries), published=date(2030, 5, 1))
    return Facts(document, (), tuple(mentions), tuple(relations), tuple(figures), tuple(quotations), tuple(passages))


SHOP = Entity(EntityType.PLATFORM, "ShopNow", ("Shop Now", "SN"))
ACME = Entity(EntityType.ORGANIZATION, "Acme Group")
ANA = Entity(EntityType.PERSON, "Ana Example")
FAIR = Entity(EntityType.EVENT, "Spring Fair", kind="Festival")
GIFTS = Entity(EntityType.INITIATIVE, "Gifts for All")
LAMPS = Entity(EntityType.BRAND, "Lumen Lamps")
OPTIONS = BuildOptions(keep_invalid=True)
MOMENTS = ("2030-05-01T10:00:00+08:00", "2030-05-01T23:30:00+08:00", "2030-05-03T08:00:00+08:00")


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """Two documents that share entities; one relation is stated three times, one is only planned."""
    one = facts_of(
        "one",
        MOMENTS,
        [
            *[(SHOP, "operatedBy", ACME, 0), (ANA, "holdsPosition", ACME, 1), (LAMPS, "participatesIn", FAIR, 2)],
            (GIFTS, "partOf", FAIR, 2),
        ],
    )
    other = facts_of(
        "other",
        MOMENTS[1:],
        [(SHOP, "operatedBy", ACME, 0), (SHOP, "operatedBy", ACME, 1), (LAMPS, "partnersWith", SHOP, 1)],
    )
    folder = tmp_path_factory.mktemp("story") / "graph"
    write_facts([one, other], folder, OPTIONS)
    return kg.open(folder)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """Every hostile name is an organization that operates the same platform."""
    said = [(SHOP, "operatedBy", Entity(EntityType.ORGANIZATION, name), 0) for name in HOSTILE]
    folder = tmp_path_factory.mktemp("hostile") / "graph"
    write_facts([facts_of("hostile", MOMENTS[:1], said)], folder, OPTIONS)
    return kg.open(folder)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """The graph of the embedded corpus."""
    return kg.build([corpus_path()], tmp_path_factory.mktemp("demo") / "graph")
