"""``kg communities``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.messages import tell
from kg.cli.options import graph_option, json_option
from kg.cli.selecting import selection_of, selection_options


@click.command()
@graph_option
@selection_options
@json_option
def command(graph: Path, as_json: bool, **selecting: Any) -> None:
    """Print which entities belong together (Leiden). 'kg export --with community' puts the numbers on the nodes.

    \b
    Example:
      kg communities -g graph --view together
    """
    import kg
    from kg.analysis.measures import communities

    network = kg.open(graph).network(selection_of(selecting))
    groups = [[network.nodes[node]["label"] for node in group] for group in communities(network)]
    alone = [group[0] for group in groups if len(group) == 1]
    lines = [
        f"{number:>3}. ({len(group)}) {', '.join(' '.join(name.split()) for name in group)}"
        for number, group in enumerate(groups, start=1)
        if len(group) > 1
    ]
    if alone:
        lines.append(f"     {len(alone)} on their own")
    tell("\n".join(lines), groups, as_json=as_json)
