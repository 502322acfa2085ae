"""``kg facts``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.messages import tell
from kg.cli.options import Place, json_option, place_option
from kg.errors import GraphError


@click.command()
@place_option
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="Where to write.")
@json_option
def command(graph: Place, out: Path, as_json: bool) -> None:
    """Write entities.tsv, relations.tsv, measurements.tsv and quotations.tsv.

    \b
    Example:
      kg facts -g graph -o facts
    """
    import kg
    from kg.report.tables import write_tables

    facts = kg.open(graph).facts()
    try:
        write_tables(facts, out)
    except OSError as error:
        raise GraphError(f"{out}: cannot be written ({error.strerror}); choose another place with -o") from error
    numbers = {name: len(rows) for name, rows in facts.items()}
    tell("\n".join(f"{out / name}.tsv: {number} rows" for name, number in numbers.items()), numbers, as_json=as_json)
