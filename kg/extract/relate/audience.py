"""Whom something is for, in the text's own noun phrase."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from kg.extract.lexicon import DATA
from kg.extract.relate.scene import Phrase, Scene
from kg.model import Span

_MOST = 12
"""Words that an audience may have."""
_BEFORE = frozenset({"ADJ", "DET", "NUM", "NOUN", "PROPN", "ADV", "PRON"})
_COUNTING = frozenset({"more", "than", "some", "about"})
_LIMITS = frozenset({"with", "in", "over", "under", "from", "without"})
"""What may introduce a limit of a group: "people with disabilities"; behind a verb "with" is what is given."""


@lru_cache(maxsize=1)
def people_nouns() -> frozenset[str]:
    """Lemmas and plurals of nouns for groups of people, from ``people.txt``."""
    lines = (DATA / "people.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def audience(scene: Scene, token: Token) -> Iterator[Phrase]:
    """The noun phrases of people right behind a trigger ("for people with disabilities", "allowing consumers to")."""
    start = token.i + 1
    while (phrase := _phrase(scene, start, token.pos_ != "VERB")) is not None:
        yield phrase
        following = scene.words(phrase.last + 1, phrase.last + 3)
        if not following or following[0] not in {",", "and"}:
            return
        start = phrase.last + (3 if following == [",", "and"] else 2)


def beneficiary(scene: Scene, token: Token) -> Iterator[Phrase]:
    """The people that are the subject of the trigger's clause ("customers will benefit from X", "users can use X")."""
    for child in token.children:
        if child.dep_.startswith("nsubj") and child.lemma_.casefold() in people_nouns():
            first = min(t.i for t in child.subtree)
            first = first if child.i - first <= 4 else child.i
            phrase = _phrase(scene, first)
            if phrase is not None:
                yield phrase


def _phrase(scene: Scene, start: int, with_: bool = True) -> Phrase | None:
    doc, end = scene.sentence.tokens.doc, min(start + _MOST, scene.sentence.tokens.end)
    head = next((t.i for t in doc[start : min(start + 5, end)] if t.lemma_.casefold() in people_nouns()), None)
    if head is None or any(t.pos_ not in _BEFORE and t.lower_ not in {"-", "than"} for t in doc[start:head]):
        return None
    first = start
    while first < head and (doc[first].pos_ in {"DET", "NUM", "PRON"} or doc[first].lower_ in _COUNTING):
        first += 1
    last = _end(scene, head, end, _LIMITS if with_ else _LIMITS - {"with"})
    sentence = scene.sentence
    span = Span(sentence.offset + doc[first].idx, sentence.offset + doc[last].idx + len(doc[last].text))
    return Phrase(span, str(doc[first : last + 1].text), first, last)


def _end(scene: Scene, head: int, end: int, limits: frozenset[str]) -> int:
    """The last token of what limits the people: "with disabilities", "in rural areas", "living alone"."""
    doc, last = scene.sentence.tokens.doc, head
    for token in doc[head + 1 : end]:
        if (
            (token.pos_ in {"NOUN", "PROPN"} and last != head)
            or (token.i == head + 1 and token.pos_ == "NOUN")
            or token.lower_ in {"living", "alone", "aged", "affected"}
        ):
            last = token.i
        elif token.lower_ in limits and token.i == last + 1:
            following = doc[token.i + 1 : min(token.i + 4, end)]
            noun = next((t.i for t in following if t.pos_ in {"NOUN", "PROPN", "NUM"}), None)
            if noun is None or doc[noun].lower_ == "mind" or any(scene.at(t) for t in following[: noun - token.i]):
                break
            last = noun
        elif token.i > last:
            break
    return last
