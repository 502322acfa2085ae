"""``kg info``."""

from __future__ import annotations

import click

from kg.cli.messages import tell
from kg.cli.options import Place, json_option, place_option


@click.command()
@place_option
@json_option
def command(graph: Place, as_json: bool) -> None:
    """Summarise a graph.

    \b
    Example:
      kg info -g graph
    """
    import kg

    info = kg.open(graph).info()
    classes = info["classes"]
    lines = [f"{name.replace('_', ' '):24}{value}" for name, value in info.items() if name != "classes"]
    lines += [f"  {name:22}{value}" for name, value in classes.items()]
    tell("\n".join(lines), info, as_json=as_json)
