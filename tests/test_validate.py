"""The engine under the shapes: what it supports agrees with the W3C's tests, what it does not is refused by name."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.check.shape import SH, ShapeError
from kg.check.shape_graph import ShapeGraph
from kg.check.shape_reader import shapes_of
from kg.check.validate import check_shapes, validate

ROOT = Path(__file__).parent
W3C = ROOT.parent.parent / "shared" / "conformance" / "shacl" / "tests" / "core"
HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .\n"
UNSUPPORTED = [
    "sh:or ( [ sh:class ex:A ] )",
    "sh:node ex:Other",
    "sh:closed true",
    "sh:languageIn ( 'en' )",
    "sh:minCount 1",
    "sh:datatype <http://www.w3.org/2001/XMLSchema#byte>",
    "sh:sparql [ sh:ask 'ASK {}' ]",
    "sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?o MINUS { $this ?p 1 } }' ]",
]


@pytest.mark.parametrize("constraint", UNSUPPORTED)
def test_unsupported_constraint_is_refused(constraint: str, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(f"{HEAD}ex:S a sh:NodeShape ; sh:targetClass ex:A ; {constraint} .", encoding="utf-8")
    with pytest.raises(ShapeError):
        validate(ox.Store(), [path])


def test_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("this is not Turtle", encoding="utf-8")
    with pytest.raises(ShapeError, match=r"broken\.ttl"):
        validate(ox.Store(), [path])


def test_report_is_a_shacl_graph_and_the_store_stays_as_it_was() -> None:
    store = ox.Store()
    for name in ("_context", "StatementEnd-fail"):
        store.load(path=str(ROOT / "shapes" / f"{name}.ttl"), format=ox.RdfFormat.TURTLE)
    before = len(store)
    report = validate(store)
    assert len(store) == before
    assert not report.conforms
    assert "Sample Store, run by" in report.to_text()
    graph = ox.Store()
    graph.load(report.to_turtle().encode(), format=ox.RdfFormat.TURTLE)
    assert len(list(graph.quads_for_pattern(None, ox.NamedNode(SH + "result"), None))) == len(report.results) == 1
    assert report.to_turtle() == validate(store).to_turtle()


REFUSED = frozenset(
    """
complex/personexample node/and-001 node/and-002 node/closed-001 node/closed-002 node/disjoint-001
node/equals-001 node/languageIn-001 node/node-001 node/not-001 node/not-002 node/or-001 node/xone-001
property/and-001 property/datatype-003 property/disjoint-001 property/equals-001 property/languageIn-001
property/node-001 property/node-002 property/not-001 property/or-001 property/or-datatypes-001
property/property-001 property/qualifiedMinCountDisjoint-001 property/qualifiedValueShape-001
property/qualifiedValueShapesDisjoint-001 property/uniqueLang-001
""".split()
)
"""The W3C's tests of parts of SHACL that this engine does not check."""

W3C_FILES = sorted(
    p for p in W3C.glob("*/*.ttl") if p.name != "manifest.ttl" and "sht:Validate" in p.read_text("utf-8")
)


@pytest.mark.parametrize("path", W3C_FILES, ids=lambda path: path.stem)
def test_w3c(path: Path) -> None:
    if "sht:dataGraph <>" not in path.read_text("utf-8"):
        pytest.skip("the test is spread over several files")
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())
    if f"{path.parent.name}/{path.stem}" in REFUSED:
        with pytest.raises(ShapeError):
            check_shapes(store, shapes_of(ShapeGraph(store)))
        return
    report = check_shapes(store, shapes_of(ShapeGraph(store)))
    expected = sum(1 for _ in store.quads_for_pattern(None, ox.NamedNode(SH + "result"), None))
    assert len(report.results) == expected, report.to_text()
