"""What the saved questions are, for people: lines on a screen and the reference page ``docs/queries.md``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.ask.catalogue import all_tags
from kg.ask.saved import Parameter, SavedQuery, saved_queries

Timings = Mapping[str, Any]
"""What ``benchmarks/queries.py`` measured: on what machine, when, and for each graph its size and the milliseconds."""

GIVEN_UP = 60_000
"""Milliseconds after which the benchmark no longer waits for an answer."""

_START = """# Saved queries

Made from the headers of `queries/*.rq` and the figures of `benchmarks/queries.json` by `make docs`; do not edit.

`kg queries` lists these on the screen, `kg query NAME -g GRAPH -p PARAMETER=VALUE` asks one. Each file is plain SPARQL
1.1 that runs as it stands on any store that holds the graph and asks all its named graphs as one. Parameters are
the variables named as grlc names them (`?_platform_iri`); columns are read from the query. A parameter that is an
entity takes a name, an alias or an IRI. Graphs also hold this catalogue as RDF: look for `sh:SPARQLExecutable`.
"""


def as_lines(queries: Iterable[SavedQuery]) -> str:
    """A line for each question: name, title and parameters."""
    listed = [(query.name, query.title, " ".join(p.name + "=" for p in query.parameters)) for query in queries]
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    return "\n".join(
        f"{name:{widths[0]}}  {title:{widths[1]}}  {parameters}".rstrip() for name, title, parameters in listed
    )


def as_data(queries: Iterable[SavedQuery]) -> list[dict[str, Any]]:
    """The questions as JSON values."""
    return [
        {
            "name": query.name,
            "title": query.title,
            "description": query.description,
            "tags": list(query.tags),
            "questions": list(query.questions),
            "form": query.form,
            "columns": list(query.columns),
            "parameters": [_parameter_data(parameter) for parameter in query.parameters],
        }
        for query in queries
    ]


def _parameter_data(parameter: Parameter) -> dict[str, Any]:
    names = ("name", "type", "meaning", "default", "example")
    return {name: getattr(parameter, name) for name in names} | {"classes": list(parameter.classes)}


def as_markdown(queries: Sequence[SavedQuery], timings: Timings) -> str:
    """The reference page."""
    parts = [_START, _tag_list(queries), *map(_section, queries), _timing_table(queries, timings)]
    return "\n".join(parts)


def _tag_list(queries: Sequence[SavedQuery]) -> str:
    lines = []
    for tag in all_tags(queries):
        names = (f"[{query.name}](#{query.name})" for query in queries if tag in query.tags)
        lines.append(f"- **{tag}**: {', '.join(names)}")
    return "\n".join(lines) + "\n"


def _section(query: SavedQuery) -> str:
    asked = " ".join(f"*{question}*" for question in query.questions)
    columns = ", ".join(f"`{column}`" for column in query.columns) or "a graph of triples"
    lines = [f"## {query.name}\n", f"**{query.title}.** {query.description}\n", f"{asked}\n", f"Columns: {columns}\n"]
    if query.parameters:
        lines.append("| parameter | type | meaning | default | example |\n|---|---|---|---|---|")
        lines += [_parameter_row(parameter) for parameter in query.parameters]
        lines.append("")
    lines += [f"Needs `--allow-service {service}`\n" for service in query.services]
    lines += [f"Empty on the embedded corpus: {query.empty}\n"] if query.empty else []
    lines += [f"On a large graph: {query.slow}\n"] if query.slow else []
    return "\n".join(lines)


def _parameter_row(parameter: Parameter) -> str:
    kind = " or ".join(parameter.classes) if parameter.classes else parameter.type
    default, example = (f"`{value}`" if value else "" for value in (parameter.default, parameter.example))
    return f"| `{parameter.name}` | {kind} | {parameter.meaning} | {default} | {example} |"


def _timing_table(queries: Sequence[SavedQuery], timings: Timings) -> str:
    graphs = timings.get("graphs", {})
    if not graphs:
        return "## How fast\n\nNot measured yet; see `benchmarks/queries.py`.\n"
    heads = [f"{name} ({graph['statements']:,} statements)" for name, graph in graphs.items()]
    lines = [
        "## How fast\n",
        f"Median milliseconds of {timings['runs']} runs with the examples' parameters, embedded, process start apart; "
        f"{timings['machine']}, {timings['date']}.\n",
        f"| query | {' | '.join(heads)} |",
        "|---|" + "---:|" * len(heads),
    ]
    for query in queries:
        cells = (_milliseconds(graph["milliseconds"].get(query.name)) for graph in graphs.values())
        lines.append(f"| {query.name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _milliseconds(value: float | None) -> str:
    if value is None:
        return ""
    if value >= GIVEN_UP:
        return f"over {GIVEN_UP:,}"
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def write_reference(path: Path, timings: Path) -> None:
    """Write the reference page; a missing file of timings leaves the table out."""
    measured = json.loads(timings.read_text(encoding="utf-8")) if timings.is_file() else {}
    path.write_text(as_markdown(list(saved_queries().values()), measured), encoding="utf-8")


if __name__ == "__main__":
    write_reference(Path(sys.argv[1]), Path(sys.argv[2]))
