"""Links in a graph directory: reading its mappings, linking its entities, and writing both back in one swap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.assemble.catalogue import dataset_quads
from kg.assemble.union import kept_quads
from kg.iri import Minter
from kg.link.automatic import link_subjects
from kg.link.candidate import CLOSE
from kg.link.carry import LINKS, PROPOSALS, carried_quads
from kg.link.mapping import CLOSE_MATCH, Mapping
from kg.link.sssom import parse_sssom, to_sssom
from kg.link.subject import Subject, subjects_of
from kg.reference import load_tables
from kg.store.directory import open_store, read_quads, write_graph, writing
from kg.store.manifest import STORE, Manifest, read_manifest

_TITLES = {LINKS: "Links of the entities of a knowledge graph", PROPOSALS: "Proposed links, not yet decided"}


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


def link_graph(folder: Path, others: Iterable[Mapping] = (), services: Iterable[Mapping] = ()) -> LinkReport:
    """Link the entities of a graph to the reference tables and write mappings and triples into its directory.

    ``others`` are mappings of other people to be applied; ``services`` mappings and proposals from services
    (proposals have a confidence below :data:`kg.link.candidate.CLOSE`). What a person decided is never overwritten.

    Raises:
        GraphError: there is no graph, or it cannot be written.
    """
    store, manifest = open_store(folder)
    subjects = subjects_of(store)
    del store
    kept = [m for m in read_mappings(folder) if not m.automatic]
    kept = merged(kept, others)
    fresh = list(services)
    outcome = link_subjects(subjects, load_tables(), kept, manifest.version)
    found = [m for m in fresh if (m.confidence or 0) >= CLOSE]
    proposals = [*outcome.proposals, *(m for m in fresh if m not in found)]
    return write_mappings(folder, merged(kept, [*outcome.mappings, *found]), proposals, subjects)


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
    quads = set(kept_quads(read_quads(folder), (), minter))
    quads |= carried_quads(files, quads, minter)
    quads |= dataset_quads(quads, minter, manifest.version)
    derived = {"graph.nq", "graph.ttl"}
    names = [n for n in manifest.files if not n.startswith(f"{STORE}/") and n not in derived]
    extras = {name: (folder / name).read_bytes() for name in names}
    write_graph(folder, quads, lambda sums: replace(manifest, quads=len(quads), files=sums), {**extras, **files})


def _report(mappings: Sequence[Mapping], proposals: Sequence[Mapping], subjects: Sequence[Subject]) -> LinkReport:
    present = {subject.iri for subject in subjects}
    exact = {m.subject for m in mappings if m.identity} & present
    close = ({m.subject for m in mappings if m.predicate == CLOSE_MATCH and not m.denied} & present) - exact
    waiting = ({m.subject for m in proposals} & present) - exact - close
    counted = Counter(m.subject in present for m in mappings if m.reviewed)
    return LinkReport(len(exact), len(close), len(waiting), len(present - exact - close - waiting), counted[True])
