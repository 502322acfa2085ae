"""``kg build``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kg.cli.messages import tell
from kg.cli.options import graph_option, json_option
from kg.errors import UsageError
from kg.vocabulary import DEFAULT_BASE


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@graph_option
@click.option("--demo", is_flag=True, help="Build the corpus that ships with the package.")
@click.option("--base", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="Namespace of the instances.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Publication date, where the source has none.")
@click.option("--timezone", metavar="TZ", help="Zone of times without one, as 'Asia/Shanghai' or '+08:00'.")
@click.option("--lexicon", "lexicons", multiple=True, type=click.Path(path_type=Path), help="More names (repeatable).")
@click.option("--model", metavar="NAME", help="Another spaCy pipeline, by name or folder.")
@click.option("--no-text", is_flag=True, help="Leave the sources' wording out; offsets and hashes stay.")
@click.option("--keep-invalid", is_flag=True, help="Keep a graph that violates the shapes.")
@click.option("--fresh", is_flag=True, help="Start anew instead of adding to the graph that is there.")
@click.option("--asserted-only", is_flag=True, help="Leave out what follows by the ontology.")
@click.option("-v", "--verbose", is_flag=True, help="Say each step.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing when all is well.")
@json_option
def command(
    sources: tuple[str, ...],
    graph: Path,
    demo: bool,
    base: str,
    published: datetime | None,
    timezone: str | None,
    lexicons: tuple[Path, ...],
    model: str | None,
    no_text: bool,
    keep_invalid: bool,
    fresh: bool,
    asserted_only: bool,
    verbose: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Build a graph from files, folders, addresses or standard input (-).

    \b
    Example:
      kg build --demo -g graph
    """  # fmt: skip
    if not sources and not demo:
        raise UsageError("no SOURCE given: name files, folders or addresses, or try 'kg build --demo'")
    from rich.console import Console

    import kg
    from kg.builder import BuildOptions, build_graph
    from kg.resources import corpus_path

    every = [*sources, *([str(corpus_path())] if demo else [])]
    console = Console(stderr=True, quiet=quiet or as_json)
    with console.status("building", spinner="dots") as status:

        def progress(step: str) -> None:
            if verbose:
                console.print(step, markup=False)
            elif console.is_terminal:
                status.update(step)

        day = published.date() if published else None
        options = BuildOptions(
            base, day, timezone, lexicons, model, not no_text, keep_invalid, fresh, asserted_only, progress
        )
        build_graph(every, graph, options)
    info = kg.open(graph).info()
    text = (
        f"{graph}: {info['documents']} documents, {info['statements']:,} statements, {info['triples']:,} triples"
        f" and {info['inferred']:,} inferred\n"
        f"{info['triples_per_statement']} triples a statement (budget {info['budget']:g}), "
        f"{info['triples_per_fact']} counting only relations, measurements and quotations"
    )
    if not quiet:
        tell(text, info, as_json=as_json)
