"""What the words around a name say of its type: each look returns types and weights (``data/cues.toml``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.extract.callings import (
    Looks,
    by_apposition,
    by_calling,
    by_copula,
    by_description,
    by_list,
    by_noun_before_comma,
    by_noun_behind,
    by_title,
)
from kg.extract.clauses import by_clause
from kg.extract.lexicon import Lexicon
from kg.extract.names import NameMention, is_title_word
from kg.extract.runs import FESTIVAL_NUMBER, YEAR
from kg.model import EntityType

_NER = {
    "PERSON": EntityType.PERSON, "ORG": EntityType.ORGANIZATION, "PLACE": EntityType.PLACE, "EVENT": EntityType.EVENT,
}  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_PASSIVE = frozenset({"obl:agent", "obl"})
_SINGLE = frozenset({EntityType.ORGANIZATION, EntityType.PLACE})
_COMPANY = frozenset({EntityType.ORGANIZATION, EntityType.PLATFORM, EntityType.BRAND})


def looks_of(mention: NameMention, lexicon: Lexicon) -> Iterator[tuple[str, EntityType, int]]:
    """Every cue of one mention: the look's name, the type and the weight."""
    for look in LOOKS:
        for kind, weight in look(mention, lexicon):
            yield look.__name__, kind, weight


def _head(mention: NameMention, lexicon: Lexicon) -> Looks:
    words = mention.tokens
    known = lexicon.known(words[0].text) if len(words) > 1 else None
    ends = lexicon.known(words[-1].text)
    if known and known.trusted and known.type in _COMPANY and ends and ends.type is EntityType.PLACE:
        return [(known.type, 10)]
    if FESTIVAL_NUMBER.match(words[0].text) and len(words) > 1:
        return [(EntityType.EVENT, 7)]
    pair = " ".join(t.lower_ for t in words[-2:])
    if len(words) > 2 and (kind := lexicon.type_of_head("name", pair)):
        return [(kind, 9)]
    kind = lexicon.type_of_head("name", words[-1].lower_)
    if kind and len(words) > 1:
        if words[-1].lower_ in {"center", "centre", "museum", "gallery"} and _is_inside(mention):
            return [(EntityType.PLACE, 9)]
        surname = kind is EntityType.PLACE and len(words) == 2 and words[0].text in lexicon.given
        return [(kind, 3 if surname and not _is_led(mention) else 8)]
    first = lexicon.type_of_head("first", words[0].lower_)
    if first is None:
        inner = next((t for t in words[1:] if t.lower_ in {"of", "for"}), None)
        first = lexicon.type_of_head("name", words[inner.i - words[0].i - 1].lower_) if inner is not None else None
    if first is None and (weak := lexicon.type_of_head("weak", words[-1].lower_)):
        return [(weak, 4)] if len(words) > 1 else []
    return [(first, 6)] if first and len(words) > 1 else []


def _is_inside(mention: NameMention) -> bool:
    """Whether something happens ``at the`` or ``in the`` place of that name."""
    before = mention.token_before()
    before = mention.token_before(2) if before is not None and before.lower_ == "the" else before
    return before is not None and before.lower_ in {"at", "in", "inside"}


def _is_led(mention: NameMention) -> bool:
    """Whether an article or a preposition of place stands before the name."""
    before = mention.token_before()
    return before is not None and before.lower_ in {"the", "in", "at", "near", "outside", "around", "to"}


def _before(mention: NameMention, lexicon: Lexicon) -> Looks:
    """The preposition before: ``in X``, ``on X``, ``via X``; ``shoppers on X`` says more."""
    before = mention.token_before()
    if before is None:
        return []
    the = before.lower_ == "the"
    word = mention.token_before(2) if the else before
    if word is None or _owns(mention) or (the and word.lower_ not in {"during", "in", "outside", "inside", "near"}):
        return []
    people = mention.token_before(3 if the else 2)
    if word.lower_ == "to" and people is not None and people.lower_ in lexicon.cues["draws"]["objects"]:
        return [(EntityType.PLACE, 5)]
    looks = [(EntityType(t), words[word.lower_]) for t, words in lexicon.cues["before"].items() if word.lower_ in words]
    noun = mention.token_before(2)
    if word.lower_ == "on" and noun is not None and lexicon.type_of_head("apposition", noun.lower_) is EntityType.PLACE:
        return [(EntityType.PLACE, 4)]
    if word.lower_ == "on" and noun is not None and noun.lower_ in lexicon.cues["on"]["people"]:
        looks.append((EntityType.PLATFORM, 4))
    return looks


