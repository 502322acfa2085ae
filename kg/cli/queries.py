"""``kg queries``."""

from __future__ import annotations

import click

from kg.cli.messages import tell
from kg.cli.options import json_option


@click.command()
@click.option("--tag", default="", metavar="T", help="Only those with this tag.")
@click.option("--search", default="", metavar="WORD", help="Only those described with these words.")
@json_option
def command(tag: str, search: str, as_json: bool) -> None:
    """List the saved queries with their parameters.

    \b
    Example:
      kg queries --tag brands
      kg queries --search "exchange rate"
    """
    from kg.ask.catalogue import search_queries
    from kg.ask.reference import as_data, as_lines

    found = search_queries(tag, search)
    text = as_lines(found) if found else "no saved query has these words; 'kg queries' lists all"
    tell(text, as_data(found), as_json=as_json)
