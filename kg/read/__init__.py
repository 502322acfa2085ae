"""Reading: files, folders, standard input and web pages become documents with dated entries."""

from kg.read.sources import read_sources, read_text

__all__ = ["read_sources", "read_text"]
