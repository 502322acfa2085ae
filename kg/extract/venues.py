"""Venues without a capitalised name of their own: "the 7.07 media center", later "the media center"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.draft import Draft
from kg.extract.lexicon import Lexicon
from kg.extract.phrase import describe
from kg.extract.runs import FESTIVAL_NUMBER
from kg.model import EntityType


def find_venues(sentences: Sequence[Sentence], lexicon: Lexicon) -> list[Draft]:
    """The venues of a document; one that is named once is meant wherever its two head words stand with "the"."""
    full = [d for s in sentences for d in _venues(s, lexicon, modified=True)]
    if len({d.key for d in full}) != 1:
        return full
    bare = [d for s in sentences for d in _venues(s, lexicon, modified=False) if full[0].key.endswith(d.key)]
    inside = [d.span for d in full]
    return full + [
        replace(d, key=full[0].key, name="", reason="definite-description")
        for d in bare
        if not any(s.covers(d.span) for s in inside)
    ]


def _venues(sentence: Sentence, lexicon: Lexicon, *, modified: bool) -> Iterator[Draft]:
    """With or without the name or festival number before the head words."""
    pairs = {w for w in lexicon.heads["name"]["Place"] if " " in w}
    ends = {pair.split()[-1] for pair in pairs}
    doc, start = sentence.tokens.doc, sentence.tokens.start
    if sentence.is_headline:
        return
    for token in sentence.tokens:
        if modified and _is_named_site(token, start, lexicon):
            yield describe(sentence, token.i - 1, token.i, EntityType.PLACE, "nominal.venue", 0.65)
        if token.i - 2 < start or token.text not in ends or doc[token.i - 1 : token.i + 1].text not in pairs:
            continue
        before = doc[token.i - 2]
        named = FESTIVAL_NUMBER.match(before.text) is not None or before.pos_ == "PROPN"
        if modified and named:
            yield describe(sentence, token.i - 2, token.i, EntityType.PLACE, "nominal.venue", 0.65)
        elif not modified and before.lower_ == "the":
            yield describe(sentence, token.i - 1, token.i, EntityType.PLACE, "nominal.venue", 0.6)


def _is_named_site(token: Token, start: int, lexicon: Lexicon) -> bool:
    """``its Northfield campus``: one capitalised word that only names the site."""
    if token.lower_ not in lexicon.heads["site"]["nouns"] or token.i - 1 < start:
        return False
    before = token.doc[token.i - 1]
    known = lexicon.known(before.text)
    plain = before.pos_ == "PROPN" and (known is None or not known.trusted)
    return plain and before.text not in lexicon.demonyms and token.doc[token.i - 2].dep_ in {"case", "det", "nmod:poss"}
