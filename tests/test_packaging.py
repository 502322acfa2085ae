"""What is shipped: the wheel works outside the checkout, and the README names the commands that there are."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg.cli import COMMANDS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_builds_the_demo_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")}

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "kg", *words, "-g", str(tmp_path / "graph")]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("build", "--demo")
    assert "0 violations" in run("validate")
    assert "Tmall" in run("query", "platforms", "-f", "csv")


def test_the_wheel_holds_the_model_and_stays_small(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for part in (
        "kg/annotate/model/meta.json",
        "kg/data/ontology/festival.ttl",
        "kg/export/page/model.js",
        "kg/data/shapes/statement.ttl",
    ):
        assert part in names
    assert wheel.stat().st_size < 20_000_000


def test_the_readme_lists_the_commands_that_there_are() -> None:
    table = re.findall(r"^\| `kg (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(table) == sorted(COMMANDS)
