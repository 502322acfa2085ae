"""Queries of somebody's own: no other server, no writing, limited time, memory and size; parameters are values."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

import kg
from kg.ask.answer import Limits
from kg.ask.guard import check_query
from kg.ask.sandbox import LimitError, run_confined
from kg.builder import write_facts
from kg.errors import UsageError
from tests.ask.servers import answering
from tests.test_graph import OPTIONS, made_up

CALLS = {
    "plain": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <URL> {} }",
    "lower case": "SELECT * { service<URL>{} }",
    "no blank before a name": "PREFIX : <URL> SELECT * { SERVICE:x{?s ?p ?o} }",
    "no blank before a prefixed name": "PREFIX ex: <URL> SELECT * { SERVICEex:x{?s ?p ?o} }",
    "after a literal": "SELECT * { ?s ?p trueSERVICE <URL> {} }",
    "after a number": "SELECT * { ?s ?p 1e5SERVICE <URL> {} }",
    "a sign that looks like an IRI": "PREFIX : <URL> SELECT * { FILTER(1<2)SERVICE:x#>\n{?s ?p ?o} }",
    "a comment that looks like an IRI and a string": 'SELECT * { FILTER(1<2#>"""\n)SERVICE<URL>{?s ?p ?o} #"""\n }',
    "after an IRI": "SELECT * { ?s a<urn:a>SERVICE <URL> {} }",
    "by a variable": "SELECT * { VALUES ?u { <URL> } SERVICE ?u {} }",
}


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server's address, and the paths that it was asked for."""
    paths: list[str] = []
    with answering(lambda request: (paths.append(request.path), (500, {}, b""))[1]) as address:
        yield f"{address}/", paths


@pytest.mark.parametrize("name", CALLS)
def test_service_is_refused_and_could_not_connect_anyway(
    name: str, asked: tuple[str, list[str]], tmp_path: Path
) -> None:
    url, paths = asked
    query = CALLS[name].replace("URL", url)
    with pytest.raises(UsageError, match="SERVICE"):
        check_query(query)
    Store(str(tmp_path / "s")).flush()
    with contextlib.suppress(UsageError):
        list(run_confined(tmp_path / "s", query, {}, Limits(20)))  # type: ignore[arg-type]
    assert paths == []
    with contextlib.suppress(OSError, RuntimeError):
        list(Store().query(query))  # type: ignore[arg-type]
    assert paths or name == "by a variable", "without the guard and the confinement the server is reached"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a <https://schema.org/Service> }",
        "PREFIX schema: <https://schema.org/> SELECT * { ?s a schema:Service ; schema:serviceType 'SERVICE <x>' }",
        "SELECT * { ?s <https://example.org/service#x> ?o } # SERVICE",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?s != <https://example.org/SERVICE>) }",
    ],
)
def test_the_word_alone_is_no_call(query: str) -> None:
    check_query(query)


def test_allowed_services(asked: tuple[str, list[str]], tmp_path: Path) -> None:
    url, paths = asked
    write_facts([made_up()], tmp_path / "g", OPTIONS)
    graph = kg.open(tmp_path / "g")
    limits = Limits(20, services=frozenset([url]))
    graph.query(f"SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}", limits)
    assert paths
    for target in (f"<{url}x>", "?x", "x:y"):
        with pytest.raises(UsageError, match="not allowed"):
            graph.query(f"PREFIX x: <{url}> SELECT * {{ SERVICE {target} {{ ?s ?p ?o }} }}", limits)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "only read"),
        ("drop all", "only read"),
        ("SELECT * {" + "{" * 101 + "}" * 101 + "}", "nested"),
        ("SELECT (" + "(" * 5000 + "1" + ")" * 5000 + " AS ?x) {}", "nested"),
        ("SELECT * { ?s ?p '" + "x" * 20_001 + "' }", "longer"),
        ("SELECT * { FILTER(" + "!" * 200 + "true) }", "nested"),
        ("SELECT * { FILTER(" + "1+" * 2000 + "1) }", "operators"),
        ("SELEC * {}", "not SPARQL"),
        ("", "no saved query"),
    ],
)
def test_refused(query: str, message: str, tmp_path: Path) -> None:
    write_facts([made_up()], tmp_path / "g", OPTIONS)
    with pytest.raises(UsageError, match=message):
        kg.open(tmp_path / "g").query(query)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big") / "store"
    store = Store(str(folder))
    p = NamedNode("urn:p")
    store.bulk_extend(Quad(NamedNode(f"urn:{n}"), p, Literal(str(n))) for n in range(50_000))
    store.flush()
    return folder


CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize(
    "query", [f"SELECT (COUNT(*) AS ?n) {CROSS}", f"SELECT * {CROSS}", f"ASK {CROSS[:-1]} FILTER(?c = ?z) }}"]
)
def test_what_takes_too_long_is_killed(query: str, big: Path) -> None:
    start = time.monotonic()
    with pytest.raises(LimitError, match="longer than 1 seconds"):
        run_confined(big, query, {}, Limits(1))
    assert time.monotonic() - start < 30
    assert not subprocess.run(["pgrep", "-P", str(os.getpid()), "-f", "kg.ask.worker"], capture_output=True).stdout


def test_what_takes_too_much_memory_is_stopped(big: Path) -> None:
    query = "SELECT (GROUP_CONCAT(?x) AS ?all) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?d), STR(?c)) AS ?x) }"
    with pytest.raises(LimitError, match="MB of memory"):
        run_confined(big, query, {}, Limits(60, memory=400 << 20))


def test_too_large_an_answer_is_stopped(big: Path) -> None:
    with pytest.raises(LimitError, match="answer is larger than 1 MB"):
        run_confined(big, "SELECT * { ?s ?p ?o }", {}, Limits(60, size=1 << 20))


def test_what_crashes_the_engine_is_an_error(big: Path) -> None:
    with pytest.raises(LimitError, match="broke down"):
        run_confined(big, "SELECT * {" + "{" * 20_000 + "}" * 20_000 + "}", {}, Limits(60))
    assert list(run_confined(big, "SELECT * { ?s ?p '7' }", {}, Limits(60)))  # type: ignore[arg-type]
