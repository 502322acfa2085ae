"""The guide's four tables as tab-separated files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

COLUMNS = {
    "entities": ("entry", "type", "name"),
    "relations": ("entry", "subject", "relation", "object", "detail"),
    "measurements": ("entry", "subject", "measure", "comparator", "value", "unit", "detail"),
    "quotations": ("entry", "speaker", "text"),
}


def write_tables(facts: Mapping[str, Sequence[Mapping[str, str]]], folder: Path) -> None:
    """Write ``{table}.tsv`` for each table, with a header line; blanks within a cell become one space.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for table, columns in COLUMNS.items():
        lines = ["\t".join(columns)]
        lines += ["\t".join(" ".join(row[column].split()) for column in columns) for row in facts[table]]
        (folder / f"{table}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
