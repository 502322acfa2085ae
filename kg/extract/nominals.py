"""Things described by common nouns: kinds of goods, technologies, labels, initiatives and events without a name."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.sentence import Sentence
from kg.extract.draft import Draft
from kg.extract.goods import find_goods
from kg.extract.happenings import find_happenings
from kg.extract.initiatives import find_initiatives, find_quoted
from kg.extract.lexicon import Lexicon, straight
from kg.extract.phrase import describe, premodifiers, span_between, with_clause
from kg.model import EntityType, Span

_SINGULAR = frozenset({"algorithm", "architecture", "database", "technology"})


def find_nominals(sentence: Sentence, lexicon: Lexicon, taken: list[Span]) -> list[Draft]:
    """The described things of a sentence that are not inside a name."""
    if sentence.is_headline:
        return []
    drafts: list[Draft] = []
    for look in (find_quoted, _technologies, find_happenings, find_initiatives, _certifications, find_goods):
        for draft in look(sentence, lexicon):
            busy = [*taken, *(d.span for d in drafts)]
            if not any(_overlap(draft.span, s) for s in busy) and not _explains(draft, taken):
                drafts.append(draft)
    return drafts


def _explains(draft: Draft, taken: list[Span]) -> bool:
    """Whether an initiative's description stands right behind a name: "Box Return philanthropic program"."""
    if draft.type not in {EntityType.INITIATIVE, EntityType.EVENT}:
        return False
    text, offset = draft.sentence.tokens.doc.text, draft.sentence.offset
    between = [text[s.end - offset : draft.span.start - offset] for s in taken if s.end <= draft.span.start]
    described = {", a", ", an", ", the"} | ({""} if draft.type is EntityType.INITIATIVE else set())
    return any(gap.strip(' ”"’') in described for gap in between)


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _technologies(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    doc, end = sentence.tokens.doc, sentence.tokens.end
    for token in sentence.tokens:
        if not lexicon.technology_beginnings.fit(token.text.casefold()):
            continue
        for last in range(min(end, token.i + 4) - 1, token.i - 1, -1):
            text = doc[token.i : last + 1].text
            name = lexicon.technologies.get(straight(text).casefold())
            if name is None or (name.isupper() and not text.isupper()):
                continue
            span = span_between(sentence, token.i, last)
            yield Draft(
                sentence,
                span,
                EntityType.TECHNOLOGY,
                name.casefold(),
                text,
                "nominal.technology",
                0.75,
            )
            break
    for token in sentence.tokens:
        if (
            token.lower_ in {"algorithm", "architecture", "technology", "technologies", "database", "filters"}
            and token.pos_ == "NOUN"
        ):
            first = premodifiers(token, sentence)
            vague = token.doc[first].lower_ in {"latest", "cloud", "digital"}
            gerund = token.doc[first].pos_ == "VERB" and token.doc[first].lower_.endswith("ing")
            last = with_clause(token, sentence) if first == token.i and token.lower_ in _SINGULAR else token.i
            follower = token.doc[token.i + 1] if token.i + 1 < sentence.tokens.end else None
            if follower is not None and follower.pos_ == "NOUN":
                continue
            if last > token.i or (first < token.i and not vague and not gerund):
                yield describe(sentence, first, last, EntityType.TECHNOLOGY, "nominal.technology-head", 0.6)


def _certifications(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    for token in sentence.tokens:
        if token.lower_ in {"certification", "label", "labels", "certificate"}:
            first = premodifiers(token, sentence)
            kinds = lexicon.cues["maker"]["goods"]
            maker = any(t.lower_ in kinds or lexicon.is_goods_word(t.lower_) for t in token.doc[first : token.i])
            if first < token.i and token.doc[first].lower_ != "private" and not maker:
                yield describe(sentence, first, token.i, EntityType.CERTIFICATION, "nominal.certification", 0.6)
