"""The catalogue graph: what was built, from what, by which version (PROV-O, DCAT, VoID).

Times come from ``SOURCE_DATE_EPOCH`` or the newest date in the source, never from the clock.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from pyoxigraph import Literal, NamedNode, Quad

from kg.assemble.budget import Counts, count
from kg.assemble.terms import TYPE, Pairs, describe, moment, node, number
from kg.errors import UsageError
from kg.iri import Minter
from kg.model import Document
from kg.vocabulary import ONTOLOGY_IRI

LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_ENDED = node("prov:endedAtTime")


def build_time(document: Document) -> datetime | None:
    """The moment that stands for the build of a document's graph, or None where nothing is dated.

    Raises:
        UsageError: ``SOURCE_DATE_EPOCH`` is not a count of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise UsageError(
                f"SOURCE_DATE_EPOCH={epoch}: not a count of seconds since 1970; unset it or mend it"
            ) from error
    moments = [entry.time.astimezone(UTC) for entry in document.entries if entry.time and entry.time.tzinfo]
    days = [document.published, *(entry.day for entry in document.entries)]
    return max([*moments, *(_midnight(day) for day in days if day and not moments)], default=None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def provenance_quads(document: Document, minter: Minter) -> Iterator[Quad]:
    """How one document's graph came about: activity, source bytes, text."""
    graph = NamedNode(minter.catalogue)
    iri = minter.document(document.name, document.sha256)
    own, activity, source = minter.graph(iri), minter.activity(iri), minter.source(document.source_sha256)
    yield from describe(own, [(TYPE, node("prov:Entity")), (node("prov:wasGeneratedBy"), NamedNode(activity))], graph)
    yield from describe(own, [(node("prov:wasDerivedFrom"), NamedNode(iri))], graph)
    steps: Pairs = [(TYPE, node("prov:Activity")), (node("prov:used"), NamedNode(source))]
    ended = build_time(document)
    if ended:
        steps.append((_ENDED, moment(ended)))
    yield from describe(activity, steps, graph)
    name = Literal(f"sha256:{document.source_sha256}")
    yield from describe(source, [(TYPE, node("prov:Entity")), (node("dcterms:identifier"), name)], graph)


def dataset_quads(quads: Iterable[Quad], minter: Minter, version: str) -> tuple[set[Quad], Counts]:
    """The data set as a whole, computed from the quads of all documents (and their provenance), and its counts.

    ``quads`` are read once; equal triples and equal subjects must come one after the other.
    """
    graph = NamedNode(minter.catalogue)
    known: list[Quad] = []
    graphs: set[str] = set()
    numbers = count(_apart(quads, graph, known, graphs))
    agent = minter.agent(version)
    pairs: Pairs = [(TYPE, node("dcat:Dataset")), (TYPE, node("void:Dataset")), (node("dcterms:license"), LICENCE)]
    pairs += [(node("dcterms:title"), Literal("Knowledge graph of the coverage of an event"))]
    pairs += [(node("void:triples"), number(numbers.triples)), (node("void:entities"), number(numbers.entities))]
    pairs += [(node("void:vocabulary"), NamedNode(ONTOLOGY_IRI))]
    pairs += [(node("void:documents"), number(numbers.documents)), (node("dcat:version"), Literal(version))]
    pairs += [(node("dcterms:source"), NamedNode(own)) for own in sorted(graphs)]
    times = [quad.object.value for quad in known if quad.predicate == _ENDED and isinstance(quad.object, Literal)]
    if times:
        pairs.append((node("dcterms:modified"), moment(max(map(datetime.fromisoformat, times)))))
    software: Pairs = [(TYPE, node("prov:SoftwareAgent")), (node("rdfs:label"), Literal(f"liveblog-kg {version}"))]
    found = {*describe(minter.dataset, pairs, graph), *describe(agent, software, graph)}
    found.update(_partitions(numbers.classes, minter, graph))
    who = node("prov:wasAssociatedWith")
    activities = {q.subject for q in known if q.object == node("prov:Activity")}
    return found | {Quad(activity, who, NamedNode(agent), graph) for activity in activities}, numbers


def _apart(quads: Iterable[Quad], catalogue: NamedNode, known: list[Quad], graphs: set[str]) -> Iterator[Quad]:
    """The quads of the documents, whose graphs' names are noted; those of the catalogue are put aside."""
    for quad in quads:
        if quad.graph_name == catalogue:
            known.append(quad)
        else:
            graphs.add(quad.graph_name.value)  # type: ignore[union-attr]
            yield quad


def _partitions(classes: dict[str, int], minter: Minter, graph: NamedNode) -> Iterator[Quad]:
    for iri, entities in sorted(classes.items()):
        part = f"{minter.dataset}/{iri.rsplit('#', 1)[-1].lower()}"
        yield Quad(NamedNode(minter.dataset), node("void:classPartition"), NamedNode(part), graph)
        yield from describe(
            part, [(node("void:class"), NamedNode(iri)), (node("void:entities"), number(entities))], graph
        )
