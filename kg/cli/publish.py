"""``kg publish``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.messages import tell
from kg.cli.options import graph_option, json_option


@click.command()
@graph_option
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="Where to write.")
@click.option("--title", default="", metavar="TEXT", help="Title of the data set.  [default: after its documents]")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Who is to be cited (repeatable).")
@click.option(
    "--licence",
    default="CC-BY-4.0",
    show_default=True,
    metavar="SPDX",
    help="CC-BY-4.0, CC-BY-SA-4.0, CC0-1.0 or ODC-By-1.0.",
)
@click.option("--url", metavar="URL", help="Where the folder will be found.")
@click.option("--ontology-page", is_flag=True, help="The ontology as HTML too (its bytes differ from run to run).")
@json_option
def command(
    graph: Path,
    out: Path,
    title: str,
    authors: tuple[str, ...],
    licence: str,
    url: str | None,
    ontology_page: bool,
    as_json: bool,
) -> None:
    """Write a folder that can be cited: data, tables, queries with results, page, descriptions, checksums.

    A graph built with --no-text gives a folder without the sources' wording.

    \b
    Example:
      kg publish -g graph -o festival-2021 --author "Ana Example"
    """  # fmt: skip
    from rich.console import Console

    import kg
    from kg.publish.about import AUTHORS, About
    from kg.publish.folder import publish

    about = About(title, authors or AUTHORS, licence, url=url)
    console = Console(stderr=True, quiet=as_json)
    with console.status("publishing", spinner="dots") as status:
        notes = publish(
            kg.open(graph),
            out,
            about,
            ontology_page=ontology_page,
            progress=lambda step: status.update(f"writing {step}"),
        )
    for note in notes:
        click.echo(f"note: {note}", err=True)
    files = sum(path.is_file() for path in out.rglob("*"))
    tell(f"{out}: {files} files", {"folder": str(out), "files": files, "notes": notes}, as_json=as_json)
