"""Reading from an address and from standard input."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.read import read_sources

PAGE = "<html><body><h1>Lamps Sell Out</h1><p>May 4, 2031</p><p>The lamps sold out.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/lamps.html"
        server.shutdown()


def test_an_address_is_fetched_and_kept_as_the_url(address: str) -> None:
    (document,) = read_sources([address])
    assert document.url == address
    assert "The lamps sold out." in document.text
    assert [entry.key for entry in document.entries] == ["2031-05-04"]


def test_standard_input_is_read_as_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode()), encoding="utf-8"))
    (document,) = read_sources(["-"])
    assert "The lamps sold out." in document.text
