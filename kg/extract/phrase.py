"""Noun phrases: a head noun with what stands before it, as the text writes it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.draft import Draft
from kg.extract.lexicon import straight
from kg.model import EntityType, Span

_WORDS = frozenset({"ADJ", "NOUN", "PROPN", "X"})
_WHEN = frozenset({"last", "this", "next", "every", "each"})
_TIMES = frozenset(
    "year month week day night weekend morning evening quarter monday tuesday wednesday thursday friday saturday "
    "sunday today yesterday tomorrow".split()
)
_VAGUE = frozenset(
    "new other more many such same own several various certain different existing additional further last next first "
    "second third recent popular main major key entire whole big bigger largest biggest record total few most latest "
    "late early annual total overall official special enough upcoming old brand-new dedicated-to full huge good "
    "best".split()
)
"""Modifiers that are no part of a description's name; ``first`` and the like stay where the caller keeps them."""


def premodifiers(head: Token, sentence: Sentence, keep: frozenset[str] = frozenset()) -> int:
    """The index of the first token of the head's phrase, without article, number, possessor and vague modifiers."""
    doc, first = head.doc, head.i
    i = head.i - 1
    while i >= sentence.tokens.start:
        token = doc[i]
        if token.text == "-" and i > sentence.tokens.start:
            i -= 1
            first = i if doc[i].pos_ != "PUNCT" else first
            i -= 1
            continue
        hyphened = doc[i - 1].text == "-" and i - 1 > sentence.tokens.start
        participle = token.pos_ == "VERB" and token.dep_ in {"amod", "compound"}
        inside = i < token.head.i <= head.i
        if not hyphened and (not (token.pos_ in _WORDS or participle) or token.dep_ == "nmod:poss" or not inside):
            break
        first = i
        i -= 1
    while first < head.i and doc[first].lower_ in _VAGUE - keep:
        first += 1
    return first


def phrase_text(first: int, last: int, head: Token) -> str:
    """The characters of the tokens, both included."""
    return str(head.doc[first : last + 1].text)


def describe(
    sentence: Sentence,
    first: int,
    last: int,
    kind: EntityType,
    rule: str,
    confidence: float,
    subclass: str | None = None,
) -> Draft:
    """The draft of a described thing: its words are its name, and their small letters its key."""
    name = phrase_text(first, last, sentence.tokens.doc[first])
    key = straight(name).casefold()
    return Draft(sentence, span_between(sentence, first, last), kind, key, name, rule, confidence, subclass)


def with_complement(head: Token, sentence: Sentence, prepositions: frozenset[str], limit: int = 9) -> int:
    """The index of the last token of the prepositional phrase behind the head (``for old devices``), or the head's.

    Read from the surface: the parser attaches these phrases to the verb too often.
    """
    doc, end = head.doc, min(sentence.tokens.end, head.i + limit + 2)
    if head.i + 1 >= end or doc[head.i + 1].lower_ not in prepositions:
        return head.i
    last = head.i
    for token in doc[head.i + 2 : end]:
        if token.lower_ in _TIMES or (
            token.lower_ in _WHEN and token.i + 1 < end and doc[token.i + 1].lower_ in _TIMES
        ):
            break
        if token.pos_ in {"NOUN", "PROPN"} or (token.pos_ == "NUM" and "." in token.text):
            last = token.i
        elif (
            token.pos_ not in {"ADJ", "DET", "CCONJ"}
            and token.text != "-"
            and token.dep_ != "amod"
            and (token.lower_ not in prepositions | {"of"} or token.lower_ == "for")
        ):
            break
    return last


def with_clause(head: Token, sentence: Sentence, limit: int = 14) -> int:
    """The index of the last noun of the clause behind the head (``that cuts waste``, ``to cut it``), or the head's."""
    doc, end = head.doc, min(sentence.tokens.end, head.i + limit)
    opener = doc[head.i + 1].lower_ if head.i + 2 < end else ""
    if opener not in {"that", "to"} or (opener == "to" and doc[head.i + 2].pos_ != "VERB"):
        return head.i
    last = head.i
    for token in doc[head.i + 2 : end]:
        if token.pos_ in {"PUNCT", "CCONJ", "SCONJ"} and token.text != "-":
            break
        last = token.i if token.pos_ in {"NOUN", "PROPN"} else last
    return last


def possessor(head: Token) -> Token | None:
    """The head of ``X’s`` before the phrase, if there is one."""
    return next((c for c in head.children if c.dep_ == "nmod:poss"), None)


def span_between(sentence: Sentence, first: int, last: int) -> Span:
    """The place in the document of tokens given by their indices in the parse."""
    doc = sentence.tokens.doc
    return sentence.span_of(doc[first], doc[last])
