"""The manifest of a graph directory: what is in it and the checksums that show damage."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import GraphError

NAME = "manifest.json"
STORE = "store"
_FORMAT = "liveblog-kg graph 1"
_CHANGING = frozenset({"LOG", "LOCK"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """Quads in the store, base of the instances, whether wording is in it, SHA-256 of files by relative path."""

    base: str
    version: str
    text: bool
    quads: int
    counts: dict[str, Any]
    files: dict[str, str]
    format: str = _FORMAT

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into a folder."""
        text = json.dumps(asdict(self), indent=2, sort_keys=True, ensure_ascii=False)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder but the manifest and the store's own logs."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in {NAME, *_CHANGING})
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a graph directory.

    Raises:
        GraphError: there is no graph, or its manifest is damaged.
    """
    path = folder / NAME
    if not folder.exists():
        raise GraphError(f"{folder}: there is no graph here; make one with 'kg build SOURCE -g {folder}'")
    if not path.is_file():
        raise GraphError(f"{folder}: this is no graph of ours ({NAME} is missing); name a folder that 'kg build' wrote")
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise GraphError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    except (ValueError, TypeError) as error:
        raise GraphError(f"{path}: the manifest is damaged ({error}); build the graph again with --fresh") from error
    if manifest.format != _FORMAT:
        raise GraphError(
            f"{path}: written as {manifest.format!r}, this version reads {_FORMAT!r}; build the graph again"
        )
    return manifest


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file with its checksum.

    Raises:
        GraphError: a file is missing or was changed.
    """
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise GraphError(f"{path}: the file is missing, the graph is damaged; build it again with --fresh")
        try:
            found = _sha256(path)
        except OSError as error:
            raise GraphError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
        if found != expected:
            raise GraphError(
                f"{path}: its checksum differs from the manifest's, the graph is damaged or was edited; "
                "build it again with --fresh"
            )
