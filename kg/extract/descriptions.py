"""What a document says its names are: "X, the payments arm of Y" makes X a "payments arm" on every later page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.extract.draft import Draft
from kg.extract.lexicon import Lexicon
from kg.model import EntityType

_OPENERS = frozenset({",", "(", "—", "–"})
_FEMALE = frozenset("ms. mrs. ms mrs actress spokeswoman chairwoman businesswoman queen princess dame heroine".split())
_MALE = frozenset("mr. mr actor spokesman chairman businessman king prince sir hero".split())
Key = tuple[EntityType, str]


def descriptions_of(drafts: Iterable[Draft], lexicon: Lexicon) -> dict[Key, set[str]]:
    """The words that stand in apposition to, or right before, the mentions of each entity, in small letters."""
    found: dict[Key, set[str]] = {}
    for draft in drafts:
        tokens = draft.sentence.tokens_in(draft.span)
        if draft.name and tokens:
            found.setdefault((draft.type, draft.key), set()).update(t.lower_ for t in _around(draft, tokens, lexicon))
    return found


def _around(draft: Draft, tokens: list[Token], lexicon: Lexicon) -> Iterator[Token]:
    doc, start, end = tokens[0].doc, draft.sentence.tokens.start, draft.sentence.tokens.end
    last = tokens[0].i - 1
    last -= _is_introduced(doc, start, last)
    for i in range(last, max(start, last - 4) - 1, -1):
        if doc[i].pos_ not in {"NOUN", "ADJ", "PROPN"} and doc[i].text != "-":
            break
        yield doc[i]
    behind = tokens[-1].i + 1
    if behind >= end or doc[behind].text not in _OPENERS:
        return
    for token in doc[behind + 1 : min(end, behind + 10)]:
        role = token.lower_ in lexicon.heads["role"]["nouns"]
        modifies = token.dep_ in {"amod", "compound"} or token.text == "-" or role
        if token.pos_ in {"VERB", "AUX", "PUNCT", "ADP"} and not modifies:
            return
        yield token


def _is_introduced(doc: Doc, start: int, comma: int) -> bool:
    """Whether a possessed noun stands before the comma: "its logistics affiliate, X"."""
    if comma <= start or doc[comma].text != ",":
        return False
    return any(t.lower_ in {"its", "their", "’s", "'s"} for t in doc[max(start, comma - 4) : comma])


def gender_of(draft: Draft, words: set[str], lexicon: Lexicon) -> str:
    """``f`` or ``m`` by title, post or given name; empty where nothing tells."""
    if words & _FEMALE:
        return "f"
    if words & _MALE:
        return "m"
    return lexicon.given.get(draft.key.split()[0], "") if draft.key else ""
