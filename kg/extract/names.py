"""Names in a sentence: known ones, and unknown ones from their shape (capitals, numbers, what may join them)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.annotate.sentence import Sentence
from kg.extract.lexicon import MAX_WORDS, KnownName, Lexicon, straight
from kg.model import EntityType, Span

FESTIVAL_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_JOINERS = frozenset({"of", "&", "for", "de", "la", "du", "-", "’", "'", "und", "y", "+"})
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec am pm".split()
)
_CALLED = frozenset({"dubbed", "called", "named", "titled", "nicknamed"})
_DEPARTMENT = frozenset(
    "consumer marketing operations strategy finance communications sales product technology affairs business".split()
)
_HALF_CAPITAL = re.compile(r"[A-Z][a-z]+-[a-z]+$")
_FUNCTION = frozenset(
    {"DET", "ADV", "PRON", "ADP", "SCONJ", "CCONJ", "AUX", "VERB", "NUM", "INTJ", "PART", "PUNCT", "SYM"}
)
_NEVER = frozenset(
    "i we he she it they the a an this that these those in on at by for from with but and or if when while as since "
    "gmv b2c b2b c2c smes sme ceo cfo cto cmo coo svp evp vp covid-19 covid gdp cst est pst gmt utc rmb usd us$ photo "
    "credit main content mr mr. ms ms. mrs dr ip pr hr q1 q2 q3 q4 vat cny koc kol kocs kols vip ipo o2o diy skus sku "
    "ok chinese american british english french german japanese korean russian european asian italian indian spanish "
    "australian canadian brazilian african olympic internet covid".split()
)


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


def is_title_word(token: Token, lexicon: Lexicon) -> bool:
    """Whether a capitalised word belongs to a post ("Chief Technology Officer") and not to a name."""
    return lexicon.type_of_head("apposition", token.lower_) is EntityType.PERSON


def find_names(sentence: Sentence, lexicon: Lexicon) -> list[NameMention]:
    """The names in a sentence, longest first where they overlap; in a headline only known ones."""
    known = list(_known_names(sentence, lexicon))
    taken: set[int] = {i for m in known for i in range(m.first, m.last + 1)}
    if sentence.is_headline:
        return sorted(known, key=lambda m: m.first)
    found = []
    for first, last in _capital_runs(sentence, lexicon):
        inside = [m for m in known if first <= m.first and m.last <= last]
        if inside and _is_whole(sentence, first, last, inside, lexicon):
            for mention in inside:
                known.remove(mention)
            found.append(_mention(sentence, first, last))
            continue
        found += [_mention(sentence, a, b) for a, b in _cut(sentence, first, last, taken, lexicon)]
    return sorted(known + found, key=lambda m: m.first)


def _is_whole(sentence: Sentence, first: int, last: int, inside: list[NameMention], lexicon: Lexicon) -> bool:
    """Whether a run with known names inside is one longer name: its head noun or "dubbed" before it says so."""
    doc = sentence.tokens.doc
    if any(m.last == last for m in inside) or _has_title(sentence, first, last, lexicon):
        return False
    if first > sentence.tokens.start and doc[first - 1].lower_ in _CALLED:
        return True
    head = lexicon.type_of_head("name", doc[last].lower_)
    places = all(m.known is not None and m.known.type is EntityType.PLACE for m in inside)
    return head in {EntityType.ORGANIZATION, EntityType.INITIATIVE} or (head is EntityType.EVENT and places)


def _has_title(sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> bool:
    return any(is_title_word(sentence.tokens.doc[i], lexicon) for i in range(first, last + 1))


def _mention(sentence: Sentence, first: int, last: int, known: KnownName | None = None) -> NameMention:
    doc = sentence.tokens.doc
    span = sentence.span_of(doc[first], doc[last])
    return NameMention(sentence, span, first, last, doc[first : last + 1].text, known)


def _known_names(sentence: Sentence, lexicon: Lexicon) -> Iterator[NameMention]:
    doc, i, end = sentence.tokens.doc, sentence.tokens.start, sentence.tokens.end
    while i < end:
        step = 1
        if doc[i].text[:1].isupper() or doc[i].text[:1].isdigit() or doc[i].text[:1].islower():
            for j in range(min(end, i + MAX_WORDS) - 1, i - 1, -1):
                known = lexicon.known(doc[i : j + 1].text)
                if known and _plausible(sentence, i, j, known):
                    if known.type is EntityType.EVENT and j + 1 < end and _YEAR.match(doc[j + 1].text):
                        j += 1
                    yield _mention(sentence, i, j, known)
                    step = j - i + 1
                    break
        i += step


def _plausible(sentence: Sentence, first: int, last: int, known: KnownName) -> bool:
    doc = sentence.tokens.doc
    token = doc[first]
    if not any(t.text[:1].isupper() for t in doc[first : last + 1]):
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


def _capital_runs(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    tokens = list(sentence.tokens)
    i = 0
    while i < len(tokens):
        if not _opens(tokens, i):
            i += 1
            continue
        j = i
        while j + 1 < len(tokens):
            if _continues(tokens[j + 1]) and tokens[j + 1].text != "’":
                j += 1
            elif (
                tokens[j + 1].text in _JOINERS
                and j + 2 < len(tokens)
                and _continues(tokens[j + 2])
                and _is_name_word(tokens[j + 2])
            ):
                j += 2
            else:
                break
        yield from _split_off_person(tokens[i].i, tokens[j].i, tokens[0].doc, lexicon)
        i = j + 1


def _split_off_person(first: int, last: int, doc: Doc, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """``Northern Luxury Division Ana Example`` is an organization and two more words."""
    middle = doc[last - 2] if last - first >= 3 else None
    if middle is not None and lexicon.type_of_head("name", middle.lower_) is EntityType.ORGANIZATION:
        yield first, last - 2
        yield last - 1, last
    else:
        yield first, last


def _is_name_word(token: Token) -> bool:
    return token.text[:1].isupper() and token.lower_.rstrip(".") not in _CALENDAR and token.lower_ not in _NEVER


def _opens(tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    if FESTIVAL_NUMBER.match(token.text) or _YEAR.match(token.text):
        return i + 1 < len(tokens) and _is_name_word(tokens[i + 1])
    if not _is_name_word(token):
        return False
    first_word = i == 0 or (tokens[i - 1].text in {"“", '"', ":", "‘"} and token.pos_ != "PROPN")
    if not first_word:
        return True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if i > 0 and tokens[i - 1].text == "“" and following is not None and _is_name_word(following):
        return True
    if token.pos_ in _FUNCTION:
        return False
    return token.pos_ == "PROPN" or (following is not None and _is_name_word(following) and token.pos_ != "ADJ")


def _continues(token: Token) -> bool:
    return (
        _is_name_word(token) or bool(FESTIVAL_NUMBER.match(token.text)) or bool(_YEAR.match(token.text) and token.i > 0)
    )


def _cut(sentence: Sentence, first: int, last: int, taken: set[int], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The pieces of a capitalised run that are neither known names nor words of a title."""
    doc = sentence.tokens.doc
    start: int | None = None
    titled = any(is_title_word(doc[i], lexicon) for i in range(first, last + 1))
    for i in range(first, last + 2):
        free = i <= last and i not in taken and not is_title_word(doc[i], lexicon)
        if free and titled and _inside_title(doc[i], lexicon, last):
            free = False
        if free and start is None and doc[i].text not in _JOINERS:
            start = i
        elif not free and start is not None:
            end = i - 1
            while end > start and doc[end].text in _JOINERS:
                end -= 1
            if _worth(doc[start : end + 1].text, end - start + 1):
                yield start, end
            start = None


def _inside_title(token: Token, lexicon: Lexicon, last: int) -> bool:
    """Whether a word stands between words of a post: the "Marketing" of "Chief Marketing Officer"."""
    doc = token.doc
    before = token.i > 0 and is_title_word(doc[token.i - 1], lexicon)
    after = any(is_title_word(doc[j], lexicon) for j in range(token.i + 1, min(last, token.i + 2) + 1))
    return before and after


def _worth(text: str, words: int) -> bool:
    folded = straight(text).casefold()
    if _HALF_CAPITAL.match(text) or set(folded.split()) <= _DEPARTMENT or folded.endswith("standard time"):
        return False
    return folded not in _NEVER and not (words == 1 and (len(text) < 2 or _YEAR.match(text) is not None))
