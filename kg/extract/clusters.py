"""Which names are one thing: spelling variants, short forms, surnames, swapped orders, abbreviations."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.extract.lexicon import Lexicon, straight
from kg.extract.names import NameMention
from kg.model import EntityType

_GENERIC = frozenset(
    "group inc inc. corp corp. co co. company ltd ltd. limited holding holdings network plc llc corporation & "
    "international analytics platform marketplace program programme campaign initiative .com".split()
)
SUFFIXES = frozenset(
    "group inc inc. corp corp. co co. company ltd ltd. limited holding holdings plc llc corporation ag gmbh sa "
    "nv".split()
)
Key = tuple[EntityType, str]


def folded(name: str) -> str:
    """A name without case, accents, blanks and punctuation."""
    plain = unicodedata.normalize("NFKD", straight(name)).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "", plain) or straight(name).casefold()


def cluster(
    mentions: Sequence[NameMention], types: Mapping[str, EntityType], lexicon: Lexicon
) -> dict[str, tuple[str, str]]:
    """For each name as written, the fullest name of its thing and the reason (empty for itself).

    Nothing is joined across types; of several candidates for a short form the only one, or none, is taken.
    """
    counts = Counter(m.text for m in mentions)
    parent: dict[str, tuple[str, str]] = {}
    names = sorted(counts, key=lambda n: (-len(n.split()), -len(n), n))
    for rule in (_same_spelling, _known_alias, _surname, _generic_suffix, _abbreviation):
        for short, full, reason in rule(names, types, lexicon, mentions):
            if short != full and short not in parent and _root(full, parent) != short:
                parent[short] = (full, reason)
    return {n: (_root(n, parent), parent[n][1] if n in parent else "") for n in names}


def _root(name: str, parent: Mapping[str, tuple[str, str]]) -> str:
    while name in parent:
        name = parent[name][0]
    return name


def pools(names: Iterable[str], lexicon: Lexicon) -> dict[str, str]:
    """For each name the shortest that differs in spelling, an own ``’s`` or a company's suffix only."""
    by_form: dict[str, str] = {}
    out = {}
    for name in sorted(set(names), key=lambda n: (len(n), n)):
        words = name.split()
        while len(words) > 1 and words[-1].casefold().strip(",") in SUFFIXES:
            words = words[:-1]
        form = folded(re.sub(r"[’']s$", "", " ".join(words)))
        out[name] = by_form.setdefault(form, name)
    initials = {_initials(name): name for name in sorted(out, reverse=True) if len(name.split()) > 1}
    for name in out:
        if _is_abbreviation(name) and name in initials:
            out[name] = out[initials[name]]
    return out


def _initials(name: str) -> str:
    """The first letters of the capitalised words."""
    return "".join(w[0] for w in re.split(r"[\s-]+", name) if w[:1].isupper())


def _is_abbreviation(name: str) -> bool:
    return name.isupper() and 2 <= len(name) <= 6


Rows = Iterator[tuple[str, str, str]]
Types = Mapping[str, EntityType]


def _same_spelling(names: list[str], types: Types, lexicon: Lexicon, mentions: Sequence[NameMention]) -> Rows:
    counts = Counter(m.text for m in mentions)
    groups: dict[tuple[EntityType, str], list[str]] = {}
    for name in names:
        groups.setdefault((types[name], folded(name)), []).append(name)
    for group in groups.values():
        best = max(group, key=lambda n: (counts[n], len(n), n))
        yield from ((n, best, "spelling") for n in group if n != best)


def _known_alias(names: list[str], types: Types, lexicon: Lexicon, mentions: Sequence[NameMention]) -> Rows:
    groups: dict[str, list[str]] = {}
    for name in names:
        known = lexicon.known(name)
        if known and known.type is types[name]:
            groups.setdefault(known.name, []).append(name)
    for usual, group in groups.items():
        best = usual if usual in group else max(group, key=lambda n: (len(n), n))
        longest = max(group, key=lambda n: (len(n.split()), n == usual, len(n)))
        best = longest if len(longest.split()) > len(best.split()) else best
        yield from ((n, best, "known-alias") for n in group if n != best)


def _surname(names: list[str], types: Types, lexicon: Lexicon, mentions: Sequence[NameMention]) -> Rows:
    people = [n for n in names if types[n] is EntityType.PERSON]
    full = [n for n in people if len(n.split()) > 1]
    for name in people:
        words = name.casefold().split()
        if len(words) == 1:
            owners = {f for f in full if words[0] in (f.casefold().split()[0], f.casefold().split()[-1])}
            owners = {f for f in owners if f.casefold().split()[-1] == words[0]} or owners
            first = [m.text for m in mentions if m.text in owners]
            if len({folded(f) for f in owners}) == 1 and first:
                yield name, first[0], "surname"
        else:
            swapped = [f for f in full if f != name and sorted(f.casefold().split()) == sorted(words)]
            order = [m.text for m in mentions]
            if swapped and order.index(swapped[0]) < order.index(name):
                yield name, swapped[0], "name-order"


def _generic_suffix(names: list[str], types: Types, lexicon: Lexicon, mentions: Sequence[NameMention]) -> Rows:
    for short in names:
        words = short.split()
        longer = [
            n
            for n in names
            if types[n] is types[short] and n.split()[: len(words)] == words and len(n.split()) > len(words)
            and all(w.casefold().strip(",") in _GENERIC for w in n.split()[len(words) :])
        ]  # fmt: skip
        if longer and types[short] is not EntityType.PERSON:
            yield short, max(longer, key=lambda n: (len(n.split()), n)), "short-form"


def _abbreviation(names: list[str], types: Types, lexicon: Lexicon, mentions: Sequence[NameMention]) -> Rows:
    for short in names:
        if not _is_abbreviation(short):
            continue
        for full in names:
            if len(full.split()) > 1 and _initials(full) == short and types[full] is types[short]:
                yield short, full, "abbreviation"
                break
