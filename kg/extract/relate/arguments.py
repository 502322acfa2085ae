"""Who does what to whom: the arguments of a verb, the same for active, passive, relative and participial clauses."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.extract.relate.descriptions import things
from kg.extract.relate.modality import governing_verb, has_subject
from kg.extract.relate.scene import GENITIVE, QUOTES, Node, Scene, Types
from kg.extract.relate.surface import left, right

_SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_BELONGING = frozenset({"of", "for", "about", "among"})
"""Prepositions that make a mention part of the phrase before it: "a panel on X held on Thursday"."""
_OBJECT = frozenset({"obj", "iobj", "xcomp", "ccomp"})
_PARTICLES = frozenset({"off", "up", "out"})
_CHAIN = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis"})
_RELATIVE = frozenset({"which", "that", "who"})


def agent(scene: Scene, verb: Token, types: Types) -> list[Node]:
    """Who does what the verb says: the subject, the "by" of a passive, the noun that a participle describes."""
    if is_passive(verb):
        return _after_preposition(scene, verb, frozenset({"by"}), types)
    return _subject(scene, verb, types)


def patient(scene: Scene, verb: Token, types: Types) -> list[Node]:
    """What it is done to: the object, the subject of a passive, the noun that a passive participle describes."""
    if is_passive(verb):
        loose = verb.dep_ == "advcl" and not any(c.dep_ == "aux:pass" for c in verb.children)
        return (
            (left(scene, verb, types) if loose else []) or _subject(scene, verb, types) or _fronted(scene, verb, types)
        )
    if _lacks_object(verb):
        return things(scene, verb.head, types) or _before_relative(scene, verb, types)
    found: list[Node] = []
    for child in verb.children:
        if (
            child.i > verb.i
            and (child.pos_ != "VERB" or scene.at(child))
            and (child.dep_ in _OBJECT or _has_particle(child))
        ):
            found += things(scene, child, types) or _part_of_phrase(scene, child, types)
    return _expanded(scene, found, types)


def _fronted(scene: Scene, participle: Token, types: Types) -> list[Node]:
    """What a participle at the beginning of its sentence describes: "Introduced by Y in May, X mends jackets"."""
    if participle.i - scene.sentence.tokens.start > 1:
        return []
    comma = next((t.i for t in scene.sentence.tokens if t.i > participle.i and t.text == ","), None)
    node = next((n for n in scene.outer if comma is not None and n.first > comma), None)
    near = node is not None and comma is not None and node.first - comma <= 3
    return [node] if node is not None and near and node.type in types else []


def _has_particle(token: Token) -> bool:
    """Whether the parser took a verb's particle for a preposition ("kicked off the sale")."""
    return any(c.dep_ == "case" and c.lower_ in _PARTICLES for c in token.children)


def _before_relative(scene: Scene, verb: Token, types: Types) -> list[Node]:
    """What stands right before the relative pronoun of a clause that the parser hung on another noun."""
    pronoun = next((c for c in verb.children if c.lower_ in _RELATIVE and c.i < verb.i), None)
    return [n for n in scene.outer if pronoun is not None and n.last == pronoun.i - 1 and n.type in types]


