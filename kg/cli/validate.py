"""``kg validate``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.messages import tell, write_output
from kg.cli.options import graph_option, json_option, out_option


@click.command()
@graph_option
@out_option
@json_option
def command(graph: Path, out: Path | None, as_json: bool) -> None:
    """Check a graph against the shapes; -o writes the SHACL report as Turtle. Exit code 1 on violations.

    \b
    Example:
      kg validate -g graph
    """
    import kg

    report = kg.open(graph).validate()
    if out:
        write_output(report.to_turtle().encode(), out)
    tell(report.to_text(), {"conforms": report.conforms, "text": report.to_text()}, as_json=as_json)
    sys.exit(0 if report.conforms else 1)
