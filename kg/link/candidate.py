"""Candidates for an entity, each with how sure it is and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.link.context import NOWHERE, Context
from kg.link.subject import Subject
from kg.model import EntityType
from kg.reference import Record, Tables
from kg.reference.folding import key_of, without_form
from kg.reference.record import WORLD

EXACT, CLOSE, LEAST = 0.9, 0.85, 0.2
"""Confidence from which a candidate is an exact match, a close match, or worth keeping for review."""

_TABLE_TYPES = {
    "Place": frozenset({EntityType.PLACE}),
    "Brand": frozenset({EntityType.BRAND, EntityType.ORGANIZATION}),
    "Organization": frozenset({EntityType.BRAND, EntityType.ORGANIZATION}),
    "Platform": frozenset({EntityType.BRAND, EntityType.ORGANIZATION}),
}
_SAME, _FOLDED, _FORMLESS, _ALIAS, _SIGNS, _FUZZY = 1.0, 0.99, 0.98, 0.95, 0.85, 0.78
_MEANINGFUL = re.compile(r"[@+#*!?$]")
"""Signs that make another name of one: ``Acme+`` is not ``Acme``."""
_MULTINATIONAL = re.compile(r"\b(?:multi|inter)national\b|\bworldwide\b|\bglobal\b")
_OTHER_NAME = 0.97
_WELL_KNOWN, _KNOWN, _LARGE = 60, 20, 1_000_000
_UNSUPPORTED = 0.75
_NEAR, _ELSEWHERE, _NESTED, _EXTENDED = 20.0, 3.0, 0.02, 0.1
_BY_ALIAS = 0.35
_BIG_CITY, _MAIN_CITY = 1_000_000, 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that an entity may be: confidence in [0, 1], the names that matched, and whether letter by letter."""

    record: Record
    confidence: float
    matched: str
    fuzzy: bool = False
    reason: str = ""


def candidates(subject: Subject, tables: Tables, context: Context = NOWHERE, limit: int = 8) -> list[Candidate]:
    """The candidates of the tables for an entity, best first."""
    wanted = frozenset().union(*(_TABLE_TYPES.get(kind, frozenset()) for kind in subject.types))
    if not wanted:
        return []
    found: dict[Record, Candidate] = {}
    for name in subject.names:
        scale = _SAME if name == subject.name else _OTHER_NAME
        for record in tables.find(name):
            if record.type in wanted:
                _keep(found, Candidate(record, scale * _likeness(name, record), name))
    if not found:
        for record, score in tables.near(subject.name):
            if record.type in wanted:
                _keep(found, Candidate(record, _FUZZY * score / 100, subject.name, fuzzy=True, reason="spelling"))
    return rank(list(found.values()), context)[:limit]


def _keep(found: dict[Record, Candidate], candidate: Candidate) -> None:
    old = found.get(candidate.record)
    if old is None or old.confidence < candidate.confidence:
        found[candidate.record] = candidate


def _likeness(name: str, record: Record) -> float:
    if name.casefold() == record.name.casefold():
        return _SAME
    spelt = [other for other in record.names if key_of(other) == key_of(name)] or [record.name]
    if not any(_MEANINGFUL.findall(other) == _MEANINGFUL.findall(name) for other in spelt):
        return _SIGNS
    if key_of(name) == key_of(record.name):
        return _FOLDED
    if key_of(without_form(name)) == key_of(without_form(record.name)):
        return _FORMLESS
    return _ALIAS


def rank(found: list[Candidate], context: Context) -> list[Candidate]:
    """Candidates with their confidence settled by rivals, popularity and context; best first."""
    weights = [_weight(one, found, context) ** 2 for one in found]
    total = sum(weights) or 1.0
    settled = [
        replace(one, confidence=round(one.confidence * weight / total * _support(one, found, context), 3))
        for one, weight in zip(found, weights, strict=True)
    ]
    return sorted(settled, key=lambda c: (-c.confidence, -c.record.weight, c.record.identifier))


