"""RDF terms as values of Python, column by column, for data frames and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from pyoxigraph import Literal

from kg.ask.answer import Term, text_of
from kg.vocabulary import PREFIXES

_XSD = PREFIXES["xsd"]
_WHOLE = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
_READERS: dict[str, tuple[type, Callable[[str], Any]]] = {
    **{_XSD + name: (int, int) for name in _WHOLE},
    **{_XSD + name: (float, float) for name in ("decimal", "double", "float")},
    _XSD + "boolean": (bool, {"true": True, "1": True, "false": False, "0": False}.__getitem__),
    _XSD + "date": (date, date.fromisoformat),
    _XSD + "dateTime": (datetime, datetime.fromisoformat),
}
"""The type and the reader of each datatype that has a twin in Python."""


def typed_column(terms: Sequence[Term | None]) -> list[Any]:
    """The values of a column: of one type where all its terms are of that, else their texts; unbound is None."""
    kinds = {_kind(term) for term in terms if term is not None}
    if kinds == {int, float}:
        kinds = {float}
    kind = kinds.pop() if len(kinds) == 1 else str
    try:
        return [None if term is None else _read(term, kind) for term in terms]
    except (ValueError, KeyError, OverflowError):
        return [None if term is None else text_of(term) for term in terms]


def _kind(term: Term) -> type:
    return _READERS.get(term.datatype.value, (str, str))[0] if isinstance(term, Literal) else str


def _read(term: Term, kind: type) -> Any:
    if kind is str or not isinstance(term, Literal):
        return text_of(term)
    value = _READERS[term.datatype.value][1](term.value)
    if kind is int and not -(2**63) <= value < 2**63:
        raise OverflowError(value)
    return float(value) if kind is float else value
