"""Quotations: passages in quotation marks that are somebody's speech or writing, with who said them and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.annotate.sentence import Sentence
from kg.extract.quote_marks import Quoted, find_quoted
from kg.extract.speech import Attribution, clause_after, clause_before
from kg.extract.voices import Voices, Word, lexicon
from kg.model import Document, Entity, EntityType, Evidence, Mention, Quotation, Span

_CONFIDENCE = {
    "quote.said-subject": 0.97,
    "quote.subject-said": 0.96,
    "quote.lead-in": 0.92,
    "quote.according-to": 0.92,
    "quote.pronoun": 0.8,
    "quote.fragment": 0.75,
    "quote.continued": 0.7,
    "quote.unattributed": 0.6,
}
_ENDS = (".", "!", "?", "…", ",", "—", "–")
_SHORT = 4
_ALONE = 2
_WORDS = 3
_FRAGMENT = 6


@dataclass(frozen=True, slots=True)
class _Part:
    """A quoted stretch with the words around it: of its sentence before, of its sentence after, up to the next mark."""

    sentences: tuple[Sentence, ...]
    inner: Span
    outer: Span
    closed: bool
    text: str
    before: tuple[Word, ...]
    after: tuple[Word, ...]
    lead: Attribution | None
    trail: Attribution | None
    first: bool
    last: bool
    gap: int
    """Words (punctuation apart) between the end of ``after`` and the next mark or the paragraph's end."""

    @property
    def alone(self) -> bool:
        """Whether the paragraph is this quotation and nothing else."""
        return self.first and self.last and not self.before and not _bare(self.after) and not self.gap

    @property
    def finishes(self) -> bool:
        """Whether nothing but the attribution follows in the paragraph, or up to the next mark."""
        return not self.gap and (self.trail is not None or not _bare(self.after))


def find_quotations(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Quotation]:
    """All quotations of a document, in the order of their first words.

    ``sentences`` are the document's, in order; ``mentions`` tell whom names, pronouns and "the company" stand for.
    ``text`` joins the parts with one space; the evidence is the first part (as far as its sentence reaches).
    """
    voices = Voices(mentions)
    found: list[Quotation] = []
    for _, of_entry in groupby(sentences, key=lambda s: s.entry.span):
        blocks = [tuple(group) for _, group in groupby(of_entry, key=lambda s: s.block.span)]
        found += _of_entry(document.text, blocks, voices)
    return sorted(found, key=lambda q: q.parts)


def _of_entry(text: str, blocks: Sequence[tuple[Sentence, ...]], voices: Voices) -> Iterator[Quotation]:
    groups: list[list[_Part]] = []
    recent: _Part | None = None
    for block in blocks:
        parts = list(_parts(text, block, voices))
        for part in parts:
            if recent is not None and groups and groups[-1][-1] is recent and _continues(recent, part):
                groups[-1].append(part)
            elif _is_speech(part):
                groups.append([part])
            recent = part
        if not parts:
            recent = None
    speaker: Entity | None = None
    for group in groups:
        quotation = _quotation(text, group, blocks[0][0].entry.span, speaker, voices)
        speaker = quotation.speaker or speaker
        yield quotation


def _parts(text: str, block: tuple[Sentence, ...], voices: Voices) -> Iterator[_Part]:
    base = block[0].block.span
    quoted = find_quoted(text[base.start : base.end])
    words = [Word(t, s.span_of(t, t)) for s in block for t in s.tokens]
    for n, stretch in enumerate(quoted):
        inner, outer = _shift(stretch.inner, base.start), _shift(stretch.outer, base.start)
        previous = base.start + quoted[n - 1].outer.end if n else base.start
        following = base.start + quoted[n + 1].outer.start if n + 1 < len(quoted) else base.end
        rest = [w for w in words if w.span.start >= outer.end and w.span.end <= following]
        after = _until_terminal(rest)
        before = _since_terminal([w for w in words if w.span.start >= previous and w.span.end <= outer.start])
        gap = len(_bare(rest[len(after) :]))
        yield _part(text, block, stretch, inner, outer, before, after, n == 0, n + 1 == len(quoted), gap, voices)


