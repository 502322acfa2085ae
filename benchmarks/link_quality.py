"""Precision and recall of automatic exact links against labels made by hand.

``python -m benchmarks.link_quality [SOURCE…]`` builds a graph of the embedded corpus (and one of each further source),
links it to the tables without a person, and compares with ``tests/link/labels.tsv``. Exit code 1 where precision is
under 0.97 or recall under 0.85.
"""

from __future__ import annotations

import csv
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


def read_labels(path: Path = LABELS) -> dict[str, str]:
    """Identifier by name, ``-`` where the tables hold no such thing."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row["name"]: row["identifier"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


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


def main(sources: Iterable[str]) -> int:
    """Print the figures of each source; the exit code."""
    labels, code = read_labels(), 0
    for source in (str(corpus_path()), *sources):
        result = compare(subjects_of(kg.build(source).store), labels)
        print(f"{Path(source).name}: precision {result.precision:.3f}, recall {result.recall:.3f}")
        for name in ("right", "wrong", "missed", "unlabelled"):
            names = getattr(result, name)
            print(f"  {name} {len(names)}" + (f": {', '.join(names)}" if names and name != "right" else ""))
        code |= result.precision < PRECISION or result.recall < RECALL
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
