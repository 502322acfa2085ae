"""The closed vocabulary: namespaces, prefix map, and every term that ``ontology/festival.ttl`` defines.

Strings only, no RDF library: importing this costs nothing. A test holds this module and the ontology together, so a
term is added in both or in neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.errors import KgError

ONTOLOGY: Final = "https://w3id.org/liveblog-kg/ontology#"
"""Namespace of the ontology's terms (prefix ``lb``)."""

ONTOLOGY_IRI: Final = "https://w3id.org/liveblog-kg/ontology"
"""The ontology itself, as ``owl:imports`` and ``rdfs:isDefinedBy`` name it."""

DEFAULT_BASE: Final = "https://w3id.org/liveblog-kg/id/"
"""Namespace of instances unless ``kg build --base`` says otherwise."""

PREFIXES: Final[dict[str, str]] = {
    "lb": ONTOLOGY,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "sh": "http://www.w3.org/ns/shacl#",
    "schema": "https://schema.org/",
    "spex": "https://purl.expasy.org/sparql-examples/ontology#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "oa": "http://www.w3.org/ns/oa#",
    "time": "http://www.w3.org/2006/time#",
    "org": "http://www.w3.org/ns/org#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
    "cur": "http://qudt.org/vocab/currency/",
    "gn": "http://www.geonames.org/ontology#",
    "sssom": "https://w3id.org/sssom/",
    "semapv": "https://w3id.org/semapv/vocab/",
}
"""Prefix to namespace IRI; the only prefix map of the package."""


class UnknownTermError(KgError, KeyError):
    """A local name was asked for that the ontology does not define; ``local`` is the name."""

    def __init__(self, local: str) -> None:
        super().__init__(local)
        self.local = local

    def __str__(self) -> str:
        return f"the ontology defines no term {self.local!r}; define it in ontology/festival.ttl and kg/vocabulary.py"


@dataclass(frozen=True, slots=True)
class RelationTerm:
    """A relation of the guide: local names of the property, its subject and object classes, and its inverse.

    ``range`` is empty where the object is a literal; ``inverse`` is then None. A symmetric relation is its own inverse.
    """

    name: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: str | None

    @property
    def iri(self) -> str:
        """The property's IRI."""
        return ONTOLOGY + self.name

    @property
    def symmetric(self) -> bool:
        """Whether the relation is its own inverse."""
        return self.inverse == self.name


_RUNNERS = ("Organization", "Platform", "Brand")

_RELATIONS = (
    RelationTerm("operatedBy", ("Platform",), ("Organization", "Platform"), "operates"),
    RelationTerm("holdsPosition", ("Person",), ("Organization", "Platform", "Initiative", "Event"), "positionHeldBy"),
    RelationTerm("participatesIn", ("Brand", "Organization", "Person"), ("Event", "Initiative"), "hasParticipant"),
    RelationTerm("performsAt", ("Person",), ("Event",), "hasPerformer"),
    RelationTerm("speaksAt", ("Person",), ("Event",), "hasSpeaker"),
    RelationTerm("organizes", _RUNNERS, ("Event",), "organizedBy"),
    RelationTerm("runs", _RUNNERS, ("Initiative",), "runBy"),
    RelationTerm("partOf", ("Event", "Initiative"), ("Event", "Initiative"), "hasPart"),
    RelationTerm("heldAt", ("Event",), ("Place",), "hosts"),
    RelationTerm("startDate", ("Event",), (), None),
    RelationTerm("endDate", ("Event",), (), None),
    RelationTerm("broadcastBy", ("Event",), ("Organization", "Platform"), "broadcasts"),
    RelationTerm("uses", ("Organization", "Platform", "Initiative"), ("Technology",), "usedBy"),
    RelationTerm("partnersWith", (*_RUNNERS, "Initiative"), _RUNNERS, "partnersWith"),
    RelationTerm("serves", ("Initiative",), ("Audience",), "servedBy"),
    RelationTerm("availableIn", ("Platform", "Initiative"), ("Place",), "offers"),
)

RELATIONS: Final = MappingProxyType({relation.name: relation for relation in _RELATIONS})
"""The guide's relations by local name, in the guide's order."""

INVERSES: Final = MappingProxyType({r.inverse: r.name for r in _RELATIONS if r.inverse is not None and not r.symmetric})
"""Local name of each named inverse to the relation it inverts."""

EVENT_KINDS: Final = ("Festival", "SalesWindow", "PreSale", "Gala", "PressEvent")

ENTITY_CLASSES: Final = (
    "Platform",
    "Brand",
    "Organization",
    "Person",
    "Event",
    "Initiative",
    "Place",
    "ProductCategory",
    "Technology",
    "Certification",
    "Audience",
)
"""Direct subclasses of ``NamedThing``; the same word in lower case opens the instance's path."""

STATEMENT_CLASSES: Final = ("RelationStatement", "Measurement", "Quotation", "Mention")

CLASSES: Final = frozenset(
    (
        *ENTITY_CLASSES,
        *EVENT_KINDS,
        *STATEMENT_CLASSES,
        *("NamedThing", "Position", "Document", "LiveBlog", "Article", "Entry", "Passage", "Statement", "Merge"),
    )
)

OBJECT_PROPERTIES: Final = frozenset(
    (
        *(relation.name for relation in _RELATIONS if relation.range),
        *INVERSES,
        *("theme", "holder", "postAt", "inDocument", "inEntry", "entry", "passage", "mentions", "subject"),
        *("speaker", "recipient", "mergedInto"),
    )
)

DATATYPE_PROPERTIES: Final = frozenset(
    (
        *(relation.name for relation in _RELATIONS if not relation.range),
        *("title", "sha256", "key", "headline", "dateline", "start", "end", "text", "textSha256"),
        *("confidence", "rule", "modality", "detail"),
        *("subjectText", "measure", "comparator", "value", "unit", "period", "quotedText", "mergedName", "reason"),
    )
)

THEMES: Final = (
    "theme-sustainability",
    "theme-inclusion",
    "theme-livestreaming",
    "theme-logistics",
    "theme-payments-openness",
    "theme-loyalty",
    "theme-luxury",
    "theme-philanthropy",
    "theme-technology",
    "theme-entertainment",
    "theme-cross-border",
    "theme-rural",
    "theme-small-business",
    "theme-health",
)
"""Concepts of the scheme ``themes``, which ``lb:theme`` points to."""

TERMS: Final = CLASSES | OBJECT_PROPERTIES | DATATYPE_PROPERTIES | frozenset(THEMES) | {"themes"}
"""Local names of everything the ontology defines."""


def term(local: str) -> str:
    """The IRI of one of our terms.

    Raises:
        UnknownTermError: the ontology defines no such term.
    """
    if local not in TERMS:
        raise UnknownTermError(local)
    return ONTOLOGY + local
