"""Putting a finished directory in the place of another, so that a crash leaves one of them whole."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2


def sync_tree(folder: Path) -> None:
    """Force every file and folder below (and including) a folder to the disk."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def sync(path: Path) -> None:
    """Force one file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def swap_in(new: Path, target: Path, aside: Path) -> None:
    """Rename ``new`` to ``target``; what was there is deleted after the rename.

    Where the system can exchange two names in one step it does; elsewhere the old directory waits under ``aside``
    for the moment between two renames, from where :func:`recover` brings it back.
    """
    if not target.exists():
        new.rename(target)
    elif _exchange(new, target):
        new.rename(aside)
    else:
        target.rename(aside)
        new.rename(target)
    sync(target.parent)
    shutil.rmtree(aside, ignore_errors=True)


def recover(target: Path, aside: Path) -> None:
    """Bring back an old directory that a crash left aside; delete it where the new one is in place."""
    if aside.is_dir():
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
