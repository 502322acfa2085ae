"""What a query may not do, decided on its tokens before any engine sees it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
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
_PLAINLY_AN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"])
_IGNORED = frozenset(["comment", None])


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


def check_query(query: str, services: Collection[str] = ()) -> None:
    """Refuse what writes, reaches out to the network, or is too large or too deep to parse safely.

    ``services`` are the IRIs that SERVICE may call, in full.

    Raises:
        UsageError: the query is refused; the message says why.
    """
    if len(query.encode(errors="surrogatepass")) > LONGEST:
        raise UsageError(f"the query is longer than {LONGEST:,} bytes; ask for less at once")
    for text in {query, _ESCAPE.sub(_unescape, query)}:
        _check_tokens(text)
        _check_services(text, services)


def _check_tokens(query: str) -> None:
    depth = signs = in_a_row = 0
    for token in tokens_of(query):
        word = token.text.upper() if token.kind == "word" else ""
        if word in _UPDATES:
            raise UsageError(f"the query says {word}, and queries here only read; 'kg build' changes a graph")
        depth += (token.kind == "open") - (token.kind == "close")
        in_a_row = in_a_row + 1 if token.kind == "sign" else 0
        signs += token.kind in {"sign", "other"}
        if depth > DEEPEST or in_a_row > DEEPEST:
            raise UsageError(f"the query is nested deeper than {DEEPEST} levels; write it flatter")
        if signs > MOST_IN_A_CHAIN:
            raise UsageError(f"the query has more than {MOST_IN_A_CHAIN:,} operators; ask for less at once")


def _check_services(query: str, allowed: Collection[str]) -> None:
    """Find SERVICE in every way that a parser without a tokenizer of its own could read the query.

    Such a parser takes ``trueSERVICE`` for two words, ``SERVICEex:x`` for a word and a name, and the ``<`` of ``1<2#>``
    for a sign that is followed by a comment; so where ``<`` need not open an IRI, both readings are followed.
    """
    for token in _every_reading(query):
        calls = token.kind in {"word", "tag"} and "SERVICE" in token.text.upper()
        if calls or (token.kind == "name" and "SERVICE" in token.text.upper().partition(":")[0]):
            _check_call(query, token, allowed)


def _check_call(query: str, token: Token, allowed: Collection[str]) -> None:
    if not allowed:
        raise UsageError(
            "the query calls SERVICE, and queries here reach no other server; "
            "take that part out, or allow the one it calls with --allow-service IRI "
            "(prefixes with 'service' in their name count as calls: rename them)"
        )
    following = (t.text for t in tokens_of(query[token.end :]) if t.text.upper() != "SILENT")
    target = next(following, "")
    if token.text.upper() != "SERVICE" or target.strip("<>") not in allowed or not target.startswith("<"):
        raise UsageError(
            f"the query calls SERVICE {target}, which is not allowed; write the address in full, as one of: "
            + ", ".join(f"<{iri}>" for iri in sorted(allowed))
        )


def _every_reading(query: str) -> Iterator[Token]:
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        place = waiting.pop()
        while (match := _TOKEN.search(query, place)) and match.start() not in seen:
            seen.add(match.start())
            if match.lastgroup == "iri" and not _PLAINLY_AN_IRI.match(match.group()):
                waiting.append(match.start() + 1)
            if match.lastgroup not in _IGNORED:
                yield Token(str(match.lastgroup), match.group(), *match.span())
            place = match.end()


def _unescape(match: re.Match[str]) -> str:
    number = int(match.group(1) or match.group(2), 16)
    return chr(number) if number <= 0x10FFFF else ""
