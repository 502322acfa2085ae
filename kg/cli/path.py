"""``kg path``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.messages import tell
from kg.cli.options import graph_option, json_option
from kg.cli.selecting import selection_of, selection_options

if TYPE_CHECKING:
    from kg.analysis.paths import Step


@click.command()
@click.argument("source", metavar="NAME")
@click.argument("target", metavar="NAME")
@graph_option
@click.option("-n", "--number", type=click.IntRange(min=1), default=3, show_default=True, help="How many chains.")
@selection_options
@json_option
def command(source: str, target: str, graph: Path, number: int, as_json: bool, **selecting: Any) -> None:
    """Print the shortest chains of statements between two entities, with the wording behind each step.

    \b
    Example:
      kg path "Chris Tung" "Nespresso" -g graph
    """
    import kg
    from kg.analysis.paths import shortest_paths

    opened = kg.open(graph)
    ends = [opened.show(name)["iris"] for name in (source, target)]
    found = shortest_paths(opened.network(selection_of(selecting)), ends[0], ends[1], number)
    data = [[asdict(step) for step in path] for path in found]
    lines = (line for place, path in enumerate(found, start=1) for line in _lines(place, path))
    tell("\n".join(lines), data, as_json=as_json)


def _lines(place: int, path: tuple[Step, ...]) -> Iterator[str]:
    yield f"{place}. {len(path)} {'step' if len(path) == 1 else 'steps'}"
    for step in path:
        yield f"   {step.subject} —{step.relation}→ {step.object}   ({', '.join(step.entries[:3])})"
        if step.wording:
            yield f"      “{' '.join(step.wording.split())}”"
