"""The reference tables: what they hold, how names are found, and that they stay small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import EntityType
from kg.reference import Record, load_tables
from kg.reference.folding import key_of, without_form
from kg.reference.lookup import DATA, ReferenceError, load_currencies


def found(name: str, kind: str = "") -> list[Record]:
    return [r for r in load_tables().find(name) if not kind or kind in " ".join(r.kinds)]


@pytest.mark.parametrize("name", ["Hangzhou", "HANGZHOU", "Hang-zhou", "hang zhou", "杭州", "杭州市"])
def test_a_place_is_found_by_its_spellings(name: str) -> None:
    (place,) = found(name, "city")
    assert (place.name, place.places, place.type) == ("Hangzhou", ("CN",), EntityType.PLACE)
    assert place.identifier.startswith("https://sws.geonames.org/") and float(place.latitude) == pytest.approx(
        30.3, abs=0.1
    )


@pytest.mark.parametrize(
    ("name", "usual"), [("Hermes", "Hermès"), ("H & M", "H&M"), ("MERCEDES BENZ", "Mercedes-Benz")]
)
def test_a_brand_is_found_by_its_spellings(name: str, usual: str) -> None:
    assert usual in {record.name for record in found(name)}


def test_homonyms_are_all_found() -> None:
    assert len({r.identifier for r in found("Vivo", "mobile_phone")}) == 2
    assert {r.places for r in found("Madrid", "city")} >= {("ES",), ("CO",)}
    assert {r.kinds[0] for r in found("Georgia") if r.type is EntityType.PLACE} == {"country", "region"}


def test_a_country_has_both_identifiers_and_its_codes() -> None:
    (country,) = found("Poland", "country")
    assert country.codes[:2] == ("PL", "POL") and country.codes[3] in load_currencies()
    assert [iri.split("/")[2] for iri in country.identifiers] == ["sws.geonames.org", "www.wikidata.org"]


def test_a_misspelt_name_is_found_nearby_and_a_foreign_one_is_not() -> None:
    assert "Skechers" in {record.name for record, _ in load_tables().near("Skecherz")}
    assert load_tables().near("Qxzzyqv") == []
    assert load_tables().near("Xy") == []


def test_every_row_can_be_read_and_has_a_well_formed_identifier() -> None:
    form = re.compile(r"http://www\.wikidata\.org/entity/Q[1-9]\d*|https://sws\.geonames\.org/[1-9]\d*/")
    tables = load_tables()
    seen = [record for table in tables.rows for record in tables.every(table)]
    assert len(seen) > 60_000
    assert all(record.name and record.identifiers for record in seen)
    assert all(form.fullmatch(iri) for record in seen for iri in record.identifiers)


def test_what_extraction_may_know_is_marked() -> None:
    common = {record.name: record.type for record in load_tables().common()}
    assert common["Nike"] is EntityType.BRAND and common["Tokyo"] is EntityType.PLACE
    assert len(common) > 4_000


def test_the_tables_stay_small_and_carry_their_licences() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 8_000_000
    listed = (DATA / "SOURCES.tsv").read_text(encoding="utf-8")
    assert "name-suggestion-index\t8." in listed and "CC-BY-4.0" in listed
    assert "BSD 3-Clause" in (DATA / "NOTICES.txt").read_text(encoding="utf-8")


def test_a_damaged_table_is_an_error_that_names_it(tmp_path: Path) -> None:
    for path in DATA.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "brands.tsv.gz").write_bytes(b"no table")
    with pytest.raises(ReferenceError, match=r"brands\.tsv\.gz"):
        load_tables(tmp_path)


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key_of(key_of(name)) == key_of(name)
    assert key_of(name.upper().lower()) == key_of(name.lower()) or not name.isascii()


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Acme Holdings Co., Ltd.", "Acme"),
        ("Apple Inc.", "Apple"),
        ("Acme & Co", "Acme"),
        ("Inc", "Inc"),
        ("Acme", "Acme"),
    ],
)
def test_the_legal_form_is_taken_off(name: str, short: str) -> None:
    assert without_form(name) == short
