"""Writing a graph in a format: the public function behind ``kg export``."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat

from kg.errors import GraphError, UsageError
from kg.export.cleaning import Cleaner
from kg.export.formats import FORMATS, Format
from kg.export.json_ld import write_json_ld
from kg.export.rdf import RdfChoice, quads_of, write_quads
from kg.export.selection import Selection
from kg.export.statements import read_documents, read_reports, read_statements

if TYPE_CHECKING:
    from kg.graph import Graph

_RDF = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "rdfxml": RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What to write: a network's selection, RDF's parts, a CONSTRUCT query, cells safe for spreadsheets, measures.

    ``measures`` go on the nodes (:func:`kg.analysis.measures.add_measures`); ``options`` are the writer's own.
    """

    selection: Selection = field(default_factory=Selection)
    rdf: RdfChoice = field(default_factory=RdfChoice)
    query: str | None = None
    spreadsheet_safe: bool = False
    measures: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


def export(graph: Graph, form: str, out: str | Path | None = None, choice: Choice | None = None) -> list[str]:
    """Write a graph to a file or folder, or (``out`` is None) to standard output; what the user should know of it.

    What was at ``out`` before stays if anything goes wrong.

    Raises:
        UsageError: unknown format, a choice that it does not know, or a folder asked for on standard output.
        MissingExtraError: the format's library is not installed.
        GraphError: ``out`` cannot be written.
    """
    if form not in FORMATS:
        raise UsageError(f"-f {form}: it is one of {', '.join(FORMATS)}")
    target, wanted, clean = Path(out) if out else None, choice or Choice(), Cleaner()
    content = _CONTENT[FORMATS[form].content](graph, form, wanted)
    if FORMATS[form].form == "folder":
        _to_folder(content, form, target, clean)
    else:
        _to_file(content, form, target, clean)
    return clean.warnings(form)


def _rdf(graph: Graph, form: str, choice: Choice) -> Any:
    base = graph.manifest.base
    if choice.query:
        answer = graph.answer(choice.query)
        if isinstance(answer, QuerySolutions | QueryBoolean):
            raise UsageError(f"--query {choice.query}: only a CONSTRUCT or DESCRIBE query gives a graph")
        quads: Any = sorted((Quad(*triple) for triple in set(answer)), key=str)
    else:
        quads = quads_of(graph.store, _named_graph(graph, choice.rdf))

    def write(out: Any, clean: Cleaner) -> None:
        if form == "jsonld":
            write_json_ld(quads, out, base)
        else:
            write_quads(quads, out, _RDF[form], base, clean)

    return write


def _named_graph(graph: Graph, choice: RdfChoice) -> RdfChoice:
    if choice.graph is None:
        return choice
    names = sorted(name.value for name in graph.store.named_graphs() if isinstance(name, NamedNode))
    short = {name.rsplit("/", 1)[1]: name for name in names}
    found = choice.graph if choice.graph in names else short.get(choice.graph)
    if found is None:
        raise UsageError(f"--named-graph {choice.graph}: no such named graph; there are {', '.join(short)}")
    return RdfChoice(found, choice.asserted_only, choice.text)


def _network(graph: Graph, form: str, choice: Choice) -> Any:
    network = graph.network(choice.selection, choice.query)
    if choice.measures:
        from kg.analysis.measures import add_measures

        add_measures(network, choice.measures)
    options = choice.options | (_OPTIONS[form](graph, choice.selection) if form in _OPTIONS else {})
    return lambda out, clean: _writer(form)(network, out, clean, **options)


def _page(graph: Graph, selection: Selection) -> dict[str, Any]:
    titles, reports = list(read_documents(graph.store).values()), read_reports(graph.store)
    facts = (
        said
        for kind in ("Measurement", "Quotation")
        for said in read_statements(graph.store, kind)
        if selection.holds(said.confidence, reports[said.entry].time)
    )
    return {"facts": facts, "title": titles[0] if len(titles) == 1 else f"Knowledge graph of {len(titles)} documents"}


_OPTIONS: dict[str, Callable[[Graph, Selection], dict[str, Any]]] = {"html": _page}


def _tables(graph: Graph, form: str, choice: Choice) -> Any:
    facts = graph.facts()
    return lambda out, clean: _writer(form)(facts, out, clean, safe=choice.spreadsheet_safe)


_CONTENT = {"rdf": _rdf, "network": _network, "tables": _tables}


def _writer(form: str) -> Any:
    writer = FORMATS[form].write
    assert writer is not None
    return writer


def _to_folder(content: Any, form: str, target: Path | None, clean: Cleaner) -> None:
    if target is None:
        raise UsageError(f"-f {form}: this format is several files; say which folder they go to with -o")
    with _writable(target):
        if target.is_file():
            raise GraphError(f"{target}: this is a file, and {form} needs a folder; choose another place with -o")
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target, prefix=".new-") as new:
            content(Path(new), clean)
            for path in Path(new).iterdir():
                path.replace(target / path.name)


def _to_file(content: Any, form: str, target: Path | None, clean: Cleaner) -> None:
    if target is None:
        import sys

        _fill(FORMATS[form], content, sys.stdout.buffer, clean)
        sys.stdout.flush()
        return
    with _writable(target):
        if target.is_dir():
            raise GraphError(f"{target}: this is a folder, and {form} is one file; name the file with -o")
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as new:
            try:
                _fill(FORMATS[form], content, new, clean)
                new.flush()
                Path(new.name).chmod(0o644)
                shutil.move(new.name, target)
            finally:
                Path(new.name).unlink(missing_ok=True)


def _fill(form: Format, content: Any, out: IO[bytes], clean: Cleaner) -> None:
    if form.form == "binary":
        content(out, clean)
        return
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=False)
    try:
        content(text, clean)
    finally:
        text.flush()
        text.detach()


@contextlib.contextmanager
def _writable(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise GraphError(f"{target}: cannot be written ({reason}); choose another place with -o") from error
