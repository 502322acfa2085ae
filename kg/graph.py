"""The Python twin of the command line: a graph on disk as an object."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, QueryBoolean, Store

from kg.ask.access import Access, Method
from kg.ask.answer import Answer, Limits, rows_of, text_of
from kg.ask.engine import EmbeddedEngine, Engine
from kg.ask.parameters import Value
from kg.ask.result import Result, Row
from kg.ask.run import checked_text, is_saved, run_query
from kg.ask.saved import find_query
from kg.errors import GraphError, UsageError
from kg.store.directory import open_store
from kg.store.manifest import STORE, Manifest
from kg.vocabulary import DEFAULT_BASE, PREFIXES

if TYPE_CHECKING:
    from kg.ask.question.asking import Asker, Understanding
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

_NAMES = "SELECT DISTINCT ?e ?label { ?e skos:prefLabel|skos:altLabel ?label } ORDER BY ?e ?label"
_CLASSES = (
    "SELECT (STRAFTER(STR(?c), '#') AS ?class) (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?class"
)


class Graph:
    """A graph that was built, open for reading."""

    def __init__(self, folder: Path, store: Store, manifest: Manifest) -> None:
        self.folder, self.store, self.manifest = folder, store, manifest
        self.engine: Engine = EmbeddedEngine(folder / STORE, store, manifest.base)

    @property
    def base(self) -> str:
        """The namespace of the instances."""
        return self.engine.base

    def answer(self, query: str, /, limits: Limits = Limits(), **params: Value) -> Answer:  # noqa: B008
        """The engine's own answer to a saved query's name, a query file's path or SPARQL text.

        Raises:
            UsageError: the query is refused or wrong, or a parameter is unknown or wrong.
            LimitError: a query that is not one of ours takes more than the limits allow.
            RemoteError: a server cannot be reached, refuses or breaks off.
        """
        return run_query(self.engine, find_query(query), params, self.entities, limits, trusted=is_saved(query))

    def query(self, query: str, /, limits: Limits = Limits(), **params: Value) -> Result | bool:  # noqa: B008
        """Rows, or for CONSTRUCT triples, as a :class:`kg.ask.result.Result`; yes or no for ASK.

        Raises:
            UsageError, LimitError, RemoteError: see :meth:`answer`.
        """
        answer = self.answer(query, limits, **params)
        return bool(answer) if isinstance(answer, QueryBoolean) else Result.of(answer, self.base)

    def explain(self, query: str, /, limits: Limits = Limits(), **params: Value) -> str:  # noqa: B008
        """How the engine evaluates a query.

        Raises:
            UsageError: this engine does not tell, or see :meth:`answer`.
        """
        return self.engine.explain(checked_text(self.engine, find_query(query), params, self.entities, limits), limits)

    def understand(self, question: str) -> Understanding:
        """The saved query and parameters that a question in English means, and the two next-best.

        Raises:
            UsageError: the question is empty or too long.
        """
        from kg.ask.question.asking import Asker

        if "_asker" not in self.__dict__:
            self._asker: Asker = Asker(self.engine)
        return self._asker.understand(question)

    def facts(self) -> dict[str, list[Row]]:
        """The four tables of the guide, each a list of rows in its column order."""
        tables = {}
        for table, name in TABLES.items():
            rows = self.query(name)
            assert isinstance(rows, Result)
            tables[table] = rows.rows
        return tables

    def show(self, name: str) -> dict[str, Any]:
        """All that is known of one entity.

        Raises:
            UsageError: nothing has this name; the message offers the nearest.
        """
        from kg.ask.portrait import portrait

        return portrait(self.engine, self.named(name), name)

    def info(self) -> dict[str, Any]:
        """The counts and how the graph was built."""
        manifest = self.manifest
        about = {"folder": str(self.folder), "base": manifest.base, "version": manifest.version, "text": manifest.text}
        return {**about, "quads": manifest.quads, **manifest.counts}

    def validate(self) -> ValidationReport:
        """Check the graph against the shapes."""
        from kg.check import validate

        return validate(self.store)

    def entities(self, name: str, classes: Sequence[str] = ()) -> tuple[NamedNode, ...]:
        """The things that a name, an alias, a CURIE or an IRI stands for, of some classes (local names) first.

        Raises:
            UsageError: there is none; the message offers the nearest.
        """
        from kg.ask.entity import resolve_entities

        return resolve_entities(
            lambda text: rows_of(self.engine.run(text, Limits(), trusted=True)), name, self.base, classes
        )

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
        exact: set[str] = set()
        near: set[str] = set()
        for entity, label in self.names():
            if label.casefold() == name.casefold():
                (exact if label == name else near).add(entity)
        return [NamedNode(iri) for iri in sorted(exact or near)]

    def names(self) -> Iterator[tuple[str, str]]:
        """Every entity's IRI with each of its names and aliases."""
        for local in ("prefLabel", "altLabel"):
            for quad in self.store.quads_for_pattern(None, NamedNode(PREFIXES["skos"] + local), None):
                yield text_of(quad.subject), text_of(quad.object)


