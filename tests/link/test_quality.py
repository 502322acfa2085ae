"""Automatic exact links of the embedded corpus against the labels made by hand."""

from __future__ import annotations

import pytest

import kg
from benchmarks.link_quality import GOLD_LABELS, PRECISION, RECALL, Result, compare, gold_result, read_labels
from kg.link.subject import Subject, subjects_of
from kg.reference import load_tables
from kg.resources import corpus_path


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    built = kg.build(corpus_path(), tmp_path_factory.mktemp("corpus") / "graph", keep_invalid=True)
    return compare(subjects_of(built.store), read_labels())


def test_exact_links_are_right_and_most_are_found(result: Result) -> None:
    assert len(result.right) >= 25
    assert result.precision >= PRECISION, result.wrong
    assert result.recall >= RECALL, result.missed


def test_names_of_texts_that_no_threshold_was_set_on_are_linked_as_well() -> None:
    result = gold_result()
    assert len(result.right) >= 45
    assert result.precision >= PRECISION, result.wrong
    assert result.recall >= RECALL, result.missed


def test_every_label_is_a_row_of_a_table() -> None:
    sets = [read_labels(), *(read_labels(GOLD_LABELS, f"dev-0{number}") for number in range(1, 6))]
    labels = {iri for labels in sets for iri in labels.values() if iri != "-"}
    assert len(labels) > 75 and all(load_tables().identified(iri) for iri in labels)


def test_the_measure_sees_errors() -> None:
    subjects = [Subject("urn:a", "Nike", (), ("Brand",)), Subject("urn:b", "Qqzz", (), ("Brand",))]
    found = compare(
        subjects, {"Nike": "http://www.wikidata.org/entity/Q1", "Qqzz": "http://www.wikidata.org/entity/Q2"}
    )
    assert (found.precision, found.recall) == (0.0, 0.0)
