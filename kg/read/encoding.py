"""Bytes as text: UTF-8, or what a byte order mark or the page itself declares."""

from __future__ import annotations

import codecs
import re

from kg.errors import SourceError

MAX_BYTES = 32 * 1024 * 1024
"""The largest document that is read, in bytes."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def decode(data: bytes, where: str, charset: str | None = None) -> str:
    """The text of a source's bytes; ``charset`` is what the server declared, ``where`` names it in messages.

    Raises:
        SourceError: too large, not text, or not in an encoding that can be told.
    """
    check_size(len(data), where)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, where)
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise SourceError(f"{where}: is {kind}, not text; save its text as UTF-8 and give that")
    if b"\0" in data:
        raise _binary(data, where)
    declared = charset or _meta_charset(data)
    return _strict(data, declared if declared and _known(declared) else "utf-8", where)


def check_size(size: int, where: str) -> None:
    """Raise SourceError if a document of ``size`` bytes is too large to read."""
    if size > MAX_BYTES:
        raise SourceError(
            f"{where}: is larger than {MAX_BYTES // 2**20} MiB, the most that is read as one document; split it up"
        )


def _binary(data: bytes, where: str) -> SourceError:
    sample = data[:4096]
    if max(sample[::2].count(0), sample[1::2].count(0)) * 4 > len(sample):
        return SourceError(
            f"{where}: looks like UTF-16 without a byte order mark; convert it to UTF-8 (iconv -f UTF-16LE -t UTF-8)"
        )
    return SourceError(
        f"{where}: is a binary file (it contains NUL bytes), not text; give a text, Markdown or HTML file"
    )


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.lower().replace("-", "") not in ("utf8", "utf8sig"):
            raise SourceError(
                f"{where}: is not the {encoding} it says it is (byte {error.start}); convert it to UTF-8"
            ) from error
        raise SourceError(
            f"{where}: is not UTF-8 (byte 0x{data[error.start]:02x} at byte {error.start}); it may be Latin-1 or "
            "Windows-1252: convert it with 'iconv -f WINDOWS-1252 -t UTF-8'"
        ) from error
    except UnicodeError as error:
        raise SourceError(f"{where}: is not valid {encoding} ({error}); convert it to UTF-8") from error


def _meta_charset(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else None


def _known(encoding: str) -> bool:
    try:
        return bool(codecs.lookup(encoding)._is_text_encoding)
    except (LookupError, ValueError):
        return False
