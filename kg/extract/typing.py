"""The type of a name, from what is known of it, its head noun and every sentence that it stands in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from kg.extract.lexicon import Lexicon
from kg.extract.names import NameMention, is_title_word
from kg.model import EntityType

_SPEECH = frozenset(
    "say tell add note announce explain stress point comment write argue predict believe emphasize remark".split()
)
_NER = {
    "PERSON": EntityType.PERSON, "ORG": EntityType.ORGANIZATION, "PLACE": EntityType.PLACE, "EVENT": EntityType.EVENT,
}  # fmt: skip
_LOCATIVE = frozenset({"in", "across", "near", "outside"})
Votes = Counter[EntityType]


def vote(mentions: Sequence[NameMention], lexicon: Lexicon) -> dict[str, Votes]:
    """For each name as written, how strongly the document's sentences speak for each type."""
    votes: dict[str, Votes] = defaultdict(Counter)
    for mention in mentions:
        box = votes[mention.text]
        if mention.known:
            box[mention.known.type] += 20 if mention.known.trusted else 6
            continue
        for look in (
            _by_head,
            _by_neighbours,
            _by_apposition,
            _by_list,
            _by_verb,
            _by_place,
            _by_recogniser,
            _by_following,
            _by_calling,
        ):
            for kind, weight in look(mention, lexicon):
                box[kind] += weight
    _spread_along_lists(mentions, votes)
    return votes


def decide(votes: Votes, name: str) -> tuple[EntityType, float]:
    """The type with most votes and a confidence; a name nothing speaks for is an organization with little."""
    if not votes:
        return EntityType.ORGANIZATION, 0.3
    (kind, most), *rest = votes.most_common(2)
    second = rest[0][1] if rest else 0
    return kind, max(0.3, min(0.99, 0.5 + (most - second) / 20))


Looks = list[tuple[EntityType, int]]


def _by_head(mention: NameMention, lexicon: Lexicon) -> Looks:
    words = mention.tokens
    kind = lexicon.type_of_head("name", words[-1].lower_)
    return [(kind, 8)] if kind and len(words) > 1 else []


def _by_neighbours(mention: NameMention, lexicon: Lexicon) -> Looks:
    doc, start = mention.sentence.tokens.doc, mention.sentence.tokens.start
    looks: Looks = []
    if mention.first > start:
        before = doc[mention.first - 1]
        kind = lexicon.type_of_head("apposition", before.lower_)
        if kind is EntityType.PERSON or (kind and before.pos_ in {"NOUN", "PROPN"}):
            looks.append((kind, 7 if kind is not EntityType.PERSON or len(mention.tokens) > 1 else 4))
    if mention.last + 1 < mention.sentence.tokens.end:
        after = doc[mention.last + 1]
        kind = lexicon.type_of_head("apposition", after.lower_)
        if kind and kind is not EntityType.PERSON and after.pos_ == "NOUN":
            looks.append((kind, 4))
    return looks


def _by_apposition(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X, a beauty retailer`` and ``X, head of Y``: the noun right behind the comma and its article."""
    doc, end = mention.sentence.tokens.doc, mention.sentence.tokens.end
    i = mention.last + 1
    if i >= end or doc[i].text not in {",", "(", "—", "–"}:
        return []
    for token in doc[i + 1 : min(end, i + 10)]:
        if token.text in {",", ".", ";", ")"} or token.pos_ in {"VERB", "AUX"}:
            break
        if token.pos_ in {"NOUN", "PROPN"} or is_title_word(token, lexicon):
            kind = lexicon.type_of_head("apposition", token.lower_)
            following = doc[token.i + 1] if token.i + 1 < end else None
            if kind and (following is None or following.pos_ not in {"NOUN", "PROPN"} or kind is EntityType.PERSON):
                return [(kind, 7)]
        elif token.pos_ == "PRON":
            break
    return []


def _by_list(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``brands including X, Y and Z``, ``celebrities such as X``."""
    doc, start = mention.sentence.tokens.doc, mention.sentence.tokens.start
    for i in range(mention.first - 1, max(start, mention.first - 22) - 1, -1):
        token = doc[i]
        if token.lower_ in {"including", "like", "as", "are", "from", "–", "among", ":", "is"} and i > start:
            for near in doc[max(start, i - 5) : i]:
                kind = lexicon.type_of_head("plural", near.lower_)
                if kind:
                    return [(kind, 5)]
            if token.lower_ != "as":
                continue
        if token.pos_ == "VERB" and token.lower_ not in {"including", "listed"}:
            break
    return []


def _by_following(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``Box Return philanthropic program``: a describing noun up to three tokens behind the name."""
    doc, end = mention.sentence.tokens.doc, mention.sentence.tokens.end
    for token in doc[mention.last + 1 : min(end, mention.last + 4)]:
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "PUNCT"} or token.text in {",", ".", "(", "—"}:
            break
        if token.lower_ in lexicon.heads["initiative"]["strong"]:
            return [(EntityType.INITIATIVE, 7)]
    return []


def _by_calling(mention: NameMention, lexicon: Lexicon) -> Looks:
    """``a gala dubbed X``: the noun before the participle."""
    doc, first = mention.sentence.tokens.doc, mention.first
    if first - 2 < mention.sentence.tokens.start or doc[first - 1].lower_ not in {
        "dubbed",
        "called",
        "named",
        "titled",
    }:
        return []
    noun = doc[first - 2].lower_
    if any(noun in words for words in lexicon.heads["event"].values()):
        return [(EntityType.EVENT, 9)]
    if noun in lexicon.heads["initiative"]["heads"]:
        return [(EntityType.INITIATIVE, 9)]
    kind = lexicon.type_of_head("apposition", noun)
    return [(kind, 7)] if kind else []


def _by_verb(mention: NameMention, lexicon: Lexicon) -> Looks:
    root = _root(mention)
    if root.dep_ in {"nsubj", "nsubj:pass"} and root.head.lemma_.casefold() in _SPEECH:
        return [(EntityType.PERSON, 4 if 2 <= len(mention.tokens) <= 3 else 1)]
    return []


def _by_place(mention: NameMention, lexicon: Lexicon) -> Looks:
    before = mention.sentence.tokens.doc[mention.first - 1] if mention.first > mention.sentence.tokens.start else None
    return [(EntityType.PLACE, 3)] if before is not None and before.lower_ in _LOCATIVE else []


def _by_recogniser(mention: NameMention, lexicon: Lexicon) -> Looks:
    labels = Counter(_NER[t.ent_type_] for t in mention.tokens if t.ent_type_ in _NER)
    return [(kind, 2) for kind, _ in labels.most_common(1)]


def _root(mention: NameMention) -> Token:
    inside = set(range(mention.first, mention.last + 1))
    return next((t for t in mention.tokens if t.head.i not in inside or t.head.i == t.i), mention.tokens[0])


def _spread_along_lists(mentions: Sequence[NameMention], votes: dict[str, Votes]) -> None:
    """Names in one list are of one kind: the votes of a neighbour separated by ``,`` or ``and`` count by half."""
    for left, right in pairwise(mentions):
        if left.sentence is not right.sentence or left.text == right.text:
            continue
        between = [t.lower_ for t in left.sentence.tokens.doc[left.last + 1 : right.first]]
        if between and len(between) <= 2 and set(between) <= {",", "and", "&", "or"}:
            for a, b in ((left.text, right.text), (right.text, left.text)):
                if not votes[b] or votes[b].most_common(1)[0][1] < 4:
                    for kind, weight in list(votes[a].items()):
                        votes[b][kind] += max(1, min(4, weight // 2))
