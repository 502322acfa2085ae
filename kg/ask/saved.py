"""Queries in ``.rq`` files: their header of ``#+`` lines, as grlc reads it, and their parameters."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from kg.ask.guard import tokens_of
from kg.errors import UsageError
from kg.resources import resource_folder

_PARAMETER = re.compile(r"[?$]__?([A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*?)(?:_(iri|literal|string|integer|decimal|date))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: the name a user gives, the variable it binds, the type of its values."""

    name: str
    variable: str
    type: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with what its header says of it."""

    name: str
    text: str
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters, read from the query's variables (``?_platform_iri``)."""
        found: dict[str, Parameter] = {}
        for token in tokens_of(self.text):
            match = _PARAMETER.fullmatch(token.text) if token.kind == "variable" else None
            if match:
                found.setdefault(match[1], Parameter(match[1], token.text[1:], match[2] or "literal"))
        return tuple(found.values())


def parse_query(name: str, text: str) -> SavedQuery:
    """A query from the text of its file."""
    header: dict[str, str] = {}
    tags: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        content = line[2:].strip()
        if content.startswith("- "):
            tags.append(content[2:].strip())
        elif ":" in content:
            key, value = content.split(":", 1)
            header[key.strip()] = value.strip().strip('"')
    return SavedQuery(name, text, header.get("title", name), header.get("description", ""), tuple(tags))


def saved_queries() -> dict[str, SavedQuery]:
    """The queries that ship with the package, by name."""
    paths = sorted(resource_folder("queries").glob("*.rq"))
    return {path.stem: parse_query(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def find_query(name_or_text: str) -> SavedQuery:
    """A saved query by its name, a query file by its path, or the text itself where it is SPARQL.

    Raises:
        UsageError: it is none of these.
    """
    if re.search(r"[{\s]", name_or_text):
        return parse_query("query", name_or_text)
    path = resource_folder("queries") / f"{name_or_text}.rq"
    path = Path(name_or_text) if "/" in name_or_text or not path.is_file() else path
    if path.is_file():
        try:
            return parse_query(path.stem, path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    close = difflib.get_close_matches(name_or_text, saved_queries(), n=1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    raise UsageError(
        f"query {name_or_text!r}: no saved query and no file; {hint}'kg query --help' lists the saved ones"
    )
