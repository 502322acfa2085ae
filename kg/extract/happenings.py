"""Events without a capitalised name: galas, panels, sales windows, pre-sales, ceremonies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.draft import Draft
from kg.extract.lexicon import Lexicon
from kg.extract.phrase import describe, phrase_text, premodifiers, with_complement
from kg.model import EntityType

_KEEP = frozenset({"first", "second", "third", "fourth", "special", "last", "final", "official"})
_PRESS = frozenset("press media panel sharing news international livestreamed briefing livestream".split())
_SALES = frozenset({"sales", "sale", "shopping", "selling"})
_ORDINALS = frozenset({"first", "second", "third", "fourth"})


def find_happenings(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The described events of a sentence."""
    for token in sentence.tokens:
        kind = next((k for k, words in lexicon.heads["event"].items() if token.lower_ in words), None)
        meet = kind == "PressEvent" and _is_meet(token, sentence)
        if kind is None or not (meet or token.pos_ in {"NOUN", "PROPN", "ADJ"}) or _modifies(token, sentence, kind):
            continue
        first = token.i - 1 if meet else premodifiers(token, sentence, _KEEP)
        if kind in {"SalesWindow", "Event", "PressEvent"} and not _is_event(token, kind, first, lexicon):
            continue
        if not _describes_event(token, kind):
            continue
        last = token.i
        if kind == "PressEvent":
            last = with_complement(token, sentence, frozenset({"with", "of", "among"}), 12)
        if token.lower_ in lexicon.heads["celebrated"]["nouns"]:
            last = with_complement(token, sentence, frozenset({"of", "in"}), 12)
            yield replace(
                describe(sentence, first, token.i, EntityType.EVENT, "nominal.event", 0.6),
                name=phrase_text(first, last, token),
                key=phrase_text(first, last, token).casefold(),
            )
            continue
        draft = describe(sentence, first, last, EntityType.EVENT, f"nominal.{kind.casefold()}", 0.65, kind)
        yield _with_of(draft, token, first, sentence) if kind == "Event" else draft
    yield from _numbered_windows(sentence, lexicon)
    yield from _series(sentence)


def _with_of(draft: Draft, token: Token, first: int, sentence: Sentence) -> Draft:
    """Call "the opening ceremony of the Example Games" so, though its characters end before the other event's name."""
    last = with_complement(token, sentence, frozenset({"of"}))
    named = last > token.i and token.doc[last].text[:1].isupper()
    name = phrase_text(first, last, token)
    return replace(draft, name=name, key=name.casefold()) if named else draft


def _is_meet(token: Token, sentence: Sentence) -> bool:
    """Whether "a press meet" was taken for a verb."""
    article = token.i - 2 >= sentence.tokens.start and token.doc[token.i - 2].pos_ == "DET"
    return article and token.pos_ == "VERB" and token.doc[token.i - 1].lower_ in _PRESS


def _describes_event(token: Token, kind: str) -> bool:
    if kind != "Gala" or token.lower_ != "show" or any(c.dep_ == "compound" for c in token.children):
        return True
    told = any(c.dep_ == "acl:relcl" for c in token.children)
    return told and any(c.lower_ in {"a", "an"} for c in token.children)


def _is_event(token: Token, kind: str, first: int, lexicon: Lexicon) -> bool:
    words = {t.lower_ for t in token.doc[first : token.i]}
    if kind == "SalesWindow":
        return bool(words & _SALES) or _of_sales(token)
    if kind == "PressEvent":
        return bool(words & _PRESS) or token.lower_ == "panel"
    if token.lower_ in lexicon.heads["celebrated"]["nouns"]:
        celebrated = token.head.lemma_.casefold() in lexicon.heads["celebrated"]["verbs"] and token.dep_ == "obj"
        return celebrated and any(c.lower_ == "of" for t in token.children for c in t.children)
    if token.lower_ in lexicon.heads["qualified"]["nouns"]:
        return bool(words & set(lexicon.heads["qualified"]["qualifiers"]))
    head = token.head.lemma_.casefold()
    return first < token.i or (token.dep_ == "obj" and head in lexicon.heads["celebrated"]["verbs"])


def _of_sales(token: Token) -> bool:
    rest = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    return rest[:1] == ["of"] and bool(set(rest) & _SALES)


def _modifies(token: Token, sentence: Sentence, kind: str) -> bool:
    """Whether the noun belongs to the next one ("gala gowns"), or a name follows ("a gala dubbed X")."""
    follower = token.doc[token.i + 1] if token.i + 1 < sentence.tokens.end else None
    if follower is None or kind == "PreSale":
        return False
    verbal = follower.dep_ == "ROOT" and follower.lower_ in {"runs", "opens", "starts", "begins", "ends", "closes"}
    return (follower.pos_ in {"NOUN", "PROPN"} and not verbal) or follower.lower_ in {"dubbed", "called", "named"}


def _numbered_windows(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """``two sales windows: the first …, the second …``: each ordinal that stands for a window."""
    doc, end = sentence.tokens.doc, sentence.tokens.end
    plural = next(
        (
            t
            for t in sentence.tokens
            if t.lower_ in {"windows", "periods", "waves"} and t.i and doc[t.i - 1].lower_ in _SALES
        ),
        None,
    )
    if plural is None:
        return
    head = f"{doc[plural.i - 1].lower_} {plural.lower_[:-1]}"
    for token in doc[plural.i + 1 : end]:
        follower = doc[token.i + 1] if token.i + 1 < end else None
        alone = follower is None or follower.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}
        if alone and token.lower_ in _ORDINALS and doc[token.i - 1].lower_ == "the":
            draft = describe(sentence, token.i, token.i, EntityType.EVENT, "nominal.saleswindow", 0.6, "SalesWindow")
            name = f"{token.lower_} {head}"
            yield replace(draft, key=name, name=name)


def _series(sentence: Sentence) -> Iterator[Draft]:
    """``a series of open-air events``."""
    for token in sentence.tokens:
        if token.lower_ != "events" or token.i - 3 < sentence.tokens.start:
            continue
        first = premodifiers(token, sentence)
        lead = [t.lower_ for t in token.doc[max(sentence.tokens.start, first - 2) : first]]
        if first < token.i and lead == ["series", "of"]:
            yield describe(sentence, first - 2, token.i, EntityType.EVENT, "nominal.event", 0.55, None)
