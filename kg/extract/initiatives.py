"""Programmes, features and schemes without a capitalised name, and names of such in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.draft import Draft
from kg.extract.lexicon import Lexicon
from kg.extract.phrase import describe, premodifiers, with_complement
from kg.model import EntityType

_KEEP = frozenset({"first", "second", "third", "dedicated", "official", "special", "last"})
_SETS = frozenset({"range", "series", "set", "number", "host", "variety", "suite", "array"})
_OBJECTS = frozenset({"obj", "nsubj:pass", "conj"})


def find_initiatives(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The described initiatives: objects of launching and offering, owned ones, strong heads with their purpose."""
    lists = lexicon.heads["initiative"]
    offered = _offered(sentence, lexicon)
    for token in sentence.tokens:
        gerund = token.lower_.endswith("ing") and (token.dep_ == "obj" or token.i in offered)
        if token.lower_ not in lists["heads"] or not (token.pos_ in {"NOUN", "PROPN"} or gerund):
            continue
        if _modifies(token, sentence) or _after_name(token, sentence):
            continue
        strong = token.lower_ in lists["strong"]
        first = _first(token, sentence, gerund)
        if (first == token.i and not strong) or _is_negative(token):
            continue
        launched = token.i in offered or _is_launched(token, lexicon)
        whole = strong or token.lower_ in lists["purposeful"]
        last = with_complement(token, sentence, frozenset({"for"})) if whole else token.i
        if token.dep_ == "appos":
            continue
        if launched or (strong and (first < token.i or last > token.i)) or _is_owned(token, first, lexicon):
            confidence = 0.7 if launched and strong else 0.55
            yield describe(sentence, first, last, EntityType.INITIATIVE, "nominal.initiative", confidence)
    yield from _listed(sentence, lexicon, offered)
    yield from _purposes(sentence, lexicon)


def _first(token: Token, sentence: Sentence, gerund: bool) -> int:
    """The first token of the phrase; the noun before a gerund belongs to it ("offer package recycling")."""
    first = premodifiers(token, sentence, _KEEP)
    before = token.doc[token.i - 1] if token.i > sentence.tokens.start else None
    if first == token.i and gerund and before is not None and before.pos_ == "NOUN":
        return premodifiers(before, sentence, _KEEP)
    return first


def _is_launched(token: Token, lexicon: Lexicon) -> bool:
    head = _first_of_list(token)
    verbs = lexicon.heads["initiative"]["verbs"]
    participle = any(c.dep_ == "acl" and c.lemma_.casefold() in verbs for c in token.children)
    return (head.head.lemma_.casefold() in verbs and head.dep_ in _OBJECTS) or participle


def _offered(sentence: Sentence, lexicon: Lexicon) -> set[int]:
    """Nouns within reach of a launching verb on the surface, where the parse went wrong: "offer package recycling"."""
    verbs = lexicon.heads["initiative"]["verbs"]
    found: set[int] = set()
    for token in sentence.tokens:
        if token.pos_ != "VERB" or token.lemma_.casefold() not in verbs or token.lemma_.casefold() in {"set", "add"}:
            continue
        for near in token.doc[token.i + 1 : min(sentence.tokens.end, token.i + 9)]:
            if near.lower_ == "of" and near.doc[near.i - 1].lower_ in _SETS:
                continue
            if near.pos_ in {"VERB", "AUX", "ADP", "PRON", "SCONJ"} and not near.lower_.endswith("ing"):
                if near.dep_ not in {"amod", "compound"}:
                    break
            elif near.text in {",", ";", ":"}:
                break
            found.add(near.i)
    return found


def _is_owned(token: Token, first: int, lexicon: Lexicon) -> bool:
    """Whether a name owns the modified noun: "X’s virtual fitting services"."""
    if first >= token.i or token.lower_ not in lexicon.heads["initiative"]["owned"]:
        return False
    before = token.doc[first - 1] if first else None
    owner = token.doc[first - 2] if first > 1 else None
    named = owner is not None and (owner.text[:1].isupper() or lexicon.type_of_head("reference", owner.lower_))
    return before is not None and before.dep_ == "case" and before.lower_ in {"’s", "'s", "’", "'"} and bool(named)


def _is_negative(token: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in {"no", "any", "every", "each", "which"} for c in token.children)


