"""Make the tables of ``kg/reference/data``: ``python -m reference.make CACHE_FOLDER``.

The same packages give the same bytes. ``SOURCES.tsv`` and ``NOTICES.txt``
beside the tables record packages, versions and licences.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.reference.folding import key_of, without_form
from reference import brands, places
from reference.packages import PACKAGES, fetch

OUT = Path(__file__).parent.parent / "kg" / "reference" / "data"


def main(cache: Path) -> None:
    """Fetch the packages into ``cache`` and write all tables."""
    OUT.mkdir(exist_ok=True)
    folders = {role: fetch(package, cache) for role, package in PACKAGES.items()}
    made_brands, made_places = list(brands.rows(folders["brands"])), list(places.rows(folders))
    write("brands.tsv.gz", brands.COLUMNS, made_brands)
    write("places.tsv.gz", places.COLUMNS, made_places)
    write("currencies.tsv.gz", places.CURRENCY_COLUMNS, places.currencies(folders))
    write("names.tsv.gz", ("key", "rows"), name_index(made_brands, made_places))
    sources = [(p.name, p.version, p.licence, p.holds) for p in PACKAGES.values()]
    lines = ["\t".join(row) for row in [("package", "version", "licence", "holds"), *sources]]
    (OUT / "SOURCES.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (OUT / "NOTICES.txt").write_text("\n".join(_notices(folders)), encoding="utf-8")


def _notices(folders: dict[str, Path]) -> Iterator[str]:
    yield "GeoNames data (https://www.geonames.org/): CC BY 4.0, https://creativecommons.org/licenses/by/4.0/\n"
    for role, package in PACKAGES.items():
        if package.notice:
            text = (folders[role] / package.notice).read_text(encoding="utf-8")
            yield f"{package.name} {package.version} ({package.holds})\n\n{text.strip()}\n"


def name_index(made_brands: Sequence[Sequence[str]], made_places: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Sorted comparison keys, each with the rows (``b12``, ``p7``, counted from 0) that bear the name."""
    found: dict[str, list[str]] = defaultdict(list)
    for letter, rows, columns in (("b", made_brands, brands.COLUMNS), ("p", made_places, places.COLUMNS)):
        name, aliases = columns.index("name"), columns.index("aliases")
        for number, row in enumerate(rows):
            spellings = [row[name], *filter(None, row[aliases].split("|"))]
            keys = {key_of(s) for s in spellings}
            if letter == "b":
                keys |= {key_of(without_form(s)) for s in spellings}
            for key in sorted(filter(None, keys)):
                found[key].append(f"{letter}{number}")
    return [(key, " ".join(refs)) for key, refs in sorted(found.items())]


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table: a header line, tab-separated cells, no quoting."""
    text = "".join("\t".join(row) + "\n" for row in [columns, *rows])
    with (OUT / name).open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(text.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
