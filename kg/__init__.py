"""liveblog-kg: from coverage of an event to a knowledge graph that researchers can trust.

``kg.build(sources, folder)`` and ``kg.open(folder)`` give a :class:`kg.graph.Graph`; importing ``kg`` loads neither
the language pipeline nor the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.graph import Graph, build, open

__all__ = ["Graph", "build", "open"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from kg import graph

    return getattr(graph, name)
