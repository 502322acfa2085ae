"""The saved queries' expected rows on the embedded corpus, ``tests/expected/NAME.csv``: ``make expected`` writes them.

A query is asked with the examples of its parameters, or as it stands where it has none. Read what changed: a row that
the corpus does not say is a fault of the extraction.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import kg
from kg.ask.saved import SavedQuery, offline_queries
from kg.resources import corpus_path

FOLDER = Path(__file__).parent / "expected"


def rows_of(graph: kg.Graph, query: SavedQuery) -> str:
    """The answer as SPARQL CSV; triples, which have no order, are sorted."""
    result = graph.query(query.name, **query.examples)
    assert not isinstance(result, bool)
    head, *rows = result.to_csv().split("\r\n")
    return "\n".join([head, *(sorted(rows[:-1]) if query.form == "CONSTRUCT" else rows[:-1])]) + "\n"


def main() -> None:
    """Build the corpus and write all files."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        graph = kg.build([corpus_path()], Path(folder) / "graph")
        for path in FOLDER.glob("*.csv"):
            path.unlink()
        for query in offline_queries():
            (FOLDER / f"{query.name}.csv").write_text(rows_of(graph, query), encoding="utf-8")


if __name__ == "__main__":
    main()
