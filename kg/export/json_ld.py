"""Compact JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/) under a context of ours, made from the vocabulary.

The context gives every term of the ontology its own name, says which hold IRIs and of which datatype literals are, so
that the data read as plain JSON: ``{"@id": "id:platform/…", "@type": "Platform", "name": "…"}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import groupby
from typing import IO, Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.vocabulary import CLASSES, DATATYPE_PROPERTIES, DEFAULT_BASE, OBJECT_PROPERTIES, ONTOLOGY, PREFIXES, THEMES

_XSD = PREFIXES["xsd"]
_STRING = _XSD + "string"
_PLAIN_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_RDF_TYPE = PREFIXES["rdf"] + "type"
_NUMBERED = {"start": "integer", "end": "integer", "confidence": "decimal", "value": "decimal"}
_NAMES: Final = {
    "name": "skos:prefLabel",
    "alias": "skos:altLabel",
    "documentTitle": "dcterms:title",
}
_LINKS: Final = {
    "statementSubject": "rdf:subject",
    "statementPredicate": "rdf:predicate",
    "statementObject": "rdf:object",
    "source": "dcterms:source",
}


def _prefixes(base: str) -> dict[str, str]:
    """The prefixes whose names are no terms of the ontology (``unit`` is one)."""
    taken = CLASSES | OBJECT_PROPERTIES | DATATYPE_PROPERTIES
    return {**{prefix: iri for prefix, iri in PREFIXES.items() if prefix not in taken}, "id": base}


def context(base: str) -> dict[str, Any]:
    """The context for a graph whose instances are under ``base``."""
    terms: dict[str, Any] = dict(sorted(_prefixes(base).items()))
    terms |= {name: f"lb:{name}" for name in sorted(CLASSES)}
    for name in sorted(OBJECT_PROPERTIES):
        terms[name] = {"@id": f"lb:{name}", "@type": "@vocab" if name == "theme" else "@id"}
    for name in sorted(DATATYPE_PROPERTIES):
        kind = _NUMBERED.get(name)
        terms[name] = {"@id": f"lb:{name}", "@type": f"xsd:{kind}"} if kind else f"lb:{name}"
    terms |= {name: f"lb:{name}" for name in THEMES}
    terms |= _NAMES
    return terms | {name: {"@id": curie, "@type": "@id"} for name, curie in _LINKS.items()}


def write_json_ld(quads: Iterable[Quad], out: IO[str], base: str) -> None:
    """Write quads, in which each graph's and within it each subject's stand together, one subject a line."""
    compact = _Compactor(base)
    out.write('{"@context": ' + json.dumps(compact.context, ensure_ascii=False) + ',\n"@graph": [')
    for number, (graph, members) in enumerate(groupby(quads, key=lambda quad: str(quad.graph_name))):
        out.write((",\n" if number else "\n") + f'{{"@id": {json.dumps(compact.iri(graph[1:-1]))}, "@graph": [')
        for place, (_, own) in enumerate(groupby(members, key=lambda quad: str(quad.subject))):
            out.write((",\n" if place else "\n") + json.dumps(compact.subject(list(own)), ensure_ascii=False))
        out.write("\n]}")
    out.write("\n]}\n")


class _Compactor:
    def __init__(self, base: str) -> None:
        self.context = context(base)
        self._prefixes = _prefixes(base)
        self._names: dict[str, tuple[str, str]] = {}
        for name, definition in self.context.items():
            curie = definition if isinstance(definition, str) else definition["@id"]
            prefix, _, local = curie.partition(":")
            if name not in self._prefixes:
                kind = "" if isinstance(definition, str) else definition["@type"]
                self._names[PREFIXES[prefix] + local] = name, kind

    def iri(self, iri: str) -> str:
        """An IRI as a CURIE of the context where that is safe to read back."""
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and not iri[len(namespace) :].startswith("//"):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def subject(self, quads: list[Quad]) -> dict[str, Any]:
        found: dict[str, list[Any]] = {}
        for quad in quads:
            if quad.predicate.value == _RDF_TYPE and isinstance(quad.object, NamedNode):
                name, _ = self._names.get(quad.object.value, (self.iri(quad.object.value), ""))
                found.setdefault("@type", []).append(name)
                continue
            name, kind = self._names.get(quad.predicate.value, (self.iri(quad.predicate.value), ""))
            found.setdefault(name, []).append(self._value(quad.object, kind))
        about = {"@id": self.iri(str(quads[0].subject)[1:-1])}
        return about | {name: values[0] if len(values) == 1 else values for name, values in found.items()}

    def _value(self, term: Any, kind: str) -> Any:
        if isinstance(term, Literal):
            return self._literal(term, kind)
        iri = str(term)[1:-1]
        if kind == "@vocab" and iri.removeprefix(ONTOLOGY) in THEMES:
            return iri.removeprefix(ONTOLOGY)
        return self.iri(iri) if kind == "@id" else {"@id": self.iri(iri)}

    def _literal(self, term: Literal, kind: str) -> Any:
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        if kind and self._prefixes["xsd"] + kind.removeprefix("xsd:") == datatype:
            return int(term.value) if kind == "xsd:integer" and _PLAIN_INTEGER.fullmatch(term.value) else term.value
        if datatype == _STRING and not kind:
            return term.value
        return {"@value": term.value, "@type": self.iri(datatype)}


if __name__ == "__main__":
    print(json.dumps({"@context": context(DEFAULT_BASE)}, indent=1))
