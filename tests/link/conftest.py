"""Graphs to link: made up, small, and written through the real store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kg.builder import BuildOptions, write_facts
from kg.link.endpoint import Endpoint
from kg.model import Block, BlockKind, Document, Entity, EntityType, Entry, Evidence, Facts, Mention, Relation, Span
from kg.store.directory import open_store
from tests.link.conciliator import Conciliator, serving

TEXT = (
    "Nike opened a sportswear shop in Hangzhou. Guests came from Madrid, in Spain, and from Georgia. "
    "Vivo showed smartphones. Ana Example of Nike spoke. Fabulo Works sold lamps in China."
)
THINGS = {
    "Nike": EntityType.BRAND,
    "Vivo": EntityType.BRAND,
    "Hangzhou": EntityType.PLACE,
    "Madrid": EntityType.PLACE,
    "Spain": EntityType.PLACE,
    "China": EntityType.PLACE,
    "Georgia": EntityType.PLACE,
    "Ana Example": EntityType.PERSON,
    "Fabulo Works": EntityType.ORGANIZATION,
}


def made_up(text: str = TEXT, things: dict[str, EntityType] = THINGS, name: str = "fair") -> Facts:
    """Facts of a made-up article: every thing is mentioned where its name first stands."""
    key, sha = "2030-05-01", hashlib.sha256(text.encode()).hexdigest()
    span = Span(0, len(text))
    entry = Entry(key, span, (Block(BlockKind.PARAGRAPH, span),), datetime.fromisoformat("2030-05-01T10:00+08:00"))
    document = Document(name, text, sha, sha, "article", (entry,), published=date(2030, 5, 1))
    sentences, start = [], 0
    for part in text.split(". "):
        sentences.append(Span(start, min(start + len(part) + 1, len(text))))
        start += len(part) + 2
    entities = {word: Entity(kind, word) for word, kind in things.items()}

    def seen(word: str) -> Evidence:
        at = text.index(word)
        passage = next(s for s in sentences if s.start <= at < s.end)
        return Evidence(key, passage, Span(at, at + len(word)), "made.up", 0.9)

    relations: tuple[Relation, ...] = ()
    if {"Ana Example", "Nike"} <= set(things):
        post = Evidence(key, sentences[3], Span(text.index("Ana"), text.index(" spoke")), "made.up", 0.9)
        relations = (Relation(entities["Ana Example"], "holdsPosition", entities["Nike"], post, "head"),)
    mentions = tuple(Mention(entity, seen(word)) for word, entity in entities.items())
    return Facts(document, tuple(entities.values()), mentions, relations, passages=tuple((key, s) for s in sentences))


OPTIONS = BuildOptions(keep_invalid=True)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    folder = tmp_path / "graph"
    write_facts([made_up()], folder, OPTIONS)
    return folder


@pytest.fixture
def endpoint(graph: Path) -> Endpoint:
    store, manifest = open_store(graph)
    return Endpoint(store, manifest.base, "http://127.0.0.1/reconcile")


@pytest.fixture
def conciliator(endpoint: Endpoint) -> Iterator[Conciliator]:
    server = Conciliator()
    server.endpoint = endpoint
    with serving(server):
        endpoint.address = server.address
        yield server
