"""Walking a Universal Dependencies parse: clauses, their subjects, and noun phrases as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extract.measure.words import is_in, stems, table

_VERBAL = frozenset({"VERB", "AUX"})
_CLAUSAL = frozenset(
    {
        "nsubj",
        "nsubj:pass",
        "nsubj:outer",
        "csubj",
        "aux",
        "aux:pass",
        "advcl:relcl",
        "acl",
        "acl:relcl",
        "advcl",
        "appos",
        "parataxis",
        "punct",
        "cc",
        "discourse",
        "cop",
        "mark",
        "list",
    }
)
_RELATIVES = frozenset({"which", "who", "whose", "where"})
_OPENERS = frozenset(
    "also then now here there once soon later last first more most still just even again instead".split()
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_MISLABELLED = frozenset(
    {"compound", "nmod", "obl:unmarked", "nmod:unmarked", "dep", "flat", "vocative", "appos", "obj", "obl"}
)
_DASHES = frozenset({"–", "—", "--"})
_ASIDE = _DASHES | {","}
_INHERIT = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis"})
_PREDICATES = frozenset({"ROOT", "acl:relcl", "advcl", "ccomp", "conj", "parataxis", "xcomp"})
_LEFT_OUT = frozenset({"det", "nummod", "case", "predet", "det:predet"})


def forms(token: Token) -> tuple[str, ...]:
    """A token's lemma, its characters and their possible stems, any of which a word list may hold."""
    return token.lemma_, token.text, *stems(token.text)


def clause_of(token: Token) -> Token:
    """The predicate that the token belongs to: a verb, or a nominal predicate with a subject."""
    node = token
    while (
        node.head.i != node.i
        and node.pos_ not in _VERBAL
        and not any(c.dep_.startswith("nsubj") for c in node.children)
    ):
        node = node.head
    return node


def own_subject(verb: Token) -> Token | None:
    """The head of the subject that the parse gives to this very predicate, or the noun mislabelled right before it."""
    subjects = [c for c in verb.children if c.dep_.startswith(("nsubj", "csubj"))]
    if subjects:
        return _past_source(min(subjects, key=lambda c: (c.dep_.startswith("csubj"), c.i > verb.i)))
    if (beyond := _subject_beyond(verb)) is not None:
        return beyond
    if verb.pos_ != "VERB" and not is_in("amount_verbs", *forms(verb)):
        return None
    if (left := _noun_left(verb)) is not None:
        return left
    nouns = [c for c in verb.children if c.i < verb.i and c.pos_ in _NOUNS and c.dep_ in _MISLABELLED]
    return next((c for c in reversed(nouns) if not any(g.dep_ == "case" for g in c.children)), None)


def _noun_left(verb: Token) -> Token | None:
    """The noun right before a past tense that the parse took for a modifier, or the lone word before it."""
    if verb.i <= verb.sent.start:
        return None
    left = verb.doc[verb.i - 1]
    opening = (
        left.i == verb.sent.start and left.pos_ in ("ADJ", "ADV", "X") and left.dep_ in ("advmod", "amod", "compound")
    )
    past = verb.text.endswith("ed") or verb.lower_ in table("irregular")
    if opening and past and verb.pos_ == "VERB" and not left.text.endswith("ly") and left.lower_ not in _OPENERS:
        return left
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and past and (verb.head.i == left.i or left.text == ")"):
        return verb.head
    if verb.dep_ not in ("amod", "compound") or left.pos_ not in _NOUNS or not past:
        return None
    while left.dep_ in ("nmod", "compound", "flat", "nmod:poss") and left.head.i < left.i:
        left = left.head
    return left


def _past_source(subject: Token) -> Token:
    """The subject proper where the parse took "according to X, S" for one phrase."""
    if not any(c.dep_ == "case" and c.lower_ in ("according", "per") for c in subject.children):
        return subject
    return next((c for c in subject.children if c.dep_ in ("appos", "conj") and c.i > subject.i), subject)


def _subject_beyond(verb: Token) -> Token | None:
    """The subject before an aside that the parse lost its way in: "X, which ..., rose", "X – meaning Y – was"."""
    if verb.tag_ == "VBG" and not any(c.dep_.startswith("aux") for c in verb.children):
        return None
    doc, start = verb.doc, verb.sent.start
    first = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("cop", "aux", "aux:pass") and c.i < verb.i)])
    while first > start and doc[first - 1].pos_ == "ADV":
        first -= 1
    if first - 1 <= start or doc[first - 1].text not in _ASIDE:
        return None
    close = doc[first - 1]
    opening = [
        i for i in range(start + 1, close.i - 1) if doc[i].text == close.text or {doc[i].text, close.text} <= _DASHES
    ]
    aside = [i for i in opening if doc[i + 1].lower_ in _RELATIVES or _is_verbless(doc[i + 1 : close.i])]
    if not opening or (close.text == "," and not aside):
        return None
    return phrase_head(list(doc[start : (aside or opening)[-1]]))


