"""What pronouns and definite descriptions stand for: "he", "the company", "the platform", "the gala".

A candidate is scored by type, distance in sentences and grammatical role; below a threshold nothing is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.draft import Draft
from kg.extract.lexicon import Lexicon
from kg.extract.phrase import premodifiers, span_between
from kg.model import EntityType

_PERSONAL = frozenset({"he", "she", "him", "her", "his"})
_COMPANY = (EntityType.ORGANIZATION, EntityType.PLATFORM, EntityType.BRAND)
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
REACH = 6
"""How many sentences back an antecedent may stand."""
THRESHOLD = 0.35


def resolve_references(sentences: Sequence[Sentence], drafts: Sequence[Draft], lexicon: Lexicon) -> list[Draft]:
    """Mentions by pronoun and description, each with the key of the entity it stands for."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(id(draft.sentence), []).append(draft)
    history: list[list[Draft]] = []
    found: list[Draft] = []
    entry = None
    for sentence in sentences:
        if sentence.entry is not entry:
            history, entry = [], sentence.entry
        here = sorted(by_sentence.get(id(sentence), []), key=lambda d: d.span)
        if not sentence.is_headline:
            for anaphor in _anaphors(sentence, lexicon, here):
                target = _antecedent(anaphor, here, history, sentence)
                if target:
                    found.append(target)
                    here = sorted([*here, target], key=lambda d: d.span)
        history = [*history[-REACH:], here]
    return found


Anaphor = tuple[Token, int, tuple[EntityType, ...], str]


def _anaphors(sentence: Sentence, lexicon: Lexicon, here: Sequence[Draft]) -> Iterator[Anaphor]:
    taken = [d.span for d in here]
    for token in sentence.tokens:
        place = sentence.offset + token.idx
        if any(s.start <= place < s.end for s in taken):
            continue
        if token.lower_ in _PERSONAL:
            yield token, token.i, (EntityType.PERSON,), "pronoun"
        elif _is_thing_pronoun(token):
            yield token, token.i, _COMPANY[:2], "pronoun-it"
        elif token.pos_ == "NOUN":
            kind = lexicon.type_of_head("reference", token.lower_)
            if kind is None or kind is EntityType.EVENT:
                continue
            first = premodifiers(token, sentence)
            before = token.doc[first - 1].lower_ if first > sentence.tokens.start else ""
            following = token.doc[token.i + 1].lower_ if token.i + 1 < sentence.tokens.end else ""
            if before in {"the", "this"} and following not in {"of", "-"} and token.i - first <= 2:
                yield token, first, (kind,), "definite-description"


def _is_thing_pronoun(token: Token) -> bool:
    """Whether "it" acts, or "its" owns; the "it" of "it is easy to" does neither."""
    acting = token.lower_ == "it" and token.dep_ in _SUBJECTS and token.head.pos_ == "VERB"
    return acting or (token.lower_ == "its" and token.dep_ == "nmod:poss")


def _antecedent(
    anaphor: Anaphor, here: Sequence[Draft], history: Sequence[Sequence[Draft]], sentence: Sentence
) -> Draft | None:
    token, first, kinds, reason = anaphor
    place = sentence.offset + token.idx
    best: tuple[float, Draft] | None = None
    for distance, drafts in enumerate([[d for d in here if d.span.end <= place], *reversed(history)]):
        for rank, draft in enumerate(drafts):
            if draft.type not in kinds or (draft.sentence.is_headline and distance > 2):
                continue
            score = 1.0 - 0.15 * distance - 0.02 * rank
            score += 0.2 if _is_subject(draft) else 0.0
            score -= 0.15 * kinds.index(draft.type)
            score -= 0.3 if reason == "pronoun-it" and distance > 1 else 0.0
            score -= 0.2 if reason == "pronoun" and distance == 0 and not _is_subject(draft) else 0.0
            if best is None or score > best[0]:
                best = score, draft
    if best is None or best[0] < THRESHOLD:
        return None
    confidence = round(min(0.85, 0.45 + 0.3 * best[0]), 2)
    span = span_between(sentence, first, token.i)
    return Draft(sentence, span, best[1].type, best[1].key, "", f"reference.{reason}", confidence, best[1].kind, reason)


def _is_subject(draft: Draft) -> bool:
    tokens = draft.sentence.tokens_in(draft.span)
    return any(t.dep_ in _SUBJECTS for t in tokens)
