"""Links in a graph directory: reading its mappings, linking its entities, and writing both back in one swap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.iri import Minter
from kg.link.audit import Finding, audit
from kg.link.automatic import link_subjects
from kg.link.candidate import CLOSE
from kg.link.carry import LINKS, PROPOSALS, carried_quads
from kg.link.decision import Question, questions, review
from kg.link.mapping import CLOSE_MATCH, Mapping
from kg.link.remote import ask_service
from kg.link.service import Service
from kg.link.sssom import MappingSet, parse_sssom, read_sssom, to_sssom
from kg.link.subject import Subject, subjects_of
from kg.reference import load_tables
from kg.store.directory import open_store, read_quads, workshop, write_graph, writing
from kg.store.manifest import STORE, Manifest, read_manifest
from kg.store.spool import QuadSpool

_TITLES = {LINKS: "Links of the entities of a knowledge graph", PROPOSALS: "Proposed links, not yet decided"}

Progress = Callable[[int], None]


def _quiet(_: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class LinkReport:
    """Entities by how they came out: linked exactly, closely, with candidates only, or with nothing."""

    exact: int
    close: int
    undecided: int
    nothing: int
    reviewed: int

    def to_dict(self) -> dict[str, int]:
        """The counts by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def read_mappings(folder: Path, name: str = LINKS) -> tuple[Mapping, ...]:
    """The mappings of a graph directory, or of its proposals; none where it was never linked.

    Raises:
        UsageError: the file is damaged.
    """
    path = folder / name
    return parse_sssom(path.read_text(encoding="utf-8"), str(path)).mappings if path.is_file() else ()


def link_graph(
    folder: Path, files: Iterable[Path] = (), service: Service | None = None, progress: Progress = _quiet
) -> LinkReport:
    """Link the entities of a graph and write mappings and triples into its directory.

    ``files`` are SSSOM files of others to be applied; ``service`` is asked about what the tables leave open.
    ``progress`` is told how many entities are answered. What a person decided is never overwritten.

    Raises:
        GraphError: there is no graph, or it cannot be written.
        UsageError: a file is no SSSOM TSV.
        ServiceError: the service fails; what it answered until then is kept for the next run.
    """
    subjects, manifest = _opened(folder)
    kept = [m for m in read_mappings(folder) if not m.automatic]
    proposals = [m for m in read_mappings(folder, PROPOSALS) if not m.automatic]
    for path in files:
        kept = merged(kept, adopted(read_sssom(path), path, Minter(manifest.base), subjects))
    outcome = link_subjects(subjects, load_tables(), kept, manifest.version)
    mappings = merged(kept, outcome.mappings)
    if service:
        gone = {m for m in (*mappings, *proposals) if m.own and m.source == service.address}
        mappings, proposals = [m for m in mappings if m not in gone], [m for m in proposals if m not in gone]
        settled = {(m.subject, m.space) for m in mappings if m.identity}
        answers = ask_service(subjects, service, settled, manifest.version, progress)
        sure = [m for m in answers if (m.confidence or 0) >= CLOSE]
        mappings, proposals = merged(mappings, sure), [*proposals, *(m for m in answers if m not in sure)]
    return write_mappings(folder, mappings, merged(outcome.proposals, proposals), subjects)


def review_graph(folder: Path, reviewer: str, ask: Callable[[Question], str]) -> LinkReport:
    """Put what is undecided to a person and write the decisions; see :func:`kg.link.decision.review`."""
    subjects, manifest = _opened(folder)
    mappings, proposals = read_mappings(folder), read_mappings(folder, PROPOSALS)
    decisions = review(questions(subjects, mappings, proposals), reviewer, ask)
    kept = merged(decisions, [m for m in mappings if not m.automatic])
    outcome = link_subjects(subjects, load_tables(), kept, manifest.version)
    others = [m for m in proposals if not m.automatic]
    return write_mappings(folder, merged(kept, outcome.mappings), merged(outcome.proposals, others), subjects)


def check_links(folder: Path) -> list[Finding]:
    """What is wrong with the mappings of a graph."""
    subjects, _ = _opened(folder)
    return audit(read_mappings(folder), subjects, load_tables())


def adopted(others: MappingSet, path: Path, minter: Minter, subjects: Sequence[Subject]) -> list[Mapping]:
    """Mappings of another graph or person; those of a graph with another base are carried over by their path."""
    base = dict(others.prefixes).get("id", minter.base)
    present = {subject.iri for subject in subjects}
    source = others.identifier if "://" in others.identifier else minter.mapping_set(path.name)
    found = []
    for mapping in others.mappings:
        here = minter.base + mapping.subject.removeprefix(base) if mapping.subject.startswith(base) else mapping.subject
        subject = here if here in present else mapping.subject
        origin = mapping.mapping_source or source
        found.append(replace(mapping, subject=subject, mapping_source=origin))
    return found


def _opened(folder: Path) -> tuple[list[Subject], Manifest]:
    store, manifest = open_store(folder)
    return subjects_of(store), manifest


def merged(first: Iterable[Mapping], then: Iterable[Mapping]) -> list[Mapping]:
    """Both, but of two mappings of the same pair only the first; a decision so outlives what comes later."""
    pairs: dict[tuple[str, str], Mapping] = {}
    for mapping in (*first, *then):
        pairs.setdefault((mapping.subject, mapping.object), mapping)
    return list(pairs.values())


def write_mappings(
    folder: Path, mappings: Sequence[Mapping], proposals: Sequence[Mapping], subjects: Sequence[Subject]
) -> LinkReport:
    """Write mappings and proposals into a graph directory and its link graph into the store, all in one swap."""
    decided = {(m.subject, m.object) for m in mappings}
    open_ones = [m for m in proposals if (m.subject, m.object) not in decided]
    with writing(folder):
        manifest = read_manifest(folder)
        minter = Minter(manifest.base)
        files = {
            LINKS: to_sssom(mappings, minter, _TITLES[LINKS]),
            PROPOSALS: to_sssom(open_ones, minter, _TITLES[PROPOSALS], "candidates"),
        }
        _rewrite(folder, manifest, minter, files)
    return _report(mappings, open_ones, subjects)


def _rewrite(folder: Path, manifest: Manifest, minter: Minter, files: dict[str, bytes]) -> None:
    derived = {"graph.nq", "graph.ttl"}
    names = [n for n in manifest.files if not n.startswith(f"{STORE}/") and n not in derived]
    extras = {name: (folder / name).read_bytes() for name in names}
    with workshop(folder) as bench:
        quads = QuadSpool(bench, "linked")
        quads.add(q for q in read_quads(folder) if q.graph_name.value != minter.links)  # type: ignore[union-attr]
        quads.add(carried_quads(files, quads, minter))
        number = sum(1 for _ in quads.lines())
        write_graph(folder, quads, lambda sums: replace(manifest, quads=number, files=sums), {**extras, **files})


def _report(mappings: Sequence[Mapping], proposals: Sequence[Mapping], subjects: Sequence[Subject]) -> LinkReport:
    present = {subject.iri for subject in subjects}
    exact = {m.subject for m in mappings if m.identity} & present
    close = ({m.subject for m in mappings if m.predicate == CLOSE_MATCH and not m.denied} & present) - exact
    waiting = ({m.subject for m in proposals} & present) - exact - close
    counted = Counter(m.subject in present for m in mappings if m.reviewed)
    return LinkReport(len(exact), len(close), len(waiting), len(present - exact - close - waiting), counted[True])
