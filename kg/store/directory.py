"""A graph's directory: opening one, and writing a new one beside it."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp

from pyoxigraph import Quad, Store

from kg.assemble.terms import TYPE
from kg.errors import GraphError
from kg.store.manifest import NAME, STORE, Manifest, check_files, checksums, read_manifest
from kg.store.serialization import parse_nquads, write_nquads, write_turtle
from kg.store.spool import LineSpool, QuadSpool
from kg.store.swap import recover, swap_in, sync_tree

NQUADS, TURTLE, REPORT = "graph.nq", "graph.ttl", "report.json"
_BATCH = 30_000
"""Quads that are loaded into a store at a time."""
_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space or choose another place with -g",
    errno.EDQUOT: "your disk quota is used up; free some space or choose another place with -g",
    errno.EFBIG: "a file would get larger than the system allows; raise the limit (ulimit -f) or choose another place",
    errno.EACCES: "you may not write there; choose another place with -g",
    errno.EPERM: "you may not write there; choose another place with -g",
    errno.EROFS: "the file system is read-only; choose another place with -g",
    errno.ENOTDIR: "a part of the path is a file; choose another place with -g",
}


def open_store(folder: Path) -> tuple[Store, Manifest]:
    """Open a graph directory for reading, after comparing it with its manifest.

    Raises:
        GraphError: there is none, or it is damaged.
    """
    recover(folder, _aside(folder))
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    try:
        store = Store.read_only(str(folder / STORE))
        found = len(store)
    except OSError as error:
        raise GraphError(
            f"{folder / STORE}: the store cannot be opened ({error}); build it again with --fresh"
        ) from error
    if found != manifest.quads:
        raise GraphError(
            f"{folder / STORE}: holds {found} quads where the manifest says {manifest.quads}, the graph is damaged; "
            "build it again with --fresh"
        )
    return store, manifest


def read_quads(folder: Path) -> Iterator[Quad]:
    """The quads of an existing graph, one after the other, from its checked ``graph.nq``.

    Raises:
        GraphError: the graph is damaged.
    """
    check_files(folder, read_manifest(folder))
    try:
        yield from parse_nquads(folder / NQUADS)
    except (OSError, SyntaxError) as error:
        raise GraphError(f"{folder / NQUADS}: cannot be read ({error}); build it again with --fresh") from error


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """Hold a graph directory for a build: nothing else builds it meanwhile; leftovers of dead builds are cleaned.

    Raises:
        GraphError: the folder holds something else, another build holds it, or it cannot be written.
    """
    with _plain_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        recover(target, _aside(target))
        _refuse_foreign(target)
    with contextlib.ExitStack() as stack:
        if target.exists():
            descriptor = os.open(target, os.O_RDONLY)
            stack.callback(os.close, descriptor)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise GraphError(f"{target}: another build is writing this graph; wait until it has ended") from error
        _clean_leftovers(target)
        yield


@contextlib.contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """A folder beside a graph directory for what a build needs on disk meanwhile; deleted afterwards.

    Raises:
        GraphError: it cannot be made or written.
    """
    with _plain_errors(target):
        folder = Path(mkdtemp(f"-{os.getpid()}", f".{target.name}.new-", target.parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def write_graph(
    target: Path,
    quads: QuadSpool | Iterable[Quad],
    manifest: Callable[[dict[str, str]], Manifest],
    extras: Mapping[str, bytes | Path],
    store: Path | None = None,
) -> None:
    """Write a graph directory beside ``target`` and swap it in whole.

    ``manifest`` makes the manifest from the checksums of the files; ``extras`` are further files by name, as bytes
    or as a file to move there; ``store`` is a folder of :func:`fill_store` with the same quads, to move there too.

    Raises:
        GraphError: it cannot be written; what was at ``target`` is untouched.
    """
    new = target.with_name(f".{target.name}.new-{os.getpid()}")
    with workshop(target) as folder, _plain_errors(target):
        spool = quads if isinstance(quads, QuadSpool) else _spooled(quads, folder)
        try:
            new.mkdir()
            write_nquads(spool.lines(), new / NQUADS)
            write_turtle(spool.triples(LineSpool(folder, "triples"), TYPE), new / TURTLE, manifest({}).base)
            for name, content in extras.items():
                if isinstance(content, Path):
                    shutil.move(content, new / name)
                else:
                    (new / name).write_bytes(content)
            if store:
                store.rename(new / STORE)
            else:
                fill_store(new / STORE, parse_nquads(new / NQUADS))
            manifest(checksums(new)).write(new)
            sync_tree(new)
            open_store(new)
            swap_in(new, target, _aside(target))
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _spooled(quads: Iterable[Quad], folder: Path) -> QuadSpool:
    spool = QuadSpool(folder, "quads")
    spool.add(quads)
    return spool


def fill_store(folder: Path, quads: Iterable[Quad]) -> Store:
    """A new store on disk with some quads, which are loaded in batches that bound the memory.

    Raises:
        OSError: it cannot be written.
    """
    store = Store(str(folder))
    source = iter(quads)
    while batch := list(islice(source, _BATCH)):
        store.bulk_extend(batch)
    store.flush()
    store.optimize()
    return store


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _refuse_foreign(target: Path) -> None:
    if target.is_symlink() and not target.exists():
        raise GraphError(f"{target}: a link that leads nowhere; remove it or choose another place with -g")
    if target.exists() and not target.is_dir():
        raise GraphError(f"{target}: this is a file; choose a folder with -g")
    if target.exists() and any(target.iterdir()) and not (target / NAME).is_file():
        raise GraphError(f"{target}: the folder holds files that are no graph of ours; choose another place with -g")
    if target.exists() and not os.access(target.parent, os.W_OK):
        raise PermissionError(errno.EACCES, "Permission denied", str(target.parent))


def _clean_leftovers(target: Path) -> None:
    for left in target.parent.glob(f".{target.name}.new-*"):
        if not _alive(left.name.rsplit("-", 1)[1]):
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return int(pid) != os.getpid()


@contextlib.contextmanager
def _plain_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        number = error.errno if error.errno is not None else _number_in(str(error))
        advice = _ADVICE.get(number, "check the place and its permissions, or choose another with -g")
        raise GraphError(f"{target}: the graph cannot be written ({error.strerror or error}): {advice}") from error


def _number_in(message: str) -> int:
    """The error number behind a message of the store, which gives only its words."""
    return next((number for number in _ADVICE if os.strerror(number) in message), 0)
