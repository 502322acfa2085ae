"""Taking a source's wording out of a graph, for publishing a graph of a page that one may not republish."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, Quad

from kg.assemble.terms import lb

_DROPPED = frozenset({lb("quotedText"), lb("headline")})


def text_sha256(text: str) -> str:
    """The SHA-256 of a wording's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def without_wording(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads with a hash in the place of each passage's text; quoted words and headlines left out."""
    for quad in quads:
        if quad.predicate in _DROPPED:
            continue
        if quad.predicate == lb("text") and isinstance(quad.object, Literal):
            hashed = Literal(text_sha256(quad.object.value))
            yield Quad(quad.subject, lb("textSha256"), hashed, quad.graph_name)
        else:
            yield quad
