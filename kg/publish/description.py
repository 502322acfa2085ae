"""The data set in VoID (https://www.w3.org/TR/void/) and DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), counted anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.assemble.terms import TYPE, day, node, number
from kg.iri import Minter
from kg.publish.about import About
from kg.store.manifest import checksums
from kg.vocabulary import ONTOLOGY_IRI, PREFIXES

MEDIA_TYPES = {
    "nq": "application/n-quads",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "json": "application/json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "html": "text/html",
    "svg": "image/svg+xml",
    "rq": "application/sparql-query",
    "md": "text/markdown",
    "cff": "application/yaml",
    "txt": "text/plain",
}
"""A file's suffix to its media type."""


@dataclass(slots=True)
class Census:
    """What VoID counts, all named graphs as one: triples, terms, instances by class, triples by property."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)


def census(store: Store) -> Census:
    """The counts of a store; a triple that is in two graphs counts once."""
    found, objects, subjects = Census(), set(), set()
    seen = set()
    for quad in store:
        key = hash(quad.triple)
        if key in seen:
            continue
        seen.add(key)
        found.triples += 1
        found.properties[quad.predicate.value] += 1
        subjects.add(hash(quad.subject))
        objects.add(hash(quad.object))
        if quad.predicate == TYPE and isinstance(quad.object, NamedNode):
            found.classes[quad.object.value] += 1
    found.subjects, found.objects = len(subjects), len(objects)
    return found


def write_description(store: Store, base: str, about: About, folder: Path, target: Path) -> None:
    """Write the description of the files in ``folder`` as Turtle."""
    minter = Minter(base)
    triples = [*_dataset(minter, about, census(store)), *_files(minter, about, folder)]
    prefixes = {**PREFIXES, "id": base, "spdx": "http://spdx.org/rdf/terms#"}
    target.write_bytes(serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"")


def _dataset(minter: Minter, about: About, counts: Census) -> Iterator[Triple]:
    pairs: list[tuple[str, Any]] = [
        ("rdf:type", node("dcat:Dataset")),
        ("rdf:type", node("void:Dataset")),
        ("dcterms:title", Literal(about.title)),
        ("dcterms:license", NamedNode(about.licence_url)),
        ("void:vocabulary", NamedNode(ONTOLOGY_IRI)),
        ("void:triples", number(counts.triples)),
        ("void:distinctSubjects", number(counts.subjects)),
        ("void:distinctObjects", number(counts.objects)),
        ("void:classes", number(len(counts.classes))),
        ("void:properties", number(len(counts.properties))),
        *(("dcterms:creator", Literal(author)) for author in about.authors),
    ]
    if about.published:
        pairs.append(("dcterms:issued", day(about.published)))
    yield from _say(minter.dataset, pairs)
    for kind, counted, of, amount in (
        ("classPartition", counts.classes, "void:class", "void:entities"),
        ("propertyPartition", counts.properties, "void:property", "void:triples"),
    ):
        for iri, instances in sorted(counted.items()):
            part = minter.partition(kind, iri)
            yield from _say(minter.dataset, [(f"void:{kind}", NamedNode(part))])
            yield from _say(part, [(of, NamedNode(iri)), (amount, number(instances))])


def _files(minter: Minter, about: About, folder: Path) -> Iterator[Triple]:
    for name, digest in checksums(folder).items():
        iri, path = minter.distribution(name), folder / name
        media = MEDIA_TYPES.get(path.suffix.removeprefix("."), "application/octet-stream")
        checksum = NamedNode(f"{iri}#checksum")
        pairs: list[tuple[str, Any]] = [
            ("rdf:type", node("dcat:Distribution")),
            ("dcterms:title", Literal(name)),
            ("dcat:mediaType", NamedNode(f"https://www.iana.org/assignments/media-types/{media}")),
            ("dcat:byteSize", Literal(str(path.stat().st_size), datatype=node("xsd:nonNegativeInteger"))),
        ]
        if about.url:
            address = NamedNode(about.url.rstrip("/") + "/" + name)
            pairs.append(("dcat:downloadURL", address))
            if path.suffix in {".nq", ".ttl"} and name.startswith("data/"):
                yield from _say(minter.dataset, [("void:dataDump", address)])
        yield from _say(minter.dataset, [("dcat:distribution", NamedNode(iri))])
        yield from _say(iri, pairs)
        spdx = "http://spdx.org/rdf/terms#"
        yield Triple(NamedNode(iri), NamedNode(spdx + "checksum"), checksum)
        yield Triple(checksum, NamedNode(spdx + "algorithm"), NamedNode(spdx + "checksumAlgorithm_sha256"))
        yield Triple(checksum, NamedNode(spdx + "checksumValue"), Literal(digest, datatype=node("xsd:hexBinary")))


def _say(subject: str, pairs: Iterable[tuple[str, Any]]) -> Iterator[Triple]:
    return (Quad(NamedNode(subject), node(curie), value).triple for curie, value in pairs)
