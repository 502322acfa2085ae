"""What the extraction finds in a source: the four tables as ``kg facts`` writes them, and where each row was read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Store

from kg.assemble.document_graph import assemble
from kg.assemble.union import with_settled_names
from kg.evaluate.gold import Tables
from kg.graph import Graph
from kg.iri import Minter
from kg.model import Facts
from kg.report.tables import COLUMNS
from kg.store.manifest import Manifest


@dataclass(frozen=True, slots=True)
class ExtractionOptions:
    """How to read and extract; as for ``kg build``. ``without`` names parts of the extraction to switch off."""

    published: date | None = None
    timezone: str | None = None
    lexicons: Sequence[Path] = ()
    model: str | None = None
    without: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """The facts of a source, document by document, and the tables that they make."""

    facts: tuple[Facts, ...]
    tables: Tables


def extract_source(source: str | Path, options: ExtractionOptions) -> Extraction:
    """Read a source (a file, folder or address) and find its facts.

    Raises:
        SourceError: it cannot be read.
        UsageError: an option's value is wrong.
    """
    from kg.extract import extract
    from kg.read import read_sources

    documents = read_sources([str(source)], published=options.published, timezone=options.timezone)
    facts = tuple(
        extract(document, lexicons=options.lexicons, model=options.model, without=options.without)
        for document in documents
    )
    return Extraction(facts, tables_of(facts))


def tables_of(facts: Sequence[Facts]) -> Tables:
    """The guide's tables of some facts, through a graph in memory, so that they are those of ``kg facts``."""
    minter = Minter()
    quads = with_settled_names({quad for f in facts for quad in assemble(f, minter)})
    store = Store()
    store.bulk_extend(quads)
    graph = Graph(Path(), store, Manifest(minter.base, "", True, len(quads), {}, {}))
    return {
        table: [{column: " ".join(row[column].split()) for column in COLUMNS[table]} for row in rows]
        for table, rows in graph.facts().items()
    }


def sentences_of(facts: Sequence[Facts]) -> Iterator[tuple[str, str]]:
    """Every sentence as (entry key, wording with single blanks), in the order of the text."""
    for f in facts:
        for key, span in f.passages:
            yield key, " ".join(span.of(f.document.text).split())
