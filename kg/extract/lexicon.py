"""What is known beforehand: names with their types, head nouns, recurring events, kinds of goods, technologies.

Name lists are tab-separated: ``name  type  aliases  source``, a header line, ``#`` comments, ``|`` between aliases;
``--lexicon FILE`` adds lists of this form, which win over the built-in ones. The other files say their format on top.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.model import EntityType

DATA = Path(__file__).parent / "data"
MAX_WORDS = 7
"""The longest known name, in tokens."""
_ENDINGS = ("s", "ly", "ness", "’s", "'s")
_PREFIX = 12
"""How many leading characters decide whether a look-up is worth while."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of the lexicon: the usual form, its type and how far a single ordinary-looking word may be trusted."""

    name: str
    type: EntityType
    trusted: bool


def straight(text: str) -> str:
    """The text with straight apostrophes and single blanks, as look-ups compare it."""
    return " ".join(text.replace("’", "'").replace("\u00a0", " ").split())


@dataclass(frozen=True)
class Beginnings:
    """How the words of a list begin: a cheap test whether a token can be the first of one of them."""

    prefixes: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> Beginnings:
        """The beginnings of some look-up forms."""
        return cls(frozenset(word[:n] for word in words for n in range(1, _PREFIX + 1)))

    def fit(self, token: str) -> bool:
        """Whether a look-up form may begin with these characters (already in the look-up's case)."""
        return token.replace("’", "'")[:_PREFIX] in self.prefixes


@dataclass(frozen=True)
class Lexicon:
    """The known names by their look-up form, and the lists of nouns."""

    names: dict[str, KnownName]
    heads: dict[str, dict[str, tuple[str, ...]]]
    events: dict[str, str]
    products: frozenset[str]
    technologies: dict[str, str]
    cues: dict[str, dict[str, Any]]
    given: dict[str, str]
    surnames: frozenset[str]
    demonyms: frozenset[str]
    words: frozenset[str]

    @cached_property
    def name_beginnings(self) -> Beginnings:
        """How the known names begin."""
        return Beginnings.of(self.names)

    @cached_property
    def technology_beginnings(self) -> Beginnings:
        """How the technologies' look-up forms begin."""
        return Beginnings.of(self.technologies)

    @cached_property
    def event_beginnings(self) -> Beginnings:
        """How the names of recurring events begin."""
        return Beginnings.of(self.events)

    def known(self, text: str) -> KnownName | None:
        """The known name that the text spells, case-sensitive, apostrophes alike."""
        return self.names.get(straight(text))

    @property
    def trade(self) -> dict[str, Any]:
        """What is said of buying and selling goods."""
        return self.cues["trade"]

    def is_goods_word(self, word: str) -> bool:
        """Whether a lower-case noun, in the singular or plural, is a kind of goods."""
        return word in self.products or f"{word}s" in self.products

    def is_word(self, word: str) -> bool:
        """Whether a lower-case word is an ordinary English one, also with an ending of ``_ENDINGS``."""
        return word in self.words or any(word.endswith(e) and word.removesuffix(e) in self.words for e in _ENDINGS)

    def type_of_head(self, section: str, word: str) -> EntityType | None:
        """The type that a head noun of a section of ``heads.toml`` stands for."""
        word = word.casefold()
        return next((EntityType(t) for t, words in self.heads[section].items() if word in words), None)


@lru_cache(maxsize=4)
def load_lexicon(extra: tuple[Path, ...] = ()) -> Lexicon:
    """Load the built-in lists and the user's.

    Raises:
        UsageError: a user's list is missing or malformed; the message names the file and line.
    """
    names: dict[str, KnownName] = {}
    for file, trusted in ((DATA / "places.tsv", False), (DATA / "brands.tsv", False), (DATA / "names.tsv", True)):
        names.update(_read_names(file, trusted))
    for file in extra:
        names.update(_read_names(file, True))
    heads = tomllib.loads((DATA / "heads.toml").read_text(encoding="utf-8"))
    events = tomllib.loads((DATA / "events.toml").read_text(encoding="utf-8"))["event"]
    for event in events:
        names.update((straight(s), KnownName(event["names"][0], EntityType.EVENT, True)) for s in event["names"])
    return Lexicon(
        names,
        {section: {t: tuple(words) for t, words in types.items()} for section, types in heads.items()},
        {straight(spelling): event["names"][0] for event in events for spelling in event["names"]},
        frozenset(_lines(DATA / "products.txt")),
        {
            spelling.casefold(): spellings[0]
            for spellings in (line.split("|") for line in _lines(DATA / "technologies.txt"))
            for spelling in spellings
        },
        tomllib.loads((DATA / "cues.toml").read_text(encoding="utf-8")),
        {name: gender for name, _, gender in (line.partition(" ") for line in _lines(DATA / "given.txt"))},
        _words(DATA / "surnames.txt"),
        _words(DATA / "demonyms.txt"),
        _words(DATA / "words.txt"),
    )


def load_with(paths: Sequence[Path]) -> Lexicon:
    """The lexicon with the users' lists added."""
    return load_lexicon(tuple(Path(p) for p in paths))


def _lines(path: Path) -> list[str]:
    return [
        s for line in path.read_text(encoding="utf-8").splitlines() if (s := line.strip()) and not s.startswith("#")
    ]


def _words(path: Path) -> frozenset[str]:
    return frozenset(word for line in _lines(path) for word in line.split())


def _read_names(path: Path, trusted: bool) -> Iterable[tuple[str, KnownName]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--lexicon {path}: cannot be read as UTF-8 text ({error})") from error
    rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    if next(rows, [])[:3] != ["name", "type", "aliases"]:
        raise UsageError(
            f"--lexicon {path}: the first line must be 'name<TAB>type<TAB>aliases', see docs/lexicon-format.md"
        )
    for number, row in enumerate(rows, start=2):
        if len(row) < 2 or row[1] not in set(EntityType):
            raise UsageError(
                f"--lexicon {path}: row {number}: want name, type ({', '.join(EntityType)}), aliases; got {row}"
            )
        known = KnownName(row[0], EntityType(row[1]), trusted)
        for spelling in (row[0], *(row[2].split("|") if len(row) > 2 else ())):
            if spelling:
                yield straight(spelling), known
