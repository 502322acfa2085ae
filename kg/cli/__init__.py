"""The command ``kg``: each command a small module, loaded only when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from kg.cli.messages import fail
from kg.errors import KgError

COMMANDS = {
    "build": "Build a graph from sources.",
    "validate": "Check a graph against the shapes.",
    "verify": "Check every statement against the sources.",
    "facts": "Write the four tables of facts.",
    "info": "Summarise a graph.",
    "show": "Print all that is known of one entity.",
    "query": "Ask a saved query or one of your own.",
    "queries": "List the saved queries.",
    "ask": "Answer a question in English.",
    "load": "Bring a graph to a server.",
    "evaluate": "Score the extraction against gold tables.",
    "link": "Link entities to Wikidata and GeoNames.",
    "export": "Write a graph for another program.",
    "plot": "Draw a plot of a graph.",
    "path": "Print the chains of statements between two entities.",
    "rank": "Print the most central entities.",
    "communities": "Print which entities belong together.",
    "publish": "Write a folder that can be cited.",
    "completion": "Print the shell completion script.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is run or its help is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, from its module."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"kg.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name offered for an unknown one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="liveblog-kg", prog_name="kg")
def cli() -> None:
    """Turn coverage of an event into a knowledge graph with evidence for every statement.

    \b
    Example:
      kg build --demo -g graph
      kg query platforms -g graph
    """


def main() -> None:
    """Run the command; errors of ours are printed in one line and give their exit code."""
    try:
        cli(prog_name="kg")
    except KgError as error:
        sys.exit(fail(error, as_json="--json" in sys.argv))
