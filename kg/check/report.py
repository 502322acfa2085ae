"""What validation found: as values, as a SHACL report in Turtle, and as text to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.check.shape import RDF, SH, XSD, Node, Severity, Term

ORDER = {SH + severity: place for place, severity in enumerate(Severity)}
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that breaks a shape.

    ``path`` is the IRI of the property where there is one; ``severity`` an IRI (``sh:Violation`` …); ``shape`` the
    shape's node, ``component`` the local name of its constraint component. ``wording`` and ``entry`` are those of the
    focus node's passage, where it has one; neither belongs to the SHACL report.
    """

    focus: Term
    path: Node | None
    value: Term | None
    severity: str
    message: str
    shape: Node
    component: str
    wording: str | None = None
    entry: str | None = None

    @property
    def shape_name(self) -> str:
        """The last part of the shape's IRI."""
        return self.shape.value.replace("#", "/").rsplit("/", 1)[-1]

    @property
    def severity_name(self) -> str:
        """``Violation``, ``Warning``, ``Info``, or another severity's last part."""
        return self.severity.rsplit("#", 1)[-1]

    @property
    def sort_key(self) -> tuple[int, str, str, str, str]:
        """Worst first, then by shape, focus node, value and message."""
        return ORDER.get(self.severity, -1), str(self.shape), str(self.focus), str(self.value), self.message


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All results, worst first.

    ``conforms`` is whether there is no violation: warnings and informations are for a person to look at. The Turtle
    report's ``sh:conforms`` is SHACL's own: true only where there is no result of any severity.
    """

    results: tuple[Result, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether no result is a violation."""
        return not self.violations

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that make the graph invalid: all that are not warnings or informations."""
        return tuple(r for r in self.results if r.severity not in (SH + Severity.WARNING, SH + Severity.INFO))

    @property
    def warnings(self) -> tuple[Result, ...]:
        """The results for a person to look at: warnings and informations."""
        return tuple(r for r in self.results if r.severity in (SH + Severity.WARNING, SH + Severity.INFO))

    def to_turtle(self) -> str:
        """The report as a graph of the SHACL vocabulary (section 3.6), the same bytes each time."""
        prefixes = {"sh": SH, "xsd": XSD}
        quads = sorted(self._quads(), key=lambda quad: (str(quad.subject), str(quad.predicate), str(quad.object)))
        data = ox.serialize((q.triple for q in quads), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
        return (data or b"").decode("utf-8")

    def to_text(self) -> str:
        """The report for a reader: counts, then the results under their shapes, with the wording."""
        lines = [f"{len(self.violations)} violations, {len(self.warnings)} warnings"]
        for _, group in groupby(self.results, key=lambda r: (r.severity, str(r.shape))):
            results = list(group)
            lines += ["", f"{results[0].severity_name}: {results[0].shape_name} ({len(results)})"]
            lines += [line for result in results[:SHOWN] for line in _result_lines(result)]
            if len(results) > SHOWN:
                lines.append(f"  … and {len(results) - SHOWN} more")
        return "\n".join(lines) + "\n"

    def _quads(self) -> Iterator[Quad]:
        report = BlankNode("report")
        yield _quad(report, RDF + "type", NamedNode(SH + "ValidationReport"))
        yield _quad(report, SH + "conforms", Literal(not self.results))
        for number, result in enumerate(self.results, start=1):
            node = BlankNode(f"result{number:06}")
            yield _quad(report, SH + "result", node)
            yield from _result_quads(node, result)


def _quad(subject: Node, predicate: str, value: Term) -> Quad:
    return Quad(subject, NamedNode(predicate), value)


def _result_quads(node: Node, result: Result) -> Iterator[Quad]:
    yield _quad(node, RDF + "type", NamedNode(SH + "ValidationResult"))
    yield _quad(node, SH + "focusNode", result.focus)
    yield _quad(node, SH + "resultSeverity", NamedNode(result.severity))
    yield _quad(node, SH + "resultMessage", Literal(result.message))
    yield _quad(node, SH + "sourceShape", result.shape)
    yield _quad(node, SH + "sourceConstraintComponent", NamedNode(SH + result.component))
    if result.path is not None:
        yield _quad(node, SH + "resultPath", result.path)
    if result.value is not None:
        yield _quad(node, SH + "value", result.value)


def _result_lines(result: Result) -> Iterator[str]:
    yield f"  - {result.message}"
    value = "" if result.value is None or result.value == result.focus else f"  value {result.value}"
    yield f"    {result.focus}{value}"
    if result.wording is not None:
        yield f"    [{result.entry or '?'}] {result.wording}"
