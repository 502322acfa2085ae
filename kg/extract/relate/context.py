"""Roles that the sentence leaves open: the event that a passage is about, the event whose venue was just named."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.relate.descriptions import things
from kg.extract.relate.scene import Node, Scene, Types
from kg.model import EntityType

_FAR = 8


def event_at_hand(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The gala (where people are named) or festival of the sentence, else the last one of the entry, else the main."""
    if EntityType.EVENT not in types:
        return []
    people = any(n.type is EntityType.PERSON for n in scene.nodes)
    return (_latest(scene, "Gala") if people else []) or festival_at_hand(scene, token, types)


def gala_at_hand(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The gala of the sentence, else the last one of the entry."""
    return _latest(scene, "Gala") if EntityType.EVENT in types else []


def festival_at_hand(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The festival of the sentence, else the event that the document is about, else the last festival of the entry."""
    if EntityType.EVENT not in types:
        return []
    here = [n for n in scene.nodes if n.entity.kind == "Festival"]
    main = [scene.main_event] if scene.main_event is not None else []
    return here[:1] or main or _latest(scene, "Festival")


def _latest(scene: Scene, kind: str) -> list[Node]:
    node = next((n for n in (*scene.nodes, *reversed(scene.before)) if n.entity.kind == kind), None)
    return [node] if node is not None else []


def venue_event(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The event of "the gala at the arena", where the trigger stands right behind the arena."""
    word = scene.token(token.i - 1)
    venue = next(iter(things(scene, word, frozenset({EntityType.PLACE}))), None) if word is not None else None
    if venue is None or not {"in", "at"} & set(scene.words(venue.first - 3, venue.first)):
        return []
    event = next((n for n in reversed(scene.nodes) if n.last < venue.first and n.type in types), None)
    return [event] if event is not None and venue.first - event.last <= _FAR else []
