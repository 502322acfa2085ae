"""Parameter values as RDF terms, checked against the type that the parameter's variable names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.ask.entity import shown
from kg.ask.saved import Parameter
from kg.errors import UsageError
from kg.vocabulary import PREFIXES

Term = NamedNode | Literal
Value = str | int | float | Decimal | date
"""What a parameter may be given as; a :class:`datetime.datetime` is a :class:`datetime.date`."""
Naming = Callable[[str, Sequence[str]], Sequence[NamedNode]]
"""Finds the things of a name, given local names of the classes wanted; raises UsageError where there is none."""

_DAY = r"-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_ZONE = r"(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
_FORMS: dict[str, tuple[str, str]] = {
    "integer": (r"[+-]?[0-9]{1,18}", "a whole number such as 12"),
    "decimal": (r"[+-]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})", "a number such as 12.5"),
    "date": (_DAY, "a date such as 2021-11-18"),
    "dateTime": (rf"{_DAY}T{_TIME}(:[0-5][0-9](\.[0-9]+)?)?{_ZONE}", "a moment such as 2021-11-18T12:47+08:00"),
}
"""Lexical forms (XML Schema 1.1, part 2; what Oxigraph can hold of them) and how to say them."""
_MINUTE = re.compile(r"T[0-9]{2}:[0-9]{2}(?=$|[Z+-])")


def parameter_terms(parameter: Parameter, value: Value, naming: Naming) -> Sequence[Term]:
    """The terms that a value stands for: one literal, or every thing that has the name given.

    Raises:
        UsageError: the value is not of the parameter's type, or names nothing.
    """
    text = _text(value)
    _refuse_half_characters(parameter, text)
    if parameter.type == "iri":
        try:
            return naming(text, parameter.classes)
        except UsageError as error:
            raise UsageError(f"-p {parameter.name}: {error}") from error
    if parameter.type not in _FORMS:
        return [Literal(text)]
    lexical = _complete(parameter.type, text)
    pattern, wanted = _FORMS[parameter.type]
    if not re.fullmatch(pattern, lexical) or not _exists(lexical, parameter.type):
        raise UsageError(f"-p {parameter.name}: {shown(text)} is not {wanted}")
    return [Literal(lexical, datatype=NamedNode(PREFIXES["xsd"] + parameter.type))]


def _text(value: Value) -> str:
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _complete(kind: str, text: str) -> str:
    """A moment with seconds; a date where a moment is asked for as its last second in UTC."""
    if kind != "dateTime":
        return text
    if re.fullmatch(_DAY, text):
        return f"{text}T23:59:59Z"
    return _MINUTE.sub(lambda match: match[0] + ":00", text, count=1)


def _exists(lexical: str, kind: str) -> bool:
    if kind not in {"date", "dateTime"}:
        return True
    try:
        datetime.fromisoformat(lexical)
    except ValueError:
        return False
    return True


def _refuse_half_characters(parameter: Parameter, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"-p {parameter.name}: holds half a character (a lone surrogate); give whole text") from error
