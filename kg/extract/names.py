"""Names in a sentence: known ones, and unknown ones from their shape (capitals, numbers, what may join them)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.annotate.sentence import Sentence
from kg.extract.lexicon import MAX_WORDS, KnownName, Lexicon, straight
from kg.extract.runs import JOINERS, NEVER, YEAR, capital_runs
from kg.model import EntityType, Span

_CALLED = frozenset({"dubbed", "called", "named", "titled", "nicknamed"})
_DEPARTMENT = frozenset(
    "consumer marketing operations strategy finance communications sales product technology affairs business".split()
)
_HALF_CAPITAL = re.compile(r"[A-Z][a-z]+-[a-z]+$")
_GENERIC_EVENTS = frozenset({"cup", "olympics", "paralympics", "games", "awards", "marathon"})
_FEATURES = frozenset("region river rainforest basin province county valley airport residents jungle".split())
_WHOLE = frozenset({EntityType.ORGANIZATION, EntityType.INITIATIVE})


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name as written: its place in the document, its tokens' indices in the parse, what the lexicon says of it."""

    sentence: Sentence
    span: Span
    first: int
    last: int
    text: str
    known: KnownName | None = None

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the name."""
        doc = self.sentence.tokens.doc
        return [doc[i] for i in range(self.first, self.last + 1)]

    def token_before(self, distance: int = 1) -> Token | None:
        """The token before the name, within its sentence."""
        i = self.first - distance
        return self.sentence.tokens.doc[i] if i >= self.sentence.tokens.start else None

    def token_behind(self, distance: int = 1) -> Token | None:
        """The token behind the name, within its sentence."""
        i = self.last + distance
        return self.sentence.tokens.doc[i] if i < self.sentence.tokens.end else None


def is_title_word(token: Token, lexicon: Lexicon) -> bool:
    """Whether a capitalised word belongs to a post ("Chief Technology Officer") and not to a name."""
    return lexicon.type_of_head("apposition", token.lower_) is EntityType.PERSON


def find_names(sentence: Sentence, lexicon: Lexicon) -> list[NameMention]:
    """The names in a sentence, longest first where they overlap; in a headline only known ones."""
    known = list(_known_names(sentence, lexicon))
    taken: set[int] = {i for m in known for i in range(m.first, m.last + 1)}
    if sentence.is_headline or is_title_case(sentence):
        return sorted(known, key=lambda m: m.first)
    found = []
    for first, last in capital_runs(sentence, lexicon):
        inside = [m for m in known if first <= m.first and m.last <= last]
        if inside and _is_whole(sentence, first, last, inside, lexicon):
            for mention in inside:
                known.remove(mention)
            if _worth(sentence.tokens.doc[first : last + 1].text, last - first + 1, lexicon):
                found.append(_mention(sentence, first, last))
            continue
        found += [_mention(sentence, a, b) for a, b in _cut(sentence, first, last, taken, lexicon)]
    return sorted(known + found, key=lambda m: m.first)


def is_title_case(sentence: Sentence) -> bool:
    """Whether nearly every longer word has a capital and no full stop ends it: a headline that is not marked as one."""
    words = [t.text for t in sentence.tokens if t.text.isalpha() and len(t.text) > 3]
    closed = sentence.tokens[-1].text in {".", "?", "!", ":", "”", '"'}
    return not closed and len(words) > 4 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _is_whole(sentence: Sentence, first: int, last: int, inside: list[NameMention], lexicon: Lexicon) -> bool:
    """Whether a run with known names inside is one longer name: its head noun, or that none inside is well known."""
    doc = sentence.tokens.doc
    if _has_title(sentence, first, last, lexicon) or any(m.first == first and m.last == last for m in inside):
        return False
    if first > sentence.tokens.start and doc[first - 1].lower_ in _CALLED:
        return True
    if not any(m.known is not None and m.known.trusted for m in inside):
        return True
    if _is_extended(sentence, first, last, inside, lexicon):
        return True
    if all(m.first > first for m in inside) and doc[first].text in lexicon.given and last - first <= 2:
        return not any(m.known is not None and " " in m.text for m in inside)
    kinds = {m.known.type for m in inside if m.known is not None}
    if (
        len(inside) == 2
        and inside[1].first - inside[0].last <= 1 + (doc[inside[0].last + 1].lower_ in {"de", "do", "of"})
        and (inside[0].first, inside[1].last) == (first, last)
    ):
        company = inside[0].known is not None and inside[0].known.type in {EntityType.ORGANIZATION, EntityType.PLATFORM}
        return company and inside[1].known is not None and inside[1].known.type is EntityType.PLACE
    if doc[last].lower_ in _GENERIC_EVENTS and kinds <= {EntityType.EVENT, EntityType.PLACE}:
        return True
    if any(m.last == last for m in inside):
        return False
    head = lexicon.type_of_head("name", doc[last].lower_)
    places = all(m.known is not None and m.known.type is EntityType.PLACE for m in inside)
    return head in _WHOLE or (places and head in {EntityType.EVENT, EntityType.PLACE})


def _is_extended(sentence: Sentence, first: int, last: int, inside: list[NameMention], lexicon: Lexicon) -> bool:
    """Whether unknown words make another thing of a known name: "Acme Plus", "Black Friday Swap", "Visit Lisbon"."""
    if len(inside) != 1 or inside[0].known is None:
        return False
    doc, known = sentence.tokens.doc, inside[0]
    if known.last == last and known.known is not None and known.known.type is EntityType.PLACE:
        opener = doc[first]
        return first > sentence.tokens.start and opener.text not in lexicon.given and opener.pos_ in {"VERB", "NOUN"}
    rest = [t for t in doc[known.last + 1 : last + 1] if t.text not in JOINERS]
    if known.first == known.last == first and doc[first].text in lexicon.given and 1 <= len(rest) <= 2:
        return not any(lexicon.type_of_head(s, rest[-1].lower_) for s in ("name", "weak"))
    if known.first != first or not rest or rest[0].text in lexicon.given or rest[0].text in lexicon.surnames:
        return False
    goods = any(lexicon.is_goods_word(t.lower_) for t in rest)
    if inside[0].known.type is EntityType.EVENT:
        return not goods and not any(t.lower_ in NEVER for t in rest)
    company = inside[0].known.type in {EntityType.ORGANIZATION, EntityType.PLATFORM, EntityType.BRAND}
    headed = any(lexicon.type_of_head(s, rest[-1].lower_) for s in ("name", "weak"))
    joined = any(t.text == "&" for t in doc[known.last + 1 : last + 1]) or rest[-1].pos_ == "NUM"
    return company and not goods and (headed or joined)


def _has_title(sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> bool:
    if lexicon.type_of_head("first", sentence.tokens.doc[first].lower_) is EntityType.PLACE:
        return False
    return any(is_title_word(sentence.tokens.doc[i], lexicon) for i in range(first, last + 1))


def _mention(sentence: Sentence, first: int, last: int, known: KnownName | None = None) -> NameMention:
    doc = sentence.tokens.doc
    last = last if known else _with_own_s(sentence, last)
    span = sentence.span_of(doc[first], doc[last])
    return NameMention(sentence, span, first, last, doc[first : last + 1].text, known)


def _with_own_s(sentence: Sentence, last: int) -> int:
    """Take ``+`` for a part of the name, and ``’s`` where nothing follows that it could own: "Marlow’s and Hess"."""
    doc, end = sentence.tokens.doc, sentence.tokens.end
    if last + 1 < end and doc[last + 1].text == "+" and not doc[last].whitespace_:
        return last + 1
    if last + 2 >= end or doc[last + 1].lower_ not in {"’s", "'s"}:
        return last
    following = doc[last + 2]
    alone = following.pos_ in {"CCONJ", "VERB", "AUX"} or following.text in {",", ")"}
    return last + 1 if alone and following.dep_ not in {"amod", "compound"} else last


def _known_names(sentence: Sentence, lexicon: Lexicon) -> Iterator[NameMention]:
    doc, i, end = sentence.tokens.doc, sentence.tokens.start, sentence.tokens.end
    while i < end:
        step = 1
        if doc[i].text[:1].isalnum() and lexicon.name_beginnings.fit(doc[i].text):
            for j in range(min(end, i + MAX_WORDS) - 1, i - 1, -1):
                known = lexicon.known(doc[i : j + 1].text)
                if known and _plausible(sentence, i, j, known):
                    if known.type is EntityType.EVENT and j + 1 < end and YEAR.match(doc[j + 1].text):
                        j += 1
                    yield _mention(sentence, i, j, known)
                    step = j - i + 1
                    break
        i += step


def _plausible(sentence: Sentence, first: int, last: int, known: KnownName) -> bool:
    doc = sentence.tokens.doc
    token = doc[first]
    if not any(c.isupper() for t in doc[first : last + 1] for c in t.text):
        return False
    if known.type is not EntityType.PLACE and _is_feature(doc, last + 1, sentence.tokens.end):
        return False
    if known.trusted:
        return len(token.text) > 2 or token.pos_ in {"PROPN", "NOUN"} or "." in token.text
    if last > first:
        return not sentence.is_headline or known.type is EntityType.PLACE
    follower = doc[last + 1] if last + 1 < sentence.tokens.end else None
    leader = doc[first - 1] if first > sentence.tokens.start else None
    in_run = any(t is not None and t.pos_ == "PROPN" and t.text[:1].isupper() for t in (follower, leader))
    if sentence.is_headline or token.pos_ != "PROPN" or (in_run and known.type is not EntityType.PLACE):
        return False
    return first != sentence.tokens.start or known.type is EntityType.PLACE


def _is_feature(doc: Doc, i: int, end: int) -> bool:
    """Whether a word follows that makes a place of any name: "the Amazon region"."""
    return i < end and doc[i].lower_ in _FEATURES


def repeated_names(sentences: Sequence[Sentence], names: Sequence[NameMention], lexicon: Lexicon) -> list[NameMention]:
    """Further mentions of the names found, where a sentence begins or a headline hides their capitals."""
    new = [n for n in names if not n.known or (n.known.type is EntityType.PLACE and not n.known.trusted)]
    texts = {n.text for n in new if len(n.text) > 3 or n.text.isupper()}
    texts -= {t for t in texts if lexicon.is_goods_word(t.casefold()) or t in lexicon.given}
    taken = {(id(n.sentence), i) for n in names for i in range(n.first, n.last + 1)}
    firsts = {t.split()[0] for t in texts}
    found: list[NameMention] = []
    for sentence in sentences:
        doc, end = sentence.tokens.doc, sentence.tokens.end
        for token in sentence.tokens if sentence.is_headline else sentence.tokens[:2]:
            if token.text not in firsts or (id(sentence), token.i) in taken:
                continue
            for last in range(min(end, token.i + MAX_WORDS) - 1, token.i - 1, -1):
                if doc[token.i : last + 1].text in texts and (id(sentence), last) not in taken:
                    found.append(_mention(sentence, token.i, last))
                    taken.update((id(sentence), i) for i in range(token.i, last + 1))
                    break
    return found


def _cut(sentence: Sentence, first: int, last: int, taken: set[int], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The pieces of a capitalised run that are neither known names nor words of a title."""
    doc = sentence.tokens.doc
    start: int | None = None
    titled = _has_title(sentence, first, last, lexicon)
    for i in range(first, last + 2):
        free = i <= last and i not in taken and not (titled and is_title_word(doc[i], lexicon))
        if free and titled and _inside_title(doc[i], lexicon, last):
            free = False
        if free and start is None and doc[i].text not in JOINERS:
            start = i
        elif not free and start is not None:
            end = i - 1
            while end > start and doc[end].text in JOINERS:
                end -= 1
            if _worth(doc[start : end + 1].text, end - start + 1, lexicon):
                yield start, end
            start = None


def _inside_title(token: Token, lexicon: Lexicon, last: int) -> bool:
    """Whether a word stands between words of a post: the "Marketing" of "Chief Marketing Officer"."""
    doc = token.doc
    before = token.i > 0 and is_title_word(doc[token.i - 1], lexicon)
    after = any(is_title_word(doc[j], lexicon) for j in range(token.i + 1, min(last, token.i + 2) + 1))
    return before and after


def _worth(text: str, words: int, lexicon: Lexicon) -> bool:
    folded = straight(text).casefold()
    if _HALF_CAPITAL.match(text) or set(folded.split()) <= _DEPARTMENT or folded.endswith("standard time"):
        return False
    if text in lexicon.demonyms or text.removesuffix("s") in lexicon.demonyms or folded in lexicon.technologies:
        return False
    return folded not in NEVER and not (words == 1 and (len(text) < 2 or YEAR.match(text) is not None))
