"""How long 100,000 names take against all reference tables on one core: ``python -m benchmarks.link [COUNT]``.

A third are names of the tables, a third are such names with one letter wrong, a third are made up of syllables; they
are drawn with a fixed seed, so that two runs ask the same.
"""

from __future__ import annotations

import random
import sys
import time

from kg.link.candidate import candidates
from kg.link.subject import Subject
from kg.reference import Tables, load_tables

TARGET = 60.0
_SYLLABLES = "ba be co da fe gi ho ka lu ma ne or pe qui ra si ta vo xi zen ton land tech mart".split()


def main(count: int) -> None:
    """Print the time to load, the time to look up, and names a second."""
    started = time.perf_counter()
    tables = load_tables()
    loaded = time.perf_counter()
    subjects = list(made_up(tables, count, random.Random(7)))
    begun = time.perf_counter()
    found = sum(bool(candidates(subject, tables)) for subject in subjects)
    seconds = time.perf_counter() - begun
    print(f"tables loaded in {loaded - started:.2f} s")
    print(f"{count:,} names in {seconds:.1f} s ({count / seconds:,.0f} a second), {found:,} with a candidate")
    print(f"target for 100,000: {TARGET:g} s, this is {seconds * 100_000 / count:.1f} s")


def made_up(tables: Tables, count: int, dice: random.Random) -> list[Subject]:
    """Subjects of all kinds."""
    rows = [record for table in ("b", "p") for record in dice.sample(list(tables.every(table)), 10_000)]
    makers = (lambda: dice.choice(rows).name, lambda: _misspelt(dice.choice(rows).name, dice), lambda: _invented(dice))
    kinds = (("Brand",), ("Place",), ("Organization",))
    return [Subject(f"urn:{n}", makers[n % 3](), (), kinds[dice.randrange(3)]) for n in range(count)]


def _misspelt(name: str, dice: random.Random) -> str:
    place = dice.randrange(len(name))
    return name[:place] + dice.choice("aeiorstn") + name[place + 1 :]


def _invented(dice: random.Random) -> str:
    return " ".join("".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4))).title() for _ in range(dice.randint(1, 2)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
