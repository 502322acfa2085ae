"""Quads as text: sorted N-Quads for machines and comparison, Turtle for reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.vocabulary import PREFIXES


def write_nquads(lines: Iterable[bytes], path: Path) -> int:
    """Write lines of N-Quads as they come; how many they are.

    Raises:
        OSError: the file cannot be written.
    """
    number = 0
    with path.open("wb") as file:
        for line in lines:
            file.write(line)
            number += 1
    return number


def parse_nquads(path: Path) -> Iterator[Quad]:
    """The quads of a file, one after the other.

    Raises:
        OSError: it cannot be read.
        SyntaxError: it is not N-Quads.
    """
    return iter(parse(path=path, format=RdfFormat.N_QUADS))


def write_turtle(triples: Iterable[Triple], path: Path, base: str) -> None:
    """Write triples in their order; ``id:`` is the base of instances.

    Raises:
        OSError: the file cannot be written.
    """
    serialize(triples, output=path, format=RdfFormat.TURTLE, prefixes={**PREFIXES, "id": base})
