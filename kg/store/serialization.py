"""Quads as text: sorted N-Quads for machines and comparison, Turtle for reading."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.assemble.terms import TYPE
from kg.iri import is_inferred
from kg.vocabulary import PREFIXES


def to_nquads(quads: Iterable[Quad]) -> bytes:
    """One quad a line, lines in code point order: the same quads give the same bytes."""
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").split(b"\n")
    return b"\n".join(sorted({line for line in lines if line})) + b"\n"


def parse_nquads(path: Path) -> set[Quad]:
    """The quads of a file.

    Raises:
        OSError: it cannot be read.
        SyntaxError: it is not N-Quads.
    """
    return set(parse(path=path, format=RdfFormat.N_QUADS))


def to_turtle(quads: Iterable[Quad], base: str) -> bytes:
    """All graphs as one, grouped by subject with the type first; ``id:`` is the base of instances.

    Inferred triples are left out: without the name of their graph nothing would tell them from what a source says.
    """
    triples = sorted({quad.triple for quad in quads if not is_inferred(str(quad.graph_name))}, key=_place)
    return serialize(triples, format=RdfFormat.TURTLE, prefixes={**PREFIXES, "id": base}) or b""


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != TYPE, str(triple.predicate), str(triple.object)
