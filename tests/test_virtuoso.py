"""Every saved question on Debian's Virtuoso, a second engine with a dialect of its own: ``make test-virtuoso``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import virtuoso_server

import kg
from kg.ask.saved import offline_queries
from kg.resources import corpus_path

pytestmark = [
    pytest.mark.virtuoso,
    pytest.mark.skipif(not virtuoso_server.SERVER, reason="apt-get install virtuoso-opensource"),
]
QUERIES = {query.name: query for query in offline_queries()}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    return kg.build([corpus_path()], tmp_path_factory.mktemp("corpus") / "graph")


@pytest.fixture(scope="module")
def server(graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    folder = tmp_path_factory.mktemp("virtuoso")
    with virtuoso_server.virtuoso(folder, graph.folder / "graph.nq") as address:
        yield kg.open(address)


def _rows(graph: kg.Graph, name: str, parameters: dict[str, str]) -> list[str]:
    """The rows as a set: engines order texts by different rules."""
    result = graph.query(name, **parameters)
    assert not isinstance(result, bool)
    return sorted(result.to_csv().splitlines())


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_the_rows_are_those_of_the_embedded_store(graph: kg.Graph, server: kg.Graph, name: str) -> None:
    assert _rows(server, name, {}) == _rows(graph, name, {})
    examples = QUERIES[name].examples
    assert _rows(server, name, examples) == _rows(graph, name, examples)
