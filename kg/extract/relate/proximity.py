"""Relations of a clause that no pattern reads, from the types of what stands in it.

An initiative and one organization in one clause, or a performer and a gala, are hardly ever there by chance. The rules
are data (``proximity.toml``): each names the types and kinds of the two ends, how far apart they may stand and what
must not stand between. They are tried last, where neither end has the relation in the sentence, and are least sure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.extract.lexicon import DATA
from kg.extract.relate.arguments import case_of
from kg.extract.relate.modality import has_subject, is_denied, is_question
from kg.extract.relate.scene import Node, Scene
from kg.extract.relate.statement import relation
from kg.model import EntityType, Relation

_BREAKS = frozenset({";", ":", "“", "”", "but", "while", "whereas", "although", "than", "unlike"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation that the types of two mentions in one clause suggest."""

    relation: str
    subject: frozenset[EntityType]
    object: frozenset[EntityType]
    kinds: frozenset[str]
    cases: frozenset[str]
    hinders: frozenset[str]
    reach: int
    confidence: float


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """The rules of ``proximity.toml``."""
    data = tomllib.loads((DATA / "proximity.toml").read_text(encoding="utf-8"))
    return tuple(_rule(entry) for entry in data["rule"])


def _rule(entry: dict[str, Any]) -> Rule:
    subject, target = (frozenset(EntityType(t) for t in entry[end].split()) for end in ("subject", "object"))
    kinds, cases, hinders = (frozenset(entry.get(key, "").split()) for key in ("kinds", "cases", "hinders"))
    return Rule(entry["relation"], subject, target, kinds, cases, hinders, entry["reach"], entry["confidence"])


def by_proximity(scene: Scene, found: Sequence[Relation]) -> Iterator[Relation]:
    """What the rules add to the relations that were found in a scene."""
    if is_question(scene.sentence):
        return
    for rule in load_rules():
        if scene.vocabulary & rule.hinders:
            continue
        taken = {end for r in found if r.relation == rule.relation for end in (r.subject, r.object)}
        subjects = [n for n in scene.outer if n.type in rule.subject and n.entity not in taken and _fits(n, rule)]
        objects = [n for n in scene.outer if n.type in rule.object and n.entity not in taken and _fits(n, rule)]
        for subject in subjects:
            target = _nearest(scene, subject, objects, rule)
            if target is not None and _nearest(scene, target, subjects, rule) is subject:
                yield relation(
                    scene, subject, rule.relation, target, f"{rule.relation}.proximity", rule.confidence,
                    trigger=max(subject, target, key=lambda n: n.first).root,
                )  # fmt: skip


def _fits(node: Node, rule: Rule) -> bool:
    return not rule.kinds or node.type is not EntityType.EVENT or (node.entity.kind or "Event") in rule.kinds


def _nearest(scene: Scene, node: Node, others: Sequence[Node], rule: Rule) -> Node | None:
    near = [o for o in others if o.entity != node.entity and _joined(scene, node, o, rule)]
    return min(near, key=lambda o: abs(o.first - node.first), default=None)


def _joined(scene: Scene, one: Node, other: Node, rule: Rule) -> bool:
    first, second = sorted((one, other), key=lambda n: n.first)
    between = scene.sentence.tokens.doc[first.last + 1 : second.first]
    if len(between) > rule.reach or any(t.lower_ in _BREAKS for t in between) or is_denied(second.root):
        return False
    if sum(has_subject(t) for t in between) > 1:
        return False
    place = other if other.type in rule.object else one
    return not rule.cases or case_of(scene, place) in rule.cases
