"""A made-up graph of any size with the shape of a real one: many documents, few very frequent entities, many rare ones.

Written as N-Quads text directly, since building it from facts would take hours; the shape (statements of each kind in
a document, sentences, names repeated in every document's graph) is that of the graph of the embedded corpus.
``python -m benchmarks.synthetic OUT.nq --statements 1000000``
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.iri import Minter
from kg.vocabulary import DEFAULT_BASE, ONTOLOGY, PREFIXES, RELATIONS

SIZES = {
    "Platform": 200,
    "Brand": 6_000,
    "Organization": 3_000,
    "Person": 5_000,
    "Event": 1_500,
    "Initiative": 2_500,
    "Place": 800,
    "ProductCategory": 600,
    "Technology": 400,
    "Certification": 100,
    "Audience": 300,
}
ENTRIES, SENTENCES, PER_SENTENCE = 35, 12, 2.4
KINDS = (("mention", 0.75), ("relation", 0.11), ("measurement", 0.12), ("quotation", 0.02))
_MEASURES = ("GMV", "sales", "orders", "brands", "merchants", "consumers", "growth in GMV", "carbon emissions")
_UNITS = ("CNY", "count", "percent", "t", "times", "kWh")
_COMPARATORS = ("=", "=", "=", ">", "<", "~")
_THEMES = ("sustainability", "inclusion", "logistics", "loyalty", "technology")
_XSD = PREFIXES["xsd"]


def iri(text: str) -> str:
    """A term that is an IRI."""
    return f"<{text}>"


def lb(local: str) -> str:
    """A term of the ontology."""
    return f"<{ONTOLOGY}{local}>"


def text(value: str) -> str:
    """A plain literal; the value holds neither quotes nor backslashes."""
    return f'"{value}"'


def typed(value: object, kind: str) -> str:
    """A literal of an XML Schema datatype."""
    return f'"{value}"^^<{_XSD}{kind}>'


_TYPE = iri(PREFIXES["rdf"] + "type")
_NAME = iri(PREFIXES["skos"] + "prefLabel")
_SUBJECT, _PREDICATE, _OBJECT = (iri(PREFIXES["rdf"] + part) for part in ("subject", "predicate", "object"))


@dataclass(frozen=True, slots=True)
class Thing:
    """A made-up entity."""

    kind: str
    name: str
    iri: str


class World:
    """The entities, drawn so that the nth of a class is about as frequent as 1/n."""

    def __init__(self, seed: int, minter: Minter) -> None:
        self.random = random.Random(seed)
        self.things = {
            kind: [Thing(kind, f"{kind} {n}", iri(minter.entity(kind, f"{kind} {n}"))) for n in range(1, size + 1)]
            for kind, size in SIZES.items()
        }

    def draw(self, kind: str) -> Thing:
        """An entity of a class."""
        things = self.things[kind]
        return things[min(int(len(things) ** self.random.random()) - 1, len(things) - 1)]

    def any(self) -> Thing:
        """An entity of any class."""
        kinds = list(SIZES)
        return self.draw(self.random.choices(kinds, [size**0.5 for size in SIZES.values()])[0])


class DocumentWriter:
    """Writes the lines of one made-up live blog."""

    def __init__(self, world: World, minter: Minter, number: int) -> None:
        self.world, self.random, self.number = world, world.random, number
        self.document = minter.document(f"made-up-{number}", f"{number:08x}")
        self.graph = iri(minter.graph(self.document))
        self.minter, self.named, self.statements = minter, set[str](), 0
        self.day = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"

    def line(self, subject: str, predicate: str, value: str) -> str:
        """One quad."""
        return f"{subject} {predicate} {value} {self.graph} .\n"

    def inferred(self, subject: str, predicate: str, value: str) -> str:
        """One quad of the graph of what follows by the ontology."""
        return f"{subject} {predicate} {value} <{self.minter.inferred}> .\n"

    def lines(self) -> Iterator[str]:
        """All quads of the document."""
        own = iri(self.document)
        yield self.line(own, _TYPE, lb("LiveBlog"))
        yield self.line(own, lb("sha256"), text(f"{self.number:064x}"))
        for place in range(ENTRIES):
            yield from self.entry(place)

    def entry(self, place: int) -> Iterator[str]:
        """One entry with its sentences and their statements."""
        time = f"{self.day}T{place % 24:02}:{place:02}:00+08:00"
        node, start = iri(self.minter.entry(self.document, f"{time[:16]}+08:00")), place * 2_000
        yield self.line(node, _TYPE, lb("Entry"))
        yield self.line(node, lb("inDocument"), iri(self.document))
        yield self.line(node, lb("key"), text(f"{time[:16]}+08:00"))
        yield self.line(node, iri(PREFIXES["dcterms"] + "issued"), typed(time, "dateTime"))
        yield self.line(node, lb("headline"), text(f"Headline {place} of {self.number}"))
        yield from self.span(node, start, start + 1_990)
        for sentence in range(SENTENCES):
            yield from self.passage(node, start + sentence * 150)

    def span(self, node: str, start: int, end: int) -> Iterator[str]:
        """Offsets."""
        yield self.line(node, lb("start"), typed(start, "integer"))
        yield self.line(node, lb("end"), typed(end, "integer"))

    def passage(self, entry: str, start: int) -> Iterator[str]:
        """One sentence with its statements."""
        node = iri(self.minter.passage(self.document, start, start + 140))
        yield self.line(node, _TYPE, lb("Passage"))
        yield self.line(node, lb("inEntry"), entry)
        yield self.line(node, lb("text"), text(f"This was said at {start} of document {self.number}, in so many words"))
        yield from self.span(node, start, start + 140)
        for place in range(int(PER_SENTENCE + self.random.random())):
            kind = self.random.choices([kind for kind, _ in KINDS], [share for _, share in KINDS])[0]
            yield from self.statement(kind, entry, node, start + 20 * place)

    def statement(self, kind: str, entry: str, passage: str, start: int) -> Iterator[str]:
        """One statement, with its evidence."""
        self.statements += 1
        node = iri(self.minter.statement(self.document, start, start + 14, (kind,)))
        yield self.inferred(node, _TYPE, lb("Statement"))
        yield from getattr(self, kind)(node, start)
        yield self.line(node, lb("entry"), entry)
        yield self.line(node, lb("passage"), passage)
        yield from self.span(node, start, start + 14)
        yield self.line(node, lb("confidence"), typed("0.9", "decimal"))
        yield self.line(node, lb("rule"), text("made.up"))

    def name(self, thing: Thing) -> Iterator[str]:
        """An entity's class and name, once a document."""
        if thing.iri not in self.named:
            self.named.add(thing.iri)
            yield self.line(thing.iri, _TYPE, lb(thing.kind))
            yield self.line(thing.iri, _NAME, text(thing.name))
            yield self.inferred(thing.iri, _TYPE, lb("NamedThing"))
            if thing.kind == "Initiative":
                yield self.line(thing.iri, lb("theme"), lb("theme-" + self.random.choice(_THEMES)))

    def mention(self, node: str, start: int) -> Iterator[str]:
        """A mention, at times under another name."""
        thing = self.world.any()
        yield from self.name(thing)
        yield self.line(node, _TYPE, lb("Mention"))
        yield self.line(node, lb("mentions"), thing.iri)
        if self.random.random() < 0.03:
            merge = iri(self.minter.merge(self.document, start, start + 14, ("x",)))
            yield self.line(merge, _TYPE, lb("Merge"))
            yield self.line(merge, lb("mergedName"), text(thing.name.split()[0]))
            yield self.line(merge, lb("mergedInto"), thing.iri)
            yield self.line(merge, lb("reason"), text("made.up"))

    def relation(self, node: str, start: int) -> Iterator[str]:
        """A relation of any kind that the ontology allows, with its plain triple."""
        term = self.random.choice(list(RELATIONS.values()))
        subject = self.world.draw(self.random.choice(term.domain))
        yield from self.name(subject)
        value = typed(self.day, "date")
        if term.range:
            thing = self.world.draw(self.random.choice(term.range))
            value = thing.iri
            yield from self.name(thing)
            yield self.inferred(value, lb(str(term.inverse)), subject.iri)
        yield self.line(node, _TYPE, lb("RelationStatement"))
        yield self.line(node, _SUBJECT, subject.iri)
        yield self.line(node, _PREDICATE, lb(term.name))
        yield self.line(node, _OBJECT, value)
        yield self.line(subject.iri, lb(term.name), value)
        if term.name == "holdsPosition":
            post = iri(self.minter.position(subject.name, value.rsplit("/", 1)[1][:-1], "chief executive"))
            yield self.line(post, _TYPE, lb("Position"))
            yield self.line(post, lb("title"), text("chief executive"))
            yield self.line(post, lb("holder"), subject.iri)
            yield self.line(post, lb("postAt"), value)

    def measurement(self, node: str, start: int) -> Iterator[str]:
        """A figure; one in eight is an amount with a second one in dollars behind it."""
        thing, value = self.world.any(), self.random.randrange(1, 10**9)
        yield from self.name(thing)
        unit = self.random.choice(_UNITS)
        yield from self.figure(node, thing, self.random.choice(_MEASURES), value, unit)
        if unit == "CNY" and self.random.random() < 0.5:
            self.statements += 1
            other = iri(self.minter.statement(self.document, start + 16, start + 19, ("usd",)))
            dollars = round(value / self.random.gauss(6.4, 0.05))
            yield from self.figure(other, thing, "sales", dollars, "USD")
            passage = start // 150 * 150
            yield self.line(other, lb("passage"), iri(self.minter.passage(self.document, passage, passage + 140)))
            yield self.line(other, lb("entry"), iri(self.minter.entry(self.document, self.key(start))))
            yield from self.span(other, start + 16, start + 19)

    def key(self, start: int) -> str:
        """The key of the entry at an offset."""
        place = start // 2_000
        return f"{self.day}T{place % 24:02}:{place:02}+08:00"

    def figure(self, node: str, thing: Thing, measure: str, value: int, unit: str) -> Iterator[str]:
        """What a measurement says."""
        yield self.line(node, _TYPE, lb("Measurement"))
        yield self.line(node, lb("subject"), thing.iri)
        yield self.line(node, lb("measure"), text(measure))
        yield self.line(node, lb("comparator"), text(self.random.choice(_COMPARATORS)))
        yield self.line(node, lb("value"), typed(value, "decimal"))
        yield self.line(node, lb("unit"), text(unit))

    def quotation(self, node: str, start: int) -> Iterator[str]:
        """A quotation of a person."""
        thing = self.world.draw("Person")
        yield from self.name(thing)
        yield self.line(node, _TYPE, lb("Quotation"))
        yield self.line(node, lb("speaker"), thing.iri)
        yield self.line(node, lb("quotedText"), text(f"Words of {start} in {self.number}."))


def write_synthetic(path: Path, statements: int, seed: int = 1) -> int:
    """Write a made-up graph of at least so many statements as N-Quads, the same for a seed; gives their number."""
    minter = Minter(DEFAULT_BASE)
    world, written, number = World(seed, minter), 0, 0
    with path.open("w", encoding="utf-8") as out:
        while written < statements:
            document = DocumentWriter(world, minter, number)
            out.writelines(document.lines())
            written, number = written + document.statements, number + 1
    return written


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--statements", type=int, default=1_000_000)
    arguments = parser.parse_args()
    print(f"{write_synthetic(arguments.out, arguments.statements):,} statements")


if __name__ == "__main__":
    main()
