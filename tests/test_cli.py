"""The command line: help everywhere, exit codes, errors without tracebacks, a quick start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.builder import write_facts
from kg.cli import COMMANDS, cli
from tests.test_graph import OPTIONS, made_up


def _kg(*arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parent.parent
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_an_example(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0 and "Example:" in result.output and f"kg {name}" in result.output


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner\nfrom kg.cli import cli\n"
        "r = CliRunner().invoke(cli, ['--help']);"
        "assert r.exit_code == 0; print([m for m in ('spacy', 'pyoxigraph', 'rdflib', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_wrong_use_is_2_and_failure_is_1(tmp_path: Path) -> None:
    none = _kg("build", "-g", str(tmp_path / "g"))
    assert none.returncode == 2 and "kg build --demo" in none.stderr
    missing = _kg("info", "-g", str(tmp_path / "g"))
    assert missing.returncode == 1 and missing.stderr.startswith("error: ") and "Traceback" not in missing.stderr
    assert json.loads(_kg("info", "--json", "-g", str(tmp_path / "g")).stderr)["exit_code"] == 1
    assert _kg("quer").returncode == 2


def test_commands_on_a_graph(tmp_path: Path) -> None:
    write_facts([made_up()], tmp_path / "g", OPTIONS)
    run, graph = CliRunner(), ["-g", str(tmp_path / "g")]
    rows = run.invoke(cli, ["query", "platforms", *graph, "-f", "csv"]).output.splitlines()
    assert rows[:2] == ["platform,operator,initiatives,events", "ShopNow,Acme Group,0,0"]
    assert "Acme Group" in run.invoke(cli, ["show", "ShopNow", *graph]).output
    assert "statements" in run.invoke(cli, ["info", *graph]).output
    assert run.invoke(cli, ["facts", *graph, "-o", str(tmp_path / "t")]).exit_code == 0
    assert (tmp_path / "t" / "quotations.tsv").read_text().startswith("entry\tspeaker\ttext\n2030-05-01\tAna Example")
    asked = run.invoke(cli, ["query", "-", *graph], input="ASK { ?s ?p ?o }")
    assert asked.output == "yes\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_KG_COMPLETE" in CliRunner().invoke(cli, ["completion", shell]).output
