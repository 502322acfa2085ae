"""A reconciliation service over a built graph (Reconciliation Service API 0.2), as plain functions on JSON values.

Whoever serves HTTP mounts :meth:`Endpoint.respond`; identifiers are the entities' IRIs without the graph's base
(``brand/acme``), types and properties local names of our ontology.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from pyoxigraph import Literal, NamedNode, Store
from rapidfuzz import fuzz, process

from kg.errors import UsageError
from kg.link.subject import Subject, subjects_of
from kg.reference.folding import key_of
from kg.vocabulary import ENTITY_CLASSES, EVENT_KINDS, ONTOLOGY, PREFIXES, RELATIONS, TERMS

Json = Any
_TYPES = tuple(name for name in (*ENTITY_CLASSES, *EVENT_KINDS) if name != "Audience")
_CERTAIN, _LEAST, _MOST = 95.0, 55.0, 50
_EXTERNAL = {"exactMatch": PREFIXES["skos"] + "exactMatch", "sameAs": PREFIXES["schema"] + "sameAs"}
_PREVIEW = (430, 160)


class Endpoint:
    """Match, suggest, preview and extend over the entities of a graph; ``address`` is where it is mounted."""

    def __init__(self, store: Store, base: str, address: str = "") -> None:
        self._store, self._base, self.address = store, base, address
        self._subjects = {subject.iri.removeprefix(base): subject for subject in subjects_of(store)}

    def respond(self, path: str, params: Mapping[str, str]) -> Json:
        """The answer to a request: ``path`` below the mounting point, ``params`` of its query string or form.

        ``""`` is the service itself (manifest, ``queries``, ``extend``); ``preview`` gives HTML as a string.

        Raises:
            UsageError: there is nothing there, or a parameter is missing or no JSON.
        """
        routes: dict[str, Callable[[Mapping[str, str]], Json]] = {
            "": self._service,
            "suggest/entity": lambda p: self.suggest_entities(p.get("prefix", "")),
            "suggest/property": lambda p: self.suggest_properties(p.get("prefix", "")),
            "suggest/type": lambda p: self.suggest_types(p.get("prefix", "")),
            "properties": lambda p: self.propose_properties(p.get("type", "")),
            "preview": lambda p: self.preview(p.get("id", "")),
        }
        route = routes.get(path.strip("/"))
        if route is None:
            raise UsageError(f"{path}: no such part of the reconciliation service; there are {', '.join(routes)}")
        return route(params)

    def _service(self, params: Mapping[str, str]) -> Json:
        if "queries" in params:
            return self.match(_json(params["queries"], "queries"))
        if "extend" in params:
            return self.extend(_json(params["extend"], "extend"))
        return self.manifest()

    def manifest(self) -> Json:
        """What the service is and where its parts are."""
        at = {"service_url": self.address}
        return {
            "versions": ["0.2"],
            "name": "Entities of a liveblog-kg graph",
            "identifierSpace": self._base,
            "schemaSpace": ONTOLOGY,
            "defaultTypes": [_type(name) for name in _TYPES],
            "view": {"url": f"{self._base}{{{{id}}}}"},
            "preview": {
                "url": f"{self.address}/preview?id={{{{id}}}}",
                "width": _PREVIEW[0],
                "height": _PREVIEW[1],
            },
            "suggest": {part: {**at, "service_path": f"/suggest/{part}"} for part in ("entity", "property", "type")},
            "extend": {"propose_properties": {**at, "service_path": "/properties"}},
        }

    def match(self, queries: Mapping[str, Mapping[str, Any]]) -> Json:
        """The candidates for each query of a batch.

        Raises:
            UsageError: a query is not as the specification has it.
        """
        if not isinstance(queries, dict) or not all(isinstance(query, dict) for query in queries.values()):
            raise UsageError("queries: not a batch of queries; send an object of objects")
        return {key: {"result": self._candidates(query)} for key, query in queries.items()}

    def _candidates(self, query: Mapping[str, Any]) -> list[Json]:
        text = query.get("query")
        if not isinstance(text, str):
            raise UsageError("queries: a query without the text to look for; give it a 'query'")
        wanted = query.get("type") or []
        types = {wanted} if isinstance(wanted, str) else set(wanted)
        scores = {i: score for i, score in self._scores(text) if not types or types & set(self._subjects[i].types)}
        best = sorted(scores, key=lambda i: (-scores[i], i))
        limit = query.get("limit", 10)
        certain = [i for i in best if scores[i] >= _CERTAIN]
        most = limit if isinstance(limit, int) and 0 < limit <= _MOST else _MOST
        return [
            {
                **self._named(identifier),
                "type": [_type(name) for name in self._subjects[identifier].types],
                "score": round(scores[identifier], 1),
                "match": certain == [identifier],
            }
            for identifier in best[:most]
        ]

    def _scores(self, text: str) -> list[tuple[str, float]]:
        key = key_of(text)
        found: dict[str, float] = {}
        best = process.extract(key, self._keys, scorer=fuzz.ratio, limit=_MOST, score_cutoff=_LEAST) if key else []
        for _, score, place in best:
            identifier = self._owners[place]
            found[identifier] = max(found.get(identifier, 0.0), score)
        return list(found.items())

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return [(key_of(name), i) for i, subject in self._subjects.items() for name in subject.names]

    @cached_property
    def _keys(self) -> list[str]:
        return [key for key, _ in self._pairs]

    @cached_property
    def _owners(self) -> list[str]:
        return [owner for _, owner in self._pairs]

    def suggest_entities(self, prefix: str) -> Json:
        """Entities with a name that begins like this."""
        key = key_of(prefix)
        found = dict.fromkeys(owner for name, owner in self._pairs if name.startswith(key))
        rows = [{**self._named(i), "notable": [_type(n) for n in self._subjects[i].types]} for i in found]
        return {"result": rows[:_MOST]}

    def suggest_types(self, prefix: str) -> Json:
        """Types whose name begins like this."""
        return {"result": [_type(name) for name in _TYPES if name.casefold().startswith(prefix.casefold())]}

    def suggest_properties(self, prefix: str) -> Json:
        """Properties whose name begins like this."""
        names = [*RELATIONS, *_EXTERNAL]
        return {"result": [_named(name) for name in names if name.casefold().startswith(prefix.casefold())]}

    def propose_properties(self, kind: str) -> Json:
        """The properties that entities of a type can have."""
        general = {kind} | ({"Event"} if kind in EVENT_KINDS else set())
        fitting = [name for name, relation in RELATIONS.items() if not kind or general & set(relation.domain)]
        return {"type": kind, "properties": [_named(name) for name in (*fitting, *_EXTERNAL)]}

    def extend(self, query: Mapping[str, Any]) -> Json:
        """The values of some properties of some entities.

        Raises:
            UsageError: the query is not as the specification has it.
        """
        ids, wanted = query.get("ids"), query.get("properties")
        if not isinstance(ids, list) or not isinstance(wanted, list) or not all("id" in p for p in wanted):
            raise UsageError("extend: send an object with 'ids' and 'properties'")
        names = [str(p["id"]) for p in wanted]
        rows = {str(i): {name: self._values(str(i), name) for name in names} for i in ids}
        return {"meta": [_named(name) for name in names], "rows": rows}

    def _values(self, identifier: str, name: str) -> list[Json]:
        iri = _EXTERNAL.get(name) or (ONTOLOGY + name if name in TERMS else "")
        if identifier not in self._subjects or not iri:
            return []
        quads = self._store.quads_for_pattern(NamedNode(self._base + identifier), NamedNode(iri), None)
        return [self._value(term) for term in sorted({quad.object for quad in quads}, key=str)]

    def _value(self, term: Any) -> Json:
        identifier = str(getattr(term, "value", term)).removeprefix(self._base)
        if not isinstance(term, Literal) and identifier in self._subjects:
            return self._named(identifier)
        return {"str": str(getattr(term, "value", term))}

    def preview(self, identifier: str) -> str:
        """A small HTML page about an entity.

        Raises:
            UsageError: there is no such entity.
        """
        subject = self._subject(identifier)
        types, also = ", ".join(subject.types), ", ".join(subject.aliases)
        lines = [f"<h1>{html.escape(subject.name)}</h1>", f"<p>{html.escape(types)}</p>"]
        lines += [f"<p>also: {html.escape(also)}</p>"] if also else []
        lines += [f"<blockquote>{html.escape(subject.wording[0])}</blockquote>"] if subject.wording else []
        title = html.escape(subject.name)
        head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        return f"{head}<body>{''.join(lines)}</body></html>"

    def _subject(self, identifier: str) -> Subject:
        if identifier not in self._subjects:
            raise UsageError(f"{identifier!r}: no entity of this graph")
        return self._subjects[identifier]

    def _named(self, identifier: str) -> Json:
        subject = self._subjects[identifier]
        about = {"description": subject.wording[0][:200]} if subject.wording else {}
        return {"id": identifier, "name": subject.name, **about}


def _named(name: str) -> Json:
    return {"id": name, "name": name}


def _type(name: str) -> Json:
    return {"id": name, "name": name}


def _json(text: str, parameter: str) -> Json:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{parameter}: not JSON ({error})") from error
    if not isinstance(content, dict):
        raise UsageError(f"{parameter}: not a JSON object")
    return content
