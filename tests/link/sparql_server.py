"""A SPARQL server on loopback over an in-memory store, which keeps the queries that it was asked."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, Store


class SparqlServer(ThreadingHTTPServer):
    """The server; ``log`` are the queries asked."""

    daemon_threads = True

    def __init__(self, store: Store) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = store
        self.log: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"


class _Handler(BaseHTTPRequestHandler):
    server: SparqlServer

    def do_GET(self) -> None:
        self._answer(parse_qs(urlsplit(self.path).query).get("query", [""])[0])

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
        self._answer(parse_qs(content).get("query", [""])[0] if form else content)

    def _answer(self, query: str) -> None:
        self.server.log.append(query)
        found = self.server.store.query(query)
        assert isinstance(found, QuerySolutions | QueryBoolean)
        body = found.serialize(format=QueryResultsFormat.JSON) or b""
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
