"""``kg query``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.ask.formats import FORMATS
from kg.cli.messages import write_output
from kg.cli.options import Place, json_option, out_option, place_option, server_options
from kg.errors import UsageError


class _QueryCommand(click.Command):
    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from kg.ask.saved import saved_queries

        with formatter.section("Saved queries"):
            formatter.write_dl([(query.name, query.title) for query in saved_queries().values()])


@click.command(cls=_QueryCommand)
@click.argument("query", metavar="NAME|FILE|-")
@place_option
@click.option("-p", "params", multiple=True, metavar="NAME=VALUE", help="A parameter's value (repeatable).")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@out_option
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="For queries of your own, and all on a server.",
)
@click.option(
    "--allow-service", "services", multiple=True, metavar="IRI", help="A server that SERVICE may call (repeatable)."
)
@click.option("--explain", is_flag=True, help="Print how the engine evaluates the query.")
@server_options
@json_option
def command(
    query: str,
    graph: Place,
    params: tuple[str, ...],
    form: str,
    out: Path | None,
    timeout: float,
    services: tuple[str, ...],
    explain: bool,
    server: dict[str, str],
    as_json: bool,
) -> None:
    """Ask a saved query, a file's query, or one from standard input (-).

    A query of your own runs in a process with limited time and memory and without network.

    \b
    Example:
      kg query who-runs-what -g graph -p runner=Tmall -f csv
      kg query my.rq -g https://example.org/sparql --timeout 20
    """
    import kg
    from kg.ask.answer import Limits
    from kg.ask.formats import write_answer

    text = sys.stdin.read() + "\n" if query == "-" else query
    values = dict(_pair(param) for param in params)
    opened = kg.open(graph, **server)  # type: ignore[arg-type]
    limits = Limits(seconds=timeout, services=frozenset(services))
    if explain:
        write_output(opened.explain(text, limits, **values).encode(), out)
        return
    chosen = "json" if as_json and form == "table" else form
    if chosen == "parquet" and out is None and sys.stdout.isatty():
        raise UsageError("-f parquet: not for the screen; name a file with -o")
    write_output(write_answer(opened.answer(text, limits, **values), chosen, opened.base), out)


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals or not name:
        raise UsageError(f"-p {param}: write name=value")
    return name, value
