"""The header of a query file: its leading ``#+`` lines, the subset of YAML that the catalogue is written in.

grlc reads the same lines with a full YAML parser, so what is accepted here is YAML and means the same there:
``key: scalar``, ``key:`` over a list of scalars, and ``key:`` over a list of mappings of scalars. A scalar is plain or
in double quotes, on one line, and always text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kg.errors import UsageError

Item = str | dict[str, str]
Header = dict[str, str | list[Item]]

_PAIR = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*))?")
_STRANGE = re.compile(r"[\[\]{}&*!|>'%@`,?-]|.*(:\s|\s#|:$)")


def parse_header(text: str) -> Header:
    """The header at the top of a query file; empty where there is none.

    Raises:
        UsageError: a line is outside the subset; the message quotes it.
    """
    header: Header = {}
    items: list[Item] | None = None
    for line in header_lines(text):
        content = line.strip()
        if not content:
            continue
        if not line.startswith("  "):
            key, value = _pair(content)
            items = None if value else []
            header[key] = items if items is not None else value
        elif items is None:
            raise _refusal(line, "an indented line needs a 'key:' without a value above it")
        elif content.startswith("- "):
            items.append(_item(content[2:].strip()))
        elif items and isinstance(items[-1], dict):
            items[-1].update([_pair(content)])
        else:
            raise _refusal(line, "a list's items begin with '- '")
    return header


def header_lines(text: str) -> Iterator[str]:
    """The leading ``#+`` lines without that mark and the blank after it."""
    for line in text.splitlines():
        if not line.startswith("#+"):
            return
        yield line[2:].removeprefix(" ").rstrip()


def body(text: str) -> str:
    """The query below its header."""
    lines = text.splitlines(keepends=True)
    return "".join(lines[len(list(header_lines(text))) :])


def _item(content: str) -> Item:
    return dict([_pair(content)]) if _PAIR.fullmatch(content) and not content.startswith('"') else _scalar(content)


def _pair(content: str) -> tuple[str, str]:
    match = _PAIR.fullmatch(content)
    if not match:
        raise _refusal(content, "write 'key: value'")
    return match[1], _scalar(match[2] or "")


def _scalar(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        try:
            value = json.loads(text)
        except ValueError as error:
            raise _refusal(text, f"the quoted text is broken ({error})") from error
        return str(value)
    if _STRANGE.match(text):
        raise _refusal(text, "put it in double quotes")
    return text


def _refusal(line: str, why: str) -> UsageError:
    return UsageError(f"query header: {line.strip()!r} cannot be read: {why}")
