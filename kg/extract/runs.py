"""Runs of capitalised words in a sentence: what may open one, what may join its words, where one ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.annotate.sentence import Sentence
from kg.extract.lexicon import Lexicon
from kg.model import EntityType

FESTIVAL_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}$")
YEAR = re.compile(r"(?:19|20)\d\d$")
JOINERS = frozenset(
    "of & for de la las los le du da do dos das del della di van von der den bin bint ibn al el y und - ’ ' +".split()
)
_ENGLISH = frozenset({"of", "&", "for", "-", "’", "'", "+", "la", "el"})
"""The joiners that may follow an ordinary noun."""
_LOOSE = frozenset({"a", "the", "in", "to", "on", "with", "and", "for", "your"})
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec am pm".split()
)
NEVER = frozenset(
    "i we he she it they the a an this that these those in on at by for from with but and or if when while as since "
    "gmv b2c b2b c2c smes sme ceo cfo cto cmo coo svp evp vp covid-19 covid gdp cst est pst gmt utc rmb usd us$ photo "
    "credit main content mr mr. ms ms. mrs mrs. dr dr. ip pr hr q1 q2 q3 q4 vat cny koc kol kocs kols vip ipo o2o diy "
    "sku skus ok php "
    "usd eur gbp jpy inr sgd aud cad mxn brl thb idr myr vnd krw hkd internet qr "
    "livestream livestreams pc pcs led tier gen-z esg d2c dtc roi faq".split()
)
_CAMEL = re.compile(r"(?:[a-z]{1,3}|\d{1,2})[A-Z][\w&+]*[a-z]{2}[\w&+]*$")
"""A name that begins in small letters or with a digit: ``eExample``, ``3Samples``."""
_CURRENCIES = frozenset(
    "CFA FCFA XOF XAF GHS KES NGN ZAR EGP MAD AED SAR QAR KWD BHD OMR ILS PLN CZK HUF RON SEK NOK DKK ISK CHF NZD TWD "
    "PKR BDT LKR NPR MMK KHR UAH RUB KZT CLP COP ARS UYU BOB PYG RWF TZS UGX ETB DZD TND JOD LBP IQD MNT AZN".split()
)
_FUNCTION = frozenset(
    {"DET", "ADV", "PRON", "ADP", "SCONJ", "CCONJ", "AUX", "VERB", "NUM", "INTJ", "PART", "PUNCT", "SYM"}
)
_OPENING = frozenset({"“", '"', ":", "‘", "·", "•"})
_INSTITUTIONS = frozenset({"ministry", "department", "bureau", "office", "chamber", "administration", "association"})
_TAILS = frozenset({"VIP", "IP", "TV"})
"""Abbreviations that are no names but may end one."""
_NUMBERED = frozenset({"hall", "halle", "pier", "terminal", "pavilion", "stage", "court", "gate", "dock", "studio"})
"""Places that go by a number: ``Hall 20``."""
_COMPASS = frozenset({"north", "south", "east", "west", "southeast", "latin", "central", "middle"})
_WHOLE = frozenset({EntityType.EVENT, EntityType.ORGANIZATION, EntityType.INITIATIVE})


def capital_runs(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """First and last token index (in the parse) of every run of capitalised words that may hold a name."""
    tokens = list(sentence.tokens)
    i = 0
    while i < len(tokens):
        if not _opens(tokens, i, lexicon):
            i += 1
            continue
        j = _end(tokens, i, lexicon)
        first = _after_demonym(tokens, i, j, lexicon)
        if first <= j:
            yield from _split_off_person(tokens[first].i, tokens[j].i, tokens[0].doc, lexicon)
        i = j + 1


def _is_name_word(token: Token) -> bool:
    if any(c in "$€£¥₹₩" for c in token.text):
        return False
    if not token.text[:1].isupper() and not _CAMEL.match(token.text):
        return False
    if token.lower_.rstrip(".") in _CALENDAR or token.text in _CURRENCIES:
        return False
    return token.lower_ not in NEVER


def _opens(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    token = tokens[i]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if FESTIVAL_NUMBER.match(token.text) or YEAR.match(token.text):
        return following is not None and (_is_name_word(following) or bool(FESTIVAL_NUMBER.match(following.text)))
    if not _is_name_word(token):
        return False
    if i > 0 and not (tokens[i - 1].text in _OPENING and token.pos_ != "PROPN"):
        return True
    named = following is not None and _is_name_word(following)
    if i > 0 and tokens[i - 1].text == "“" and named:
        return True
    person = lexicon.type_of_head("plural", token.lower_) is EntityType.PERSON
    if person or lexicon.type_of_head("apposition", token.lower_) or _is_common_pair(token, following, lexicon):
        return False
    if token.pos_ == "VERB" and _is_explained(tokens, i):
        return True
    if token.is_alpha and len(token.text) > 3 and not lexicon.is_word(token.lower_) and not token.text.isupper():
        return True
    if token.pos_ in _FUNCTION:
        return named and token.text in lexicon.given
    if following is not None and following.text in _ENGLISH and token.pos_ == "NOUN":
        return False
    return token.pos_ == "PROPN" or _is_shape(token.text) or (named and token.pos_ != "ADJ") or _is_explained(tokens, i)


def _is_common_pair(token: Token, following: Token | None, lexicon: Lexicon) -> bool:
    """Whether a common head noun in small letters follows: the "Toy" of "Toy company X"."""
    if following is None or following.pos_ != "NOUN" or not following.text.islower():
        return False
    if following.lower_ in lexicon.trade["heads"] and f"{token.lower_} {following.lower_}" in lexicon.products:
        return True
    return lexicon.is_goods_word(token.lower_) and lexicon.type_of_head("apposition", following.lower_) is not None


def _is_explained(tokens: Sequence[Token], i: int) -> bool:
    """Whether an apposition or another name follows: ``X, the logistics arm``, ``X and Y``."""
    rest = [t.lower_ for t in tokens[i + 1 : i + 3]]
    if tokens[i].pos_ not in {"NOUN", "VERB", "X"} or len(rest) < 2 or tokens[i].lower_.endswith(("ing", "ed")):
        return False
    listed = (
        tokens[i].pos_ == "NOUN"
        and rest[0] == "and"
        and tokens[i + 2].pos_ == "PROPN"
        and not tokens[i].lower_.endswith("s")
    )
    return listed or (rest[0] == "," and rest[1] in {"the", "a", "an", "which"})


def _is_shape(text: str) -> bool:
    """Capitals or digits inside a word, which no ordinary word has."""
    return len(text) > 2 and any(c.isupper() or c.isdigit() for c in text[1:])


def _end(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> int:
    j = i
    while True:
        step = _step(tokens, i, j, lexicon)
        if not step:
            return j
        j += step


def _step(tokens: Sequence[Token], i: int, j: int, lexicon: Lexicon) -> int:
    """By how many tokens the run from ``i`` to ``j`` goes on."""
    rest = tokens[j + 1 : j + 4]
    if not rest:
        return 0
    if rest[0].text != "’" and _continues(rest[0], rest[1] if len(rest) > 1 else None):
        return 1
    if rest[0].text in JOINERS and len(rest) > 1 and rest[0].text not in {"-"} and _is_name_word(rest[1]):
        return 0 if _is_owner_behind(tokens, i, j, lexicon) else 2
    if rest[0].text in JOINERS and len(rest) > 2 and rest[1].lower_ in JOINERS | {"the"} and _is_name_word(rest[2]):
        loose = rest[0].text in {"for", "&", "-", "’", "'"} or _is_owner_behind(tokens, i, j, lexicon)
        headed = rest[1].lower_ != "the" or lexicon.type_of_head("name", tokens[j].lower_) is not None
        return 3 if headed and not loose else 0
    if rest[0].text == "-" and len(rest) > 1 and not tokens[j].whitespace_ and not rest[0].whitespace_:
        return 2 if _is_name_word(rest[1]) or _is_asian(tokens, i, j, lexicon) else 0
    return _loose_step(tokens, i, j, lexicon)


def _is_owner_behind(tokens: Sequence[Token], i: int, j: int, lexicon: Lexicon) -> bool:
    """Whether "of" or "for" leads from an event to a company: "the Spring Sale of Acme Group"."""
    if tokens[j + 1].text not in {"of", "for"}:
        return False
    headed = any(lexicon.type_of_head(s, tokens[j].lower_) for s in ("name", "weak", "first"))
    if not headed and (j > i or i == 0):
        return True
    if lexicon.type_of_head("name", tokens[j].lower_) is EntityType.EVENT:
        return True
    known = lexicon.known(tokens[j + 2].text)
    return known is not None and known.trusted and known.type is not EntityType.PLACE


def _is_asian(tokens: Sequence[Token], i: int, j: int, lexicon: Lexicon) -> bool:
    """Whether ``Kim Seo`` goes on with ``-yeon``."""
    tail = tokens[j + 2]
    if j == i and j + 3 < len(tokens) and tail.text.islower() and tail.pos_ == "PROPN":
        return tokens[j + 3].text in lexicon.surnames
    return j > i and tokens[j - 1].text in lexicon.surnames and tail.pos_ != "VERB"


def _continues(token: Token, following: Token | None) -> bool:
    if token.text in _TAILS or _is_name_word(token) or FESTIVAL_NUMBER.match(token.text) or YEAR.match(token.text):
        return True
    if not re.fullmatch(r"\d{1,4}", token.text):
        return False
    if token.i and token.nbor(-1).lower_ in _NUMBERED:
        return True
    return following is None or (
        following.pos_ in {"PUNCT", "VERB", "AUX", "PART"} and following.text not in {"%", "-", "–"}
    )


def _loose_step(tokens: Sequence[Token], i: int, j: int, lexicon: Lexicon) -> int:
    """Go on over ``and``, ``in``, ``a`` where the whole is one name: its head noun behind says so."""
    word = tokens[j + 1].lower_
    if word not in _LOOSE or j + 2 >= len(tokens) or not _is_name_word(tokens[j + 2]):
        return 0
    end = j + 2
    while end + 1 < len(tokens) and _is_name_word(tokens[end + 1]):
        end += 1
    head = tokens[end + 1].lower_ if end + 1 < len(tokens) else ""
    kind = lexicon.type_of_head("name", tokens[end].lower_)
    if word == "and":
        institution = tokens[i].lower_ in _INSTITUTIONS and j > i
        plain = j == i and lexicon.known(tokens[i].text) is None and i > 0 and tokens[i - 1].lower_ == "the"
        numbered = bool(FESTIVAL_NUMBER.match(tokens[i].text)) and j == i + 1
        return end - j if institution or ((plain or numbered) and kind in _WHOLE and end > j + 2 - numbered) else 0
    if j != i or lexicon.known(tokens[i].text) is not None:
        return 0
    made = word == "in" and tokens[i].lower_ in {"made", "born", "designed"}
    titled = word != "in" and (head in lexicon.heads["initiative"]["strong"] or kind is EntityType.INITIATIVE)
    return end - j if made or titled else 0


def _after_demonym(tokens: Sequence[Token], i: int, j: int, lexicon: Lexicon) -> int:
    """The run's first token without "Chinese" and the like, unless the whole is the name of an event or institution."""
    kind = lexicon.type_of_head("name", tokens[j].lower_) or lexicon.type_of_head("weak", tokens[j].lower_)
    if kind in _WHOLE or lexicon.known(tokens[0].doc[tokens[i].i : tokens[j].i + 1].text):
        return i if j > i else i + (tokens[i].text in lexicon.demonyms)
    compass = tokens[i].lower_ in _COMPASS and i < j and tokens[i + 1].text in lexicon.demonyms
    i += compass
    while i <= j and tokens[i].text in lexicon.demonyms:
        i += 1
    if i == 0 and j == 2 and all(t.text[:1].isupper() for t in tokens[:3]) and _is_occupation(tokens, lexicon):
        return 1
    return i


def _is_occupation(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a word without a name's look opens the sentence before a person: "Magician Ana Example"."""
    named = tokens[1].text in lexicon.given or tokens[1].text in lexicon.surnames
    return named and tokens[0].text not in lexicon.given and tokens[0].text not in lexicon.surnames


def _split_off_person(first: int, last: int, doc: Doc, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """``Northern Luxury Division Ana Example`` is an organization and two more words."""
    middle = doc[last - 2] if last - first >= 3 and lexicon.type_of_head("name", doc[last].lower_) is None else None
    if (
        middle is not None
        and lexicon.type_of_head("name", middle.lower_) is EntityType.ORGANIZATION
        and (doc[last - 1].text not in JOINERS)
    ):
        yield first, last - 2
        yield last - 1, last
    else:
        yield first, last
