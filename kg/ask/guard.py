"""What a query may not do, decided on its tokens before any engine sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import UsageError

LONGEST = 20_000
DEEPEST = 100
MOST_IN_A_CHAIN = 1_000
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<tag>@[A-Za-z-]+)
    |(?P<name>[\w.-]*:[\w.:%\\-]*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<open>[({\[])|(?P<close>[)}\]])
    |(?P<sign>[!+\-*/^|&=])
    |(?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"])


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query: its kind, wording and place (code points)."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(query: str) -> Iterator[Token]:
    """The query's tokens without its comments."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "comment":
            yield Token(match.lastgroup, match.group(), *match.span())


def check_query(query: str) -> None:
    """Refuse what writes, reaches out to the network, or is too large or too deep to parse safely.

    Raises:
        UsageError: the query is refused; the message says why.
    """
    if len(query.encode()) > LONGEST:
        raise UsageError(f"the query is longer than {LONGEST:,} bytes; ask for less at once")
    for text in {query, _ESCAPE.sub(_unescape, query)}:
        _check_tokens(text)


def _check_tokens(query: str) -> None:
    depth = signs = in_a_row = 0
    for token in tokens_of(query):
        word = token.text.upper() if token.kind == "word" else ""
        if word == "SERVICE":
            raise UsageError("the query calls SERVICE, and queries here reach no other server; take that part out")
        if word in _UPDATES:
            raise UsageError(f"the query says {word}, and queries here only read; 'kg build' changes a graph")
        depth += (token.kind == "open") - (token.kind == "close")
        in_a_row = in_a_row + 1 if token.kind == "sign" else 0
        signs += token.kind in {"sign", "other"}
        if depth > DEEPEST or in_a_row > DEEPEST:
            raise UsageError(f"the query is nested deeper than {DEEPEST} levels; write it flatter")
        if signs > MOST_IN_A_CHAIN:
            raise UsageError(f"the query has more than {MOST_IN_A_CHAIN:,} operators; ask for less at once")


def _unescape(match: re.Match[str]) -> str:
    number = int(match.group(1) or match.group(2), 16)
    return chr(number) if number <= 0x10FFFF else ""
