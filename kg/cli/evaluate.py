"""``kg evaluate``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kg.cli.messages import write_output
from kg.cli.options import out_option
from kg.errors import UsageError

_PARTS = ("tagger", "parser", "masking", "reference")
_FORMATS = ("table", "markdown", "tsv", "json")
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("pairs", nargs=-1, metavar="[GOLD_DIR SOURCE]...")
@click.option("--sets", multiple=True, type=_PATH, help="A folder of gold sets, each with its text.txt (repeatable).")
@click.option("--entries", type=_PATH, help="Count only entries listed here.  [default: GOLD_DIR/entries.txt, if any]")
@click.option("--errors", type=_PATH, help="Write every miss and every spurious fact here (Markdown).")
@click.option("--blind", metavar="GLOB", default="unseen-*", show_default=True, help="Sets to show only the mean of.")
@click.option("--without", multiple=True, type=click.Choice(_PARTS), help="Switch a part off (repeatable).")
@click.option("--ablation", is_flag=True, help="Means with all parts off, then with one more on at a time.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Publication date, where a source has none.")
@click.option("--timezone", metavar="TZ", help="Zone of times without one, as 'Asia/Shanghai' or '+08:00'.")
@click.option("--lexicon", "lexicons", multiple=True, type=_PATH, help="More names (repeatable).")
@click.option("--model", metavar="NAME", help="Another spaCy pipeline, by name or folder.")
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True)
@out_option
def command(
    pairs: tuple[str, ...],
    sets: tuple[Path, ...],
    entries: Path | None,
    errors: Path | None,
    blind: str,
    without: tuple[str, ...],
    ablation: bool,
    published: datetime | None,
    timezone: str | None,
    lexicons: tuple[Path, ...],
    model: str | None,
    form: str,
    out: Path | None,
) -> None:
    """Score the extraction of sources against gold tables of their facts.

    GOLD_DIR holds entities.tsv, relations.tsv, measurements.tsv and quotations.tsv as a careful reader would write
    them, and perhaps aliases.tsv; SOURCE is the text that they are about.

    \b
    Example:
      kg evaluate tests/gold/dev-01 tests/gold/dev-01/text.txt --errors errors.md
      kg evaluate --sets tests/gold -f tsv
      kg evaluate --sets tests/gold --without reference --without parser
    """
    if len(pairs) % 2:
        raise UsageError(f"{pairs[-1]}: a gold set without its source; write GOLD_DIR SOURCE, or --sets FOLDER")
    if not pairs and not sets:
        raise UsageError("nothing to evaluate: write GOLD_DIR SOURCE, or --sets FOLDER; see 'kg evaluate --help'")
    if ablation and errors:
        raise UsageError("--errors: an ablation has no error report; leave one of the two out")
    from rich.console import Console

    from kg.evaluate.ablation import ablate
    from kg.evaluate.error_report import error_report
    from kg.evaluate.evaluation import Evaluation, evaluate, pairs_in, split_blind
    from kg.evaluate.extraction import ExtractionOptions
    from kg.evaluate.tables import FORMATS, set_lines, step_lines

    every = [(Path(gold), source) for gold, source in zip(pairs[::2], pairs[1::2], strict=True)]
    every += [pair for folder in sets for pair in pairs_in(folder)]
    day = published.date() if published else None
    options = ExtractionOptions(day, timezone, lexicons, model, frozenset(without))
    done: list[Evaluation] = []
    with Console(stderr=True).status("evaluating", spinner="dots") as status:
        if ablation:
            lines = step_lines(ablate(every, options, entries=entries, progress=status.update), blind)
        else:
            done = evaluate(every, options, entries=entries, progress=status.update)
            lines = set_lines(done, blind)
    for evaluation in done:
        for table in evaluation.gold.lacking:
            click.echo(f"warning: {evaluation.name} has no {table}.tsv; it counts as empty", err=True)
    if errors:
        write_output(error_report(split_blind(done, blind)[0]).encode(), errors)
    write_output(FORMATS[form](lines).encode(), out)
