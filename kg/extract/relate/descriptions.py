"""What a common noun stands for in its sentence, and whose it is: possessives, appositions, examples, copulas."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from spacy.tokens import Token

from kg.extract.lexicon import DATA
from kg.extract.relate.happenings import happening
from kg.extract.relate.scene import GENITIVE, Node, Scene, Types
from kg.model import EntityType

_SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_OF_MANY = frozenset({"one", "some", "two", "three", "most", "many", "several"})
_REACH = 25
"""How far behind a noun its examples may stand."""
_RENAMING = frozenset({"dubbed", "called", "named", "titled", "codenamed"})
_EXAMPLES = (("such", "as"), ("including",), ("like",), ("among", "them"), ("namely",))


def things(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The permitted things that a token stands for: its mention and those listed with it, or what renames the noun."""
    node = scene.at(token)
    if node is not None and node.type in types:
        return scene.listed(node, types)
    if node is None and token.pos_ in {"NOUN", "PROPN", "ADJ"}:
        found = named(scene, token, types)
        event = happening(scene, token) if not found and EntityType.EVENT in types else None
        return [event] if event is not None else found
    return []


def possessor(scene: Scene, noun: Token, types: Types) -> list[Node]:
    """Whose the noun is: "Y’s marketplace", "its marketplace", "the Y marketplace"."""
    phrase = _phrase_start(scene, noun)
    for node in scene.nodes:
        if node.type not in types or node.first > noun.i:
            continue
        token = scene.token(node.last + 1)
        marked = token is not None and token.text in GENITIVE
        own = node.first == node.last and str(node.root.lower_) in {"its", "their"}
        if (marked and phrase <= node.last + 2) or (own and phrase <= node.last + 1) or node.last + 1 == phrase:
            return [node]
    return []


def _phrase_start(scene: Scene, noun: Token) -> int:
    """Where the adjectives and nouns that run up to a noun begin, mentions left out."""
    i = noun.i
    while (token := scene.token(i - 1)) is not None and scene.name_at(token) is None:
        if token.pos_ not in {"ADJ", "NOUN", "NUM", "PROPN", "ADV", "X"} and token.text not in {"-", "/"}:
            linked = token.dep_ in {"amod", "compound"} or (scene.words(i - 2, i - 1) == ["-"])
            if not linked:
                break
        i -= 1
    return i


def named(scene: Scene, noun: Token, types: Types) -> list[Node]:
    """What a noun is the description of: "the marketplace X", "X, a marketplace", "marketplaces such as X and Y"."""
    for find in (_right_behind, _apposed, _instances, _in_front, _prefixed):
        nodes = [n for n in find(scene, noun) if n.type in types]
        if nodes:
            return nodes
    return []


def _instances(scene: Scene, noun: Token) -> list[Node]:
    """What is said to be one of many and what is given as an example: "A is one of the brands, including B and C"."""
    return list(dict.fromkeys([*_copula(scene, noun), *_examples(scene, noun)]))


def _right_behind(scene: Scene, noun: Token) -> list[Node]:
    for node in scene.nodes:
        if noun.i < node.first <= noun.i + 4:
            words = scene.words(noun.i + 1, node.first)
            if not words or set(words) <= {",", "“", "‘", '"', "the"} or set(words) & _RENAMING:
                return scene.listed(node)
    return []


@lru_cache(maxsize=1)
def _generic() -> dict[str, frozenset[EntityType]]:
    """The types whose names a noun may follow without adding to them, from ``generic.toml``."""
    data = tomllib.loads((DATA / "generic.toml").read_text(encoding="utf-8"))
    nouns = {noun for listed in data.values() for noun in listed}
    return {noun: frozenset(EntityType(kind) for kind, listed in data.items() if noun in listed) for noun in nouns}


def _prefixed(scene: Scene, noun: Token) -> list[Node]:
    """The name before a generic noun: "the “Early Bird” service"."""
    kinds = _generic().get(noun.lower_, frozenset())
    last = noun.i - (2 if scene.words(noun.i - 1, noun.i) == ["”"] else 1)
    return [n for n in scene.outer if n.last == last and n.type in kinds]


def _apposed(scene: Scene, noun: Token) -> list[Node]:
    """What the parser took for the noun's apposition, on either side."""
    tokens = [c for c in noun.children if c.dep_ == "appos"] + ([noun.head] if noun.dep_ == "appos" else [])
    node = next((n for t in tokens if (n := scene.at(t))), None)
    return scene.listed(node) if node is not None else []


def _examples(scene: Scene, noun: Token) -> list[Node]:
    for node in scene.nodes:
        if noun.i < node.first <= noun.i + _REACH:
            words = tuple(w for w in scene.words(noun.i + 1, node.first) if w not in {",", "the"})
            if any(words[-len(e) :] == e for e in _EXAMPLES) and not {".", ";"} & set(words):
                return scene.listed(node)
    return []


def _in_front(scene: Scene, noun: Token) -> list[Node]:
    """The mention before the comma in "X, Y’s logistics arm" and before the bracket in "X (Y’s logistics arm)"."""
    start = _phrase_start(scene, noun)
    i = start - 1
    while (token := scene.token(i)) is not None and (
        token.text in GENITIVE or token.pos_ in {"DET", "PRON"} or scene.at(token) is not None
    ):
        i -= 1
    if token is None or token.text not in {",", "(", "–", "—"}:
        return []
    return [n for n in scene.nodes if n.last == token.i - 1]


def _copula(scene: Scene, noun: Token) -> list[Node]:
    of_many = noun.dep_ == "nmod" and noun.head.lower_ in _OF_MANY
    predicate = noun.head if of_many else noun
    if not any(c.dep_ == "cop" for c in predicate.children):
        return []
    node = next((n for c in predicate.children if c.dep_ in _SUBJECT and (n := scene.at(c))), None)
    return scene.listed(node) if node is not None else []
