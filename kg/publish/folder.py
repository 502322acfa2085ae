"""The folder that ``kg publish`` makes: what a reviewer would want beside a paper."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.ask.saved import offline_queries
from kg.errors import GraphError
from kg.export.extras import MissingExtraError, needs
from kg.export.selection import Selection
from kg.export.statements import read_documents
from kg.export.write import Choice, export
from kg.publish.about import LICENCES, About
from kg.publish.citation import citation
from kg.publish.crate import write_crate
from kg.publish.description import write_description
from kg.publish.readme import readme
from kg.resources import resource_folder
from kg.store.manifest import checksums
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from kg.graph import Graph

DATA = {
    "data/graph.nq": ("nquads", "entities"),
    "data/graph.ttl": ("turtle", "entities"),
    "data/graph.jsonld": ("jsonld", "entities"),
    "data/network.graphml": ("graphml", "entities"),
    "data/network.gexf": ("gexf", "entities"),
    "graph.html": ("html", "together"),
}
"""Each export in the folder, with its format and view."""

SUMS = "SHA256SUMS"
_MARK = "ro-crate-metadata.json"


def publish(
    graph: Graph,
    folder: Path,
    about: About | None = None,
    *,
    ontology_page: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> list[str]:
    """Write the folder whole, in the place of an earlier one; what was left out and why.

    Title and day are the graph's own where ``about`` gives none; no clock is read. ``ontology_page`` adds the ontology
    as HTML, whose bytes differ from run to run; all else is the same each time.

    Raises:
        MissingExtraError: ``ontology_page`` was asked for and pyLODE is not installed.
        UsageError: something in ``about`` is wrong.
        GraphError: the folder holds other things, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / _MARK).is_file())):
        raise GraphError(f"{folder}: there are other things here; name a new folder with -o")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
            new = Path(scratch) / "new"
            notes = _fill(graph, new, _complete(graph, about), ontology_page, progress)
            if folder.exists():
                folder.rename(Path(scratch) / "old")
            new.rename(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GraphError(f"{folder}: cannot be written ({reason}); choose another place with -o") from error
    return notes


def _complete(graph: Graph, about: About | None) -> About:
    titles = list(read_documents(graph.store).values())
    title = f"Knowledge graph of {titles[0] if len(titles) == 1 else f'{len(titles)} documents'}"
    known = about or About(title)
    return replace(known, title=known.title or title, published=known.published or _day(graph))


def _day(graph: Graph) -> date | None:
    """The day that the catalogue gives as the graph's: SOURCE_DATE_EPOCH or the newest date in the sources."""
    modified = NamedNode(PREFIXES["dcterms"] + "modified")
    times = [
        q.object.value for q in graph.store.quads_for_pattern(None, modified, None) if isinstance(q.object, Literal)
    ]
    return date.fromisoformat(max(times)[:10]) if times else None


def _fill(graph: Graph, folder: Path, about: About, page: bool, progress: Callable[[str], None]) -> list[str]:
    for name in ("data", "tables", "results"):
        (folder / name).mkdir(parents=True)
    notes = []
    for name, (form, view) in DATA.items():
        progress(name)
        try:
            notes += [f"{name}: {note}" for note in export(graph, form, folder / name, Choice(Selection(view)))]
        except MissingExtraError as error:
            notes.append(f"{name} was left out: {error}")
    progress("tables")
    export(graph, "csv", folder / "tables")
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(resource_folder(name), folder / name, copy_function=shutil.copyfile)
    progress("queries")
    titles = _answers(graph, folder)
    if page:
        progress("ontology")
        _ontology_page(folder / "ontology")
    (folder / "data" / "validation.ttl").write_text(graph.validate().to_turtle(), encoding="utf-8")
    version = graph.manifest.version
    (folder / "CITATION.cff").write_text(citation(about, version), encoding="utf-8")
    address, name = LICENCES[about.licence]
    (folder / "LICENSE.txt").write_text(f"{about.title}\n\n{name} ({about.licence})\n{address}\n", encoding="utf-8")
    (folder / "README.md").write_text(readme(graph, about, folder, titles), encoding="utf-8")
    progress("descriptions")
    write_description(graph.store, graph.manifest.base, about, folder, folder / "description.ttl")
    write_crate(folder, about, _summary(graph), titles, version)
    (folder / SUMS).write_text(_sums(folder), encoding="utf-8")
    return notes


def _answers(graph: Graph, folder: Path) -> dict[str, str]:
    """The result of every saved query with no value for its parameters, and a title for each file."""
    titles = {}
    for query in offline_queries():
        name = query.name
        answer = graph.query(name)
        text = f"answer\n{str(answer).lower()}\n" if isinstance(answer, bool) else answer.to_csv()
        (folder / "results" / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        titles[f"queries/{name}.rq"] = query.title
        titles[f"results/{name}.csv"] = f"{query.title}: result"
    return titles


def _ontology_page(folder: Path) -> None:
    """pyLODE's page of the ontology, made in a process of its own because it sets up logging as it likes."""
    needs("pylode", "docs")
    code = "import sys; from pylode.profiles.ontpub import OntPub; OntPub(sys.argv[1]).make_html(sys.argv[2])"
    command = [sys.executable, "-c", code, str(folder / "festival.ttl"), str(folder / "index.html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise GraphError(f"pyLODE failed: {done.stderr.strip().splitlines()[-1]}; leave out --ontology-page")


def _summary(graph: Graph) -> str:
    counts = graph.manifest.counts
    wording = "with the wording of each sentence" if graph.manifest.text else "without the sources' wording"
    return (
        f"{counts['statements']:,} statements about {counts['entities']:,} entities read from {counts['documents']:,} "
        f"documents by liveblog-kg {graph.manifest.version}, each with the characters it came from, {wording}."
    )


def _sums(folder: Path) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in checksums(folder).items() if name != SUMS)
