"""HTML as text: one line a block element, an empty line between two, and what the markup says of each line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.read.page import Mark, Page, Role, clean, make_page
from kg.read.timestamp import scan

_SKIPPED = frozenset({
    "head", "script", "style", "nav", "footer", "aside", "form", "noscript", "template", "svg", "button",
    "select", "iframe", "object", "video", "audio", "textarea", "-comment",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip
_ROLES = {f"h{level}": Role.HEADING for level in range(1, 7)} | {"li": Role.ITEM, "figcaption": Role.CAPTION}
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_DATES = (
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="date"]',
    'meta[name="pubdate"]',
    'meta[name="dc.date"]',
)
_TITLES = ('meta[property="og:title"]',)


@dataclass(slots=True)
class _Writer:
    """Collects the lines of a rendition; ``roles`` are those of the block elements that are open."""

    lines: list[str] = field(default_factory=list)
    marks: dict[int, Mark] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    stamp: str | None = None
    post: bool = False

    def close_line(self, *, gap: bool = True) -> None:
        text = _BLANKS.sub(" ", "".join(self.parts)).strip()
        self.parts.clear()
        if text:
            self.marks[len(self.lines)] = Mark(self.roles[-1] if self.roles else None, self.stamp, self.post)
            self.lines.append(text)
            self.stamp, self.post = None, False
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")

    def enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self.parts.append(node.text(deep=False))
        elif tag == "br":
            self.close_line(gap=False)
        elif tag == "time":
            self.stamp = self.stamp or node.attributes.get("datetime")
        elif tag in _BLOCKS:
            self.close_line()
            self.post = self.post or tag == "article"
            if tag in _ROLES:
                self.roles.append(_ROLES[tag])

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self.close_line()
            if tag in _ROLES:
                self.roles.pop()


def from_html(markup: str, where: str, url: str | None = None) -> Page:
    """The text of an HTML page with its title, publication date and address from the metadata.

    Raises:
        SourceError: there is no text in it.
    """
    tree = LexborHTMLParser(clean(markup))
    writer = _Writer()
    for node, entering in _walk(tree.body or tree.root):
        (writer.enter if entering else writer.leave)(node)
    writer.close_line()
    text = "\n".join(writer.lines).rstrip("\n")
    title = next(_contents(tree, _TITLES), None) or _title_text(tree)
    link = tree.css_first('link[rel="canonical"]')
    address = url or (link.attributes.get("href") if link is not None else None)
    return make_page(text, where, marks=writer.marks, title=title or None, published=_published(tree), url=address)


def _title_text(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("title")
    return node.text().strip() if node is not None else None


def _walk(root: LexborNode | None) -> Iterator[tuple[LexborNode, bool]]:
    """Every node twice, on the way in and on the way out, without recursion; skipped elements not at all."""
    node, depth = root, 0
    while node is not None:
        skipped = node.tag in _SKIPPED
        if not skipped:
            yield node, True
        if not skipped and node.child is not None:
            node, depth = node.child, depth + 1
            continue
        if not skipped:
            yield node, False
        while depth and node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if node is not None:
                yield node, False
        node = node.next if depth and node is not None else None


def _contents(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> Iterator[str]:
    for selector in selectors:
        for node in tree.css(selector):
            content = node.attributes.get("content")
            if content and content.strip():
                yield content.strip()


def parse_date(text: str) -> date | None:
    """The full date that a metadata value starts with, or None."""
    stamp = scan(text.strip())
    if stamp is None:
        stamp = scan(text.strip()[:10])
    return stamp.date if stamp is not None else None


def _published(tree: LexborHTMLParser) -> date | None:
    values = [*_contents(tree, _DATES), *_json_dates(tree)]
    values += [node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")[:1]]
    return next((found for value in values if (found := parse_date(value)) is not None), None)


def _json_dates(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            waiting = [json.loads(node.text())]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                if isinstance(value.get("datePublished"), str):
                    yield value["datePublished"]
                waiting.extend(v for k, v in value.items() if k in ("@graph", "mainEntity"))
