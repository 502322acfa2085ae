"""Which saved query a question means: the one with a way of asking that leaves the least of both unexplained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.ask.question.concepts import UNANSWERED
from kg.ask.question.reading import Filler, Item, Reading
from kg.ask.question.templates import Template, Templates
from kg.ask.saved import Parameter, SavedQuery
from kg.vocabulary import EVENT_KINDS

LEAST_SCORE = 0.55
"""Below this a question has no answer."""

_SLOT, _KINDRED, _LOST, _CONTEXT, _HIDDEN, _UNUSED = 2.0, 0.5, 5.0, 0.3, 0.5, 0.8
_OPEN, _SILENT = 0.5, 0.8
"""What a template's unmatched words count of their weight, and a parameter given where the template has none."""
_REFUSED = 8.0
"""What a word counts that no saved query answers."""
_SPEECHLESS = 0.6
"""What a match of names alone is worth, where the template has words too."""
_KIN = (
    frozenset({"Platform", "Brand", "Organization", "Initiative", "Certification"}),
    frozenset({"Initiative", "Event", *EVENT_KINDS}),
    frozenset({"Technology", "ProductCategory"}),
)
"""Classes that a text may well mix up, so that a thing of one is taken where another is asked for."""
_KINDS = {"amount": "amount", "currency": "currency", "since": "start", "moment": "end", "unit": "unit"}
"""The kind of value that a parameter of a name takes; others take the kind of their own name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A saved query that a question may mean, with its parameters; ``score`` is in [0, 1].

    ``strange`` are names in the question that neither the graph nor the query knows.
    """

    query: SavedQuery
    params: dict[str, str]
    score: float
    template: str
    strange: tuple[str, ...] = ()


def candidates(reading: Reading, templates: Templates) -> list[Candidate]:
    """The queries that a question may mean, the likeliest first, each once."""
    best: dict[str, Candidate] = {}
    for template in templates.every:
        found = _candidate(reading, template, templates)
        if found.query.name not in best or _order(found) < _order(best[found.query.name]):
            best[found.query.name] = found
    return sorted(best.values(), key=_order)


def _order(candidate: Candidate) -> tuple[float, int, str]:
    return -round(candidate.score, 6), -len(candidate.params), candidate.query.name


def _candidate(reading: Reading, template: Template, templates: Templates) -> Candidate:
    used = _assign(reading.fillers, template)
    taken = list(used.values())
    items = [item for item in reading.items if not any(_covers(filler, item) for filler in taken)]
    values = [filler for filler in taken if filler.kind != "thing"]
    hidden = [item for item in reading.items if any(_covers(filler, item) for filler in values) and _known(item)]
    matched, asked_only, template_only = _compare(items, template.items, templates)
    trust = 1.0 if matched or not template.items else _SPEECHLESS
    parameters = {parameter.name: parameter for parameter in template.parameters}
    for name, filler in used.items():
        weight = _SLOT * _fitness(parameters[name], filler)
        matched += weight * (1.0 if name in template.slots else 0.0)
        asked_only += _SLOT - weight + (0.0 if name in template.slots else _SILENT)
    asked_only += _HIDDEN * sum(max(templates.weights.get(c, 0.0) for c in item.concepts) for item in hidden)
    asked_only += _UNUSED * _unused(reading, used, template.query)
    template_only += _SLOT * len(template.slots - used.keys())
    for filler in reading.fillers:
        if filler.firm and not any(_overlap(filler, one) for one in taken):
            asked_only += _CONTEXT if "Festival" in filler.classes else _LOST / 2 if _twin(filler, reading) else _LOST
    total = matched + asked_only + _OPEN * template_only
    params = {name: filler.text for name, filler in used.items() if parameters[name].variable}
    strange = tuple(item.text for item in items if item.strange)
    return Candidate(template.query, params, trust * matched / total if total else 0.0, template.text, strange)


def _twin(filler: Filler, reading: Reading) -> bool:
    """Whether the same characters are read as another value, which is counted as well."""
    return any(one is not filler and one.firm and _overlap(one, filler) for one in reading.fillers)


def _assign(fillers: Iterable[Filler], template: Template) -> dict[str, Filler]:
    """The fillers that a query's parameters take: firm ones wherever they fit, others where the template asks."""
    used: dict[str, Filler] = {}
    parameters = template.parameters
    for strict in (True, False):
        for filler in sorted(fillers, key=lambda f: (not f.firm, f.start, f.start - f.end)):
            if any(_overlap(filler, one) and not _same_amount(filler, one) for one in used.values()):
                continue
            for parameter in parameters:
                wanted = parameter.name in template.slots or (filler.firm and not strict)
                fitness = _fitness(parameter, filler)
                if parameter.name not in used and wanted and (fitness == 1 or (fitness and filler.firm and not strict)):
                    used[parameter.name] = filler
                    break
    return used


def _unused(reading: Reading, used: dict[str, Filler], query: SavedQuery) -> bool:
    """Whether a parameter is left open that something in the question would fill."""
    free = [f for f in reading.fillers if not f.firm and not any(_overlap(f, one) for one in used.values())]
    left = [parameter for parameter in query.parameters if parameter.name not in used]
    return any(_fitness(parameter, filler) == 1 for parameter in left for filler in free)


def _same_amount(one: Filler, other: Filler) -> bool:
    return {one.kind, other.kind} == {"amount", "currency"}


def _fitness(parameter: Parameter, filler: Filler) -> float:
    """How well a parameter takes a filler, from 0 to 1."""
    if parameter.type != "iri":
        return float(filler.kind == _KINDS.get(parameter.name, parameter.name))
    wanted = {*parameter.classes, *(EVENT_KINDS if "Event" in parameter.classes else ())}
    if filler.kind != "thing":
        return 0.0
    if not wanted or "NamedThing" in wanted or wanted & filler.classes:
        return 1.0
    return _KINDRED if any(kin & wanted and kin & filler.classes for kin in _KIN) else 0.0


def _known(item: Item) -> bool:
    return not any(concept.startswith("w:") for concept in item.concepts)


def _covers(filler: Filler, item: Item) -> bool:
    return filler.start <= item.start and item.end <= filler.end


def _overlap(one: Item | Filler, other: Item | Filler) -> bool:
    return one.start < other.end and other.start < one.end


def _compare(asked: list[Item], said: tuple[Item, ...], templates: Templates) -> tuple[float, float, float]:
    """Weight of the words in both, of those only in the question, and of those only in the template."""
    left = list(said)
    matched = asked_only = 0.0
    for item in asked:
        twin = next((one for one in left if one.concepts & item.concepts), None)
        if twin is not None:
            left.remove(twin)
            matched += _shared(item, twin, templates)
        elif not any(one.concepts & item.concepts for one in said):
            asked_only += _REFUSED if UNANSWERED in item.concepts else templates.weight(item)
    return matched, asked_only, sum(templates.weight(one) for one in left)


def _shared(one: Item, other: Item, templates: Templates) -> float:
    return max(templates.weights.get(concept, 1.0) for concept in one.concepts & other.concepts)
