"""Debian's Virtuoso on the loopback address with everything it writes in one folder, for ``make test-virtuoso``."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

SERVER, CLIENT = shutil.which("virtuoso-t"), shutil.which("isql-vt")
_START_SECONDS = 120
_CONFIGURATION = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxQueryMem = 1G
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
MaxClientConnections = 10
[SPARQL]
ResultSetMaxRows = 1000000
"""


@contextlib.contextmanager
def virtuoso(folder: Path, nquads: Path) -> Iterator[str]:
    """The address of the SPARQL service of a new server that holds a file of N-Quads; ``folder`` is empty."""
    assert SERVER and CLIENT
    sql, http = _free_port(), _free_port()
    configuration = folder / "virtuoso.ini"
    configuration.write_text(_CONFIGURATION.format(folder=folder, sql=sql, http=http))
    shutil.copy(nquads, folder / "graph.nq")
    process = subprocess.Popen([SERVER, "+foreground", "+configfile", str(configuration)], cwd=folder)
    try:
        _wait_for(http)
        load = f"ld_dir('{folder}', 'graph.nq', 'urn:none'); rdf_loader_run(); checkpoint;"
        subprocess.run([CLIENT, f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"], check=True, capture_output=True)
        yield f"http://127.0.0.1:{http}/sparql"
    finally:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(_START_SECONDS * 2):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        time.sleep(0.5)
    raise AssertionError("Virtuoso does not start; see virtuoso.log in its folder")
