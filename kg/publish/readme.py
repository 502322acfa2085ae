"""The README of a published data set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.statements import read_documents
from kg.publish.about import LICENCES, About

if TYPE_CHECKING:
    from kg.graph import Graph

_FILES = {
    "data/graph.nq": "the graph, a quad a line, a named graph for each document",
    "data/graph.ttl": "the same as one graph, to read",
    "data/graph.jsonld": "the same as JSON-LD under a readable context",
    "data/network.graphml": "entities and the relations between them, for network tools",
    "data/network.gexf": "the same with the time each was first reported, for Gephi",
    "data/validation.ttl": "the SHACL report",
    "graph.html": "a page to look at and search, works without a network",
    "tables/": "entities, relations, measurements and quotations as CSV",
    "queries/": "SPARQL queries, as they run anywhere",
    "results/": "what each of them answers",
    "ontology/": "the terms and their alignments to other vocabularies",
    "shapes/": "what the graph was checked against",
    "description.ttl": "the data set in VoID and DCAT",
    "ro-crate-metadata.json": "the folder as an RO-Crate 1.1",
    "CITATION.cff": "how to cite it",
    "SHA256SUMS": "checksums: sha256sum -c SHA256SUMS",
}


def readme(graph: Graph, about: About, folder: Path, titles: dict[str, str]) -> str:
    """The text, in Markdown; only files that are there (or are about to be) are listed."""
    counts, later = graph.manifest.counts, ("description.ttl", "ro-crate-metadata.json", "SHA256SUMS")
    files = [(name, text) for name, text in _FILES.items() if name in later or (folder / name).exists()]
    documents = "\n".join(f"- {_line(title)}" for title in read_documents(graph.store).values())
    figures = "\n".join(f"| {name} | {number:,} |" for name, number in sorted(counts["classes"].items()))
    queries = "\n".join(f"- [{name}]({name}): {_line(title)}" for name, title in titles.items() if name.endswith(".rq"))
    wording = (
        "Each sentence's wording is in the graph."
        if graph.manifest.text
        else "The sources' wording is not in the graph; hashes of it are, so that who has the sources can check."
    )
    return f"""# {_line(about.title)}

{counts["statements"]:,} statements about {counts["entities"]:,} entities,
read by rules and a small offline language model (liveblog-kg {graph.manifest.version}) from:

{documents}

Every statement has the entry, the sentence, the exact characters (offsets are Unicode code points into the text as
read, half-open), a confidence and the rule that found it. Claims that disagree stay side by side. {wording}
Extraction makes mistakes and misses things: check what matters against the wording.

## Files

{chr(10).join(f"- `{name}`: {text}" for name, text in files)}

## What is in it

| class | instances |
|---|---|
{figures}

## Queries

{queries}

## Citing and licence

{", ".join(about.authors)}{f" ({about.published.year})" if about.published else ""}: {_line(about.title)}.
[{LICENCES[about.licence][1]}]({about.licence_url}).
"""


def _line(text: str) -> str:
    return " ".join(text.split())
