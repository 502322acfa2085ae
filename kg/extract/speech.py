"""Who is said to speak: the clause beside a quotation ("said X", "X told Y:", "according to X") and its speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.voices import Voices, Word, lexicon
from kg.model import Entity, EntityType, Mention, Span

_COMMAS = frozenset({",", "—", "–", "-", ":", ";"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
_SAID = frozenset({"said", "says", "told", "added", "noted", "wrote", "explained"})
_BREAKS = frozenset({"in", "on", "during", "after", "when", "while", "before", "as", "and", "adding", "about", "last"})
_NO_SPEAKER = frozenset({EntityType.PLACE, EntityType.PRODUCT_CATEGORY, EntityType.TECHNOLOGY, EntityType.EVENT})
_LONGEST = 45
_COLON = 12
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Attribution:
    """That a clause says who speaks: ``pronoun`` where only a pronoun without a known referent does.

    ``whole`` is whether the clause is all there is between the quotation and its sentence's end.
    """

    speaker: Entity | None
    rule: str
    recipient: Entity | None = None
    pronoun: bool = False
    words: int = 0


def clause_after(words: Sequence[Word], voices: Voices, goes_on: bool = False) -> Attribution | None:
    """The attribution in the words that follow a quotation, up to their sentence's end.

    ``goes_on`` is whether the marks cannot end a sentence, so that any verb with a person reports ("she laughs").
    """
    clause = _skip(words, _COMMAS)
    if not clause:
        return None
    known = _inverted(clause, voices) or _according(clause, voices) or _direct(clause, voices)
    return known or (_any_verb(clause, voices) if goes_on else None)


def _any_verb(clause: Sequence[Word], voices: Voices) -> Attribution | None:
    """Who does whatever is said of a speaker: "she laughs", "sighs Ana Example", "was the verdict of Ana Example"."""
    verb = next((i for i, w in enumerate(clause[:_LONGEST]) if w.token.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        bare = clause[1:] if clause[0].lower.isalpha() and clause[0].lower.endswith("s") else ()
        found = voices.over(bare[0].span) if bare else None
        return Attribution(found.entity, "quote.said-subject") if found and _person_in(bare[:1], voices) else None
    subject = _trimmed(clause[:verb]) if verb else ()
    if subject and (subject[0].lower in _PRONOUNS - {"it"} or _person_in(subject, voices)):
        return _attribution(subject, "quote.subject-said", voices, len(clause))
    if subject and clause[verb].token.pos_ == "VERB" and len(subject) < _NEAR and _may_be_subject(subject):
        return _attribution(subject, "quote.subject-said", voices, len(clause))
    inverted = _noun_phrase(clause[verb + 1 :]) if not subject else ()
    if inverted and (inverted[0].lower in _PRONOUNS - {"it"} or _person_in(inverted, voices)):
        return _attribution(inverted, "quote.said-subject", voices, len(clause))
    return None


def _person_in(words: Sequence[Word], voices: Voices) -> bool:
    span = Span(words[0].span.start, words[-1].span.end)
    return any(m.entity.type is EntityType.PERSON for m in voices.within(span))


def clause_before(words: Sequence[Word], voices: Voices) -> Attribution | None:
    """The attribution in the words of the same sentence that lead up to a quotation."""
    places = [i for i, w in enumerate(words) if _speaks(w, fragment=True)]
    if places:
        return _leading(words, places[-1], voices)
    for i in range(len(words)):
        found = _according(words[i:], voices)
        if found:
            return found
    if len(words) > 2 and words[0].lower == "for" and words[-1].token.text == "," and _person_in(words, voices):
        return _attribution(words[1:-1], "quote.according-to", voices, len(words))
    return _before_colon(words, voices) if len(words) > 1 and words[-1].token.text == ":" else None


def _before_colon(words: Sequence[Word], voices: Voices) -> Attribution | None:
    """Who comes to speak in any clause that ends with a colon: "Ana Example was blunt:", "she had four words:"."""
    opening = words[0].lower in _PRONOUNS - {"it"}
    phrase = Span(words[0].span.start, words[-1].span.end)
    people = [m.entity for m in voices.within(phrase) if m.entity.type is EntityType.PERSON]
    speaker = None if opening else next(iter(people), None)
    if opening or (speaker is None and len(words) < _COLON):
        return _opt(_attribution(words[:-1], "quote.lead-in", voices, len(words)))
    return Attribution(speaker, "quote.lead-in", words=len(words)) if speaker else None


def _opt(said: Attribution) -> Attribution | None:
    return said if said.speaker or said.pronoun else None


def _inverted(clause: Sequence[Word], voices: Voices) -> Attribution | None:
    verb = next((i for i, w in enumerate(clause[:2]) if w.lower in lexicon().verbs), None)
    if verb is None or (verb == 1 and clause[0].token.pos_ != "ADV"):
        return None
    subject = _noun_phrase(clause[verb + 1 :])
    if not subject:
        return None
    return _attribution(subject, "quote.said-subject", voices, len(clause))


def _direct(clause: Sequence[Word], voices: Voices) -> Attribution | None:
    for i, word in enumerate(clause[:_LONGEST]):
        if i and _speaks(word):
            subject = _trimmed(clause[:i])
            if not subject or not _may_be_subject(subject):
                return None
            recipient = _recipient(clause, i, voices)
            return _attribution(subject, "quote.subject-said", voices, len(clause), recipient)
    return None


def _according(clause: Sequence[Word], voices: Voices) -> Attribution | None:
    for opener in lexicon().sources:
        if tuple(w.lower for w in clause[: len(opener)]) == opener and len(clause) > len(opener):
            return _attribution(_noun_phrase(clause[len(opener) :]), "quote.according-to", voices, len(clause))
    return None


def _leading(words: Sequence[Word], verb: int, voices: Voices) -> Attribution:
    """The subject of a verb before the quotation: by the parse, else the nearest name before the verb."""
    token, head = words[verb].token, words[verb].token
    if verb and words[verb - 1].lower in _PRONOUNS:
        return _attribution(words[verb - 1 : verb], "quote.lead-in", voices, len(words))
    if words[verb].lower.endswith("ing") and verb and words[verb - 1].token.text == ",":
        return _attribution((), "quote.lead-in", voices, len(words))
    inside = {w.token.i: n for n, w in enumerate(words)}
    for _ in range(4):
        subjects = [t for t in head.children if t.dep_ in ("nsubj", "nsubj:pass") and t.i in inside]
        if subjects and subjects[0].i < token.i:
            first, last = subjects[0].left_edge.i, min(subjects[0].right_edge.i, token.i - 1)
            named = [w for w in words[:verb] if first <= w.token.i <= last]
            return _attribution(named, "quote.lead-in", voices, len(words), _recipient(words, verb, voices))
        head = head.head
    phrase = _trimmed(words[:verb]) or _noun_phrase(words[verb + 1 :])
    return _attribution(phrase, "quote.lead-in", voices, len(words), _recipient(words, verb, voices))


def _attribution(
    subject: Sequence[Word], rule: str, voices: Voices, words: int, recipient: Entity | None = None
) -> Attribution:
    speaker = _speaker(subject, voices)
    pronoun = speaker is None and (not subject or subject[0].lower in _PRONOUNS or _describes_person(subject))
    return Attribution(speaker, rule, recipient if recipient != speaker else None, pronoun, words)


def _describes_person(subject: Sequence[Word]) -> bool:
    """Whether a definite description stands for somebody named before: "the founder", "the 41-year-old"."""
    core = _core(subject)
    if subject[0].lower not in ("the", "this") or len(core) < 2:
        return False
    head = next((i for i, w in enumerate(core) if w.token.pos_ == "ADP"), len(core)) - 1
    noun = core[head].lower
    return noun in lexicon().people or noun.endswith(("-old", "old", "ist", "man", "woman", "ess", "maker", "singer"))


def _speaker(subject: Sequence[Word], voices: Voices) -> Entity | None:
    """The entity that a subject names: a person in it, else what its head stands for, else whom the head speaks for."""
    if not subject:
        return None
    if subject[0].lower in _PRONOUNS:
        mention = voices.over(subject[0].span)
        return mention.entity if mention else None
    phrase = Span(subject[0].span.start, subject[-1].span.end)
    mentions = voices.within(phrase)
    core = _core(subject)
    here = Span(core[0].span.start, core[-1].span.end)
    people = [m for m in mentions if m.entity.type is EntityType.PERSON]
    near = [m for m in people if here.covers(m.evidence.span)] or [m for m in people if _follows_comma(subject, m)]
    if near:
        return near[0].entity
    for word in core:
        mention = voices.over(word.span)
        if mention and mention.entity.type not in _NO_SPEAKER:
            return mention.entity
        if word.lower in _BREAKS:
            break
    return next((p for w in core if (p := voices.person_called(w.token.text))), None)


def _follows_comma(subject: Sequence[Word], mention: Mention) -> bool:
    before = [w for w in subject if w.span.end <= mention.evidence.span.start]
    return bool(before) and before[-1].token.text == "," and sum(w.token.text == "," for w in before) == 1


def _core(subject: Sequence[Word]) -> Sequence[Word]:
    comma = next((i for i, w in enumerate(subject) if w.token.text in _COMMAS and i), len(subject))
    return subject[:comma]


def _noun_phrase(words: Sequence[Word]) -> Sequence[Word]:
    """The words of an inverted subject: up to a word that begins a circumstance."""
    end = next((i for i, w in enumerate(words) if w.lower in _BREAKS or w.terminal), len(words))
    return words[:end]


def _recipient(clause: Sequence[Word], verb: int, voices: Voices) -> Entity | None:
    if clause[verb].lower not in lexicon().addressed:
        return None
    for word in clause[verb + 1 : verb + 4]:
        mention = voices.over(word.span)
        if mention and mention.entity.type not in _NO_SPEAKER:
            return mention.entity
        if word.token.pos_ not in ("DET", "ADJ", "NOUN"):
            return None
    return None


def _speaks(word: Word, fragment: bool = False) -> bool:
    words = lexicon()
    known = word.lower in words.verbs or (fragment and word.lower in words.fragment)
    return known and (word.lower in _SAID or word.token.pos_ in ("VERB", "AUX"))


def _may_be_subject(subject: Sequence[Word]) -> bool:
    if subject[0].token.pos_ not in ("PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM", "X"):
        return False
    core = _core(subject)
    return not any(w.token.pos_ in ("VERB", "AUX") and w.token.tag_ != "VBG" for w in core[1:])


def _trimmed(words: Sequence[Word]) -> Sequence[Word]:
    """A subject without the adverbs and conjunctions before and the auxiliaries and adverbs after it."""
    start, end = 0, len(words)
    while start < end and words[start].token.pos_ in ("ADV", "CCONJ", "SCONJ", "PUNCT"):
        start += 1
    while end > start and words[end - 1].token.pos_ in ("ADV", "AUX", "PART", "PUNCT"):
        end -= 1
    return words[start:end]


def _skip(words: Sequence[Word], texts: frozenset[str]) -> Sequence[Word]:
    start = 0
    while start < len(words) and words[start].token.text in texts:
        start += 1
    return words[start:]