def _part(
    text: str,
    block: tuple[Sentence, ...],
    stretch: Quoted,
    inner: Span,
    outer: Span,
    before: tuple[Word, ...],
    after: tuple[Word, ...],
    first: bool,
    last: bool,
    gap: int,
    voices: Voices,
) -> _Part:
    words = inner.of(text)
    trail = clause_after(after, voices, _goes_on(words, after)) if not _new_sentence(words, after) else None
    lead = clause_before(before, voices)
    if lead is None and _is_label(before):
        before = ()
    return _Part(block, inner, outer, stretch.closed, words, before, after, lead, trail, first, last, gap)


def _new_sentence(words: str, after: Sequence[Word]) -> bool:
    """Whether the words after the marks begin a sentence of their own: “… .” Then."""
    bare = _bare(after)
    return words.endswith((".", "…")) and bool(bare) and bare[0].token.text[:1].isupper() and len(bare) > 3


def _goes_on(words: str, after: Sequence[Word]) -> bool:
    """Whether the sentence goes on behind the marks: a comma ends the words, or they end and it is in lower case."""
    if words.endswith(",") or (after and after[0].token.text in (",", "—", "–")):
        return True
    bare = _bare(after)
    return words.endswith(("!", "?", "…", "—", "–")) and bool(bare) and bare[0].token.text[:1].islower()


def _is_label(before: Sequence[Word]) -> bool:
    """Whether only a label with a colon stands before the marks, as in an interview: "A: “…”"."""
    return 1 < len(before) <= 3 and before[-1].token.text == ":"


def _is_speech(part: _Part) -> bool:
    """Whether a quoted stretch is speech: told by its attribution, its place in the sentence and its length."""
    length = len(part.text.split())
    opens = not _bare(part.before)
    if opens and part.trail:
        return part.text.endswith(_ENDS) or _comma_follows(part) or length >= _FRAGMENT
    if _introduced(part):
        return length > 1 or part.text.endswith((".", "!", "?", "…"))
    if opens:
        stops = part.text.endswith((".", "!", "?", "…")) or not part.closed
        return stops and length >= _ALONE and not _is_title(part.text)
    return _is_fragment(part, length)


def _introduced(part: _Part) -> bool:
    """Whether an attribution with a comma or colon leads up to the marks and the quotation begins like a sentence."""
    ends = bool(part.before) and part.before[-1].token.text in (",", ":")
    return part.lead is not None and ends and not part.text[:1].islower()


def _is_fragment(part: _Part, length: int) -> bool:
    if not (part.lead or part.trail) or _is_title(part.text) or _is_named(part.before):
        return False
    verbal = any(t.pos_ in ("VERB", "AUX") for s in part.sentences for t in s.tokens_in(part.inner))
    told = any(a and (a.speaker or a.pronoun) for a in (part.lead, part.trail))
    return length >= _FRAGMENT or (length >= _SHORT and (verbal or told)) or (length >= _WORDS and told and _ends(part))


def _ends(part: _Part) -> bool:
    """Whether the words are the last of their sentence, which marks for irony or a name seldom are."""
    return part.text.endswith((".", "!", "?")) or not _bare(part.after)


def _is_named(before: Sequence[Word]) -> bool:
    return any(w.lower in lexicon().naming for w in before[-2:])


def _is_title(text: str) -> bool:
    long = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 3]
    return bool(long) and not re.search(r"[.!?]\s", text) and all(w[0].isupper() for w in long)


def _comma_follows(part: _Part) -> bool:
    return bool(part.after) and part.after[0].token.text in (",", "—", "–")


