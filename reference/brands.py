"""Rows of ``brands.tsv`` from the name-suggestion-index."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reference.spelling import clean, is_chinese, is_latin

GOODS = frozenset(
    "clothes shoes cosmetics perfumery watches jewelry bag fashion_accessories electronics mobile_phone houseware hifi "
    "car motorcycle furniture sports optician toys kitchen vacuum_cleaner chocolate leather underwear baby_goods "
    "computer beauty bicycle coffee tea tyres cafe hotel fast_food boutique photo outdoor stationery fabric bed".split()
)
"""Categories whose names are the makers' brands."""
TRADERS = frozenset(
    "supermarket department_store wholesale variety_store general mall bank company telecommunication".split()
)
"""Categories whose names are companies that extraction may know beforehand."""
WORLD = "001"
WORLD_WEIGHT = 60
_NAMING = {"brands": ("brand", "name"), "operators": ("operator",)}
"""The tags that name the item itself; an operator named beside a brand is another company."""
_LANGUAGES = ("", ":en", ":zh", ":zh-Hans", ":zh-Hant")
_OTHER = ("official_name:en", "official_name", "alt_name:en", "alt_name", "short_name", "brand:short")
COLUMNS = "identifier name type kinds description site places weight common aliases".split()


def rows(index: Path) -> Iterator[tuple[str, ...]]:
    """One row a Wikidata item, in the order of :data:`COLUMNS`."""
    items = _items(json.loads((index / "package/dist/json/nsi.json").read_text(encoding="utf-8"))["nsi"])
    about = json.loads((index / "package/dist/wikidata/wikidata.json").read_text(encoding="utf-8"))["wikidata"]
    for identifier, found in sorted(items.items(), key=lambda pair: int(pair[0][1:])):
        row = _row(identifier, found, about.get(identifier, {}))
        if row:
            yield row


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the index: ``brands`` or ``operators``, its category, and the entry itself."""

    tree: str
    kind: str
    item: dict[str, Any]

    @property
    def tags(self) -> dict[str, str]:
        """The entry's tags."""
        return dict(self.item["tags"])


def _items(index: dict[str, Any]) -> dict[str, list[Item]]:
    found = defaultdict(list)
    for folder, category in index.items():
        tree, _, kind = folder.partition("/")
        if tree in _NAMING:
            tag = f"{_NAMING[tree][0]}:wikidata"
            for item in category["items"]:
                identifier = item["tags"].get(tag, "")
                if identifier[1:].isdigit():
                    found[identifier].append(Item(tree, kind, item))
    return found


def _row(identifier: str, found: list[Item], about: dict[str, Any]) -> tuple[str, ...] | None:
    usual, other = _names(found)
    label = clean(about.get("label") or "")
    names = [*([label] if is_latin(label) else []), *(name for name, _ in usual.most_common())] or other
    if not names:
        return None
    kinds = [kind for kind, _ in Counter(one.kind for one in found).most_common()]
    places = sorted({str(p) for one in found for p in one.item.get("locationSet", {}).get("include", [])})
    leaves = {kind.rsplit("/", 1)[-1] for kind in kinds}
    wide = WORLD in places or len(places) >= 5 or any("brand:en" in one.tags for one in found)
    brand = any(one.tree == "brands" for one in found)
    common = brand and bool(leaves & (GOODS | TRADERS)) and wide and len(names[0]) > 2
    aliases = [name for name in dict.fromkeys([*names, *other]) if name != names[0]]
    return (
        identifier,
        names[0],
        "Brand" if leaves & GOODS else "Organization",
        " ".join(kinds[:4]),
        clean(about.get("description") or ""),
        (about.get("officialWebsites") or [""])[0],
        WORLD if WORLD in places else " ".join(p for p in places if len(p) == 2),
        str(_weight(places, len(found), about)),
        "1" if common else "",
        "|".join(aliases),
    )


def _names(found: list[Item]) -> tuple[Counter[str], list[str]]:
    """Usual names in Latin letters with their counts, and all other spellings in Latin letters or Chinese."""
    usual: Counter[str] = Counter()
    other: list[str] = []
    for one in found:
        own = [clean(one.tags.get(tag + code, "")) for tag in _NAMING[one.tree] for code in _LANGUAGES]
        usual.update({name for name in own if is_latin(name)})
        more = [clean(one.tags.get(tag, "")) for tag in _OTHER]
        other += [*own, *more, *map(clean, one.item.get("matchNames", []))]
    return usual, [name for name in dict.fromkeys(other) if len(name) > 1 and (is_latin(name) or is_chinese(name))]


def _weight(places: list[str], items: int, about: dict[str, Any]) -> int:
    """A stand-in for fame: how far it trades, how many entries it has, how many accounts and sites are recorded."""
    spread = WORLD_WEIGHT if WORLD in places else min(len(places), WORLD_WEIGHT)
    return spread + min(items, 20) + 2 * len(about.get("identities") or {})
