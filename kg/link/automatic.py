"""From candidates to mappings: what is linked without a person, and what is left to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.link.candidate import CLOSE, EXACT, LEAST, Candidate, candidates
from kg.link.context import Surroundings
from kg.link.mapping import CLOSE_MATCH, COMPOSITE, EXACT_MATCH, REFERENCE, SIMILARITY, TOOL, Mapping
from kg.link.subject import Subject
from kg.reference import Record, Tables


@dataclass(frozen=True, slots=True)
class Outcome:
    """The mappings that hold from now on, and the proposals that a person may accept or reject."""

    mappings: tuple[Mapping, ...]
    proposals: tuple[Mapping, ...]


def link_subjects(subjects: Sequence[Subject], tables: Tables, decided: Iterable[Mapping], version: str) -> Outcome:
    """Link entities to the tables; pairs that a person denied, and entities that one settled, stay as they are.

    ``decided`` are the mappings that are not to be touched; they are not part of the outcome. ``version`` is this
    package's.
    """
    denied = {(m.subject, m.object) for m in decided if m.denied}
    settled = {(m.subject, m.space) for m in decided if m.identity}
    surroundings = Surroundings(subjects, tables)
    mappings: list[Mapping] = []
    proposals: list[Mapping] = []
    for subject in subjects:
        found = candidates(subject, tables, surroundings.of(subject))
        found = [c for c in found if not any((subject.iri, iri) in denied for iri in c.record.identifiers)]
        for place, candidate in enumerate(found):
            certain = place == 0 and candidate.confidence >= CLOSE and not candidate.fuzzy
            for mapping in _mappings(subject, candidate, version):
                if (mapping.subject, mapping.space) in settled:
                    continue
                if certain:
                    mappings.append(mapping)
                elif candidate.confidence >= LEAST or place == 0:
                    proposals.append(mapping)
    return Outcome(tuple(mappings), tuple(proposals))


def _mappings(subject: Subject, candidate: Candidate, version: str) -> Iterator[Mapping]:
    """One mapping for each identifier of the candidate's record."""
    record = candidate.record
    for identifier, package in zip(record.identifiers, record.sources, strict=True):
        source, _, source_version = package.rpartition(" ")
        yield Mapping(
            subject.iri,
            identifier,
            EXACT_MATCH if candidate.confidence >= EXACT else CLOSE_MATCH,
            subject.name,
            record.name,
            justification=SIMILARITY if candidate.fuzzy else COMPOSITE,
            confidence=candidate.confidence,
            tool=TOOL,
            tool_version=version,
            source=REFERENCE + source,
            version=source_version,
            matched=candidate.matched,
            comment=described(record),
        )


def described(record: Record) -> str:
    """A line by which a person tells a record from its namesakes."""
    if record.description:
        return record.description
    where = ", ".join(filter(None, (record.region, *record.places)))
    people = f", {record.weight:,} people" if record.weight > 1 else ""
    return f"{record.kinds[0]}{' in ' + where if where and record.kinds[0] != 'country' else ''}{people}"
