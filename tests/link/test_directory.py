"""Links in a graph: written in one swap, kept through rebuilds, decided by people, every identifier from a table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

import kg
from kg.builder import BuildOptions, write_facts
from kg.iri import Minter
from kg.link.cache import AnswerCache
from kg.link.decision import Question
from kg.link.directory import check_links, link_graph, read_mappings, review_graph
from kg.link.mapping import EXACT_MATCH, NOT, SAME_AS
from kg.link.service import Pace, Service
from kg.model import EntityType
from kg.reference import load_tables
from kg.vocabulary import PREFIXES
from tests.link.conciliator import Conciliator
from tests.link.conftest import OPTIONS, made_up

BASE = Minter().base
WD = PREFIXES["wd"]


def objects(folder: Path, subject: str, predicate: str) -> set[str]:
    store = kg.open(folder).store
    graph = NamedNode(Minter().links)
    return {
        q.object.value for q in store.quads_for_pattern(NamedNode(BASE + subject), NamedNode(predicate), None, graph)
    }  # type: ignore[union-attr]


def test_entities_are_linked_in_a_graph_of_their_own(graph: Path) -> None:
    before = (graph / "graph.nq").read_text(encoding="utf-8")
    report = link_graph(graph)
    assert report.exact >= 6 and report.undecided >= 1
    (nike,) = objects(graph, "brand/nike", EXACT_MATCH)
    assert nike == load_tables().find("Nike")[0].identifier
    assert objects(graph, "brand/nike", PREFIXES["schema"] + "sameAs") == {nike, load_tables().find("Nike")[0].site}
    assert objects(graph, "place/hangzhou", PREFIXES["gn"] + "countryCode") == {"CN"}
    assert objects(graph, "place/hangzhou", PREFIXES["schema"] + "latitude")
    assert len(objects(graph, "place/china", EXACT_MATCH)) == 2
    assert objects(graph, "brand/nike", SAME_AS) == set()
    assert objects(graph, "place/georgia", EXACT_MATCH) == set()
    after = (graph / "graph.nq").read_text(encoding="utf-8")
    ours = [line for line in before.splitlines() if "graph/catalogue" not in line]
    assert set(ours) <= set(after.splitlines())
    assert kg.open(graph).validate().conforms


def test_every_identifier_in_the_graph_is_a_row_of_a_table(graph: Path) -> None:
    link_graph(graph)
    rows = {iri for table in load_tables().rows for record in load_tables().every(table) for iri in record.identifiers}
    foreign = {
        term.value
        for quad in kg.open(graph).store
        for term in (quad.subject, quad.object)
        if isinstance(term, NamedNode) and ("wikidata.org" in term.value or "geonames.org" in term.value)
    }
    assert len(foreign) > 6 and foreign <= rows


def test_linking_twice_gives_the_same_bytes(graph: Path) -> None:
    link_graph(graph)
    once = {name: (graph / name).read_bytes() for name in ("graph.nq", "links.sssom.tsv", "candidates.sssom.tsv")}
    link_graph(graph)
    assert once == {name: (graph / name).read_bytes() for name in once}


def test_links_and_decisions_survive_rebuilds(graph: Path) -> None:
    link_graph(graph)
    review_graph(graph, "Ana", lambda question: "1" if question.subject.name == "Georgia" else "p")
    (chosen,) = objects(graph, "place/georgia", EXACT_MATCH) & objects(graph, "place/georgia", SAME_AS)
    for options in (OPTIONS, BuildOptions(keep_invalid=True, fresh=True)):
        write_facts([made_up()], graph, options)
        assert chosen in objects(graph, "place/georgia", SAME_AS)
        link_graph(graph)
        assert chosen in objects(graph, "place/georgia", SAME_AS)
        assert [m.reviewer for m in read_mappings(graph) if m.object == chosen] == ["Ana"]


def test_links_of_entities_that_went_away_wait_in_the_file(graph: Path) -> None:
    link_graph(graph)
    write_facts(
        [made_up("Only Nike is left.", {"Nike": EntityType.BRAND})], graph, BuildOptions(keep_invalid=True, fresh=True)
    )
    assert objects(graph, "brand/nike", EXACT_MATCH) and not objects(graph, "place/hangzhou", EXACT_MATCH)
    assert {f.kind for f in check_links(graph)} == {"dangling"}


def test_what_a_person_rejects_never_comes_back(graph: Path) -> None:
    link_graph(graph)
    asked: list[str] = []

    def reject(question: Question) -> str:
        asked.append(question.subject.name)
        return "n"

    review_graph(graph, "Ana", reject)
    assert "Georgia" in asked
    asked.clear()
    review_graph(graph, "Ana", reject)
    assert asked == []
    assert not objects(graph, "place/georgia", EXACT_MATCH)
    assert {m.modifier for m in read_mappings(graph) if m.subject.endswith("place/georgia")} == {NOT}


def test_a_stopped_review_keeps_what_was_decided(graph: Path) -> None:
    link_graph(graph)
    keys = iter("1q")
    review_graph(graph, "Ana", lambda _: next(keys))
    assert sum(m.reviewed and not m.denied for m in read_mappings(graph)) == 1


def test_decisions_travel_to_a_graph_with_another_base(graph: Path, tmp_path: Path) -> None:
    link_graph(graph)
    review_graph(graph, "Ana", lambda question: "1" if question.subject.name == "Georgia" else "p")
    (chosen,) = objects(graph, "place/georgia", SAME_AS)
    other = tmp_path / "other"
    write_facts([made_up()], other, BuildOptions(keep_invalid=True, base="https://example.org/id/"))
    link_graph(other, [graph / "links.sssom.tsv"])
    found = [m for m in read_mappings(other) if m.subject == "https://example.org/id/place/georgia" and m.identity]
    assert [(m.object, m.reviewer) for m in found] == [(chosen, "Ana")]
    assert found[0].mapping_source.endswith("mappings/links")


def test_check_finds_contradictions_and_stale_rows(graph: Path) -> None:
    link_graph(graph)
    path = graph.parent / "others.sssom.tsv"
    text = (graph / "links.sssom.tsv").read_text(encoding="utf-8")
    nike = load_tables().find("Nike")
    wrong = text.replace(nike[0].identifier.removeprefix(WD), nike[1].identifier.removeprefix(WD))
    path.write_text(wrong.replace("8.0.20260918", "7.0.1").replace("\tVivo\t", "\tVivoo\t"), encoding="utf-8")
    assert nike[1].identifier.removeprefix(WD) in wrong and check_links(graph) == []
    link_graph(graph, [path])
    kinds = {finding.kind for finding in check_links(graph)}
    assert "stale" in kinds
    messages = " ".join(f.message for f in check_links(graph))
    assert "from version 7.0.1" in messages and "mapped as 'Vivoo'" in messages


def test_a_contradiction_is_put_to_a_person(graph: Path) -> None:
    link_graph(graph)
    nike = load_tables().find("Nike")
    text = (graph / "links.sssom.tsv").read_text(encoding="utf-8")
    right, wrong = (record.identifier for record in nike[:2])
    files = [graph.parent / "one.sssom.tsv", graph.parent / "other.sssom.tsv"]
    files[0].write_text(text, encoding="utf-8")
    files[1].write_text(text.replace(right.removeprefix(WD), wrong.removeprefix(WD)), encoding="utf-8")
    link_graph(graph, files)
    assert "contradictory" in {finding.kind for finding in check_links(graph)}

    def choose(question: Question) -> str:
        found = [m.object for m in question.candidates]
        return str(found.index(right) + 1) if right in found else "p"

    review_graph(graph, "Ana", choose)
    assert "contradictory" not in {finding.kind for finding in check_links(graph)}
    link_graph(graph, files)
    assert objects(graph, "brand/nike", EXACT_MATCH) == {right} == objects(graph, "brand/nike", SAME_AS)


def test_a_service_adds_what_the_tables_lack(graph: Path, conciliator: Conciliator, tmp_path: Path) -> None:
    pace = Pace(interval=0)
    cache = AnswerCache(conciliator.address, tmp_path / "cache")
    with Service(conciliator.address, cache, pace) as service:
        report = link_graph(graph, service=service)
    assert report.nothing == 0
    (person,) = objects(graph, "person/ana-example", EXACT_MATCH)
    assert person == f"{BASE}person/ana-example"
    answered = {row["id"] for line in cache.path.read_text("utf-8").splitlines() for row in json.loads(line)["result"]}
    linked = {m.object for m in read_mappings(graph) if m.source == conciliator.address}
    assert linked and linked <= {BASE + identifier for identifier in answered}
    link_graph(graph)
    assert objects(graph, "person/ana-example", EXACT_MATCH) == {person}


def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "link", *words], input=typed, capture_output=True, text=True, env=dict(os.environ)
    )


def test_the_command_links_reviews_and_checks(graph: Path) -> None:
    linked = run("-g", str(graph))
    assert linked.returncode == 0 and "entities linked" in linked.stdout, linked.stderr
    reviewed = run("-g", str(graph), "--review", "--reviewer", "Ana", typed="x1q")
    assert "Georgia" in reviewed.stdout and "'x': press 1 to" in reviewed.stderr
    assert "1 decisions by people" in reviewed.stdout or "2 decisions by people" in reviewed.stdout
    assert run("-g", str(graph), "--check").stdout == "no mapping is wrong\n"
    assert json.loads(run("-g", str(graph), "--json").stdout)["exact"] >= 6


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("--check", "--review"), 2, "alone"),
        (("--review", "--service", "wikidata"), 2, "alone"),
        (("--service", "dbpedia"), 2, "known name"),
        (("--from", "none.tsv"), 2, "cannot be read"),
        (("-g", "nowhere"), 1, "no graph here"),
    ],
)
def test_wrong_use_is_said_in_one_line(graph: Path, words: tuple[str, ...], code: int, complaint: str) -> None:
    done = run("-g", str(graph), *words)
    assert done.returncode == code and complaint in done.stderr and "Traceback" not in done.stderr
