"""The process that evaluates one query of somebody's own: limited memory and output, no network, easily killed.

Started by :mod:`kg.ask.sandbox` with a request on standard input, it writes the answer's kind and a newline and then
the answer (SPARQL results as JSON, triples as N-Triples) on standard output, and ends with a code of :data:`CODES`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

CODES = {"syntax": 3, "evaluation": 4, "memory": 5, "size": 6, "store": 7}
"""Exit codes by what went wrong; the reason is on standard error."""


class _Failure(Exception):
    pass


def main() -> None:
    """Read a request, confine this process, answer."""
    request = json.load(sys.stdin)
    try:
        _confine(request)
        _answer(request)
    except _Failure as failure:
        reason, error = failure.args
        _end(reason, error)
    except MemoryError:
        _end("memory", "")


def _end(reason: str, error: object) -> None:
    sys.stderr.write(str(error))
    sys.stderr.flush()
    import os

    os._exit(CODES[reason])


def _confine(request: dict[str, Any]) -> None:
    import resource

    from kg.ask.confinement import die_with_parent, forbid_sockets

    die_with_parent()
    seconds = int(request["seconds"]) + 5
    for kind, most in (
        (resource.RLIMIT_AS, request["memory"]),
        (resource.RLIMIT_FSIZE, request["size"]),
        (resource.RLIMIT_CPU, 4 * seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    if not request["network"]:
        forbid_sockets()


def _answer(request: dict[str, Any]) -> None:
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, serialize

    try:
        store = Store.read_only(request["store"])
    except OSError as error:
        raise _Failure("store", error) from error
    try:
        answer = store.query(request["query"], prefixes=request["prefixes"], use_default_graph_as_union=True)
        out = sys.stdout.buffer
        if isinstance(answer, QuerySolutions | QueryBoolean):
            out.write(b"boolean\n" if isinstance(answer, QueryBoolean) else b"solutions\n")
            answer.serialize(out, QueryResultsFormat.JSON)
        else:
            out.write(b"triples\n")
            serialize(answer, out, format=RdfFormat.N_TRIPLES)
        out.flush()
    except SyntaxError as error:
        raise _Failure("syntax", error) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise _Failure("size" if "large" in str(error) else "evaluation", error) from error


if __name__ == "__main__":
    main()
