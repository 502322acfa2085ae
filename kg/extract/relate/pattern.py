"""Relation patterns, read from ``kg/extract/data/patterns/*.toml`` (format: docs/relation-patterns.md)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.extract.lexicon import DATA
from kg.extract.relate.period import DAYS
from kg.extract.relate.roles import ROLES
from kg.model import EntityType

FOLDER = DATA / "patterns"
_KEYS = frozenset(
    "name trigger pos subject object subject_types object_types kinds subject_kinds confidence needs hinders "
    "matches rejects".split()
)
_REQUIRED = frozenset({"name", "trigger", "subject", "object", "confidence", "matches", "rejects"})
_PREPOSITIONS = re.compile(r"(clause-|trailing-|subject-)?[a-z]+(\|[a-z]+)*")
PHRASES = frozenset({"audience", "beneficiary", "clause-beneficiary", *DAYS})
"""Roles whose filler is a noun phrase of the text or a date and not an entity."""


class PatternError(ValueError):
    """A pattern file that cannot be used; the message names the file, the pattern and what is wrong."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say a relation.

    ``trigger`` holds lower-case lemmas or words, ``pos`` the parts of speech they may have (any if empty).
    ``subject`` and ``object`` are roles (:mod:`kg.extract.relate.roles`) in order of preference: each further one is
    tried if those before find nothing, and costs confidence. ``kinds`` limits events to subclasses ("-Festival"
    excludes one), ``subject_kinds`` those that are subjects. One of the words ``needs`` must stand in the sentence if
    there are any, none of ``hinders``. ``matches`` and ``rejects`` are the marked examples that the tests run.
    """

    relation: str
    name: str
    trigger: frozenset[str]
    pos: frozenset[str]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    subject_types: frozenset[EntityType]
    object_types: frozenset[EntityType]
    kinds: frozenset[str]
    subject_kinds: frozenset[str]
    confidence: float
    needs: frozenset[str]
    hinders: frozenset[str]
    matches: tuple[str, ...]
    rejects: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The name of the rule as evidence carries it."""
        return f"{self.relation}.{self.name}"


@lru_cache(maxsize=1)
def load_patterns() -> tuple[Pattern, ...]:
    """All patterns that ship with the package, in the order of their files and places."""
    return tuple(p for path in sorted(FOLDER.glob("*.toml")) for p in read_patterns(path))


@lru_cache(maxsize=1)
def by_trigger() -> dict[str, tuple[Pattern, ...]]:
    """The patterns by lemma or word."""
    index: dict[str, list[Pattern]] = {}
    for pattern in load_patterns():
        for word in sorted(pattern.trigger):
            index.setdefault(word, []).append(pattern)
    return {word: tuple(patterns) for word, patterns in index.items()}


def read_patterns(path: Path) -> list[Pattern]:
    """The patterns of one file.

    Raises:
        PatternError: for an unknown key, role or type, or a pattern without examples.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_pattern(path, data, entry) for entry in data["pattern"]]


def _pattern(path: Path, data: dict[str, Any], entry: dict[str, Any]) -> Pattern:
    where = f"{path.name}: pattern {entry.get('name', '(without a name)')}"
    if unknown := sorted(set(entry) - _KEYS):
        raise PatternError(f"{where}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(_KEYS))}")
    if missing := sorted(_REQUIRED - set(entry)):
        raise PatternError(f"{where}: {', '.join(missing)} missing")
    if not entry["matches"] or not entry["rejects"]:
        raise PatternError(f"{where}: needs an example that matches and one that must not")
    return Pattern(
        data["relation"], entry["name"], _words(data, entry["trigger"]), frozenset(entry.get("pos", "").split()),
        _roles(where, entry["subject"]), _roles(where, entry["object"]),
        _types(where, entry.get("subject_types", data["subject"])),
        _types(where, entry.get("object_types", data["object"])),
        frozenset(entry.get("kinds", "").split()),
        frozenset(entry.get("subject_kinds", entry.get("kinds", "")).split()), float(entry["confidence"]),
        _words(data, entry.get("needs", "")), _words(data, entry.get("hinders", "")),
        tuple(entry["matches"]), tuple(entry["rejects"]),
    )  # fmt: skip


def _words(data: dict[str, Any], text: str) -> frozenset[str]:
    """The words of a list; ``@name`` stands for a list in the file's ``[words]``."""
    lists = data.get("words", {})
    return frozenset(w for part in text.split() for w in (lists[part[1:]].split() if part[0] == "@" else [part]))


def _roles(where: str, text: str) -> tuple[str, ...]:
    roles = tuple(text.split())
    for role in roles:
        if role not in ROLES and role not in PHRASES and not re.fullmatch(_PREPOSITIONS, role):
            raise PatternError(f"{where}: {role!r} is neither a role nor a list of prepositions")
    return roles


def _types(where: str, text: str) -> frozenset[EntityType]:
    try:
        return frozenset(EntityType(t) for t in text.split())
    except ValueError as error:
        raise PatternError(f"{where}: {error}") from None
