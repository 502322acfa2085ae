"""Annotation: from a document's text to sentences with parts of speech, lemmas and dependencies."""
