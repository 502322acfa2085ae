"""Graphs on disk: one directory each, swapped in whole."""
