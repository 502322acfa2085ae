"""Markdown as text: marks of headings, emphasis and links taken off, wrapped lines of a paragraph joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.read.html import parse_date
from kg.read.page import Mark, Page, Role, clean, make_page

_FRONT = re.compile(r"---\n(.*?)\n(?:---|\.\.\.)(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|published|url):\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|`{3,}.*|~{3,}.*)$")
_ITEM = re.compile(r"\s*(?:[*+-]|\d{1,2}[.)])\s+(.*)$")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_INLINE = (
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"<(https?://[^>\s]{1,2000})>"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,2000}?\S|\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,2000}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]{1,2000})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|-])"), r"\1"),
)


@dataclass(slots=True)
class _Writer:
    lines: list[str] = field(default_factory=list)
    marks: dict[int, Mark] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    role: Role | None = None

    def close(self, role: Role | None = None) -> None:
        text = _plain(" ".join(self.parts)).strip()
        self.parts.clear()
        if text:
            self.marks[len(self.lines)] = Mark(role or self.role)
            self.lines += [text, ""]
        self.role = None

    def add(self, line: str) -> None:
        """Take one line of the source in."""
        line = _QUOTE.sub("", line)
        if self.parts and self.role is None and _UNDERLINE.match(line):
            self.close(Role.HEADING)
        elif not line.strip() or _RULE.match(line):
            self.close()
        elif heading := _HEADING.match(line):
            self.close()
            self.parts.append(heading[1])
            self.close(Role.HEADING)
        elif item := _ITEM.match(line):
            self.close()
            self.parts.append(item[1])
            self.role = Role.ITEM
        else:
            self.parts.append(line.strip())
            if line.endswith(("  ", "\\")):
                self.close()


def _plain(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def from_markdown(source: str, where: str) -> Page:
    """The text of a Markdown page; a front matter's ``title``, ``date`` and ``url`` are its metadata.

    Raises:
        SourceError: there is no text in it, or a paragraph is too long.
    """
    source = clean(source)
    front = _FRONT.match(source)
    fields = {m[1].lower(): m[2].strip("\"'") for m in _FIELD.finditer(front[1])} if front else {}
    writer = _Writer()
    for line in source[front.end() if front else 0 :].split("\n"):
        writer.add(line)
    writer.close()
    return make_page(
        "\n".join(writer.lines).rstrip("\n"),
        where,
        marks=writer.marks,
        title=fields.get("title"),
        published=parse_date(fields.get("date") or fields.get("published") or ""),
        url=fields.get("url"),
    )
