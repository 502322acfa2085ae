"""A sentence with the mentions in it, as the relation rules see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from kg.annotate.sentence import Sentence
from kg.model import Entity, EntityType, Mention, Span

_LINKS = frozenset(
    "of in at on for with to from by that which who when while whereas before after during than over under but "
    "not against versus without".split()
)
_JOINTS = frozenset({",", "and", "&", "or", "as", "well", "then", "both"})
Types = frozenset[EntityType]
QUOTES = frozenset({"“", "”", "‘", '"'})
_INSIDE = QUOTES | {"-"}
GENITIVE = frozenset({"’s", "'s", "’", "'"})


@dataclass(frozen=True, slots=True)
class Node:
    """A mention in a sentence: its first and last token's indices and the token that governs the others."""

    mention: Mention
    first: int
    last: int
    root: Token

    @property
    def entity(self) -> Entity:
        """What is mentioned."""
        return self.mention.entity

    @property
    def type(self) -> EntityType:
        """The entity's type."""
        return self.mention.entity.type

    @property
    def span(self) -> Span:
        """The mention's place in the document."""
        return self.mention.evidence.span


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that is no mention: its place in the document, its text, its first and last token's indices."""

    span: Span
    text: str
    first: int
    last: int


Filler = Node | Phrase


@dataclass(frozen=True)
class Scene:
    """A sentence, its nodes in order, those of the entry so far, and the event that the document is about."""

    sentence: Sentence
    nodes: tuple[Node, ...]
    before: tuple[Node, ...]
    main_event: Node | None

    @cached_property
    def outer(self) -> tuple[Node, ...]:
        """The nodes that are not part of a longer one."""
        spans = {(n.first, n.last) for n in self.nodes}
        inside = {(f, e) for f, e in spans if any(a <= f and e <= b and (a, b) != (f, e) for a, b in spans)}
        return tuple(n for n in self.nodes if (n.first, n.last) not in inside)

    @cached_property
    def types(self) -> Types:
        """The types of the nodes."""
        return frozenset(n.type for n in self.nodes)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The sentence's words and lemmas in lower case."""
        return frozenset(w for t in self.sentence.tokens for w in (t.lower_, t.lemma_.casefold()))

    def token(self, i: int) -> Token | None:
        """The token with index ``i`` of the parse, if it is in this sentence."""
        inside = self.sentence.tokens.start <= i < self.sentence.tokens.end
        return self.sentence.tokens.doc[i] if inside else None

    def words(self, start: int, end: int) -> list[str]:
        """The lower-case words from index ``start`` up to ``end``."""
        return [t.lower_ for t in self.sentence.tokens.doc[max(start, self.sentence.tokens.start) : max(start, end)]]

    def at(self, token: Token) -> Node | None:
        """The node that a token belongs to."""
        return next((n for n in self.nodes if n.first <= token.i <= n.last), None)

    def name_at(self, token: Token) -> Node | None:
        """The node that a token belongs to unless it merely refers back ("the marketplace")."""
        node = self.at(token)
        return None if node is None or node.mention.evidence.rule.startswith("reference.") else node

    def of(self, *types: EntityType) -> Iterator[Node]:
        """The nodes of some types, in order."""
        return (n for n in self.nodes if n.type in types)

    def _joins(self, start: int, end: int) -> bool:
        """Whether the tokens join two members of a list; the second may be described ("and the snack maker X")."""
        tokens = list(self.sentence.tokens.doc[start:end])
        joints = [t.lower_ for t in tokens if t.lower_ in _JOINTS]
        rest = [t for t in tokens if t.lower_ not in _JOINTS]
        described = len(rest) <= 4 and not any(
            (t.pos_ in {"VERB", "AUX", "PUNCT"} and t.text not in _INSIDE) or t.lower_ in _LINKS for t in rest
        )
        return bool(joints) and tokens[0].lower_ in _JOINTS and described

    def listed(self, node: Node, types: Types = frozenset()) -> list[Node]:
        """The node and those of its type, or of the permitted ones, that are joined to it by commas and "and"."""
        out = [node]
        if node not in self.nodes:
            return out
        for following in self.nodes[self.nodes.index(node) + 1 :]:
            if following.first <= out[-1].last or (following.type is not node.type and following.type not in types):
                continue
            if not self._joins(out[-1].last + 1, following.first):
                break
            out.append(following)
        return out


def build_scenes(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Scene]:
    """The sentences with their nodes; a mention inside a longer one is kept too."""
    by_passage: dict[Span, list[Mention]] = {}
    for mention in mentions:
        by_passage.setdefault(mention.evidence.passage, []).append(mention)
    nodes = [[n for m in by_passage.get(s.span, []) if (n := _node(s, m))] for s in sentences]
    main = _main_event([n for some in nodes for n in some])
    before: list[Node] = []
    entry = ""
    for sentence, here in zip(sentences, nodes, strict=True):
        if sentence.entry.key != entry:
            before, entry = [], sentence.entry.key
        yield Scene(sentence, tuple(here), tuple(before), main)
        before += here


def _node(sentence: Sentence, mention: Mention) -> Node | None:
    tokens = sentence.tokens_in(mention.evidence.span)
    if not tokens:
        return None
    inside = {t.i for t in tokens}
    root = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])
    return Node(mention, tokens[0].i, tokens[-1].i, root)


def _main_event(nodes: Sequence[Node]) -> Node | None:
    """The first mention of the festival, or else of the fair or the like, that the document speaks of most."""
    for kinds in ({"Festival"}, {"Event", None}):
        events = [n for n in nodes if n.type is EntityType.EVENT and n.entity.kind in kinds]
        named = [n for n in events if not n.mention.evidence.rule.startswith("reference.")]
        counts = Counter(n.entity.name for n in named)
        if events:
            return max(events, key=lambda n: (counts[n.entity.name], -n.span.start))
    return None
