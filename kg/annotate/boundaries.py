"""Where a sentence cannot begin in edited text, told to the parser beforehand.

The parser learned boundaries on treebanks full of chats and e-mails without full stops; in the press a sentence
begins behind a mark or on a new line, and a quotation mark stands with the words that it opens or closes.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

NAME = "kg_sentence_boundaries"
_MARKS = frozenset({".", "!", "?", "…", ":", ";", ")", "]", "”", '"', "’", "'", "—", "–", "-", "•", "*", "|", "/"})
_QUOTES = frozenset({'"', "“", "”", "‘", "’", "'", "``", "''"})
_OPENING = frozenset({"“", "‘", "``", "(", "["})
_CLOSING = frozenset({"”", "''", ")", "]"})


@Language.component(NAME)
def keep_together(doc: Doc) -> Doc:
    """Mark the tokens that no sentence begins with; the parser decides about the others."""
    for i in range(1, len(doc)):
        if not _may_begin(doc[i - 1], doc[i]):
            doc[i].is_sent_start = False
    return doc


def _may_begin(before: Token, token: Token) -> bool:
    if "\n" in before.text:
        return True
    if before.is_space or token.is_space:
        return before.is_space and (before.i == 0 or _may_begin(before.nbor(-1), token))
    if _opens(before) or _closes(token):
        return False
    return before.text[-1] in _MARKS


def _opens(token: Token) -> bool:
    """Whether a mark belongs to the words behind it."""
    if token.text in _OPENING:
        return True
    spaced = token.i == 0 or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space
    return token.text in _QUOTES - _CLOSING and spaced and not token.whitespace_


def _closes(token: Token) -> bool:
    """Whether a mark belongs to the words before it."""
    return token.text in _CLOSING or (
        token.text in _QUOTES and not token.nbor(-1).whitespace_ and not token.nbor(-1).is_space
    )
