"""What a query gives back, whichever engine answered it, and the limits that it was asked under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

Term = NamedNode | BlankNode | Literal | Triple
Answer = QuerySolutions | QueryBoolean | Iterator[Triple]
"""Solutions of SELECT, yes or no of ASK, or the triples of CONSTRUCT and DESCRIBE; read once."""

TRIPLE_COLUMNS = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use: seconds, bytes of memory and of answer, and the IRIs that SERVICE may call."""

    seconds: float = 60
    memory: int = 2 << 30
    size: int = 1 << 30
    services: frozenset[str] = field(default_factory=frozenset)


def settled(answer: Answer) -> Answer:
    """The answer with its triples in one order and once each; engines give them as they come."""
    if isinstance(answer, QuerySolutions | QueryBoolean):
        return answer
    return iter(sorted(set(answer), key=str))


def columns_of(answer: Answer) -> tuple[str, ...]:
    """The variables of solutions without question marks; the three parts of triples; none for a yes or no."""
    if isinstance(answer, QuerySolutions):
        return tuple(variable.value for variable in answer.variables)
    return () if isinstance(answer, QueryBoolean) else TRIPLE_COLUMNS


def rows_of(answer: Answer) -> Iterator[tuple[Term | None, ...]]:
    """The terms of each row in the order of the columns; unbound is None."""
    if isinstance(answer, QueryBoolean):
        return
    for row in answer:
        yield (row.subject, row.predicate, row.object) if isinstance(row, Triple) else tuple(row)


def text_of(term: Term | None) -> str:
    """A term's IRI, lexical form or ``_:label``; nothing where unbound."""
    if term is None:
        return ""
    return str(term.value) if isinstance(term, NamedNode | Literal) else str(term)
