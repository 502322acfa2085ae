"""Bringing the graphs of several documents together: what is kept of an old graph, and one preferred name each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg.assemble.terms import node
from kg.iri import Minter

PREF, _ALT = node("skos:prefLabel"), node("skos:altLabel")


def kept_quads(old: Iterable[Quad], replaced: Iterable[str], minter: Minter) -> Iterator[Quad]:
    """The quads of an old graph that stay when the documents ``replaced`` come in again.

    The data set's own description, who made it, the saved questions and the inferred triples are left out: they are
    computed anew from all documents. So are the links, which come from the mapping file.
    """
    gone = {name for iri in replaced for name in (minter.graph(iri), minter.activity(iri))}
    gone |= {minter.inferred, minter.links}
    catalogue, dataset = minter.catalogue, minter.dataset
    for quad in old:
        about = quad.subject.value  # type: ignore[union-attr]
        if quad.graph_name.value in gone:  # type: ignore[union-attr]
            continue
        if quad.graph_name == NamedNode(catalogue) and (
            about in gone
            or about == dataset
            or about.startswith((f"{dataset}/", f"{minter.base}agent/", minter.query("")))
            or quad.predicate == node("prov:wasAssociatedWith")
        ):
            continue
        yield quad


def with_settled_names(quads: set[Quad]) -> set[Quad]:
    """One ``skos:prefLabel`` an entity: the first of several in code point order, the others become ``skos:altLabel``.

    Taking the first does not depend on the order in which documents were added.
    """
    chosen = disputed_names(quad for quad in quads if quad.predicate == PREF)
    return {settled for quad in quads for settled in settle(quad, chosen)} if chosen else quads


def disputed_names(preferred: Iterable[Quad]) -> dict[str, str]:
    """The entities with several ``skos:prefLabel`` among some quads, and the one of each that stays."""
    names: dict[str, set[str]] = {}
    for quad in preferred:
        names.setdefault(quad.subject.value, set()).add(quad.object.value)  # type: ignore[union-attr]
    return {subject: min(found) for subject, found in names.items() if len(found) > 1}


def settle(quad: Quad, chosen: Mapping[str, str]) -> Iterator[Quad]:
    """A quad as it is, or with another name than the one that stays made an alias."""
    name = chosen.get(quad.subject.value) if quad.predicate == PREF else None  # type: ignore[union-attr]
    if name is None or quad.object.value == name:  # type: ignore[union-attr]
        yield quad
        return
    yield Quad(quad.subject, _ALT, quad.object, quad.graph_name)
    yield Quad(quad.subject, PREF, Literal(name), quad.graph_name)
