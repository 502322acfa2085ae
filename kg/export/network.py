"""The one network behind every graph format: a networkx ``MultiDiGraph`` with plain strings and numbers on it.

Node attributes: ``label``, ``type``, ``kind``, ``aliases``, ``identifiers``, ``mentions``, ``statements``, ``degree``,
``first_mention``, ``last_mention``, ``colour``. Edge attributes: ``relation`` (also the edge's key), ``statements``,
``entries``, ``first_reported``, ``last_reported``, ``evidence``, ``confidence``, ``modality``. Several values in one
attribute are joined by ``" | "``; times are ISO 8601 as the source gave them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from typing import Any, TypeAlias

import networkx as nx
from pyoxigraph import Store

from kg.export.colours import colour_of
from kg.export.narrowing import narrowed
from kg.export.selection import TOGETHER, VIEWS, Selection, View
from kg.export.statements import (
    KINDS,
    Report,
    Said,
    Thing,
    read_documents,
    read_reports,
    read_statements,
    read_things,
    summary,
)

Network: TypeAlias = "nx.MultiDiGraph[Any]"
BETWEEN = " | "
"""What separates several values in one attribute."""

NODE_ATTRIBUTES: Mapping[str, type] = {
    "label": str,
    "type": str,
    "kind": str,
    "aliases": str,
    "identifiers": str,
    "mentions": int,
    "statements": int,
    "degree": int,
    "first_mention": str,
    "last_mention": str,
    "colour": str,
}
EDGE_ATTRIBUTES: Mapping[str, type] = {
    "relation": str,
    "statements": int,
    "entries": str,
    "first_reported": str,
    "last_reported": str,
    "evidence": str,
    "confidence": float,
    "modality": str,
}


def node_attributes(network: Network) -> dict[str, type]:
    """The attributes of a network's nodes with the type of their values, measures that were added to it included."""
    return {**NODE_ATTRIBUTES, **network.graph.get("measures", {})}


@dataclass(slots=True)
class _Tally:
    """What is known so far of an edge or a node from the statements seen."""

    statements: int = 0
    mentions: int = 0
    entries: set[str] = field(default_factory=set)
    first: tuple[datetime, str] | None = None
    last: tuple[datetime, str] | None = None
    place: tuple[Any, ...] | None = None
    evidence: str = ""
    confidence: float = 0.0
    planned: bool = True

    def add(self, said: Said, report: Report) -> None:
        self.statements += 1
        self.mentions += said.kind == "Mention"
        self.confidence = max(self.confidence, said.confidence)
        self.planned = self.planned and said.values.get("modality") == "planned"
        if report.time:
            stamp = instant(report.time), report.time
            self.first = min(self.first or stamp, stamp)
            self.last = max(self.last or stamp, stamp)

    def add_edge(self, said: Said, report: Report) -> None:
        self.add(said, report)
        self.entries.add(report.key)
        place = (instant(report.time), report.iri, said.start, said.iri)
        if self.place is None or place < self.place:
            self.place, self.evidence = place, said.wording


def instant(time: str) -> datetime:
    """An ISO 8601 time or day as a moment that can be compared with any other; ``""`` comes last."""
    moment = datetime.fromisoformat(time) if time else datetime.max
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_network(store: Store, selection: Selection, around: tuple[str, ...] = ()) -> Network:
    """The network of a store's statements that a selection keeps; ``around`` are the IRIs its neighbourhood is of.

    Nodes and edges come in the order of their IRIs, so that the same graph gives the same bytes.

    Raises:
        UsageError: nothing is left.
    """
    view = VIEWS[selection.view]
    things, reports = read_things(store), read_reports(store)
    builder = _Builder(things, reports, {}, {})
    for kind in KINDS:
        wording = kind != "Mention" or view.together or view.sources
        for said in read_statements(store, kind, wording=wording):
            if selection.holds(said.confidence, reports[said.entry].time):
                builder.add(said, selection, view)
    if view.together:
        builder.add_together(selection)
    if view.sources:
        builder.add_documents(read_documents(store))
    network = builder.network(every=not selection.narrows_statements)
    return narrowed(network, selection, around)


