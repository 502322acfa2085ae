"""Precision and recall of automatic exact links against labels made by hand.

``python -m benchmarks.link_quality [SOURCE…]`` builds a graph of the embedded corpus (and one of each further source),
links it to the tables without a person, and compares with ``tests/link/labels.tsv``. The entity lists of
``tests/gold/dev-*`` are linked as they stand, apart from what extraction does. Exit code 1 where precision is under
0.97 or recall under 0.85.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import kg
from kg.link.automatic import link_subjects
from kg.link.subject import Subject, subjects_of
from kg.reference import load_tables
from kg.resources import corpus_path

LABELS = Path(__file__).parents[1] / "tests" / "link" / "labels.tsv"
GOLD, GOLD_LABELS = Path(__file__).parents[1] / "tests" / "gold", LABELS.with_name("labels-gold.tsv")
PRECISION, RECALL = 0.97, 0.85
LINKED_TYPES = frozenset({"Place", "Brand", "Organization", "Platform"})


@dataclass(frozen=True, slots=True)
class Result:
    """Entities by name: rightly linked, wrongly linked, missed, and of linked types without a label."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    unlabelled: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Right ones among the exact links of labelled entities."""
        return len(self.right) / max(len(self.right) + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        """Right ones among the entities that the tables hold."""
        held = len(self.right) + len(self.missed)
        return len(self.right) / max(held, 1)


def read_labels(path: Path = LABELS, gold: str = "") -> dict[str, str]:
    """Identifier by name, ``-`` where the tables hold no such thing; of one gold set where that is named."""
    return {row["name"]: row["identifier"] for row in _rows(path) if row.get("set", gold) == gold}


def gold_subjects(folder: Path) -> list[Subject]:
    """The entities of a gold set with the sentences that name them."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", (folder / "text.txt").read_text(encoding="utf-8"))
    listed = sorted({(row["type"], row["name"]) for row in _rows(folder / "entities.tsv")})
    return [
        Subject(f"urn:{kind}:{name}", name, (), (kind,), tuple(s for s in sentences if name in s)[:12])
        for kind, name in listed
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def compare(subjects: list[Subject], labels: dict[str, str]) -> Result:
    """Link some entities and compare."""
    outcome = link_subjects(subjects, load_tables(), (), "0")
    exact: dict[str, set[str]] = {}
    for mapping in outcome.mappings:
        if mapping.identity:
            exact.setdefault(mapping.subject, set()).add(mapping.object)
    sorted_out: dict[str, list[str]] = {"right": [], "wrong": [], "missed": [], "unlabelled": []}
    for subject in subjects:
        found, label = exact.get(subject.iri), labels.get(subject.name)
        if label is None:
            if found or LINKED_TYPES & set(subject.types):
                sorted_out["unlabelled"].append(subject.name + (" (linked)" if found else ""))
        elif found:
            sorted_out["right" if label in found else "wrong"].append(subject.name)
        if label not in (None, "-") and not (found and label in found):
            sorted_out["missed"].append(subject.name)
    return Result(**{name: tuple(names) for name, names in sorted_out.items()})


def gold_result() -> Result:
    """All development sets of ``tests/gold`` as one result."""
    found = [compare(gold_subjects(f), read_labels(GOLD_LABELS, f.name)) for f in sorted(GOLD.glob("dev-*"))]
    return Result(*(sum((getattr(r, name) for r in found), ()) for name in Result.__slots__))


def main(sources: Iterable[str]) -> int:
    """Print the figures of each source; the exit code."""
    results = {"entity lists of tests/gold/dev-*": gold_result()}
    for source in (str(corpus_path()), *sources):
        results[Path(source).name] = compare(subjects_of(kg.build(source).store), read_labels())
    for title, result in results.items():
        print(f"{title}: precision {result.precision:.3f}, recall {result.recall:.3f}")
        for name in Result.__slots__:
            names = getattr(result, name)
            print(f"  {name} {len(names)}" + (f": {', '.join(names)}" if names and name != "right" else ""))
    return int(any(r.precision < PRECISION or r.recall < RECALL for r in results.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
