"""Things described by common nouns: kinds of goods, technologies, labels, initiatives and events without a name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.draft import Draft
from kg.extract.lexicon import Lexicon, straight
from kg.extract.phrase import phrase_text, premodifiers, span_between, with_complement
from kg.model import EntityType, Span

_KEEP = frozenset({"first", "second", "third", "dedicated", "official", "special", "last"})
_OPEN, _CLOSE = '“"‘', '”"’'


def find_nominals(sentence: Sentence, lexicon: Lexicon, taken: list[Span]) -> list[Draft]:
    """The described things of a sentence that are not inside a name."""
    if sentence.is_headline:
        return []
    drafts: list[Draft] = []
    for look in (_quoted, _technologies, _events, _initiatives, _certifications, _goods):
        for draft in look(sentence, lexicon):
            if not any(_overlap(draft.span, s) for s in taken) and not any(
                _overlap(draft.span, d.span) for d in drafts
            ):
                drafts.append(draft)
    return drafts


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _draft(
    sentence: Sentence,
    first: int,
    last: int,
    kind: EntityType,
    rule: str,
    confidence: float,
    subclass: str | None = None,
) -> Draft:
    text = straight(phrase_text(first, last, sentence.tokens.doc[first]))
    name = phrase_text(first, last, sentence.tokens.doc[first])
    return Draft(sentence, span_between(sentence, first, last), kind, text.casefold(), name, rule, confidence, subclass)


def _goods(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    for token in sentence.tokens:
        if token.pos_ not in {"NOUN", "PROPN"} or not _is_goods(token, lexicon):
            continue
        follower = token.doc[token.i + 1] if token.i + 1 < sentence.tokens.end else None
        if follower is not None and (follower.pos_ in {"NOUN", "PROPN"} or follower.text == "-"):
            continue
        first = premodifiers(token, sentence)
        yield _draft(sentence, first, token.i, EntityType.PRODUCT_CATEGORY, "nominal.goods", 0.7)


def _is_goods(token: Token, lexicon: Lexicon) -> bool:
    pair = f"{token.doc[token.i - 1].lower_} {token.lower_}" if token.i else token.lower_
    return token.lower_ in lexicon.products or pair in lexicon.products


def _technologies(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    doc, end = sentence.tokens.doc, sentence.tokens.end
    for token in sentence.tokens:
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
                name if name.isupper() else text,
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
            if first < token.i and token.doc[first].lower_ not in {"latest", "cloud", "digital"}:
                yield _draft(sentence, first, token.i, EntityType.TECHNOLOGY, "nominal.technology-head", 0.6)


def _certifications(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    for token in sentence.tokens:
        if token.lower_ in {"certification", "label", "labels", "certificate"}:
            first = premodifiers(token, sentence)
            if first < token.i and token.doc[first].lower_ != "private":
                yield _draft(sentence, first, token.i, EntityType.CERTIFICATION, "nominal.certification", 0.6)


def _events(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    for token in sentence.tokens:
        kind = next((k for k, words in lexicon.heads["event"].items() if token.lower_ in words), None)
        if kind is None or token.pos_ not in {"NOUN", "PROPN", "ADJ"} or _modifies(token, sentence):
            continue
        first = premodifiers(token, sentence, _KEEP)
        if kind in {"SalesWindow", "Event", "PressEvent"} and not _is_event(token, kind, first):
            continue
        last = with_complement(token, sentence, frozenset({"with"}), 6) if kind == "PressEvent" else token.i
        if _describes_event(token, kind):
            yield _draft(sentence, first, last, EntityType.EVENT, f"nominal.{kind.casefold()}", 0.65, kind)


def _describes_event(token: Token, kind: str) -> bool:
    return kind != "Gala" or token.lower_ != "show" or any(c.dep_ == "compound" for c in token.children)


def _is_event(token: Token, kind: str, first: int) -> bool:
    words = {t.lower_ for t in token.doc[first : token.i]}
    if kind == "SalesWindow":
        return bool(words & {"sales", "sale", "shopping"})
    if kind == "PressEvent":
        return (
            bool(words & {"press", "media", "panel", "sharing", "news", "international", "livestreamed"})
            or token.lower_ == "panel"
        )
    return first < token.i and token.lower_ != "launch" and token.lower_ != "livestream"


def _initiatives(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    lists = lexicon.heads["initiative"]
    for token in sentence.tokens:
        gerund = token.lower_.endswith("ing") and token.dep_ == "obj"
        if (
            token.lower_ not in lists["heads"]
            or not (token.pos_ in {"NOUN", "PROPN"} or gerund)
            or _modifies(token, sentence)
        ):
            continue
        strong = token.lower_ in lists["strong"]
        if _after_name(token, sentence):
            continue
        first = premodifiers(token, sentence, _KEEP)
        if first == token.i and not strong:
            continue
        launched = _governor(token).lemma_.casefold() in lists["verbs"] and _role(token) in {
            "obj",
            "nsubj:pass",
            "conj",
        }
        last = with_complement(token, sentence, frozenset({"for"})) if strong else token.i
        if launched or (strong and (first < token.i or last > token.i)):
            confidence = 0.7 if launched and strong else 0.55
            yield _draft(sentence, first, last, EntityType.INITIATIVE, "nominal.initiative", confidence)


def _modifies(token: Token, sentence: Sentence) -> bool:
    """Whether the noun belongs to the next one ("gala gowns"), or a name follows ("a gala dubbed X")."""
    follower = token.doc[token.i + 1] if token.i + 1 < sentence.tokens.end else None
    return follower is not None and (follower.pos_ in {"NOUN", "PROPN"} or follower.lower_ in {"dubbed", "called"})


def _after_name(token: Token, sentence: Sentence) -> bool:
    """Whether a capitalised name or a closing quotation mark stands right before the description."""
    before = token.doc[premodifiers(token, sentence) - 1] if token.i > sentence.tokens.start else None
    near = token.doc[token.i - 1] if token.i > sentence.tokens.start else None
    return any(t is not None and (t.text == "”" or t.pos_ == "PROPN") for t in (before, near))


def _role(token: Token) -> str:
    return str(_first_of_list(token).dep_)


def _governor(token: Token) -> Token:
    return _first_of_list(token).head


def _first_of_list(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def _quoted(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """``a “Box Return” service``, ``the “Senior Mode” feature``: a name in quotation marks with a head noun behind."""
    doc, end = sentence.tokens.doc, sentence.tokens.end
    heads = {w for words in (lexicon.heads["initiative"]["heads"], lexicon.heads["name"]["Initiative"]) for w in words}
    for token in sentence.tokens:
        if token.text not in {"“", '"'}:
            continue
        close = next((t for t in doc[token.i + 1 : min(end, token.i + 8)] if t.text in {"”", '"'}), None)
        if close is None or close.i - token.i < 2 or doc[close.i - 1].text in {",", "."}:
            continue
        after = doc[close.i + 1].lower_ if close.i + 1 < end else ""
        inner = doc[close.i - 1].lower_
        capital = all(
            t.text[:1].isupper() for t in doc[token.i + 1 : close.i] if t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}
        )
        if after in heads or (inner in heads and (capital or inner in {"mode", "sharing", "program"})):
            yield _draft(sentence, token.i + 1, close.i - 1, EntityType.INITIATIVE, "nominal.quoted", 0.8)