def _lacks_object(verb: Token) -> bool:
    """Whether the noun that a relative clause describes is its object: "the sale it held", "a show that X streamed"."""
    subjects = [c for c in verb.children if c.dep_ in _SUBJECT]
    objects = [c for c in verb.children if c.dep_ == "obj" and c.lower_ not in _RELATIVE]
    own = bool(subjects) and subjects[0].lower_ not in _RELATIVE
    return verb.dep_ in {"acl:relcl", "acl"} and own and not objects


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive or a passive participle behind its noun ("a gala hosted by")."""
    if any(c.dep_ in {"nsubj:pass", "aux:pass", "obl:agent"} for c in verb.children):
        return True
    participle = (
        verb.dep_ in {"acl", "amod", "advcl"}
        and not has_subject(verb)
        and verb.text.endswith(("ed", "un", "en", "own", "ld", "ught"))
    )
    return participle and not any(c.dep_ in {"obj", "aux"} for c in verb.children)


def _subject(scene: Scene, verb: Token, types: Types, depth: int = 0) -> list[Node]:
    for child in verb.children:
        if child.dep_ in _SUBJECT:
            if child.lower_ in _RELATIVE:
                relative = verb.dep_ in {"acl:relcl", "acl"}
                return things(scene, verb.head, types) if relative else left(scene, child, types)
            return things(scene, child, types) or _detached(scene, verb, types)
    if verb.dep_ in {"acl", "acl:relcl"}:
        above = governing_verb(verb.head)
        purpose = above.i != verb.i and any(c.lower_ == "to" and c.dep_ == "mark" for c in verb.children)
        return things(scene, verb.head, types) or (_subject(scene, above, types, depth + 1) if purpose else [])
    if verb.dep_ in _CHAIN and depth < 4 and verb.head.i != verb.i:
        return _subject(scene, verb.head, types, depth + 1) if is_predicate(verb.head) else []
    return []


def _detached(scene: Scene, verb: Token, types: Types) -> list[Node]:
    """What the parser set beside the subject: "X, the retailer, said"."""
    beside = {c.i for c in verb.children if c.dep_ in {"vocative", "dislocated", "nsubj:outer", "obl:unmarked"}}
    return [n for n in scene.nodes if n.type in types and n.root.i in beside and n.last < verb.i][:1]


def is_predicate(token: Token) -> bool:
    """Whether a word heads a clause: a verb, or what has a subject and was taken for something else."""
    return token.pos_ in {"VERB", "AUX"} or has_subject(token)


def left_subject(scene: Scene, verb: Token, types: Types) -> list[Node]:
    """The nearest permitted mention before a verb for which the parser found no subject."""
    found = [] if has_subject(verb) or is_passive(verb) else left(scene, verb, types)
    return [n for n in found if case_of(scene, n) not in _BELONGING]


def sole_agent(scene: Scene, verb: Token, types: Types) -> list[Node]:
    """The agent of a verb that has no object ("X operates in Spain", not "X opened a depot in Spain")."""
    return [] if any(c.dep_ in {"obj", "xcomp", "ccomp"} for c in verb.children) else agent(scene, verb, types)


def right_object(scene: Scene, verb: Token, types: Types) -> list[Node]:
    """The nearest permitted mention behind a verb for which the parser found no object."""
    return [] if is_passive(verb) or any(c.dep_ == "obj" for c in verb.children) else right(scene, verb, types)


def _part_of_phrase(scene: Scene, token: Token, types: Types) -> list[Node]:
    """What stands inside the object's phrase: "a range of X", "its new X", "the launch of X"."""
    inside = sorted(t.i for t in token.subtree if t.dep_ not in {"acl:relcl", "acl", "advcl"})
    nodes = [n for n in scene.nodes if n.type in types and n.root.i in inside and n.first - token.i <= 4]
    return [n for n in nodes if n.last >= token.i - 4 and case_of(scene, n) in {"", "of"}][:1]


def _expanded(scene: Scene, nodes: list[Node], types: Types) -> list[Node]:
    return list(dict.fromkeys(n for node in nodes for n in scene.listed(node, types) if n.type in types))


def case_of(scene: Scene, node: Node) -> str:
    """The preposition that introduces a mention; empty if there is none or the mention is a possessor."""
    behind = scene.token(node.last + 1)
    if behind is not None and behind.text in GENITIVE:
        return ""
    for child in node.root.children:
        if child.dep_ == "case" and child.i < node.first:
            return str(child.lower_)
    i = node.first - 1
    while (token := scene.token(i)) is not None and (token.pos_ in {"DET", "ADJ", "NUM"} or token.text in QUOTES):
        i -= 1
    return str(token.lower_) if token is not None and token.pos_ in {"ADP", "SCONJ"} else ""


def _governs(trigger: Token, token: Token) -> bool:
    """Whether a trigger governs a token through nothing but nouns, adjectives and further verbs of its own clause."""
    for _ in range(5):
        if token.i == trigger.i:
            return True
        head = token.head
        if head.i == token.i or (token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"xcomp", "conj", "advcl"}):
            return False
        token = head
    return False


