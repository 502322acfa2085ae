"""Re-reads the sources and checks every offset and wording of a graph against them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.assemble.wording import text_sha256
from kg.graph import Graph
from kg.iri import Minter
from kg.model import Document

_PRONOUNS = frozenset((Path(__file__).with_name("pronouns.txt")).read_text(encoding="utf-8").split())
_MARKS = "\"“”„«»‘’'"
_EVIDENCE = """SELECT ?s ?class ?start ?end ?pstart ?pend ?estart ?eend ?quoted ?entity WHERE {
  VALUES ?class { lb:Mention lb:RelationStatement lb:Measurement lb:Quotation }
  GRAPH ?g { ?s a ?class . OPTIONAL { ?s lb:start ?start ; lb:end ?end ; lb:passage ?p ; lb:entry ?e .
    ?p lb:start ?pstart ; lb:end ?pend ; lb:inEntry ?e . ?e lb:start ?estart ; lb:end ?eend }
    OPTIONAL { ?s lb:quotedText ?quoted } OPTIONAL { ?s lb:mentions ?entity } } }"""
_PASSAGES = """SELECT ?s ?start ?end ?text ?hash WHERE { ?s a lb:Passage ; lb:start ?start ; lb:end ?end .
  OPTIONAL { ?s lb:text ?text } OPTIONAL { ?s lb:textSha256 ?hash } }"""
_NAMES = """SELECT ?e ?name WHERE { { ?e skos:prefLabel|skos:altLabel ?name } UNION
  { ?m lb:mergedInto ?e ; lb:mergedName ?name } }"""


@dataclass(frozen=True, slots=True)
class Failure:
    """A node of the graph and what is wrong with it."""

    node: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How many statements there are, how many hold, and every failure."""

    statements: int
    verified: int
    failures: tuple[Failure, ...]


def verify(
    graph: Graph, sources: Sequence[str], *, published: date | None = None, timezone: str | None = None
) -> Verification:
    """Compare a graph with its sources, read again.

    Raises:
        SourceError: a source cannot be read.
    """
    from kg.read import read_sources

    minter = Minter(graph.manifest.base)
    read = list(read_sources(list(sources), published=published, timezone=timezone))
    return _Check(graph, {minter.document(d.name, d.sha256): d for d in read}).run()


@dataclass
class _Check:
    graph: Graph
    documents: dict[str, Document]

    def run(self) -> Verification:
        statements = self._rows(_EVIDENCE)
        failures = [*self._documents(), *self._passages()]
        broken = {failure.node for failure in failures}
        for row in statements:
            reason = self._fault(row, broken)
            if reason:
                failures.append(Failure(row["s"], reason))
        failed = {failure.node for failure in failures}
        verified = sum(row["s"] not in failed for row in statements)
        return Verification(len(statements), verified, tuple(failures))

    def _rows(self, query: str) -> list[dict[str, str]]:
        rows: Any = self.graph.query(query)
        return list(rows)

    def _documents(self) -> Iterator[Failure]:
        for row in self._rows("SELECT ?s ?sha WHERE { ?s lb:sha256 ?sha }"):
            document = self.documents.get(row["s"])
            if document is None:
                yield Failure(row["s"], "none of the given sources is this document (by name and checksum)")
            elif document.sha256 != row["sha"]:
                yield Failure(row["s"], "the source's checksum differs")

    def _passages(self) -> Iterator[Failure]:
        for row in self._rows(_PASSAGES):
            document = self._document_of(row["s"])
            if document is None:
                continue
            wording = document.text[int(row["start"]) : int(row["end"])]
            if row["text"] != wording if row["text"] else row["hash"] != text_sha256(wording):
                yield Failure(row["s"], "the wording differs from the source")

    def _document_of(self, node: str) -> Document | None:
        return self.documents.get(re.split(r"/(?:statement|passage|entry)/", node)[0])

    def _fault(self, row: dict[str, str], broken: set[str]) -> str | None:
        document = self._document_of(row["s"])
        if document is None:
            return "its source was not given"
        if not row["start"] or not row["estart"]:
            return "it lacks an entry, a passage or a place"
        start, end = int(row["start"]), int(row["end"])
        inside = int(row["pstart"]) <= start < end <= int(row["pend"])
        if not inside or not int(row["estart"]) <= start < end <= int(row["eend"]):
            return "its characters lie outside its passage or entry"
        if f"{row['s'].split('/statement/')[0]}/passage/{row['pstart']}-{row['pend']}" in broken:
            return "its passage's wording differs from the source"
        wording = document.text[start:end]
        if row["quoted"] and not quotes(wording, row["quoted"]):
            return "the quoted words are not between its marks"
        if row["entity"] and not self._named(row["entity"], wording):
            return f"{wording!r} is no recorded name of {row['entity']}"
        return None

    def _named(self, entity: str, surface: str) -> bool:
        plain = _plain(surface)
        return plain in _PRONOUNS or plain in self._names.get(entity, set())

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        names: dict[str, set[str]] = {}
        for row in self._rows(_NAMES):
            names.setdefault(row["e"], set()).add(_plain(row["name"]))
        return names


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def quotes(wording: str, quoted: str) -> bool:
    """Whether the quoted words are the whole of a wording but for its marks and what interrupts between marks."""
    gap = rf"(?:\s+|\s*[{_MARKS}][^“”\"]*[{_MARKS}]\s*)"
    pattern = gap.join(re.escape(word) for word in quoted.split())
    return re.fullmatch(rf"[\s{_MARKS}]*{pattern}[\s{_MARKS}]*", wording) is not None
