"""``kg verify``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from kg.cli.messages import tell
from kg.cli.options import graph_option, json_option
from kg.errors import UsageError


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@graph_option
@click.option("--demo", is_flag=True, help="Check against the corpus that ships with the package.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="As given to 'kg build'.")
@click.option("--timezone", metavar="TZ", help="As given to 'kg build'.")
@json_option
def command(
    sources: tuple[str, ...], graph: Path, demo: bool, published: datetime | None, timezone: str | None, as_json: bool
) -> None:
    """Check every offset and wording of a graph against its sources. Exit code 1 where one fails.

    \b
    Example:
      kg verify -g graph --demo
    """
    if not sources and not demo:
        raise UsageError("no SOURCE given: name what the graph was built from, or --demo")
    import kg
    from kg.check.verify import verify
    from kg.resources import corpus_path

    every = [*sources, *([str(corpus_path())] if demo else [])]
    day = published.date() if published else None
    found = verify(kg.open(graph), every, published=day, timezone=timezone)
    lines = [f"{failure.node}: {failure.reason}" for failure in found.failures]
    lines.append(f"{found.verified:,} of {found.statements:,} statements verified")
    data = {"statements": found.statements, "verified": found.verified, "failures": lines[:-1]}
    tell("\n".join(lines), data, as_json=as_json)
    sys.exit(1 if found.failures else 0)
