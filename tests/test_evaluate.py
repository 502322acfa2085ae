"""Evaluation: the counts are those of the shared scorer, and every error has its sentence and its cause."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import cli
from kg.errors import SourceError, UsageError
from kg.evaluate.error_report import error_report
from kg.evaluate.evaluation import evaluate, mean, pairs_in, split_blind
from kg.evaluate.extraction import ExtractionOptions, extract_source
from kg.evaluate.gold import read_gold
from kg.evaluate.scoring import MEASURES, score
from kg.report.tables import COLUMNS, write_tables

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "evaluation" / "score.py"
needs_scorer = pytest.mark.skipif(not SCORER.is_file(), reason="the shared scorer is not in this checkout")
Rows = Mapping[str, Sequence[Mapping[str, str]]]

TEXT = """The Harbour Fair

Published 2030-05-01

Northmart, the online marketplace of Example Group, sold 1,200 lamps on Tuesday. "We are glad," said Ana Example,
chief executive of Example Group. The company opened in Sevilla.
"""
GOLD: Rows = {
    "entities": [
        {"entry": "2030-05-01", "type": "Platform", "name": "Northmart"},
        {"entry": "2030-05-01", "type": "Organization", "name": "Example Group"},
        {"entry": "2030-05-01", "type": "Person", "name": "Ana Example"},
        {"entry": "2030-05-01", "type": "Event", "name": "night of the lanterns"},
    ],
    "relations": [
        {"entry": "2030-05-01", "subject": "Northmart", "relation": "operatedBy", "object": "Example Group",
         "detail": ""},
        {"entry": "2030-05-02", "subject": "Northmart", "relation": "uses", "object": "sonar", "detail": ""},
    ],
    "measurements": [
        {"entry": "2030-05-01", "subject": "Northmart", "measure": "lamps sold", "comparator": ">", "value": "1200",
         "unit": "count", "detail": "on Tuesday"},
    ],
    "quotations": [{"entry": "2030-05-01", "speaker": "Ben Example", "text": "We are glad,"}],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "sets" / "fair"
    write_tables(GOLD, folder)
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    return folder


def _reference(folder: Path, found: Path, entries: Path | None) -> dict[str, tuple[int, int, int]]:
    spec = importlib.util.spec_from_file_location("shared_scorer", SCORER)
    assert spec is not None and spec.loader is not None
    scorer: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    keep = set(entries.read_text(encoding="utf-8").split()) if entries else None
    return {
        title: (len(g[table]), len(s[table]), scorer.match(g[table], s[table], fits)[0])
        for title, table, g, s, fits in scorer.measures(folder, found, keep)
    }


def _ours(folder: Path, tables: Rows, entries: Path | None) -> dict[str, tuple[int, int, int]]:
    return {s.measure.title: (s.gold, s.found, len(s.pairs)) for s in score(read_gold(folder, entries), tables)}


def _shared_sets() -> list[tuple[Path, Path]]:
    if not SCORER.is_file():
        return []
    sets = [p for p in sorted((SHARED / "evaluation" / "gold").iterdir()) if p.is_dir()]
    blog = next(iter(sorted((SHARED / "source").glob("*.txt"))))
    return [(p, p / "text.txt" if (p / "text.txt").is_file() else blog) for p in sets]


@needs_scorer
@pytest.mark.parametrize(("folder", "source"), _shared_sets(), ids=lambda path: path.name)
def test_the_figures_are_those_of_the_shared_scorer(folder: Path, source: Path, tmp_path: Path) -> None:
    tables = extract_source(source, ExtractionOptions()).tables
    write_tables(tables, tmp_path / "found")
    listed = folder / "entries.txt"
    limit = listed if listed.is_file() else None
    ours = _ours(folder, tables, limit)
    assert ours == _reference(folder, tmp_path / "found", limit)
    assert sum(right for _, _, right in ours.values()) > 0


_NAMES = st.sampled_from(
    """Acme|the Acme|Acme's|ACME Shoes|Acmé shoe|Spring Sale|spring sale 2030|Spring Sales of 2030|Global Spring Sale
    |2030 global spring sale|green global spring sale|Sale|10% off week|A.B. Market||the|of|lamps and shades
    |old lamp shades|“Lamps”|Łódź""".replace("\n    ", "").split("|")
)
_CELLS = {
    "entry": st.sampled_from(["intro", "2030-05-01", "2030-05-01T10:00+08:00"]),
    "type": st.sampled_from(["Brand", "Event"]),
    "relation": st.sampled_from(["uses", "serves", "startDate"]),
    "comparator": st.sampled_from(["=", ">"]),
    "value": st.sampled_from(["1", "1.0", "1.0000001", "2000000", "2000001", "two", ""]),
    "unit": st.sampled_from(["count", "USD"]),
    "text": st.sampled_from(["We are glad to be here", "we are glad to be here!", "We are very glad to be here", "No"]),
}


@st.composite
def _tables(draw: st.DrawFn) -> Rows:
    return {
        table: draw(st.lists(st.fixed_dictionaries({c: _CELLS.get(c, _NAMES) for c in columns}), max_size=6))
        for table, columns in COLUMNS.items()
    }


@needs_scorer
@settings(max_examples=150, deadline=None)
@given(_tables(), _tables(), st.lists(st.tuples(_NAMES, _NAMES), max_size=3), st.booleans())
def test_any_tables_are_counted_as_the_shared_scorer_counts(
    gold: Rows, found: Rows, aliases: list[tuple[str, str]], limit: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tables(gold, folder / "gold")
        write_tables(found, folder / "found")
        lines = [f"{canonical}\t{alias}" for canonical, alias in [("canonical", "alias"), *aliases]]
        (folder / "gold" / "aliases.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "some.txt").write_text("intro\n2030-05-01\n", encoding="utf-8")
        entries = folder / "some.txt" if limit else None
        tables = read_gold(folder / "found").tables
        assert _ours(folder / "gold", tables, entries) == _reference(folder / "gold", folder / "found", entries)


def test_scores_follow_from_the_tables(gold: Path) -> None:
    (done,) = evaluate([(gold, str(gold / "text.txt"))])
    by_title = {s.measure.title: s for s in done.scores}
    assert by_title["quotations (text)"].f1 == 1 and by_title["quotations (text and speaker)"].f1 == 0
    assert by_title["measurements (value and unit)"].recall == 1 and by_title["measurements (whole)"].recall == 0
    assert by_title["entities (name)"].recall == 0.75
    assert by_title["relations"].gold == 2


def test_the_error_report_gives_each_error_its_sentence_and_cause(gold: Path) -> None:
    report = error_report(evaluate([(gold, str(gold / "text.txt"))]))
    sections = {part.split("\n")[0]: part for part in report.split("#### ")}
    lost = next(part for title, part in sections.items() if title.startswith("Missed: entity not found: the entry has"))
    assert "night of the lanterns" in lost
    speaker = next(part for title, part in sections.items() if title.startswith("Missed: speaker differs"))
    assert "Ben Example" in speaker and "found: Ana Example" in speaker and "We are glad" in speaker.split(">")[1]
    assert any(title.startswith("Spurious: speaker differs") for title in sections)
    figure = next(part for title, part in sections.items() if title.startswith("Missed: comparator"))
    assert "> Northmart, the online marketplace of Example Group, sold 1,200 lamps" in figure
    assert any(title.startswith("Missed: the source has no such entry (1)") for title in sections)


def test_only_listed_entries_count(gold: Path) -> None:
    (gold / "entries.txt").write_text("2030-05-01\n", encoding="utf-8")
    (done,) = evaluate([(gold, str(gold / "text.txt"))])
    assert done.of(MEASURES[2]).gold == 1
    other = gold.parent / "other.txt"
    other.write_text("2030-05-02\n", encoding="utf-8")
    (done,) = evaluate([(gold, str(gold / "text.txt"))], entries=other)
    assert [s.found for s in done.scores] == [0] * len(MEASURES) and done.of(MEASURES[2]).gold == 1


def test_of_blind_sets_only_the_mean_is_shown(gold: Path, tmp_path: Path) -> None:
    command = ["evaluate", "--sets", str(gold.parent), "--errors", str(tmp_path / "errors.md")]
    blind = gold.parent / "unseen-02"
    write_tables(GOLD, blind)
    (blind / "text.txt").write_text(TEXT.replace("Northmart", "Southmart"), encoding="utf-8")
    shown = CliRunner().invoke(cli, [*command, "--blind", "unseen-02"]).output
    assert "unseen-02" not in shown and "mean of 1 unseen" in shown and "fair" in shown
    assert "Southmart" not in (tmp_path / "errors.md").read_text(encoding="utf-8")
    rows = json.loads(CliRunner().invoke(cli, [*command, "-f", "json", "--blind", "unseen-02"]).output)
    assert {row["set"] for row in rows} == {"fair", "mean of 1 unseen"}
    table = CliRunner().invoke(cli, ["evaluate", "--sets", str(gold.parent), "--ablation", "-f", "markdown"]).output
    steps = [line.split("|")[1].strip() for line in table.splitlines()[2:]]
    assert steps[:2] == ["lexicon only, mean of 1 seen", "lexicon only, mean of 1 unseen"] and len(steps) == 10
    tsv = CliRunner().invoke(cli, [*command, "-f", "tsv"]).output.splitlines()
    assert tsv[0].split("\t") == ["set", "measure", "precision", "recall", "f1", "gold", "found"]


def test_a_mean_leaves_out_sets_without_gold_rows(gold: Path) -> None:
    bare = gold.parent / "bare"
    write_tables({**GOLD, "quotations": []}, bare)
    (bare / "text.txt").write_text(TEXT, encoding="utf-8")
    done = evaluate(pairs_in(gold.parent))
    average = mean(done, MEASURES[5])
    assert len(done) == 2 and average is not None and (average.sets, average.f1) == (1, 1.0)
    assert mean(split_blind(done, "*")[0], MEASURES[5]) is None


def test_switching_the_parser_off_is_safe_with_every_kind_of_token(tmp_path: Path) -> None:
    text = TEXT + "\nThat’s it, folks! They’ve sold 20 lamps — and 30 were lent. It isn’t over yet."
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    (facts,) = extract_source(tmp_path / "text.txt", ExtractionOptions(without=["parser", "tagger"])).facts
    assert 1200 in {float(m.value) for m in facts.measurements}


@pytest.mark.parametrize("parts", [("reference",), ("parser", "reference"), ("tagger", "parser", "reference")])
def test_parts_can_be_switched_off(gold: Path, parts: tuple[str, ...]) -> None:
    whole = extract_source(gold / "text.txt", ExtractionOptions())
    part = extract_source(gold / "text.txt", ExtractionOptions(without=parts))
    (facts,), (all_facts,) = part.facts, whole.facts
    assert not any(m.evidence.rule.startswith("reference.") for m in facts.mentions)
    assert any(m.evidence.rule.startswith("reference.") for m in all_facts.mentions)
    assert any(row["name"] == "Sevilla" for row in part.tables["entities"])
    assert len(facts.passages) == len(all_facts.passages)


def test_wrong_use_says_what_to_do(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        read_gold(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"entities\.tsv"):
        read_gold(tmp_path / "empty")
    with pytest.raises(SourceError, match="cannot be read"):
        read_gold(gold, tmp_path / "none.txt")
    with pytest.raises(SourceError):
        evaluate([(gold, str(tmp_path / "none.txt"))])
    (gold / "relations.tsv").write_text("entry\tsubject\n", encoding="utf-8")
    with pytest.raises(SourceError, match="lacks relation, object, detail"):
        read_gold(gold)
    (gold / "relations.tsv").unlink()
    done = CliRunner().invoke(cli, ["evaluate", str(gold), str(gold / "text.txt")])
    assert done.exit_code == 0 and "has no relations.tsv" in done.output
    single = CliRunner().invoke(cli, ["evaluate", str(gold)])
    assert single.exit_code != 0 and isinstance(single.exception, UsageError)
