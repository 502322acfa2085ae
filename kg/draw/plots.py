"""Plots of a graph as Vega-Lite specifications (https://vega.github.io/vega-lite/), drawn by vl-convert."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.draw import plot_data
from kg.errors import UsageError
from kg.export.colours import STYLES
from kg.export.extras import needs

if TYPE_CHECKING:
    from kg.graph import Graph

OUTPUTS = ("svg", "png", "pdf", "html", "json")
"""What a plot can be written as; ``json`` is the Vega-Lite specification."""

_PALETTE = ["#4477AA", "#CC6677", "#DDCC77", "#117733", "#88CCEE", "#AA4499", "#BBBBBB"]

_BILLIONS = "replace(format(datum.value, '~s'), 'G', 'B')"
_KEY = "replace(replace(datum.label, 'T', ' '), /[+-]\\d\\d:\\d\\d$/, '')"


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot: its title and what makes its chart from Altair, a graph, how many rows, and a measure's name."""

    title: str
    chart: Callable[[Any, Graph, int, str | None], Any]


def _time(alt: Any) -> Any:
    return alt.X(
        "time:T",
        title="reported",
        scale=alt.Scale(type="utc", padding=12),
        axis=alt.Axis(format="%e %b %Y", labelOverlap=True),
    )


def _units(alt: Any) -> Any:
    return alt.Color("unit:N", title="unit", scale=alt.Scale(range=_PALETTE))


def _timeline(alt: Any, graph: Graph, top: int, measure: str | None) -> Any:
    data = plot_data.timeline_rows(graph, top)
    order = list(dict.fromkeys(row["event"] for row in data))
    base = alt.Chart(alt.Data(values=_some(data, "mentions an event")))
    event = alt.Y("event:N", title=None, sort=order, axis=alt.Axis(labelLimit=320, grid=True))
    span = base.mark_rule(color="#999").encode(
        y=event, x=alt.X("min(time):T", scale=alt.Scale(type="utc", padding=12)), x2="max(time):T"
    )
    sizes = alt.Scale(range=[30, 260], domainMin=1)
    size = alt.Size("mentions:Q", title="mentions", scale=sizes, legend=alt.Legend(tickCount=4, format="d"))
    dots = base.mark_circle(color="#AA4499", opacity=0.8).encode(
        x=_time(alt), y=event, size=size, tooltip=["event:N", "entry:N", "mentions:Q"]
    )
    return (span + dots).properties(width=640, height={"step": 24})


def _measure(alt: Any, graph: Graph, top: int, measure: str | None) -> Any:
    data = plot_data.measure_rows(graph, measure, top)
    values = [row["value"] for row in data]
    wide = min(values) > 0 and max(values) / min(values) > 100
    scale = alt.Scale(type="log") if wide else alt.Scale(zero=min(values) >= 0)
    title = f"{data[0]['measure']} ({data[0]['unit']})"
    names = sorted({row["subject"] for row in data})
    base = alt.Chart(alt.Data(values=data))
    y = alt.Y("value:Q", title=title, scale=scale, axis=alt.Axis(labelExpr=_BILLIONS))
    colour = alt.Color("subject:N", title="told of", scale=alt.Scale(range=_PALETTE), legend=alt.Legend(labelLimit=320))
    tips = ["subject:N", "comparator:N", "value:Q", "unit:N", "entry:N"]
    colour = colour if len(names) <= len(_PALETTE) else alt.value(_PALETTE[0])
    dots = base.mark_point(filled=True, size=90, opacity=0.85).encode(x=_time(alt), y=y, color=colour, tooltip=tips)
    return dots.properties(width=640, height=320)


def _entries(alt: Any, graph: Graph, top: int, measure: str | None) -> Any:
    data = _some(plot_data.entry_rows(graph, top), "has a figure")
    order = list(dict.fromkeys(row["entry"] for row in data))
    return (
        alt.Chart(alt.Data(values=data))
        .mark_bar()
        .encode(
            x=alt.X(
                "entry:N", title="entry", sort=order, axis=alt.Axis(labelAngle=-60, labelOverlap=False, labelExpr=_KEY)
            ),
            y=alt.Y("figures:Q", title="figures", axis=alt.Axis(tickMinStep=1)),
            color=_units(alt),
            tooltip=["entry:N", "unit:N", "figures:Q"],
        )
        .properties(width={"step": 20}, height=280)
    )


