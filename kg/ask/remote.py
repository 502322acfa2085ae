"""Queries to a server that speaks the SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from kg.ask.access import Access, BusyError, RemoteError
from kg.ask.answer import Answer, Limits
from kg.ask.guard import tokens_of
from kg.ask.prefixes import with_prefixes
from kg.ask.sandbox import LimitError
from kg.errors import KgError, UsageError
from kg.vocabulary import PREFIXES

_FORMS = {"SELECT": JSON, "ASK": JSON, "CONSTRUCT": TURTLE, "DESCRIBE": TURTLE}
_LONGEST_GET = 2_000
_CHUNK = 1 << 16
_BUSY = {429, 502, 503, 504}
_CODES = {"QueryBadFormed": 400, "Unauthorized": 401, "EndPointNotFound": 404, "URITooLong": 414}
_ADVICE = {
    401: "it wants a login: give --token, or --user and --password (or KG_TOKEN, KG_USER, KG_PASSWORD)",
    403: "this login may not do that",
    404: "there is no SPARQL service at this address; it often ends in /sparql or /query",
    405: "it does not take this method; try --method get or --method post",
    413: "it does not take queries of this size",
    414: "it does not take addresses of this length; try --method post",
}


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper, but a redirect to elsewhere takes no login along."""

    def _createRequest(self) -> Any:
        request = super()._createRequest()
        if login := request.headers.pop("Authorization", ""):
            request.add_unredirected_header("Authorization", login)
        return request


@dataclass(frozen=True)
class RemoteEngine:
    """A server, asked over HTTP; ``base`` is the namespace of its instances."""

    access: Access
    base: str

    def run(self, text: str, limits: Limits, *, trusted: bool) -> Answer:
        """Answer a query, see :class:`kg.ask.engine.Engine`.

        Raises:
            RemoteError: the server cannot be reached, refuses or breaks off.
            UsageError: it says that the query is wrong.
            LimitError: the answer takes too long or is too large.
        """
        own = any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens_of(text))
        return self._ask(text, limits, () if own else self._graphs)

    def explain(self, text: str, limits: Limits) -> str:
        """No standard lets a server tell its plan.

        Raises:
            UsageError: always.
        """
        raise UsageError("--explain: only embedded graphs tell how they evaluate a query; name a folder with -g")

    @cached_property
    def _graphs(self) -> tuple[str, ...]:
        """The named graphs to ask as one, where the server's default graph is empty rather than their union."""
        limits = Limits()
        if self._ask("ASK { ?s ?p ?o }", limits, ()):
            return ()
        found = self._ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", limits, ())
        assert isinstance(found, QuerySolutions)
        return tuple(sorted(row["g"].value for row in found))

    def _ask(self, text: str, limits: Limits, graphs: tuple[str, ...]) -> Answer:
        text = with_prefixes(text, {**PREFIXES, "id": self.base})
        words = (token.text.upper() for token in tokens_of(text) if token.kind == "word")
        form = next((word for word in words if word in _FORMS), "SELECT")
        body = self.access.trying(lambda: self._send(text, form, limits, graphs))
        return _parse(self.access.url, body, form)

    def _send(self, text: str, form: str, limits: Limits, graphs: tuple[str, ...]) -> bytes:
        wrapper = _Wrapper(self.access.url, returnFormat=_FORMS[form])
        wrapper.setOnlyConneg(True)
        wrapper.queryString, wrapper.queryType = text, form
        for graph in graphs:
            wrapper.addParameter("default-graph-uri", graph)
            wrapper.addParameter("named-graph-uri", graph)
        size = len(text) + 2 * sum(map(len, graphs))
        if self.access.method == "post" or (self.access.method == "auto" and size > _LONGEST_GET):
            wrapper.setMethod(POST)
        if self.access.authorization:
            wrapper.addCustomHttpHeader("Authorization", self.access.authorization)
        wrapper.setTimeout(max(1, round(limits.seconds)))
        deadline = time.monotonic() + limits.seconds
        try:
            with wrapper.query().response as response:
                return _read(response, deadline, limits)
        except (SPARQLWrapperException, OSError, http.client.HTTPException) as error:
            raise _plain(self.access.url, error, limits) from error


def _read(response: Any, deadline: float, limits: Limits) -> bytes:
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if time.monotonic() > deadline:
            raise TimeoutError
        if len(body) > limits.size:
            raise LimitError(f"the answer is larger than {limits.size >> 20} MB; add a LIMIT or ask for fewer columns")
    if response.length:
        raise http.client.IncompleteRead(bytes(body[-100:]), response.length)
    return bytes(body)


def _parse(url: str, body: bytes, form: str) -> Answer:
    try:
        if _FORMS[form] == TURTLE:
            return iter([quad.triple for quad in parse(body, format=RdfFormat.TURTLE)])
        answer = parse_query_results(body, QueryResultsFormat.JSON)
        if isinstance(answer, QuerySolutions):
            for _ in answer:
                pass
            return parse_query_results(body, QueryResultsFormat.JSON)
        return answer
    except (SyntaxError, ValueError) as error:
        start = body[-200:].decode(errors="replace").strip()
        raise RemoteError(
            f"{url}: what it sent is not the answer to a query, or it broke off ({error}); its last words: {start!r}"
        ) from error


def _plain(url: str, error: Exception, limits: Limits) -> KgError:
    reason = getattr(error, "reason", error)
    if isinstance(error, TimeoutError) or isinstance(reason, TimeoutError):
        return LimitError(
            f"{url}: no whole answer within {limits.seconds:g} seconds; narrow the query down, add a LIMIT, "
            "or allow more with --timeout SECONDS"
        )
    if isinstance(error, urllib.error.HTTPError | SPARQLWrapperException):
        return _refused(url, error)
    return BusyError(f"{url}: cannot be reached ({reason}); check the address and whether the server runs")


def _refused(url: str, error: Exception) -> KgError:
    code = error.code if isinstance(error, urllib.error.HTTPError) else _CODES.get(type(error).__name__, 500)
    body = error.read() if isinstance(error, urllib.error.HTTPError) else b""
    said = (body.decode(errors="replace") or str(error)).rpartition("Response:\n")[2].strip()
    said = " ".join((said[2:-1] if said[:2] in {"b'", 'b"'} else said).split())[:300]
    if code == 400:
        return UsageError(f"not SPARQL that {url} can run ({said}); mend it there")
    message = f"{url}: answered with code {code}, {_ADVICE.get(code, said or 'without a reason')}"
    if code not in _BUSY:
        return RemoteError(message)
    wait = error.headers.get("Retry-After", "") if isinstance(error, urllib.error.HTTPError) else ""
    return BusyError(message, float(wait) if wait.isdigit() else None)
