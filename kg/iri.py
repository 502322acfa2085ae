"""The one place that mints IRIs: readable, stable, and different for names that differ in more than spelling habits."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kg.errors import UsageError
from kg.vocabulary import DEFAULT_BASE

_APOSTROPHES = re.compile(r"['’‘`´]")
_BENIGN = re.compile(r"[\s\-‐-―_.,]+")
_LOST = re.compile(r"[^\w-]+")
_BETWEEN_DIGITS = re.compile(r"\d[.,]\d")
_LONGEST = 80
INFERRED = "graph/inferred"
"""What the name of the graph of inferred triples ends in, under any base; no document's graph does."""
_FORBIDDEN = re.compile(r"[\s<>\"{}|\\^`]")


def slug_of(name: str) -> tuple[str, bool]:
    """A readable path segment for a name, and whether it lost more than case, blanks, hyphens and full stops."""
    lowered = _APOSTROPHES.sub("", name.strip().lower())
    plain = _BENIGN.sub("-", lowered).strip("-")
    slug = _LOST.sub("-", plain).strip("-")
    lost = slug != plain or len(slug) > _LONGEST or not slug or _BETWEEN_DIGITS.search(name) is not None
    return re.sub("-{2,}", "-", slug)[:_LONGEST].strip("-"), lost


def is_inferred(graph: str) -> bool:
    """Whether a named graph, as an IRI or in N-Triples, holds inferred triples and not what a source says."""
    return graph.rstrip(">").endswith(("/" + INFERRED, "#" + INFERRED))


def _digest(*parts: str, length: int) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


def _segment(kind: str, name: str) -> str:
    slug, lost = slug_of(name)
    return f"{slug or 'x'}-{_digest(kind, name, length=6)}" if lost else slug


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints the IRIs of one graph under ``base``, an absolute IRI that ends in ``/`` or ``#``.

    Raises:
        UsageError: the base is not an absolute IRI that instances can be appended to.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if _FORBIDDEN.search(self.base) or not urlsplit(self.base).scheme or not self.base.endswith(("/", "#")):
            raise UsageError(
                f"--base {self.base}: not an absolute IRI ending in '/' or '#'; write for example https://example.org/id/"
            )

    def entity(self, kind: str, name: str) -> str:
        """An entity's IRI; ``kind`` is its class's local name (``ProductCategory`` gives ``productcategory``)."""
        return f"{self.base}{kind.lower()}/{_segment(kind, name)}"

    def position(self, person: str, organization: str, title: str) -> str:
        """The post that a person holds at an organization under a title."""
        return self.base + "position/" + "-".join(_segment("Position", part) for part in (person, organization, title))

    def document(self, name: str, sha256: str) -> str:
        """A document's IRI, from its name and the SHA-256 of its text."""
        return f"{self.base}document/{slug_of(name)[0] or 'x'}-{sha256[:8]}"

    def graph(self, document: str) -> str:
        """The named graph of a document's IRI."""
        return f"{self.base}graph/{document.rsplit('/', 1)[1]}"

    def entry(self, document: str, key: str) -> str:
        """An entry of a document by its key; a ``#`` in the key is percent-encoded."""
        return f"{document}/entry/{quote(key, safe=':+')}"

    def passage(self, document: str, start: int, end: int) -> str:
        """A sentence of a document by its offsets."""
        return f"{document}/passage/{start}-{end}"

    def statement(self, document: str, start: int, end: int, content: tuple[str, ...]) -> str:
        """A statement by its offsets and what it says."""
        return f"{document}/statement/{start}-{end}-{_digest(*content, length=12)}"

    def merge(self, document: str, start: int, end: int, content: tuple[str, ...]) -> str:
        """A record of a merge."""
        return f"{document}/merge/{start}-{end}-{_digest(*content, length=12)}"

    def activity(self, document: str) -> str:
        """The run that made a document's graph."""
        return f"{self.base}activity/{document.rsplit('/', 1)[1]}"

    def source(self, sha256: str) -> str:
        """The bytes that a document was read from."""
        return f"{self.base}source/{sha256}"

    def agent(self, version: str) -> str:
        """This software in one version."""
        return f"{self.base}agent/liveblog-kg-{quote(version)}"

    def mapping(self, subject: str, predicate: str, object_: str, negated: bool) -> str:
        """A record of who says that an entity is something that others identify, and how sure."""
        return f"{self.base}mapping/{_digest(subject, predicate, object_, str(negated), length=16)}"

    def unit(self, code: str) -> str:
        """A unit or currency by the code that measurements carry."""
        return f"{self.base}unit/{quote(code)}"

    def mapping_set(self, name: str) -> str:
        """A file of mappings."""
        return f"{self.base}mappings/{name}"

    @property
    def links(self) -> str:
        """The named graph of the links to others' identifiers."""
        return f"{self.base}graph/links"

    @property
    def catalogue(self) -> str:
        """The named graph that describes the others."""
        return f"{self.base}graph/catalogue"

    @property
    def inferred(self) -> str:
        """The named graph of the triples that follow by the ontology and that no source states."""
        return self.base + INFERRED

    def query(self, name: str) -> str:
        """A saved query by its name."""
        return f"{self.base}query/{quote(name)}"

    @property
    def dataset(self) -> str:
        """The whole graph as a data set."""
        return f"{self.base}dataset"

    def distribution(self, path: str) -> str:
        """A file of the published data set, by its path in the folder."""
        return f"{self.dataset}/file/{quote(path)}"

    def partition(self, kind: str, iri: str) -> str:
        """The part of the data set that uses a class or property."""
        local = re.split(r"[#/]", iri)[-1]
        return f"{self.dataset}/{kind}/{quote(local)}-{_digest(iri, length=6)}"
