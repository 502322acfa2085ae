"""Running a query with its parameters bound as RDF terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.ask.guard import Token, check_query, tokens_of
from kg.ask.saved import Parameter, SavedQuery
from kg.errors import UsageError
from kg.vocabulary import PREFIXES

Answer = QuerySolutions | QueryBoolean | QueryTriples
Naming = Callable[[str], Sequence[NamedNode]]
"""Finds the entities of a name, for parameters that are IRIs."""

_TYPES = {"integer": "integer", "decimal": "decimal", "date": "date"}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def run_query(store: Store, query: SavedQuery, values: Mapping[str, str], base: str, naming: Naming) -> Answer:
    """Run a query over all graphs of a store as one.

    Raises:
        UsageError: the query is refused or wrong, or a parameter is unknown or wrong.
    """
    check_query(query.text)
    text = bind(query, values, base, naming)
    try:
        return store.query(text, use_default_graph_as_union=True, prefixes={**PREFIXES, "id": base})
    except SyntaxError as error:
        raise UsageError(f"query {query.name}: not SPARQL that can be run ({error}); mend it there") from error
    except OSError as error:
        raise UsageError(f"query {query.name}: cannot be answered ({error})") from error


def bind(query: SavedQuery, values: Mapping[str, str], base: str, naming: Naming) -> str:
    """The query's text with a VALUES clause for each given parameter at the start of its outermost group."""
    known = {parameter.name: parameter for parameter in query.parameters}
    clauses = []
    for name, value in values.items():
        if name not in known:
            given = ", ".join(sorted(known)) or "none"
            raise UsageError(f"-p {name}={value}: query {query.name} has no such parameter (it has: {given})")
        terms = _terms(known[name], value, base, naming)
        clauses.append(f" VALUES ?{known[name].variable} {{ {' '.join(map(str, terms))} }}")
    if not clauses:
        return query.text
    place = _outermost_group(list(tokens_of(query.text)), query.name)
    return query.text[:place] + "".join(clauses) + query.text[place:]


def _terms(parameter: Parameter, value: str, base: str, naming: Naming) -> Sequence[NamedNode | Literal]:
    if parameter.type == "iri":
        return _iris(parameter, value, base, naming)
    if parameter.type not in _TYPES:
        return [Literal(value)]
    return [Literal(value, datatype=NamedNode(PREFIXES["xsd"] + _TYPES[parameter.type]))]


def _iris(parameter: Parameter, value: str, base: str, naming: Naming) -> Sequence[NamedNode]:
    found = naming(value)
    if found:
        return found
    prefix, _, local = value.partition(":")
    namespace = {**PREFIXES, "id": base}.get(prefix)
    iri = namespace + local if namespace else value
    if not _IRI.fullmatch(iri):
        raise UsageError(f"-p {parameter.name}={value}: neither an IRI nor the name of anything in this graph")
    return [NamedNode(iri)]


def _outermost_group(tokens: list[Token], name: str) -> int:
    depth = parentheses = 0
    template = False
    for before, token in zip([None, *tokens], tokens, strict=False):
        parentheses += (token.text == "(") - (token.text == ")")
        if token.text == "}":
            depth -= 1
            template = template and depth > 0
        if token.text == "{" and parentheses == 0:
            template = template or (depth == 0 and before is not None and before.text.upper() == "CONSTRUCT")
            if depth == 0 and not template:
                return token.end
        depth += token.text == "{"
    raise UsageError(f"query {name}: it has no group that parameters can be bound in; give it a WHERE {{ … }}")
