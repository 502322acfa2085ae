"""The four tables of facts as CSV, TSV, Parquet and Excel."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.export.cleaning import Cleaner, spreadsheet_safe
from kg.export.extras import needs
from kg.report.tables import COLUMNS

Tables = Mapping[str, Sequence[Mapping[str, str]]]
_NUMBERS = {"value"}
_MOST_ROWS = 1_048_575


def write_csv(tables: Tables, folder: Path, clean: Cleaner, *, safe: bool = False, delimiter: str = ",") -> None:
    """Write a CSV file a table (RFC 4180); ``safe`` keeps spreadsheets from running cells as formulas."""
    suffix = "tsv" if delimiter == "\t" else "csv"
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.{suffix}").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=delimiter)
            writer.writerow(columns)
            for row in tables[table]:
                cells = (row[column] for column in columns)
                writer.writerow([spreadsheet_safe(cell) if safe else cell for cell in cells])


def write_tsv(tables: Tables, folder: Path, clean: Cleaner, *, safe: bool = False) -> None:
    """Write the tables separated by tabs, quoted where a cell holds a tab, a quote or a line end."""
    write_csv(tables, folder, clean, safe=safe, delimiter="\t")


def write_parquet(tables: Tables, folder: Path, clean: Cleaner, *, safe: bool = False) -> None:
    """Write a Parquet file a table; values are doubles, all else strings.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    arrow = needs("pyarrow", "tables")
    parquet = needs("pyarrow.parquet", "tables")
    for table, columns in COLUMNS.items():
        fields = [arrow.field(name, arrow.float64() if name in _NUMBERS else arrow.string()) for name in columns]
        data = {name: [_cell(name, row[name]) for row in tables[table]] for name in columns}
        parquet.write_table(arrow.table(data, schema=arrow.schema(fields)), folder / f"{table}.parquet")


def write_xlsx(tables: Tables, path: Path, clean: Cleaner, *, safe: bool = False) -> None:
    """Write one workbook with a sheet a table; no cell is a formula.

    Raises:
        UsageError: a table has more rows than a sheet can hold.
        MissingExtraError: openpyxl is not installed.
    """
    openpyxl = needs("openpyxl", "tables")
    cells = needs("openpyxl.cell", "tables")
    longest = max(tables, key=lambda table: len(tables[table]))
    if len(tables[longest]) > _MOST_ROWS:
        raise UsageError(
            f"-f xlsx: a sheet holds {_MOST_ROWS:,} rows, and there are more {longest}; write csv or parquet"
        )
    book = openpyxl.Workbook(write_only=True)
    for table, columns in COLUMNS.items():
        sheet = book.create_sheet(table)
        sheet.freeze_panes = "A2"
        sheet.append(columns)
        for row in tables[table]:
            line = []
            for name in columns:
                value = _cell(name, row[name])
                cell = cells.WriteOnlyCell(sheet, clean.cell(value) if isinstance(value, str) else value)
                if isinstance(value, str):
                    cell.data_type = "s"
                line.append(cell)
            sheet.append(line)
    book.save(path)


def _cell(column: str, text: str) -> Any:
    return float(text) if column in _NUMBERS else text
