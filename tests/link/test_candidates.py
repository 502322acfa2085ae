"""Which thing of the tables a name means: homonyms, context, types, spelling."""

from __future__ import annotations

import pytest

from kg.link.candidate import CLOSE, EXACT, Candidate, candidates
from kg.link.context import Surroundings
from kg.link.subject import Subject
from kg.reference import load_tables


def ranked(name: str, kind: str, *wording: str, others: tuple[str, ...] = ()) -> list[Candidate]:
    """Candidates of a name in some sentences; ``others`` are further places of the graph."""
    places = [Subject(f"urn:{place}", place, (), ("Place",), wording) for place in others]
    subject = Subject("urn:x", name, (), (kind,), wording)
    return candidates(subject, load_tables(), Surroundings([subject, *places], load_tables()).of(subject))


def best(name: str, kind: str, *wording: str, others: tuple[str, ...] = ()) -> Candidate:
    return ranked(name, kind, *wording, others=others)[0]


@pytest.mark.parametrize(
    ("name", "kind", "wording", "described"),
    [
        ("Nike", "Brand", "Nike sold running shoes.", "athletic"),
        ("Nike", "Brand", "", "athletic"),
        ("Vivo", "Brand", "Vivo showed a new smartphone.", "Chinese"),
        ("Hermes", "Brand", "Hermes showed handbags and fashion.", "luxury"),
        ("Hermès", "Brand", "", "luxury"),
        ("Apple Inc", "Organization", "Apple Inc makes phones.", "technology"),
    ],
)
def test_the_well_known_homonym_is_linked(name: str, kind: str, wording: str, described: str) -> None:
    found = best(name, kind, wording)
    assert found.confidence >= EXACT and described in found.record.description


def test_context_outweighs_fame_but_leaves_it_to_a_person() -> None:
    parcels = best("Hermes", "Organization", "The parcel courier Hermes delivered in Germany.", others=("Germany",))
    assert parcels.confidence < EXACT
    plain = {c.record.name: c.confidence for c in ranked("Hermes", "Organization")}
    told = {c.record.name: c.confidence for c in ranked("Hermes", "Organization", "Hermes lost a parcel.")}
    assert told["Hermes"] > plain["Hermes"]


@pytest.mark.parametrize(
    ("wording", "others", "country"),
    [
        ("Guests came from Madrid.", (), "ES"),
        ("They flew from Bogotá to Madrid in Colombia.", ("Colombia",), "CO"),
    ],
)
def test_madrid_is_where_the_text_says(wording: str, others: tuple[str, ...], country: str) -> None:
    found = [c for c in ranked("Madrid", "Place", wording, others=others) if c.record.kinds == ("city",)]
    shares = {c.record.places[0]: c.confidence for c in found}
    if country == "ES":
        assert found[0].confidence >= EXACT and shares["ES"] > 0.9
    else:
        assert shares["CO"] > best_of("Madrid", "CO")


def best_of(name: str, country: str) -> float:
    return next(c.confidence for c in ranked(name, "Place") if c.record.places == (country,))


def test_georgia_is_two_things_until_the_text_says_which() -> None:
    assert best("Georgia", "Place", "Guests came from Georgia.").confidence < CLOSE
    country = best("Georgia", "Place", "Georgia, with its capital Tbilisi.", others=("Tbilisi",))
    assert country.record.places == ("GE",) and country.confidence >= EXACT
    state = best("Georgia", "Place", "Georgia in the United States.", others=("United States",))
    assert state.record.places == ("US",) and state.confidence >= EXACT


def test_a_country_beats_its_capital_of_the_same_name_and_a_city_its_region() -> None:
    assert best("Singapore", "Place").record.kinds == ("country",)
    assert best("Beijing", "Place").record.kinds == ("city",)
    assert best("New York", "Place").record.name == "New York City"


def test_coach_is_a_brand_only_where_it_is_one() -> None:
    assert ranked("Coach", "Person", "The Coach spoke.") == []
    told = best("Coach", "Organization", "Coach said the team trains hard.", "The coach left the field.")
    assert told.confidence < EXACT
    assert best("Coach", "Brand", "Coach showed handbags, a coach arrived.").confidence >= EXACT


def test_a_type_that_disagrees_is_no_candidate() -> None:
    assert ranked("Nike", "Place") == []
    assert all(c.record.type != "Place" for c in ranked("Paris", "Organization"))
    assert ranked("Nike", "Technology") == []


def test_a_misspelt_name_is_never_linked_by_itself() -> None:
    found = best("Xiaomii", "Brand", "Xiaomii sells phones.")
    assert found.fuzzy and found.record.name == "Xiaomi" and found.confidence < CLOSE


@pytest.mark.parametrize("name", ["杭州", "Hang Zhou", "HANGZHOU"])
def test_chinese_and_pinyin(name: str) -> None:
    assert best(name, "Place", f"{name} in China", others=("China",)).record.name == "Hangzhou"


def test_a_little_known_namesake_needs_the_text_behind_it() -> None:
    assert best("North Western", "Place", "In North Western parts of the land.").confidence < CLOSE


def test_a_daughter_brand_is_not_its_owner() -> None:
    owner = best("Walmart", "Organization", "Walmart stores opened early.")
    assert owner.record.name == "Walmart"
    assert best("Marriott", "Organization").confidence < EXACT


def test_a_company_of_a_country_that_is_not_named_is_left_to_a_person() -> None:
    abroad = best("Hema", "Platform", "Hema, a grocery store, opened in China.", others=("China",))
    assert abroad.record.name == "HEMA" and abroad.confidence < EXACT
    home = best("Hema", "Organization", "Hema, a discount store, opened in Holland.", others=("Holland",))
    assert home.confidence >= EXACT


def test_a_sign_makes_another_name() -> None:
    plus = candidates(Subject("urn:x", "Nike+", (), ("Brand",)), load_tables())
    assert plus[0].record.name == "Nike" and plus[0].confidence < EXACT


@pytest.mark.parametrize("name", ["Washington", "Victoria"])
def test_a_region_and_a_city_elsewhere_are_left_to_a_person(name: str) -> None:
    assert best(name, "Place").confidence < EXACT


@pytest.mark.parametrize(
    ("name", "code"),
    [("US", "US"), ("U.S.", "US"), ("Britain", "GB"), ("Holland", "NL"), ("UAE", "AE"), ("中国", "CN")],
)
def test_countries_by_their_everyday_names(name: str, code: str) -> None:
    found = best(name, "Place")
    assert found.record.codes[0] == code and found.confidence >= EXACT
