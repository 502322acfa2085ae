"""How long exports take and how much memory they need: ``python -m benchmarks.export [STATEMENTS [FORMAT...]]``.

A store of made-up statements (default 1,000,000) in about the proportions of the embedded corpus is written once; each
format then runs in a process of its own, whose peak memory is read from the system. Then graph.html is opened in
Chromium at 500 and 5,000 nodes.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
from pyoxigraph import RdfFormat, Store

from kg.export.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Network
from kg.graph import Graph
from kg.store.manifest import Manifest
from kg.vocabulary import DEFAULT_BASE, ONTOLOGY, PREFIXES

FORMATS = (
    "graphml",
    "gexf",
    "gephi",
    "neo4j",
    "nodelink",
    "cytoscape",
    "dot",
    "csv",
    "parquet",
    "xlsx",
    "nquads",
    "turtle",
    "jsonld",
)
_TYPES = ("Brand", "Platform", "Organization", "Person", "Event", "Initiative", "Place", "ProductCategory")
_RELATIONS = ("operatedBy", "participatesIn", "runs", "partnersWith", "holdsPosition")
_RDF, _DCTERMS = f"<{PREFIXES['rdf']}", f"<{PREFIXES['dcterms']}"
_A = _RDF + "type>"


def lines(statements: int) -> Iterator[str]:
    """N-Quads of documents with 50 entries of 20 sentences; three statements a sentence, an entity for every 20."""
    chance, entities = random.Random(0), max(statements // 20, 10)
    for number in range(statements):
        graph = f"<{DEFAULT_BASE}graph/d{number // 3000}>"
        things = [int(entities * chance.random() ** 2) for _ in range(2)]
        for subject, predicate, value in _triples(number, *things):
            yield f"<{subject}> {predicate} {value} {graph} .\n"


def _triples(number: int, one: int, other: int) -> Iterator[tuple[str, str, str]]:
    document = f"{DEFAULT_BASE}document/d{number // 3000}"
    entry, passage = f"{document}/entry/{number // 60}", f"{document}/passage/{number // 3}"
    statement, things = f"{document}/statement/{number}", [f"{DEFAULT_BASE}thing/{thing}" for thing in (one, other)]
    if number % 3000 == 0:
        yield document, _lb("sha256"), '"0"'
        yield document, _DCTERMS + "title>", f'"Document {number // 3000}"'
    if number % 60 == 0:
        day = f"2030-{1 + number // 1680 % 12:02}-{1 + number // 60 % 28:02}T10:00:00+08:00"
        yield entry, _A, _lb("Entry")
        yield entry, _lb("key"), f'"entry {number // 60}"'
        yield entry, _lb("inDocument"), f"<{document}>"
        yield entry, _DCTERMS + "issued>", _typed(day, "dateTime")
    if number % 3 == 0:
        yield (
            passage,
            _lb("text"),
            f'"A made-up sentence, number {number}, of about as many letters as usual ones have."',
        )
    for thing, iri in zip((one, other), things, strict=True):
        yield iri, _A, _lb(_TYPES[thing % 8])
        yield iri, f"<{PREFIXES['skos']}prefLabel>", f'"Thing number {thing}"'
    for predicate, value in _content(number % 20, *things):
        yield statement, predicate, value
    yield statement, _lb("entry"), f"<{entry}>"
    yield statement, _lb("passage"), f"<{passage}>"
    yield statement, _lb("rule"), '"made.up"'
    yield statement, _lb("start"), _typed(str(number), "integer")
    yield statement, _lb("confidence"), _typed("0.9", "decimal")


def _content(kind: int, one: str, other: str) -> list[tuple[str, str]]:
    if kind < 4:
        ends = [(_RDF + "subject>", f"<{one}>"), (_RDF + "object>", f"<{other}>")]
        return [(_A, _lb("RelationStatement")), *ends, (_RDF + "predicate>", _lb(_RELATIONS[kind]))]
    if kind < 6:
        words = [(_lb("measure"), '"sales"'), (_lb("comparator"), '"="'), (_lb("unit"), '"CNY"')]
        value = (_lb("value"), _typed(f"{kind}.5", "decimal"))
        return [(_A, _lb("Measurement")), (_lb("subject"), f"<{one}>"), *words, value]
    return [(_A, _lb("Mention")), (_lb("mentions"), f"<{one}>")]


def _lb(local: str) -> str:
    return f"<{ONTOLOGY}{local}>"


def _typed(text: str, datatype: str) -> str:
    return f'"{text}"^^<{PREFIXES["xsd"]}{datatype}>'


def fill(folder: Path, statements: int) -> None:
    """Write the store."""
    text = folder / "graph.nq"
    with text.open("w", encoding="utf-8") as out:
        out.writelines(lines(statements))
    store = Store(str(folder / "store"))
    store.bulk_load(path=text, format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    text.unlink()


def run(folder: Path, form: str) -> None:
    """Export in one format; prints seconds, megabytes of peak memory and of output as JSON."""
    from kg.export.write import export

    store = Store.read_only(str(folder / "store"))
    graph = Graph(folder, store, Manifest(DEFAULT_BASE, "0", True, 0, {}, {}))
    begun, out = time.perf_counter(), folder / f"out.{form}"
    export(graph, form, out)
    seconds = time.perf_counter() - begun
    files = [path for path in [out, *out.rglob("*")] if path.is_file()] if out.is_dir() else [out]
    size = sum(path.stat().st_size for path in files)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "seconds": round(seconds, 1),
                "cpu_seconds": round(time.process_time(), 1),
                "peak_mb": round(peak),
                "output_mb": round(size / 1e6, 1),
            }
        )
    )


def page(nodes: int, folder: Path) -> None:
    """Write graph.html of a made-up network and tell when Chromium has drawn it."""
    from playwright.sync_api import sync_playwright

    from kg.export.cleaning import Cleaner
    from kg.export.webpage import write_html

    network: Network = nx.MultiDiGraph()
    simple = nx.barabasi_albert_graph(nodes, 2, seed=1)
    blank = {name: kind() for name, kind in NODE_ATTRIBUTES.items()}
    for number in simple:
        own = {"label": f"Thing {number}", "type": _TYPES[number % 8], "statements": simple.degree(number)}
        network.add_node(
            f"n{number:05}", **{**blank, **own, "first_mention": f"2030-05-{1 + number % 28:02}T10:00:00+08:00"}
        )
    for number, (one, other) in enumerate(simple.edges()):
        own = {
            "relation": "runs",
            "statements": 1,
            "evidence": f"A made-up sentence, number {number}.",
            "entries": "one",
        }
        values = {**{name: kind() for name, kind in EDGE_ATTRIBUTES.items()}, **own}
        network.add_edge(f"n{one:05}", f"n{other:05}", key="runs", **values)
    path, begun = folder / f"{nodes}.html", time.perf_counter()
    with path.open("w", encoding="utf-8") as out:
        write_html(network, out, Cleaner())
    written = time.perf_counter() - begun
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        times = []
        for _ in range(3):
            opened = browser.new_page(viewport={"width": 1440, "height": 900})
            opened.goto(path.as_uri())
            opened.wait_for_selector("html[data-ready]", state="attached")
            times.append(int(opened.get_attribute("html", "data-ready") or 0))
            opened.close()
        browser.close()
    size = path.stat().st_size / 1e6
    drawn = sorted(times)[1]
    print(f"graph.html, {nodes:,} nodes: written in {written:.1f} s ({size:.1f} MB), drawn {drawn} ms after opening")


def main() -> None:
    """Run all."""
    first, *rest = [*sys.argv[1:], "1000000"] if len(sys.argv) == 1 else sys.argv[1:]
    if not first.isdigit():
        run(Path(rest[0]), first)
        return
    with tempfile.TemporaryDirectory() as name:
        folder, begun = Path(name), time.perf_counter()
        code = f"from benchmarks.export import fill, Path; fill(Path({name!r}), {int(first)})"
        subprocess.run([sys.executable, "-c", code], check=True)
        print(f"{int(first):,} statements written in {time.perf_counter() - begun:.0f} s", flush=True)
        for form in rest or FORMATS:
            command = [sys.executable, "-m", "benchmarks.export", form, name]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            print(f"{form:10} {done.stdout.strip() or done.stderr.strip().splitlines()[-1]}", flush=True)
            for path in folder.glob("out.*"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for nodes in (500, 5000):
            page(nodes, folder)


if __name__ == "__main__":
    main()
