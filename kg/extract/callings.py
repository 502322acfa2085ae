"""What the words beside a name call it: titles, appositions, lists with a head noun, "a gala dubbed X"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon
from kg.extract.names import NameMention, is_title_word
from kg.model import EntityType

Looks = list[tuple[EntityType, int]]
"""Types and weights that a cue speaks for."""
_CALLED = frozenset({"dubbed", "called", "named", "titled", "nicknamed", "christened", "branded"})
_CALLS = frozenset({"calls", "call", "named", "dubbed", "branded", "dubs"})
_NEUTRAL = 6
"""What it counts to be called a company, which makers and operators of platforms are as well."""
_APPOSED = frozenset({",", "(", "—", "–"})
_INTRODUCING = frozenset({"including", "like", "as", "are", "–", "among", ":"})


def by_title(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``retailer X``, ``Dr. X``: the noun right before."""
    before = mention.token_before()
    if before is None:
        return []
    kind = lexicon.type_of_head("apposition", before.lower_)
    if before.lower_ in lexicon.cues["post"]["roles"]:
        return [(EntityType.ORGANIZATION, 5)]
    if kind is EntityType.BRAND and before.i and before.nbor(-1).text == "-":
        kind = EntityType.PERSON
    if kind is EntityType.PERSON:
        return [(kind, 7 if len(mention.tokens) > 1 or before.text.endswith(".") else 4)]
    if kind is None and before.lower_.endswith("maker") and before.text.islower():
        return [(EntityType.BRAND, 9)]
    if kind is None or before.pos_ in {"VERB", "AUX"}:
        return []
    maker = _maker(before, kind, lexicon)
    neutral = maker is EntityType.ORGANIZATION and before.lower_ in lexicon.heads["neutral"]["nouns"]
    return [(maker, _NEUTRAL if neutral else 9)]


def _maker(noun: Token, kind: EntityType, lexicon: Lexicon) -> EntityType:
    """A Brand for the company of a kind of goods ("toy company X"), else the type."""
    if kind is not EntityType.ORGANIZATION or noun.lower_ not in lexicon.cues["maker"]["nouns"] or not noun.i:
        return kind
    good = noun.doc[noun.i - 1].lower_
    goods = lexicon.is_goods_word(good) or good in lexicon.cues["maker"]["goods"]
    return EntityType.BRAND if goods else kind


