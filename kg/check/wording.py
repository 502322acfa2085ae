"""Puts beside each result what the source says there: the passage's wording and its entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox
from pyoxigraph import NamedNode

from kg.check.report import Result

LB = "https://w3id.org/liveblog-kg/ontology#"
ENTRY = NamedNode(LB + "entry")
IN_ENTRY = NamedNode(LB + "inEntry")
KEY = NamedNode(LB + "key")
PASSAGE = NamedNode(LB + "passage")
TEXT = NamedNode(LB + "text")
Term = object


def with_wording(store: ox.Store, results: Iterable[Result]) -> tuple[Result, ...]:
    """The results, each whose focus node is a statement or a passage with the passage's wording and the entry's key."""
    return tuple(_with_wording(store, result) for result in results)


def _with_wording(store: ox.Store, result: Result) -> Result:
    passage = _object(store, result.focus, PASSAGE) or result.focus
    entry = _object(store, result.focus, ENTRY) or _object(store, passage, IN_ENTRY)
    return replace(result, wording=_text(_object(store, passage, TEXT)), entry=_text(_object(store, entry, KEY)))


def _object(store: ox.Store, subject: Term, predicate: NamedNode) -> Term | None:
    if not isinstance(subject, ox.NamedNode | ox.BlankNode):
        return None
    return min((quad.object for quad in store.quads_for_pattern(subject, predicate, None)), key=str, default=None)


def _text(term: Term | None) -> str | None:
    return " ".join(term.value.split()) if isinstance(term, ox.Literal) else None
