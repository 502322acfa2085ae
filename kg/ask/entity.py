"""From what a user calls a thing to its IRI: a name, an alias, a CURIE or the IRI itself.

Works on any graph that answers SPARQL: the graph is only asked, through a function that takes a SELECT query's text and
gives its rows as sequences of RDF terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.vocabulary import DEFAULT_BASE, EVENT_KINDS, ONTOLOGY, PREFIXES

Ask = Callable[[str], Iterable[Sequence[Any]]]
"""Runs a SELECT query over all graphs as one; a row is a sequence of terms, ``None`` where unbound."""

_SKOS = PREFIXES["skos"]
_NAMING = f"VALUES ?p {{ <{_SKOS}prefLabel> <{_SKOS}altLabel> }}"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x1f]+")
_LONGEST = 500
_MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A name that a thing bears; ``preferred`` tells it from an alias."""

    iri: str
    text: str
    preferred: bool


def resolve_entity(ask: Ask, text: str, base: str = DEFAULT_BASE, classes: Sequence[str] = ()) -> NamedNode:
    """The one thing that ``text`` names.

    Raises:
        UsageError: nothing has this name (the message offers the nearest), or several things have it.
    """
    found = resolve_entities(ask, text, base, classes)
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"<{iri.value}>" for iri in found)
    raise UsageError(f"{shown(text)}: several things have this name; give the IRI of one of them: {listed}")


def resolve_entities(
    ask: Ask, text: str, base: str = DEFAULT_BASE, classes: Sequence[str] = ()
) -> tuple[NamedNode, ...]:
    """All things that ``text`` names, those of some classes (local names) before others, in order of their IRIs.

    A preferred name goes before an alias, the same case before another. A CURIE's prefix is one of
    :data:`kg.vocabulary.PREFIXES` or ``id`` for ``base``.

    Raises:
        UsageError: nothing has this name or IRI; the message offers the nearest names.
    """
    if 0 < len(text) <= _LONGEST:
        for labels in (_exactly(ask, text), _but_for_case(ask, text)):
            if labels:
                return _of_classes(ask, labels, classes)
        iri = _iri_of(text, base)
        if iri and _is_known(ask, iri):
            return (NamedNode(iri),)
    raise UsageError(f"{shown(text)}: nothing in this graph has this name or IRI{suggestion(ask, text, classes)}")


def suggestion(ask: Ask, text: str, classes: Sequence[str] = ()) -> str:
    """``; did you mean 'a' or 'b'?`` with the names nearest to a text, or nothing where none is near."""
    from rapidfuzz import fuzz, process

    iris = _instances(ask, classes)
    names = sorted({label.text for label in _labels(ask) if not iris or label.iri in iris})
    near = process.extract(
        text[:_LONGEST], names, scorer=fuzz.WRatio, processor=str.casefold, limit=_MOST_SUGGESTIONS, score_cutoff=60
    )
    return "; did you mean " + " or ".join(repr(name) for name, _, _ in near) + "?" if near else ""


def shown(text: str) -> str:
    """A value as a message quotes it: on one line, shortened."""
    plain = text if text.isprintable() else ascii(text)[1:-1]
    return repr(plain if len(plain) <= 60 else plain[:59] + "…")


def _exactly(ask: Ask, text: str) -> list[Label]:
    query = (
        f"SELECT DISTINCT ?e ?p WHERE {{ VALUES ?p {{ <{_SKOS}prefLabel> <{_SKOS}altLabel> }} ?e ?p {Literal(text)} }}"
    )
    return _best([Label(e.value, text, p.value == _SKOS + "prefLabel") for e, p in ask(query)])


def _but_for_case(ask: Ask, text: str) -> list[Label]:
    return _best([label for label in _labels(ask) if label.text.casefold() == text.casefold()])


def _labels(ask: Ask) -> list[Label]:
    query = f"SELECT DISTINCT ?e ?p ?name WHERE {{ {_NAMING} ?e ?p ?name FILTER(STRLEN(STR(?name)) <= {_LONGEST}) }}"
    rows = ask(query)
    return [Label(e.value, name.value, p.value == _SKOS + "prefLabel") for e, p, name in rows if hasattr(e, "value")]


def _best(labels: list[Label]) -> list[Label]:
    preferred = [label for label in labels if label.preferred]
    return preferred or labels


def _of_classes(ask: Ask, labels: Iterable[Label], classes: Sequence[str]) -> tuple[NamedNode, ...]:
    iris = {label.iri for label in labels}
    wanted = iris & _instances(ask, classes) if len(iris) > 1 else iris
    return tuple(NamedNode(iri) for iri in sorted(wanted or iris))


def _instances(ask: Ask, classes: Sequence[str]) -> set[str]:
    if not classes or "NamedThing" in classes:
        return set()
    every = [*classes, *(EVENT_KINDS if "Event" in classes else ())]
    values = " ".join(f"<{ONTOLOGY}{name}>" for name in every)
    return {e.value for (e,) in ask(f"SELECT DISTINCT ?e WHERE {{ VALUES ?c {{ {values} }} ?e a ?c }}")}


def _iri_of(text: str, base: str) -> str:
    prefix, _, local = text.partition(":")
    namespace = {**PREFIXES, "id": base}.get(prefix)
    iri = namespace + local if namespace else text.removeprefix("<").removesuffix(">")
    return iri if _IRI.fullmatch(iri) else ""


def _is_known(ask: Ask, iri: str) -> bool:
    query = f"SELECT ?known WHERE {{ {{ <{iri}> ?p ?known }} UNION {{ ?known ?p <{iri}> }} }} LIMIT 1"
    return any(True for _ in ask(query))