def by_noun_behind(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X users``, ``X chief executive Y``, ``X platform``."""
    after = mention.token_behind()
    if mention.known is not None and mention.known.type is EntityType.PLACE:
        return []
    if after is None or after.pos_ not in {"NOUN", "PROPN", "ADJ"} or after.text[:1].isupper():
        title = after is not None and after.text[:1].isupper() and is_title_word(after, lexicon)
        return [(EntityType.ORGANIZATION, 3)] if title else []
    looks = [(EntityType(t), 4) for t, words in lexicon.cues["behind"].items() if after.lower_ in words]
    kind = lexicon.type_of_head("apposition", after.lower_)
    if kind is EntityType.PLATFORM and _is_introduced(after, mention.sentence.tokens.end, lexicon):
        return [(EntityType.INITIATIVE, 9)]
    if kind and kind is not EntityType.PERSON and not looks:
        looks.append((kind, 4))
    return looks


def by_apposition(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X, a beauty retailer`` and ``X, head of Y``: the first head noun right behind the comma and its article."""
    comma = mention.token_behind()
    if comma is None or comma.text not in _APPOSED or comma.i + 1 >= mention.sentence.tokens.end:
        return []
    if comma.nbor().pos_ == "CCONJ":
        return []
    doc, end = comma.doc, mention.sentence.tokens.end
    for token in doc[comma.i + 1 : min(end, comma.i + 12)]:
        role = token.lower_ in lexicon.heads["role"]["nouns"]
        if token.text in {",", ".", ";", ")"} or (token.pos_ in {"VERB", "AUX", "PRON", "ADP"} and not role):
            if token.text == "who":
                return [(EntityType.PERSON, 7)]
            if token.text[:1].isupper() or token.dep_ in {"amod", "compound"}:
                continue
            return []
        if token.pos_ in {"NOUN", "PROPN"} or role or is_title_word(token, lexicon):
            kind = lexicon.type_of_head("apposition", token.lower_) or lexicon.type_of_head("plural", token.lower_)
            if kind is None and lexicon.is_goods_word(token.lower_) and doc[comma.i + 1].lower_ in {"a", "an", "the"}:
                kind = EntityType.PRODUCT_CATEGORY
            following = doc[token.i + 1] if token.i + 1 < end else None
            if token.text[:1].isupper() and following is not None and following.pos_ in {"VERB", "AUX"}:
                return []
            listed = following is not None and (following.text[:1].isupper() or following.text in {"’s", "'s"})
            titled = following is not None and kind is EntityType.PERSON and is_title_word(following, lexicon)
            goes_on = following is not None and (
                following.pos_ == "NOUN" or lexicon.type_of_head("apposition", following.lower_) is not None
            )
            if kind and not listed and (not goes_on or titled):
                if _is_introduced(token, end, lexicon):
                    return [(EntityType.INITIATIVE, 9)]
                maker = _maker(token, kind, lexicon)
                neutral = maker is EntityType.ORGANIZATION and token.lower_ in lexicon.heads["neutral"]["nouns"]
                return [(maker, _NEUTRAL if neutral else 7)]
    return []


def _is_introduced(noun: Token, end: int, lexicon: Lexicon) -> bool:
    """Whether somebody launched it: ``X, a service it introduced in May``."""
    lists = lexicon.heads["initiative"]
    behind = noun.doc[noun.i + 1 : min(end, noun.i + 5)]
    return noun.lower_ in lists["heads"] and any(t.lemma_.casefold() in lists["verbs"] for t in behind)


def by_copula(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X is a marketplace``, ``X became president of Y``; read from the surface, up to the next verb or comma."""
    verb = mention.token_behind()
    if verb is None or verb.lower_ not in {"is", "was", "became", "becomes", "remains", "remained"}:
        return []
    end = mention.sentence.tokens.end
    for token in verb.doc[verb.i + 1 : min(end, verb.i + 10)]:
        if token.pos_ in {"VERB", "PUNCT"} and token.dep_ not in {"amod", "compound"} and token.text != "-":
            break
        kind = lexicon.type_of_head("apposition", token.lower_)
        following = token.doc[token.i + 1] if token.i + 1 < end else None
        if kind and (following is None or following.pos_ not in {"NOUN", "ADV"} or kind is EntityType.PERSON):
            return [(kind, 7)]
    return []


def by_list(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``brands including X, Y and Z``, ``celebrities such as X``."""
    doc, start = mention.sentence.tokens.doc, mention.sentence.tokens.start
    for i in range(mention.first - 1, max(start, mention.first - 22) - 1, -1):
        token = doc[i]
        if token.lower_ in _INTRODUCING and i > start:
            reach = 2 if token.lower_ in {":", "–", "like"} else 5
            for near in doc[max(start, i - reach) : i]:
                kind = lexicon.type_of_head("plural", near.lower_)
                if kind:
                    return [(kind, 6)]
            if token.lower_ != "as":
                continue
        if token.pos_ == "VERB" and token.lower_ not in {"including", "listed"}:
            break
    return []


def by_noun_before_comma(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``its online marketplace, X,``: the noun before the comma."""
    comma, noun, behind = mention.token_before(), mention.token_before(2), mention.token_behind()
    if comma is None or noun is None or comma.text not in {",", "—", "–"} or not noun.text.islower():
        return []
    closed = behind is None or behind.text in {",", ".", "—", "–"}
    kind = lexicon.type_of_head("apposition", noun.lower_)
    leads = noun.doc[max(mention.sentence.tokens.start, noun.i - 6) : noun.i]
    owned = any(t.lower_ in {"its", "their"} or (t.dep_ == "case" and t.lower_ in {"’s", "'s", "’"}) for t in leads)
    definite = owned or any(c.dep_ in {"nmod:poss", "det"} for c in noun.children)
    return [(kind, 9 if owned else 6)] if kind and closed and definite else []


def by_description(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``Box Return philanthropic program``: a describing noun up to three tokens behind the name."""
    doc, end = mention.sentence.tokens.doc, mention.sentence.tokens.end
    for token in doc[mention.last + 1 : min(end, mention.last + 4)]:
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "PUNCT"} or token.text in {",", ".", "(", "—"}:
            break
        if token.lower_ in lexicon.heads["initiative"]["strong"] or token.lower_ in {"promotion", "pledge", "drive"}:
            return [(EntityType.INITIATIVE, 7)]
    return []


def by_calling(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``a gala dubbed X``, ``the drive, named X``: the noun before the participle."""
    noun = _called(mention)
    word = noun.lower_ if noun is not None else ""
    if any(word in words for words in lexicon.heads["event"].values()):
        return [(EntityType.EVENT, 9)]
    if word in lexicon.heads["called"]["Technology"]:
        return [(EntityType.TECHNOLOGY, 14)]
    if word in lexicon.heads["initiative"]["heads"]:
        return [(EntityType.INITIATIVE, 9)]
    kind = lexicon.type_of_head("apposition", word)
    if kind is None and lexicon.is_goods_word(word):
        return [(EntityType.PRODUCT_CATEGORY, 14)]
    return [(kind, 14)] if kind else []


def _called(mention: NameMention) -> Token | None:
    """The noun that is called by the name: ``a gala dubbed X``, ``a method that it calls X``."""
    verb, noun = mention.token_before(), mention.token_before(2)
    if verb is None or noun is None:
        return None
    if verb.lower_ in _CALLS and noun.pos_ in {"PRON", "PROPN", "NOUN"}:
        for distance in range(3, 7):
            far = mention.token_before(distance)
            if far is not None and far.pos_ == "NOUN":
                return far if noun.pos_ == "PRON" or noun.text[:1].isupper() or distance == 3 else None
    if verb.lower_ not in _CALLED:
        return None
    return mention.token_before(3) if noun.text in {",", "is", "was"} else noun
