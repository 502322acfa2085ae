"""The whole line, from sources to a graph on disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad, Store

from kg.ask.examples import example_quads
from kg.ask.saved import saved_queries
from kg.assemble.catalogue import dataset_quads
from kg.assemble.document_graph import assemble
from kg.assemble.inference import inference_quads, inferred_quads
from kg.assemble.union import PREF, disputed_names, kept_quads, settle
from kg.assemble.wording import without_wording
from kg.errors import InvalidGraphError, UsageError
from kg.iri import Minter
from kg.link.carry import carried_quads, mapping_files
from kg.model import Facts
from kg.report.page import to_html
from kg.report.section import Section, section_of, section_without_wording
from kg.report.sections import SectionSpool, to_json
from kg.store.directory import REPORT, fill_store, read_quads, workshop, write_graph, writing
from kg.store.manifest import NAME, STORE, Manifest, read_manifest
from kg.store.spool import QuadSpool
from kg.vocabulary import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.check import ValidationReport

Progress = Callable[[str], None]
PAGE = "report.html"
_IN_MEMORY = 2_500_000
"""Quads that are checked in memory, of which a million take about 0.35 GB; larger graphs are checked on disk."""
_BATCH = 100_000


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build: see ``kg build --help`` for each."""

    base: str = DEFAULT_BASE
    published: date | None = None
    timezone: str | None = None
    lexicons: Sequence[Path] = ()
    model: str | None = None
    text: bool = True
    keep_invalid: bool = False
    fresh: bool = False
    asserted_only: bool = False
    progress: Progress = field(default=lambda _: None)


def version() -> str:
    """The version of this package as installed, or ``0`` in a checkout that is not."""
    try:
        return installed_version("liveblog-kg")
    except PackageNotFoundError:
        return "0"


def build_graph(sources: Iterable[str | Path], target: Path, options: BuildOptions) -> None:
    """Read sources, find their facts and write the graph directory ``target``, adding to what is there.

    Documents go through one at a time and what was found goes to the disk, so that memory does not grow with them.

    Raises:
        SourceError: a source cannot be read.
        GraphError: the graph cannot be written.
        InvalidGraphError: it violates the shapes and ``keep_invalid`` is off.
        UsageError: an option's value is wrong.
    """
    from kg.extract import extract
    from kg.read import read_sources

    def found() -> Iterator[Facts]:
        for document in read_sources(
            [str(source) for source in sources], published=options.published, timezone=options.timezone
        ):
            options.progress(f"reading {document.name}")
            yield extract(document, lexicons=options.lexicons, model=options.model)

    write_facts(found(), target, options)


def write_facts(facts: Iterable[Facts], target: Path, options: BuildOptions) -> None:
    """Write a graph of facts that are at hand, or come one after the other; otherwise like :func:`build_graph`."""
    with writing(target), workshop(target) as folder:
        _write(facts, target, folder, options)


def _write(facts: Iterable[Facts], target: Path, folder: Path, options: BuildOptions) -> None:
    minter = Minter(options.base)
    sections = SectionSpool(folder)
    quads = _gathered(facts, target, folder, sections, minter, options)
    described, counts = dataset_quads(quads, minter, version())
    quads.add(described)
    mappings = mapping_files(target)
    quads.add(carried_quads(mappings, quads, minter))
    inferred = set() if options.asserted_only else inferred_quads(quads, minter)
    quads.add({*example_quads(saved_queries().values(), minter), *inference_quads(minter, len(inferred))})
    figures = {**counts.to_dict(), "inferred": len(inferred)}
    options.progress("checking")
    extras = _reports(quads, inferred, figures, sections, folder, options)
    number = sum(1 for _ in quads.lines())
    options.progress("writing")
    write_graph(
        target,
        quads,
        lambda files: Manifest(minter.base, version(), options.text, number, figures, files),
        {**mappings, **extras},
        folder / STORE,
    )


def _gathered(
    facts: Iterable[Facts],
    target: Path,
    folder: Path,
    sections: SectionSpool,
    minter: Minter,
    options: BuildOptions,
) -> QuadSpool:
    """The quads of the facts and of what is kept of an old graph, with one preferred name an entity."""
    spool = QuadSpool(folder, "found")
    new: set[str] = set()
    for f in facts:
        iri = minter.document(f.document.name, f.document.sha256)
        new.add(iri)
        sections.add(iri, _section(section_of(f), options))
        spool.add(_quads(assemble(f, minter), options))
    options.progress("assembling")
    if (target / NAME).is_file() and not options.fresh:
        _check_base(target, minter)
        spool.add(_quads(kept_quads(read_quads(target), new, minter), options))
        report = json.loads((target / REPORT).read_text(encoding="utf-8"))
        for iri, section in report["documents"].items():
            if iri not in new:
                sections.add(iri, _section(section, options))
    chosen = disputed_names(spool.with_predicate(PREF))
    if not chosen:
        return spool
    return spool.rewritten(QuadSpool(folder, "settled"), PREF, lambda quad: settle(quad, chosen))


def _quads(quads: Iterable[Quad], options: BuildOptions) -> Iterable[Quad]:
    return quads if options.text else without_wording(quads)


def _section(section: Section, options: BuildOptions) -> Section:
    return section if options.text else section_without_wording(section)


def _check_base(target: Path, minter: Minter) -> None:
    base = read_manifest(target).base
    if base != minter.base:
        raise UsageError(f"--base {minter.base}: {target} was built with {base}; give that, or --fresh to start anew")


def _check(quads: QuadSpool, store: Store) -> ValidationReport:
    """Check a graph in memory where it is small enough for that, which is three times as fast, or else on disk."""
    from kg.check import validate_in_place

    if len(store) > _IN_MEMORY:
        return validate_in_place(store)
    memory = Store()
    source = iter(quads)
    while batch := list(islice(source, _BATCH)):
        memory.bulk_extend(batch)
    return validate_in_place(memory)


def _reports(
    quads: QuadSpool,
    inferred: set[Quad],
    counts: dict[str, Any],
    sections: SectionSpool,
    folder: Path,
    options: BuildOptions,
) -> dict[str, bytes | Path]:
    """Check what is asserted, then add what is inferred, to the store too; the reports on it."""
    store = fill_store(folder / STORE, quads)
    checked = _check(quads, store)
    store.bulk_extend(inferred)
    store.flush()
    store.optimize()
    del store
    quads.add(inferred)
    text = checked.to_text()
    if not checked.conforms and not options.keep_invalid:
        violations = text.split("\nWarning:")[0].strip()
        raise InvalidGraphError(f"the graph violates the shapes and is not kept (see --keep-invalid):\n{violations}")
    head = {"counts": counts, "validation": {"conforms": checked.conforms, "text": text}}
    with (folder / REPORT).open("w", encoding="utf-8") as file:
        file.writelines(to_json(head, sections))
    with (folder / PAGE).open("w", encoding="utf-8") as file:
        file.writelines(to_html(head, (section for _, section in sections)))
    return {
        REPORT: folder / REPORT,
        PAGE: folder / PAGE,
        "validation.ttl": checked.to_turtle().encode(),
    }
