"""Keeping the mappings of a graph through rebuilds: the files travel along, the triples are made from them anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import Quad

from kg.assemble.terms import TYPE, lb
from kg.iri import Minter

LINKS, PROPOSALS = "links.sssom.tsv", "candidates.sssom.tsv"
"""Files of a graph directory: the mappings with all decisions, and what could be decided next."""


def mapping_files(folder: Path) -> dict[str, bytes]:
    """The mapping files of a graph directory by name; decisions outlive even a build that starts anew."""
    return {name: (folder / name).read_bytes() for name in (LINKS, PROPOSALS) if (folder / name).is_file()}


def carried_quads(files: Mapping[str, bytes], quads: Iterable[Quad], minter: Minter) -> set[Quad]:
    """The link graph of the mappings in the files, for the entities that the quads describe; these are read once."""
    if LINKS not in files:
        return set()
    from kg.link.sssom import parse_sssom
    from kg.link.triples import currency_quads, link_quads

    entities, units, unit = set(), set(), lb("unit")
    for quad in quads:
        if quad.predicate == TYPE:
            entities.add(quad.subject.value)  # type: ignore[union-attr]
        elif quad.predicate == unit:
            units.add(quad.object.value)  # type: ignore[union-attr]
    links = link_quads(parse_sssom(files[LINKS].decode(), LINKS).mappings, entities, minter)
    return {*links, *currency_quads(sorted(units), minter)}
