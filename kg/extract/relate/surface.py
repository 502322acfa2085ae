"""Relations read from the words between two mentions, which hold where the parser errs: possessives, appositions."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.relate.scene import Node, Scene, relation
from kg.extract.relate.verbs import triggers
from kg.model import Entity, EntityType, Relation

_OWNER = (EntityType.ORGANIZATION, EntityType.PLATFORM, EntityType.BRAND)
_GENITIVE = frozenset({"’s", "'s", "’", "'"})


def possessives(scene: Scene) -> Iterator[Relation]:
    """``Y’s marketplace X``, ``Y’s X``, ``its X``: platforms, festivals, initiatives and technologies of an owner."""
    for owner in scene.of(*_OWNER):
        mark = scene.token(owner.last + 1)
        own = scene.token(owner.first)
        pronoun = owner.first == owner.last and own is not None and own.lower_ == "its"
        if not pronoun and (mark is None or mark.text not in _GENITIVE):
            continue
        start = owner.last + (1 if pronoun else 2)
        node = next((n for n in scene.nodes if n.first >= start and n is not owner), None)
        if node is None or node.first - start > 5 or node.entity == owner.entity:
            continue
        between = scene.words(start, node.first)
        if any(w in {"and", "of", "to", "for", "with", "that", "in", ".", ";", "said"} for w in between):
            continue
        yield from _owned(scene, owner, node, between)


def _owned(scene: Scene, owner: Node, node: Node, between: list[str]) -> Iterator[Relation]:
    nouns = set(triggers()["nouns"]["operated"]) & set(between)
    if node.type is EntityType.PLATFORM and owner.type in _OWNER[:2] and ("," not in between or nouns):
        for each in scene.listed(node) if nouns else [node]:
            yield relation(scene, each, "operatedBy", owner, "possessive.operatedBy", 0.85 if nouns else 0.7)
    elif node.type is EntityType.EVENT and "," not in between:
        yield relation(scene, owner, "organizes", node, "possessive.organizes", 0.8)
    elif node.type is EntityType.INITIATIVE and "," not in between:
        yield relation(scene, owner, "runs", node, "possessive.runs", 0.75)
    elif node.type is EntityType.TECHNOLOGY and "," not in between and owner.type is not EntityType.BRAND:
        yield relation(scene, owner, "uses", node, "possessive.uses", 0.7)


def appositions(scene: Scene) -> Iterator[Relation]:
    """``X, Y’s marketplace``, ``X, the logistics arm of Y``, ``the Y-owned marketplace X``."""
    nouns = set(triggers()["nouns"]["operated"])
    for platform in scene.of(EntityType.PLATFORM):
        comma = scene.token(platform.last + 1)
        owner = next((n for n in scene.nodes if n.first > platform.last and n.type in _OWNER[:2]), None)
        if owner is None or owner.entity == platform.entity:
            continue
        between = scene.words(platform.last + 1, owner.first)
        behind = scene.words(owner.last + 1, owner.last + 9)
        noun_behind = behind[:1] and behind[0] in _GENITIVE and nouns & set(_until(behind[1:]))
        if comma is not None and comma.text in {",", "("} and len(between) <= 2 and noun_behind:
            yield relation(scene, platform, "operatedBy", owner, "apposition.operatedBy", 0.9)
        elif comma is not None and comma.text == "," and len(between) <= 10 and nouns & set(between):
            leads = between[-1:] in (["of"], ["by"], ["under"]) or between[-2:] == ["of", "the"]
            if leads:
                yield relation(scene, platform, "operatedBy", owner, "apposition.of", 0.85)
    for owner in scene.of(*_OWNER[:2]):
        words = scene.words(owner.last + 1, owner.last + 6)
        if words[:2] == ["-", "owned"] or words[:1] == ["-owned"]:
            node = next((n for n in scene.of(EntityType.PLATFORM) if 0 < n.first - owner.last <= 7), None)
            if node:
                yield relation(scene, node, "operatedBy", owner, "apposition.owned", 0.85)


def _until(words: list[str]) -> list[str]:
    stop = next((i for i, w in enumerate(words) if w in {",", ".", "and", ")", "that", "which"}), len(words))
    return words[:stop]


def lists(scene: Scene) -> Iterator[Relation]:
    """``brands including X, Y and Z``: they take part in the event or initiative at hand, celebrities appear there."""
    takers, stage = set(triggers()["nouns"]["takers"]), set(triggers()["nouns"]["performance"])
    text = {t.lemma_.casefold() for t in scene.sentence.tokens} | {t.lower_ for t in scene.sentence.tokens}
    event = _event_at_hand(scene)
    if event is None or text & {"collaboration", "partner", "collaborate"}:
        return
    for node in scene.of(EntityType.BRAND, EntityType.PERSON, EntityType.ORGANIZATION):
        if node.type is EntityType.PERSON:
            if text & stage and event.kind == "Gala":
                yield relation(scene, node, "performsAt", event, "list.performsAt", 0.7)
        elif node.type is EntityType.BRAND and text & takers:
            yield relation(scene, node, "participatesIn", event, "list.participatesIn", 0.65)


def _event_at_hand(scene: Scene) -> Entity | None:
    initiative = next(
        (n for n in scene.of(EntityType.INITIATIVE) if {"join", "part"} & {t.lemma_ for t in scene.sentence.tokens}),
        None,
    )
    if initiative:
        return initiative.entity
    gala = next((n.entity for n in (*scene.nodes, *reversed(scene.before)) if n.entity.kind == "Gala"), None)
    if gala and any(n.type is EntityType.PERSON for n in scene.nodes):
        return gala
    named = next((n.entity for n in (*scene.nodes, *scene.before) if n.entity.kind == "Festival"), None)
    return named or scene.festival


def audiences(scene: Scene) -> Iterator[Relation]:
    """``a program for people with disabilities``; the object is the text's own noun phrase."""
    people = set(triggers()["nouns"]["audience"])
    for node in scene.of(EntityType.INITIATIVE):
        for i in range(node.first, min(node.last + 6, scene.sentence.tokens.end)):
            token = scene.token(i)
            if token is None or token.lower_ not in {"for", "help", "helping", "allowing", "enabling", "letting"}:
                continue
            phrase = _noun_phrase(scene, i + 1)
            if phrase and people & set(phrase.casefold().split()):
                yield relation(scene, node, "serves", phrase, "audience.for", 0.7)
            break


def _noun_phrase(scene: Scene, start: int) -> str:
    last = start - 1
    for i in range(start, min(start + 9, scene.sentence.tokens.end)):
        token = scene.sentence.tokens.doc[i]
        if token.pos_ in {"NOUN", "PROPN"}:
            last = i
        elif token.pos_ not in {"ADJ", "DET", "NUM", "PRON"} and token.lower_ not in {"with", "in", "-"}:
            break
    return str(scene.sentence.tokens.doc[start : last + 1].text) if last >= start else ""
