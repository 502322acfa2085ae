"""The entities of a graph as linking sees them: names, types and the sentences that mention them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kg.vocabulary import ENTITY_CLASSES, EVENT_KINDS, ONTOLOGY, PREFIXES

_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_PREF = NamedNode(PREFIXES["skos"] + "prefLabel")
_ALT = NamedNode(PREFIXES["skos"] + "altLabel")
_LINKED_CLASSES = {ONTOLOGY + local: local for local in (*ENTITY_CLASSES, *EVENT_KINDS) if local != "Audience"}
_MOST_WORDINGS = 12


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity to be linked; ``types`` are local names of our classes, ``wording`` sentences that mention it."""

    iri: str
    name: str
    aliases: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The preferred name and then the others."""
        return (self.name, *self.aliases)


def subjects_of(store: Store) -> list[Subject]:
    """Every named entity of a graph but audiences, in order of IRI."""
    types: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, _TYPE, None):
        if isinstance(quad.object, NamedNode) and quad.object.value in _LINKED_CLASSES:
            types[_text(quad.subject)].add(_LINKED_CLASSES[quad.object.value])
    wording = _wordings(store)
    found = []
    for iri in sorted(types):
        names = sorted(_text(q.object) for q in store.quads_for_pattern(NamedNode(iri), _PREF, None))
        others = sorted({_text(q.object) for q in store.quads_for_pattern(NamedNode(iri), _ALT, None)} - {*names[:1]})
        if names:
            found.append(Subject(iri, names[0], tuple(others), tuple(sorted(types[iri])), tuple(wording.get(iri, ()))))
    return found


def _wordings(store: Store) -> dict[str, list[str]]:
    """Sentences by the entity that they mention, in the order of the text; none where the graph has no wording."""
    texts = {_text(q.subject): _text(q.object) for q in store.quads_for_pattern(None, _lb("text"), None)}
    passages = {_text(q.subject): _text(q.object) for q in store.quads_for_pattern(None, _lb("passage"), None)}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    mentions = [(_text(q.subject), _text(q.object)) for q in store.quads_for_pattern(None, _lb("mentions"), None)]
    for statement, entity in sorted(mentions, key=lambda pair: _place(pair[0])):
        text = texts.get(passages.get(statement, ""))
        if text and len(found[entity]) < _MOST_WORDINGS:
            found[entity][" ".join(text.split())] = None
    return {entity: list(sentences) for entity, sentences in found.items()}


def _place(statement: str) -> tuple[str, int, str]:
    document, _, rest = statement.partition("/statement/")
    start = rest.partition("-")[0]
    return document, int(start) if start.isdigit() else 0, rest


def _lb(local: str) -> NamedNode:
    return NamedNode(ONTOLOGY + local)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