@dataclass(frozen=True, slots=True)
class _Builder:
    things: Mapping[str, Thing]
    reports: Mapping[str, Report]
    nodes: dict[str, _Tally]
    edges: dict[tuple[str, str, str], _Tally]
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)
    sentences: dict[str, tuple[Said, set[str]]] = field(default_factory=dict)

    def add(self, said: Said, selection: Selection, view: View) -> None:
        report = self.reports[said.entry]
        ends = [end for end in (said.subject, "" if said.literal else said.object) if end in self.things]
        for end in ends:
            self.nodes.setdefault(end, _Tally()).add(said, report)
        wanted = not selection.relations or said.relation in selection.relations
        if view.relations and said.kind == "RelationStatement" and wanted and len(ends) == 2:
            self._edge(said.subject, said.relation, said.object, said)
        if view.together and said.kind == "Mention":
            self.sentences.setdefault(said.passage, (said, set()))[1].add(said.subject)
        if view.sources:
            self._source(said, report, ends)

    def _edge(self, subject: str, relation: str, object_: str, said: Said) -> None:
        self.edges.setdefault((subject, object_, relation), _Tally()).add_edge(said, self.reports[said.entry])

    def _source(self, said: Said, report: Report, ends: list[str]) -> None:
        headline = " ".join(report.headline.split())
        self.sources[report.iri] = ("Entry", f"{report.key} {headline}".strip())
        self.nodes.setdefault(report.iri, _Tally()).add(said, report)
        if said.kind == "Mention":
            self._edge(report.iri, "mentions", said.subject, said)
            return
        self.sources[said.iri] = (said.kind, summary(said, {end: self.things[end].label for end in ends}))
        self.nodes.setdefault(said.iri, _Tally()).add(said, report)
        self._edge(said.iri, "entry", report.iri, said)
        for role, end in zip(("subject", "object"), ends, strict=False):
            self._edge(said.iri, _ROLES.get((said.kind, role), role), end, said)

    def add_together(self, selection: Selection) -> None:
        """An edge between every two entities of a sentence, the same way round everywhere."""
        if selection.relations and TOGETHER not in selection.relations:
            return
        for said, named in self.sentences.values():
            for one, other in combinations(sorted(named & self.things.keys()), 2):
                self._edge(one, TOGETHER, other, said)

    def add_documents(self, titles: Mapping[str, str]) -> None:
        """The documents of the entries at hand, and which entry is in which."""
        for report in self.reports.values():
            if report.iri in self.sources and report.document in titles:
                self.sources[report.document] = ("Document", titles[report.document])
                self.nodes.setdefault(report.document, _Tally())
                tally = self.edges.setdefault((report.iri, report.document, "inDocument"), _Tally(confidence=1.0))
                tally.entries.add(report.key)
                tally.planned = False

    def network(self, *, every: bool) -> Network:
        network: Network = nx.MultiDiGraph()
        for iri in sorted(self.things.keys() | self.sources.keys() if every else self.nodes):
            network.add_node(iri, **self._node(iri))
        for (subject, object_, relation), tally in sorted(self.edges.items(), key=lambda item: item[0]):
            network.add_edge(subject, object_, key=relation, **_edge(relation, tally))
        return network

    def _node(self, iri: str) -> dict[str, Any]:
        tally = self.nodes.get(iri) or _Tally()
        thing = self.things.get(iri)
        type_, label = self.sources[iri] if thing is None else (thing.type, thing.label)
        return {
            "label": label,
            "type": type_,
            "kind": thing.kind if thing else "",
            "aliases": BETWEEN.join(thing.aliases) if thing else "",
            "identifiers": BETWEEN.join(thing.links) if thing else "",
            "mentions": tally.mentions,
            "statements": tally.statements,
            "degree": 0,
            "first_mention": tally.first[1] if tally.first else "",
            "last_mention": tally.last[1] if tally.last else "",
            "colour": colour_of(type_),
        }


_ROLES = {("Quotation", "subject"): "speaker", ("Quotation", "object"): "recipient"}


def _edge(relation: str, tally: _Tally) -> dict[str, Any]:
    return {
        "relation": relation,
        "statements": tally.statements,
        "entries": BETWEEN.join(sorted(tally.entries)),
        "first_reported": tally.first[1] if tally.first else "",
        "last_reported": tally.last[1] if tally.last else "",
        "evidence": tally.evidence,
        "confidence": tally.confidence,
        "modality": "planned" if tally.planned else "asserted",
    }
