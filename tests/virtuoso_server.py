"""Debian's Virtuoso on the loopback address with everything it writes in one folder, for ``make test-virtuoso``."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.ask.servers import free_port

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
def running(folder: Path) -> Iterator[tuple[str, int]]:
    """The address of a new server without data, and the port of its SQL client; ``folder`` is empty."""
    assert SERVER
    sql, http = free_port(), free_port()
    configuration = folder / "virtuoso.ini"
    configuration.write_text(_CONFIGURATION.format(folder=folder, sql=sql, http=http))
    process = subprocess.Popen([SERVER, "+foreground", "+configfile", str(configuration)], cwd=folder)
    try:
        _wait_for(http)
        yield f"http://127.0.0.1:{http}", sql
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def virtuoso(folder: Path, nquads: Path) -> Iterator[str]:
    """The address of the SPARQL service of a new server that holds a file of N-Quads; ``folder`` is empty."""
    assert CLIENT
    shutil.copy(nquads, folder / "graph.nq")
    with running(folder) as (address, sql):
        load = f"ld_dir('{folder}', 'graph.nq', 'urn:none'); rdf_loader_run(); checkpoint;"
        subprocess.run([CLIENT, f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"], check=True, capture_output=True)
        yield f"{address}/sparql"


def _wait_for(port: int) -> None:
    for _ in range(_START_SECONDS * 2):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        time.sleep(0.5)
    raise AssertionError("Virtuoso does not start; see virtuoso.log in its folder")
