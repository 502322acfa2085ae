"""Reading and writing mappings as SSSOM TSV (https://mapping-commons.github.io/sssom/spec/).

Only what is needed: a YAML comment block with a ``curie_map`` of one prefix a line and plain ``key: value`` slots,
then tab-separated rows. Columns that are not known are kept and written back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.iri import Minter
from kg.link.mapping import REFERENCE, Mapping
from kg.vocabulary import PREFIXES

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_COMMON = {
    "geonames": "https://sws.geonames.org/",
    "ref": REFERENCE,
    "semapv": "https://w3id.org/semapv/vocab/",
    **{prefix: PREFIXES[prefix] for prefix in ("wd", "skos", "owl", "schema", "rdfs")},
}
_COLUMNS = {
    "subject_id": "subject",
    "subject_label": "subject_label",
    "predicate_id": "predicate",
    "predicate_modifier": "modifier",
    "object_id": "object",
    "object_label": "object_label",
    "mapping_justification": "justification",
    "reviewer_label": "reviewer",
    "object_source": "source",
    "object_source_version": "version",
    "mapping_source": "mapping_source",
    "mapping_tool": "tool",
    "mapping_tool_version": "tool_version",
    "confidence": "confidence",
    "match_string": "matched",
    "comment": "comment",
}
"""SSSOM's columns, in the order in which they are written, and our fields."""
_REFERENCES = frozenset({"subject", "predicate", "object", "source", "mapping_source"})
_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_INHERITED = frozenset({"object_source", "object_source_version", "mapping_tool", "mapping_tool_version"})
"""Slots that hold for every row when they stand in the header."""


@dataclass(frozen=True, slots=True)
class MappingSet:
    """The rows of a file, its identifier, and its prefixes (``id`` is the namespace of instances in files of ours)."""

    mappings: tuple[Mapping, ...]
    identifier: str = ""
    prefixes: tuple[tuple[str, str], ...] = ()


def to_sssom(mappings: Iterable[Mapping], minter: Minter, title: str, name: str = "links") -> bytes:
    """Mappings as an SSSOM TSV file, sorted, so that the same mappings give the same bytes."""
    rows = sorted(
        set(mappings), key=lambda m: (m.subject, m.denied, -(m.confidence or 0), m.object, m.predicate, str(m))
    )
    prefixes = {**_COMMON, "id": minter.base}
    cells = [_cells(row, prefixes) for row in rows]
    extra = sorted({column for row in rows for column, _ in row.extra})
    used = [c for c in _COLUMNS if c in _REQUIRED or any(row.get(c) for row in cells)] + extra
    out = io.StringIO()
    out.write("#curie_map:\n" + "".join(f'#  {prefix}: "{prefixes[prefix]}"\n' for prefix in sorted(prefixes)))
    out.write(f'#license: "{LICENCE}"\n#mapping_set_id: "{minter.mapping_set(name)}"\n#mapping_set_title: "{title}"\n')
    writer = csv.DictWriter(out, used, delimiter="\t", lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(cells)
    return out.getvalue().encode()


def _cells(mapping: Mapping, prefixes: dict[str, str]) -> dict[str, str]:
    cells = dict(mapping.extra)
    for column, field in _COLUMNS.items():
        value = getattr(mapping, field)
        if field == "confidence":
            cells[column] = "" if value is None else f"{value:g}"
        else:
            cells[column] = _curie(value, prefixes) if field in _REFERENCES and value else str(value)
    return {column: " ".join(value.split()) for column, value in cells.items()}


def _curie(iri: str, prefixes: dict[str, str]) -> str:
    """A CURIE for an IRI; a prefix is added to the map where none fits."""
    fitting = [prefix for prefix, namespace in prefixes.items() if iri.startswith(namespace) and iri != namespace]
    if not fitting:
        trimmed = iri.rstrip("/")
        namespace = trimmed[: max(trimmed.rfind("/"), trimmed.rfind("#"), trimmed.rfind(":")) + 1]
        fitting = [f"ns{sum(prefix.startswith('ns') for prefix in prefixes) + 1}"]
        prefixes[fitting[0]] = namespace
    prefix = max(fitting, key=lambda found: len(prefixes[found]))
    return f"{prefix}:{iri[len(prefixes[prefix]) :]}"


def read_sssom(path: Path) -> MappingSet:
    """The mappings of a file.

    Raises:
        UsageError: it is missing, is no SSSOM TSV, or a row lacks something; the message names the line.
    """
    try:
        return parse_sssom(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); name an SSSOM TSV file") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 text ({error.reason}); name an SSSOM TSV file") from error


def parse_sssom(text: str, name: str) -> MappingSet:
    """The mappings of a file's text; ``name`` is what messages call it.

    Raises:
        UsageError: see :func:`read_sssom`.
    """
    lines = text.splitlines()
    header = [line[1:] for line in lines if line.startswith("#")]
    first = next((number for number, line in enumerate(lines) if line and not line.startswith("#")), len(lines))
    slots, own = _header(header)
    prefixes = {**_COMMON, **own}
    rows = csv.DictReader(lines[first:], delimiter="\t")
    missing = [column for column in _REQUIRED if column not in (rows.fieldnames or ())]
    if missing:
        raise UsageError(f"{name}: no SSSOM TSV, the column {missing[0]} is missing; the first row names the columns")
    inherited = {slot: value for slot, value in slots.items() if slot in _INHERITED}
    mappings = []
    for row in rows:
        place = f"{name}, line {first + rows.line_num}"
        mappings.append(_mapping({**inherited, **{k: v for k, v in row.items() if k and v}}, prefixes, place))
    return MappingSet(tuple(mappings), slots.get("mapping_set_id", ""), tuple(sorted(prefixes.items())))


def _header(lines: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The plain slots and the prefixes of the comment block."""
    slots: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    inside = False
    depth = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    for line in lines:
        key, colon, value = line.strip().partition(":")
        plain, nested = value.strip().strip("\"'"), line[: depth + 1].isspace()
        if colon and not nested:
            inside = key == "curie_map"
            slots[key] = plain
        elif colon and inside:
            prefixes[key.strip("\"'")] = plain
    return slots, prefixes


def _mapping(row: Dictionary[str, str], prefixes: dict[str, str], place: str) -> Mapping:
    for column in _REQUIRED:
        if not row.get(column):
            raise UsageError(f"{place}: {column} is empty; every mapping needs it")
    fields = {field: row[column] for column, field in _COLUMNS.items() if row.get(column)}
    confidence = fields.pop("confidence", None)
    try:
        sure = None if confidence is None else float(confidence)
    except ValueError as error:
        raise UsageError(f"{place}: confidence {confidence!r} is no number; write one from 0 to 1") from error
    if sure is not None and not 0 <= sure <= 1:
        raise UsageError(f"{place}: confidence {confidence} is not from 0 to 1")
    full = {f: _expand(value, prefixes, place) if f in _REFERENCES else value for f, value in fields.items()}
    extra = tuple(sorted((column, value) for column, value in row.items() if column not in _COLUMNS))
    return Mapping(**full, confidence=sure, extra=extra)


def _expand(value: str, prefixes: dict[str, str], place: str) -> str:
    prefix, _, local = value.partition(":")
    if prefix in prefixes:
        return _checked(prefixes[prefix] + local, place)
    if local.startswith("//") or prefix == "urn":
        return _checked(value, place)
    raise UsageError(f"{place}: the prefix of {value} is not in the file's curie_map; add it there")


def _checked(iri: str, place: str) -> str:
    from pyoxigraph import NamedNode

    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise UsageError(f"{place}: <{iri}> is no IRI ({error})") from error
