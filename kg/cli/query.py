"""``kg query``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.messages import write_output
from kg.cli.options import graph_option, json_option, out_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.ask.run import Answer

_FORMATS = ("table", "csv", "tsv", "json", "xml")


class _QueryCommand(click.Command):
    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from kg.ask.saved import saved_queries

        with formatter.section("Saved queries"):
            formatter.write_dl([(query.name, query.title) for query in saved_queries().values()])


@click.command(cls=_QueryCommand)
@click.argument("query", metavar="NAME|FILE|-")
@graph_option
@click.option("-p", "params", multiple=True, metavar="NAME=VALUE", help="A parameter's value (repeatable).")
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True)
@out_option
@json_option
def command(query: str, graph: Path, params: tuple[str, ...], form: str, out: Path | None, as_json: bool) -> None:
    """Ask a saved query, a file's query, or one from standard input (-).

    \b
    Example:
      kg query who-runs-what -g graph -p runner=Tmall -f csv
    """
    import kg

    text = sys.stdin.read() + "\n" if query == "-" else query
    values = dict(_pair(param) for param in params)
    opened = kg.open(graph)
    answer = opened.answer(text, **values)
    chosen = "json" if as_json and form == "table" else form
    write_output(_content(answer, chosen, opened.manifest.base), out)


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals or not name:
        raise UsageError(f"-p {param}: write name=value")
    return name, value


def _content(answer: Answer, form: str, base: str) -> bytes:
    from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions

    from kg.ask.output import serialize_answer, shorten

    if form != "table" or not isinstance(answer, QuerySolutions):
        if form == "table" and isinstance(answer, QueryBoolean):
            return b"yes\n" if answer else b"no\n"
        return serialize_answer(answer, form)
    names = [variable.value for variable in answer.variables]
    rows = [
        [(shorten(t.value, base) if isinstance(t, NamedNode) else getattr(t, "value", "")) for t in row]
        for row in answer
    ]
    return _table([name.removeprefix("_").removesuffix("_iri") for name in names], rows).encode()


def _table(names: list[str], rows: list[list[str]]) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*names)
    for row in rows:
        table.add_row(*(Text(" ".join(cell.split())) for cell in row))
    console = Console()
    with console.capture() as captured:
        console.print(table)
    return captured.get()
