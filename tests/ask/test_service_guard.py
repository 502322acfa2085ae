"""No reading of a query calls a server behind the guard's back: made-up queries against the engine's own parser."""

from __future__ import annotations

import contextlib
import random

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.ask.guard import check_query
from kg.errors import UsageError
from tests.ask.servers import answering

BEFORE = [
    "?s ?p ", "?s ?p ?o", "?s ?p 1", "?s ?p 1.5e3", "?s ?p true", "?s a <urn:a>", '?s <urn:p> "x"', '?s ?p "x"@en',
    "FILTER(1<2)", "FILTER(?s<?o)", "BIND(1 AS ?z)", "OPTIONAL{?s ?p ?o}", "{}", "", "VALUES ?v {1}", "?s ?p ex:a",
    "?s ?p ex:a.b", "?s ?p []", "FILTER(1<2#>", "FILTER(?x<ex:a#>", "FILTER(true", '?s ?p """a"""', "?s ?p 'y\\'z'",
]  # fmt: skip
BETWEEN = [" ", "", "\n", "\t", "#c\n", "#'\n", '#"""\n', "\n)", "\n true)", ". ", ";", "#>\n", ")", "\r", "\f", "}"]
CALL = ["SERVICE", "service", "SERVICE SILENT", "\\u0053ERVICE", "SERVICE#\n", "SERVICE\n#'''\n"]
TARGET = ["<URL>", " <URL>", "ex:x", ":x", "?v", "<URL#a>", "<rel>"]
BODY = ["{?s ?p ?o}", "{}", " { ?s ?p ?o }", "#'\n{}", "#>\n{?s ?p ?o}"]
AFTER = ["", "}", "#'", '#"""\n', " FILTER(1<2)", "#>'''\n"]
TRIES = 6_000


def _query(chance: random.Random, url: str) -> str:
    parts = [part for _ in range(chance.randint(0, 3)) for part in (chance.choice(BEFORE), chance.choice(BETWEEN))]
    for choices in (BETWEEN, CALL, BETWEEN, TARGET, BETWEEN, BODY, AFTER, BETWEEN):
        parts.append(chance.choice(choices))
    head = "BASE <URL> PREFIX ex: <URLe/> PREFIX : <URLd/> SELECT * WHERE { "
    return (head + "".join(parts) + " }").replace("URL", url)


def test_what_passes_the_guard_reaches_no_server() -> None:
    chance = random.Random(1)
    store = Store()
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:p"), Literal("1")))
    paths: list[str] = []
    refused = 0
    with answering(lambda request: (paths.append(request.path), (500, {}, b""))[1]) as address:
        for number in range(TRIES):
            query = _query(chance, f"{address}/")
            try:
                check_query(query)
            except UsageError:
                refused += 1
                if number % 4:
                    continue
                _run(store, query)
                continue
            before = len(paths)
            _run(store, query)
            assert len(paths) == before, query
    assert paths and 0 < refused < TRIES, "some of them do call a server where nothing stops them"


def _run(store: Store, query: str) -> None:
    with contextlib.suppress(SyntaxError, OSError, RuntimeError):
        list(store.query(query))  # type: ignore[arg-type]
