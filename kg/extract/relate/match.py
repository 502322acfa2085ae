"""Relations that a scene's words state by the patterns of :mod:`kg.extract.relate.pattern`."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.relate.audience import audience, beneficiary
from kg.extract.relate.modality import governing_verb, has_subject, is_denied, is_question
from kg.extract.relate.pattern import PHRASES, Pattern, by_trigger
from kg.extract.relate.period import DAYS
from kg.extract.relate.roles import is_surface, role
from kg.extract.relate.scene import Filler, Node, Scene
from kg.extract.relate.statement import relation
from kg.model import EntityType, Relation

_FURTHER = 0.97
"""What a role that is not a pattern's first choice leaves of its confidence."""
_SURFACE = 0.88
"""The same for one that is read from the order of words."""


def by_patterns(scene: Scene) -> Iterator[Relation]:
    """The relations of a scene, by every pattern at every trigger word."""
    if is_question(scene.sentence):
        return
    for token in scene.sentence.tokens:
        patterns = dict.fromkeys(p for form in forms(token) for p in by_trigger().get(form, ()) if _has_ends(scene, p))
        if patterns and not is_denied(token):
            for pattern in patterns:
                yield from _matches(scene, token, pattern)


def _has_ends(scene: Scene, pattern: Pattern) -> bool:
    """Whether the sentence has mentions of the types of both ends; events and noun phrases need none of their own."""
    available = scene.types | {EntityType.EVENT}
    subjects = not pattern.subject_types.isdisjoint(available)
    return subjects and (not PHRASES.isdisjoint(pattern.object) or not pattern.object_types.isdisjoint(available))


def forms(token: Token) -> tuple[str, ...]:
    """What a word may be listed as: its lemma, itself, and a verb's stems where the lemmatiser may have erred."""
    word = token.lower_
    stems: tuple[str, ...] = ()
    if token.pos_ == "VERB" and len(word) > 4:
        stems = next(((word[:-n], word[:-n] + "e") for s, n in (("ing", 3), ("ed", 2)) if word.endswith(s)), ())
    return (token.lemma_.casefold(), word, *stems)


def matches(scene: Scene, token: Token, pattern: Pattern) -> Iterator[Relation]:
    """The relations that one pattern reads at one trigger word."""
    return iter(()) if is_denied(token) else _matches(scene, token, pattern)


def _matches(scene: Scene, token: Token, pattern: Pattern) -> Iterator[Relation]:
    if not _is_trigger(token, pattern) or not _allowed(scene, pattern):
        return
    subjects, paid = _fill(scene, token, pattern.subject, pattern.subject_types, pattern.subject_kinds)
    if not subjects:
        return
    objects, also_paid = _fill(scene, token, pattern.object, pattern.object_types, pattern.kinds)
    confidence = round(pattern.confidence * paid * also_paid, 2)
    for subject in subjects:
        for target in objects:
            if isinstance(subject, Node) and _differ(subject, target, pattern):
                yield relation(scene, subject, pattern.relation, target, pattern.rule, confidence, trigger=token)


def _differ(subject: Node, target: Filler, pattern: Pattern) -> bool:
    """Whether the two ends are two things, in the order of the text where both play one role ("between X and Y")."""
    if not isinstance(target, Node):
        return True
    return target.entity != subject.entity and (pattern.subject != pattern.object or subject.first < target.first)


def _is_trigger(token: Token, pattern: Pattern) -> bool:
    """Whether the word is of a permitted part of speech; one with a subject counts as a verb."""
    return not pattern.pos or token.pos_ in pattern.pos or ("VERB" in pattern.pos and has_subject(token))


def _allowed(scene: Scene, pattern: Pattern) -> bool:
    if not pattern.needs and not pattern.hinders:
        return True
    words = scene.vocabulary
    return not (pattern.needs and not words & pattern.needs) and not words & pattern.hinders


def _fill(
    scene: Scene, token: Token, roles: tuple[str, ...], types: frozenset[EntityType], kinds: frozenset[str]
) -> tuple[list[Filler], float]:
    for rank, name in enumerate(roles):
        fillers = [f for f in _fillers(scene, token, name, types) if _of_kind(f, kinds)]
        if fillers:
            return fillers, 1.0 if rank == 0 else _SURFACE if is_surface(name) else _FURTHER
    return [], 1.0


def _fillers(scene: Scene, token: Token, name: str, types: frozenset[EntityType]) -> list[Filler]:
    if name == "audience":
        return list(audience(scene, token))
    if name == "beneficiary":
        return list(beneficiary(scene, token))
    if name == "clause-beneficiary":
        return list(beneficiary(scene, governing_verb(token)))
    if name in DAYS:
        return list(DAYS[name](scene, token))
    return list(role(name)(scene, token, types))


def _of_kind(filler: Filler, kinds: frozenset[str]) -> bool:
    """Whether an event is of a permitted subclass; other things always are."""
    if not kinds or not isinstance(filler, Node) or filler.type is not EntityType.EVENT:
        return True
    kind = filler.entity.kind or "Event"
    wanted = {k for k in kinds if k[0] != "-"}
    return f"-{kind}" not in kinds and (not wanted or kind in wanted)
