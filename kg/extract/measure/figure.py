"""A quantity in its sentence, with the entities around it: what the binding rules look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.measure.clause import ancestors, antecedent, clause_of, forms, noun_phrase, subject_of
from kg.extract.measure.words import is_in
from kg.extract.quantities import Quantity
from kg.model import Entity, EntityType, Mention, Span

Subject = Entity | str
UNKNOWN = "total"
"""The subject of a figure of which nothing says whose it is."""
ACTORS = (
    EntityType.PLATFORM,
    EntityType.BRAND,
    EntityType.ORGANIZATION,
    EntityType.INITIATIVE,
    EntityType.PRODUCT_CATEGORY,
)
TOPICS = (EntityType.EVENT, EntityType.INITIATIVE, EntityType.PLATFORM, EntityType.PRODUCT_CATEGORY, EntityType.BRAND)
_SOURCE = re.compile(r"\b(?:according to|as reported by|citing)\b[^.;]*$", re.IGNORECASE)
_PERIODS = frozenset({"Festival", "SalesWindow", "PreSale"})
_REPORTING = frozenset({"PressEvent"})
_SKIPPED = (EntityType.PERSON, EntityType.PLACE, EntityType.CERTIFICATION)


@dataclass(frozen=True, slots=True)
class Binding:
    """What a figure measures; ``rule`` and ``confidence`` go into the evidence."""

    subject: Subject
    measure: str
    rule: str
    confidence: float = 0.7


@dataclass(frozen=True)
class Figure:
    """One quantity (offsets within the parsed text), its sentence, its mentions and what the text was about before it.

    ``topics`` are the entities mentioned earlier in the entry and then in the whole document, the most likely first.
    """

    quantity: Quantity
    sentence: Sentence
    mentions: tuple[Mention, ...]
    topics: tuple[Entity, ...]
    siblings: tuple[Quantity, ...]

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of the number and its unit."""
        core = self.quantity.core
        return [t for t in self.sentence.tokens if core.start < t.idx + len(t.text) and t.idx < core.end]

    @cached_property
    def anchor(self) -> Token:
        """The token by which the figure hangs in the parse."""
        inside = {t.i for t in self.tokens}
        return next((t for t in self.tokens if t.head.i not in inside or t.head.i == t.i), self.tokens[-1])

    @property
    def noun(self) -> Token | None:
        """The noun that is counted: the one the number modifies, else the first one right after it."""
        last = self.tokens[-1]
        head = self.anchor.head
        if (
            self.anchor.dep_ in ("nummod", "compound", "amod", "advmod", "nmod")
            and head.i > last.i
            and head.pos_ in ("NOUN", "PROPN")
        ):
            return self._coordinated(head)
        found = self._next_noun(last)
        return self._coordinated(found) if found is not None else None

    def _coordinated(self, noun: Token) -> Token:
        """The plural that "200 luxury and designer brands" counts, where the noun itself is only its first modifier."""
        doc, i = noun.doc, noun.i + 1
        if noun.text.endswith("s") or noun.pos_ != "NOUN" or i >= self.sentence.tokens.end or doc[i].pos_ != "CCONJ":
            return noun
        for token in doc[i + 1 : min(i + 4, self.sentence.tokens.end)]:
            if token.pos_ == "NOUN" and token.text.endswith("s"):
                return token
            if token.pos_ not in ("NOUN", "ADJ"):
                break
        return noun

    def _next_noun(self, last: Token) -> Token | None:
        found = None
        for token in self.sentence.tokens.doc[last.i + 1 : self.sentence.tokens.end]:
            if token.pos_ in ("NOUN", "PROPN"):
                found = token
            elif found is None and token.pos_ == "VERB" and token.text.endswith(("ing", "ed")):
                continue
            elif (
                token.pos_ not in ("ADJ", "PUNCT", "CCONJ", "PART")
                or (token.is_punct and token.text not in "-“”")
                or (found is not None and token.pos_ != "PUNCT")
            ):
                break
        return found

    @property
    def verb(self) -> Token:
        """The predicate of the figure's clause: the verb right before it, however it is parsed, or the parse's."""
        return self._verb_before() or clause_of(self.anchor)

    def _verb_before(self) -> Token | None:
        start = self.sentence.tokens.start
        i = next((t.i for t in self.sentence.tokens if t.idx >= self.quantity.span.start), start) - 1
        doc = self.sentence.tokens.doc
        while i > start and doc[i].pos_ in ("ADV", "DET"):
            i -= 1
        if (
            i <= start
            or doc[i].dep_ in _CLAUSE_HEADS
            or (doc[i - 1].pos_ not in ("NOUN", "PROPN", "PRON", "AUX") and i - 1 > start)
        ):
            return None
        token = doc[i]
        mistaken = token.pos_ in ("NOUN", "PROPN", "ADJ") and token.head.i >= token.i
        verbal = token.pos_ == "VERB" and token.dep_ in ("amod", "compound", "nmod", "flat", "case")
        return token if (verbal or mistaken) and is_in("amount_verbs", *forms(token)) else None

    @property
    def before(self) -> str:
        """The sentence's characters before the figure, in lower case."""
        return self.text[: self.quantity.span.start].casefold()[self.sentence.tokens[0].idx :]

    @property
    def after(self) -> str:
        """The sentence's characters after the figure and its unit."""
        last = self.sentence.tokens[-1]
        return self.text[self.quantity.core.end : last.idx + len(last.text)]

    @property
    def text(self) -> str:
        """The parsed text that the quantity's offsets count in."""
        return self.sentence.block_text

    def span(self, token: Token) -> Span:
        """A token's place in the document."""
        return self.sentence.span_of(token, token)

    def mention_at(self, token: Token) -> Entity | None:
        """The entity that the token is part of the name of."""
        place = self.span(token)
        return next((m.entity for m in self.mentions if m.evidence.span.covers(place)), None)

    def mentions_in(self, token: Token) -> Iterator[Entity]:
        """The entities named below a token of the parse, in text order."""
        places = [self.span(t) for t in token.subtree]
        for mention in self.mentions:
            if any(mention.evidence.span.covers(p) for p in places) and not self._is_source(mention):
                yield mention.entity

    def first_in(self, tokens: Sequence[Token], types: Sequence[EntityType], ranked: bool = False) -> Entity | None:
        """The first entity of these types below the tokens; ``ranked`` prefers the earlier type."""
        found = [e for t in tokens for e in self.mentions_in(t) if e.type in types]
        if ranked:
            found.sort(key=lambda e: types.index(e.type))
        return found[0] if found else None

    def topic(self, *types: EntityType) -> Subject:
        """The topic: an entity of the sentence, else of the text before, else the sentence's subject."""
        wanted = types or TOPICS
        start = self.sentence.offset + self.quantity.core.start
        told = [m for m in self.mentions if not self._is_source(m)]
        near = sorted(told, key=lambda m: abs(m.evidence.span.start - start))
        topics = [e for e in self.topics if e.kind not in _REPORTING and any(c.isalpha() for c in e.name)]
        for pool in ([m.entity for m in near if m.entity.kind not in _REPORTING], topics):
            for kind in wanted[:1], wanted:
                for entity in pool:
                    if entity.type in kind:
                        return entity
        subject = subject_of(self.verb)
        if subject is None or subject.pos_ in ("NUM", "PRON") or subject.i in {t.i for t in self.tokens}:
            return UNKNOWN
        if (counted := self.noun) is not None and (
            counted.i == subject.i or counted.i in {t.i for t in subject.subtree}
        ):
            return UNKNOWN
        return noun_phrase(subject)

    def _is_source(self, mention: Mention) -> bool:
        """Whether the mention stands in "according to ...", which says who knows the figure and not whose it is."""
        before = self.text[: mention.evidence.span.start - self.sentence.offset]
        return _SOURCE.search(before) is not None

    def occasion(self) -> Entity | None:
        """The nearest event that is no festival or sales period: of the sentence, else of the text before."""
        start = self.sentence.offset + self.quantity.core.start
        near = sorted(self.mentions, key=lambda m: abs(m.evidence.span.start - start))
        known = (*(m.entity for m in near), *self.topics)
        return next((e for e in known if e.type is EntityType.EVENT and e.kind not in _PERIODS), None)

    def named(self, token: Token) -> Subject | None:
        """The entity or noun phrase headed by a token; ``None`` for pronouns and words too general to be a subject."""
        entity = self.mention_at(token)
        if entity is not None and entity.type not in _SKIPPED:
            return entity
        if entity is None and (meant := antecedent(token)) is not None:
            return self.mention_at(meant) or noun_phrase(meant)
        if token.pos_ in ("SYM", "NUM"):
            return next((e for c in token.children if c.dep_ == "appos" and (e := self.mention_at(c))), None)
        if token.lower_ in ("those", "that") and (thing := next((c for c in token.children if c.dep_ == "nmod"), None)):
            return self.named(thing)
        if token.lower_ == "those" and any(c.dep_.startswith("acl") for c in token.children):
            return str(token.doc[token.i : token.right_edge.i + 1].text)
        if token.pos_ == "PRON" or (
            is_in("generic", *forms(token)) and not any(c.dep_ in ("compound", "nmod", "amod") for c in token.children)
        ):
            return None
        return noun_phrase(token)

    def owner(self, noun: Token) -> Subject | None:
        """Whose a measure is: "X's sales", "sales of X", "X sales"."""
        for child in sorted(noun.children, key=lambda c: _OWNING.get(c.dep_, 9)):
            if (
                child in self.tokens
                or child.dep_ not in _OWNING
                or child.pos_ in ("SYM", "NUM")
                or any(q.core.start <= child.idx < q.core.end for q in self.siblings)
                or child.ent_type_ == "DATE"
                or child.lemma_ in ("year", "month", "day", "week")
                or any(c.dep_ == "case" and c.lower_ in _NOT_OF for c in child.children)
            ):
                continue
            if (named := self.named(child)) is not None and (child.dep_ != "compound" or not isinstance(named, str)):
                return named
        return None

    def clause_words(self) -> Iterator[Token]:
        """The figure's heads up to its sentence's root."""
        yield from ancestors(self.anchor)


_CLAUSE_HEADS = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "xcomp", "conj", "parataxis", "nsubj", "obj"})
_NOT_OF = ("for", "to", "with", "against", "than", "between", "over")
_OWNING = {"nmod:poss": 0, "nmod": 1, "compound": 2, "obl": 3}