def _is_verbless(tokens: Iterable[Token]) -> bool:
    """Whether an aside is a phrase without a verb: ", at $3 million,", ", its shop for gifts,"."""
    found = list(tokens)
    return found[0].pos_ in ("ADP", "DET", "PRON") and not any(t.pos_ in _VERBAL for t in found)


def phrase_head(tokens: Sequence[Token]) -> Token | None:
    """The head of the last clause's first noun phrase, read from the parts of speech alone."""
    begin = next((n + 1 for n in range(len(tokens) - 1, -1, -1) if _opens_clause(tokens[n])), 0)
    head: Token | None = None
    for token in tokens[begin:]:
        if token.pos_ in _NOUNS:
            head = token
        elif head is not None and (token.pos_ in ("ADP", "VERB", "AUX", "SCONJ") or token.text in (",", "(")):
            break
    return head


def _opens_clause(token: Token) -> bool:
    hyphened = token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == "-"
    return token.text in (",", ";", ":") or (token.pos_ in ("SCONJ", "CCONJ") and not hyphened)


def subject_of(verb: Token) -> Token | None:
    """The subject, taken from the clause above or the noun described where the predicate has none of its own."""
    node = verb
    for _ in range(6):
        subject = own_subject(node)
        if subject is not None and not (node.dep_ == "acl:relcl" and subject.lemma_ in ("that", "which", "who")):
            return subject
        if node.dep_.startswith("acl"):
            copular = any(c.dep_ == "cop" for c in node.head.children)
            return (own_subject(node.head) if copular else None) or node.head
        if node.head.i == node.i or node.dep_ not in _INHERIT:
            return subject
        node = node.head
    return None


def antecedent(pronoun: Token) -> Token | None:
    """The noun that "they" or "it" stands for within its sentence: the subject, or the topic, of an earlier clause."""
    if pronoun.lower_ not in ("they", "it"):
        return None
    plural = pronoun.lower_ == "they"
    for token in pronoun.doc[pronoun.sent.start : pronoun.i]:
        told = token.dep_.startswith("nsubj") or (token.dep_ == "ROOT" and token.i == pronoun.sent.start)
        if told and token.pos_ in _NOUNS and token.text.endswith("s") == plural and token.ent_type_ != "PERSON":
            return token
    return None


def objects_of(verb: Token) -> list[Token]:
    """Objects and obliques of a predicate, in text order."""
    return [
        c for c in verb.children if c.dep_.split(":")[0] in ("obj", "obl", "iobj", "xcomp", "advcl") or c.dep_ == "obl"
    ]


def ancestors(token: Token) -> Iterator[Token]:
    """The token's heads, from the nearest to the root."""
    while token.head.i != token.i:
        token = token.head
        yield token


def noun_phrase(head: Token, *, after: int = -1, short: bool = False) -> str:
    """A noun phrase as written, without article, number and clauses.

    ``after`` leaves out tokens up to that index; ``short`` leaves out what follows the head.
    """
    keep = sorted(_kept(head, short), key=lambda t: t.i)
    run = [t for t in keep if t.i > after]
    if len(run) > 1 and run[0].pos_ == "PRON" and run[0].dep_ == "nmod:poss":
        run = run[1:]
    while run and (run[0].dep_ in _LEFT_OUT or run[0].is_punct) and run[0].i != head.i and run[0].head.i == head.i:
        run = run[1:]
    if not run:
        return head.text
    first, last = run[0], run[-1]
    tokens = {t.i for t in run}
    text = "".join(t.text_with_ws if t.i in tokens else " " for t in head.doc[first.i : last.i + 1])
    return re.sub(r"[’']s?$", "", " ".join(text.split()).strip(" ,;:—–"))


def _kept(head: Token, short: bool) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.dep_ in _CLAUSAL and not (child.dep_ == "punct" and child.text in "-’'"):
            continue
        if child.dep_ == "conj" and (short or child.pos_ in _VERBAL):
            continue
        if (short and child.i > head.i) or (child.dep_ == "nummod" and child.i < head.i):
            continue
        yield from _whole(child)


def _whole(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ not in ("acl:relcl", "parataxis", "appos") and not (child.is_punct and child.text in "(),—–"):
            yield from _whole(child)
