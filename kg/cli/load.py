"""``kg load``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.messages import tell
from kg.cli.options import graph_option, json_option, login_options


@click.command()
@click.argument("url")
@graph_option
@click.option("--batch", type=click.IntRange(1), default=20_000, show_default=True, help="Triples sent at once.")
@click.option(
    "--timeout", type=click.FloatRange(1), default=120, show_default=True, metavar="SECONDS", help="A batch's."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing when all is well.")
@login_options
@json_option
def command(
    url: str, graph: Path, batch: int, timeout: float, quiet: bool, server: dict[str, str], as_json: bool
) -> None:
    """Bring a graph to a server, named graph by named graph; URL is that of its graph store.

    What is there already is left out, so a load that broke off goes on when it is started again.

    \b
    Example:
      kg load -g graph http://localhost:7878/store
    """
    from rich.console import Console
    from rich.progress import Progress

    import kg
    from kg.ask.access import Access
    from kg.ask.upload import load_graph

    access = Access.to(url, **server)  # type: ignore[arg-type]
    opened = kg.open(graph)
    with Progress(console=Console(stderr=True, quiet=quiet or as_json), transient=True) as bar:
        task = bar.add_task("loading", total=None)

        def progress(name: str, done: int, total: int) -> None:
            bar.update(task, description=name.rpartition("/")[2], completed=done, total=total)

        done = load_graph(opened.store, access, batch=batch, seconds=timeout, progress=progress)
    text = (
        f"{access.url}: {done.triples:,} triples in {done.graphs} graphs, {done.sent:,} triples sent, "
        f"{done.untouched} graphs were there already"
    )
    data = {"graphs": done.graphs, "untouched": done.untouched, "triples": done.triples, "sent": done.sent}
    if not quiet:
        tell(text, data, as_json=as_json)
