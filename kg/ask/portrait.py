"""All that a graph says of one entity, each statement with its time and wording."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from kg.ask.answer import Limits, columns_of, rows_of, text_of
from kg.ask.engine import Engine
from kg.errors import UsageError

_WHERE = "; lb:entry/lb:key ?entry ; lb:start ?start . OPTIONAL { ?s lb:passage/lb:text ?wording }"
_PARTS = {
    "types": "SELECT DISTINCT (STRAFTER(STR(?c), '#') AS ?v) { ?e a ?c } ORDER BY ?v",
    "names": "SELECT DISTINCT ?v { ?e skos:prefLabel ?v } ORDER BY ?v",
    "aliases": "SELECT DISTINCT ?v { ?e skos:altLabel ?v } ORDER BY ?v",
    "relations": "SELECT DISTINCT ?entry ?subject ?relation ?object ?detail ?wording { { ?s rdf:subject ?e } UNION "
    "{ ?s rdf:object ?e } ?s rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b "
    + _WHERE
    + " ?a skos:prefLabel ?subject "
    "OPTIONAL { ?b skos:prefLabel ?n } OPTIONAL { ?s lb:detail ?detail } BIND(COALESCE(?n, STR(?b)) AS ?object) "
    "BIND(STRAFTER(STR(?p), '#') AS ?relation) } ORDER BY ?entry ?start ?relation ?object",
    "figures": "SELECT DISTINCT ?entry ?measure ?comparator ?value ?unit ?period ?wording { ?s lb:subject ?e ; "
    "lb:measure ?measure ; lb:comparator ?comparator ; lb:value ?value ; lb:unit ?unit " + _WHERE + " "
    "OPTIONAL { ?s lb:period ?period } } ORDER BY ?entry ?start ?value",
    "quotations": "SELECT DISTINCT ?entry ?text ?wording { ?s lb:speaker ?e " + _WHERE + " "
    "OPTIONAL { ?s lb:quotedText ?text } } ORDER BY ?entry ?start",
}


def portrait(engine: Engine, entities: list[NamedNode], name: str) -> dict[str, Any]:
    """Types, names, aliases, relations, figures and quotations of the entities that bear a name.

    Raises:
        UsageError: there is none; the message offers the nearest name.
    """
    if not entities:
        raise UsageError(f"{name!r}: nothing in this graph has this name{_hint(engine, name)}")
    values = f"VALUES ?e {{ {' '.join(map(str, entities))} }}"
    return {"iris": [e.value for e in entities], **{part: _rows(engine, text, values) for part, text in _PARTS.items()}}


def _rows(engine: Engine, text: str, values: str) -> list[Any]:
    query = text.replace("{", "{ " + values + " ", 1)
    answer = engine.run(query, Limits(), trusted=True)
    names = columns_of(answer)
    rows = [
        {name: text_of(term) for name, term in zip(names, row, strict=True) if term is not None}
        for row in rows_of(answer)
    ]
    return [row["v"] for row in rows] if names == ("v",) else rows


def _hint(engine: Engine, name: str) -> str:
    from rapidfuzz import fuzz, process

    labels = {
        row["v"] for row in map(dict, _rows(engine, "SELECT DISTINCT ?v ?e { ?e skos:prefLabel|skos:altLabel ?v }", ""))
    }
    near = process.extract(name, sorted(labels), scorer=fuzz.WRatio, processor=str.casefold, limit=3, score_cutoff=60)
    if not near:
        return "; 'kg query entities' lists all names"
    return "; did you mean " + " or ".join(repr(label) for label, _, _ in near) + "?"
