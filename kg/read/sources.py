"""Sources as documents: files, folders, standard input and web pages in any of the formats."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from kg.errors import SourceError
from kg.model import Document
from kg.read.encoding import MAX_BYTES, check_size, decode
from kg.read.entries import make_document
from kg.read.fetch import fetch
from kg.read.html import from_html, parse_date
from kg.read.markdown import from_markdown
from kg.read.page import Page, clean, from_plain

FORMATS: dict[str, Callable[[str, str], Page]] = {"text": from_plain, "markdown": from_markdown, "html": from_html}
SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown",
          "application/x-ndjson": "jsonl", "application/jsonl": "jsonl"}  # fmt: skip
_HTML = re.compile(
    r"\s*(?:<!doctype\s+html|<\?xml[^>]*>|<!--|<(?:html|head|body|main|article|section|div|h1|p)\b)", re.I
)
_BARE = frozenset({"text", "index", "page"})


@dataclass(slots=True)
class _Reader:
    """Reads sources one after the other and gives each document a name of its own."""

    published: date | None
    timezone: str | None
    names: set[str] = field(default_factory=set)

    def read(self, source: str | Path) -> Iterator[Document]:
        text = str(source)
        if text == "-":
            data = _all(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
            yield from self.content(decode(data, "standard input"), data, "standard input", None, "")
        elif re.match(r"https?://", text, re.IGNORECASE):
            page = fetch(text)
            kind = _MEDIA.get(page.media_type)
            body = decode(page.data, text, page.charset)
            yield from self.content(body, page.data, text, kind, _slug_of_url(page.url), page.url)
        else:
            yield from self.path(Path(source))

    def path(self, path: Path) -> Iterator[Document]:
        try:
            if path.is_dir():
                found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
                if not found:
                    raise SourceError(f"{path}: no file to read in this folder; it reads {', '.join(SUFFIXES)}")
                for file in found:
                    yield from self.file(file)
            else:
                yield from self.file(path)
        except FileNotFoundError as error:
            raise SourceError(f"{path}: no such file or folder; check the path") from error
        except (OSError, ValueError) as error:
            raise SourceError(f"{path}: cannot be read ({error})") from error

    def file(self, path: Path) -> Iterator[Document]:
        kind = SUFFIXES.get(path.suffix.lower())
        if kind == "jsonl":
            with path.open("rb") as lines:
                yield from self.records(iter(lambda: lines.readline(MAX_BYTES + 1), b""), str(path), path.stem)
            return
        with path.open("rb") as file:
            data = _all(file.read(MAX_BYTES + 1), str(path))
        stem = path.resolve().parent.name if path.stem.lower() in _BARE else path.stem
        yield from self.content(decode(data, str(path)), data, str(path), kind, stem)

    def content(
        self, text: str, data: bytes, where: str, kind: str | None, stem: str, url: str | None = None
    ) -> Iterator[Document]:
        kind = kind or sniff(text)
        if kind == "jsonl":
            yield from self.records(iter(text.encode("utf-8", "replace").splitlines()), where, stem or "stdin")
            return
        page = FORMATS[kind](text, where)
        page = replace(page, url=url or page.url)
        yield self.document(page, stem or page.title or page.lines[0].text, data, self.published)

    def document(self, page: Page, stem: str, data: bytes, published: date | None) -> Document:
        return make_document(page, self.name(stem), data, published, self.timezone)

    def name(self, stem: str) -> str:
        base = name = slug(stem)
        number = 1
        while name in self.names:
            number += 1
            name = f"{base}-{number}"
        self.names.add(name)
        return name

    def records(self, lines: Iterator[bytes], where: str, stem: str) -> Iterator[Document]:
        number = 0
        seen = False
        for number, line in enumerate(lines, start=1):
            check_size(len(line), f"{where}, line {number}")
            if line.strip():
                seen = True
                yield self.record(line, f"{where}, line {number}", f"{stem}-{number}")
        if not seen:
            raise SourceError(f"{where}: is empty, there is no record in it; give one JSON object a line")

    def record(self, line: bytes, where: str, stem: str) -> Document:
        fields = _fields(line, where)
        kind = "html" if fields.get("html") else "text"
        page = FORMATS[kind](clean(fields.get(kind) or ""), where)
        published = fields.get("published")
        day = parse_date(published) if published else None
        if published and day is None:
            raise SourceError(f'{where}: "published" is no date: {published[:40]!r}; write it as YYYY-MM-DD')
        url, title = fields.get("url"), fields.get("title")
        page = replace(page, title=title or page.title, published=day or page.published, url=url or page.url)
        return self.document(
            page, (_slug_of_url(url) if url else "") or title or stem, line.rstrip(b"\r\n"), self.published
        )


def read_sources(
    sources: Sequence[str | Path], *, published: date | None = None, timezone: str | None = None
) -> Iterator[Document]:
    """Read files, folders (sorted, with their subfolders), ``-`` (standard input) and http(s) addresses.

    Args:
        sources: what to read, in this order.
        published: the date that pages without one, or live blogs without a year, are from.
        timezone: what CST, and times without a zone, mean (``+08:00``, ``EST``, ``America/Chicago``).

    Raises:
        SourceError: a source cannot be read; the message says which and why.
        UsageError: ``timezone`` is no time zone.
    """
    reader = _Reader(published, timezone)
    for source in sources:
        yield from reader.read(source)


def read_text(
    text: str,
    *,
    name: str,
    published: date | None = None,
    timezone: str | None = None,
    format: str = "text",
    url: str | None = None,
) -> Document:
    """Read one document from a string; ``format`` is ``text``, ``markdown`` or ``html``. Raises as read_sources."""
    if format not in FORMATS:
        raise SourceError(f"{name}: unknown format {format!r}; it is one of {', '.join(FORMATS)}")
    page = FORMATS[format](text, name)
    data = text.encode("utf-8", "replace")
    return make_document(replace(page, url=url or page.url), slug(name), data, published, timezone)


def sniff(text: str) -> str:
    """The format of a text that comes without a name: ``html``, ``jsonl`` or ``text``."""
    if _HTML.match(text[:2000]):
        return "html"
    first = text.lstrip()[:1]
    if first == "{":
        try:
            return "jsonl" if isinstance(json.loads(text.strip().split("\n", 1)[0]), dict) else "text"
        except (ValueError, RecursionError):
            return "text"
    return "text"


def slug(text: str) -> str:
    """A name of lower-case letters, digits and hyphens, at most 80 characters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-") or "document"


def _slug_of_url(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return PurePosixPath(unquote(parts.path)).stem or parts.netloc


def _fields(line: bytes, where: str) -> dict[str, str]:
    try:
        record = json.loads(decode(line, where))
    except (json.JSONDecodeError, RecursionError) as error:
        raise SourceError(f"{where}: is not JSON ({str(error)[:80]}); each line is one JSON object") from error
    if not isinstance(record, dict):
        raise SourceError(f'{where}: is not a JSON object; each line is one, with "text" or "html"')
    known = {key: record[key] for key in ("url", "title", "published", "text", "html") if record.get(key) is not None}
    for key, value in known.items():
        if not isinstance(value, str):
            raise SourceError(f'{where}: "{key}" is not a string')
    if not (known.get("text") or known.get("html")):
        raise SourceError(f'{where}: has neither "text" nor "html"; one of them is the page')
    return {key: clean(value) for key, value in known.items()}


def _all(data: bytes, where: str) -> bytes:
    check_size(len(data), where)
    return data
