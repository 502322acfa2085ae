"""Spools: more lines or quads than memory should hold, on disk, in order and each once (an external merge sort)."""

from __future__ import annotations

import contextlib
import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.iri import is_inferred

Item = TypeVar("Item")
_HELD = 50_000
"""Lines in memory before they go to the disk as a sorted run."""
_RUNS = 64
"""Runs before they are merged into one, so that few files are open at a time."""
_BATCH = 5_000


class LineSpool:
    """A set of lines (bytes that end in ``\\n``), iterated in byte order as often as needed.

    ``folder`` must exist; the files in it are the spool's until the caller deletes them.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._held: set[bytes] = set()
        self._runs: list[Path] = []
        self._number = 0

    def add(self, lines: Iterable[bytes]) -> None:
        """Add lines in any order; those that are there already change nothing."""
        self._held.update(lines)
        if len(self._held) >= _HELD:
            self._flush()

    def __iter__(self) -> Iterator[bytes]:
        """Every line once, in byte order; nothing may be added meanwhile."""
        if not self._runs:
            yield from sorted(self._held)
            return
        self._flush()
        yield from _merged(self._runs)

    def _flush(self) -> None:
        if self._held:
            held = sorted(self._held)
            self._held = set()
            self._write(held)
        if len(self._runs) >= _RUNS:
            old, self._runs = self._runs, []
            self._write(_merged(old))
            for path in old:
                path.unlink()

    def _write(self, lines: Iterable[bytes]) -> None:
        path = self._folder / f"{self._name}.{self._number:06}"
        self._number += 1
        with path.open("wb") as file:
            file.writelines(lines)
        self._runs.append(path)


def _merged(paths: Iterable[Path]) -> Iterator[bytes]:
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(path.open("rb")) for path in paths]
        for line, _ in groupby(heapq.merge(*files)):
            yield line


class QuadSpool:
    """A set of quads with named graphs and without blank nodes, iterated in the order of their N-Quads lines."""

    def __init__(self, folder: Path, name: str) -> None:
        self._lines = LineSpool(folder, name)

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads in any order; those that are there already change nothing."""
        for batch in _batches(quads):
            self._lines.add((serialize(batch, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))

    def lines(self) -> Iterator[bytes]:
        """The quads as N-Quads, one a line, in byte order."""
        return iter(self._lines)

    def __iter__(self) -> Iterator[Quad]:
        """The quads, equal triples (and equal subjects) one after the other."""
        return parse_lines(self.lines(), RdfFormat.N_QUADS)

    def with_predicate(self, predicate: NamedNode) -> Iterator[Quad]:
        """The quads of one predicate."""
        wanted = f" {predicate} ".encode()
        chosen = (line for line in self.lines() if wanted in line)
        return (quad for quad in parse_lines(chosen, RdfFormat.N_QUADS) if quad.predicate == predicate)

    def rewritten(self, other: QuadSpool, predicate: NamedNode, change: Callable[[Quad], Iterable[Quad]]) -> QuadSpool:
        """Put all quads into ``other``, those of one predicate changed; ``other`` is the result."""
        wanted = f" {predicate} ".encode()
        for batch in _batches(self.lines()):
            other._lines.add(line for line in batch if wanted not in line)
            affected = parse_lines((line for line in batch if wanted in line), RdfFormat.N_QUADS)
            other.add(new for quad in affected for new in (change(quad) if quad.predicate == predicate else (quad,)))
        return other

    def triples(self, spool: LineSpool, first: NamedNode) -> Iterator[Triple]:
        """The asserted triples of all graphs, each once, by subject, of each those of the predicate ``first`` first.

        Inferred ones are left out: without their graph nothing would tell them from what a source says. ``spool`` is
        an empty one to sort them in.
        """
        leading = str(first).encode()
        for batch in _batches(self.lines()):
            spool.add(_by_subject(line, leading) for line in batch if not is_inferred(line[:-3].decode()))
        plain = (b" ".join((s, p, rest)) for s, _, p, rest in (line.split(b"\x01", 3) for line in spool))
        return (quad.triple for quad in parse_lines(plain, RdfFormat.N_TRIPLES))


def _by_subject(line: bytes, leading: bytes) -> bytes:
    """A line of N-Quads as subject, whether its predicate is another, predicate, object, without the graph."""
    subject, predicate, rest = line.split(b" ", 2)
    value = rest[: rest.rindex(b" <")]
    return b"\x01".join((subject, b"0" if predicate == leading else b"1", predicate, value + b" .\n"))


def parse_lines(lines: Iterable[bytes], form: RdfFormat) -> Iterator[Quad]:
    """The quads of lines of N-Quads or N-Triples, in their order."""
    for batch in _batches(lines):
        yield from parse(input=b"".join(batch), format=form)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(islice(source, _BATCH)):
        yield batch
