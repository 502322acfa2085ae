"""Kinds of goods: known ones by their head noun, unknown ones by what is done with them (bought, sold, ordered)."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.draft import Draft
from kg.extract.lexicon import Lexicon
from kg.extract.phrase import describe, premodifiers
from kg.model import EntityType


def find_goods(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The kinds of goods that a sentence reports on."""
    traded = _traded(sentence, lexicon)
    for token in sentence.tokens:
        known = _is_known(token, lexicon)
        if token.pos_ not in {"NOUN", "PROPN"} or not (known or token.i in traded):
            continue
        follower = token.doc[token.i + 1] if token.i + 1 < sentence.tokens.end else None
        if follower is not None and (follower.pos_ in {"NOUN", "PROPN"} or follower.text == "-"):
            continue
        first = premodifiers(token, sentence)
        if (
            first == token.i > sentence.tokens.start
            and f"{token.doc[token.i - 1].lower_} {token.lower_}" in lexicon.products
        ):
            first -= 1
        if token.doc[first].lower_ in lexicon.trade["immaterial"] and first < token.i:
            continue
        if token.lower_ in lexicon.trade["devices"] and _is_means(token, first, lexicon):
            continue
        yield describe(
            sentence,
            first,
            token.i,
            EntityType.PRODUCT_CATEGORY,
            "nominal.goods" if known else "nominal.traded",
            0.7 if known else 0.55,
        )


def _is_known(token: Token, lexicon: Lexicon) -> bool:
    pair = f"{token.doc[token.i - 1].lower_} {token.lower_}" if token.i else token.lower_
    return token.lower_ in lexicon.products or pair in lexicon.products or _is_described(token, lexicon)


def _is_means(token: Token, first: int, lexicon: Lexicon) -> bool:
    """Whether a device is what people shop with and not what they buy: "orders from smartphones"."""
    before = token.doc[first - 1].lower_ if first else ""
    whole = f"{token.doc[token.i - 1].lower_} {token.lower_}" if token.i else ""
    plain = first == token.i or whole in lexicon.trade["devices"]
    return plain and before in lexicon.trade["instrument"]


def _is_described(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun says which "supplies" or "accessories": "school supplies", not "high-quality supplies"."""
    if token.lower_ not in lexicon.trade["heads"] or token.pos_ != "NOUN" or token.i < 2:
        return False
    before = token.doc[token.i - 1]
    plain = before.pos_ == "NOUN" and before.dep_ == "compound" and before.text.islower()
    return plain and (token.doc[token.i - 2].text != "-" or before.lower_ not in {"end", "quality", "ticket", "price"})


def _traded(sentence: Sentence, lexicon: Lexicon) -> set[int]:
    """The nouns that are objects of buying and selling, and those listed with them or with known kinds of goods."""
    found: set[int] = set()
    for token in sentence.tokens:
        head = _list_head(token)
        bought = head.dep_ in {"obj", "nsubj:pass"} and head.head.lemma_.casefold() in lexicon.trade["verbs"]
        gone = head.dep_ == "nsubj" and head.head.lower_ == "sold"
        behind = any(c.lower_ == "of" for c in head.children) and _is_amount(head.head, lexicon)
        listed = head is not token and _is_known(head, lexicon)
        shown = head.dep_ == "obj" and head.head.lemma_.casefold() in lexicon.trade["shows"]
        if shown and f"{token.lower_}s" in lexicon.products:
            found.add(token.i)
        if not _may_be_goods(token, lexicon):
            continue
        if bought or gone or behind or listed:
            found.add(token.i)
    return found


def _is_amount(token: Token, lexicon: Lexicon) -> bool:
    """Whether "of" goods may follow: "sales of", "pairs of"; "most of" only what is bought or sold."""
    if token.lower_ in lexicon.trade["measures"]:
        return True
    bought = token.dep_ == "obj" and token.head.lemma_.casefold() in lexicon.trade["verbs"]
    return bought and token.lower_ in lexicon.trade["quantities"]


def _list_head(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def _may_be_goods(token: Token, lexicon: Lexicon) -> bool:
    """A common noun in the plural or without an article that is no general word such as "items"."""
    if token.pos_ != "NOUN" or not token.text.islower() or token.lower_ in lexicon.trade["general"]:
        return False
    plural = token.lower_ != token.lemma_.casefold() and token.lower_.endswith("s")
    bare = not any(c.dep_ in {"det", "nummod", "nmod:poss"} for c in token.children)
    unnamed = not any(c.dep_ in {"nmod:poss"} for c in token.children)
    return (plural or bare) and unnamed and not token.lower_.endswith(("ing", "ment", "tion", "ity", "ness"))
