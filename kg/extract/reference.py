"""What pronouns and definite descriptions stand for: "he", "the company", "the platform", "the chief executive".

A candidate is scored by type, distance in sentences, grammatical role, gender and what the text said that it is; below
a threshold nothing is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.descriptions import Key, descriptions_of, gender_of
from kg.extract.draft import Draft
from kg.extract.lexicon import Lexicon
from kg.extract.phrase import premodifiers, span_between
from kg.model import EntityType

_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_COMPANY = (EntityType.ORGANIZATION, EntityType.PLATFORM, EntityType.BRAND)
_KINDS = {
    EntityType.ORGANIZATION: _COMPANY,
    EntityType.BRAND: (EntityType.BRAND, EntityType.ORGANIZATION),
    EntityType.PLATFORM: (EntityType.PLATFORM,),
}
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_POSSESSIVES = frozenset({"’s", "'s", "’", "'"})
REACH = 6
"""How many sentences back an antecedent may stand."""
THRESHOLD = 0.35
_DESCRIBED = 0.4
"""What it counts that the text called the candidate so."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or description: its head, its first token's index, the types it may stand for, best first."""

    token: Token
    first: int
    kinds: tuple[EntityType, ...]
    reason: str
    gender: str = ""
    strict: bool = False
    """Whether only what the text called so will do."""

    @property
    def words(self) -> set[str]:
        """The words of the description."""
        return {t.lower_ for t in self.token.doc[self.first : self.token.i + 1]}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the document's entities: what they are called, and the persons' genders."""

    words: dict[Key, set[str]]
    genders: dict[Key, str]


def resolve_references(sentences: Sequence[Sentence], drafts: Sequence[Draft], lexicon: Lexicon) -> list[Draft]:
    """Mentions by pronoun and description, each with the key of the entity it stands for."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(id(draft.sentence), []).append(draft)
    words = descriptions_of(drafts, lexicon)
    people = {(d.type, d.key): d for d in drafts if d.type is EntityType.PERSON}
    known = Known(words, {k: gender_of(d, words.get(k, set()), lexicon) for k, d in people.items()})
    history: list[list[Draft]] = []
    earlier: list[Draft] = []
    found: list[Draft] = []
    entry = None
    for sentence in sentences:
        if sentence.entry is not entry:
            history, entry = [], sentence.entry
        here = sorted(by_sentence.get(id(sentence), []), key=lambda d: d.span)
        if not sentence.is_headline:
            for anaphor in _anaphors(sentence, lexicon, here):
                target = _antecedent(anaphor, here, history, earlier, known, sentence)
                if target:
                    found.append(target)
                    here = sorted([*here, target], key=lambda d: d.span)
        history = [*history[-REACH:], here]
        earlier += [d for d in here if d.name]
    return found


def _anaphors(sentence: Sentence, lexicon: Lexicon, here: Sequence[Draft]) -> Iterator[Anaphor]:
    taken = [d.span for d in here]
    for token in sentence.tokens:
        place = sentence.offset + token.idx
        if any(s.start <= place < s.end for s in taken):
            continue
        if token.lower_ in _GENDERS:
            yield Anaphor(token, token.i, (EntityType.PERSON,), "pronoun", _GENDERS[token.lower_])
        elif _is_thing_pronoun(token):
            yield Anaphor(token, token.i, _COMPANY, "pronoun-it")
        elif (
            token.pos_ in {"NOUN", "ADJ"} and token.text.islower() and (found := _description(token, sentence, lexicon))
        ):
            yield found


def _description(token: Token, sentence: Sentence, lexicon: Lexicon) -> Anaphor | None:
    """``the company``, ``the group’s payments arm``, ``the chief executive``, ``this year’s event``."""
    following = token.doc[token.i + 1] if token.i + 1 < sentence.tokens.end else None
    if following is not None and (following.text in {"-", "of"} or _is_compounded(token, following)):
        return None
    if following is not None and following.pos_ == "PROPN" and following.text[:1].isupper():
        return None
    first = premodifiers(token, sentence)
    before = token.doc[first - 1].lower_ if first > sentence.tokens.start else ""
    kind = lexicon.type_of_head("reference", token.lower_)
    lead = [t.lower_ for t in token.doc[max(sentence.tokens.start, first - 3) : first]]
    if kind is EntityType.EVENT:
        this_year = lead[-3:-1] == ["this", "year"] and before in _POSSESSIVES
        fits = (before in {"the", "this"} or this_year) and token.i - first <= 1
        return Anaphor(token, first, (kind,), "definite-description") if fits else None
    if before in _POSSESSIVES and _is_named_behind(token):
        return None
    if before in _POSSESSIVES and first < token.i and token.lower_ in lexicon.heads["role"]["nouns"]:
        return Anaphor(token, first, _COMPANY, "definite-description", strict=True)
    if before not in {"the", "this"} or token.i - first > 3:
        return None
    if kind is not None:
        return Anaphor(token, first, _KINDS.get(kind, (kind,)), "definite-description")
    person = lexicon.type_of_head("apposition", token.lower_) is EntityType.PERSON
    return Anaphor(token, first, (EntityType.PERSON,), "definite-description", strict=True) if person else None