def _continues(earlier: _Part, later: _Part) -> bool:
    """Whether a part goes on with the quotation that the part just before it belongs to."""
    if _bare(later.before) and not earlier.finishes:
        return False
    if earlier.inner.start >= later.sentences[0].block.span.start:
        return _resumes(earlier, later)
    if not earlier.closed:
        return later.first and not _bare(later.before)
    return later.alone and earlier.last and earlier.finishes and later.text.endswith((".", "!", "?", "…"))


def _resumes(earlier: _Part, later: _Part) -> bool:
    """Within a paragraph: only an attribution stands between, and the later part has no speaker of its own."""
    if not earlier.finishes or earlier.last:
        return False
    between = earlier.after
    ended = not between or between[-1].terminal
    reports = sum(w.lower in lexicon().verbs for w in between)
    if not ended and (reports > 1 or between[-1].token.text not in (",", "—", "–")):
        return False
    return later.trail is None or later.trail.pronoun or _same_speaker(earlier, later)


def _same_speaker(earlier: _Part, later: _Part) -> bool:
    if not earlier.trail or not later.trail or later.trail.speaker is None:
        return False
    return later.trail.speaker == earlier.trail.speaker


def _quotation(text: str, group: Sequence[_Part], entry: Span, previous: Entity | None, voices: Voices) -> Quotation:
    first = group[0]
    said = next((a for part in group for a in _attributions(part) if a.speaker or a.pronoun), None)
    said = said or next((a for part in group for a in _attributions(part)), None)
    said = said or Attribution(_speaker_before(first, voices, previous, entry), "quote.unattributed")
    if said.pronoun:
        before = voices.last_person(Span(entry.start, first.outer.start))
        said = replace(said, speaker=before or previous, rule="quote.pronoun")
    rule = "quote.fragment" if _bare(first.before) and not _introduced(first) else said.rule
    evidence = _evidence(first, rule)
    parts = tuple(part.inner for part in group)
    words = " ".join(" ".join(part.text.split()) for part in group)
    return Quotation(said.speaker, words, evidence, parts, said.recipient)


def _attributions(part: _Part) -> list[Attribution]:
    """A part's attributions, likelier first: the clause before where it introduces the words, else the one after."""
    order = (part.lead, part.trail) if _introduced(part) else (part.trail, part.lead)
    return [a for a in order if a is not None]


def _speaker_before(part: _Part, voices: Voices, previous: Entity | None, entry: Span) -> Entity | None:
    """Without any attribution: who was named last in the paragraph before the marks, else who is the subject of what
    follows them, else the previous speaker, else who was named last in the entry."""
    block = part.sentences[0].block.span
    before = voices.last_person(Span(block.start, part.outer.start))
    return before or _named_after(part, voices) or previous or voices.last_person(Span(entry.start, part.outer.start))


def _named_after(part: _Part, voices: Voices) -> Entity | None:
    """The person that the next sentence begins with: “… .” Ana Example laughs."""
    bare = _bare(part.after)
    mention = voices.over(bare[0].span) if bare else None
    return mention.entity if mention and mention.entity.type is EntityType.PERSON else None


def _evidence(part: _Part, rule: str) -> Evidence:
    sentence = next((s for s in part.sentences if s.span.start <= part.inner.start < s.span.end), part.sentences[-1])
    passage = sentence.span
    span = Span(max(part.outer.start, passage.start), min(part.outer.end, passage.end))
    return Evidence(sentence.entry.key, passage, span, rule, _CONFIDENCE[rule])


def _until_terminal(words: Sequence[Word]) -> tuple[Word, ...]:
    end = next((i + 1 for i, w in enumerate(words) if w.terminal), len(words))
    return tuple(words[:end])


def _since_terminal(words: Sequence[Word]) -> tuple[Word, ...]:
    start = next((i + 1 for i in range(len(words) - 1, -1, -1) if words[i].terminal), 0)
    return tuple(words[start:])


def _bare(words: Sequence[Word]) -> list[Word]:
    return [w for w in words if not (w.token.is_punct or w.token.is_space)]


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