def _after_preposition(scene: Scene, trigger: Token, prepositions: frozenset[str], types: Types) -> list[Node]:
    found = [
        n for n in scene.nodes
        if n.type in types and (n.last > trigger.i or n.first < trigger.i)
        and case_of(scene, n) in prepositions and _governs(trigger, n.root)
    ]  # fmt: skip
    found += _relative_place(scene, trigger, prepositions, types)
    for child in trigger.children:
        cases = {c.lower_ for c in child.children if c.dep_ == "case"}
        if cases & prepositions and scene.at(child) is None:
            found += things(scene, child, types)
    return _expanded(scene, found, types)


def _relative_place(scene: Scene, verb: Token, prepositions: frozenset[str], types: Types) -> list[Node]:
    """The noun before a relative clause with "where" or "at which": "Oslo, where the fair opened"."""
    if verb.dep_ not in {"acl:relcl", "acl", "advcl"}:
        return []
    for child in verb.children:
        cases = {c.lower_ for c in child.children if c.dep_ == "case"}
        if (child.lower_ == "where" and prepositions & {"in", "at"}) or (
            child.lower_ == "which" and cases & prepositions
        ):
            return things(scene, verb.head, types) or left(scene, child, types)
    return []


def inside_subject(words: str) -> Callable[[Scene, Token, Types], list[Node]]:
    """The role of what follows a preposition inside the subject of the clause ("shoppers in Kenya can use")."""
    prepositions = frozenset(words.split("|"))

    def role(scene: Scene, trigger: Token, types: Types) -> list[Node]:
        verb = governing_verb(trigger)
        inside = {t.i for c in verb.children if c.dep_ in _SUBJECT for t in c.subtree}
        found = [n for n in scene.nodes if n.type in types and n.root.i in inside and case_of(scene, n) in prepositions]
        return _expanded(scene, found, types)

    return role


def prepositional(words: str) -> Callable[[Scene, Token, Types], list[Node]]:
    """The role of what follows one of some prepositions ("in|at|across") in the trigger's own phrase or clause."""
    prepositions = frozenset(words.split("|"))

    def role(scene: Scene, trigger: Token, types: Types) -> list[Node]:
        return _after_preposition(scene, trigger, prepositions, types)

    return role


def trailing(words: str) -> Callable[[Scene, Token, Types], list[Node]]:
    """The role of what follows one of some prepositions further on in the sentence, with no clause between."""
    prepositions = frozenset(words.split("|"))

    def role(scene: Scene, trigger: Token, types: Types) -> list[Node]:
        for node in scene.nodes:
            if node.first > trigger.i and node.type in types and case_of(scene, node) in prepositions:
                between = scene.sentence.tokens.doc[trigger.i + 1 : node.first]
                broken = any(has_subject(t) or t.text in {";", ":", "—", "–"} for t in between)
                return [] if broken else scene.listed(node, types)
        return []

    return role


def modified(scene: Scene, token: Token, types: Types) -> list[Node]:
    """What the phrase that a preposition or participle opens describes: "X, the company behind", "X, a program for"."""
    noun = token.head.head if token.dep_ in {"case", "mark"} else token.head
    return things(scene, noun, types) if noun.pos_ in {"NOUN", "PROPN"} and noun.i < token.i else []


def clause_agent(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The agent of the clause that a trigger stands in, or of the clause above if it has none of its own."""
    verb = governing_verb(token)
    found = agent(scene, verb, types)
    above = governing_verb(verb.head)
    if not found and verb.dep_ in {"acl", "advcl"} and above.i != verb.i:
        found = agent(scene, above, types)
    return found or left_subject(scene, verb, types)


def clause_patient(scene: Scene, token: Token, types: Types) -> list[Node]:
    """The patient of the clause that a trigger stands in."""
    return patient(scene, governing_verb(token), types)


def clause_prepositional(words: str) -> Callable[[Scene, Token, Types], list[Node]]:
    """The role of what follows one of some prepositions anywhere in the clause that a trigger stands in."""
    find = prepositional(words)
    return lambda scene, token, types: find(scene, governing_verb(token), types)
