"""How long each saved question takes: on the graph of the embedded corpus and on a made-up one of a million statements.

Milliseconds are medians over runs in one process that has the graph open, with the example of each parameter (on the
made-up graph: its most frequent entity of the parameter's first class). Rows are read to the end.
``python -m benchmarks.queries [--statements N] [--write benchmarks/queries.json]``
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Store

import kg
from benchmarks.synthetic import write_synthetic
from kg.ask.run import bind
from kg.ask.saved import Parameter, SavedQuery, offline_queries
from kg.iri import Minter
from kg.resources import corpus_path
from kg.vocabulary import PREFIXES

RUNS, FEWER_RUNS = 21, 3
LONGEST = 60.0
"""Seconds after which a question on the made-up graph is given up."""
_EXAMPLES = {"audience": "audience 1", "unit": "CNY", "source": "Person", "target": "Platform"}

Timing = Mapping[str, Any]


def median_milliseconds(store: Store, text: str, runs: int) -> tuple[float, int]:
    """The median time of a query and its number of rows."""
    times, rows = [], 0
    for _ in range(runs):
        start = time.perf_counter()
        rows = len(list(store.query(text, use_default_graph_as_union=True, prefixes=PREFIXES)))  # type: ignore[arg-type]
        times.append((time.perf_counter() - start) * 1_000)
    return round(statistics.median(times), 2), rows


def corpus_timing(folder: Path) -> Timing:
    """Times on the graph of the embedded corpus."""
    graph = kg.build([corpus_path()], folder / "graph")
    found = {}
    for query in offline_queries():
        text = bind(query, query.examples, graph.entities)
        found[query.name] = median_milliseconds(graph.store, text, RUNS)[0]
    return {"statements": graph.info()["statements"], "milliseconds": found}


def synthetic_timing(folder: Path, statements: int) -> Timing:
    """Times on a made-up graph; each question in a process of its own that is ended after :data:`LONGEST` seconds."""
    written = write_synthetic(folder / "synthetic.nq", statements)
    store = Store(str(folder / "store"))
    store.bulk_load(path=str(folder / "synthetic.nq"), format=RdfFormat.N_QUADS)
    store.flush()
    store.optimize()
    del store
    found = {}
    for query in offline_queries():
        milliseconds, rows = _in_a_process(folder / "store", text_on_synthetic(query))
        found[query.name] = milliseconds
        print(f"{query.name:28} {milliseconds:10,.1f} ms {rows:9,} rows", file=sys.stderr, flush=True)
    return {"statements": written, "milliseconds": found}


def text_on_synthetic(query: SavedQuery) -> str:
    """A question's text with parameters that the made-up graph has something for."""
    minter = Minter()
    values = {p.name: _EXAMPLES.get(p.name, p.example) if p.type != "iri" else p.name for p in query.parameters}
    by_name = {parameter.name: parameter for parameter in query.parameters}

    def naming(name: str, _: object) -> list[NamedNode]:
        kind = _kind(by_name[name])
        return [NamedNode(minter.entity(kind, f"{kind} 1"))]

    return bind(query, {name: value for name, value in values.items() if value}, naming)


def _kind(parameter: Parameter) -> str:
    chosen = _EXAMPLES.get(parameter.name, parameter.classes[0])
    return "Brand" if chosen == "NamedThing" else chosen


def _in_a_process(store: Path, text: str) -> tuple[float, int]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, str(store), text))
    process.start()
    answered = ours.poll(LONGEST)
    answer = ours.recv() if answered else (LONGEST * 1_000, 0)
    process.kill()
    process.join()
    return answer


def _serve(out: Connection, folder: str, text: str) -> None:
    store = Store.read_only(folder)
    first = median_milliseconds(store, text, 1)
    out.send(first if first[0] > 5_000 else median_milliseconds(store, text, FEWER_RUNS))


def measure(statements: int) -> dict[str, Any]:
    """Both graphs' times, with when and on what they were taken."""
    steps: dict[str, Callable[[Path], Timing]] = {
        "corpus": corpus_timing,
        "made-up": lambda folder: synthetic_timing(folder, statements),
    }
    found = {}
    for name, step in steps.items():
        with tempfile.TemporaryDirectory() as folder:
            found[name] = step(Path(folder))
    machine = f"{os.cpu_count()} cores, Python {sys.version_info.major}.{sys.version_info.minor}"
    return {"date": date.today().isoformat(), "machine": machine, "runs": RUNS, "graphs": found}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--write", type=Path, help="write the figures here")
    arguments = parser.parse_args()
    content = json.dumps(measure(arguments.statements), indent=2) + "\n"
    if arguments.write:
        arguments.write.write_text(content, encoding="utf-8")
    else:
        print(content)


if __name__ == "__main__":
    main()
