"""The vocabulary in which relation patterns say who plays which part around a trigger word.

A role is a function from a scene, a trigger token and the permitted types to the mentions that fill it.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.extract.relate.arguments import (
    agent,
    clause_agent,
    clause_patient,
    clause_prepositional,
    inside_subject,
    left_subject,
    modified,
    patient,
    prepositional,
    right_object,
    sole_agent,
    trailing,
)
from kg.extract.relate.context import event_at_hand, festival_at_hand, gala_at_hand, venue_event
from kg.extract.relate.descriptions import named, possessor
from kg.extract.relate.period import dated_event
from kg.extract.relate.scene import Node, Scene, Types
from kg.extract.relate.surface import (
    itself,
    left,
    left_near,
    left_next,
    left_of_hyphen,
    neighbour,
    owned,
    owner,
    right,
    right_next,
)

Role = Callable[[Scene, Token, Types], list[Node]]
ROLES: dict[str, Role] = {
    "agent": agent, "patient": patient, "clause-agent": clause_agent, "clause-patient": clause_patient,
    "left-subject": left_subject, "right-object": right_object, "modified": modified, "sole-agent": sole_agent,
    "possessor": possessor, "named": named, "owner": owner, "owned": owned,
    "itself": itself, "neighbour": neighbour, "left": left, "right": right, "left-next": left_next,
    "right-next": right_next, "left-near": left_near, "left-of-hyphen": left_of_hyphen,
    "event-at-hand": event_at_hand, "festival-at-hand": festival_at_hand, "gala-at-hand": gala_at_hand,
    "venue-event": venue_event, "dated-event": dated_event,
}  # fmt: skip


_PREFIXES = {"clause-": clause_prepositional, "trailing-": trailing, "subject-": inside_subject}


def role(name: str) -> Role:
    """The role of a name; others are prepositions, of the trigger's own phrase ("in|at") or as a prefix says."""
    if name in ROLES:
        return ROLES[name]
    prefix = next((p for p in _PREFIXES if name.startswith(p)), "")
    return _PREFIXES[prefix](name.removeprefix(prefix)) if prefix else prepositional(name)


def is_surface(name: str) -> bool:
    """Whether a role is read from the order of words, not from the parse."""
    return name.startswith(("left", "right", "trailing", "neighbour"))
