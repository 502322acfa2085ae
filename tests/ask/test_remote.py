"""Graphs on servers: the same object as on disk, logins, retries, limits and errors that say what to do."""

from __future__ import annotations

import base64
import http.server
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.ask.access import Access, RemoteError
from kg.ask.answer import Limits
from kg.ask.result import Result
from kg.ask.sandbox import LimitError
from kg.ask.saved import offline_queries
from kg.builder import write_facts
from kg.cli import cli
from kg.errors import GraphError, KgError, UsageError
from kg.graph import Graph, RemoteGraph
from kg.vocabulary import DEFAULT_BASE
from tests.ask.servers import answering, fill, free_port, oxigraph
from tests.test_graph import OPTIONS, made_up

EMPTY = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
JSON = {"Content-Type": "application/sparql-results+json"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("remote") / "g"
    write_facts([made_up("one"), made_up("two", made_up().document.text + " More.")], target, OPTIONS)
    return target


@pytest.fixture(scope="module", params=[(), ("--union-default-graph",)], ids=["graphs apart", "graphs as one"])
def address(folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    with oxigraph(*request.param) as server:
        fill(server, folder / "graph.nq")
        yield f"{server}/query"


@pytest.mark.parametrize("method", ["auto", "get", "post"])
def test_the_same_answers_as_on_disk(address: str, folder: Path, method: str) -> None:
    here, there = kg.open(folder), kg.open(address, method=method)  # type: ignore[arg-type]
    assert isinstance(there, Graph)
    for name in [q.name for q in offline_queries()] if method == "auto" else ("platforms", "relations"):
        assert there.query(name) == here.query(name), name
    assert there.facts() == here.facts()
    assert there.show("shop now") == here.show("shop now")
    assert there.query("ASK { ?s a lb:Platform }") is True
    assert set(there.answer("CONSTRUCT WHERE { ?s a ?o }")) == set(here.answer("CONSTRUCT WHERE { ?s a ?o }"))
    assert there.query("SELECT DISTINCT ?n { ?_x_iri skos:prefLabel ?n }", x="Shop Now") == [{"n": "ShopNow"}]
    assert there.info()["classes"]["Platform"] == 1


def test_what_needs_files_says_so(address: str) -> None:
    with pytest.raises(GraphError, match="folder"):
        kg.open(address).validate()
    with pytest.raises(UsageError, match="embedded"):
        kg.open(address).explain("platforms")


@pytest.mark.parametrize(
    ("query", "message"),
    [("SELEC * {}", "not SPARQL"), ("SELECT * { SERVICE <http://x/> {} }", "SERVICE"), ("CLEAR ALL #{", "only read")],
)
def test_wrong_queries(address: str, query: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        kg.open(address).query(query)


def test_the_command_asks_servers(address: str, tmp_path: Path) -> None:
    run = CliRunner()
    done = run.invoke(cli, ["query", "platforms", "-g", address, "-f", "csv"])
    assert done.exit_code == 0 and "ShopNow" in done.output
    assert run.invoke(cli, ["info", "-g", address]).exit_code == 0
    assert run.invoke(cli, ["validate", "-g", address]).exit_code == 2


def test_logins(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def handle(request: http.server.BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        login = request.headers.get("Authorization", "")
        seen.append(login)
        return (200, JSON, b'{"head":{},"boolean":true}') if login else (401, {}, b"who are you?")

    with answering(handle) as url:
        basic = "Basic " + base64.b64encode("ana:pässword:1".encode()).decode()
        assert kg.open(url, user="ana", password="pässword:1").query("ASK {}") is True and seen[-1] == basic
        assert kg.open(url, token="abc").query("ASK {}") is True and seen[-1] == "Bearer abc"
        port = url.rpartition(":")[2]
        assert kg.open(f"http://ana:p%C3%A4ssword%3A1@127.0.0.1:{port}").query("ASK {}") is True and seen[-1] == basic
        with pytest.raises(RemoteError, match="--token"):
            kg.open(url).query("ASK {}")
        monkeypatch.setenv("KG_TOKEN", "from-outside")
        assert kg.open(url).query("ASK {}") is True and seen[-1] == "Bearer from-outside"
        done = CliRunner().invoke(
            cli, ["query", "ASK {}", "-g", url, "--user", "ana", "--token", "t", "--password", "p"]
        )
        assert done.exit_code == 0 and seen[-1] == "Bearer t"
    with pytest.raises(UsageError, match="both"):
        kg.open(url, user="ana").query("ASK {}")


def test_a_redirect_takes_no_login_along() -> None:
    seen: list[str | None] = []

    def elsewhere(request: http.server.BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        seen.append(request.headers.get("Authorization"))
        return 200, JSON, b'{"head":{},"boolean":true}'

    with answering(elsewhere) as other, answering(lambda _: (302, {"Location": other}, b"")) as url:
        kg.open(url, token="secret").query("ASK {}")
    assert seen and set(seen) == {None}


def test_a_busy_server_is_tried_again() -> None:
    left = [503, 429, 200]
    answers = {200: (200, JSON, b'{"head":{},"boolean":true}')}

    def handle(_: http.server.BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        return answers.get(left[0] if len(left) == 1 else left.pop(0), (503, {"Retry-After": "0"}, b"later"))

    with answering(handle) as url:
        assert kg.open(url).query("ASK {}") is True
    asked: list[float] = []
    with answering(lambda _: (asked.append(time.monotonic()), (503, {}, b"never"))[1]) as url:
        engine = kg.open(url).engine
        with pytest.raises(RemoteError, match="503"):
            engine.run("ASK {}", Limits(), trusted=True)
    assert len(asked) == 3 and asked[2] - asked[1] > asked[1] - asked[0] > 0.3


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((200, JSON, EMPTY[:-10]), "broke off"),
        ((200, JSON, b""), "not the answer"),
        ((200, {"Content-Type": "text/html"}, b"<html>hello</html>"), "not the answer"),
        ((404, {}, b"nothing"), "no SPARQL service"),
        ((403, {}, b""), "may not"),
        ((500, {}, b"on fire"), "on fire"),
        ((400, {}, b"bad \x00 words"), "bad"),
        ((200, {**JSON, "Content-Length": "1000"}, EMPTY), "broke off|cannot be reached"),
    ],
)
def test_wrong_answers(answer: tuple[int, dict[str, str], bytes], message: str) -> None:
    with answering(lambda _: answer) as url, pytest.raises(KgError, match=message) as caught:
        RemoteGraph(Access(url, pause=0), DEFAULT_BASE).query("SELECT ?x {}")
    assert "\n" not in str(caught.value)


def test_limits_of_a_remote_answer() -> None:
    def slow(request: http.server.BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        time.sleep(1.2)
        return 200, JSON, EMPTY

    with answering(slow) as url, pytest.raises(LimitError, match="within 1 seconds"):
        kg.open(url).query("SELECT ?x { }", Limits(1))
    long = b'{"head":{},"boolean":true}' + b" " * 3_000_000
    with answering(lambda _: (200, JSON, long)) as url, pytest.raises(LimitError, match="larger"):
        kg.open(url).engine.run("ASK {}", Limits(size=1 << 20), trusted=True)


def test_no_server(tmp_path: Path) -> None:
    with pytest.raises(RemoteError, match="cannot be reached"):
        RemoteGraph(Access(f"http://127.0.0.1:{free_port()}/sparql", pause=0), DEFAULT_BASE).query("ASK {}")
    with pytest.raises(UsageError, match="address of a server"):
        kg.open("https:///x")


def test_own_dataset_is_left_alone(folder: Path) -> None:
    with oxigraph() as server:
        fill(server, folder / "graph.nq")
        graph = kg.open(f"{server}/query")
        found = graph.query("SELECT ?g { GRAPH ?g { ?d a lb:Article } } ORDER BY ?g LIMIT 1")
        assert isinstance(found, Result) and len(found) == 1
        counted = graph.query(f"SELECT (COUNT(DISTINCT ?d) AS ?n) FROM <{found[0]['g']}> {{ ?d a lb:Article }}")
        assert isinstance(counted, Result) and counted.rows == [{"n": "1"}]
