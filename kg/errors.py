"""What can go wrong, in words a user can act on. The command line prints these and no traceback."""

from __future__ import annotations


class KgError(Exception):
    """Base of every error this package raises on purpose; ``exit_code`` is what the command ends with."""

    exit_code = 1


class UsageError(KgError):
    """The call itself was wrong (unknown name, bad option)."""

    exit_code = 2


class SourceError(KgError):
    """A source cannot be read: missing, empty, binary, wrongly encoded, undated live blog."""


class GraphError(KgError):
    """A graph directory is missing, damaged or cannot be written."""


class InvalidGraphError(KgError):
    """The graph violates the shapes."""
