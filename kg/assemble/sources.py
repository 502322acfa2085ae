"""A document, its entries and its sentences as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from kg.assemble.terms import TYPE, Pairs, day, describe, lb, moment, node, number
from kg.iri import Minter
from kg.model import Document, Entry, Span

_CLASS_OF_KIND = {"liveblog": "LiveBlog", "article": "Article"}


def document_quads(document: Document, iri: str, graph: NamedNode) -> Iterator[Quad]:
    """What is known of a document as a whole."""
    pairs: Pairs = [(TYPE, lb(_CLASS_OF_KIND[document.kind])), (lb("sha256"), Literal(document.sha256))]
    pairs.append((node("dcterms:title"), Literal(document.title or document.name)))
    if document.url:
        pairs.append((node("dcterms:source"), NamedNode(quote(document.url, safe=":/?#[]@!$&'()*+,;=%~"))))
    if document.published:
        pairs.append((node("dcterms:issued"), day(document.published)))
    return describe(iri, pairs, graph)


def entry_quads(entry: Entry, document: Document, iri: str, minter: Minter, graph: NamedNode) -> Iterator[Quad]:
    """One entry: key, place, time, headline and dateline where it has them."""
    pairs: Pairs = [(TYPE, lb("Entry")), (lb("inDocument"), NamedNode(iri)), (lb("key"), Literal(entry.key))]
    pairs += [(lb("start"), number(entry.span.start)), (lb("end"), number(entry.span.end))]
    if entry.time:
        pairs.append((node("dcterms:issued"), moment(entry.time)))
    if entry.headline:
        pairs.append((lb("headline"), Literal(entry.headline.of(document.text))))
    if entry.dateline:
        pairs.append((lb("dateline"), Literal(entry.dateline)))
    return describe(minter.entry(iri, entry.key), pairs, graph)


def passage_quads(
    key: str, span: Span, document: Document, iri: str, minter: Minter, graph: NamedNode
) -> Iterator[Quad]:
    """One sentence with its wording."""
    pairs: Pairs = [(TYPE, lb("Passage")), (lb("inEntry"), NamedNode(minter.entry(iri, key)))]
    pairs += [(lb("start"), number(span.start)), (lb("end"), number(span.end))]
    pairs.append((lb("text"), Literal(span.of(document.text))))
    return describe(minter.passage(iri, span.start, span.end), pairs, graph)