def _owned(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X’s logistics arm``, ``X’s capital``: what the name owns."""
    if not _owns(mention):
        return []
    looks: Looks = []
    for distance in range(2, 6):
        token = mention.token_behind(distance)
        if token is None or token.pos_ not in {"ADJ", "NOUN", "PROPN"}:
            break
        looks += [(EntityType(t), 3) for t, words in lexicon.cues["owned"].items() if token.lower_ in words]
    return looks[:1]


def _owns(mention: NameMention) -> bool:
    after = mention.token_behind()
    return after is not None and after.lower_ in {"’s", "'s", "’", "'"} and after.dep_ == "case"


def _post(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``head of design at X``, ``Ana Exemplar of X``: an employer."""
    before = mention.token_before()
    skip = 2 if before is not None and before.lower_ == "the" else 1
    word = mention.token_before(skip)
    if word is None or word.lower_ not in lexicon.cues["post"]["prepositions"] or _is_known_place(mention):
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


def _is_known_place(mention: NameMention) -> bool:
    return mention.known is not None and mention.known.type is EntityType.PLACE


def _ends_person(token: Token, lexicon: Lexicon) -> bool:
    """Whether a given or family name stands right before this capitalised word, or a title one before."""
    before = [t for t in token.doc[max(0, token.i - 2) : token.i] if t.text[:1].isupper()]
    named = any(t.text in lexicon.given or t.text in lexicon.surnames or is_title_word(t, lexicon) for t in before)
    named = named or (len(before) > 0 and all(t.ent_type_ == "PERSON" for t in (*before, token)))
    return token.text[:1].isupper() and named


def _verb(mention: NameMention, lexicon: Lexicon) -> Looks:
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


def _partner(mention: NameMention, lexicon: Lexicon) -> Looks:
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


def _reference(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X … The marketplace …``: what a later description in the sentence, or the next one's subject, calls it."""
    doc, end = mention.sentence.tokens.doc, mention.sentence.tokens.end
    behind = [t for t in doc[mention.last + 1 : end] if t.pos_ == "PROPN" and t.ent_type_ != "DATE"]
    last = all((k := lexicon.known(t.text)) is not None and k.type is EntityType.PLACE for t in behind)
    if root_of(mention).dep_ not in _SUBJECTS and not last:
        return []
    for token in doc[mention.last + 1 : min(len(doc), end + 7)]:
        opens = token.i >= end and token.i - 1 >= 0 and doc[token.i - 1].text in {".", "”"}
        tagged = token.i < end and doc[token.i - 1].text == ","
        if token.lower_ != "the" or not (opens or tagged):
            continue
        for noun in doc[token.i + 1 : min(len(doc), token.i + 6)]:
            if noun.pos_ in {"VERB", "AUX", "PUNCT"} and noun.text != "-" and noun.dep_ != "amod":
                break
            kind = lexicon.type_of_head("apposition", noun.lower_)
            following = doc[noun.i + 1] if noun.i + 1 < len(doc) else None
            said = following is not None and following.pos_ in {"VERB", "AUX", "ADV"}
            if kind in _COMPANY and said:
                return [(kind, 3 if opens else 5)]
    return []


def _source(mention: NameMention, lexicon: Lexicon) -> Looks:
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


def _ampersand(mention: NameMention, lexicon: Lexicon) -> Looks:
    return [(EntityType.ORGANIZATION, 3), (EntityType.BRAND, 2)] if "&" in mention.text else []


def _produces(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X unveiled a hand mixer``: who shows or launches goods."""
    verb = mention.token_behind()
    if verb is None or verb.lemma_.casefold() not in lexicon.cues["produces"]["verbs"]:
        return []
    for token in verb.doc[verb.i + 1 : min(mention.sentence.tokens.end, verb.i + 8)]:
        if token.pos_ in {"VERB", "ADP", "PUNCT", "PRON"} and token.text != "-" and token.dep_ not in {"amod", "compound"}:
            return []
        if lexicon.is_goods_word(token.lower_) and token.i + 1 < len(token.doc) and token.nbor().pos_ != "NOUN":
            return [(EntityType.BRAND, 6)]
    return []


def _nobility(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``Duchess of X``: a person by rank."""
    words = [t.lower_ for t in mention.tokens]
    return [(EntityType.PERSON, 9)] if words[0] in lexicon.cues["rank"]["words"] and len(words) > 1 else []


def _made_by(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``an e-bike by the Lyon firm X``: goods, "by", and at most a title before the name."""
    near = mention.sentence.tokens.doc[max(mention.sentence.tokens.start + 1, mention.first - 5) : mention.first]
    by = next((t for t in near if t.lower_ in {"by", "from"}), None) if not _is_known_place(mention) else None
    goods = by is not None and by.i > 0 and lexicon.is_goods_word(by.nbor(-1).lower_)
    return [(EntityType.BRAND, 10 if by is not None and by.lower_ == "by" else 4)] if goods else []


def _certified(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``certified by the X Scheme``: a scheme that certifies is a label."""
    before = mention.token_before()
    verb = mention.token_before(3 if before is not None and before.lower_ == "the" else 2)
    seal = lexicon.type_of_head("name", mention.tokens[-1].lower_) in {EntityType.INITIATIVE, EntityType.CERTIFICATION}
    certifies = verb is not None and verb.lower_ in {"certified", "accredited", "labelled", "labeled"}
    return [(EntityType.CERTIFICATION, 14)] if seal and certifies else []


def _under(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X, under which``: a scheme."""
    rest = [mention.token_behind(n) for n in (1, 2, 3)]
    said = [t.lower_ for t in rest if t is not None]
    return [(EntityType.INITIATIVE, 9)] if said == [",", "under", "which"] else []


def _listed_as(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X, Y and Z are among the brands``: what the whole list is called behind it."""
    doc, end = mention.sentence.tokens.doc, mention.sentence.tokens.end
    for token in doc[mention.last + 1 : min(end, mention.last + 22)]:
        if token.lower_ == "among" and doc[token.i - 1].lemma_ in {"be", "also", "rank", "count"}:
            kinds = [lexicon.type_of_head("plural", t.lower_) for t in doc[token.i + 1 : min(end, token.i + 5)]]
            return [(k, 6) for k in kinds if k is not None][:1]
        if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.lemma_ != "be") or token.text in {".", ";"}:
            return []
    return []


def _edition(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``Example 2030``: a name with a year is an edition of an event."""
    words = mention.tokens
    return [(EntityType.EVENT, 6)] if len(words) > 1 and YEAR.match(words[-1].text) else []


def _at(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``performed at X``, ``exhibited at X``: the verb or noun before "at" tells venues from events."""
    before = mention.token_before()
    before = mention.token_before(2) if before is not None and before.lower_ == "the" else before
    if before is None or before.lower_ != "at":
        return []
    cues = lexicon.cues["at"]
    near = [t.lemma_.casefold() for t in before.doc[max(mention.sentence.tokens.start, before.i - 3) : before.i]]
    return [(EntityType(t), 4) for t, words in cues.items() if any(w in words for w in near)][:1]


def _audience(mention: NameMention, lexicon: Lexicon) -> Looks:
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
    if _post(mention, lexicon):
        return True
    after = mention.token_behind()
    after = mention.token_behind(2) if _owns(mention) else after
    if after is None or not (after.text.islower() or is_title_word(after, lexicon)):
        return False
    officer = after.lower_ in lexicon.cues["post"]["officers"]
    return officer or (after.lower_ in {"chief", "vice", "managing", "executive"} and is_title_word(after, lexicon))


def _based(mention: NameMention, lexicon: Lexicon) -> Looks:
    dash, based = mention.token_behind(), mention.token_behind(2)
    return [(EntityType.PLACE, 8)] if dash is not None and based is not None and dash.text == "-" and based.lower_ in {
        "based", "born", "made", "wide",
    } else []  # fmt: skip


def _person(mention: NameMention, lexicon: Lexicon) -> Looks:
    """A given name first, or a Chinese or Korean family name with one or two short words behind."""
    words = [t.text for t in mention.tokens if t.text != "-"]
    before = mention.token_before()
    if before is not None and before.lower_ in {"the", "a", "an"}:
        return []
    ends = lexicon.known(mention.tokens[-1].text)
    if ends is not None and ends.type is EntityType.PLACE and words[0].casefold() in lexicon.cues["ambiguous"]["given"]:
        return []
    if not 2 <= len(words) <= 4 or any(w > 3 for _, w in _head(mention, lexicon)) or not all(w[:1].isalpha() for w in words):
        return []
    if words[0] in lexicon.surnames and len(words) <= 3 and len(words[1]) <= 10 and words[1].isalpha():
        return [(EntityType.PERSON, 5)]
    if words[-1] in lexicon.surnames and len(words) == 2 and words[0] in lexicon.given:
        return [(EntityType.PERSON, 6)]
    return [(EntityType.PERSON, 5)] if words[0] in lexicon.given else []


def _shape(mention: NameMention, lexicon: Lexicon) -> Looks:
    """The ending of a one-word name: ``Examplepay``, ``example.com``."""
    text = mention.text.casefold()
    if " " in text:
        return []
    return [
        (EntityType(t), 3)
        for t, ends in lexicon.cues["ending"].items()
        if any(text.endswith(e) and len(text) > len(e) + 2 for e in ends)
    ]


def _recogniser(mention: NameMention, lexicon: Lexicon) -> Looks:
    """The trained recogniser: weak, and no word on a single token, of which it knows too little."""
    labels = {_NER[t.ent_type_] for t in mention.tokens if t.ent_type_ in _NER}
    single = len(mention.tokens) == 1
    before = mention.token_before()
    led = before is not None and before.pos_ == "ADP"
    fits = [k for k in labels if not single or (k in _SINGLE and (led or k is not EntityType.PLACE))]
    return [(k, 2) for k in fits] if len(labels) == 1 else []


def root_of(mention: NameMention) -> Token:
    """The token of the name that hangs on the rest of the sentence."""
    inside = set(range(mention.first, mention.last + 1))
    return next((t for t in mention.tokens if t.head.i not in inside or t.head.i == t.i), mention.tokens[0])


LOOKS: tuple[Callable[[NameMention, Lexicon], Looks], ...] = (
    _head, by_title, by_noun_behind, by_apposition, by_copula, by_list, by_noun_before_comma, by_description,
    by_calling, by_clause, _before, _owned, _post, _verb, _based, _person, _shape, _recogniser, _partner, _reference,
    _source, _ampersand, _edition, _at, _audience,
    _produces, _nobility, _made_by, _certified, _under, _listed_as,
)  # fmt: skip
