"""RDF terms from plain values, with the package's vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.vocabulary import ONTOLOGY, PREFIXES

_XSD = PREFIXES["xsd"]
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}

Term = NamedNode | Literal
Pairs = list[tuple[NamedNode, Term]]


def lb(local: str) -> NamedNode:
    """A term of the ontology."""
    return NamedNode(ONTOLOGY + local)


def node(curie: str) -> NamedNode:
    """A term of another vocabulary, written with a prefix of the package's map."""
    prefix, local = curie.split(":", 1)
    return NamedNode(PREFIXES[prefix] + local)


TYPE = node("rdf:type")


def typed(text: str, datatype: str) -> Literal:
    """A literal of an XML Schema datatype."""
    return Literal(text, datatype=NamedNode(_XSD + datatype))


def number(value: int) -> Literal:
    """An ``xsd:integer``."""
    return typed(str(value), "integer")


def decimal(value: Decimal | float) -> Literal:
    """An ``xsd:decimal`` in canonical form: no exponent, no trailing zeros."""
    text = format(Decimal(str(value)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return typed("0" if text in {"-0", ""} else text, "decimal")


def day(value: date) -> Literal:
    """An ``xsd:date``."""
    return typed(value.isoformat(), "date")


def moment(value: datetime) -> Literal:
    """An ``xsd:dateTime`` with the offset it was given in."""
    return typed(value.isoformat(), "dateTime")


def date_literal(text: str) -> Literal:
    """``2021``, ``2021-11`` or ``2021-11-18`` as the datatype of its precision; anything else as a plain string."""
    datatype = _DATE_TYPES.get(len(text))
    return typed(text, datatype) if datatype and text.replace("-", "").isdigit() else Literal(text)


def describe(subject: str, pairs: Pairs, graph: NamedNode) -> Iterator[Quad]:
    """The quads that say all of ``pairs`` of a subject."""
    node_ = NamedNode(subject)
    return (Quad(node_, predicate, value, graph) for predicate, value in pairs)
