"""Bringing a graph to a server: whole, again, on from where it broke off; oxigraph, and on demand Virtuoso."""

from __future__ import annotations

import http.server
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

import kg
from kg.ask.access import Access, RemoteError
from kg.ask.upload import Loaded, load_graph
from kg.builder import write_facts
from kg.cli import cli
from kg.errors import UsageError
from tests.ask.servers import answering, free_port, oxigraph
from tests.test_graph import OPTIONS, made_up
from tests.virtuoso_server import running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("load") / "g"
    write_facts([made_up("one"), made_up("two", made_up().document.text + " More.")], target, OPTIONS)
    return target


@pytest.fixture
def server() -> Iterator[str]:
    with oxigraph() as address:
        yield f"{address}/store"


def _load(folder: Path, url: str, batch: int = 10) -> Loaded:
    return load_graph(kg.open(folder).store, Access.to(url), batch=batch, seconds=30, progress=lambda *_: None)


def _there(url: str) -> set[Quad]:
    request = urllib.request.Request(url, headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request) as answer:
        return set(parse(answer.read(), format=RdfFormat.N_QUADS))


def test_all_of_it_arrives_and_nothing_is_sent_twice(folder: Path, server: str) -> None:
    wanted = set(kg.open(folder).store)
    first = _load(folder, server)
    assert _there(server) == wanted and first.sent == first.triples == len(wanted)
    again = _load(folder, server)
    assert again.sent == 0 and again.untouched == again.graphs == first.graphs
    query = "SELECT ?p { ?p a lb:Platform }"
    assert kg.open(server.replace("/store", "/query")).query(query) == kg.open(folder).query(query)


def test_old_statements_of_a_graph_go_and_other_graphs_stay(folder: Path, server: str) -> None:
    (name, *_) = kg.open(folder).store.named_graphs()
    mine, other = f"{server}?graph={name.value}", f"{server}?graph=urn:other"
    for url in (mine, other):
        request = urllib.request.Request(
            url, b"<urn:a> <urn:b> <urn:c> .", {"Content-Type": "text/turtle"}, method="PUT"
        )
        urllib.request.urlopen(request).close()
    _load(folder, server)
    alien = Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"), NamedNode("urn:other"))
    assert _there(server) == {*kg.open(folder).store, alien}


@pytest.mark.parametrize("after", [1, 3, 7])
def test_a_load_that_broke_off_goes_on(folder: Path, server: str, after: int) -> None:
    left = [after]

    def failing(request: http.server.BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0)) or None
        if body and not left[0]:
            return 507, {}, b"full"
        left[0] -= bool(body)
        copied = {name: request.headers[name] for name in ("Content-Type", "Accept") if request.headers[name]}
        forward = urllib.request.Request(server + request.path.removeprefix("/"), body, copied, method=request.command)
        try:
            with urllib.request.urlopen(forward) as answer:
                return answer.status, {"Content-Type": answer.headers.get("Content-Type", "")}, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, {}, error.read()

    with answering(failing) as url, pytest.raises(RemoteError, match="full"):
        _load(folder, f"{url}/")
    before = len(_there(server))
    assert 0 < before < len(kg.open(folder).store)
    assert _load(folder, server).sent == len(kg.open(folder).store) - before
    assert _there(server) == set(kg.open(folder).store)


def test_graphs_with_blank_nodes_are_sent_whole(server: str) -> None:
    store = Store()
    text = b"_:a <urn:p> _:b .\n_:b <urn:p> _:c .\n_:c <urn:p> _:a .\n"
    store.load(text, format=RdfFormat.N_TRIPLES, to_graph=NamedNode("urn:g"))
    load_graph(store, Access.to(server), batch=1, seconds=30, progress=lambda *_: None)
    found = Store()
    found.bulk_extend(_there(server))
    assert found.query("ASK { GRAPH ?g { ?a <urn:p>/<urn:p>/<urn:p> ?a } }")


def test_the_command(folder: Path, server: str) -> None:
    run = CliRunner()
    done = run.invoke(cli, ["load", server, "-g", str(folder), "--batch", "7"])
    assert done.exit_code == 0 and "triples sent" in done.output
    assert '"sent": 0' in run.invoke(cli, ["load", server, "-g", str(folder), "--json"]).output
    assert run.invoke(cli, ["load", server, "-g", server]).exit_code == 2


@pytest.mark.parametrize(
    ("code", "message"), [(401, "--token"), (403, "may not"), (405, "graph store"), (413, "--batch")]
)
def test_refusals(folder: Path, code: int, message: str) -> None:
    with answering(lambda _: (code, {}, b"")) as url, pytest.raises(RemoteError, match=message):
        _load(folder, url)


def test_no_server(folder: Path) -> None:
    with pytest.raises(RemoteError, match="cannot be reached"):
        access = Access(f"http://127.0.0.1:{free_port()}/store", pause=0)
        load_graph(kg.open(folder).store, access, batch=10, seconds=30, progress=lambda *_: None)
    with pytest.raises(UsageError, match="batch"):
        _load(folder, "http://127.0.0.1:1/", batch=0)


@pytest.mark.virtuoso
def test_virtuoso(folder: Path, tmp_path: Path) -> None:
    with running(tmp_path) as (address, _):
        access = Access.to(f"{address}/sparql-graph-crud-auth", "dba", "dba")
        store = kg.open(folder).store
        done = load_graph(store, access, batch=50, seconds=60, progress=lambda *_: None)
        assert done.sent == len(store)
        again = load_graph(store, access, batch=50, seconds=60, progress=lambda *_: None)
        assert again.sent == 0 and again.triples == done.triples
        graph = kg.open(f"{address}/sparql")
        for name in ("platforms", "relations", "people", "entities"):
            assert graph.query(name) == kg.open(folder).query(name), name
        assert _count(graph) == len(store)


def _count(graph: kg.Graph) -> int:
    found = graph.query(
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'https://w3id.org/')) }"
    )
    assert not isinstance(found, bool)
    return int(found[0]["n"])
