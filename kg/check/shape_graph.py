"""A graph of shapes, asked the few things the reader of shapes wants to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.check.shape import RDF, SH, Node, ShapeError, Term


class ShapeGraph:
    """Triples of one or more shapes files. Blank nodes of different files stay apart."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def of_files(cls, paths: Iterable[Path]) -> ShapeGraph:
        """Reads Turtle files; raises :class:`ShapeError` naming the file that cannot be read."""
        store = ox.Store()
        for path in paths:
            try:
                store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.absolute().as_uri())
            except (OSError, SyntaxError) as error:
                raise ShapeError(f"{path}: not a readable Turtle file ({error})") from error
        return cls(store)

    def objects(self, node: Node, predicate: str) -> list[Term]:
        """The objects of a property given by its IRI, sorted."""
        quads = self._store.quads_for_pattern(node, NamedNode(predicate), None)
        return sorted((q.object for q in quads), key=str)

    def values(self, node: Node, name: str) -> list[Term]:
        """The objects of a property of the SHACL namespace, sorted."""
        return self.objects(node, SH + name)

    def nodes(self, node: Node, name: str) -> list[Node]:
        """The objects of a SHACL property that are IRIs or blank nodes."""
        return [v for v in self.values(node, name) if isinstance(v, NamedNode | BlankNode)]

    def one(self, node: Node, name: str) -> Term | None:
        """The only object of a SHACL property, if any; raises :class:`ShapeError` for a second one."""
        values = self.values(node, name)
        if len(values) > 1:
            raise ShapeError(f"shape {node}: sh:{name} is given {len(values)} times, at most one is allowed")
        return values[0] if values else None

    def text(self, node: Node, name: str) -> str | None:
        """The literal of a SHACL property as a string; of several (languages) the first."""
        literals = [v.value for v in self.values(node, name) if isinstance(v, Literal)]
        return literals[0] if literals else None

    def flag(self, node: Node, name: str) -> bool:
        """Whether a boolean SHACL property is true."""
        return self.text(node, name) in ("true", "1")

    def members(self, head: Node) -> Iterator[Term]:
        """The members of an RDF list."""
        node: Term = head
        while node != NamedNode(RDF + "nil"):
            if not isinstance(node, NamedNode | BlankNode) or not self.objects(node, RDF + "first"):
                raise ShapeError(f"{head} is not a well-formed RDF list")
            yield self.objects(node, RDF + "first")[0]
            node = next(iter(self.objects(node, RDF + "rest")), NamedNode(RDF + "nil"))

    def shacl_terms(self, node: Node) -> list[str]:
        """The local names of the SHACL properties that a node has."""
        quads = self._store.quads_for_pattern(node, None, None)
        return sorted({q.predicate.value.removeprefix(SH) for q in quads if q.predicate.value.startswith(SH)})

    def shapes(self) -> list[Node]:
        """Every node that is typed as a shape or has a target, sorted."""
        typed = {
            q.subject
            for kind in ("NodeShape", "PropertyShape")
            for q in self._store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(SH + kind))
        }
        aimed = {
            q.subject
            for q in self._store.quads_for_pattern(None, None, None)
            if q.predicate.value.startswith(SH + "target")
        }
        return sorted((n for n in typed | aimed if isinstance(n, NamedNode | BlankNode)), key=str)
