"""The gold tables under tests/gold are in the form that the evaluation guide asks for. Failures say where, not what."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kg.model import Document, EntityType
from kg.read import read_sources
from kg.vocabulary import RELATIONS

GOLD = Path(__file__).parent / "gold"
SETS = sorted(path.parent.name for path in GOLD.glob("*/text.txt"))
COLUMNS = {
    "entities": ["entry", "type", "name"],
    "relations": ["entry", "subject", "relation", "object", "detail"],
    "measurements": ["entry", "subject", "measure", "comparator", "value", "unit", "detail"],
    "quotations": ["entry", "speaker", "text"],
    "aliases": ["canonical", "alias"],
}
UNITS = {"percent", "times", "count", "g", "kg", "t", "kWh", "s", "min", "h", "d", "m", "km"}
DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
QUOTES = str.maketrans("‘’“”", "''\"\"")


def require(holds: bool, where: str) -> None:
    """Fails with the place alone: pytest's own report would print sentences of documents that are not to be read."""
    if not holds:
        pytest.fail(where, pytrace=False)


def fold(text: str) -> str:
    """Case, curly quotes and runs of blanks do not tell names apart."""
    return " ".join(text.translate(QUOTES).casefold().split())


def occurs(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(text)) is not None


def rows(folder: str, table: str) -> list[tuple[str, list[str]]]:
    """Where each row is, and its cells; the header is checked on the way."""
    lines = (GOLD / folder / f"{table}.tsv").read_text(encoding="utf-8").split("\n")
    require(lines.pop() == "", f"{folder}/{table}.tsv does not end with a line end")
    require(lines[0].split("\t") == COLUMNS[table], f"{folder}/{table}.tsv: header")
    found = [(f"{folder}/{table}.tsv, line {n}", line.split("\t")) for n, line in enumerate(lines[1:], start=2)]
    for where, cells in found:
        require(len(cells) == len(COLUMNS[table]), f"{where}: columns")
        require(all(cell == cell.strip() for cell in cells), f"{where}: blanks around a cell")
    seen = ["\t".join(cells) for _, cells in found]
    require(len(seen) == len(set(seen)), f"{folder}/{table}.tsv: the same row twice")
    return found


def document(folder: str) -> Document:
    return next(iter(read_sources([GOLD / folder / "text.txt"])))


def types(folder: str) -> dict[str, dict[str, str]]:
    """Entry to the names in it, with their types."""
    found: dict[str, dict[str, str]] = {}
    for _, (entry, kind, name) in rows(folder, "entities"):
        found.setdefault(entry, {})[name] = kind
    return found


def test_there_are_sets_to_check() -> None:
    assert {f"{kind}-{number:02}" for kind in ("dev", "unseen") for number in range(1, 6)} <= set(SETS)


@pytest.mark.parametrize("folder", SETS)
def test_entries_are_those_that_the_reader_finds(folder: str) -> None:
    keys = {entry.key for entry in document(folder).entries}
    for table in ("entities", "relations", "measurements", "quotations"):
        for where, cells in rows(folder, table):
            require(cells[0] in keys, f"{where}: no such entry")
    require(set(types(folder)) == keys, f"{folder}: an entry without entities")


@pytest.mark.parametrize("folder", SETS)
def test_entities_have_one_type_and_occur_in_the_text(folder: str) -> None:
    text = document(folder).text
    known: dict[str, str] = {}
    for where, (_, kind, name) in rows(folder, "entities"):
        require(kind in set(EntityType), f"{where}: type")
        require(known.setdefault(name, kind) == kind, f"{where}: a second type")
        require(occurs(name, text), f"{where}: not in the text")
    folded = {fold(name) for name in known}
    require(len(folded) == len(known), f"{folder}: two spellings of a name")
    for where, (canonical, alias) in rows(folder, "aliases"):
        require(canonical in known and fold(alias) not in folded - {fold(canonical)}, f"{where}: alias")


@pytest.mark.parametrize("folder", SETS)
def test_relations_join_listed_entities_of_the_right_types(folder: str) -> None:
    entities = types(folder)
    text = document(folder).text
    for where, (entry, subject, relation, target, detail) in rows(folder, "relations"):
        require(relation in RELATIONS, f"{where}: relation")
        term, listed = RELATIONS[relation], entities[entry]
        require(listed.get(subject) in term.domain, f"{where}: subject")
        if not term.range:
            require(is_date(target), f"{where}: date")
        elif relation == "serves":
            require(occurs(target, text), f"{where}: audience not in the text")
        else:
            require(listed.get(target) in term.range, f"{where}: object")
        require(occurs(detail, text) if relation == "holdsPosition" else detail == "", f"{where}: detail")


@pytest.mark.parametrize("folder", SETS)
def test_measurements_are_plain_decimals_with_a_known_unit(folder: str) -> None:
    for where, (_, subject, measure, comparator, value, unit, _detail) in rows(folder, "measurements"):
        require(bool(subject and measure), f"{where}: subject and measure")
        require(comparator in {"=", "<", ">", "~"}, f"{where}: comparator")
        require(DECIMAL.fullmatch(value) is not None, f"{where}: value")
        require(unit in UNITS or re.fullmatch(r"[A-Z]{3}", unit) is not None, f"{where}: unit")


@pytest.mark.parametrize("folder", SETS)
def test_quotations_are_passages_of_a_listed_person(folder: str) -> None:
    entities = types(folder)
    found = document(folder)
    texts = {entry.key: fold(found.text[entry.span.start : entry.span.end]) for entry in found.entries}
    for where, (entry, speaker, quoted) in rows(folder, "quotations"):
        require(entities[entry].get(speaker) in {"Person", "Organization", "Platform", "Brand"}, f"{where}: speaker")
        require(is_quoted(fold(quoted), texts[entry]), f"{where}: not in quotation marks in the entry")


def is_date(text: str) -> bool:
    """Whether it is a year, a month or a day of ISO 8601."""
    if not ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def is_quoted(quoted: str, text: str) -> bool:
    """Whether the words are one passage between quotation marks, or the parts of one that something interrupts."""
    passages = re.findall(r'"([^"]+)"', text)
    return any(" ".join(passages[a:b]) == quoted for a in range(len(passages)) for b in range(a + 1, len(passages) + 1))