def _is_named_behind(token: Token) -> bool:
    """Whether the name of what the noun describes follows: "Y’s used-goods marketplace, X"."""
    behind = token.doc[token.i + 1 : token.i + 3]
    return len(behind) == 2 and behind[0].text == "," and behind[1].pos_ == "PROPN" and behind[1].text[:1].isupper()


def _is_compounded(token: Token, following: Token) -> bool:
    """Whether the noun only describes the next one; the "plans" of "the company plans to" is a verb."""
    behind = token.doc[following.i + 1] if following.i + 1 < len(token.doc) else None
    return token.dep_ == "compound" and following.pos_ == "NOUN" and (behind is None or behind.lower_ != "to")


def _is_thing_pronoun(token: Token) -> bool:
    """Whether "it" acts, or "its" owns; the "it" of "it is easy to" does neither."""
    acting = token.lower_ == "it" and token.dep_ in _SUBJECTS and token.head.pos_ == "VERB"
    return acting or (token.lower_ == "its" and token.dep_ == "nmod:poss")


def _antecedent(
    anaphor: Anaphor,
    here: Sequence[Draft],
    history: Sequence[Sequence[Draft]],
    earlier: Sequence[Draft],
    known: Known,
    sentence: Sentence,
) -> Draft | None:
    place = sentence.offset + anaphor.token.idx
    best: tuple[float, Draft] | None = None
    for distance, drafts in enumerate([[d for d in here if d.span.end <= place], *reversed(history)]):
        for rank, draft in enumerate(drafts):
            if draft.type not in anaphor.kinds or (draft.sentence.is_headline and distance > 2):
                continue
            score = _score(anaphor, draft, distance, rank, known)
            if best is None or score > best[0]:
                best = score, draft
    if best is None or best[0] < THRESHOLD:
        best = _far(anaphor, earlier, known)
    if best is None:
        return None
    confidence = round(min(0.85, 0.45 + 0.3 * best[0]), 2)
    span, target, rule = span_between(sentence, anaphor.first, anaphor.token.i), best[1], f"reference.{anaphor.reason}"
    return Draft(sentence, span, target.type, target.key, "", rule, confidence, target.kind, anaphor.reason)


def _score(anaphor: Anaphor, draft: Draft, distance: int, rank: int, known: Known) -> float:
    key = draft.type, draft.key
    score = 1.0 - 0.15 * distance - 0.02 * rank
    score += 0.2 if _is_subject(draft) else 0.0
    score -= (0.1 if anaphor.reason == "pronoun-it" else 0.5) * min(1, anaphor.kinds.index(draft.type))
    score -= 0.3 if anaphor.reason == "pronoun-it" and distance > 1 else 0.0
    score -= 0.2 if anaphor.reason == "pronoun" and distance == 0 and not _is_subject(draft) else 0.0
    other = draft.rule.endswith("definite-description") and anaphor.reason == "definite-description"
    score -= 0.3 if other and distance == 0 and draft.sentence_text.casefold() not in anaphor.words else 0.0
    gender = known.genders.get(key, "")
    if anaphor.gender and gender:
        score += 0.2 if gender == anaphor.gender else -2.0
    called = anaphor.words & known.words.get(key, set())
    if anaphor.token.lower_ in called:
        score += _DESCRIBED if len(called) == len(anaphor.words) else _DESCRIBED / 2
    elif called and not anaphor.strict:
        score += _DESCRIBED * 0.75
    elif anaphor.strict:
        lone = EntityType.PERSON in anaphor.kinds and len(anaphor.words) == 1
        score -= 0.3 if lone and distance <= 1 else 2.0
    return score


def _far(anaphor: Anaphor, earlier: Sequence[Draft], known: Known) -> tuple[float, Draft] | None:
    """What the text called so pages earlier: a post or role of at least two words that only one entity has."""
    if anaphor.reason != "definite-description" or len(anaphor.words) < 2:
        return None
    owners = {
        (d.type, d.key): d
        for d in earlier
        if d.type in anaphor.kinds and anaphor.words <= known.words.get((d.type, d.key), set())
    }
    return (0.5, next(iter(owners.values()))) if len(owners) == 1 else None


def _is_subject(draft: Draft) -> bool:
    tokens = draft.sentence.tokens_in(draft.span)
    return any(t.dep_ in _SUBJECTS for t in tokens)
