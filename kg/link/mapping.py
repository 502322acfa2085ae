"""A mapping between an entity of ours and something that others identify: one row of an SSSOM file."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.vocabulary import PREFIXES

SKOS = PREFIXES["skos"]
EXACT_MATCH, CLOSE_MATCH = SKOS + "exactMatch", SKOS + "closeMatch"
SAME_AS = PREFIXES["owl"] + "sameAs"
IDENTITIES = frozenset({EXACT_MATCH, SAME_AS})
"""The predicates that say that two things are one."""

LEXICAL = "semapv:LexicalMatching"
SIMILARITY = "semapv:LexicalSimilarityThresholdMatching"
COMPOSITE = "semapv:CompositeMatching"
MANUAL = "semapv:ManualMappingCuration"
TOOL = "liveblog-kg"
REFERENCE = "https://w3id.org/liveblog-kg/reference/"
"""Namespace that names the reference tables as sources (prefix ``ref``)."""

NOT = "Not"


@dataclass(frozen=True, slots=True)
class Mapping:
    """One row: IRIs in full, ``confidence`` in [0, 1] or None, everything else as SSSOM names it.

    ``modifier`` is ``Not`` for a mapping that was found to be wrong. ``source`` and ``version`` are SSSOM's
    ``object_source`` and ``object_source_version``. ``extra`` are further columns of others' files, kept as they are.
    """

    subject: str
    object: str
    predicate: str = EXACT_MATCH
    subject_label: str = ""
    object_label: str = ""
    modifier: str = ""
    justification: str = LEXICAL
    confidence: float | None = None
    tool: str = ""
    tool_version: str = ""
    source: str = ""
    version: str = ""
    reviewer: str = ""
    matched: str = ""
    mapping_source: str = ""
    comment: str = ""
    extra: tuple[tuple[str, str], ...] = field(default=())

    @property
    def automatic(self) -> bool:
        """Made from the tables without a person: computed anew at each run, where all others are kept."""
        return self.own and self.source.startswith(REFERENCE)

    @property
    def own(self) -> bool:
        """Made by this package, from tables or a service, without a person."""
        return self.tool == TOOL and not self.reviewed and not self.mapping_source

    @property
    def identity(self) -> bool:
        """Whether it says that subject and object are one thing."""
        return self.predicate in IDENTITIES and self.modifier != NOT

    @property
    def denied(self) -> bool:
        """Whether it says that the mapping does not hold."""
        return self.modifier == NOT

    @property
    def reviewed(self) -> bool:
        """Whether a person stands behind it."""
        return bool(self.reviewer) or any(column == "reviewer_id" for column, _ in self.extra)

    @property
    def space(self) -> str:
        """The identifier space of the object: everything up to the identifier itself."""
        trimmed = self.object.rstrip("/")
        return trimmed[: max(trimmed.rfind("/"), trimmed.rfind("#")) + 1]
