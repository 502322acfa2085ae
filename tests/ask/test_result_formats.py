"""The formats of answers: the W3C's tests of result formats, reading back what was written, tables, data frames."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse_query_results,
)

from kg.ask.formats import FORMATS, write_answer
from kg.ask.result import Result
from kg.errors import UsageError

SUITE = Path(__file__).parents[3] / "shared" / "conformance" / "sparql" / "sparql11"
if not SUITE.is_dir():
    SUITE = Path(__file__).parents[2].parent / "shared" / "conformance" / "sparql" / "sparql11"
SHARED = pytest.mark.skipif(not SUITE.is_dir(), reason="needs the W3C's tests in ../shared")
BASE = "https://example.org/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def _answer(folder: str, query: str, data: str) -> tuple[Store, str]:
    store = Store()
    store.load(path=SUITE / folder / data, format=RdfFormat.TURTLE)
    return store, (SUITE / folder / query).read_text(encoding="utf-8")


def _rows(table: list[list[str]]) -> list[dict[str, str]]:
    """Rows by column (the order of ``SELECT *`` is the engine's), blank nodes alike (one a test), numbers by value."""

    def plain(cell: str) -> str:
        if cell.startswith("_:"):
            return "_:"
        try:
            return str(float(cell))
        except ValueError:
            return cell

    return [dict(zip(table[0], map(plain, row), strict=True)) for row in table[1:]]


@SHARED
@pytest.mark.parametrize(
    ("query", "data", "expected"),
    [("01", "data", "01"), ("02", "data", "02"), ("01", "data2", "03")],
)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_w3c_csv_and_tsv(form: str, query: str, data: str, expected: str, request: pytest.FixtureRequest) -> None:
    if (form, expected) == ("tsv", "03"):
        request.applymarker(pytest.mark.xfail(strict=True, reason="the store keeps xsd:negativeInteger as xsd:integer"))
    store, text = _answer("csv-tsv-res", f"csvtsv{query}.rq", f"{data}.ttl")
    wanted = (SUITE / "csv-tsv-res" / f"csvtsv{expected}.{form}").read_text(encoding="utf-8")
    got = write_answer(store.query(text), form, BASE).decode()

    def rows(table: str) -> list[dict[str, str]]:
        if form == "csv":
            return _rows(list(csv.reader(io.StringIO(table))))
        return _rows([line.split("\t") for line in table.splitlines()])

    assert rows(got) == rows(wanted)


@SHARED
def test_tsv03_but_for_the_store() -> None:
    """The test that the store fails: our writer gives back the expected file from its own terms."""
    wanted = (SUITE / "csv-tsv-res" / "csvtsv03.tsv").read_bytes()
    got = write_answer(parse_query_results(wanted, QueryResultsFormat.TSV), "tsv", BASE)
    same = [list(row) for row in parse_query_results(wanted, QueryResultsFormat.TSV)]
    assert [list(row) for row in parse_query_results(got, QueryResultsFormat.TSV)] == same


@SHARED
@pytest.mark.parametrize("number", ["01", "02", "03", "04"])
def test_w3c_json(number: str) -> None:
    store, text = _answer("json-res", f"jsonres{number}.rq", "data.ttl")
    wanted = json.loads((SUITE / "json-res" / f"jsonres{number}.srj").read_text(encoding="utf-8"))
    got = json.loads(write_answer(store.query(text), "json", BASE))

    def plain(answer: dict[str, object]) -> str:
        head = answer["head"]
        assert isinstance(head, dict)
        head["vars"] = sorted(head.get("vars", []))
        text = json.dumps(answer, sort_keys=True)
        for row in got.get("results", {}).get("bindings", []) + wanted.get("results", {}).get("bindings", []):
            for term in row.values():
                if term["type"] == "bnode":
                    text = text.replace(f'"{term["value"]}"', '"blank"')
        return text

    assert plain(got) == plain(wanted)


def _one(value: str) -> Store:
    store = Store()
    store.add(Quad(NamedNode("https://example.org/id/a"), NamedNode("https://example.org/p"), Literal(value)))
    return store


MAPS = {"geojson", "kml"}
QUERY = "SELECT ?s ?o { ?s ?p ?o }"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_written_reads_back(value: str) -> None:
    for form, engine_form in (("json", QueryResultsFormat.JSON), ("tsv", QueryResultsFormat.TSV)):
        written = write_answer(_one(value).query(QUERY), form, BASE)
        (row,) = parse_query_results(written, engine_form)
        assert row["o"] == Literal(value)
    table = list(csv.reader(io.StringIO(write_answer(_one(value).query(QUERY), "csv", BASE).decode(), newline="")))
    if "\x00" not in value:
        assert table == [["s", "o"], ["https://example.org/id/a", value]]
    try:
        written = write_answer(_one(value).query(QUERY), "xml", BASE)
    except UsageError as error:
        assert "control characters" in str(error)
    else:
        found = [e.text or "" for e in ElementTree.fromstring(written).iter() if e.tag.endswith("literal")]
        assert found == [value.replace("\r\n", "\n").replace("\r", "\n")] or found == [value]


@pytest.mark.parametrize("bad", ["\x00", "\x01", "\x1f", "\ufffe", "\uffff"])
def test_xml_refuses_what_it_cannot_hold(bad: str) -> None:
    with pytest.raises(UsageError, match="control characters"):
        write_answer(_one(f"a{bad}b").query(QUERY), "xml", BASE)


def test_tables_shorten_iris_and_machine_formats_do_not() -> None:
    for form in FORMATS:
        if form in {"parquet", *MAPS}:
            continue
        text = write_answer(_one("x").query(QUERY), form, BASE).decode()
        assert ("id:a" in text) == (form in {"table", "markdown", "html"})
        assert ("https://example.org/id/a" in text) == (form not in {"table", "markdown"})


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a|b\n| --- |", "`x`"]
)
def test_tables_escape(hostile: str) -> None:
    html = write_answer(_one(hostile).query(QUERY), "html", BASE).decode()
    assert html.count("<") == write_answer(_one("plain").query(QUERY), "html", BASE).decode().count("<")
    markdown = write_answer(_one(hostile).query(QUERY), "markdown", BASE).decode()
    assert len(markdown.splitlines()) == 3 and "`x`" not in markdown.replace("\\`", "")


