"""A network as one HTML file that needs nothing else: data, style and script are inside, and it may load nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from html import escape
from importlib.resources import files
from typing import IO, Any

from kg.export.cleaning import Cleaner
from kg.export.colours import STYLES, colour_of, shape_of
from kg.export.network import BETWEEN, Network, instant
from kg.export.selection import TOGETHER
from kg.export.statements import Said, summary

_SCRIPTS = ("model.js", "drawing.js", "panel.js", "controls.js")
_FACTS = ("Measurement", "Quotation")
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write_html(
    network: Network, out: IO[str], clean: Cleaner, *, facts: Iterable[Said] = (), title: str = "Knowledge graph"
) -> None:
    """Write the page; ``facts`` are the figures and quotations to show of each node beside its edges.

    Raises:
        MissingExtraError: igraph is not installed.
    """
    data = json.dumps(page_data(network, facts), ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    style, script = _file("graph.css"), "(() => {\n" + "\n".join(map(_file, _SCRIPTS)) + "\n})();"
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    parts = {
        "policy": f"{policy}; base-uri 'none'; form-action 'none'",
        "title": escape(title),
        "style": style,
        "data": data,
        "script": script,
    }
    for number, piece in enumerate(_file("graph.html").split("@")):
        out.write(parts[piece] if number % 2 else piece)


def _file(name: str) -> str:
    return files("kg.export").joinpath("page", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """What a content security policy calls an inline element by: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page_data(network: Network, facts: Iterable[Said] = ()) -> dict[str, Any]:
    """What the page's script reads; texts are listed once and pointed to by number."""
    from kg.draw.layout import layout

    places, number = layout(network), {node: place for place, node in enumerate(network)}
    found = {values["type"] for _, values in network.nodes(data=True)}
    types = [name for name in STYLES if name in found] + sorted(found - STYLES.keys())
    relations = sorted({key for _, _, key in network.edges(keys=True)}, key=lambda name: (name == TOGETHER, name))
    texts = _Texts()
    nodes = [_node(values, types, places[node]) for node, values in network.nodes(data=True)]
    edges = [
        {
            "s": number[subject],
            "t": number[object_],
            "r": relations.index(key),
            "n": values["statements"],
            "f": _moment(values["first_reported"]),
            "z": _moment(values["last_reported"]),
            "e": values["entries"],
            "w": texts.place(values["evidence"]),
            "c": values["confidence"],
            "m": values["modality"] == "planned",
        }
        for subject, object_, key, values in network.edges(keys=True, data=True)
    ]
    return {
        "types": [[name, colour_of(name), shape_of(name)] for name in types],
        "relations": relations,
        "together": relations.index(TOGETHER) if TOGETHER in relations else -1,
        "offset": _offset(values["first_mention"] for _, values in network.nodes(data=True)),
        "nodes": nodes,
        "edges": edges,
        "facts": _facts(network, facts, number, texts),
        "texts": texts.listed,
    }


class _Texts:
    def __init__(self) -> None:
        self.listed: list[str] = [""]
        self._places = {"": 0}

    def place(self, text: str) -> int:
        if text not in self._places:
            self._places[text] = len(self.listed)
            self.listed.append(text)
        return self._places[text]


def _node(values: dict[str, Any], types: list[str], place: tuple[float, float]) -> dict[str, Any]:
    return {
        "l": values["label"],
        "t": types.index(values["type"]),
        "k": values["kind"],
        "n": values["statements"],
        "a": _several(values["aliases"]),
        "i": _several(values["identifiers"]),
        "f": _moment(values["first_mention"]),
        "z": _moment(values["last_mention"]),
        "x": round(place[0], 1),
        "y": round(place[1], 1),
    }


def _several(joined: str) -> list[str]:
    return joined.split(BETWEEN) if joined else []


def _moment(time: str) -> int | None:
    return int(instant(time).timestamp() * 1000) if time else None


def _offset(times: Iterable[str]) -> int:
    """Minutes from UTC of the first time that has an offset: the page tells times as the source does."""
    for time in times:
        offset = datetime.fromisoformat(time).utcoffset() if time else None
        if offset is not None:
            return int(offset.total_seconds() // 60)
    return 0


def _facts(
    network: Network, facts: Iterable[Said], number: dict[str, int], texts: _Texts
) -> dict[int, list[tuple[int, str, str, int]]]:
    labels = {node: values["label"] for node, values in network.nodes(data=True)}
    listed: dict[int, list[tuple[int, str, str, int]]] = {}
    for said in sorted(facts, key=lambda said: (said.entry, said.start, said.iri)):
        if said.subject in number:
            text = summary(said, {said.subject: labels[said.subject]})
            key = said.entry.rsplit("/", 1)[1]
            fact = (_FACTS.index(said.kind), key, text, texts.place(said.wording))
            listed.setdefault(number[said.subject], []).append(fact)
    return listed
