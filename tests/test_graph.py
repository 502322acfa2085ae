"""Facts to a graph on disk and back: the same bytes, evidence kept, wording left out on demand, safe queries."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.ask.guard import check_query
from kg.builder import BuildOptions, write_facts
from kg.check.verify import quotes
from kg.errors import GraphError, UsageError
from kg.iri import Minter
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
    Quotation,
    Relation,
    Span,
)

TEXT = 'ShopNow, run by Acme Group, sold 3 million lamps. "We are glad," said Ana Example.'


def made_up(name: str = "fair", text: str = TEXT) -> Facts:
    """Facts of a made-up article."""
    span, key = Span(0, len(text)), "2030-05-01"
    first, second = Span(0, 49), Span(50, len(text))
    entry = Entry(key, span, (Block(BlockKind.PARAGRAPH, span),), datetime.fromisoformat("2030-05-01T10:00+08:00"))
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(name, text, sha, sha, "article", (entry,), published=date(2030, 5, 1))
    shop = Entity(EntityType.PLATFORM, "ShopNow", ("Shop Now",))
    acme, ana = Entity(EntityType.ORGANIZATION, "Acme Group"), Entity(EntityType.PERSON, "Ana Example")

    def seen(passage: Span, part: str) -> Evidence:
        start = text.index(part)
        return Evidence(key, passage, Span(start, start + len(part)), "made.up", 0.9)

    return Facts(
        document,
        (shop, acme, ana),
        tuple(
            Mention(entity, seen(passage, entity.name))
            for entity, passage in ((shop, first), (acme, first), (ana, second))
        ),
        (Relation(shop, "operatedBy", acme, seen(first, "ShopNow, run by Acme Group")),),
        (Measurement(shop, "lamps", "=", Decimal("3e6"), "count", seen(first, "3 million lamps")),),
        (Quotation(ana, "We are glad,", seen(second, '"We are glad,"')),),
        ((key, first), (key, second)),
    )


OPTIONS = BuildOptions(keep_invalid=True)


def test_same_bytes_at_once_or_one_after_the_other(tmp_path: Path) -> None:
    one, other = made_up("one"), made_up("other", TEXT + " More.")
    write_facts([one, other], tmp_path / "both", OPTIONS)
    for facts in (other, one, one):
        write_facts([facts], tmp_path / "added", OPTIONS)
    for name in ("graph.nq", "graph.ttl", "report.json"):
        assert (tmp_path / "both" / name).read_bytes() == (tmp_path / "added" / name).read_bytes()


def test_tables_give_back_the_facts(tmp_path: Path) -> None:
    write_facts([made_up()], tmp_path / "g", OPTIONS)
    tables = kg.open(tmp_path / "g").facts()
    assert tables["entities"][0] == {"entry": "2030-05-01", "type": "Organization", "name": "Acme Group"}
    assert [row["relation"] for row in tables["relations"]] == ["operatedBy"]
    assert tables["measurements"][0]["value"] == "3000000"
    assert tables["quotations"] == [{"entry": "2030-05-01", "speaker": "Ana Example", "text": "We are glad,"}]


def test_no_text_leaves_no_wording(tmp_path: Path) -> None:
    write_facts([made_up()], tmp_path / "g", OPTIONS)
    write_facts([made_up("second")], tmp_path / "g", BuildOptions(keep_invalid=True, text=False))
    for path in (tmp_path / "g").rglob("*"):
        if path.is_file():
            assert b"sold 3 million" not in path.read_bytes(), path.name
            assert b"We are glad" not in path.read_bytes(), path.name


def test_show_names_the_nearest(tmp_path: Path) -> None:
    write_facts([made_up()], tmp_path / "g", OPTIONS)
    graph = kg.open(tmp_path / "g")
    found = graph.show("shop now")
    assert found["relations"][0]["object"] == "Acme Group" and found["figures"][0]["value"] == "3000000"
    with pytest.raises(UsageError, match="did you mean 'ShopNow'"):
        graph.show("ShopNw")


def test_parameters_are_terms_and_not_text(tmp_path: Path) -> None:
    write_facts([made_up()], tmp_path / "g", OPTIONS)
    graph = kg.open(tmp_path / "g")
    assert graph.query("quotations", speaker="Ana Example")
    assert graph.query("measurements", measure='" } INSERT') == []
    assert graph.query("unsourced") == []
    with pytest.raises(UsageError, match="no such parameter"):
        graph.query("platforms", nothing="x")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "ASK { \\u0053ERVICE <http://example.org/> {} }",
        "DELETE WHERE { ?s ?p ?o }",
        "ASK { FILTER(" + "!" * 500 + "true) }",
        "ASK " + "{" * 200 + "}" * 200,
        "ASK { FILTER(1" + "+1" * 5000 + ") }",
        "ASK {}" + " " * 30_000,
    ],
)
def test_unsafe_queries_are_refused(query: str) -> None:
    with pytest.raises(UsageError):
        check_query(query)


def test_harmless_words_pass() -> None:
    check_query('SELECT ?service { ?s <http://e.org/SERVICE#x> "DROP it" } # DELETE')


@pytest.mark.parametrize("file", ["graph.nq", "manifest.json", "store/CURRENT"])
def test_damage_is_seen(tmp_path: Path, file: str) -> None:
    write_facts([made_up()], tmp_path / "g", OPTIONS)
    (tmp_path / "g" / file).write_bytes(b"x")
    with pytest.raises(GraphError, match="damaged"):
        kg.open(tmp_path / "g")


@given(st.text(min_size=1, max_size=40))
def test_slugs_are_valid_and_stable(name: str) -> None:
    iri = Minter().entity("Brand", name)
    assert iri == Minter().entity("Brand", name)
    assert not set(' <>"{}|\\^`\n') & set(iri) and not iri.endswith("/")


def test_names_that_differ_in_more_than_spelling_differ() -> None:
    minter = Minter()
    assert minter.entity("Platform", "ShopNow+") != minter.entity("Platform", "ShopNow")
    assert minter.entity("Brand", "Ünique").endswith("brand/ünique")
    with pytest.raises(UsageError):
        Minter("no iri")


def test_interrupted_quotes_match_whole() -> None:
    assert quotes("“We try,” she said, “every day.”", "We try, every day.")
    assert not quotes("“We try,” she said, “every day.”", "We try, every night.")
