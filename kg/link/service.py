"""A client of reconciliation services (Reconciliation Service API 0.2, https://reconciliation-api.github.io/specs/0.2/).

Questions go out in batches, not faster than a rate, and are asked again after a pause where a service is busy; every
answer is kept on disk.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from kg.errors import KgError, UsageError
from kg.link.cache import AnswerCache

SERVICES = {"wikidata": "https://wikidata.reconci.link/en/api"}
"""Services that can be called by name."""

VERSIONS = ("0.2", "0.1")
_BUSY = frozenset({429, 500, 502, 503, 504})
_WIKIDATA = "www.wikidata.org/entity/"
Query = Mapping[str, Any]


class ServiceError(KgError):
    """A service cannot be reached, refuses, or answers what the specification does not allow."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A candidate of a service: the identifier as an IRI, its score and whether the service holds it for certain."""

    iri: str
    name: str
    score: float
    match: bool
    description: str = ""
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """How a service is asked: questions a request, seconds between requests, tries, first pause in seconds."""

    batch: int = 10
    interval: float = 1.0
    tries: int = 5
    pause: float = 1.0
    longest_pause: float = 60.0
    timeout: float = 30.0
    sleep: Callable[[float], None] = field(default=time.sleep)


class Service:
    """A reconciliation service, by its address or its name in :data:`SERVICES`.

    Raises:
        UsageError: the address is no HTTP address.
        ServiceError: the service cannot be reached, or is none.
    """

    def __init__(self, address: str, cache: AnswerCache | None = None, pace: Pace | None = None) -> None:
        self.address = SERVICES.get(address, address)
        if not self.address.startswith(("http://", "https://")):
            known = ", ".join(SERVICES)
            raise UsageError(f"--service {address}: neither an http address nor a known name ({known})")
        self.pace = pace or Pace()
        self.cache = cache or AnswerCache(self.address)
        self._last = float("-inf")
        self._client = httpx.Client(
            timeout=self.pace.timeout, follow_redirects=True, headers={"User-Agent": "liveblog-kg"}
        )
        self.manifest = self._manifest()

    @property
    def version(self) -> str:
        """The version that the service gives itself, or that of the interface."""
        return str(self.manifest.get("serviceVersion") or f"API {self.manifest.get('versions', ['0.2'])[0]}")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, queries: Sequence[Query], progress: Callable[[int], None] = lambda _: None) -> list[list[Answer]]:
        """The candidates for each query, in order; ``progress`` is told how many are answered.

        Raises:
            ServiceError: the service fails for good; what was answered until then is kept.
        """
        missing = [query for query in queries if self.cache.get(query) is None]
        progress(len(queries) - len(missing))
        for start in range(0, len(missing), self.pace.batch):
            batch = missing[start : start + self.pace.batch]
            answers = self._ask_batch(batch)
            self.cache.add(list(zip(batch, answers, strict=True)))
            progress(len(batch))
        return [list(self._answers(self.cache.get(query))) for query in queries]

    def _ask_batch(self, batch: Sequence[Query]) -> list[Any]:
        body = {f"q{number}": dict(query) for number, query in enumerate(batch)}
        reply = self._send("POST", data={"queries": json.dumps(body, ensure_ascii=False)})
        found = []
        for key in body:
            result = reply.get(key)
            rows = result.get("result") if isinstance(result, dict) else None
            if not isinstance(rows, list) or not all(_is_candidate(row) for row in rows):
                raise ServiceError(
                    f"{self.address}: the answer to {body[key].get('query')!r} is not as the specification has it; "
                    "try another service"
                )
            found.append(rows)
        return found

    def _answers(self, rows: list[dict[str, Any]]) -> Iterator[Answer]:
        for row in rows:
            types = tuple(
                str(t.get("name") or t.get("id")) if isinstance(t, dict) else str(t) for t in row.get("type", [])
            )
            about = row.get("description") or ""
            yield Answer(
                self.iri(row["id"]), row["name"], float(row["score"]), row.get("match") is True, str(about), types
            )

    def iri(self, identifier: str) -> str:
        """The IRI of an identifier of the service."""
        space = str(self.manifest["identifierSpace"])
        if identifier.startswith(("http://", "https://")):
            iri = identifier
        elif space.endswith(("/", "#")):
            iri = space + identifier
        else:
            view = self.manifest.get("view") or {}
            iri = str(view.get("url", f"{space}/{{{{id}}}}")).replace("{{id}}", identifier)
        return "http://" + iri.split("://", 1)[1] if _WIKIDATA in iri else iri

    def _manifest(self) -> dict[str, Any]:
        manifest = self._send("GET")
        if not isinstance(manifest.get("identifierSpace"), str) or not manifest.get("name"):
            raise ServiceError(f"{self.address}: no reconciliation service (its manifest names no identifierSpace)")
        versions = manifest.get("versions", ["0.1"])
        if not set(versions) & set(VERSIONS):
            raise ServiceError(f"{self.address}: speaks versions {', '.join(versions)}, and this client {VERSIONS[0]}")
        return manifest

    def _send(self, method: str, **content: Any) -> dict[str, Any]:
        pause = self.pace.pause
        trouble = ""
        for attempt in range(self.pace.tries):
            self._wait()
            try:
                reply = self._client.request(method, self.address, **content)
            except httpx.HTTPError as error:
                trouble = str(error) or type(error).__name__
            else:
                if reply.status_code not in _BUSY:
                    return self._parsed(reply)
                trouble = f"HTTP {reply.status_code}"
                pause = max(pause, _retry_after(reply))
            if attempt + 1 < self.pace.tries:
                self.pace.sleep(min(pause, self.pace.longest_pause))
                pause *= 2
        raise ServiceError(
            f"{self.address}: no answer after {self.pace.tries} tries ({trouble}); run the command again later, "
            "it goes on where it stopped"
        )

    def _wait(self) -> None:
        left = self._last + self.pace.interval - time.monotonic()
        if left > 0:
            self.pace.sleep(left)
        self._last = time.monotonic()

    def _parsed(self, reply: httpx.Response) -> dict[str, Any]:
        if reply.status_code >= 400:
            raise ServiceError(f"{self.address}: refuses (HTTP {reply.status_code}); check the address")
        try:
            content = reply.json()
        except ValueError as error:
            raise ServiceError(f"{self.address}: the answer is not JSON ({error}); check the address") from error
        if not isinstance(content, dict):
            raise ServiceError(f"{self.address}: the answer is no JSON object; check the address")
        return content


def _is_candidate(row: Any) -> bool:
    strings = isinstance(row, dict) and all(isinstance(row.get(key), str) for key in ("id", "name"))
    return strings and isinstance(row.get("score"), int | float) and not isinstance(row["score"], bool)


def _retry_after(reply: httpx.Response) -> float:
    text = reply.headers.get("Retry-After", "")
    return float(text) if text.isdigit() else 0.0
