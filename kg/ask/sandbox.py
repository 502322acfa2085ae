"""Running somebody's own query in a process that can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.ask.answer import Answer, Limits
from kg.ask.worker import CODES
from kg.errors import GraphError, KgError, UsageError

_PACKAGES = Path(__file__).parents[2]


class LimitError(KgError):
    """A query took more time, memory or room than it may."""


def run_confined(store: Path, text: str, prefixes: dict[str, str], limits: Limits) -> Answer:
    """Evaluate a query over all graphs of a store's folder as one, in a process of its own.

    Raises:
        UsageError: the query is not SPARQL, or cannot be evaluated.
        LimitError: it took too much time or memory, its answer is too large, or the engine broke down over it.
        GraphError: the store cannot be opened.
    """
    request = {
        "store": str(store.resolve()),
        "query": text,
        "prefixes": prefixes,
        "seconds": limits.seconds,
        "memory": limits.memory,
        "size": limits.size,
        "network": bool(limits.services),
    }
    # Closed by the reader of the answer: it goes with the last reference to it.
    out = tempfile.TemporaryFile(prefix="kg-answer-")  # noqa: SIM115
    try:
        code, reason = _run(json.dumps(request).encode(), out, limits.seconds)
        if code != 0:
            raise _error(code, reason, store, limits)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return _read(out)


def _run(request: bytes, out: IO[bytes], seconds: float) -> tuple[int, str]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(Path(path).absolute()) for path in (str(_PACKAGES), *sys.path)),
    }
    command = [sys.executable, "-P", "-m", "kg.ask.worker"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE, env=environment, start_new_session=True
    )
    try:
        _, told = process.communicate(request, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise LimitError(
            f"the query took longer than {seconds:g} seconds and was stopped; narrow it down, add a LIMIT, "
            "or allow more with --timeout SECONDS"
        ) from error
    finally:
        process.kill()
        process.communicate()
    return process.returncode, told.decode(errors="replace").strip()


def _error(code: int, reason: str, store: Path, limits: Limits) -> KgError:
    if code == CODES["syntax"]:
        return UsageError(f"not SPARQL that can be run ({reason}); mend it there")
    if code == CODES["evaluation"]:
        return UsageError(f"the query cannot be answered ({reason})")
    if code == CODES["size"]:
        return LimitError(f"the answer is larger than {limits.size >> 20} MB; add a LIMIT or ask for fewer columns")
    if code == CODES["store"]:
        return GraphError(f"{store}: the store cannot be opened ({reason}); build it again with --fresh")
    if code == CODES["memory"] or code == -signal.SIGABRT or "memory" in reason:
        return LimitError(f"the query needed more than {limits.memory >> 20} MB of memory; narrow it down")
    last = reason.splitlines()[-1] if reason else f"code {code}"
    return LimitError(f"the engine broke down over this query ({last}); write it simpler")


def _read(out: IO[bytes]) -> Answer:
    kind = out.readline().strip()
    if kind == b"triples":
        return (quad.triple for quad in parse(out, format=RdfFormat.N_TRIPLES))
    return parse_query_results(out, QueryResultsFormat.JSON)
