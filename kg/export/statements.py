"""What a store states, as value types: entities, entries and the four kinds of statement with their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import NamedNode, QuerySolutions, Store

from kg.assemble.terms import TYPE, lb, node
from kg.vocabulary import ENTITY_CLASSES, EVENT_KINDS, ONTOLOGY, PREFIXES

_PLACE = " ; lb:entry ?entry ; lb:start ?start ; lb:confidence ?confidence"
_EVIDENCE = _PLACE + " ; lb:passage ?passage . OPTIONAL { ?passage lb:text ?wording }"
_LINKS = "SELECT DISTINCT ?e ?other { VALUES ?p { owl:sameAs skos:exactMatch } ?e ?p ?other FILTER(isIRI(?other)) }"
_ENTRIES = (
    "SELECT ?entry ?key ?document ?time ?day ?headline { ?entry a lb:Entry ; lb:key ?key ; lb:inDocument ?document ."
    " OPTIONAL { ?entry dcterms:issued ?time } OPTIONAL { ?document dcterms:issued ?day }"
    " OPTIONAL { ?entry lb:headline ?headline } }"
)
_DOCUMENTS = "SELECT ?document ?title { ?document lb:sha256 ?sum ; dcterms:title ?title }"
_KINDS = {
    "RelationStatement": "SELECT * { ?s a lb:RelationStatement ; rdf:subject ?subject ; rdf:predicate ?relation ;"
    " rdf:object ?object" + _EVIDENCE + " OPTIONAL { ?s lb:modality ?modality } OPTIONAL { ?s lb:detail ?detail } }",
    "Measurement": "SELECT * { ?s a lb:Measurement ; lb:measure ?measure ; lb:comparator ?comparator ;"
    " lb:value ?value ; lb:unit ?unit" + _EVIDENCE + " OPTIONAL { ?s lb:subject ?subject }"
    " OPTIONAL { ?s lb:subjectText ?subjectText } OPTIONAL { ?s lb:period ?detail } }",
    "Quotation": "SELECT * { ?s a lb:Quotation" + _EVIDENCE + " OPTIONAL { ?s lb:speaker ?subject }"
    " OPTIONAL { ?s lb:recipient ?object } OPTIONAL { ?s lb:quotedText ?text } }",
    "Mention": "SELECT * { ?s a lb:Mention ; lb:mentions ?subject" + _EVIDENCE + " }",
}
KINDS = tuple(_KINDS)
"""The kinds of statement, by the local names of their classes."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: its label, type (a class of the guide), narrower kind, other names, and IRIs it is elsewhere."""

    iri: str
    label: str
    type: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """An entry: its key, document, time (ISO 8601 as written, or the document's day, or ``""``) and headline."""

    iri: str
    key: str
    document: str
    time: str
    headline: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: its class, the things it ties (IRIs, or a literal's text in ``object``), and its evidence.

    ``start`` counts code points into the document; ``passage`` is the sentence's IRI and ``wording`` its text, ``""``
    in a graph without text;
    ``values`` holds what only its kind has (measure, value, unit, text, detail …).
    """

    iri: str
    kind: str
    subject: str
    relation: str
    object: str
    literal: bool
    entry: str
    start: int
    confidence: float
    passage: str
    wording: str
    values: dict[str, str] = field(default_factory=dict)


def rows(store: Store, query: str) -> Iterator[dict[str, Any]]:
    """The answers of a SELECT over all graphs as one, unbound variables left out."""
    answer = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for row in answer:
        yield {name: term for name in names if (term := row[name]) is not None}


def read_things(store: Store) -> dict[str, Thing]:
    """Every entity by its IRI, in the order of the IRIs."""
    labels, aliases = (_gathered(store, node(f"skos:{name}")) for name in ("prefLabel", "altLabel"))
    links: dict[str, set[str]] = {}
    for row in rows(store, _LINKS):
        links.setdefault(row["e"].value, set()).add(row["other"].value)
    kinds: dict[str, str] = {}
    for name in (*ENTITY_CLASSES, *EVENT_KINDS):
        for quad in store.quads_for_pattern(None, TYPE, lb(name)):
            kinds[quad.subject.value] = name  # type: ignore[union-attr]
    return {
        iri: Thing(
            iri,
            min(labels[iri]),
            "Event" if kinds[iri] in EVENT_KINDS else kinds[iri],
            kinds[iri] if kinds[iri] in EVENT_KINDS else "",
            tuple(sorted(aliases.get(iri, ()))),
            tuple(sorted(links.get(iri, ()))),
        )
        for iri in sorted(labels.keys() & kinds.keys())
    }


def _gathered(store: Store, predicate: NamedNode) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, predicate, None):
        found.setdefault(quad.subject.value, set()).add(quad.object.value)  # type: ignore[union-attr]
    return found


def read_reports(store: Store) -> dict[str, Report]:
    """Every entry by its IRI."""
    found = {}
    for row in rows(store, _ENTRIES):
        text = {name: term.value for name, term in row.items()}
        time = text.get("time") or text.get("day", "")
        found[text["entry"]] = Report(text["entry"], text["key"], text["document"], time, text.get("headline", ""))
    return dict(sorted(found.items()))


def read_documents(store: Store) -> dict[str, str]:
    """The title of every document by its IRI."""
    return dict(sorted((row["document"].value, row["title"].value) for row in rows(store, _DOCUMENTS)))


def read_statements(store: Store, kind: str, *, wording: bool = True) -> Iterator[Said]:
    """The statements of one kind of :data:`KINDS`, in no order; without passage and wording it is quicker."""
    query = _KINDS[kind] if wording else _KINDS[kind].replace(_EVIDENCE, _PLACE)
    ties = {"s", "subject", "relation", "object", "entry", "start", "confidence", "passage", "wording"}
    for row in rows(store, query):
        text = {name: getattr(term, "value", str(term)) for name, term in row.items()}
        yield Said(
            text["s"],
            kind,
            text.get("subject", ""),
            text.get("relation", "").removeprefix(ONTOLOGY),
            text.get("object", ""),
            "object" in row and not isinstance(row["object"], NamedNode),
            text["entry"],
            int(text["start"]),
            float(text["confidence"]),
            text.get("passage", ""),
            text.get("wording", ""),
            {name: value for name, value in text.items() if name not in ties},
        )


def summary(said: Said, labels: Mapping[str, str]) -> str:
    """A statement in a few words."""
    value = said.values

    def name(iri: str) -> str:
        return labels.get(iri, iri)

    if said.kind == "Measurement":
        subject = name(said.subject) if said.subject else value.get("subjectText", "")
        words = (subject, value["measure"], value["comparator"], value["value"], value["unit"], value.get("detail", ""))
        return " ".join(word for word in words if word)
    if said.kind == "Quotation":
        return f"{name(said.subject)}: {value.get('text', '(wording left out)')}".removeprefix(": ")
    return f"{name(said.subject)} {said.relation} {name(said.object)}"