class RemoteGraph(Graph):
    """A graph on a server; what needs the files of a graph on disk raises :class:`GraphError`."""

    def __init__(self, access: Access, base: str) -> None:
        from kg.ask.remote import RemoteEngine

        self.access, self.engine = access, RemoteEngine(access, base)

    def __getattr__(self, name: str) -> Any:
        if name in {"store", "folder", "manifest"}:
            raise GraphError(f"{self.access.url}: this needs a graph's folder and not a server; name one with -g")
        raise AttributeError(name)

    def names(self) -> Iterator[tuple[str, str]]:
        """Every entity's IRI with each of its names and aliases."""
        if "_names" not in self.__dict__:
            rows = rows_of(self.engine.run(_NAMES, Limits(), trusted=True))
            self._names = [(text_of(entity), text_of(label)) for entity, label in rows]
        return iter(self._names)

    def info(self) -> dict[str, Any]:
        """What there is, counted."""
        rows = rows_of(self.engine.run(_CLASSES, Limits(), trusted=True))
        classes = {text_of(name): int(text_of(number)) for name, number in rows}
        ((triples,),) = rows_of(self.engine.run("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", Limits(), trusted=True))
        return {"address": self.access.url, "base": self.base, "triples": int(text_of(triples)), "classes": classes}


def open(
    place: str | Path,
    *,
    user: str = "",
    password: str = "",
    token: str = "",
    method: Method = "auto",
    base: str = DEFAULT_BASE,
) -> Graph:
    """Open a graph directory, or a graph on a server by the address of its SPARQL service.

    The other arguments are for servers: a login or a token (also from ``KG_USER``, ``KG_PASSWORD``, ``KG_TOKEN``), the
    HTTP method, and the namespace that the instances there have.

    Raises:
        GraphError: there is none, or it is damaged.
        UsageError: the address is none.
    """
    if is_address(place):
        return RemoteGraph(Access.to(str(place), user, password, token, method), base)
    path = Path(place)
    return Graph(path, *open_store(path))


def is_address(place: str | Path) -> bool:
    """Whether a place is a server's address rather than a folder."""
    return isinstance(place, str) and place.lower().startswith(("http://", "https://"))


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
    asserted_only: bool = False,
) -> Graph:
    """Build a graph from files, folders or addresses; ``graph_dir`` defaults to a new temporary folder.

    Raises:
        SourceError, GraphError, InvalidGraphError, UsageError: see :func:`kg.builder.build_graph`.
    """
    from kg.builder import BuildOptions, build_graph

    options = BuildOptions(base, published, timezone, tuple(lexicons), model, text, keep_invalid, fresh, asserted_only)
    target = Path(graph_dir) if graph_dir else Path(tempfile.mkdtemp(prefix="kg-")) / "graph"
    listed = [sources] if isinstance(sources, str | Path) else list(sources)
    if not listed:
        raise UsageError("no sources: name at least one file, folder or address")
    build_graph(listed, target, options)
    return open(target)
