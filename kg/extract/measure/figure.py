"""A quantity in its sentence, with the entities around it: what the binding rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.extract.measure.clause import ancestors, clause_of, forms, noun_phrase, subject_of
from kg.extract.measure.words import is_in
from kg.extract.quantities import Quantity
from kg.model import Entity, EntityType, Mention, Span

Subject = Entity | str
ACTORS = (
    EntityType.PLATFORM,
    EntityType.BRAND,
    EntityType.ORGANIZATION,
    EntityType.INITIATIVE,
    EntityType.PRODUCT_CATEGORY,
)
TOPICS = (EntityType.EVENT, EntityType.INITIATIVE, EntityType.PLATFORM, EntityType.PRODUCT_CATEGORY, EntityType.BRAND)
_SKIPPED = (EntityType.PERSON, EntityType.PLACE, EntityType.CERTIFICATION)


@dataclass(frozen=True, slots=True)
class Binding:
    """What a figure measures; ``rule`` and ``confidence`` go into the evidence."""

    subject: Subject
    measure: str
    rule: str
    confidence: float = 0.7


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity (offsets within the parsed text), its sentence, its mentions and what the text was about before it.

    ``topics`` are the entities mentioned earlier in the entry and then in the whole document, the most likely first.
    """

    quantity: Quantity
    sentence: Sentence
    mentions: tuple[Mention, ...]
    topics: tuple[Entity, ...]
    siblings: tuple[Quantity, ...]

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the number and its unit."""
        core = self.quantity.core
        return [t for t in self.sentence.tokens if core.start < t.idx + len(t.text) and t.idx < core.end]

    @property
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
            return head
        return self._next_noun(last)

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
        """The predicate of the figure's clause."""
        return clause_of(self.anchor)

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
        return str(self.sentence.tokens.doc.text)

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
            if any(mention.evidence.span.covers(p) for p in places):
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
        near = sorted(self.mentions, key=lambda m: abs(m.evidence.span.start - start))
        for pool in ([m.entity for m in near], self.topics):
            for kind in wanted[:1], wanted:
                for entity in pool:
                    if entity.type in kind:
                        return entity
        subject = subject_of(self.verb)
        return noun_phrase(subject) if subject is not None else "total"

    def named(self, token: Token) -> Subject | None:
        """The entity or noun phrase headed by a token; ``None`` for pronouns and words too general to be a subject."""
        entity = self.mention_at(token)
        if entity is not None and entity.type not in _SKIPPED:
            return entity
        if token.pos_ == "PRON" or (
            is_in("generic", *forms(token)) and not any(c.dep_ in ("compound", "nmod") for c in token.children)
        ):
            return None
        return noun_phrase(token)

    def owner(self, noun: Token) -> Subject | None:
        """Whose a measure is: "X's sales", "sales of X", "X sales"."""
        for child in sorted(noun.children, key=lambda c: _OWNING.get(c.dep_, 9)):
            if (
                child in self.tokens
                or child.dep_ not in _OWNING
                or child.ent_type_ == "DATE"
                or child.lemma_ in ("year", "month", "day", "week")
            ):
                continue
            if (named := self.named(child)) is not None and (child.dep_ != "compound" or not isinstance(named, str)):
                return named
        return None

    def clause_words(self) -> Iterator[Token]:
        """The figure's heads up to its sentence's root."""
        yield from ancestors(self.anchor)


_OWNING = {"nmod:poss": 0, "nmod": 1, "acl": 9, "compound": 2}
