"""The relation sentences under tests/gold are in the form that their README gives. Failures say where, not what."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.extract.dates import find_dates
from kg.extract.relate.find import find_relations
from kg.model import EntityType
from kg.vocabulary import EVENT_KINDS, RELATIONS
from tests.marked_text import read_marked

FOLDER = Path(__file__).parent / "gold" / "relation-sentences"
SETS = ("dev", "unseen")
ALL = (*SETS, "dev-2")
LINES_EACH, NEGATIVE_EACH = 16, 4
BRACKETED = re.compile(r"\[([^\[\]]*)\]")
MARK = re.compile(r"(?P<text>[^|]+)\|(?P<type>\w+)(?::(?P<kind>\w+))?(?:\|(?P<end>[SO]))?")
POST = (("Person",), ("Organization", "Platform", "Initiative", "Event"))
ENDS = {relation.name: (relation.domain, relation.range or ("Phrase",)) for relation in RELATIONS.values()}
ENDS |= {"serves": (("Initiative",), ("Phrase",)), "holdsPosition": POST}


class Line(NamedTuple):
    """Where an example is, its relation, whether the pair is to be found, and its marked passage."""

    where: str
    relation: str
    positive: bool
    marked: str


def require(holds: bool, where: str) -> None:
    """Fails with the place alone: pytest's own report would print sentences that are not to be read."""
    if not holds:
        pytest.fail(where, pytrace=False)


def lines(name: str) -> list[Line]:
    rows = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    require(rows.pop() == "", f"{name}.tsv does not end with a line end")
    require(rows[0] == "relation\tmarked", f"{name}.tsv: header")
    found = []
    for number, row in enumerate(rows[1:], start=2):
        cells = row.split("\t")
        require(len(cells) == 2 and all(c == c.strip() != "" for c in cells), f"{name}.tsv, line {number}: columns")
        relation = cells[0].removeprefix("!")
        found.append(Line(f"{name}.tsv, line {number}", relation, relation == cells[0], cells[1]))
    return found


@pytest.mark.parametrize("name", SETS)
def test_every_relation_has_its_share_of_lines(name: str) -> None:
    read = lines(name)
    require({line.relation for line in read} == set(RELATIONS), f"{name}.tsv: relations")
    require(set(Counter(line.relation for line in read).values()) == {LINES_EACH}, f"{name}.tsv: lines a relation")
    negative = Counter(line.relation for line in read if not line.positive)
    require(negative == dict.fromkeys(RELATIONS, NEGATIVE_EACH), f"{name}.tsv: negative lines a relation")


def test_no_passage_is_there_twice() -> None:
    seen = Counter(line.marked for name in ALL for line in lines(name))
    require(len(seen) == seen.total(), "a passage is there twice")


@pytest.mark.parametrize("name", ALL)
def test_every_mark_is_well_formed(name: str) -> None:
    for where, relation, _, marked in lines(name):
        found = [MARK.fullmatch(text) for text in BRACKETED.findall(marked)]
        require(not set("[]|") & set(BRACKETED.sub("", marked)), f"{where}: a stray bracket or bar")
        marks = [mark for mark in found if mark is not None]
        require(len(marks) == len(found), f"{where}: a mark that does not parse")
        for mark in marks:
            require(mark["type"] in {*EntityType, "Phrase"}, f"{where}: type")
            require(mark["kind"] is None or (mark["type"] == "Event" and mark["kind"] in EVENT_KINDS), f"{where}: kind")
            require(mark["text"] == mark["text"].strip(), f"{where}: blanks inside a mark")
        ends = {mark["end"]: mark for mark in marks if mark["end"]}
        require(sorted(mark["end"] for mark in marks if mark["end"]) == ["O", "S"], f"{where}: one S and one O")
        subjects, objects = ENDS[relation]
        require(ends["S"]["type"] in subjects, f"{where}: the relation does not start from this type")
        require(ends["O"]["type"] in objects, f"{where}: the relation does not lead to this type")


@pytest.mark.parametrize("name", ALL)
def test_every_passage_can_be_read(name: str) -> None:
    for where, _, _, marked in lines(name):
        text = read_marked(marked)
        names = [mark for mark in BRACKETED.findall(marked) if "|Phrase" not in mark]
        require(bool(text.subject) and bool(text.object), f"{where}: ends")
        require(len(text.mentions) == len(names), f"{where}: a name that runs over the end of a sentence")
        require(len({m.entity.name for m in text.mentions}) == len(text.mentions), f"{where}: a name marked twice")


def is_found(line: Line) -> bool:
    """Whether the extraction reads the marked relation; an audience counts when half of its words are right."""
    text = read_marked(line.marked)
    days = {day for date_ in find_dates(text.object, date(2030, 5, 3)) for day in (date_.start, date_.end)}
    for one in find_relations(text.sentences, text.mentions):
        target = one.object if isinstance(one.object, str) else one.object.name
        shared, wanted = set(target.casefold().split()) & (words := set(text.object.casefold().split())), len(words)
        fits = target == text.object or target in days or (line.relation == "serves" and 2 * len(shared) >= wanted)
        if one.relation == line.relation and one.subject.name == text.subject and fits:
            return True
    return False


@pytest.mark.parametrize(("name", "least", "most_wrong"), [("dev", 155, 8), ("dev-2", 280, 0)])
def test_the_patterns_read_the_development_sentences(name: str, least: int, most_wrong: int) -> None:
    read = [(line.positive, is_found(line)) for line in lines(name)]
    assert sum(positive and found for positive, found in read) >= least
    assert sum(found and not positive for positive, found in read) <= most_wrong
