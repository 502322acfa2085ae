"""The saved questions: their headers, their rows on the embedded corpus, on a real server too, and their parameters."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import srsly
from click.testing import CliRunner
from expected_rows import FOLDER, rows_of
from rdflib.plugins.sparql import prepareQuery

import kg
from kg.ask.catalogue import search_queries
from kg.ask.header import body, header_lines, parse_header
from kg.ask.reference import write_reference
from kg.ask.saved import find_query, offline_queries, parse_query, saved_queries
from kg.cli import cli
from kg.errors import UsageError
from kg.resources import corpus_path

ROOT = Path(__file__).parents[1]
QUERIES = saved_queries()
LEADING = {
    "platforms": "platform operator initiatives events",
    "brands-in-initiative": "brand",
    "brands-in-event": "brand",
    "brands-over-amount": "brand comparator value currency entry",
    "people": "person post organization",
    "quotations": "speaker text entry",
    "timeline": "event start end place",
    "measurements": "subject measure comparator value unit entry",
    "entities": "entry type name",
    "relations": "entry subject relation object detail",
    "measurements-table": "entry subject measure comparator value unit detail",
    "quotations-table": "entry speaker text",
}
FAMILIES = """
    initiatives-of-platform initiatives-for-audience initiatives-by-theme who-runs-what partners technologies
    availability brand-profile brands-together spokespeople performers people-linking-platforms events-at-place
    parts-of-event who-took-part largest growth carbon-and-energy money-in-two-currencies running-total as-known-at
    disagreeing-figures implied-exchange-rates evidence-of name-variants unsourced
    coverage neighbourhood connections co-occurrence
""".split()
OFFLINE = {query.name: query for query in offline_queries()}
each = pytest.mark.parametrize("name", sorted(QUERIES))
each_offline = pytest.mark.parametrize("name", sorted(OFFLINE))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    return kg.build([corpus_path()], tmp_path_factory.mktemp("corpus") / "graph")


@pytest.fixture(scope="module")
def server(graph: kg.Graph) -> Iterator[kg.Graph]:
    """The same graph behind the real oxigraph server."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert program, "the oxigraph server is missing; pip install -r requirements/dev.txt"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve-read-only", "--location", str(graph.folder / "store"), "--bind", address]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield _reached(f"http://{address}/query")
    finally:
        process.kill()
        process.wait()


def _reached(url: str) -> kg.Graph:
    remote = kg.open(url)
    for _ in range(100):
        try:
            remote.query("ASK {}")
            return remote
        except kg.errors.KgError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_the_catalogue_has_what_was_asked_for() -> None:
    assert set(FAMILIES) | set(LEADING) <= set(QUERIES)
    for name, columns in LEADING.items():
        assert " ".join(QUERIES[name].columns).startswith(columns), name
    assert len(QUERIES) >= 36


@each
def test_headers_say_everything(name: str) -> None:
    query = QUERIES[name]
    assert query.title and query.description and query.tags and len(query.questions) >= 2
    header = parse_header(query.text)
    assert header == srsly.yaml_loads("\n".join(_quoted(line) for line in header_lines(query.text)))
    listed = header.get("parameters", [])
    assert [item["name"] for item in listed if isinstance(item, dict)] == [p.name for p in query.parameters]
    for parameter in query.parameters:
        assert parameter.meaning, parameter.name
        assert (parameter.type == "iri") == bool(parameter.classes), parameter.name


def _quoted(line: str) -> str:
    """A plain scalar in quotes, as YAML would turn dates and numbers into something else than text."""
    key, separator, value = line.partition(": ")
    return f'{key}: "{value}"' if separator and value and not value.startswith('"') and '"' not in value else line


@each
def test_queries_are_sparql_for_another_parser(name: str) -> None:
    assert body(QUERIES[name].text).lstrip().startswith("PREFIX")
    assert prepareQuery(QUERIES[name].text, initNs={}) is not None


@each_offline
def test_rows_on_the_corpus(graph: kg.Graph, name: str) -> None:
    rows = rows_of(graph, QUERIES[name])
    assert rows == (FOLDER / f"{name}.csv").read_text(encoding="utf-8"), "see make expected"


@each_offline
def test_rows_from_a_server(graph: kg.Graph, server: kg.Graph, name: str) -> None:
    assert rows_of(server, QUERIES[name]) == rows_of(graph, QUERIES[name])


@each_offline
def test_as_it_stands_it_finds_something_or_says_why(graph: kg.Graph, name: str) -> None:
    whole = graph.query(name)
    assert not isinstance(whole, bool)
    assert bool(whole.rows) != bool(QUERIES[name].empty), "say why in the header's 'empty', and only then"


