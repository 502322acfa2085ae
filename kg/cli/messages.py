"""What the commands say: to people, or to machines with ``--json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.errors import GraphError, KgError


def fail(error: KgError, *, as_json: bool) -> int:
    """Print an error on standard error; the exit code that goes with it."""
    text = json.dumps({"error": str(error), "exit_code": error.exit_code}) if as_json else f"error: {error}"
    click.echo(text, err=True)
    return error.exit_code


def tell(text: str, data: Any, *, as_json: bool) -> None:
    """Print a result as text, or as one JSON value."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str) if as_json else text)


def write_output(content: bytes, out: Path | None) -> None:
    """Write to a file, or to standard output.

    Raises:
        GraphError: the file cannot be written.
    """
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise GraphError(f"{out}: cannot be written ({error.strerror}); choose another place with -o") from error
