"""Recurring events with editions: 11.11 and the like, Prime Day, Black Friday, and what refers back to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.draft import Draft
from kg.extract.lexicon import Lexicon, straight
from kg.extract.names import NameMention
from kg.extract.phrase import premodifiers, span_between
from kg.extract.runs import FESTIVAL_NUMBER
from kg.model import EntityType

_NUMBER = re.compile(r"(?<![\d.$€£¥])(\d{1,2})\.(\d{1,2})(?![\d.])")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_MAGNITUDE = frozenset(
    "million billion trillion percent % times points bn thousand pounds dollars yuan kg tons".split()
)
_PLAIN = frozenset(
    "global shopping festival mid year mid-year online sale sales mega mega-sale day event season carnival - "
    "extravaganza bonanza grand promotion super annual world’s world biggest the".split()
)
_EARLIER = frozenset({"last", "previous", "prior", "past"})
_SUPERLATIVE = frozenset("largest biggest annual shopping".split())


def family_of(text: str, lexicon: Lexicon) -> str | None:
    """The recurring event that a name is an edition of ("2021 11.11 Shopping Festival" → "11.11"), if it is one."""
    bare = " ".join(_YEAR.sub(" ", straight(text)).split())
    number = _NUMBER.search(bare)
    if number and is_calendar_number(number.group()):
        rest = bare.replace(number.group(), " ").split()
        return number.group() if all(w.casefold() in _PLAIN for w in rest) else None
    return lexicon.events.get(bare)


def is_calendar_number(text: str) -> bool:
    """Whether ``MM.DD`` could be a day of the year."""
    match = _NUMBER.fullmatch(text)
    return match is not None and 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 31


def find_festivals(sentences: Sequence[Sentence], names: Sequence[NameMention], lexicon: Lexicon) -> list[Draft]:
    """Every mention of a recurring event, by name, by number alone and by description."""
    drafts = [d for name in names if (d := _named(name, lexicon))]
    taken = {(id(d.sentence), d.span.start) for d in drafts}
    named = {d.key for d in drafts}
    covered = [(n.sentence, n.first, n.last) for n in names]
    for sentence in sentences:
        busy = {i for s, a, b in covered if s is sentence for i in range(a, b + 1)}
        drafts += [d for d in _bare(sentence, busy, named, lexicon) if (id(d.sentence), d.span.start) not in taken]
    main = main_family(drafts)
    if main is not None:
        spans = {(id(d.sentence), d.span) for d in drafts}
        for sentence in sentences:
            drafts += [d for d in _described(sentence, main) if (id(d.sentence), d.span) not in spans]
    return _editions(drafts)


def main_family(drafts: Sequence[Draft]) -> str | None:
    """The recurring event that a document is about: the one named most often."""
    counts = Counter(d.key for d in drafts)
    return counts.most_common(1)[0][0] if counts else None


def _named(name: NameMention, lexicon: Lexicon) -> Draft | None:
    family = family_of(name.text, lexicon)
    if family is None:
        return None
    return Draft(name.sentence, name.span, EntityType.EVENT, family, name.text, "event.recurring", 0.95, "Festival")


def _is_double(number: str) -> bool:
    """Whether month and day are alike, as sales days like to be, or it is the one in June."""
    month, day = number.split(".")
    return int(month) == int(day) or number == "6.18"


def _bare(sentence: Sentence, busy: set[int], named: set[str], lexicon: Lexicon) -> Iterator[Draft]:
    doc, end = sentence.tokens.doc, sentence.tokens.end
    skip = -1
    for token in sentence.tokens:
        if token.i in busy or token.i <= skip:
            continue
        if (
            FESTIVAL_NUMBER.match(token.text)
            and is_calendar_number(token.text)
            and (token.text in named or _is_double(token.text))
        ):
            following = doc[token.i + 1].lower_ if token.i + 1 < end else ""
            before = doc[token.i - 1] if token.i > sentence.tokens.start else None
            if following in _MAGNITUDE or (
                before is not None and (before.pos_ == "SYM" or (before.text.isupper() and len(before.text) == 3))
            ):
                continue
            span = span_between(sentence, token.i, token.i)
            yield Draft(sentence, span, EntityType.EVENT, token.text, token.text, "event.number", 0.9, "Festival")
            continue
        if not lexicon.event_beginnings.fit(token.text):
            continue
        for last in range(min(end, token.i + 4) - 1, token.i - 1, -1):
            text = doc[token.i : last + 1].text
            family = lexicon.events.get(straight(text))
            if family:
                span = span_between(sentence, token.i, last)
                yield Draft(sentence, span, EntityType.EVENT, family, text, "event.recurring", 0.95, "Festival")
                skip = last
                break


def _described(sentence: Sentence, main: str) -> Iterator[Draft]:
    for token in sentence.tokens:
        if token.lower_ not in {"festival", "event", "sale", "bonanza", "extravaganza", "mega-sale"}:
            continue
        if token.pos_ != "NOUN" and token.text.islower():
            continue
        first = premodifiers(token, sentence)
        words = {t.lower_ for t in token.doc[first : token.i + 1]}
        lead = [t.lower_ for t in token.doc[max(sentence.tokens.start, first - 6) : first]]
        while lead and lead[-1] in _SUPERLATIVE | {"ever", "most"}:
            words.add(lead.pop())
        lead = lead[-4:]
        if any(t.pos_ == "PROPN" or t.text.isdigit() for t in token.doc[first : token.i]) or _EARLIER & set(lead):
            continue
        definite = bool(lead) and lead[-1] in {"the", "this", "’s", "'s"}
        this_year = ("this" in lead and "year" in lead) or (bool(lead) and lead[-1] == "this")
        plain = token.lower_ == "festival" or bool(words & _SUPERLATIVE)
        if definite and (this_year or plain) and not _owned(token):
            span = span_between(sentence, first, token.i)
            yield Draft(
                sentence, span, EntityType.EVENT, main, "", "event.description", 0.8, "Festival", "definite-description"
            )


def _owned(token: Token) -> bool:
    owner = next((c for c in token.children if c.dep_ == "nmod:poss"), None)
    return owner is not None and owner.lower_ not in {"year", "world", "its", "company"}


def _editions(drafts: Sequence[Draft]) -> list[Draft]:
    """Tell editions apart by the year named; leave out mentions of an edition without a name of its own."""
    years = Counter(y for d in drafts for y in _YEAR.findall(d.name))
    main_year = next((y for y, _ in years.most_common(1)), None)
    out = []
    for draft in drafts:
        year = next(iter(_YEAR.findall(draft.name)), None)
        if year is not None and year != main_year:
            out.append(replace(draft, key=f"{draft.key} {year}"))
        elif not _is_earlier(draft):
            out.append(draft)
    return out


def _is_earlier(draft: Draft) -> bool:
    """Whether "last year’s" or the like stands right before."""
    before = [t.lower_ for t in draft.sentence.tokens if draft.sentence.offset + t.idx < draft.span.start][-4:]
    return bool(_EARLIER & set(before)) and ("year" in before or before[-1:] == ["previous"])
