"""The options that choose a part of a graph, the same for every command that draws, counts or writes a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.export.selection import Selection

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--view", metavar="VIEW", help="Which nodes and edges.  [default: entities, for html together]"),
    click.option("--around", metavar="NAME", help="Only what is near an entity."),
    click.option("--hops", type=click.IntRange(min=0), metavar="N", help="How near, in steps.  [default: 1]"),
    click.option("--since", metavar="TIME", help="Only what was reported then or later: a day or a moment."),
    click.option("--until", metavar="TIME", help="Only what was reported then or earlier."),
    click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="X", help="Only statements this sure."),
    click.option("--type", "types", multiple=True, metavar="TYPE", help="Only entities of this type (repeatable)."),
    click.option("--relation", "relations", multiple=True, metavar="NAME", help="Only this relation (repeatable)."),
)


def selection_options(command: _Command) -> _Command:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def selection_of(values: dict[str, Any], view: str = "entities") -> Selection:
    """The selection that the options say; ``view`` is the one where none is asked for.

    Raises:
        UsageError: a value is not one of those that there are.
    """
    from kg.export.selection import Selection

    given = {name: value for name, value in values.items() if value is not None}
    return Selection(**{"view": view, **given})
