"""Shapes as read: what is aimed at, by which path, what must hold, and what to say when it does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import KgError

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

Term = NamedNode | BlankNode | Literal | Triple
Node = NamedNode | BlankNode


class ShapeError(KgError):
    """A shapes file that cannot be read, or uses a part of SHACL that this engine does not check."""


class Severity(StrEnum):
    """How bad a result is; the value is the local name in the SHACL namespace."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class Target:
    """Where focus nodes come from: ``kind`` is ``targetClass``, ``targetNode``, ``targetSubjectsOf``/``ObjectsOf``."""

    kind: str
    term: Term


@dataclass(frozen=True, slots=True)
class Component:
    """One constraint of a shape: ``name`` is the parameter's local name, ``values`` its operands."""

    name: str
    values: tuple[Term, ...]
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL-based constraint: the SELECT with its prefixes written out in front."""

    node: Node
    prologue: str
    select: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape (``path`` is ``None``) or a property shape with everything it requires of its focus nodes.

    ``path`` is a SPARQL property path, ``path_node`` the node that stands for it in the shapes graph.
    """

    node: Node
    targets: tuple[Target, ...]
    path: str | None = None
    path_node: Node | None = None
    components: tuple[Component, ...] = ()
    queries: tuple[Query, ...] = ()
    message: str | None = None
    severity: str = SH + Severity.VIOLATION

    @property
    def name(self) -> str:
        """The last part of the shape's IRI."""
        return self.node.value.replace("#", "/").rsplit("/", 1)[-1]