def test_no_expected_rows_are_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(OFFLINE)


def test_the_reference_is_up_to_date(tmp_path: Path) -> None:
    write_reference(tmp_path / "queries.md", ROOT / "benchmarks" / "queries.json")
    assert (tmp_path / "queries.md").read_text() == (ROOT / "docs" / "queries.md").read_text(), "see make docs"


def test_the_catalogue_is_in_the_graph_as_editors_look_for_it(graph: kg.Graph) -> None:
    examples = graph.query(
        "SELECT DISTINCT ?name ?comment ?query WHERE { ?q a sh:SPARQLExecutable ; rdfs:comment ?comment ; "
        "sh:select|sh:ask|sh:construct|spex:describe ?query ; schema:keywords ?tag ; dcterms:identifier ?name }"
    )
    assert not isinstance(examples, bool)
    assert {row["name"] for row in examples.rows} == set(QUERIES)
    for row in examples.rows:
        assert row["comment"] == QUERIES[row["name"]].questions[0]
        assert parse_query(row["name"], row["query"]).columns == QUERIES[row["name"]].columns


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("brands-over-amount", {"amount": "ten"}, "-p amount: 'ten' is not a number such as 12.5"),
        ("quotations", {"since": "2021-02-30"}, "is not a date such as"),
        ("as-known-at", {"moment": "2021-11-01T12:00"}, "is not a moment such as"),
        ("brands-over-amount", {"amonut": "1"}, r"it has: amount, currency\); did you mean 'amount'"),
        (
            "initiatives-of-platform",
            {"platform": "Tmal Global"},
            "'Tmal Global'.*did you mean 'Tmall Global'",
        ),
        ("initiatives-of-platform", {"platform": "https://example.org/none"}, "nothing in this graph"),
        ("brands-in-evnt", {}, "did you mean 'brands-in-event'.*kg queries"),
    ],
)
def test_mistakes_are_answered_with_what_there_is(
    graph: kg.Graph, name: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        graph.query(name, **parameters)


def test_an_entity_is_named_in_any_way(graph: kg.Graph) -> None:
    ways = ["Tmall", "tmall", "id:platform/tmall", "https://w3id.org/liveblog-kg/id/platform/tmall"]
    answers = [graph.query("initiatives-of-platform", platform=way) for way in ways]
    assert answers[0] and all(answer == answers[0] for answer in answers)
    alias = graph.query("name-variants")
    assert not isinstance(alias, bool)
    variant = next(row for row in alias.rows if row["entity"] == "Cainiao Network")
    assert graph.query("evidence-of", entity=variant["variant"]) == graph.query("evidence-of", entity="Cainiao Network")


def test_amounts_and_moments_from_python(graph: kg.Graph) -> None:
    some = graph.query("brands-over-amount", amount=1e8, currency="cny")
    assert some == graph.query("brands-over-amount", amount="100000000", currency="CNY")
    everything, nothing = graph.query("as-known-at"), graph.query("as-known-at", moment="2020-01-01")
    assert not isinstance(everything, bool) and not isinstance(nothing, bool)
    assert len(everything) > len(nothing)
    assert {row["entry"] for row in nothing.rows} <= {"intro"}


def test_searching() -> None:
    assert search_queries(words="Exchange rate")[0].name == "implied-exchange-rates"
    assert {query.name for query in search_queries("table")} == {n for n in LEADING if "table" in QUERIES[n].tags}
    assert search_queries(words="no such thing at all") == []
    with pytest.raises(UsageError, match="did you mean 'brands'"):
        search_queries("brand")
    shown = CliRunner().invoke(cli, ["queries", "--search", "gala"])
    assert shown.exit_code == 0 and shown.output.startswith("performers ")


@pytest.mark.parametrize("header", ["#+ tags: [a]", "#+ title: a: b", "#+   - x", '#+ title: "open', "#+ words"])
def test_headers_outside_the_subset_are_refused(header: str) -> None:
    with pytest.raises(UsageError, match="query header"):
        parse_query("one", header + "\nASK {}")


def test_defaults_are_read_from_the_query() -> None:
    defaults = {p.name: p.default for p in find_query("brands-over-amount").parameters}
    assert defaults == {"amount": "0", "currency": ""}
    text = 'SELECT * { ?s ?p ?_name_string . FILTER(?p = COALESCE(?_kind_string, "x")) # ?_no_iri\n}'
    assert [(p.name, p.type, p.default) for p in parse_query("q", text).parameters] == [
        ("name", "string", ""),
        ("kind", "string", "x"),
    ]
