"""Write the model card from measured figures: ``python -m model.card --figures FILE --output FILE``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import click

TEMPLATE: Final = Path(__file__).with_name("card.md")
ABLATION: Final = Path(__file__).with_name("ablation.json")
ROWS: Final = {
    "words": "words (tokenization)",
    "sentences": "sentence boundaries",
    "pos": "part of speech (UPOS)",
    "morph": "morphological features (those kept)",
    "lemma": "lemmas",
    "uas": "unlabelled attachment (UAS)",
    "las": "labelled attachment (LAS), with subtypes",
    "las_basic": "labelled attachment, subtypes set aside",
    "names": "named entities",
}
AIMS: Final = (("pos", 95.0), ("uas", 86.0), ("las", 83.0), ("sentences", 90.0))
"""Aims for F on EWT test."""
SPEED_AIM: Final = 8000
SIZE_AIM: Final = 15_000_000


def table(scores: dict[str, Any]) -> str:
    """Return a Markdown table of F by measure and treebank."""
    lines = ["| F, per cent | EWT | GUM |", "|---|---|---|"]
    for key, title in ROWS.items():
        cells = [f"{scores[bank][key]['f']:.1f}" if key in scores[bank] else "–" for bank in ("ewt", "gum")]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join(lines)


def names_table(scores: dict[str, Any]) -> str:
    """Return a Markdown table of precision, recall and F by label on GUM."""
    lines = ["| names (GUM) | precision | recall | F |", "|---|---|---|---|"]
    for key, score in scores["gum"].items():
        if key.startswith("names"):
            label = key.partition(" ")[2] or "all"
            lines.append(f"| {label} | {score['precision']:.1f} | {score['recall']:.1f} | {score['f']:.1f} |")
    return "\n".join(lines)


def aims(figures: dict[str, Any]) -> str:
    """Return the aims as a list that says which are reached."""
    rows = [
        (
            f"{ROWS[key]}, EWT",
            figures["scores"]["ewt"][key]["f"] >= aim,
            f"{figures['scores']['ewt'][key]['f']:.1f}",
            f"{aim:.0f} at least",
        )
        for key, aim in AIMS
    ]
    rate, fast, size = (figures[key] for key in ("words_per_second", "words_per_second_openblas", "bytes"))
    rows.append(("words a second, one core", rate >= SPEED_AIM, f"{rate:,}", f"{SPEED_AIM:,} at least"))
    rows.append(("the same with OpenBLAS", fast >= SPEED_AIM, f"{fast:,}", f"{SPEED_AIM:,} at least"))
    rows.append(("size, MB", size <= SIZE_AIM, f"{size / 1e6:.1f}", f"{SIZE_AIM / 1e6:.0f} at most"))
    lines = [f"| {name} | {got} | {aim} | {'reached' if good else '**missed**'} |" for name, good, got, aim in rows]
    return "\n".join(["| aim | measured | wanted | |", "|---|---|---|---|", *lines])


def ablation(runs: dict[str, Any]) -> str:
    """Return a Markdown table of F by run, for the measures that every treebank has, and for names."""
    keys = ("pos", "uas", "las", "sentences", "names")
    lines = [f"| F, EWT / GUM | {' | '.join(keys)} | words a second |", "|---" * (len(keys) + 2) + "|"]
    for title, figures in runs.items():
        cells = [
            " / ".join(f"{scores[key]['f']:.1f}" for scores in figures["scores"].values() if key in scores)
            for key in keys
        ]
        lines.append(f"| {title} | {' | '.join(cells)} | {figures['words_per_second']:,} |")
    return "\n".join(lines)


@click.command(help=__doc__)
@click.option("--figures", type=click.Path(exists=True, path_type=Path), required=True, help="From model.evaluate.")
@click.option("--output", type=click.Path(path_type=Path), required=True)
@click.option("--runs", type=click.Path(exists=True, path_type=Path), default=ABLATION, show_default=True)
def main(figures: Path, output: Path, runs: Path) -> None:
    measured = json.loads(figures.read_text(encoding="utf-8"))
    text = TEMPLATE.read_text(encoding="utf-8")
    text = text.replace("{{SCORES}}", table(measured["scores"])).replace("{{NAMES}}", names_table(measured["scores"]))
    text = text.replace("{{AIMS}}", aims(measured)).replace("{{SPLIT}}", measured["split"])
    text = text.replace("{{ABLATION}}", ablation(json.loads(runs.read_text(encoding="utf-8"))))
    output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
