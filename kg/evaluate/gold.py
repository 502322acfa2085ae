"""Gold sets: the four tables of facts that careful readers found in a text, as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import SourceError, UsageError
from kg.evaluate.comparison import Names, plain
from kg.report.tables import COLUMNS

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]
TEXT, ENTRIES, ALIASES = "text.txt", "entries.txt", "aliases.tsv"


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The facts of one text as a reader finds them.

    ``entries`` are the keys of the entries that were read (None: all of them); ``lacking`` names tables without a
    file, which count as empty.
    """

    name: str
    tables: Tables
    names: Names
    entries: frozenset[str] | None = None
    lacking: tuple[str, ...] = ()

    def limited(self, tables: Tables) -> dict[str, list[Row]]:
        """The rows of the entries that were read."""
        keep = self.entries
        return {table: [row for row in tables[table] if keep is None or row["entry"] in keep] for table in COLUMNS}


def read_gold(folder: Path, entries: Path | None = None) -> GoldSet:
    """Read a folder with ``entities.tsv``, ``relations.tsv``, ``measurements.tsv`` and ``quotations.tsv``.

    ``aliases.tsv`` (main name, tab, other spelling) says which names are one. ``entries``, or else ``entries.txt`` of
    the folder, lists the entries that were read, one a line.

    Raises:
        UsageError: there is no such folder, or no table in it.
        SourceError: a file cannot be read, or lacks a column.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder of gold tables; name one that holds entities.tsv and the others")
    found = {table: folder / f"{table}.tsv" for table in COLUMNS}
    lacking = tuple(table for table, path in found.items() if not path.is_file())
    if len(lacking) == len(found):
        raise UsageError(f"{folder}: holds none of {', '.join(path.name for path in found.values())}; name a gold set")
    listed = entries or folder / ENTRIES
    keep = frozenset(_lines(listed)) if entries or listed.is_file() else None
    tables = {table: [] if table in lacking else _read_table(path, table) for table, path in found.items()}
    gold = GoldSet(folder.resolve().name, tables, _read_names(folder / ALIASES), keep, lacking)
    return replace(gold, tables=gold.limited(tables))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check the name and its permissions") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _lines(path: Path) -> list[str]:
    return _read(path).split()


def _read_table(path: Path, table: str) -> list[Row]:
    reader = csv.DictReader(io.StringIO(_read(path), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    lost = [column for column in COLUMNS[table] if column not in (reader.fieldnames or ())]
    if lost:
        raise SourceError(f"{path}: the header line lacks {', '.join(lost)}; it must read {' '.join(COLUMNS[table])}")
    return [{column: (row[column] or "").strip() for column in COLUMNS[table]} for row in reader]


def _read_names(path: Path) -> Names:
    if not path.is_file():
        return Names()
    pairs = [line.split("\t") for line in _read(path).splitlines()]
    return Names({plain(pair[1]): plain(pair[0]) for pair in pairs if len(pair) > 1 and pair[0] != "canonical"})


def gold_sets_in(folder: Path) -> list[Path]:
    """The folders in a folder that hold a gold set with its ``text.txt``, in order of their names.

    Raises:
        UsageError: there is none.
    """
    found = sorted(path.parent for path in folder.glob(f"*/{TEXT}"))
    if not found:
        raise UsageError(f"{folder}: no folder in it holds {TEXT} beside gold tables; name a folder of gold sets")
    return found
