"""Every shape that ships: one file that conforms, one that does not, a message and a severity; two engines agree."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.check.reference import validate_with_pyshacl
from kg.check.report import ValidationReport
from kg.check.shape import Shape
from kg.check.shape_reader import read_shapes
from kg.check.validate import ontology_files, shape_files, validate

FIXTURES = Path(__file__).parent / "shapes"
FILES = sorted(path for path in FIXTURES.glob("*.ttl") if not path.name.startswith("_"))
SHAPES = tuple(shape for shape in read_shapes(shape_files()) if shape.components or shape.queries)
NAMES = sorted({shape.name for shape in SHAPES})


def graph_of(path: Path) -> ox.Store:
    store = ox.Store()
    for part in (FIXTURES / "_context.ttl", path):
        store.load(path=str(part), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:graph"))
    return store


@cache
def report_of(path: Path) -> ValidationReport:
    return validate(graph_of(path))


def test_shapes_and_ontology_are_there() -> None:
    assert len(NAMES) > 50
    assert "festival.ttl" in [path.name for path in ontology_files()]


def test_files_and_shapes_correspond() -> None:
    assert {path.stem for path in FILES} == {f"{name}-{end}" for name in NAMES for end in ("pass", "fail")}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_constraints_have_message_and_severity(shape: Shape) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in shape_files())
    block = text.split(f"\nlbs:{shape.name} a ")[1].split("\nlbs:")[0]
    assert "sh:severity sh:" in block
    assert shape.message or not shape.components
    assert all(query.message for query in shape.queries)


@pytest.mark.parametrize("name", NAMES)
def test_conforming_file(name: str) -> None:
    assert report_of(FIXTURES / f"{name}-pass.ttl").to_text() == "0 violations, 0 warnings\n"


@pytest.mark.parametrize("name", NAMES)
def test_failing_file_breaks_this_shape_only(name: str) -> None:
    report = report_of(FIXTURES / f"{name}-fail.ttl")
    assert {result.shape_name for result in report.results} == {name}, report.to_text()
    assert not any("{?" in result.message for result in report.results), report.to_text()
    severities = {shape.severity for shape in SHAPES if shape.name == name}
    assert {result.severity for result in report.results} == severities


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_reference_engine_agrees(path: Path) -> None:
    store, shapes = graph_of(path), files_about(path.stem.split("-")[0])
    assert essence(validate(store, shapes)) == essence(validate_with_pyshacl(store, shapes))


def files_about(name: str) -> list[Path]:
    """The file with the shape and the prefixes: the reference engine takes seconds for all of them."""
    return [p for p in shape_files() if p.stem == "prefixes" or f"\nlbs:{name} a " in p.read_text(encoding="utf-8")]


def essence(report: ValidationReport) -> set[tuple[str, ...]]:
    return {
        (str(r.focus), str(r.path), str(r.value), r.severity, r.component, str(r.shape), r.message)
        for r in report.results
    }
