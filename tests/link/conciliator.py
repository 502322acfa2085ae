"""A reconciliation service on loopback: our own endpoint behind a real HTTP server, which can be told to misbehave."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from kg.errors import UsageError


class Conciliator(ThreadingHTTPServer):
    """The server; ``log`` are the batches asked, ``troubles`` the replies (status, headers, body) to give first."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.endpoint: Any = None
        self.log: list[Any] = []
        self.troubles: list[tuple[int, dict[str, str], bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/reconcile"


class _Handler(BaseHTTPRequestHandler):
    server: Conciliator

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = self.rfile.read(length).decode()
        if "queries" in dict(parse_qsl(form)):
            self.server.log.append(json.loads(dict(parse_qsl(form))["queries"]))
        self._answer(form)

    def _answer(self, params: str) -> None:
        if self.server.troubles and self.command == "POST":
            self._send(*self.server.troubles.pop(0))
            return
        path = urlsplit(self.path).path.removeprefix("/reconcile")
        try:
            found = self.server.endpoint.respond(path, dict(parse_qsl(params)))
        except UsageError as error:
            self._send(400, {}, str(error).encode())
            return
        body = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
        self._send(200, {}, body.encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextlib.contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    """Serve in the background."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
