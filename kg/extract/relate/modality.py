"""Whether a clause asserts, announces, denies, asks or supposes."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.model import Modality

_PLANNED = frozenset(
    "will plan expect set aim intend hope apply vow pledge prepare promise schedule shall consider".split()
)
_PLANNED_WORDS = frozenset({"upcoming", "planned", "’ll", "'ll", "forthcoming"})
_MARKS = frozenset({"if", "whether", "unless"})
_NEGATIONS = frozenset({"not", "n’t", "n't", "never", "no", "neither", "without", "nor"})
_REFUSALS = frozenset("deny refuse decline fail cancel scrap drop abandon rule postpone".split())
_IDEAS = frozenset("talk talks bid idea rumor rumour proposal dream hope".split())
_WISHES = frozenset("bid compete vie lobby dream".split())
_HEARSAY = frozenset("reportedly allegedly supposedly rumored rumoured".split())
_UNREAL = frozenset({"would", "could", "might", "may", "should"})


def governing_verb(token: Token) -> Token:
    """The verb whose clause a token is in, or the token itself."""
    verb = token
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i and not has_subject(verb):
        verb = verb.head
    return verb


def modality_of(token: Token) -> Modality:
    """Whether the clause of a token announces ("will", "plans to") or asserts."""
    verb = governing_verb(token)
    for _ in range(3):
        if _signs(verb) & _PLANNED or any(c.lower_ in _PLANNED_WORDS for c in verb.children):
            return Modality.PLANNED
        if verb.dep_ not in {"xcomp", "conj", "acl", "acl:relcl", "advcl"} or verb.dep_ == verb.head.dep_ == "ROOT":
            break
        if verb.dep_ == "conj" and has_subject(verb):
            break
        verb = governing_verb(verb.head)
    return Modality.ASSERTED


def _signs(verb: Token) -> set[str]:
    auxiliaries = {c.lemma_.casefold() for c in verb.children if c.dep_ in {"aux", "aux:pass"}}
    governor = {verb.head.lemma_.casefold()} if verb.dep_ == "xcomp" else set()
    return auxiliaries | governor


def has_subject(verb: Token) -> bool:
    """Whether a word has a subject of its own."""
    return any(c.dep_.startswith("nsubj") for c in verb.children)


def is_denied(token: Token) -> bool:
    """Whether the clause of a token is negated, conditional, hypothetical or mere hearsay."""
    verb = governing_verb(token)
    if _is_denied(token) or _is_denied(verb):
        return True
    if _is_idea(verb):
        return True
    if verb.dep_ in {"xcomp", "conj"} and verb.head.i != verb.i:
        shared = verb.dep_ == "xcomp" or not has_subject(verb)
        return shared and (_is_denied(verb.head) or (verb.head.lemma_.casefold() in _REFUSALS and verb.dep_ == "xcomp"))
    return False


def _is_idea(verb: Token) -> bool:
    """Whether a clause only names a thing talked over or decided against: "talks over showing", "no plans to hold"."""
    if (
        any(c.lower_ in {"against", "over"} and c.dep_ in {"mark", "case"} for c in verb.children)
        and verb.tag_ == "VBG"
    ):
        return True
    head = verb.head
    noun = verb.dep_ in {"acl", "xcomp", "ccomp"} and head.i != verb.i and head.pos_ == "NOUN"
    if noun and (head.lemma_.casefold() in _IDEAS or any(c.lower_ in _NEGATIONS for c in head.children)):
        return True
    yet = any(c.lower_ == "yet" for c in (*head.children, *verb.children)) and verb.dep_ in {"xcomp", "ccomp"}
    return yet or (verb.dep_ in {"xcomp", "advcl"} and head.lemma_.casefold() in _WISHES)


def _is_denied(token: Token) -> bool:
    for child in token.children:
        word = child.lower_
        if word in _MARKS and child.dep_ in {"mark", "advmod"}:
            return True
        if word in _NEGATIONS and child.dep_ in {"advmod", "det", "neg", "mark", "case", "cc:preconj"}:
            return True
        if child.dep_.startswith("nsubj") and any(
            c.lower_ in {"no", "neither"} and c.dep_ == "det" for c in child.children
        ):
            return True
        if word in _HEARSAY or (word in _UNREAL and child.dep_ == "aux" and token.pos_ == "VERB"):
            return True
    return False


def is_question(sentence: Sentence) -> bool:
    """Whether a sentence asks."""
    return bool(sentence.text.rstrip("”\"’' ").endswith("?"))
