"""Running a query with its parameters bound as RDF terms."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.ask.answer import Answer, Limits
from kg.ask.engine import Engine
from kg.ask.federation import with_values
from kg.ask.guard import Token, check_query, tokens_of
from kg.ask.parameters import Naming, Value, parameter_terms
from kg.ask.saved import SavedQuery
from kg.errors import UsageError
from kg.resources import resource_folder


def is_saved(name_or_text: str) -> bool:
    """Whether this is the name of a query that ships with the package, and so one of ours."""
    plain = re.fullmatch(r"[\w-]+", name_or_text) is not None
    return plain and (resource_folder("queries") / f"{name_or_text}.rq").is_file()


def run_query(
    engine: Engine, query: SavedQuery, values: Mapping[str, Value], naming: Naming, limits: Limits, *, trusted: bool
) -> Answer:
    """Run a query over all graphs of an engine as one; ``trusted`` says that it is one of ours.

    Raises:
        UsageError: the query is refused or wrong, or a parameter is unknown or wrong.
        LimitError: it takes more than the limits allow.
    """
    text = checked_text(engine, query, values, naming, limits)
    try:
        if trusted and limits.services:
            text = with_values(text, engine, limits)
        return engine.run(text, limits, trusted=trusted)
    except UsageError as error:
        raise UsageError(f"query {query.name}: {error}") from error


def checked_text(engine: Engine, query: SavedQuery, values: Mapping[str, Value], naming: Naming, limits: Limits) -> str:
    """The text that an engine is to run, with the parameters bound.

    Raises:
        UsageError: the query is refused, or a parameter is unknown or wrong.
    """
    check_query(query.text, limits.services)
    return bind(query, values, naming)


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
