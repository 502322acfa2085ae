"""The report's sections on many documents, kept on disk until the report is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.report.section import Section
from kg.store.spool import LineSpool


class SectionSpool:
    """Sections by their documents' IRIs, in order of these, as often as needed."""

    def __init__(self, folder: Path) -> None:
        self._lines = LineSpool(folder, "sections")

    def add(self, iri: str, section: Section) -> None:
        """Add a document's section."""
        self._lines.add([json.dumps([iri, section], ensure_ascii=False).encode() + b"\n"])

    def __iter__(self) -> Iterator[tuple[str, Section]]:
        """The documents and their sections."""
        for line in self._lines:
            iri, section = json.loads(line)
            yield iri, section


def to_json(head: dict[str, Any], sections: Iterable[tuple[str, Section]]) -> Iterator[str]:
    """The report as one JSON object, piece by piece: the parts of ``head``, then ``documents`` by IRI."""
    yield json.dumps(head, indent=2, ensure_ascii=False).removesuffix("\n}") + ',\n  "documents": {'
    between = "\n    "
    for iri, section in sections:
        body = json.dumps(section, indent=2, ensure_ascii=False).replace("\n", "\n    ")
        yield f"{between}{json.dumps(iri, ensure_ascii=False)}: {body}"
        between = ",\n    "
    yield "\n  }\n}\n"
