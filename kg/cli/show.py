"""``kg show``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from kg.cli.messages import tell
from kg.cli.options import Place, json_option, place_option


@click.command()
@click.argument("name")
@place_option
@json_option
def command(name: str, graph: Place, as_json: bool) -> None:
    """Print an entity's types, aliases, relations, figures and quotations, each with its time and wording.

    \b
    Example:
      kg show -g graph Tmall
    """
    import kg

    found = kg.open(graph).show(name)
    tell("\n".join(_lines(found)), found, as_json=as_json)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{', '.join(found['names'])}  ({', '.join(found['types'])})"
    if found["aliases"]:
        yield "also: " + ", ".join(found["aliases"])
    for part in ("relations", "figures", "quotations"):
        if found[part]:
            yield f"\n{part}"
        for row in found[part]:
            said = [value for key, value in row.items() if key not in {"entry", "wording"}]
            yield f"  {row['entry']}  {' · '.join(said)}"
            if "wording" in row:
                yield f"      “{' '.join(row['wording'].split())}”"
