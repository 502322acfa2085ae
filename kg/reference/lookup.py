"""Finding rows of the reference tables by name: exactly but for spelling habits, or nearly."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from kg.errors import KgError
from kg.reference.folding import key_of
from kg.reference.record import GEONAMES, Record, brand_record, place_record
from kg.vocabulary import PREFIXES

DATA = Path(__file__).parent / "data"
SHORTEST_FUZZY = 5
"""Keys with fewer characters are only compared exactly: one letter more or less makes another word of them."""
_EDGE = 3
_PARSERS: dict[str, Callable[[dict[str, str], dict[str, str]], Record]] = {"b": brand_record, "p": place_record}
_FILES = {"b": "brands.tsv.gz", "p": "places.tsv.gz"}


class ReferenceError(KgError):
    """A reference table is missing or damaged."""


@dataclass(frozen=True)
class Tables:
    """The tables as lines of text, parsed when they are asked for; ``index`` is sorted: key, tab, rows that bear it.

    ``versions`` are those of the packages that the rows come from.
    """

    index: list[str]
    rows: dict[str, list[str]]
    columns: dict[str, list[str]]
    versions: dict[str, str]

    def find(self, name: str) -> tuple[Record, ...]:
        """The records that bear a name, but for case, accents, blanks, hyphens and apostrophes."""
        return self._at(key_of(name))

    def near(self, name: str, limit: int = 8, least: float = 85.0) -> list[tuple[Record, float]]:
        """Records with a similar name, best first, each with its similarity in percent (``rapidfuzz`` ratio).

        Only keys that share their first or last three letters are compared, so a name that is misspelt at both ends
        is not found.
        """
        from rapidfuzz import fuzz, process

        key = key_of(name)
        if len(key) < SHORTEST_FUZZY:
            return []
        scores: dict[str, float] = {}
        for keys, wanted, step in ((self._keys, key, 1), (self._backwards, key[::-1], -1)):
            alike = _starting(keys, wanted[:_EDGE])
            best = process.extract(wanted, alike, scorer=fuzz.ratio, limit=limit, score_cutoff=least)
            scores.update((found[::step], score) for found, score, _ in best)
        best_keys = sorted(scores, key=lambda found: (-scores[found], found))[:limit]
        return [(record, scores[found]) for found in best_keys for record in self._at(found)]

    def identified(self, iri: str) -> Record | None:
        """The record that has an identifier, or None."""
        place = self._places.get(iri)
        return self.record(*place) if place else None

    def country(self, code: str) -> Record | None:
        """The country of an ISO 3166-1 alpha-2 code, or None."""
        return self._countries.get(code)

    def common(self) -> Iterator[Record]:
        """The records that extraction may know beforehand: widespread brands, countries, large cities."""
        for table in self.rows:
            place = self.columns[table].index("common")
            for number, line in enumerate(self.rows[table]):
                if line.split("\t", place + 1)[place] == "1":
                    yield self.record(table, number)

    def every(self, table: str) -> Iterator[Record]:
        """All records of ``b`` (brands) or ``p`` (places)."""
        return (self.record(table, number) for number in range(len(self.rows[table])))

    def record(self, table: str, number: int) -> Record:
        """The record of a row, counted from 0."""
        return _parse(self, table, number)

    def __hash__(self) -> int:
        return id(self)

    def _at(self, key: str) -> tuple[Record, ...]:
        place = bisect_left(self.index, key + "\t")
        found, _, refs = self.index[place].partition("\t") if place < len(self.index) else ("", "", "")
        return tuple(self.record(ref[0], int(ref[1:])) for ref in refs.split()) if key and found == key else ()

    @cached_property
    def _countries(self) -> dict[str, Record]:
        kind = self.columns["p"].index("kind")
        lines = enumerate(self.rows["p"])
        found = [self.record("p", number) for number, line in lines if line.split("\t", kind + 1)[kind] == "country"]
        return {record.places[0]: record for record in found}

    @cached_property
    def _places(self) -> dict[str, tuple[str, int]]:
        """Table and row of every identifier."""
        found = {}
        for table, lines in self.rows.items():
            for number, line in enumerate(lines):
                first, second, _ = line.split("\t", 2)
                if table == "p" and first:
                    found[f"{GEONAMES}{first}/"] = (table, number)
                found.setdefault(PREFIXES["wd"] + (second if table == "p" else first), (table, number))
        return found

    @cached_property
    def _keys(self) -> list[str]:
        return [line.partition("\t")[0] for line in self.index]

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(key[::-1] for key in self._keys)


def _starting(lines: list[str], start: str) -> list[str]:
    return lines[bisect_left(lines, start) : bisect_left(lines, start + "\U0010ffff")]


@lru_cache(maxsize=20_000)
def _parse(tables: Tables, table: str, number: int) -> Record:
    cells = dict(zip(tables.columns[table], tables.rows[table][number].split("\t"), strict=True))
    return _PARSERS[table](cells, tables.versions)


@cache
def load_tables(folder: Path = DATA) -> Tables:
    """The tables that ship with the package, read once.

    Raises:
        ReferenceError: a table is missing or damaged; the message says how to make it anew.
    """
    tables = {letter: _read(folder / name) for letter, name in _FILES.items()}
    sources = (folder / "SOURCES.tsv").read_text("utf-8").splitlines()[1:]
    versions = {package: version for package, version, *_ in (line.split("\t") for line in sources)}
    return Tables(
        _read(folder / "names.tsv.gz")[1:],
        {letter: found[1:] for letter, found in tables.items()},
        {letter: found[0].split("\t") for letter, found in tables.items()},
        versions,
    )


def load_currencies(folder: Path = DATA) -> dict[str, str]:
    """ISO 4217 codes of the currencies in use with their English names."""
    rows = (line.split("\t") for line in _read(folder / "currencies.tsv.gz")[1:])
    return {code: name for code, name, _ in rows}


def _read(path: Path) -> list[str]:
    try:
        text = gzip.decompress(path.read_bytes()).decode()
    except (OSError, EOFError, ValueError) as error:
        raise ReferenceError(
            f"{path}: the reference table cannot be read ({error}); install the package again"
        ) from error
    return text.removesuffix("\n").split("\n")
