"""Roles read from the words around a trigger, which hold where the parser errs."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.relate.scene import GENITIVE, Node, Scene, Types
from kg.model import EntityType

_STOPS = frozenset({";", ":", "“", "”", "(", ")", "—", "–", "but", "while", "said"})
_NEAR = 3
"""Words that may stand between a trigger and its near neighbour."""
_FAR = 14


def owner(scene: Scene, mark: Token, types: Types) -> list[Node]:
    """Whose: the mention right before a genitive mark, or the one that "its" stands for."""
    if mark.lower_ in {"its", "their"}:
        return [n for n in scene.nodes if n.first == n.last == mark.i and n.type in types]
    return [n for n in scene.nodes if n.last == mark.i - 1 and n.type in types]


def owned(scene: Scene, mark: Token, types: Types) -> list[Node]:
    """What: the first mention behind a genitive mark, with nothing but adjectives and nouns between."""
    node = next((n for n in scene.nodes if n.first > mark.i), None)
    if node is None or node.type not in types or node.first - mark.i > 6:
        return []
    follower = scene.token(node.last + 1)
    if follower is not None and follower.pos_ == "NOUN" and node.type is EntityType.EVENT and follower.lower_ != "sale":
        return []
    between = scene.sentence.tokens.doc[mark.i + 1 : node.first]
    plain = all(t.pos_ in {"ADJ", "NOUN", "NUM", "PROPN", "ADV"} or t.text in {"-", "“", "‘"} for t in between)
    return [node] if plain or any(t.dep_ == "amod" and t.pos_ == "VERB" for t in between) else []


def itself(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The mention that the trigger word is part of."""
    node = scene.at(token)
    return [node] if node is not None and node.type in types else []


def neighbour(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The mention that stands right before the one that the trigger is part of ("X mode" after a platform's name)."""
    node = scene.at(token)
    first = node.first if node is not None else token.i
    return [n for n in scene.nodes if n.type in types and n.last == first - 1 and n is not node]


def left(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The nearest permitted mention before the trigger within its clause."""
    for node in reversed(scene.outer):
        if node.last < token.i and node.type in types:
            if scene.words(node.last + 1, node.last + 2) and scene.words(node.last + 1, node.last + 2)[0] in GENITIVE:
                return []
            return _clear(scene, node, node.last + 1, token.i)
    return []


def right(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The nearest permitted mention behind the trigger within its clause, and those listed with it."""
    for node in scene.outer:
        if node.first > token.i and node.type in types:
            return scene.listed(node) if _clear(scene, node, token.i + 1, node.first) else []
    return []


def _clear(scene: Scene, node: Node, start: int, end: int) -> list[Node]:
    """The mention, unless a verb, a break or too many words stand between it and the trigger."""
    tokens = scene.sentence.tokens.doc[start:end]
    if len(tokens) > _FAR or any(t.lower_ in _STOPS or t.pos_ == "VERB" for t in tokens):
        return []
    return [node]


def left_of_hyphen(scene: Scene, token: Token, types: Types) -> list[Node]:
    """``Y`` of "Y-owned"."""
    hyphen = scene.token(token.i - 1)
    if hyphen is None or hyphen.text != "-":
        return []
    return [n for n in scene.outer if n.last == hyphen.i - 1 and n.type in types]


def left_next(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The permitted mention that ends right before the trigger, a closing quotation mark or a bracket aside."""
    last = token.i - (2 if scene.words(token.i - 1, token.i) in (["”"], ["("]) else 1)
    return [n for n in scene.outer if n.last == last and n.type in types]


def left_near(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The last mention before the trigger if it is permitted and at most three words away."""
    node = next((n for n in reversed(scene.outer) if n.last < token.i), None)
    fits = node is not None and node.type in types and token.i - node.last - 1 <= _NEAR
    return [node] if node is not None and fits and "," not in scene.words(node.last + 1, token.i) else []


def right_next(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The mention right behind the trigger, articles and adjectives aside, and those listed with it."""
    node = next((n for n in scene.outer if n.first > token.i), None)
    if node is None or node.type not in types:
        return []
    between = scene.sentence.tokens.doc[token.i + 1 : node.first]
    plain = all(t.pos_ in {"DET", "ADJ", "NUM"} or t.text == "“" for t in between)
    return scene.listed(node) if plain and len(between) <= _NEAR else []
