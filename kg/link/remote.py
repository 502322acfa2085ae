"""Mappings from the answers of a reconciliation service."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from kg.link.candidate import CLOSE
from kg.link.mapping import CLOSE_MATCH, COMPOSITE, EXACT_MATCH, SIMILARITY, TOOL, Mapping
from kg.link.service import Answer, Service
from kg.link.subject import Subject
from kg.reference.folding import key_of, without_form

_CERTAIN, _OTHER_NAME, _MOST_UNCERTAIN = 0.9, 0.8, CLOSE - 0.01
_LIMIT = 5


def ask_service(
    subjects: Sequence[Subject],
    service: Service,
    settled: Collection[tuple[str, str]],
    version: str,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Mapping]:
    """Mappings and proposals for entities that have no identity in the service's space yet.

    ``settled`` are pairs of an entity and an identifier space. What the service holds for certain under one of the
    entity's names is an exact match, under another name a close one; everything else is a proposal.
    """
    space = Mapping("", service.iri("x")).space
    asked = [subject for subject in subjects if (subject.iri, space) not in settled]
    queries = [{"query": subject.name, "limit": _LIMIT} for subject in asked]
    found = []
    for subject, answers in zip(asked, service.ask(queries, progress), strict=True):
        found += list(_mappings(subject, answers, service, version))
    return found


def _mappings(subject: Subject, answers: Sequence[Answer], service: Service, version: str) -> Iterator[Mapping]:
    keys = {key_of(without_form(name)) for name in subject.names}
    certain = [answer for answer in answers if answer.match]
    for answer in answers:
        same = key_of(without_form(answer.name)) in keys
        sure = answer.match and len(certain) == 1
        confidence = (_CERTAIN if same else _OTHER_NAME) if sure else min(max(answer.score, 0) / 100, _MOST_UNCERTAIN)
        yield Mapping(
            subject.iri,
            answer.iri,
            EXACT_MATCH if sure and same else CLOSE_MATCH,
            subject.name,
            answer.name,
            justification=COMPOSITE if sure else SIMILARITY,
            confidence=round(confidence, 3),
            tool=TOOL,
            tool_version=version,
            source=service.address,
            version=service.version,
            matched=subject.name,
            comment=", ".join(filter(None, (answer.description, *answer.types))),
        )
