"""Running a query with its parameters bound as RDF terms."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.ask.guard import Token, check_query, tokens_of
from kg.ask.parameters import Naming, Value, parameter_terms
from kg.ask.saved import SavedQuery
from kg.errors import UsageError
from kg.vocabulary import PREFIXES

Answer = QuerySolutions | QueryBoolean | QueryTriples


def run_query(store: Store, query: SavedQuery, values: Mapping[str, Value], base: str, naming: Naming) -> Answer:
    """Run a query over all graphs of a store as one.

    Raises:
        UsageError: the query is refused or wrong, or a parameter is unknown or wrong.
    """
    check_query(query.text)
    text = bind(query, values, naming)
    try:
        return store.query(text, use_default_graph_as_union=True, prefixes={**PREFIXES, "id": base})
    except SyntaxError as error:
        raise UsageError(f"query {query.name}: not SPARQL that can be run ({error}); mend it there") from error
    except OSError as error:
        raise UsageError(f"query {query.name}: cannot be answered ({error})") from error


def bind(query: SavedQuery, values: Mapping[str, Value], naming: Naming) -> str:
    """The query's text with a VALUES clause for each given parameter at the start of its outermost group."""
    clauses = []
    for name, value in values.items():
        parameter = query.parameter(name)
        terms = parameter_terms(parameter, value, naming)
        clauses.append(f" VALUES ?{parameter.variable} {{ {' '.join(map(str, terms))} }}")
    if not clauses:
        return query.text
    place = _outermost_group(list(tokens_of(query.text)), query.name)
    return query.text[:place] + "".join(clauses) + query.text[place:]


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
