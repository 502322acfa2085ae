"""What is wrong with a graph's mappings: stale, contradictory and dangling ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.link.mapping import REFERENCE, Mapping
from kg.link.subject import Subject
from kg.reference import Tables


@dataclass(frozen=True, slots=True)
class Finding:
    """A mapping that is ``contradictory``, ``stale`` or ``dangling``, and why."""

    kind: str
    subject: str
    object: str
    message: str


def audit(mappings: Sequence[Mapping], subjects: Sequence[Subject], tables: Tables) -> list[Finding]:
    """All findings, the contradictions first."""
    return [*_contradictory(mappings), *_stale(mappings, subjects, tables), *_dangling(mappings, subjects)]


def _contradictory(mappings: Sequence[Mapping]) -> list[Finding]:
    """Two identities in one identifier space, or a pair that is both asserted and denied."""
    objects: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mapping in mappings:
        if mapping.identity:
            objects[mapping.subject, mapping.space].add(mapping.object)
    found = [
        Finding("contradictory", subject, ", ".join(sorted(several)), "two exact matches; reject one with --review")
        for (subject, _), several in sorted(objects.items())
        if len(several) > 1
    ]
    asserted = {(m.subject, m.object) for m in mappings if not m.denied}
    denied = {(m.subject, m.object) for m in mappings if m.denied}
    both = [Finding("contradictory", *pair, "asserted and denied; keep one row") for pair in sorted(asserted & denied)]
    return found + both


def _stale(mappings: Sequence[Mapping], subjects: Sequence[Subject], tables: Tables) -> list[Finding]:
    """Table rows that are gone, tables of another version, and entities that bear another name by now."""
    found = []
    names = {subject.iri: subject.names for subject in subjects}
    for m in mappings:
        if m.source.startswith(REFERENCE):
            record = tables.identified(m.object)
            versions = dict(source.rsplit(" ", 1) for source in record.sources) if record else {}
            current = versions.get(m.source.removeprefix(REFERENCE))
            if record is None:
                found.append(Finding("stale", m.subject, m.object, "the tables hold it no longer"))
            elif current and current != m.version:
                found.append(Finding("stale", m.subject, m.object, f"from version {m.version}, now {current}"))
        if m.subject_label and m.subject in names and m.subject_label not in names[m.subject]:
            named = f"mapped as {m.subject_label!r}, now {names[m.subject][0]!r}"
            found.append(Finding("stale", m.subject, m.object, named))
    return found


def _dangling(mappings: Sequence[Mapping], subjects: Sequence[Subject]) -> list[Finding]:
    present = {subject.iri for subject in subjects}
    gone = [m for m in mappings if m.subject not in present]
    return [Finding("dangling", m.subject, m.object, "no such entity in this graph") for m in gone]
