"""Named entities from GUM's ``Entity=`` marks.

GUM marks every mention with its modifiers, nested (``the Afghan robotics team that …``). A recogniser of names wants
the name alone, so each mention with a proper head is cut down to its name and of nested names the outermost stays.
Marks: ``(id-type-infstat-salience-centering-minspan-link[-identity]`` opens, ``id)`` closes, both in one: ``(id-…)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from model.conllu import Sentence, Word

LABELS: Final = {
    "person": "PERSON",
    "organization": "ORG",
    "place": "PLACE",
    "event": "EVENT",
    "object": "PRODUCT",
    "time": "DATE",
    "abstract": "MISC",
}
"""GUM's entity types (those kept) and the labels of our recogniser."""

_MARK: Final = re.compile(r"\((?P<open>[^()]+)(?P<single>\))?|(?P<close>[^()]+)\)")
_CONNECTORS: Final = frozenset(
    {"of", "the", "for", "'s", "’s", "-", "–", "&", "de", "la", "del", "von", "van", "al", "/", "."}
)


@dataclass(frozen=True)
class Span:
    """Words ``start`` to ``end`` (half-open, 0-based in the sentence) that name one thing."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class _Mention:
    start: int
    end: int
    kind: str
    head: int
    identity: str


def named_spans(sentence: Sentence) -> tuple[Span, ...]:
    """Return the non-overlapping names in ``sentence``, in order; nothing for a sentence without marks."""
    spans: list[Span] = []
    for mention in _mentions(sentence.words):
        span = _name(mention, sentence.words)
        if span is not None:
            spans.append(span)
    spans.sort(key=lambda span: (span.start - span.end, span.start))
    kept: list[Span] = []
    for span in spans:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))


def _mentions(words: tuple[Word, ...]) -> Iterator[_Mention]:
    opened: dict[str, list[tuple[int, list[str]]]] = {}
    for index, word in enumerate(words):
        for mark in _MARK.finditer(word.misc.get("Entity", "")):
            if mark["open"]:
                fields = mark["open"].split("-", 7)
                if mark["single"]:
                    yield _mention(index, index + 1, fields, words)
                else:
                    opened.setdefault(fields[0], []).append((index, fields))
            elif opened.get(mark["close"]):
                start, fields = opened[mark["close"]].pop()
                yield _mention(start, index + 1, fields, words)


def _mention(start: int, end: int, fields: list[str], words: tuple[Word, ...]) -> _Mention:
    heads = [i for i in range(start, end) if words[i].head == i or not start <= words[i].head < end]
    identity = unquote(fields[7]).replace("_", " ") if len(fields) > 7 else ""
    return _Mention(start, end, fields[1], heads[0] if heads else start, identity)


def _name(mention: _Mention, words: tuple[Word, ...]) -> Span | None:
    """Return the name inside a mention, or None when its head is not a name."""
    label = LABELS.get(mention.kind)
    if label is None:
        return None
    head = words[mention.head]
    if head.upos == "PRON" or not (_namelike(head) or (label == "DATE" and head.upos == "NUM")):
        return None
    exact = _find(mention, words)
    if exact is not None:
        return Span(*exact, label)
    start = _extend(mention.head, -1, mention.start - 1, words)
    end = _extend(mention.head, 1, mention.end, words) + 1
    return Span(start, end, label)


def _namelike(word: Word) -> bool:
    capital = word.form[:1].isupper()
    return word.upos == "PROPN" or (
        capital and word.upos in {"NOUN", "ADJ", "X", "VERB"} and word.xpos.startswith("NNP")
    )


def _inner(word: Word) -> bool:
    return _namelike(word) or (word.form[:1].isupper() and word.upos in {"NOUN", "ADJ"}) or word.upos == "NUM"


def _extend(head: int, step: int, stop: int, words: tuple[Word, ...]) -> int:
    """Walk from the head towards ``stop`` (exclusive) over name words, crossing connectors only between them."""
    edge = head
    index = head + step
    while index != stop:
        if _inner(words[index]):
            edge = index
        elif words[index].form not in _CONNECTORS:
            break
        index += step
    return edge


def _find(mention: _Mention, words: tuple[Word, ...]) -> tuple[int, int] | None:
    """Find the identity's own wording inside the mention."""
    wanted = re.sub(r"\W+", "", re.sub(r" \(.*", "", mention.identity)).lower()
    if not wanted:
        return None
    for start in range(mention.start, mention.head + 1):
        for end in range(mention.head + 1, mention.end + 1):
            text = "".join(word.form for word in words[start:end])
            if re.sub(r"\W+", "", text).lower() == wanted:
                return start, end
    return None
