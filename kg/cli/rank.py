"""``kg rank``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.messages import tell
from kg.cli.options import graph_option, json_option
from kg.cli.selecting import selection_of, selection_options


@click.command()
@graph_option
@click.option(
    "--by", metavar="MEASURE", default="degree", show_default=True, help="degree, betweenness, pagerank or eigenvector."
)
@click.option("-n", "--number", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
@selection_options
@json_option
def command(graph: Path, by: str, number: int, as_json: bool, **selecting: Any) -> None:
    """Print the most central entities. 'kg export --with MEASURE' puts the numbers on the nodes of a file.

    \b
    Example:
      kg rank -g graph --by betweenness
    """  # fmt: skip
    import kg
    from kg.analysis.measures import rank

    network = kg.open(graph).network(selection_of(selecting))
    rows = [
        {"name": network.nodes[node]["label"], "type": network.nodes[node]["type"], by: value, "iri": node}
        for node, value in list(rank(network, by).items())[:number]
    ]
    text = "\n".join(f"{row[by]:>12g}  {' '.join(row['name'].split())}  ({row['type']})" for row in rows)
    tell(text, rows, as_json=as_json)
