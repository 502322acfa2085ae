"""``kg export``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.options import graph_option, out_option
from kg.cli.selecting import selection_of, selection_options
from kg.errors import UsageError


class _ExportCommand(click.Command):
    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from kg.export.formats import FORMATS
        from kg.export.selection import VIEWS

        with formatter.section("Formats"):
            formatter.write_dl([(name, form.title) for name, form in FORMATS.items()])
        with formatter.section("Views"):
            formatter.write_dl([(name, view.title) for name, view in VIEWS.items()])


@click.command(cls=_ExportCommand)
@graph_option
@click.option("-f", "--format", "form", required=True, metavar="FORMAT", help="One of those below.")
@out_option
@selection_options
@click.option(
    "--with",
    "measures",
    multiple=True,
    metavar="MEASURE",
    help="On the nodes: degree, betweenness, pagerank, eigenvector or community (repeatable).",
)
@click.option(
    "--width", type=click.IntRange(200, 20_000), metavar="PIXELS", help="svg, png, pdf: how wide.  [default: 1200]"
)
@click.option(
    "--dpi", type=click.IntRange(30, 1200), metavar="N", help="png: dots an inch, 96 to a pixel.  [default: 192]"
)
@click.option("--query", metavar="NAME", help="The triples of a CONSTRUCT query: a saved one, a file's path or text.")
@click.option("--asserted-only", is_flag=True, help="RDF: entities and asserted relations, without their evidence.")
@click.option("--no-text", is_flag=True, help="RDF: hashes in the place of the sources' wording.")
@click.option("--named-graph", metavar="NAME", help="RDF: one named graph, by IRI or its last part.")
@click.option("--spreadsheet-safe", is_flag=True, help="csv, tsv: no cell that a spreadsheet takes for a formula.")
def command(
    graph: Path,
    form: str,
    out: Path | None,
    measures: tuple[str, ...],
    width: int | None,
    dpi: int | None,
    query: str | None,
    asserted_only: bool,
    no_text: bool,
    named_graph: str | None,
    spreadsheet_safe: bool,
    **selecting: Any,
) -> None:
    """Write a graph, or a part of it, for another program.

    \b
    Example:
      kg export -g graph -f gexf -o festival.gexf
      kg export -g graph -f html -o festival.html
      kg export -g graph -f turtle --asserted-only
      kg export -g graph -f graphml --around Tmall --hops 2 --since 2021-11-10 -o tmall.graphml
    """
    import kg
    from kg.export.formats import FORMATS
    from kg.export.rdf import RdfChoice
    from kg.export.write import Choice, export

    if form not in FORMATS:
        raise UsageError(f"-f {form}: it is one of {', '.join(FORMATS)}")
    rdf = RdfChoice(named_graph, asserted_only, not no_text)
    choice = Choice(
        selection_of(selecting, FORMATS[form].view), rdf, query, spreadsheet_safe, measures, _picture(form, width, dpi)
    )
    _refuse_foreign(FORMATS[form].content, form, choice, selecting)
    for warning in export(kg.open(graph), form, out, choice):
        click.echo(f"warning: {warning}", err=True)


def _picture(form: str, width: int | None, dpi: int | None) -> dict[str, int]:
    options = {name: value for name, value in (("width", width), ("dpi", dpi)) if value is not None}
    wrong = options.keys() - {"svg": {"width"}, "pdf": {"width"}, "png": {"width", "dpi"}}.get(form, set())
    if wrong:
        raise UsageError(
            f"-f {form}: --{', --'.join(sorted(wrong))} cannot go with this; 'kg export --help' says what can"
        )
    return options


def _refuse_foreign(content: str, form: str, choice: Any, selecting: dict[str, Any]) -> None:
    """An option that this format would not heed is an error, never silently nothing."""
    rdf = choice.rdf
    given = {
        "network": [f"--{name.replace('_', '-')}" for name, value in selecting.items() if value not in (None, (), 0)],
        "rdf": [
            option
            for option, value in (
                ("--asserted-only", rdf.asserted_only),
                ("--no-text", not rdf.text),
                ("--named-graph", rdf.graph),
            )
            if value
        ],
        "tables": ["--spreadsheet-safe"] if choice.spreadsheet_safe else [],
    }
    wrong = [option for kind, options in given.items() if kind != content for option in options]
    if content != "network" and choice.measures:
        wrong.append("--with")
    if content == "tables" and choice.query:
        wrong.append("--query")
    if content == "rdf" and choice.query:
        wrong += given["rdf"]
    if content == "network" and choice.query:
        wrong += [option for option in given["network"] if option != "--min-confidence"]
    if wrong:
        raise UsageError(f"-f {form}: {', '.join(wrong)} cannot go with this; 'kg export --help' says what can")
