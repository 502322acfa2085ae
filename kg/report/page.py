"""The report as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

_TEMPLATE = Path(__file__).with_name("page.html")


def to_html(report: dict[str, Any]) -> str:
    """The page; every value of the report is escaped."""
    counts = report["counts"]
    figures = [(name.replace("_", " "), value) for name, value in counts.items() if not isinstance(value, dict)]
    parts = {
        "figures": _table(("what", "number"), figures),
        "classes": _table(("class", "instances"), counts["classes"].items()),
        "validation": f"<pre>{escape(report['validation']['text'])}</pre>",
        "documents": "".join(_document(section) for section in report["documents"].values()),
    }
    page = _TEMPLATE.read_text(encoding="utf-8")
    for name, content in parts.items():
        page = page.replace(f"<!-- {name} -->", content, 1)
    return page


def _document(section: dict[str, Any]) -> str:
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
