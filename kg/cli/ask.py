"""``kg ask``."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.ask.formats import FORMATS
from kg.cli.messages import write_output
from kg.cli.options import Place, json_option, out_option, place_option, server_options

if TYPE_CHECKING:
    from kg.ask.question.asking import Understanding
    from kg.ask.question.matching import Candidate


@click.command()
@click.argument("question")
@place_option
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@out_option
@server_options
@json_option
def command(question: str, graph: Place, form: str, out: Path | None, server: dict[str, str], as_json: bool) -> None:
    """Answer a question in English with the saved query that fits it.

    Says on standard error which query was run with what, and which others come next. Exit code 1 where it can't tell.

    \b
    Example:
      kg ask "Which brands joined the green alliance?" -g graph
    """
    import kg
    from kg.ask.answer import Limits
    from kg.ask.formats import write_answer

    opened = kg.open(graph, **server)  # type: ignore[arg-type]
    understood = opened.understand(question)
    for line in _told(understood):
        click.echo(line, err=True)
    if understood.best is None:
        sys.exit(1)
    answer = opened.answer(understood.best.query.name, Limits(), **understood.best.params)
    write_output(write_answer(answer, "json" if as_json and form == "table" else form, opened.base), out)


def _told(understood: Understanding) -> list[str]:
    if understood.best is None:
        reason = f": nothing in this graph is called {understood.strange[0]!r}" if understood.strange else ""
        told = [f"I can't tell{reason}"]
    else:
        told = [f"asked: {_command(understood.best)}  ({understood.best.query.title})"]
    told += [f"   or: {_command(other)}  ({other.query.title})" for other in understood.others]
    return [*told, "'kg queries' lists what can be asked"] if understood.best is None else told


def _command(candidate: Candidate) -> str:
    params = "".join(f" -p {shlex.quote(f'{name}={value}')}" for name, value in candidate.params.items())
    return f"kg query {candidate.query.name}{params}"
