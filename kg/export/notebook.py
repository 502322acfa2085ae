"""What a notebook shows of a graph: a few figures and, with the extra ``draw``, a picture of what is most stated."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.export.extras import MissingExtraError

if TYPE_CHECKING:
    from kg.graph import Graph

_MOST = 40


def to_html(graph: Graph) -> str:
    """A fragment of HTML without scripts; every value in it is escaped."""
    info = graph.info()
    names = ("documents", "statements", "entities", "triples")
    cells = "".join(f"<td><b>{info[name]:,}</b> {name}</td>" for name in names if name in info)
    head = f"<p>liveblog-kg graph in <code>{escape(str(graph.folder))}</code></p><table><tr>{cells}</tr></table>"
    try:
        return head + _picture(graph)
    except (MissingExtraError, UsageError):
        return head


def _picture(graph: Graph) -> str:
    from kg.draw.picture import svg_of

    network = graph.to_networkx()
    order = sorted(network, key=lambda node: (-network.degree(node), -network.nodes[node]["statements"], node))
    network.remove_nodes_from(order[_MOST:])
    return svg_of(network, width=900)
