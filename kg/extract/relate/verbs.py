"""Relations said by a verb between its subject and its object, active or passive, with lists on both sides."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from kg.extract.lexicon import DATA
from kg.extract.relate.scene import Node, Scene, is_denied, relation
from kg.model import EntityType, Relation

_SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_CHAIN = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis"})


@lru_cache(maxsize=1)
def triggers() -> dict[str, Any]:
    """The lists of ``relations.toml``."""
    return tomllib.loads((DATA / "relations.toml").read_text(encoding="utf-8"))


def by_verb(scene: Scene) -> Iterator[Relation]:
    """``X launched Y``, ``Y was launched by X``, ``X teamed up with Y``."""
    for verb in scene.sentence.tokens:
        if verb.pos_ != "VERB":
            continue
        for name, entry in triggers()["verb"].items():
            if verb.lemma_.casefold() in entry["lemmas"] and not is_denied(verb):
                yield from _related(scene, verb, name, entry)


def _related(scene: Scene, verb: Token, name: str, entry: dict[str, Any]) -> Iterator[Relation]:
    agents, patients = {EntityType(t) for t in entry["subject"]}, {EntityType(t) for t in entry["object"]}
    passive = any(c.dep_ in {"nsubj:pass", "aux:pass"} for c in verb.children) or _reduced(verb)
    first, second = (_by_agents(scene, verb), _subjects(scene, verb)) if passive else (_subjects(scene, verb), None)
    second = (
        second if second is not None else _objects(scene, verb, bool(entry.get("with")), EntityType.EVENT in patients)
    )
    for subject in first:
        for target in second:
            if subject.type in agents and target.type in patients and subject.entity != target.entity:
                yield relation(scene, subject, name, target, f"verb.{name}", 0.75)


def _reduced(verb: Token) -> bool:
    return verb.dep_ == "acl" and verb.text.endswith(("ed", "un", "en"))


def _expand(scene: Scene, token: Token | None) -> list[Node]:
    node = scene.at(token) if token is not None else None
    return scene.listed(node) if node else []


def _subjects(scene: Scene, verb: Token, depth: int = 0) -> list[Node]:
    for child in verb.children:
        if child.dep_ in _SUBJECT:
            if child.lower_ in {"which", "that", "who"} and verb.dep_ == "acl:relcl":
                return _expand(scene, verb.head)
            return _expand(scene, child)
    if verb.dep_ in {"acl", "acl:relcl"}:
        return _expand(scene, verb.head)
    if verb.dep_ in _CHAIN and depth < 4 and verb.head.i != verb.i:
        return _subjects(scene, verb.head, depth + 1)
    return []


def _by_agents(scene: Scene, verb: Token) -> list[Node]:
    for child in verb.children:
        if child.dep_ in {"obl", "obl:agent"} and any(c.lower_ == "by" for c in child.children):
            return _expand(scene, child)
    return []


def _objects(scene: Scene, verb: Token, with_only: bool, oblique: bool) -> list[Node]:
    nodes: list[Node] = []
    for child in verb.children:
        if child.i < verb.i:
            continue
        case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
        if child.dep_ == "obj" and not with_only:
            nodes += _expand(scene, child) or _inside(scene, child)
        elif child.dep_ in {"obl", "nmod"} and (case == "with" if with_only else oblique and case in {"in", "at"}):
            nodes += _expand(scene, child)
    if not nodes and not with_only:
        for grand in (c for c in verb.children if c.dep_ == "obj"):
            for child in grand.children:
                if child.dep_ in {"nmod", "conj", "appos"} and child.i - grand.i <= 3:
                    nodes += [n for n in _expand(scene, child) if n.type is EntityType.INITIATIVE]
    return nodes


def _inside(scene: Scene, token: Token) -> list[Node]:
    """What stands in a list under the object ("part in", "a range of X")."""
    return [n for c in token.children if c.dep_ in {"conj", "flat", "appos"} for n in _expand(scene, c)]
