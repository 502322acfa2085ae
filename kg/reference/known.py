"""Names that extraction may know beforehand, in the shape of its own name lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import EntityType
from kg.reference.folding import without_form
from kg.reference.lookup import load_tables
from kg.reference.record import Record

_MOST_ALIASES = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A usual name with its type and its other spellings."""

    name: str
    type: EntityType
    aliases: tuple[str, ...]


def known_names() -> Iterator[Known]:
    """Widespread brands and companies, countries, US states and cities of over 250,000 people.

    Of places only the usual name, as the others are of all languages; of brands a few Latin spellings.
    """
    for record in load_tables().common():
        if record.type is EntityType.PLACE:
            yield Known(record.name, record.type, ())
        else:
            yield _brand(record)


def _brand(record: Record) -> Known:
    """A brand without its legal form where it also goes without: ``Bose`` for ``Bose Corporation``."""
    short = without_form(record.name)
    name = short if short in record.aliases else record.name
    latin = [alias for alias in record.names if alias != name and any("A" <= c <= "Z" for c in alias)]
    return Known(name, record.type, tuple(latin[:_MOST_ALIASES]))
