"""Events that a clause calls by a common noun only: "the gala", "the fair", "the evening"."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from spacy.tokens import Token

from kg.extract.lexicon import DATA
from kg.extract.relate.scene import Node, Scene
from kg.model import EntityType

_DEFINITE = frozenset({"the", "this", "that"})


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    """For each noun the kinds of event that it may call, from ``happenings.toml``."""
    data = tomllib.loads((DATA / "happenings.toml").read_text(encoding="utf-8"))
    return {noun: frozenset(entry["kinds"]) for entry in data["happening"] for noun in entry["nouns"]}


def happening(scene: Scene, token: Token) -> Node | None:
    """The event that a definite noun stands for: the latest of the entry that it names or fits, or the main one."""
    kinds = _kinds().get(token.lemma_.casefold()) or _kinds().get(token.lower_)
    if kinds is None or not any(c.lower_ in _DEFINITE for c in token.children):
        return None
    earlier = [n for n in scene.nodes if n.last < token.i]
    events = [n for n in (*reversed(earlier), *reversed(scene.before)) if n.type is EntityType.EVENT]
    same = next((n for n in events if token.lower_ in n.entity.name.casefold()), None)
    fit = next((n for n in events if (n.entity.kind or "Event") in kinds), None)
    main = scene.main_event
    fits = main is not None and (main.entity.kind or "Event") in kinds
    return same or fit or (main if fits else None)