def _brands(alt: Any, graph: Graph, top: int, measure: str | None) -> Any:
    data = _some(plot_data.brand_rows(graph, top), "has a figure of a brand, platform or organization")
    return (
        alt.Chart(alt.Data(values=data))
        .mark_bar()
        .encode(
            y=alt.Y("name:N", title=None, sort="-x", axis=alt.Axis(labelLimit=320)),
            x=alt.X("sum(figures):Q", title="figures told of it", axis=alt.Axis(tickMinStep=1)),
            color=_units(alt),
            tooltip=["name:N", "unit:N", "figures:Q"],
        )
        .properties(width=520, height={"step": 22})
    )


def _company(alt: Any, graph: Graph, top: int, measure: str | None) -> Any:
    nodes, edges = plot_data.company_rows(graph, top)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=90))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=30))
    types = [name for name in STYLES if any(row["type"] == name for row in nodes)]
    colour = alt.Color("type:N", title=None, scale=alt.Scale(domain=types, range=[STYLES[name][0] for name in types]))
    width = alt.StrokeWidth("sentences:Q", title="sentences", scale=alt.Scale(range=[0.6, 5]))
    lines = alt.Chart(alt.Data(values=edges)).mark_rule(color="#999", opacity=0.5)
    lines = lines.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=width)
    base = alt.Chart(alt.Data(values=nodes)).encode(x=x, y=y)
    dots = base.mark_circle(opacity=1, stroke="white").encode(
        color=colour, size=alt.Size("size:Q", scale=None, legend=None), tooltip=["name:N", "type:N", "mentions:Q"]
    )
    above = base.encode(y=alt.Y("above:Q", axis=None), text="name:N")
    halo = above.mark_text(fontSize=11, stroke="white", strokeWidth=3, strokeJoin="round")
    names = above.mark_text(fontSize=11, color="#111")
    return (lines + dots + halo + names).properties(width=900, height=plot_data.HEIGHT)


def _themes(alt: Any, graph: Graph, top: int, measure: str | None) -> Any:
    data = _some(plot_data.theme_rows(graph, top), "mentions a platform and an initiative with a theme")
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("theme:N", title="theme of an initiative", axis=alt.Axis(labelAngle=-40)),
        y=alt.Y("platform:N", title=None, axis=alt.Axis(labelLimit=320)),
    )
    most = max(row["entries"] for row in data)
    cells = base.mark_rect().encode(
        color=alt.Color("entries:Q", title="entries", scale=alt.Scale(scheme="blues"), legend=None),
        tooltip=["platform:N", "theme:N", "entries:Q"],
    )
    ink = alt.condition(f"datum.entries > {most * 0.6}", alt.value("white"), alt.value("black"))
    return (cells + base.mark_text().encode(text="entries:Q", color=ink)).properties(
        width={"step": 64}, height={"step": 24}
    )


PLOTS: dict[str, Plot] = {
    "timeline": Plot("When events were mentioned", _timeline),
    "measure": Plot("A measure over the time of reporting", _measure),
    "entries": Plot("Figures by entry", _entries),
    "brands": Plot("Brands, platforms and organizations by figures", _brands),
    "cooccurrence": Plot("Who is named in one sentence with whom", _company),
    "themes": Plot("Entries that mention a platform and an initiative of a theme", _themes),
}
"""Name to plot, in the order that the command line lists them."""


def _some(data: plot_data.Rows, what: str) -> plot_data.Rows:
    if not data:
        raise UsageError(f"kg plot: nothing to draw, because no entry of this graph {what}")
    return data


def plot(graph: Graph, name: str, form: str = "svg", *, top: int = 25, measure: str | None = None) -> bytes:
    """A plot in one of :data:`OUTPUTS`; ``top`` is how many rows or nodes, ``measure`` for the plot of that name.

    Raises:
        UsageError: there is no such plot, output or measure, or nothing to draw.
        MissingExtraError: Altair or vl-convert is not installed.
    """
    for option, value, known in (("plot", name, tuple(PLOTS)), ("-f", form, OUTPUTS)):
        if value not in known:
            raise UsageError(f"{option} {value}: it is one of {', '.join(known)}")
    alt = needs("altair", "draw")
    needs("vl_convert", "draw")
    chart = PLOTS[name].chart(alt, graph, top, measure)
    chart = chart.properties(title=PLOTS[name].title).configure_view(stroke=None)
    chart = chart.configure_title(anchor="start", fontSize=15, offset=12)
    if form == "json":
        return (str(chart.to_json(indent=1)) + "\n").encode()
    text = form in {"svg", "html"}
    out: Any = io.StringIO() if text else io.BytesIO()
    chart.save(
        out, format=form, **({"inline": True} if form == "html" else {"scale_factor": 2} if form == "png" else {})
    )
    return out.getvalue().encode() if text else out.getvalue()  # type: ignore[no-any-return]
