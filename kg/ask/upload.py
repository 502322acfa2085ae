"""Bringing a graph to a server, https://www.w3.org/TR/sparql11-http-rdf-update/ (Graph Store HTTP Protocol).

What a server already holds is asked of it and not remembered here, so a load that broke off goes on where it was when
it is started again, from any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store, Triple, parse, serialize

from kg.ask.access import Access, BusyError, RemoteError
from kg.errors import UsageError

_TRIPLES = "application/n-triples"
_BUSY = {429, 502, 503, 504}
_ADVICE = {
    401: "it wants a login: give --token, or --user and --password (or KG_TOKEN, KG_USER, KG_PASSWORD)",
    403: "this login may not write there",
    404: "there is no graph store at this address; it often ends in /store, /data or /sparql-graph-crud-auth",
    405: "this address takes no graphs; the graph store's often ends in /store, /data or /sparql-graph-crud-auth",
    413: "it does not take as much at once; try a smaller --batch",
}
Progress = Callable[[str, int, int], None]
"""Told the named graph and how many of how many triples of the whole load are done."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: named graphs in all and those that were there already; triples in all and those sent."""

    graphs: int
    untouched: int
    triples: int
    sent: int


def load_graph(store: Store, access: Access, *, batch: int, seconds: float, progress: Progress) -> Loaded:
    """Bring every named graph of a store to a server's graph store, each as a whole and in batches of triples.

    A graph there that holds nothing else than ours is completed; one that does is replaced. Other graphs stay.

    Raises:
        RemoteError: the server cannot be reached or refuses; what was sent stays, and the next call goes on from there.
        UsageError: the batch is no number of triples.
    """
    if batch < 1:
        raise UsageError(f"--batch {batch}: a batch has at least one triple")
    names = sorted(store.named_graphs(), key=str)
    every = [*names, *([DefaultGraph()] if any(store.quads_for_pattern(None, None, None, DefaultGraph())) else [])]
    total = len(store)
    done = sent = untouched = 0
    with httpx.Client(timeout=seconds) as client:
        server = _GraphStore(client, access)
        for name in every:
            triples = {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}
            there = server.read(name)
            replace = not there <= triples
            missing = sorted(triples if replace else triples - there, key=str)
            done += len(triples) - len(missing)
            untouched += not missing
            progress(str(name), done, total)
            for part, first in _parts(missing, batch):
                server.write(name, part, replace=replace and first)
                done, sent = done + len(part), sent + len(part)
                progress(str(name), done, total)
    return Loaded(len(every), untouched, total, sent)


def _parts(triples: list[Triple], batch: int) -> Iterator[tuple[list[Triple], bool]]:
    """Batches, the first marked; all at once where blank nodes would be told apart by them."""
    blank = any(isinstance(term, BlankNode) for triple in triples for term in (triple.subject, triple.object))
    size = len(triples) if blank else batch
    for number, place in enumerate(range(0, len(triples), max(1, size))):
        yield triples[place : place + size], number == 0


class _GraphStore:
    """A graph store over HTTP, asked with the login that it wants."""

    def __init__(self, client: httpx.Client, access: Access) -> None:
        self._client, self._access = client, access
        self._digest: httpx.Auth | None = None

    def read(self, name: NamedNode | BlankNode | DefaultGraph) -> set[Triple]:
        """The triples of a graph; none where there is no such graph."""
        answer = self._send("GET", name, headers={"Accept": f"{_TRIPLES}, text/turtle;q=0.8"}, missing_is_fine=True)
        if answer is None:
            return set()
        kind = RdfFormat.from_media_type(answer.headers.get("Content-Type", "").partition(";")[0].strip())
        try:
            return {quad.triple for quad in parse(answer.content, format=kind or RdfFormat.TURTLE)}
        except SyntaxError as error:
            raise RemoteError(f"{self._access.url}: what it sent is no graph ({error})") from error

    def write(self, name: NamedNode | BlankNode | DefaultGraph, triples: list[Triple], *, replace: bool) -> None:
        """Add triples to a graph, or put them in its place."""
        body = serialize(triples, format=RdfFormat.N_TRIPLES)
        self._send("PUT" if replace else "POST", name, headers={"Content-Type": _TRIPLES}, content=body)

    def _send(
        self,
        method: str,
        name: NamedNode | BlankNode | DefaultGraph,
        *,
        headers: dict[str, str],
        content: bytes | None = None,
        missing_is_fine: bool = False,
    ) -> httpx.Response | None:
        params = {"graph": name.value} if isinstance(name, NamedNode) else {"default": ""}

        def attempt() -> httpx.Response | None:
            login = (
                {} if self._digest or not self._access.authorization else {"Authorization": self._access.authorization}
            )
            try:
                answer = self._client.request(
                    method, self._access.url, params=params, headers=headers | login, content=content, auth=self._digest
                )
            except httpx.InvalidURL as error:
                raise UsageError(f"{self._access.url}: not the address of a server ({error})") from error
            except httpx.HTTPError as error:
                raise BusyError(f"{self._access.url}: cannot be reached ({error or type(error).__name__})") from error
            return self._checked(answer, missing_is_fine)

        return self._access.trying(attempt)

    def _checked(self, answer: httpx.Response, missing_is_fine: bool) -> httpx.Response | None:
        if answer.is_success:
            return answer
        code = answer.status_code
        if code == 404 and missing_is_fine:
            return None
        if code == 401 and self._access.user and not self._access.token and self._digest is None:
            # Virtuoso wants a digest and does not say so to who offers a basic login.
            self._digest = httpx.DigestAuth(self._access.user, self._access.password)
            raise BusyError(f"{self._access.url}: refuses this login, as a digest too", wait=0)
        said = " ".join(answer.text.split())[:200]
        message = f"{self._access.url}: answered with code {code}, {_ADVICE.get(code, said or 'without a reason')}"
        raise (BusyError if code in _BUSY else RemoteError)(message)