def test_script_addresses_are_no_links() -> None:
    store = Store()
    store.add(Quad(NamedNode("javascript:alert(1)"), NamedNode("https://example.org/p"), Literal("x")))
    assert "<a" not in write_answer(store.query(QUERY), "html", BASE).decode()


@pytest.mark.parametrize("form", ["csv", "tsv", "parquet"])
def test_yes_or_no_is_no_table(form: str) -> None:
    with pytest.raises(UsageError, match="json or xml"):
        write_answer(_one("x").query("ASK { ?s ?p ?o }"), form, BASE)


def test_triples_in_each_format() -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    got = {form: write_answer(_one("x").query(query), form, BASE) for form in FORMATS if form not in MAPS}
    for form, parser in (("table", RdfFormat.TURTLE), ("json", RdfFormat.JSON_LD), ("xml", RdfFormat.RDF_XML)):
        store = Store()
        store.load(got[form], format=parser)
        assert set(store) == set(_one("x")), form
    assert got["csv"].decode().splitlines()[0] == "subject,predicate,object"
    assert got["tsv"].decode().splitlines()[1].endswith('\t"x"')


TYPED = f"""SELECT * {{ VALUES (?n ?d ?day ?when ?yes ?mixed ?none) {{
  (1 2.5 "2030-05-01"^^<{XSD}date> "2030-05-01T10:00:00Z"^^<{XSD}dateTime> true 1 UNDEF)
  (2 UNDEF "2030-05-02"^^<{XSD}date> "2030-05-01T10:00:00+08:00"^^<{XSD}dateTime> false "two" UNDEF) }} }}"""


def test_data_frames_have_types(tmp_path: Path) -> None:
    result = Result.of(Store().query(TYPED), BASE)
    frame = result.to_pandas()
    assert list(frame.columns) == list(result.columns) and frame["n"].sum() == 3 and frame["yes"].dtype == bool
    other = result.to_polars()
    assert [str(other[name].dtype) for name in ("n", "d", "day")] == ["Int64", "Float64", "Date"]
    assert other["mixed"].to_list() == ["1", "two"] and other["none"].null_count() == 2
    path = tmp_path / "answer.parquet"
    path.write_bytes(write_answer(Store().query(TYPED), "parquet", BASE))
    assert pyarrow.parquet.read_table(path).to_pydict() == result.to_dict()


def test_numbers_too_large_for_a_column_stay_text() -> None:
    result = Result.of(Store().query(f"SELECT * {{ VALUES ?n {{ 1 {2**70} }} }}"), BASE)
    assert result.to_dict()["n"] == ["1", str(2**70)]


def test_a_result_is_a_bounded_escaped_table_in_a_notebook() -> None:
    values = " ".join(f'"<b>{n}"' for n in range(150))
    result = Result.of(Store().query(f"SELECT * {{ VALUES ?x {{ {values} }} }}"), BASE)
    html = result._repr_html_()
    assert html.count("<tr>") == 101 and "50 more" in html and "<b>" not in html
    assert len(result) == 150 and result[0] == {"x": "<b>0"} and len(result[:3]) == 3
    assert result.to_csv().splitlines()[1] == "<b>0"
    assert result == result.rows and "150 rows" in repr(result)
