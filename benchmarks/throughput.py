"""From text to a validated graph: words a second on one core, and peak memory by the number of documents.

``python -m benchmarks.throughput 100000 300000 1000000`` builds a graph of a generated corpus of each size, each in a
process of its own on one core, and prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import write_corpus


def _build(words: int) -> dict[str, float]:
    """Build one graph here; seconds of wall clock and of processor, and the peak resident size in MB."""
    from kg.builder import BuildOptions, build_graph

    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        paths, total = write_corpus(Path(name) / "corpus", words)
        wall, cpu = time.perf_counter(), time.process_time()
        steps: dict[str, float] = {}

        def progress(step: str) -> None:
            steps.setdefault(step.split()[0], round(time.process_time() - cpu, 1))
            if step.startswith("reading") and step.endswith("00"):
                print(f"{words:,} words: {step}", file=sys.stderr)

        build_graph(paths, Path(name) / "graph", BuildOptions(progress=progress))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        manifest = json.loads((Path(name) / "graph" / "manifest.json").read_text(encoding="utf-8"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "words": total,
        "documents": len(paths),
        "quads": manifest["quads"],
        "wall": wall,
        "cpu": cpu,
        "peak": peak,
    }
    return {**figures, **{f"until {step}": at for step, at in steps.items()}}


def _measure(words: int) -> dict[str, float]:
    """The figures of a build in a process of its own on one core."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    pin = (
        (lambda: os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})) if hasattr(os, "sched_setaffinity") else None
    )
    command = [sys.executable, "-m", "benchmarks.throughput", "--here", str(words)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, preexec_fn=pin)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Run the benchmark and print the table."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("words", nargs="*", type=int, default=[100_000, 300_000, 1_000_000], help="sizes of the corpus")
    cli.add_argument("--here", action="store_true", help="build in this process and print the figures as JSON")
    options = cli.parse_args()
    if options.here:
        print(json.dumps(_build(options.words[0])))
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores (one used), Python {platform.python_version()}\n")
    print("| words | documents | quads | seconds | words a second | CPU seconds | words a CPU second | peak MB |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for words in options.words:
        f = _measure(words)
        speed = f"{f['wall']:.0f} | {f['words'] / f['wall']:,.0f} | {f['cpu']:.0f} | {f['words'] / f['cpu']:,.0f}"
        print(f"| {f['words']:,} | {f['documents']:,} | {f['quads']:,} | {speed} | {f['peak']:,.0f} |", flush=True)
        print({k: v for k, v in f.items() if k.startswith("until")}, file=sys.stderr)


if __name__ == "__main__":
    main()
