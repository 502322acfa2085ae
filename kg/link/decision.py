"""Deciding proposals: one entity after the other, each with its candidates; decisions are mappings of a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace

from kg.errors import UsageError
from kg.link.mapping import EXACT_MATCH, MANUAL, NOT, Mapping
from kg.link.subject import Subject

REJECT, POSTPONE, QUIT = "n", "p", "q"
_ROW_KEYS = "123456789"


@dataclass(frozen=True, slots=True)
class Question:
    """An entity and its candidates, best first; of a thing with identifiers in several spaces, one entry each."""

    subject: Subject
    candidates: tuple[Mapping, ...]


def questions(
    subjects: Sequence[Subject], mappings: Sequence[Mapping], proposals: Sequence[Mapping]
) -> Iterator[Question]:
    """What a person has to decide: proposals, close matches, and identities of an entity that contradict each other."""
    decided = {(m.subject, m.object) for m in mappings if m.reviewed}
    identities = Counter((m.subject, m.space) for m in mappings if m.identity)
    unsure: dict[str, list[Mapping]] = defaultdict(list)
    for mapping in (*mappings, *proposals):
        several = identities[mapping.subject, mapping.space]
        waiting = several > 1 if mapping.identity else not (several or mapping.denied or mapping.reviewed)
        if waiting and (mapping.identity or (mapping.subject, mapping.object) not in decided):
            unsure[mapping.subject].append(mapping)
    for subject in subjects:
        found = sorted(unsure.get(subject.iri, ()), key=lambda m: -(m.confidence or 0))
        if found:
            yield Question(subject, tuple(found[: len(_ROW_KEYS)]))


def decide(question: Question, key: str, reviewer: str) -> tuple[Mapping, ...]:
    """The decisions that a keystroke stands for: the number of a candidate, ``n`` for none of them.

    Raises:
        UsageError: the key stands for nothing here.
    """
    if key == POSTPONE:
        return ()
    if key == REJECT:
        return tuple(_decided(m, reviewer, NOT) for m in question.candidates)
    if key not in _ROW_KEYS[: len(question.candidates)] or not key:
        raise UsageError(f"{key!r}: press 1 to {len(question.candidates)}, n (none of them), p (later) or q (stop)")
    chosen = question.candidates[int(key) - 1]
    rivals = (m for m in question.candidates if m is not chosen and m.space == chosen.space)
    return (_decided(chosen, reviewer), *(_decided(m, reviewer, NOT) for m in rivals))


def _decided(mapping: Mapping, reviewer: str, modifier: str = "") -> Mapping:
    return replace(
        mapping, predicate=EXACT_MATCH, modifier=modifier, justification=MANUAL, reviewer=reviewer, confidence=None
    )


def review(asked: Iterator[Question], reviewer: str, ask: Callable[[Question], str]) -> list[Mapping]:
    """Put questions to a person until they are answered or the person stops; ``ask`` returns the key pressed."""
    decisions: list[Mapping] = []
    for question in asked:
        key = ask(question)
        if key == QUIT:
            break
        decisions += decide(question, key, reviewer)
    return decisions


KEYS: Dictionary[str, str] = {"1-9": "accept", REJECT: "none of them", POSTPONE: "later", QUIT: "stop and save"}
"""What can be pressed, for showing."""
