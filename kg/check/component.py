"""The constraint components of SHACL Core that are checked, each as the SPARQL that finds what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyoxigraph import Literal, NamedNode

from kg.check.shape import RDF, XSD, Component, ShapeError, Term

Test = Callable[[Component], str]

_CAST_NAMES = ("integer", "decimal", "double", "float", "boolean", "dateTime", "date", "time")
CASTS = frozenset(XSD + name for name in _CAST_NAMES)
LEXICAL_FORMS = {
    XSD + "gYear": r"^-?\\d{4,}(Z|[+-]\\d\\d:\\d\\d)?$",
    XSD + "gYearMonth": r"^-?\\d{4,}-\\d\\d(Z|[+-]\\d\\d:\\d\\d)?$",
}
UNCHECKED = frozenset({XSD + "string", XSD + "anyURI", RDF + "langString", RDF + "HTML", RDF + "XMLLiteral"})
NODE_KINDS = {
    "IRI": "isIRI(?value)",
    "Literal": "isLiteral(?value)",
    "BlankNode": "isBlank(?value)",
    "BlankNodeOrIRI": "(isBlank(?value) || isIRI(?value))",
    "BlankNodeOrLiteral": "(isBlank(?value) || isLiteral(?value))",
    "IRIOrLiteral": "(isIRI(?value) || isLiteral(?value))",
}
COMPARISONS = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
PAIRS = {"lessThan": "<", "lessThanOrEquals": "<="}


def _class(component: Component) -> str:
    classes = ", ".join(str(term) for term in component.values)
    return f"FILTER NOT EXISTS {{ ?value <{RDF}type> ?_type . FILTER(?_type IN ({classes})) }}"


def _datatype(component: Component) -> str:
    datatype = _iri(component)
    conditions = [f"isLiteral(?value) && DATATYPE(?value) = <{datatype}>"]
    if datatype in CASTS:
        conditions.append(f"COALESCE(sameTerm(<{datatype}>(STR(?value)), <{datatype}>(STR(?value))), false)")
    elif datatype in LEXICAL_FORMS:
        conditions.append(f'REGEX(STR(?value), "{LEXICAL_FORMS[datatype]}")')
    elif datatype.startswith(XSD) and datatype not in UNCHECKED:
        raise ShapeError(f"sh:datatype <{datatype}> is not supported by this validator")
    return f"FILTER(!({' && '.join(conditions)}))"


def _node_kind(component: Component) -> str:
    kind = _iri(component).rsplit("#", 1)[-1]
    if kind not in NODE_KINDS:
        raise ShapeError(f"sh:nodeKind sh:{kind} does not exist; use one of {', '.join(NODE_KINDS)}")
    return f"FILTER(!{NODE_KINDS[kind]})"


def _in(component: Component) -> str:
    allowed = " || ".join(f"sameTerm(?value, {term})" for term in component.values) or "false"
    return f"FILTER(!({allowed}))"


def _pattern(component: Component) -> str:
    pattern, flags = _literal(component), Literal(component.flags)
    return f"FILTER(isBlank(?value) || !REGEX(STR(?value), {pattern}, {flags}))"


def _comparison(component: Component) -> str:
    return f"FILTER(!COALESCE(?value {COMPARISONS[component.name]} {_literal(component)}, false))"


def _length(component: Component) -> str:
    operator = "<" if component.name == "minLength" else ">"
    return f"FILTER(isBlank(?value) || STRLEN(STR(?value)) {operator} {_integer(component)})"


VALUE_TESTS: Mapping[str, Test] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "in": _in,
    "pattern": _pattern,
    "minLength": _length,
    "maxLength": _length,
    **dict.fromkeys(COMPARISONS, _comparison),
}
"""A FILTER for ``?value`` that lets through the values that break the component."""


def pair_test(component: Component) -> str | None:
    """The pattern for a comparison with the values of another property of the focus node."""
    if component.name not in PAIRS:
        return None
    operator = PAIRS[component.name]
    return f"?this <{_iri(component)}> ?other . FILTER(!COALESCE(?value {operator} ?other, false))"


def count_query(component: Component, target: str, path: str | None) -> str | None:
    """The query for a component about the set of values: ``minCount``, ``maxCount``, ``hasValue``."""
    if component.name == "hasValue":
        value = component.values[0]
        test = f"FILTER(!sameTerm(?this, {value}))" if path is None else f"FILTER NOT EXISTS {{ ?this {path} {value} }}"
        return f"SELECT DISTINCT ?this WHERE {{ {target} {test} }}"
    if component.name not in ("minCount", "maxCount") or path is None:
        return None
    number = _integer(component)
    if component.name == "minCount" and number == 1:
        return f"SELECT DISTINCT ?this WHERE {{ {target} FILTER NOT EXISTS {{ ?this {path} ?value }} }}"
    operator = "<" if component.name == "minCount" else ">"
    return (
        f"SELECT ?this WHERE {{ {target} OPTIONAL {{ ?this {path} ?value }} }} "
        f"GROUP BY ?this HAVING(COUNT(DISTINCT ?value) {operator} {number})"
    )


def _iri(component: Component) -> str:
    term = component.values[0]
    if not isinstance(term, NamedNode):
        raise ShapeError(f"sh:{component.name} needs an IRI, found {term}")
    return term.value


def _literal(component: Component) -> Term:
    term = component.values[0]
    if not isinstance(term, Literal):
        raise ShapeError(f"sh:{component.name} needs a literal, found {term}")
    return term


def _integer(component: Component) -> int:
    term = component.values[0]
    if not isinstance(term, Literal) or not term.value.isdecimal():
        raise ShapeError(f"sh:{component.name} needs a whole number, found {term}")
    return int(term.value)
