"""The Python twin of the command line: a graph on disk as an object."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Store

from kg.ask.run import Answer, run_query
from kg.ask.saved import find_query
from kg.errors import UsageError
from kg.store.directory import open_store
from kg.store.manifest import Manifest
from kg.vocabulary import DEFAULT_BASE, PREFIXES

if TYPE_CHECKING:
    from kg.check import ValidationReport
    from kg.export.network import Network
    from kg.export.selection import Selection

TABLES = {
    "entities": "entities",
    "relations": "relations",
    "measurements": "measurements-table",
    "quotations": "quotations-table",
}
"""The guide's tables and the saved query behind each."""

Row = dict[str, str]


class Graph:
    """A graph that was built, open for reading."""

    def __init__(self, folder: Path, store: Store, manifest: Manifest) -> None:
        self.folder, self.store, self.manifest = folder, store, manifest

    def answer(self, query: str, **params: str) -> Answer:
        """The engine's own answer to a saved query's name, a query file's path or SPARQL text."""
        return run_query(self.store, find_query(query), params, self.manifest.base, self.named)

    def query(self, query: str, **params: str) -> list[Row] | bool | list[tuple[str, str, str]]:
        """Rows as dictionaries of strings (unbound is ``""``); yes or no for ASK; triples for CONSTRUCT.

        Raises:
            UsageError: the query is refused or wrong.
        """
        answer = self.answer(query, **params)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QuerySolutions):
            names = [variable.value for variable in answer.variables]
            return [{name: _text(row[name]) for name in names} for row in answer]
        return [(_text(t.subject), _text(t.predicate), _text(t.object)) for t in answer]

    def facts(self) -> dict[str, list[Row]]:
        """The four tables of the guide, each a list of rows in its column order."""
        tables = {}
        for table, name in TABLES.items():
            rows = self.query(name)
            assert isinstance(rows, list)
            tables[table] = [row for row in rows if isinstance(row, dict)]
        return tables

    def show(self, name: str) -> dict[str, Any]:
        """All that is known of one entity.

        Raises:
            UsageError: nothing has this name; the message offers the nearest.
        """
        from kg.ask.portrait import portrait

        return portrait(self.store, self.named(name), name)

    def info(self) -> dict[str, Any]:
        """The counts and how the graph was built."""
        manifest = self.manifest
        about = {"folder": str(self.folder), "base": manifest.base, "version": manifest.version, "text": manifest.text}
        return {**about, "quads": manifest.quads, **manifest.counts}

    def validate(self) -> ValidationReport:
        """Check the graph against the shapes."""
        from kg.check import validate

        return validate(self.store)

    def network(self, selection: Selection | None = None, query: str | None = None) -> Network:
        """The network of a selection, or of the triples that a CONSTRUCT query gives.

        Raises:
            UsageError: nothing has the name that ``around`` gives, nothing is left, or the query gives no triples.
        """
        from kg.export.constructed import constructed_network
        from kg.export.network import read_network
        from kg.export.selection import Selection

        chosen = selection or Selection()
        if query is not None:
            return constructed_network(self.store, self.answer(query), chosen)
        around = tuple(iri for iri in self.show(chosen.around)["iris"]) if chosen.around else ()
        return read_network(self.store, chosen, around)

    def to_networkx(self, view: str = "entities", **choice: Any) -> Network:
        """A networkx ``MultiDiGraph``; ``choice`` are the other fields of :class:`kg.export.selection.Selection`."""
        from kg.export.selection import Selection

        return self.network(Selection(view=view, **choice))

    def to_igraph(self, view: str = "entities", **choice: Any) -> Any:
        """An ``igraph.Graph`` of the same; IRIs are in the vertex attribute ``name``.

        Raises:
            MissingExtraError: igraph is not installed.
        """
        from kg.export.frames import to_igraph

        return to_igraph(self.to_networkx(view, **choice))

    def to_pandas(self) -> dict[str, Any]:
        """The four tables of facts as pandas data frames, by name.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        from kg.export.frames import to_pandas

        return to_pandas(self.facts())

    def _repr_html_(self) -> str:
        from kg.export.notebook import to_html

        return to_html(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": f"<kg.Graph {self.folder}>", "text/html": self._repr_html_()}

    def named(self, name: str) -> list[NamedNode]:
        """The entities with this name or alias, exactly or else but for case."""
        found: dict[bool, set[str]] = {True: set(), False: set()}
        for local in ("prefLabel", "altLabel"):
            for quad in self.store.quads_for_pattern(None, NamedNode(PREFIXES["skos"] + local), None):
                label = _text(quad.object)
                if label.casefold() == name.casefold():
                    found[label == name].add(_text(quad.subject))
        return [NamedNode(iri) for iri in sorted(found[True] or found[False])]


def _text(term: Any) -> str:
    if term is None:
        return ""
    return str(term.value) if isinstance(term, NamedNode | Literal) else str(term)


def open(folder: str | Path) -> Graph:
    """Open a graph directory.

    Raises:
        GraphError: there is none, or it is damaged.
    """
    path = Path(folder)
    return Graph(path, *open_store(path))


def build(
    sources: str | Path | Iterable[str | Path],
    graph_dir: str | Path | None = None,
    *,
    base: str = DEFAULT_BASE,
    published: date | None = None,
    timezone: str | None = None,
    lexicons: Sequence[Path] = (),
    model: str | None = None,
    text: bool = True,
    keep_invalid: bool = False,
    fresh: bool = False,
) -> Graph:
    """Build a graph from files, folders or addresses; ``graph_dir`` defaults to a new temporary folder.

    Raises:
        SourceError, GraphError, InvalidGraphError, UsageError: see :func:`kg.builder.build_graph`.
    """
    from kg.builder import BuildOptions, build_graph

    options = BuildOptions(base, published, timezone, tuple(lexicons), model, text, keep_invalid, fresh)
    target = Path(graph_dir) if graph_dir else Path(tempfile.mkdtemp(prefix="kg-")) / "graph"
    listed = [sources] if isinstance(sources, str | Path) else list(sources)
    if not listed:
        raise UsageError("no sources: name at least one file, folder or address")
    build_graph(listed, target, options)
    return open(target)
