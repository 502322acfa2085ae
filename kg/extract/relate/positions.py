"""Who holds which post where: ``Y chief marketing officer X``, ``X, vice president at Y``, ``X, head of Z at Y``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from kg.extract.lexicon import DATA
from kg.extract.relate.arguments import agent, inside_subject, patient
from kg.extract.relate.modality import governing_verb, is_denied
from kg.extract.relate.scene import GENITIVE, Node, Scene
from kg.extract.relate.statement import relation
from kg.model import EntityType, Relation

_EMPLOYER = (
    EntityType.ORGANIZATION, EntityType.PLATFORM, EntityType.BRAND, EntityType.INITIATIVE, EntityType.EVENT,
)  # fmt: skip
_PEOPLE = frozenset({EntityType.PERSON})
_APPOINTING = frozenset({"name", "appoint", "elect", "promote", "hire", "make", "install"})
_ROLES = frozenset({"role", "post", "position", "job"})
_PAST = frozenset({"former", "ex", "then", "late", "previous"})
_HEADING = frozenset({"head", "lead", "chair", "captain", "found", "co-found", "oversee", "manage"})
_LINK = frozenset({"of", "at", "for", "with", "in", "and", "the", "&", "-", "/"})


def positions(scene: Scene) -> Iterator[Relation]:
    """The posts that a sentence gives people, the title as it is written in ``detail``."""
    for person in scene.of(EntityType.PERSON):
        token = scene.token(person.first)
        if token is not None and token.pos_ == "PRON":
            continue
        for read in (_behind, _in_front, _apposed, _heading):
            if posts := read(scene, person):
                yield from (post for post in posts if not _PAST & set(post.detail.casefold().split()))
                break
    yield from _appointed(scene)


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Head nouns of posts, from ``titles.txt``."""
    lines = (DATA / "titles.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_title(token: Token) -> bool:
    return token.lower_ in titles()


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
    start = _title_start(scene, core.i, owner.last + 1 if owner else person.last + 2)
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
        only = _only_organization(scene) if start < core.i else None
        return (
            [_post(scene, person, only, start, core.i, "position.understood", 0.65)] if only and last == core.i else []
        )
    owner = before[-1]
    start = max(start, owner.last + 1)
    if scene.words(start, start + 1)[:1] and scene.words(start, start + 1)[0] in GENITIVE:
        start += 1
    return [_post(scene, person, owner, start, last if last > core.i else core.i, "position.front", 0.9)]


def _only_organization(scene: Scene) -> Node | None:
    """The one organization that a sentence names: whose "chief marketing officer" it must be."""
    named = {n.entity: n for n in scene.of(EntityType.ORGANIZATION)}
    others = any(scene.of(EntityType.PLATFORM, EntityType.BRAND))
    return next(iter(named.values())) if len(named) == 1 and not others else None


def _apposed(scene: Scene, person: Node) -> list[Relation]:
    """``X, a sorter at Y``: any post, as long as an employer follows its "at", "for" or "with"."""
    start = person.last + 2
    if scene.words(person.last + 1, start) != [","] or scene.words(start, start + 1) not in (["a"], ["an"], ["the"]):
        return []
    owner = next((n for n in scene.nodes if n.first > start and n.type in _EMPLOYER), None)
    words = scene.words(start + 1, owner.first) if owner is not None else []
    if (
        owner is None
        or len(words) > 6
        or not {"at", "for", "with"} & set(words[-2:])
        or _crosses(scene, start, owner.first)
    ):
        return []
    last = next(i for i in range(start + 1, owner.first) if scene.words(i, i + 1)[0] in {"at", "for", "with"}) - 1
    token = scene.token(last)
    if last <= start or token is None or token.pos_ not in {"NOUN", "PROPN"}:
        return []
    return [_post(scene, person, owner, start + 1, last, "position.apposed", 0.75)]


def _heading(scene: Scene, person: Node) -> list[Relation]:
    """``X, who heads Y``, ``X leads Y``: the verb as the text has it stands for the post."""
    for token in scene.sentence.tokens:
        if token.lemma_.casefold() not in _HEADING or token.pos_ != "VERB" or is_denied(token):
            continue
        if person in agent(scene, token, _PEOPLE):
            owners = patient(scene, token, frozenset(_EMPLOYER))
            return [_post(scene, person, n, token.i, token.i, "position.verb", 0.75) for n in owners]
    return []


def _appointed(scene: Scene) -> Iterator[Relation]:
    """``X was named head of Z at Y``, ``Y appointed X chief officer``, ``X serves as chair of Y``."""
    for core in scene.sentence.tokens:
        if not _is_title(core) or scene.at(core):
            continue
        verb, start = governing_verb(core), _title_start(scene, core.i, 0)
        told = verb.lemma_.casefold() in _APPOINTING or "as" in scene.words(start - 3, start)
        told = told or any(c.dep_ == "cop" for c in core.children) or bool(_ROLES & set(scene.words(start - 2, start)))
        if not told or is_denied(verb):
            continue
        people = patient(scene, verb, _PEOPLE) or agent(scene, verb, _PEOPLE)
        owner = _employer_behind(scene, core.i)
        owners = [owner] if owner else _employing(scene, verb)
        for person in people[:1]:
            end = _title_end(scene, core.i, owner)
            yield from (_post(scene, person, n, start, end, "position.role", 0.8) for n in owners[:1])


def _employing(scene: Scene, verb: Token) -> list[Node]:
    """The employer as subject ("Y appointed"), inside it ("the board of Y elected") or as object ("joins Y as")."""
    types = frozenset(_EMPLOYER)
    return agent(scene, verb, types) or inside_subject("of|at")(scene, verb, types) or patient(scene, verb, types)


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
        if (
            scene.at(token)
            or token.text in GENITIVE
            or not (token.pos_ in {"NOUN", "ADJ", "PROPN"} or token.text in {"-", "&"})
        ):
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
