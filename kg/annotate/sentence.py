"""A sentence of a document, with its parse and its place."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.model import Block, BlockKind, Entry, Span

_TEXT = "kg_text"
"""Where a parse keeps its text, which spaCy puts together from the tokens each time that it is asked."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its entry and block, its parsed tokens, and ``offset``, the parsed text's place in the document.

    A token's place in the document is ``offset + token.idx`` (code points).
    """

    entry: Entry
    block: Block
    tokens: TokenSpan
    offset: int

    @property
    def span(self) -> Span:
        """The sentence's place in the document, without surrounding blanks."""
        return self.span_of(self.tokens[0], self.tokens[-1])

    @property
    def text(self) -> str:
        """The sentence's characters."""
        last = self.tokens[-1]
        return self.block_text[self.tokens[0].idx : last.idx + len(last.text)]

    @property
    def block_text(self) -> str:
        """The characters of the parsed block around the sentence; a token's ``idx`` counts in them."""
        known = self.tokens.doc.user_data
        if _TEXT not in known:
            known[_TEXT] = str(self.tokens.doc.text)
        return str(known[_TEXT])

    @property
    def is_headline(self) -> bool:
        """Whether this is (part of) a headline or a picture's title, where capitals say nothing."""
        bare = self.block.kind is BlockKind.CAPTION and self.tokens[-1].text not in {".", "!", "?", "”"}
        return self.block.kind is BlockKind.HEADLINE or bare

    def span_of(self, first: Token, last: Token) -> Span:
        """The place in the document of the tokens from ``first`` to ``last``, both included."""
        return Span(self.offset + first.idx, self.offset + last.idx + len(last.text))

    def tokens_in(self, span: Span) -> list[Token]:
        """The sentence's tokens that begin inside a span of the document."""
        return [t for t in self.tokens if span.start <= self.offset + t.idx < span.end]
