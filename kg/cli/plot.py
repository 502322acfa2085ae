"""``kg plot``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.messages import write_output
from kg.cli.options import graph_option, out_option
from kg.errors import UsageError


class _PlotCommand(click.Command):
    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from kg.draw.plots import PLOTS

        with formatter.section("Plots"):
            formatter.write_dl([(name, plot.title) for name, plot in PLOTS.items()])


@click.command(cls=_PlotCommand)
@click.argument("name", metavar="PLOT")
@graph_option
@click.option(
    "-f", "--format", "form", metavar="FORMAT", help="svg, png, pdf, html or json (Vega-Lite).  [default: by -o]"
)
@click.option("--measure", metavar="NAME", help="For the plot 'measure': which.  [default: the commonest]")
@click.option("--top", type=click.IntRange(1, 1000), default=25, show_default=True, help="How many rows or names.")
@out_option
def command(name: str, graph: Path, form: str | None, measure: str | None, top: int, out: Path | None) -> None:
    """Draw a plot, or write its Vega-Lite specification.

    \b
    Example:
      kg plot timeline -g graph -o timeline.svg
      kg plot measure -g graph --measure GMV -o gmv.html
    """  # fmt: skip
    import kg
    from kg.draw.plots import plot

    chosen = form or (out.suffix.removeprefix(".").lower() if out else "")
    if not chosen:
        raise UsageError("say what to write: -o FILE.svg (png, pdf, html, json), or -f svg for the screen")
    if measure and name != "measure":
        raise UsageError(f"plot {name}: --measure is for the plot 'measure'")
    write_output(plot(kg.open(graph), name, chosen, top=top, measure=measure), out)
