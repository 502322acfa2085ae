"""What a name does, has and employs says of its type: verbs, posts, possessions, goods, audiences."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.callings import Looks
from kg.extract.lexicon import Lexicon
from kg.extract.names import NameMention, is_title_word
from kg.model import EntityType

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_PASSIVE = frozenset({"obl:agent", "obl"})


def by_property(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X’s logistics arm``, ``X’s capital``: what the name owns."""
    if not owns(mention):
        return []
    looks: Looks = []
    for distance in range(2, 6):
        token = mention.token_behind(distance)
        if token is None or token.pos_ not in {"ADJ", "NOUN", "PROPN"}:
            break
        looks += [(EntityType(t), 3) for t, words in lexicon.cues["owned"].items() if token.lower_ in words]
    return looks[:1]


def owns(mention: NameMention) -> bool:
    after = mention.token_behind()
    return after is not None and after.lower_ in {"’s", "'s", "’", "'"} and after.dep_ == "case"


def by_post(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``head of design at X``, ``Ana Exemplar of X``: an employer."""
    before = mention.token_before()
    skip = 2 if before is not None and before.lower_ == "the" else 1
    word = mention.token_before(skip)
    if word is None or word.lower_ not in lexicon.cues["post"]["prepositions"] or is_known_place(mention):
        return []
    for distance in range(skip + 1, skip + 7):
        token = mention.token_before(distance)
        if token is None or token.pos_ not in {"NOUN", "PROPN", "ADJ", "ADP", "CCONJ"} or token.text == ",":
            break
        if is_title_word(token, lexicon) or token.lower_ in lexicon.cues["post"]["nouns"]:
            return [(EntityType.ORGANIZATION, 3)]
        if distance == skip + 1 and word.lower_ == "of" and _ends_person(token, lexicon):
            return [(EntityType.ORGANIZATION, 5)]
    return []


def is_known_place(mention: NameMention) -> bool:
    return mention.known is not None and mention.known.type is EntityType.PLACE


def _ends_person(token: Token, lexicon: Lexicon) -> bool:
    """Whether a given or family name stands right before this capitalised word, or a title one before."""
    before = [t for t in token.doc[max(0, token.i - 2) : token.i] if t.text[:1].isupper()]
    named = any(t.text in lexicon.given or t.text in lexicon.surnames or is_title_word(t, lexicon) for t in before)
    named = named or (len(before) > 0 and all(t.ent_type_ == "PERSON" for t in (*before, token)))
    return token.text[:1].isupper() and named


def by_verb(mention: NameMention, lexicon: Lexicon) -> Looks:
    """What the name does and what is done by or to it."""
    root = root_of(mention)
    verb, cues = root.head, lexicon.cues
    lemma = verb.lemma_.casefold()
    if root.dep_ in _SUBJECTS and root.dep_ != "nsubj:pass":
        looks = [
            (EntityType(t), 3 if t == "Organization" else 2) for t, words in cues["does"].items() if lemma in words
        ]
        full = 2 <= len(mention.tokens) <= 3
        return [
            (k, w * 2 if full and k is EntityType.PERSON else w) for k, w in looks if k != EntityType.PERSON or full
        ]
    by = any(c.lower_ == "by" for c in root.children)
    if by and lemma in cues["does"]["Brand"]:
        return [(EntityType.BRAND, 4)]
    if root.dep_ in _PASSIVE and by:
        return [(EntityType.ORGANIZATION, 2)] if lemma in cues["done"]["Organization"] else []
    if root.dep_ == "obj":
        return [(EntityType(t), 2) for t, words in cues["done"].items() if lemma in words and t != "Organization"]
    return [(EntityType.PLATFORM, 4)] if root.dep_ == "nsubj:pass" and lemma == "operate" else []


def by_partner(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``partnered with X``, ``pay with X``: the verb and preposition before."""
    before = mention.token_before()
    if before is None or before.lower_ not in {"with", "to"}:
        return []
    root = root_of(mention)
    governor = root.head.head if root.dep_ == "conj" else root.head
    verb = governor.lemma_.casefold()
    pair = f"{verb} {before.lower_}"
    noun = mention.token_before(2)
    if noun is not None and f"{noun.lower_} {before.lower_}" in lexicon.cues["verb-preposition"]["Platform"]:
        return [(EntityType.PLATFORM, 3)]
    return [(EntityType(t), 3) for t, pairs in lexicon.cues["verb-preposition"].items() if pair in pairs]


def by_source(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``according to X``, ``data from X``, ``a survey by X``."""
    before, noun = mention.token_before(), mention.token_before(2)
    if before is None or noun is None:
        return []
    if before.lower_ == "to" and noun.lower_ == "according":
        return [(EntityType.ORGANIZATION, 3)]
    if before.lower_ in {"in", "of"} and noun.lower_ in {"shares", "share", "stake", "shareholder", "shareholders"}:
        return [(EntityType.ORGANIZATION, 6)]
    cited = before.lower_ in {"from", "by", "of"} and noun.lower_ in lexicon.cues["post"]["sources"]
    return [(EntityType.ORGANIZATION, 4)] if cited else []


def by_product(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X unveiled a hand mixer``: who shows or launches goods."""
    verb = mention.token_behind()
    if verb is None or verb.lemma_.casefold() not in lexicon.cues["produces"]["verbs"]:
        return []
    for token in verb.doc[verb.i + 1 : min(mention.sentence.tokens.end, verb.i + 8)]:
        if (
            token.pos_ in {"VERB", "ADP", "PUNCT", "PRON"}
            and token.text != "-"
            and token.dep_ not in {"amod", "compound"}
        ):
            return []
        if lexicon.is_goods_word(token.lower_) and token.i + 1 < len(token.doc) and token.nbor().pos_ != "NOUN":
            return [(EntityType.BRAND, 6)]
    return []


def by_maker(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``an e-bike by the Lyon firm X``: goods, "by", and at most a title before the name."""
    near = mention.sentence.tokens.doc[max(mention.sentence.tokens.start + 1, mention.first - 5) : mention.first]
    by = next((t for t in near if t.lower_ in {"by", "from"}), None) if not is_known_place(mention) else None
    goods = by is not None and by.i > 0 and lexicon.is_goods_word(by.nbor(-1).lower_)
    return [(EntityType.BRAND, 10 if by is not None and by.lower_ == "by" else 4)] if goods else []


def by_site(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``performed at X``, ``exhibited at X``: the verb or noun before "at" tells venues from events."""
    before = mention.token_before()
    before = mention.token_before(2) if before is not None and before.lower_ == "the" else before
    if before is None or before.lower_ != "at":
        return []
    cues = lexicon.cues["at"]
    near = [t.lemma_.casefold() for t in before.doc[max(mention.sentence.tokens.start, before.i - 3) : before.i]]
    return [(EntityType(t), 4) for t, words in cues.items() if any(w in words for w in near)][:1]


def by_audience(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X drew 9,000 visitors``, ``X opens on Friday``: what only events do."""
    verb = mention.token_behind()
    verb = mention.token_behind(2) if verb is not None and verb.pos_ in {"AUX", "ADV"} else verb
    if verb is None or verb.lemma_.casefold() not in lexicon.cues["draws"]["verbs"]:
        return []
    rest = verb.doc[verb.i + 1 : min(mention.sentence.tokens.end, verb.i + 7)]
    drawn = any(t.lower_ in lexicon.cues["draws"]["objects"] for t in rest)
    drawn = drawn or (verb.lower_ in {"opened", "opens", "closed", "closes"} and rest[0:1].text == "with")
    return [(EntityType.EVENT, 5)] if drawn else []


def employs(mention: NameMention, lexicon: Lexicon) -> bool:
    """Whether somebody holds a post there, which nobody does at a mere label: ``head of design at X``."""
    if by_post(mention, lexicon):
        return True
    after = mention.token_behind()
    after = mention.token_behind(2) if owns(mention) else after
    if after is None or not (after.text.islower() or is_title_word(after, lexicon)):
        return False
    officer = after.lower_ in lexicon.cues["post"]["officers"]
    return officer or (after.lower_ in {"chief", "vice", "managing", "executive"} and is_title_word(after, lexicon))


def root_of(mention: NameMention) -> Token:
    """The token of the name that hangs on the rest of the sentence."""
    inside = set(range(mention.first, mention.last + 1))
    return next((t for t in mention.tokens if t.head.i not in inside or t.head.i == t.i), mention.tokens[0])
