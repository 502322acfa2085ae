"""Where queries are evaluated: the embedded store, or (:mod:`kg.ask.remote`) a server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyoxigraph import Store

from kg.ask.answer import Answer, Limits
from kg.ask.sandbox import run_confined
from kg.errors import UsageError
from kg.vocabulary import PREFIXES


class Engine(Protocol):
    """Evaluates SPARQL over all graphs as one; ``base`` is the namespace behind the prefix ``id``."""

    @property
    def base(self) -> str:
        """The namespace of the instances."""

    def run(self, text: str, limits: Limits, *, trusted: bool) -> Answer:
        """Answer a query; ``trusted`` says that it is one of ours.

        Raises:
            KgError: it is not SPARQL, takes too much, or cannot be answered.
        """

    def explain(self, text: str, limits: Limits) -> str:
        """How the engine would evaluate a query.

        Raises:
            UsageError: this engine does not tell.
        """


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """The store in a graph's folder: our own queries in this process, everybody else's in one that can be killed."""

    folder: Path
    store: Store
    base: str

    def run(self, text: str, limits: Limits, *, trusted: bool) -> Answer:
        """Answer a query, see :class:`Engine`."""
        prefixes = {**PREFIXES, "id": self.base}
        if not trusted:
            return run_confined(self.folder, text, prefixes, limits)
        try:
            return self.store.query(text, use_default_graph_as_union=True, prefixes=prefixes)
        except SyntaxError as error:
            raise UsageError(f"not SPARQL that can be run ({error}); mend it there") from error
        except (OSError, RuntimeError) as error:
            raise UsageError(f"the query cannot be answered ({error})") from error

    def explain(self, text: str, limits: Limits) -> str:
        """The plan that oxigraph's command line prints, see :class:`Engine`."""
        from kg.ask.explain import explain

        return explain(self.folder, text, {**PREFIXES, "id": self.base}, limits.seconds)
