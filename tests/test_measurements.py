"""Figures bound to what they measure, on made-up sentences through the real parser."""

import pytest

from kg.annotate.pipeline import annotate
from kg.extract.measurements import find_measurements
from kg.model import Entity, EntityType, Evidence, Measurement, Mention, Span
from kg.read import read_text

FAIR = Entity(EntityType.EVENT, "Lantern Fair")
SHOP = Entity(EntityType.PLATFORM, "Marlo")


def measured(body: str) -> list[Measurement]:
    document = read_text(f"Harbour news\n\n{body}\n", name="made-up")
    sentences = annotate(document)
    mentions = []
    for entity in (FAIR, SHOP):
        start = document.text.find(entity.name)
        while start >= 0:
            span = Span(start, start + len(entity.name))
            passage = next(s.span for s in sentences if s.span.covers(span))
            mentions.append(Mention(entity, Evidence(document.entries[0].key, passage, span, "test", 1.0)))
            start = document.text.find(entity.name, span.end)
    return find_measurements(sentences, sorted(mentions, key=lambda m: m.evidence.span))


@pytest.mark.parametrize(
    ("text", "subject", "measure", "value"),
    [
        ("Marlo is offering more than 3,000 deals to shoppers.", SHOP, "deals", "3000"),
        ("The Lantern Fair closed with RMB20 billion in sales.", FAIR, "sales", "20000000000"),
        ("Some 400 brands are participating in the Lantern Fair.", FAIR, "brands", "400"),
        ("Sales of teapots rose 12% year over year.", "teapots", "growth in Sales", "12"),
        ("Marlo processed 9,000 orders per second.", SHOP, "orders per second", "9000"),
    ],
)
def test_binds_subject_and_measure(text: str, subject: Entity | str, measure: str, value: str) -> None:
    (found,) = measured(text)
    assert (found.subject, found.measure, format(found.value, "f")) == (subject, measure, value)


def test_a_mark_names_the_counted_things() -> None:
    (found,) = measured("Forty brands topped RMB1 billion in GMV at the Lantern Fair.")
    assert (found.subject, found.unit) == ("brands over RMB1 billion in GMV", "count")


def test_two_currencies_are_two_measurements() -> None:
    found = measured("The Lantern Fair closed with RMB20 billion ($3 billion) in sales.")
    assert [(m.unit, m.subject) for m in found] == [("CNY", FAIR), ("USD", FAIR)]


def test_a_figure_said_twice_is_one_measurement() -> None:
    assert len(measured("Marlo has 500 vans. The 500 vans of Marlo are green.")) == 1


def test_a_period_of_another_figure_is_no_measurement() -> None:
    (found,) = measured("Marlo sold 300 lamps in the first two hours of the Lantern Fair.")
    assert found.value == 300


def test_evidence_is_the_figure_in_its_sentence() -> None:
    (found,) = measured("It rained. Marlo is offering more than 3,000 deals.")
    text = "Harbour news\n\nIt rained. Marlo is offering more than 3,000 deals.\n"
    assert found.evidence.span.of(text) == "more than 3,000"
    assert found.evidence.passage.covers(found.evidence.span)
