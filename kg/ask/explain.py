"""How the embedded engine evaluates a query, as the command line ``oxigraph`` (extra ``server``) tells it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kg.ask.prefixes import with_prefixes
from kg.errors import UsageError

_FORMATS = ("json", "nt")
"""Of solutions and of triples; which a query gives is only known from trying."""


def explain(store: Path, text: str, prefixes: Mapping[str, str], seconds: float) -> str:
    """The plan of a query, which is evaluated for it.

    Raises:
        UsageError: ``oxigraph`` is not installed, or the query is not SPARQL or takes too long.
    """
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if program is None:
        raise UsageError("--explain: the command 'oxigraph' is not installed; pip install 'liveblog-kg[server]'")
    command = [program, "query", "--location", str(store), "--union-default-graph"]
    command += ["--query", with_prefixes(text, prefixes)]
    with tempfile.TemporaryDirectory(prefix="kg-explain-") as folder:
        plan, answer = Path(folder) / "plan.txt", Path(folder) / "answer"
        files = ["--explain-file", str(plan), "--results-file", str(answer)]
        for form in _FORMATS:
            told = _run([*command, *files, "--results-format", form], seconds)
            if plan.is_file():
                return plan.read_text(encoding="utf-8")
    raise UsageError(f"--explain: the engine refuses the query ({told.splitlines()[0] if told else 'it broke down'})")


def _run(command: list[str], seconds: float) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False).stderr.strip()
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"--explain: the query took longer than {seconds:g} seconds; narrow it down") from error
