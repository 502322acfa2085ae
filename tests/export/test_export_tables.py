"""The four tables of facts in each format, read back by its real reader, and cells that are no formulas."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import UsageError
from kg.export.cleaning import Cleaner
from kg.export.tables import write_xlsx
from kg.export.write import Choice, export
from tests.export.test_export_formats import plain


@pytest.fixture(params=["story", "hostile"])
def graph(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def _rows_csv(folder: Path, table: str) -> list[dict[str, Any]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _rows_tsv(folder: Path, table: str) -> list[dict[str, Any]]:
    with (folder / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _rows_parquet(folder: Path, table: str) -> list[dict[str, Any]]:
    return list(pytest.importorskip("pyarrow.parquet").read_table(folder / f"{table}.parquet").to_pylist())


def _rows_xlsx(path: Path, table: str) -> list[dict[str, Any]]:
    sheet = pytest.importorskip("openpyxl").load_workbook(path)[table]
    head, *rows = sheet.iter_rows()
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}
    names = [cell.value for cell in head]
    return [dict(zip(names, (cell.value or "" for cell in row), strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("form", "read"), [("csv", _rows_csv), ("tsv", _rows_tsv), ("parquet", _rows_parquet), ("xlsx", _rows_xlsx)]
)
def test_tables(graph: kg.Graph, form: str, read: Callable[[Path, str], list[dict[str, Any]]], tmp_path: Path) -> None:
    out = tmp_path / f"x.{form}"
    warnings = export(graph, form, out)
    assert bool(warnings) == (form == "xlsx" and len(graph.facts()["entities"]) > 10)
    for table, rows in graph.facts().items():
        found = [{k: float(v) if k == "value" else v for k, v in row.items()} for row in read(out, table)]
        expected = [{k: float(v) if k == "value" else v for k, v in row.items()} for row in rows]
        if form == "xlsx":
            expected = [{k: _in_a_cell(v) if isinstance(v, str) else v for k, v in row.items()} for row in expected]
        assert found == expected


def _in_a_cell(text: str) -> str:
    return plain(text).replace("\r\n", "\n").replace("\r", "\n")


def test_a_sheet_that_would_be_too_long_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    rows = [{"entry": "", "type": "", "name": ""}] * 1_048_576
    with pytest.raises(UsageError, match="more entities; write csv"):
        write_xlsx({"entities": rows, "relations": [], "measurements": [], "quotations": []}, tmp_path / "x", Cleaner())


def test_no_cell_is_a_formula_in_safe_mode(hostile: kg.Graph, tmp_path: Path) -> None:
    export(hostile, "csv", tmp_path, Choice(spreadsheet_safe=True))
    with (tmp_path / "relations.csv").open(encoding="utf-8", newline="") as lines:
        cells = [cell for row in csv.reader(lines) for cell in row]
    assert "'@SUM(1+1)*cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
