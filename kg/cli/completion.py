"""``kg completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Example:
      kg completion bash > ~/.local/share/bash-completion/completions/kg
    """
    from kg.cli import cli

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(cli, {}, "kg", "_KG_COMPLETE").source())
