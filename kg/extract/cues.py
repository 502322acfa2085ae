"""What the words around a name say of its type: each look returns types and weights (``data/cues.toml``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
from kg.extract.deeds import (
    by_audience,
    by_maker,
    by_partner,
    by_post,
    by_product,
    by_property,
    by_site,
    by_source,
    by_verb,
    owns,
    root_of,
)
from kg.extract.lexicon import Lexicon
from kg.extract.names import NameMention
from kg.extract.runs import FESTIVAL_NUMBER, YEAR
from kg.model import EntityType

_NER = {
    "PERSON": EntityType.PERSON, "ORG": EntityType.ORGANIZATION, "PLACE": EntityType.PLACE, "EVENT": EntityType.EVENT,
}  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
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
    if word is None or owns(mention) or (the and word.lower_ not in {"during", "in", "outside", "inside", "near"}):
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


def _ampersand(mention: NameMention, lexicon: Lexicon) -> Looks:
    return [(EntityType.ORGANIZATION, 3), (EntityType.BRAND, 2)] if "&" in mention.text else []


def _nobility(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``Duchess of X``: a person by rank."""
    words = [t.lower_ for t in mention.tokens]
    return [(EntityType.PERSON, 9)] if words[0] in lexicon.cues["rank"]["words"] and len(words) > 1 else []


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
    if (
        not 2 <= len(words) <= 4
        or any(w > 3 for _, w in _head(mention, lexicon))
        or not all(w[:1].isalpha() for w in words)
    ):
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


LOOKS: tuple[Callable[[NameMention, Lexicon], Looks], ...] = (
    _head, by_title, by_noun_behind, by_apposition, by_copula, by_list, by_noun_before_comma, by_description,
    by_calling, by_clause, _before, by_property, by_post, by_verb, _based, _person, _shape, _recogniser, by_partner,
    _reference, by_source, _ampersand, _edition, by_site, by_audience,
    by_product, _nobility, by_maker, _certified, _under, _listed_as,
)  # fmt: skip
