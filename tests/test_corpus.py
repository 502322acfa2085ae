"""The main job end to end, on the corpus that ships with the package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.check.verify import verify
from kg.resources import corpus_path

SHARED = Path(__file__).parents[2] / "shared"
FLOORS = {
    "entities (name and type)": (0.70, 0.50),
    "relations": (0.45, 0.30),
    "measurements (value and unit)": (0.88, 0.80),
    "measurements (whole)": (0.60, 0.45),
    "quotations (text and speaker)": (0.85, 0.70),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    return kg.build([corpus_path()], tmp_path_factory.mktemp("corpus") / "graph")


def test_the_graph_conforms_and_the_doubtful_claims_are_reported(graph: kg.Graph) -> None:
    report = graph.validate()
    assert report.conforms
    kinds = {str(result.shape) for result in report.results}
    for warning in ("OrderOfMagnitude", "ExchangeRate", "PersonInTwoPosts", "SwappedNames", "SimilarNames"):
        assert any(warning in kind for kind in kinds), kinds


def test_every_statement_is_found_again_in_the_source(graph: kg.Graph) -> None:
    result = verify(graph, [str(corpus_path())])
    assert not result.failures
    assert result.verified == result.statements > 800


def test_the_graph_keeps_the_budget(graph: kg.Graph) -> None:
    report = json.loads((Path(graph.folder) / "report.json").read_text(encoding="utf-8"))
    assert report["counts"]["triples_per_statement"] <= 12


def test_the_same_input_gives_the_same_bytes(graph: kg.Graph, tmp_path: Path) -> None:
    again = kg.build([corpus_path()], tmp_path / "again")
    assert (Path(again.folder) / "graph.nq").read_bytes() == (Path(graph.folder) / "graph.nq").read_bytes()


@pytest.mark.skipif(not (SHARED / "evaluation").is_dir(), reason="the evaluation data is not in this checkout")
def test_the_floors_of_extraction_hold(tmp_path: Path) -> None:
    gold = SHARED / "evaluation" / "gold"
    sources = {"dev-2021": SHARED / "source" / "alizila-1111-2021.txt"}
    sources |= {folder.name: folder / "text.txt" for folder in sorted(gold.iterdir()) if (folder / "text.txt").exists()}
    scores = {name: score(gold / name, source, tmp_path / name) for name, source in sources.items()}
    for measure, (on_dev, elsewhere) in FLOORS.items():
        others = [s[measure]["f1"] for name, s in scores.items() if name != "dev-2021" and s[measure]["gold"]]
        assert scores["dev-2021"][measure]["f1"] >= on_dev, measure
        assert sum(others) / len(others) >= elsewhere, measure


def score(gold: Path, source: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Build, write the tables and score them."""
    subprocess.run([sys.executable, "-m", "kg", "build", source, "-g", folder / "graph", "-q"], check=True)
    subprocess.run([sys.executable, "-m", "kg", "facts", "-g", folder / "graph", "-o", folder / "facts"], check=True)
    limits = ["--entries", gold / "entries.txt"] if (gold / "entries.txt").exists() else []
    command = [sys.executable, SHARED / "evaluation" / "score.py", gold, folder / "facts", "--json", *limits]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
