"""What the report says of one document: merges, boilerplate, sentences that yielded nothing."""

from __future__ import annotations

from typing import Any

from kg.assemble.document_graph import evidence_of
from kg.assemble.entities import entities_of
from kg.model import Facts, Span

Section = dict[str, Any]
_WORDING = "text"


def section_of(facts: Facts) -> Section:
    """The report's section on one document; offsets are code points into its text."""
    document = facts.document
    used = sorted({evidence.passage for evidence in evidence_of(facts)})
    covered = set(used)
    barren = [span for _, span in facts.passages if span not in covered and not _touched(span, used)]
    return {
        "name": document.name,
        "title": document.title,
        "kind": document.kind,
        "entries": len(document.entries),
        "characters": len(document.text),
        "sentences": len(facts.passages),
        "merges": [
            {
                "name": merge.name,
                "into": entity.name,
                "type": entity.type.value,
                "reason": merge.reason,
                "start": merge.span.start,
            }
            for entity in entities_of(facts)
            for merge in entity.merges
        ],
        "boilerplate": [_stretch(span, document.text) for span in document.boilerplate],
        "without_statements": [_stretch(span, document.text) for span in barren],
    }


def _touched(span: Span, used: list[Span]) -> bool:
    return any(other.covers(span) for other in used)


def _stretch(span: Span, text: str) -> Section:
    return {"start": span.start, "end": span.end, _WORDING: span.of(text)}


def section_without_wording(section: Section) -> Section:
    """A section that gives only the places of what was dropped or barren."""
    bare = {
        key: [{name: value for name, value in stretch.items() if name != _WORDING} for stretch in section[key]]
        for key in ("boilerplate", "without_statements")
    }
    return {**section, **bare}
