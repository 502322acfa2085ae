"""The whole line, from sources to a graph on disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, Store

from kg.ask.examples import example_quads
from kg.ask.saved import saved_queries
from kg.assemble.budget import count
from kg.assemble.catalogue import dataset_quads
from kg.assemble.document_graph import assemble
from kg.assemble.inference import inference_quads, inferred_quads
from kg.assemble.union import documents_in, kept_quads, with_settled_names
from kg.assemble.wording import without_wording
from kg.errors import InvalidGraphError, UsageError
from kg.iri import Minter
from kg.link.carry import carried_quads, mapping_files
from kg.model import Facts
from kg.report.page import to_html
from kg.report.section import Section, section_of, section_without_wording
from kg.store.directory import REPORT, read_quads, write_graph, writing
from kg.store.manifest import NAME, Manifest, read_manifest
from kg.vocabulary import DEFAULT_BASE

Progress = Callable[[str], None]


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

    Raises:
        SourceError: a source cannot be read.
        GraphError: the graph cannot be written.
        InvalidGraphError: it violates the shapes and ``keep_invalid`` is off.
        UsageError: an option's value is wrong.
    """
    from kg.extract import extract
    from kg.read import read_sources

    with writing(target):
        found = []
        for document in read_sources(
            [str(source) for source in sources], published=options.published, timezone=options.timezone
        ):
            options.progress(f"reading {document.name}")
            found.append(extract(document, lexicons=options.lexicons, model=options.model))
        _write(found, target, options)


def write_facts(facts: Sequence[Facts], target: Path, options: BuildOptions) -> None:
    """Write a graph of facts that are at hand; otherwise like :func:`build_graph`."""
    with writing(target):
        _write(facts, target, options)


def _write(facts: Sequence[Facts], target: Path, options: BuildOptions) -> None:
    minter = Minter(options.base)
    sections = {minter.document(f.document.name, f.document.sha256): section_of(f) for f in facts}
    kept, old_sections = _kept(target, sections, minter, options)
    options.progress("assembling")
    own: set[Quad] = {quad for f in facts for quad in assemble(f, minter)} | kept
    quads = with_settled_names(own)
    sections = dict(sorted({**old_sections, **sections}.items()))
    if not options.text:
        quads = set(without_wording(quads))
        sections = {iri: section_without_wording(section) for iri, section in sections.items()}
    counts = count(quad for quad in quads if quad.graph_name.value != minter.catalogue)  # type: ignore[union-attr]
    mappings = mapping_files(target)
    quads |= carried_quads(mappings, quads, minter)
    quads |= dataset_quads(quads, minter, version())
    inferred = set() if options.asserted_only else inferred_quads(quads, minter)
    quads |= {*example_quads(saved_queries().values(), minter), *inference_quads(minter, len(inferred))}
    options.progress("checking")
    figures = {**counts.to_dict(), "inferred": len(inferred)}
    extras = _reports(quads, figures, sections, options)
    quads |= inferred
    options.progress("writing")
    write_graph(
        target,
        quads,
        lambda files: Manifest(minter.base, version(), options.text, len(quads), figures, files),
        {**mappings, **extras},
    )


def _kept(
    target: Path, new: dict[str, Section], minter: Minter, options: BuildOptions
) -> tuple[set[Quad], dict[str, Section]]:
    if options.fresh or not (target / NAME).is_file():
        return set(), {}
    manifest = read_manifest(target)
    if manifest.base != minter.base:
        raise UsageError(
            f"--base {minter.base}: {target} was built with {manifest.base}; give that, or --fresh to start anew"
        )
    old = set(kept_quads(read_quads(target), new, minter))
    report = json.loads((target / REPORT).read_text(encoding="utf-8"))
    staying = documents_in(old)
    return old, {iri: section for iri, section in report["documents"].items() if iri in staying}


def _reports(
    quads: set[Quad], counts: dict[str, Any], sections: dict[str, Section], options: BuildOptions
) -> dict[str, bytes]:
    from kg.check import validate

    store = Store()
    store.bulk_extend(quads)
    checked = validate(store)
    text = checked.to_text()
    if not checked.conforms and not options.keep_invalid:
        violations = text.split("\nWarning:")[0].strip()
        raise InvalidGraphError(f"the graph violates the shapes and is not kept (see --keep-invalid):\n{violations}")
    report = {"counts": counts, "validation": {"conforms": checked.conforms, "text": text}, "documents": sections}
    return {
        REPORT: (json.dumps(report, indent=2, ensure_ascii=False) + "\n").encode(),
        "report.html": to_html(report).encode(),
        "validation.ttl": checked.to_turtle().encode(),
    }
