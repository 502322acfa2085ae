"""Training documents in other clothes: the treebanks' words as a press text would print them.

A document is taken apart into tokens, one or more habits (``model.habits``) are applied, and it is put together
again with its annotation. What is random comes from the ``random.Random`` that is passed in.
"""

from __future__ import annotations

import random
from dataclasses import replace

from spacy.tokens import Doc

from model.habits import CASES, HABITS, Token


def augment(doc: Doc, rng: random.Random) -> Doc:
    """Return a copy of ``doc`` with press-text habits applied at random; the tree and the names stay as they are."""
    tokens = _tokens(doc)
    for habit, chance in HABITS.items():
        if rng.random() < chance:
            tokens = habit(tokens, rng)
    pick = rng.random()
    for case, chance in CASES.items():
        if pick < chance:
            tokens = case(tokens, rng)
            break
        pick -= chance
    return _doc(doc, tokens)


def _tokens(doc: Doc) -> list[Token]:
    first = {sentence.start for sentence in doc.sents}
    return [
        Token(
            key=token.i,
            text=token.text,
            space=bool(token.whitespace_),
            pos=token.pos_,
            morph=str(token.morph),
            lemma=token.lemma_,
            head=token.head.i,
            dep=token.dep_,
            ent=f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O",
            first=token.i in first,
        )
        for token in doc
    ]


def _doc(original: Doc, tokens: list[Token]) -> Doc:
    """Put tokens together; ``head`` refers to keys, of which some may be gone (never a head's)."""
    place = {token.key: index for index, token in enumerate(tokens)}
    tokens = [replace(token, head=place[token.head]) for token in tokens]
    return Doc(
        original.vocab,
        words=[token.text for token in tokens],
        spaces=[token.space for token in tokens],
        pos=[token.pos for token in tokens],
        morphs=[token.morph for token in tokens],
        lemmas=[token.lemma for token in tokens],
        heads=[token.head for token in tokens],
        deps=[token.dep for token in tokens],
        ents=[token.ent for token in tokens] if original.has_annotation("ENT_IOB") else None,
    )
