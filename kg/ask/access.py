"""How to reach a server: who asks, by which method, how often it is tried again."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar
from urllib.parse import unquote, urlsplit, urlunsplit

from kg.errors import KgError, UsageError

Method = Literal["auto", "get", "post"]
METHODS: tuple[Method, ...] = ("auto", "get", "post")
_LONGEST_WAIT = 30.0
_T = TypeVar("_T")


class RemoteError(KgError):
    """A server cannot be reached, refuses, breaks off or answers something else than it should."""


class BusyError(RemoteError):
    """A server cannot answer now; ``wait`` is how many seconds it asks for, where it says so."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Access:
    """A server's address and what is sent along; ``tries`` in all, waiting ``pause``, twice that, … seconds between."""

    url: str
    user: str = ""
    password: str = ""
    token: str = ""
    method: Method = "auto"
    tries: int = 3
    pause: float = 0.5

    @classmethod
    def to(cls, url: str, user: str = "", password: str = "", token: str = "", method: Method = "auto") -> Access:
        """Access to an address; what is missing is taken from it (``user:password@``), then from the environment
        (``KG_USER``, ``KG_PASSWORD``, ``KG_TOKEN``).

        Raises:
            UsageError: the address is none, or there is half a login.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UsageError(f"-g {url}: not the address of a server; write https://… or http://…")
        user = user or unquote(parts.username or "") or os.environ.get("KG_USER", "")
        password = password or unquote(parts.password or "") or os.environ.get("KG_PASSWORD", "")
        if bool(user) != bool(password):
            raise UsageError("a login needs both a user (--user, KG_USER) and a password (--password, KG_PASSWORD)")
        bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        return cls(bare, user, password, token or os.environ.get("KG_TOKEN", ""), method)

    @property
    def authorization(self) -> str:
        """The header ``Authorization`` (RFC 7617, RFC 6750), empty where there is neither token nor login."""
        if self.token:
            return f"Bearer {self.token}"
        if not self.user:
            return ""
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

    def trying(self, attempt: Callable[[], _T]) -> _T:
        """Call ``attempt`` until it does not raise :class:`BusyError`, waiting longer each time.

        Raises:
            BusyError: it still does at the last try.
        """
        for number in range(1, self.tries):
            try:
                return attempt()
            except BusyError as error:
                wait = self.pause * 2 ** (number - 1) if error.wait is None else error.wait
                time.sleep(min(wait, _LONGEST_WAIT))
        return attempt()
