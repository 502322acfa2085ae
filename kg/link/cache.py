"""Answers of services on disk, so that an interrupted run goes on where it stopped and a repeated one asks nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import KgError


class CacheError(KgError):
    """The cache of answers cannot be written."""


def cache_folder() -> Path:
    """``liveblog-kg`` below ``$XDG_CACHE_HOME`` or ``~/.cache``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "liveblog-kg"


class AnswerCache:
    """One file a service, a JSON line an answer; a line that a crash cut short is skipped when read."""

    def __init__(self, service: str, folder: Path | None = None) -> None:
        name = hashlib.sha256(service.encode()).hexdigest()[:16]
        self.path = (folder or cache_folder()) / f"reconcile-{name}.jsonl"
        self._answers: dict[str, Any] = {}
        if self.path.is_file():
            for line in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    row = json.loads(line)
                    self._answers[row["query"]] = row["result"]

    def get(self, query: Mapping[str, Any]) -> Any:
        """The answer to a query, or None."""
        return self._answers.get(_key(query))

    def add(self, answered: list[tuple[Mapping[str, Any], Any]]) -> None:
        """Keep the answers of a batch.

        Raises:
            CacheError: they cannot be written.
        """
        self._answers.update((_key(query), result) for query, result in answered)
        lines = (json.dumps({"query": _key(q), "result": r}, ensure_ascii=False) + "\n" for q, r in answered)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as out:
                out.write("".join(lines))
        except OSError as error:
            raise CacheError(f"{self.path}: cannot be written ({error.strerror}); give another --cache") from error


def _key(query: Mapping[str, Any]) -> str:
    return json.dumps(query, sort_keys=True, ensure_ascii=False)
