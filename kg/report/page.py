"""The report as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from kg.report.section import Section

_TEMPLATE = Path(__file__).with_name("page.html")


def to_html(head: dict[str, Any], sections: Iterable[Section]) -> Iterator[str]:
    """The page, piece by piece; every value of the report is escaped."""
    counts = head["counts"]
    figures = [(name.replace("_", " "), value) for name, value in counts.items() if not isinstance(value, dict)]
    parts = {
        "figures": _table(("what", "number"), figures),
        "classes": _table(("class", "instances"), counts["classes"].items()),
        "validation": f"<pre>{escape(head['validation']['text'])}</pre>",
    }
    before, after = _TEMPLATE.read_text(encoding="utf-8").split("<!-- documents -->", 1)
    for name, content in parts.items():
        before = before.replace(f"<!-- {name} -->", content, 1)
    yield before
    yield from map(_document, sections)
    yield after


def _document(section: Section) -> str:
    merges = [(m["name"], m["into"], m["type"], m["reason"], m["start"]) for m in section["merges"]]
    head = f"<h2>{escape(section['title'] or section['name'])}</h2><p>{section['entries']} entries, "
    head += f"{section['sentences']} sentences, {section['characters']} characters</p>"
    return "".join(
        (
            head,
            _folded("Names merged", ("name", "taken for", "type", "reason", "at"), merges),
            _folded("Boilerplate left out", ("from", "to", "wording"), map(_cells, section["boilerplate"])),
            _folded(
                "Sentences without statements", ("from", "to", "wording"), map(_cells, section["without_statements"])
            ),
        )
    )


def _cells(stretch: dict[str, Any]) -> tuple[Any, ...]:
    return stretch["start"], stretch["end"], stretch.get("text", "")


def _folded(title: str, head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    listed = list(rows)
    return f"<details><summary>{escape(title)} ({len(listed)})</summary>{_table(head, listed)}</details>"


def _table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    def line(cells: Iterable[Any], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"

    return "<table>" + line(head, "th") + "".join(line(row, "td") for row in rows) + "</table>"