def _listed(sentence: Sentence, lexicon: Lexicon, offered: set[int]) -> Iterator[Draft]:
    """What follows "including" behind offered services or features: each phrase of the list is one."""
    plural = lexicon.heads["initiative"]["plural"]
    doc, end = sentence.tokens.doc, sentence.tokens.end
    for token in sentence.tokens:
        if token.lower_ not in {"including", "include", "like"} or token.i == sentence.tokens.start:
            continue
        before = [t.lower_ for t in doc[max(sentence.tokens.start, token.i - 12) : token.i]]
        launch = any(t.i in offered for t in doc[max(sentence.tokens.start, token.i - 12) : token.i])
        if not launch or not any(w in plural for w in before):
            continue
        i = token.i + 1
        while i < end:
            head = _phrase_end(doc[i], end)
            if head is None:
                break
            first = premodifiers(head, sentence, _KEEP)
            if first < head.i and not head.text[:1].isupper():
                yield describe(sentence, first, head.i, EntityType.INITIATIVE, "nominal.listed", 0.55)
            i = head.i + 1
            while i < end and doc[i].lower_ in {",", "and", "&"}:
                i += 1


def _phrase_end(token: Token, end: int) -> Token | None:
    """The head noun of the phrase that begins here, which a comma, "and" or the sentence's end closes."""
    doc, last = token.doc, None
    for near in doc[token.i : end]:
        if near.pos_ in {"NOUN", "PROPN"} or near.lower_.endswith("ing"):
            last = near
            following = doc[near.i + 1] if near.i + 1 < end else None
            joined = following is not None and following.lower_ == "and" and near.dep_ in {"compound", "amod"}
            if following is None or (
                following.pos_ not in {"NOUN", "PROPN", "ADJ"} and not joined and following.text != "-"
            ):
                return last
        elif near.pos_ not in {"ADJ", "DET", "CCONJ"} and near.text != "-" and near.dep_ not in {"amod", "compound"}:
            return None
    return last


def _purposes(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """``X’s plan to cut waste``: a plan that a name owns, with what it is for, up to the next comma or "and"."""
    doc, end = sentence.tokens.doc, sentence.tokens.end
    for token in sentence.tokens:
        if token.lower_ not in lexicon.heads["initiative"]["purpose"] or token.i + 3 >= end:
            continue
        owner = doc[token.i - 2] if token.i - 2 >= sentence.tokens.start else None
        owned = owner is not None and owner.text[:1].isupper() and doc[token.i - 1].dep_ == "case"
        if not owned or doc[token.i + 1].lower_ != "to" or doc[token.i + 2].pos_ != "VERB":
            continue
        last = token.i + 2
        for near in doc[token.i + 3 : min(end, token.i + 13)]:
            if near.pos_ in {"PUNCT", "CCONJ", "VERB", "SCONJ", "PRON"} and near.text != "-":
                break
            last = near.i if near.pos_ in {"NOUN", "PROPN"} else last
        if last > token.i + 2:
            yield describe(sentence, token.i, last, EntityType.INITIATIVE, "nominal.purpose", 0.6)


def _modifies(token: Token, sentence: Sentence) -> bool:
    """Whether the noun belongs to the next one, or a name follows ("a program dubbed X")."""
    follower = token.doc[token.i + 1] if token.i + 1 < sentence.tokens.end else None
    return follower is not None and (
        follower.pos_ in {"NOUN", "PROPN"} or follower.lower_ in {"dubbed", "called", "named"}
    )


def _after_name(token: Token, sentence: Sentence) -> bool:
    """Whether a capitalised name or a closing quotation mark stands right before the description."""
    before = token.doc[premodifiers(token, sentence) - 1] if token.i > sentence.tokens.start else None
    near = token.doc[token.i - 1] if token.i > sentence.tokens.start else None
    return any(t is not None and (t.text == "”" or t.pos_ == "PROPN") for t in (before, near))


def _first_of_list(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def find_quoted(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """``a “Box Return” service``, ``the “Senior Mode” feature``: a name in quotation marks with a head noun behind."""
    doc, end = sentence.tokens.doc, sentence.tokens.end
    heads = {w for words in (lexicon.heads["initiative"]["heads"], lexicon.heads["name"]["Initiative"]) for w in words}
    for token in sentence.tokens:
        if token.text not in {"“", '"'}:
            continue
        close = next((t for t in doc[token.i + 1 : min(end, token.i + 8)] if t.text in {"”", '"'}), None)
        if close is None or close.i - token.i < 2 or doc[close.i - 1].text in {",", "."}:
            continue
        after = doc[close.i + 1].lower_ if close.i + 1 < end else ""
        inner = doc[close.i - 1].lower_
        words = [t for t in doc[token.i + 1 : close.i] if t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}]
        capital = all(t.text[:1].isupper() for t in words)
        if after in heads or (inner in heads and (capital or inner in {"mode", "sharing", "program"})):
            yield describe(sentence, token.i + 1, close.i - 1, EntityType.INITIATIVE, "nominal.quoted", 0.8)
