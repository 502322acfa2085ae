"""Options that mean the same in every command."""

from __future__ import annotations

from pathlib import Path

import click

graph_option = click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("graph"),
    envvar="KG_GRAPH",
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="The graph's folder.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Messages and results as JSON.")
out_option = click.option("-o", "--out", type=click.Path(path_type=Path), help="Write here instead of on the screen.")
