"""Options that mean the same in every command."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

Place = Path | str
"""A graph's folder, or the address of a server."""

_METHODS = ("auto", "get", "post")


class PlaceType(click.ParamType[Any]):
    """A graph's folder as a path, or (where ``servers``) a server's address as it stands."""

    name = "place"

    def __init__(self, *, servers: bool) -> None:
        self.servers = servers

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        """The value as a :data:`Place`."""
        if isinstance(value, Path) or not str(value).lower().startswith(("http://", "https://")):
            return Path(value)
        if not self.servers:
            self.fail(f"{value}: this command works on a graph's folder; 'kg query' and 'kg ask' reach servers")
        return str(value)


def _graph_option(*, servers: bool) -> Callable[[Any], Any]:
    return click.option(
        "-g",
        "--graph",
        type=PlaceType(servers=servers),
        default=Path("graph"),
        envvar="KG_GRAPH",
        show_default=True,
        show_envvar=True,
        metavar="DIR|URL" if servers else "DIR",
        help="The graph's folder, or a server's SPARQL service." if servers else "The graph's folder.",
    )


graph_option = _graph_option(servers=False)
place_option = _graph_option(servers=True)
json_option = click.option("--json", "as_json", is_flag=True, help="Messages and results as JSON.")
out_option = click.option("-o", "--out", type=click.Path(path_type=Path), help="Write here instead of on the screen.")


def login_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options for a login, handed on as the dictionary ``server``."""

    @click.option("--user", envvar="KG_USER", show_envvar=True, help="Login at a server.")
    @click.option("--password", envvar="KG_PASSWORD", show_envvar=True, help="Login at a server.")
    @click.option("--token", envvar="KG_TOKEN", show_envvar=True, help="Bearer token for a server.")
    @wraps(command)
    def wrapped(*args: Any, user: str | None, password: str | None, token: str | None, **kwargs: Any) -> Any:
        given = {"user": user or "", "password": password or "", "token": token or "", **kwargs.pop("server", {})}
        return command(*args, server=given, **kwargs)

    return wrapped


def server_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options for queries to a server, handed on as the dictionary ``server``."""

    @login_options
    @click.option("--method", type=click.Choice(_METHODS), default="auto", help="HTTP method at a server.")
    @wraps(command)
    def wrapped(*args: Any, server: dict[str, str], method: str, **kwargs: Any) -> Any:
        return command(*args, server={**server, "method": method}, **kwargs)

    return wrapped
