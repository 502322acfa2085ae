"""The catalogue of saved questions as RDF, so that editors which read such examples show ours.

SHACL's executables (https://www.w3.org/TR/shacl/#sparql-constraints-prefixes and the vocabulary's
``sh:SPARQLExecutable``) in the layout of the SIB's collection of SPARQL examples: the question as ``rdfs:comment``,
``schema:keywords`` for its tags, ``sh:select``, ``sh:construct``, ``sh:ask`` or ``spex:describe`` for its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.ask.saved import SavedQuery
from kg.assemble.terms import TYPE, Pairs, describe, node
from kg.iri import Minter

_FORMS = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
}


def example_quads(queries: Iterable[SavedQuery], minter: Minter) -> Iterator[Quad]:
    """The quads that describe saved queries, for the catalogue graph; a query's text is without its header.

    The comment of an example is the first of its questions, as editors list the comments; its other questions are
    ``schema:alternateName``.
    """
    graph = NamedNode(minter.catalogue)
    for query in queries:
        kind, predicate = _FORMS[query.form]
        questions = query.questions or (query.title,)
        pairs: Pairs = [(TYPE, node("sh:SPARQLExecutable")), (TYPE, node(kind))]
        pairs += [(node(predicate), Literal(query.body.strip() + "\n"))]
        pairs += [(node("rdfs:label"), Literal(query.title, language="en"))]
        pairs += [(node("rdfs:comment"), Literal(questions[0], language="en"))]
        pairs += [(node("schema:alternateName"), Literal(other, language="en")) for other in questions[1:]]
        pairs += [(node("schema:description"), Literal(query.description, language="en"))]
        pairs += [(node("schema:keywords"), Literal(tag)) for tag in query.tags]
        pairs += [(node("dcterms:identifier"), Literal(query.name))]
        yield from describe(minter.query(query.name), pairs, graph)
