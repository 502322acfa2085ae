"""The rows behind each plot, as plain dictionaries."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.export.selection import TOGETHER
from kg.export.statements import Report, Said, read_reports, read_statements, read_things, rows

if TYPE_CHECKING:
    from kg.graph import Graph

Rows = list[dict[str, Any]]
HEIGHT = 600
"""Height of the network of who is named together, in pixels."""

_SELLERS = ("Brand", "Platform", "Organization")


def wall(time: str) -> str:
    """A time as the clock on the source's wall showed it, written as UTC so that every reader shows it so."""
    return (time if len(time) > 10 else f"{time}T00:00:00")[:19] + "Z"


def _labels(graph: Graph, types: tuple[str, ...]) -> dict[str, str]:
    return {iri: _line(thing.label) for iri, thing in read_things(graph.store).items() if thing.type in types}


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def timeline_rows(graph: Graph, top: int) -> Rows:
    """For each of the most mentioned events, how often each dated entry mentions it."""
    events, reports = _labels(graph, ("Event",)), read_reports(graph.store)
    seen = Counter(
        (said.subject, said.entry)
        for said in read_statements(graph.store, "Mention", wording=False)
        if said.subject in events and reports[said.entry].time
    )
    totals: Counter[str] = Counter()
    for (event, _), number in seen.items():
        totals[event] += number
    kept = [event for event, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:top]]
    found = [
        {"event": events[event], "time": wall(reports[entry].time), "entry": reports[entry].key, "mentions": number}
        for (event, entry), number in seen.items()
        if event in kept
    ]
    return sorted(found, key=lambda row: (row["time"], row["event"]))


def _figures(graph: Graph) -> list[tuple[Said, Report]]:
    reports = read_reports(graph.store)
    found = [(said, reports[said.entry]) for said in read_statements(graph.store, "Measurement", wording=False)]
    return sorted(found, key=lambda pair: (pair[1].time, pair[0].start, pair[0].iri))


def measure_rows(graph: Graph, measure: str | None, top: int) -> Rows:
    """The figures of one measure (none given: the one with most dated figures) in its commonest unit."""
    figures = [(said, report) for said, report in _figures(graph) if report.time]
    kinds = Counter((said.values["measure"], said.values["unit"]) for said, _ in figures)
    wanted = {kind: number for kind, number in kinds.items() if measure in (None, kind[0])}
    if not wanted:
        known = ", ".join(sorted({name for name, _ in kinds})) or "none at all"
        raise UsageError(f"--measure {measure}: no dated figure has this measure; there are {known}")
    plain = {kind: number for kind, number in wanted.items() if measure or kind[0] != "number"} or wanted
    chosen = min(plain, key=lambda kind: (-plain[kind], kind))
    labels = {iri: _line(thing.label) for iri, thing in read_things(graph.store).items()}
    return [
        {
            "time": wall(report.time),
            "entry": report.key,
            "value": float(said.values["value"]),
            "subject": labels.get(said.subject) or _line(said.values.get("subjectText", "?")),
            "comparator": said.values["comparator"],
            "measure": chosen[0],
            "unit": chosen[1],
        }
        for said, report in figures
        if (said.values["measure"], said.values["unit"]) == chosen
    ]


def entry_rows(graph: Graph, top: int) -> Rows:
    """How many figures of each unit each entry has; units after the sixth are called other."""
    figures = _figures(graph)
    units = [unit for unit, _ in Counter(said.values["unit"] for said, _ in figures).most_common(6)]
    counted = Counter(
        (report.time, report.key, unit if (unit := said.values["unit"]) in units else "other")
        for said, report in figures
    )
    return [{"entry": key, "unit": unit, "figures": number} for (_, key, unit), number in sorted(counted.items())]


def brand_rows(graph: Graph, top: int) -> Rows:
    """How many figures of each unit are told of the brands, platforms and organizations with most of them."""
    labels = _labels(graph, _SELLERS)
    counted = Counter((said.subject, said.values["unit"]) for said, _ in _figures(graph) if said.subject in labels)
    totals: Counter[str] = Counter()
    for (subject, _), number in counted.items():
        totals[subject] += number
    kept = {subject for subject, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:top]}
    return [
        {"name": labels[subject], "unit": unit, "figures": number}
        for (subject, unit), number in sorted(counted.items())
        if subject in kept
    ]


def theme_rows(graph: Graph, top: int) -> Rows:
    """In how many entries a platform and an initiative of a theme are both mentioned."""
    platforms = _labels(graph, ("Platform",))
    themes: dict[str, set[str]] = {}
    for row in rows(graph.store, "SELECT DISTINCT ?i ?t { ?i lb:theme ?t }"):
        themes.setdefault(row["i"].value, set()).add(row["t"].value.split("#theme-")[-1].replace("-", " "))
    platforms_in: dict[str, set[str]] = {}
    themes_in: dict[str, set[str]] = {}
    for said in read_statements(graph.store, "Mention", wording=False):
        if said.subject in platforms:
            platforms_in.setdefault(said.entry, set()).add(platforms[said.subject])
        themes_in.setdefault(said.entry, set()).update(themes.get(said.subject, ()))
    counted = Counter(
        (platform, theme) for entry, found in platforms_in.items() for platform in found for theme in themes_in[entry]
    )
    return [{"platform": p, "theme": t, "entries": number} for (p, t), number in sorted(counted.items())]


def company_rows(graph: Graph, top: int) -> tuple[Rows, Rows]:
    """Nodes and edges of the network of entities that sentences name together, the weightiest ``top`` of them."""
    from kg.draw.layout import layout, radius

    network = graph.to_networkx("together", relations=(TOGETHER,))
    weights = {node: -network.nodes[node]["mentions"] for node in network}
    network.remove_nodes_from(sorted(weights, key=lambda node: (weights[node], node))[top:])
    network.remove_nodes_from([node for node, degree in list(network.degree()) if not degree])
    if not network:
        raise UsageError("kg plot: nothing to draw, because no sentence of this graph names two entities")
    places = layout(network, 1.5)
    tall = max(y for _, y in places.values()) - min(y for _, y in places.values())
    nodes = [
        {
            "name": _line(values["label"]),
            "type": values["type"],
            "x": places[node][0],
            "y": -places[node][1],
            "above": -places[node][1] + (radius(values["statements"]) + 9) * tall / (HEIGHT - 60),
            "size": radius(values["statements"]) ** 2 * 3,
            "mentions": values["mentions"],
        }
        for node, values in network.nodes(data=True)
    ]
    edges = [
        {
            "x": places[one][0],
            "y": -places[one][1],
            "x2": places[other][0],
            "y2": -places[other][1],
            "sentences": values["statements"],
        }
        for one, other, values in network.edges(data=True)
    ]
    return nodes, edges
