"""Who holds which post where: ``Y chief marketing officer X``, ``X, vice president at Y``, ``X, head of Z at Y``."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.relate.scene import Node, Scene
from kg.extract.relate.statement import relation
from kg.model import EntityType, Relation

_EMPLOYER = (EntityType.ORGANIZATION, EntityType.PLATFORM, EntityType.BRAND, EntityType.INITIATIVE)
_CORE = frozenset(
    "president chairman chairwoman chair ceo cfo cto cmo coo director manager head founder co-founder officer partner "
    "executive executives analyst spokesman spokeswoman spokesperson secretary minister representative professor "
    "economist strategist consultant chief editor svp evp vp researcher commissioner governor mayor principal leader "
    "adviser advisor".split()
)
_LINK = frozenset({"of", "at", "for", "with", "in", "and", "the", "&", "-", "/"})
_GENITIVE = frozenset({"’s", "'s", "’", "'"})


def positions(scene: Scene) -> Iterator[Relation]:
    """The posts that a sentence gives people, the title as it is written in ``detail``."""
    for person in scene.of(EntityType.PERSON):
        token = scene.token(person.first)
        if token is not None and token.pos_ == "PRON":
            continue
        yield from _behind(scene, person) or _in_front(scene, person)


def _is_title(token: Token) -> bool:
    return token.lower_ in _CORE


def _behind(scene: Scene, person: Node) -> list[Relation]:
    """``X, [the] title of Y``, ``X, Y’s title``, ``X, who is title of Y``."""
    comma = scene.token(person.last + 1)
    if comma is None or comma.text not in {",", "(", "—", "–"}:
        return []
    end = scene.sentence.tokens.end
    core = next(
        (t for t in scene.sentence.tokens.doc[person.last + 2 : min(end, person.last + 16)] if _is_title(t)), None
    )
    if core is None or _crosses(scene, person.last + 2, core.i):
        return []
    owner = next((n for n in scene.nodes if person.last < n.first < core.i and n.type in _EMPLOYER), None)
    start = _title_start(scene, core.i, owner.last + 2 if owner and not _is_its(scene, owner) else person.last + 2)
    if owner:
        return [_post(scene, person, owner, start, _title_end(scene, core.i, None), "position.behind", 0.9)]
    owner = _employer_behind(scene, core.i)
    return (
        [_post(scene, person, owner, start, _title_end(scene, core.i, owner), "position.behind", 0.9)] if owner else []
    )


def _in_front(scene: Scene, person: Node) -> list[Relation]:
    """``Y [’s] title X``, ``title of Y, X``, ``the head of Y X``, ``Y executives X and Z``."""
    last = person.first - 1
    comma = scene.token(last)
    if comma is not None and comma.text == ",":
        last -= 1
    first = next((n for n in scene.nodes if person in scene.listed(n) and n is not person), None)
    if first is not None and comma is not None and comma.text in {"and", ","}:
        last = first.first - 1
    window = list(scene.sentence.tokens.doc[max(scene.sentence.tokens.start, last - 11) : last + 1])
    core = next((t for t in reversed(window) if _is_title(t)), None)
    if core is None or _crosses(scene, core.i + 1, last + 1):
        return []
    behind = [n for n in scene.nodes if core.i < n.first <= last and n.type in _EMPLOYER]
    if behind:
        if last - behind[-1].last > 1:
            return []
        owner = behind[-1]
        return [_post(scene, person, owner, _title_start(scene, core.i, 0), core.i, "position.of", 0.85)]
    if last - core.i > 4:
        return []
    start = _title_start(scene, core.i, 0)
    before = [n for n in scene.nodes if n.last < core.i and start - n.last <= 2 and n.type in _EMPLOYER]
    if not before:
        return []
    owner = before[-1]
    start = max(start, owner.last + 1)
    if scene.words(start, start + 1)[:1] and scene.words(start, start + 1)[0] in _GENITIVE:
        start += 1
    return [_post(scene, person, owner, start, last if last > core.i else core.i, "position.front", 0.9)]


def _employer_behind(scene: Scene, core: int) -> Node | None:
    for node in scene.nodes:
        if node.first > core and node.type in _EMPLOYER:
            words = scene.words(core + 1, node.first)
            if len(words) > 8 or any(w in {",", ".", "said", "who", "told", "—"} for w in words):
                return None
            return node if {"of", "at", "for", "with", "in"} & set(words) else None
    return None


def _title_start(scene: Scene, core: int, bound: int) -> int:
    i = core
    doc = scene.sentence.tokens.doc
    bound = max(bound, scene.sentence.tokens.start)
    while i - 1 >= bound:
        token = doc[i - 1]
        if scene.at(token) or not (token.pos_ in {"NOUN", "ADJ", "PROPN"} or token.text in {"-", "&"}):
            break
        i -= 1
    return i


def _title_end(scene: Scene, core: int, owner: Node | None) -> int:
    doc, end = scene.sentence.tokens.doc, scene.sentence.tokens.end
    bound = end if owner is None else owner.first
    last = core
    for token in doc[core + 1 : min(bound, core + 8)]:
        if token.pos_ in {"NOUN", "PROPN"} and not scene.at(token):
            last = token.i
        elif not (token.lower_ in _LINK or token.pos_ == "ADJ") or scene.at(token) or token.lower_ in {"at", "with"}:
            break
    return last


def _crosses(scene: Scene, start: int, end: int) -> bool:
    return bool({".", ";", ":", "said", "told", "”", "“", "but", "while"} & set(scene.words(start, end))) or (
        "," in scene.words(start, end)
    )


def _is_its(scene: Scene, node: Node) -> bool:
    return scene.words(node.first, node.first + 1) == ["its"]


def _post(scene: Scene, person: Node, owner: Node, start: int, end: int, rule: str, confidence: float) -> Relation:
    title = str(scene.sentence.tokens.doc[start : end + 1].text).strip()
    return relation(
        scene,
        person,
        "holdsPosition",
        owner,
        rule,
        confidence,
        title.removesuffix("s") if title.endswith("executives") else title,
    )
