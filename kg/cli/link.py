"""``kg link``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.messages import tell
from kg.cli.options import graph_option, json_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.link.decision import Question
    from kg.link.directory import LinkReport


@click.command()
@graph_option
@click.option("--service", metavar="URL|NAME", help="Ask this reconciliation service too ('wikidata', or an address).")
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE.sssom.tsv",
    help="Apply others' mappings (repeatable).",
)
@click.option("--review", is_flag=True, help="Decide what is open, one keystroke each.")
@click.option("--reviewer", metavar="NAME", help="Who decides (default: the name of the account).")
@click.option("--check", is_flag=True, help="Report stale, contradictory and dangling mappings; exit code 1 if any.")
@click.option("--cache", type=click.Path(path_type=Path), help="Folder for the service's answers.")
@json_option
def command(
    graph: Path,
    service: str | None,
    files: tuple[Path, ...],
    review: bool,
    reviewer: str | None,
    check: bool,
    cache: Path | None,
    as_json: bool,
) -> None:
    """Link the entities of a graph to Wikidata and GeoNames, from tables that ship with the package.

    Only --service uses the network. The mappings are in links.sssom.tsv in the graph's folder, and in the graph.

    \b
    Example:
      kg link -g graph
      kg link -g graph --review
      kg link -g graph --service wikidata
      kg link -g other --from graph/links.sssom.tsv
    """  # fmt: skip
    if check and (review or files or service):
        raise UsageError("--check only reports; give it alone")
    if review and (files or service):
        raise UsageError("--review decides what is there; run --from and --service first, then --review alone")
    if check:
        _check(graph, as_json)
    elif review:
        _tell(_review(graph, reviewer or os.environ.get("USER") or "reviewer"), graph, as_json)
    else:
        _tell(_link(graph, files, service, cache, quiet=as_json), graph, as_json)


def _link(graph: Path, files: tuple[Path, ...], service: str | None, cache: Path | None, *, quiet: bool) -> LinkReport:
    from rich.console import Console
    from rich.progress import Progress

    from kg.link.cache import AnswerCache
    from kg.link.directory import link_graph
    from kg.link.service import SERVICES, Service

    if not service:
        return link_graph(graph, files)
    with (
        Service(service, AnswerCache(SERVICES.get(service, service), cache)) as asked,
        Progress(console=Console(stderr=True, quiet=quiet), transient=True) as bar,
    ):
        task = bar.add_task("asking the service", total=None)
        return link_graph(graph, files, asked, lambda count: bar.advance(task, count))


def _review(graph: Path, reviewer: str) -> LinkReport:
    from kg.link.directory import review_graph

    return review_graph(graph, reviewer, _ask)


def _ask(question: Question) -> str:
    from kg.link.decision import POSTPONE, QUIT, decide

    subject = question.subject
    click.echo(f"\n{click.style(subject.name, bold=True)}  ({', '.join(subject.types)})")
    for sentence in subject.wording[:2]:
        click.echo(f"   “{sentence}”")
    for number, mapping in enumerate(question.candidates, start=1):
        sure = f"{mapping.confidence:.2f}" if mapping.confidence is not None else "?"
        click.echo(f" {number}  {mapping.object_label}: {mapping.comment}  [{sure}]  {mapping.object}")
    click.echo(f" 1-{len(question.candidates)} accept, n none of them, p later, q stop and save ", nl=False)
    while True:
        key = click.getchar() if sys.stdin.isatty() else sys.stdin.read(1) or QUIT
        if key.isspace():
            continue
        if key in {POSTPONE, QUIT}:
            break
        try:
            decide(question, key, "")
        except UsageError as error:
            click.echo(f"\n {error}", err=True)
        else:
            break
    click.echo(key)
    return key


def _check(graph: Path, as_json: bool) -> None:
    from dataclasses import asdict

    from kg.link.directory import check_links

    findings = check_links(graph)
    lines = [f"{f.kind}: {f.subject} → {f.object}: {f.message}" for f in findings] or ["no mapping is wrong"]
    tell("\n".join(lines), [asdict(finding) for finding in findings], as_json=as_json)
    sys.exit(1 if findings else 0)


def _tell(report: LinkReport, graph: Path, as_json: bool) -> None:
    text = (
        f"{graph}: {report.exact} entities linked, {report.close} to something close, {report.undecided} undecided "
        f"('kg link --review'), {report.nothing} without a candidate; {report.reviewed} decisions by people"
    )
    tell(text, report.to_dict(), as_json=as_json)
