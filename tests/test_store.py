"""Writing beside and swapping in: whatever goes wrong, the old graph stays whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.builder import write_facts
from kg.errors import GraphError
from tests.test_graph import OPTIONS, made_up

_CHILD = """
import sys, os, signal, resource
from pathlib import Path
from tests.test_graph import made_up, OPTIONS
import kg.builder, kg.store.directory as d
mode, target = sys.argv[1], Path(sys.argv[2])
if mode == "kill":
    d.sync_tree = lambda folder: os.kill(os.getpid(), signal.SIGKILL)
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    kg.builder.write_facts([made_up("second")], target, OPTIONS)
except kg.errors.GraphError as error:
    print(error)
    sys.exit(1)
"""


def _child(mode: str, target: Path) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parent.parent
    return subprocess.run(
        [sys.executable, "-c", _CHILD, mode, str(target)], cwd=root, capture_output=True, text=True, check=False
    )


def test_a_killed_build_leaves_the_old_graph(tmp_path: Path) -> None:
    target = tmp_path / "g"
    write_facts([made_up()], target, OPTIONS)
    assert _child("kill", target).returncode == -signal.SIGKILL
    assert kg.open(target).info()["documents"] == 1
    assert list(tmp_path.glob(".g.new-*"))
    write_facts([made_up("third")], target, OPTIONS)
    assert kg.open(target).info()["documents"] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["g"]


def test_a_full_disk_leaves_the_old_graph(tmp_path: Path) -> None:
    target = tmp_path / "g"
    write_facts([made_up()], target, OPTIONS)
    done = _child("full", target)
    assert done.returncode == 1 and "cannot be written" in done.stdout, done.stderr
    assert kg.open(target).info()["documents"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["g"]


def test_a_folder_of_something_else_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(GraphError, match="no graph of ours"):
        write_facts([made_up()], tmp_path, OPTIONS)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_target_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(GraphError, match="cannot be written"):
        write_facts([made_up()], tmp_path / "file" / "g", OPTIONS)
