"""Running a query with its parameters bound as RDF terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.ask.answer import Answer, Limits
from kg.ask.engine import Engine
from kg.ask.guard import Token, check_query, tokens_of
from kg.ask.saved import Parameter, SavedQuery
from kg.errors import UsageError
from kg.resources import resource_folder
from kg.vocabulary import PREFIXES

Value = str | int | float | Decimal | date
"""What a parameter may be given as from Python."""
Naming = Callable[[str], Sequence[NamedNode]]
"""Finds the entities of a name, for parameters that are IRIs."""

_TYPES: dict[str, tuple[re.Pattern[str], str]] = {
    "integer": (re.compile(r"[+-]?[0-9]+"), "a whole number such as 12"),
    "decimal": (re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"), "a number such as 12.5"),
    "date": (re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}"), "a date such as 2021-11-18"),
}
"""Lexical forms of XML Schema, part 2, and how to say them."""
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f-\x9f<>\"{}|\\^`]+")


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
        return engine.run(text, limits, trusted=trusted)
    except UsageError as error:
        raise UsageError(f"query {query.name}: {error}") from error


def checked_text(engine: Engine, query: SavedQuery, values: Mapping[str, Value], naming: Naming, limits: Limits) -> str:
    """The text that an engine is to run, with the parameters bound.

    Raises:
        UsageError: the query is refused, or a parameter is unknown or wrong.
    """
    check_query(query.text, limits.services)
    return bind(query, {name: _lexical(value) for name, value in values.items()}, engine.base, naming)


def bind(query: SavedQuery, values: Mapping[str, str], base: str, naming: Naming) -> str:
    """The query's text with a VALUES clause for each given parameter at the start of its outermost group."""
    known = {parameter.name: parameter for parameter in query.parameters}
    clauses = []
    for name, value in values.items():
        if name not in known:
            given = ", ".join(sorted(known)) or "none"
            raise UsageError(
                f"-p {shown(name)}={shown(value)}: query {query.name} has no such parameter (it has: {given})"
            )
        terms = _terms(known[name], value, base, naming)
        clauses.append(f" VALUES ?{known[name].variable} {{ {' '.join(map(str, terms))} }}")
    if not clauses:
        return query.text
    place = _outermost_group(list(tokens_of(query.text)), query.name)
    return query.text[:place] + "".join(clauses) + query.text[place:]


def _lexical(value: Value) -> str:
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _terms(parameter: Parameter, value: str, base: str, naming: Naming) -> Sequence[NamedNode | Literal]:
    _refuse_half_characters(parameter, value)
    if parameter.type == "iri":
        return _iris(parameter, value, base, naming)
    if parameter.type not in _TYPES:
        return [Literal(value)]
    pattern, wanted = _TYPES[parameter.type]
    if not pattern.fullmatch(value):
        raise UsageError(f"-p {parameter.name}={shown(value)}: not {wanted}")
    return [Literal(value, datatype=NamedNode(PREFIXES["xsd"] + parameter.type))]


def _refuse_half_characters(parameter: Parameter, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"-p {parameter.name}: holds half a character (a lone surrogate); give whole text") from error


def shown(value: str) -> str:
    """A value as an error message names it: on one line and short."""
    text = value if value.isprintable() else ascii(value)[1:-1]
    return text if len(text) <= 60 else f"{text[:60]}… ({len(value):,} characters)"


def _iris(parameter: Parameter, value: str, base: str, naming: Naming) -> Sequence[NamedNode]:
    found = naming(value)
    if found:
        return found
    prefix, _, local = value.partition(":")
    namespace = {**PREFIXES, "id": base}.get(prefix)
    iri = namespace + local if namespace else value
    try:
        if _IRI.fullmatch(iri):
            return [NamedNode(iri)]
    except ValueError as error:
        raise UsageError(f"-p {parameter.name}={shown(value)}: not an IRI ({shown(str(error))})") from error
    raise UsageError(f"-p {parameter.name}={shown(value)}: neither an IRI nor the name of anything in this graph")


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