def _weight(one: Candidate, rivals: list[Candidate], context: Context) -> float:
    """How likely a name is to mean this record rather than its rivals, before squaring."""
    record = one.record
    weight = float(max(record.weight, 1))
    if record.kinds[:1] in (("continent",), ("area",)):
        weight = 1e8
    if one.confidence <= _ALIAS:
        weight *= _BY_ALIAS
    if record.type is EntityType.PLACE:
        weight *= (1.0, _ELSEWHERE, _NEAR)[context.closeness(record)]
    elif context.speaks_of(record):
        weight *= _ELSEWHERE
    if any(_contains(record, other.record) for other in rivals):
        return weight * _NESTED
    return weight * _EXTENDED if _extends(one, rivals) else weight


def _extends(one: Candidate, rivals: list[Candidate]) -> bool:
    """Whether a record's own name adds words to what another one bears: ``Acme Fuel Station`` beside ``Acme``."""
    return _longer(one) and any(other.confidence > _ALIAS for other in rivals)


def _longer(one: Candidate) -> bool:
    if one.confidence > _ALIAS or one.record.type is EntityType.PLACE:
        return False
    short, long = _words(without_form(one.matched)), _words(one.record.name)
    return len(long) > len(short) and long[: len(short)] == short


def _words(name: str) -> list[str]:
    return [key for key in map(key_of, name.split()) if key]


def _contains(one: Record, other: Record) -> bool:
    """Whether two places nest and the name rather means the other: the country, or a region's main city."""
    if one is other or not one.places or one.places != other.places or one.type is not EntityType.PLACE:
        return False
    kinds = one.kinds[0], other.kinds[0]
    if kinds[1] == "country":
        return True
    if kinds != ("region", "city") or one.region != other.region:
        return False
    return other.weight >= _BIG_CITY or other.weight >= _MAIN_CITY * one.weight


def _support(one: Candidate, rivals: list[Candidate], context: Context) -> float:
    """What is taken off for records that nothing in the text speaks for, and for ordinary words.

    A short name of a record with a longer one (``Acme`` of ``Acme Hotels``) may rather be its owner's, and a company
    of one country hardly be meant where only others are named.
    """
    record = one.record
    if record.type is EntityType.PLACE:
        return _place_support(one, rivals, context.closeness(record))
    spoken, known = context.speaks_of(record), record.weight >= _WELL_KNOWN
    if (one.matched.casefold() in context.common_words and not spoken) or not (known or spoken or _local(one, context)):
        return _UNSUPPORTED
    if _longer(one):
        return 0.9 if spoken and known else _UNSUPPORTED
    if known:
        return 1.0
    if _elsewhere(record, context):
        return 0.87 if spoken else _UNSUPPORTED
    if spoken:
        return 1.0 if context.closeness(record) else 0.97
    alone = not any(other is not one and not _extends(other, rivals) for other in rivals)
    return 0.92 if alone and one.confidence > _ALIAS else _UNSUPPORTED


def _local(one: Candidate, context: Context) -> bool:
    """Whether a record is known well enough, or its country is named."""
    return one.record.weight >= _KNOWN or context.closeness(one.record) > 0


def _elsewhere(record: Record, context: Context) -> bool:
    """Whether the text names countries, but none where the record trades, and the record is no multinational."""
    everywhere = WORLD in record.places or _MULTINATIONAL.search(record.description)
    return bool(context.anywhere) and not everywhere and not context.closeness(record)


def _place_support(one: Candidate, rivals: list[Candidate], closeness: int) -> float:
    """Little-known places need their country in the text, and more so where only another name of theirs matched.

    A region and a city elsewhere of the same name are left to a person unless the text says which.
    """
    record = one.record
    if closeness < 2 and any(_of_another_kind(record, other.record) for other in rivals):
        return 0.8
    little = record.kinds[0] in {"city", "region"} and not record.common and record.weight < _LARGE
    if not little:
        return 1.0
    return (0.7, 0.95, 1.0)[closeness] if one.confidence > _ALIAS else (0.6, 0.8, 0.95)[closeness]


def _of_another_kind(one: Record, other: Record) -> bool:
    kinds = {one.kinds[0], other.kinds[0]}
    apart = one.places != other.places or (one.region != other.region and "country" not in kinds)
    return kinds == {"city", "region"} and apart and other.common
