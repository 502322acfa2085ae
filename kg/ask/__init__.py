"""Asking a graph questions in SPARQL."""
