"""Checks a graph against its shapes, its sources and its ontology."""

from kg.check.report import Result, ValidationReport
from kg.check.shape import Severity, ShapeError
from kg.check.validate import validate, validate_in_place

__all__ = ["Result", "Severity", "ShapeError", "ValidationReport", "validate", "validate_in_place"]
