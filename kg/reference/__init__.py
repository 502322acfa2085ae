"""Reference tables with real identifiers: brands and companies, places, currencies; loaded on first use."""

from kg.reference.lookup import Tables, load_tables
from kg.reference.record import Record

__all__ = ["Record", "Tables", "load_tables"]
