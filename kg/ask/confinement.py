"""What the Linux kernel can take away from a process; elsewhere these do nothing and the query guard stands alone.

System calls are numbered as in the kernel's ``unistd.h`` of each machine; the filter is classic BPF, as
``Documentation/userspace-api/seccomp_filter.rst`` describes it.
"""

from __future__ import annotations

import ctypes
import platform
import signal
import struct
import sys

_SET_PDEATHSIG, _SET_SECCOMP, _SET_NO_NEW_PRIVS = 1, 22, 38
_FILTER_MODE = 2
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1
_SOCKET_CALLS = {"x86_64": (41, 425), "aarch64": (198, 425)}
"""``socket`` and ``io_uring_setup`` by machine."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def forbid_sockets() -> bool:
    """Let every attempt of this process to open a socket fail from now on; whether that could be done."""
    calls = _SOCKET_CALLS.get(platform.machine(), ()) if sys.platform == "linux" else ()
    if not calls:
        return False
    steps = [(_LOAD, 0, 0, 0)]
    steps += [(_JUMP_EQUAL, len(calls) - place, 0, number) for place, number in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    libc = ctypes.CDLL(None)
    if libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    program = _Program(len(steps), code)
    return bool(libc.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0)
