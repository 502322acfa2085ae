"""The value types that travel down the line: what was read, and what was found in it.

Every offset is a count of Unicode code points into :attr:`Document.text`, half-open: ``text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: code points, half-open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


class BlockKind(StrEnum):
    """What a block of an entry is."""

    HEADLINE = "headline"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CREDIT = "credit"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A headline, paragraph, list item, caption or photo credit of an entry."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One post of a live blog; the text before the first (``intro``); or a whole article.

    ``key`` is the entry's name in the fact tables: ``2021-11-18T12:47+08:00``, ``2020-11-12`` or ``intro``
    (made unique within the document by a suffix ``#2`` where two posts carry the same minute).
    ``time`` is the time of publication with its UTC offset; ``day`` the calendar day that relative dates count from.
    """

    key: str
    span: Span
    blocks: tuple[Block, ...]
    time: datetime | None = None
    day: date | None = None
    dateline: str | None = None
    headline: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source as read: its text, where it came from and the entries in it.

    ``sha256`` is of the UTF-8 bytes of ``text``; ``source_sha256`` of the bytes as fetched.
    ``kind`` is ``liveblog`` or ``article``. ``boilerplate`` are the stretches of ``text`` left out of every entry.
    """

    name: str
    text: str
    sha256: str
    source_sha256: str
    kind: str
    entries: tuple[Entry, ...]
    title: str | None = None
    url: str | None = None
    published: date | None = None
    boilerplate: tuple[Span, ...] = ()


class EntityType(StrEnum):
    """The entity types of the guide; the value is also the class's local name in the ontology."""

    PLATFORM = "Platform"
    BRAND = "Brand"
    ORGANIZATION = "Organization"
    PERSON = "Person"
    EVENT = "Event"
    INITIATIVE = "Initiative"
    PLACE = "Place"
    PRODUCT_CATEGORY = "ProductCategory"
    TECHNOLOGY = "Technology"
    CERTIFICATION = "Certification"


class Modality(StrEnum):
    """Whether the text asserts a thing as a fact or announces it."""

    ASSERTED = "asserted"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement was read and by what: the exact characters, their sentence and their entry.

    ``passage`` is the sentence around ``span``; ``rule`` the name of the rule; ``confidence`` is in (0, 1].
    """

    entry: str
    passage: Span
    span: Span
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Merge:
    """A record that ``name`` was taken for another name of an entity, and why (``reason`` is a rule name)."""

    name: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that the document talks about, under its fullest name.

    ``(type, name)`` is unique within a document. ``kind`` is a subclass's local name where one is known
    (``Festival``, ``SalesWindow``, ``PreSale``, ``Gala``, ``PressEvent``), ``theme`` the local names of concepts.
    """

    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    themes: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """The statement that a stretch of text names, or stands for, an entity."""

    entity: Entity
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Relation:
    """``subject relation object``; the object is an entity, an ISO 8601 date or year, or a noun phrase (audiences).

    ``relation`` is a property's local name (``operatedBy`` … ``availableIn``); ``detail`` a title as written.
    """

    subject: Entity
    relation: str
    object: Entity | str
    evidence: Evidence
    detail: str = ""
    modality: Modality = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number that measures something; ``subject`` is an entity or the text's own noun phrase."""

    subject: Entity | str
    measure: str
    comparator: str
    value: Decimal
    unit: str
    evidence: Evidence
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks that are somebody's; ``parts`` are the spans between the marks, in order."""

    speaker: Entity | None
    text: str
    evidence: Evidence
    parts: tuple[Span, ...] = ()
    recipient: Entity | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was found in one document."""

    document: Document
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    passages: tuple[tuple[str, Span], ...] = field(default=())
    """Every sentence of the document in order, as ``(entry key, span)``."""
