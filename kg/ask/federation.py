"""Telling a server only what it is asked about: the values that a query has already found, inside its SERVICE clause.

The engine sends the pattern of a SERVICE clause as it stands, so that ``?item`` means every item of the server. For our
own queries the part outside is answered first and its values are put in: few rows travel, and large servers answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import QuerySolutions

from kg.ask.answer import Limits
from kg.ask.engine import Engine
from kg.ask.guard import Token, tokens_of


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A SERVICE clause of the outermost group: where it starts, where its own group opens, where it ends; the variable
    that it shares with what comes before it, with its question mark."""

    start: int
    inside: int
    end: int
    shared: str


def with_values(text: str, engine: Engine, limits: Limits) -> str:
    """The query with the values of the shared variable in its SERVICE clause; as it is where it has none.

    Only for a query with one such clause, in its outermost group, whose other parts do not need the clause's answer.
    """
    tokens = list(tokens_of(text))
    call = find_call(tokens)
    if call is None:
        return text
    select = next(token for token in tokens if token.text.upper() == "SELECT")
    group = next(token for token in tokens if token.text == "{")
    close = next(token for token in reversed(tokens) if token.text == "}")
    rest = f"{text[group.end : call.start]} {text[call.end : close.start]}"
    query = f"{text[: select.start]}SELECT DISTINCT {call.shared} WHERE {{ {rest} }}"
    found = engine.run(query, limits, trusted=True)
    assert isinstance(found, QuerySolutions)
    values = sorted({str(row[0]) for row in found if row[0] is not None})
    return f"{text[: call.inside]} VALUES {call.shared} {{ {' '.join(values)} }} {text[call.inside :]}"


def find_call(tokens: list[Token]) -> ServiceCall | None:
    """The SERVICE clause of the outermost group and the first variable that it shares with what is before it."""
    place = next((i for i, token in enumerate(tokens) if token.text.upper() == "SERVICE"), None)
    if place is None:
        return None
    opening = next(i for i in range(place, len(tokens)) if tokens[i].text == "{")
    closing, depth = opening, 0
    for i in range(opening, len(tokens)):
        depth += (tokens[i].text == "{") - (tokens[i].text == "}")
        if depth == 0:
            closing = i
            break
    group = next(i for i, token in enumerate(tokens) if token.text == "{")
    before = [token.text for token in tokens[group:place] if token.kind == "variable"]
    shared = [t.text for t in tokens[opening:closing] if t.kind == "variable" and t.text in before]
    if not shared:
        return None
    return ServiceCall(tokens[place].start, tokens[opening].end, tokens[closing].end, shared[0])
