"""Put a trained pipeline into the package: ``python -m model.package TRAINED OUTPUT``.

Leaves out what reading does not need: word strings (spaCy keeps every word of the training text), training settings,
figures of the training run. Then checks that the lean copy annotates as the trained pipeline does.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import click
import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.tokenizer import create_tokenizer

META: Final[dict[str, Any]] = {
    "lang": "en",
    "name": "liveblog_kg",
    "version": "1.0.0",
    "description": "Small English pipeline with Universal Dependencies labels and names, from UD English EWT and GUM",
    "author": "liveblog-kg",
    "email": "",
    "url": "",
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "UD English EWT",
            "url": "https://github.com/UniversalDependencies/UD_English-EWT",
            "license": "CC BY-SA 4.0",
            "author": "Silveira et al. 2014",
        },
        {
            "name": "GUM",
            "url": "https://github.com/amir-zeldes/gum",
            "license": "CC BY 4.0, texts CC BY or CC BY-SA",
            "author": "Zeldes 2017",
        },
        {
            "name": "GloVe 6B, 50 dimensions",
            "url": "https://nlp.stanford.edu/projects/glove/",
            "license": "PDDL 1.0",
            "author": "Pennington, Socher and Manning 2014",
        },
    ],
}
NO_TREE: Final = 2**32 - 1
"""How spaCy's edit trees say that a side has no tree."""
PROBE: Final = (
    "Sales of Alibaba’s platforms rose 8.5% to RMB540.3 billion ($84.5 billion) during 11.11—more than in 2020.",
    "“We’re sending 18,400 parcels,” said Jane Doe, who doesn’t run the company's warehouse in Liège.\n\nHe left.",
)


class PackagingError(RuntimeError):
    """The lean copy differs from the trained pipeline on a probe sentence."""

    def __init__(self, text: str) -> None:
        super().__init__(f"the packaged model annotates this otherwise than the trained one: {text!r}")
        self.text = text


def package(trained: Path, output: Path) -> None:
    """Write the lean copy of ``trained`` to ``output``, replacing what is there but its README.md."""
    nlp = spacy.load(trained)
    nlp.tokenizer = create_tokenizer(nlp)
    _prune_trees(nlp)
    card = output / "README.md"
    kept = card.read_text(encoding="utf-8") if card.exists() else None
    shutil.rmtree(output, ignore_errors=True)
    nlp.to_disk(output)
    (output / "vocab" / "strings.json").write_text(json.dumps(_strings(nlp), ensure_ascii=False), encoding="utf-8")
    meta = json.loads((output / "meta.json").read_text(encoding="utf-8"))
    wanted = {key: meta[key] for key in ("spacy_version", "vectors", "labels", "pipeline", "components", "disabled")}
    (output / "meta.json").write_text(json.dumps(META | wanted, indent=1) + "\n", encoding="utf-8")
    _forget_training(output / "config.cfg")
    if kept is not None:
        card.write_text(kept, encoding="utf-8")
    lean, nlp = spacy.load(output), spacy.load(trained)
    nlp.tokenizer = create_tokenizer(nlp)
    for text in PROBE:
        if _annotation(lean, text) != _annotation(nlp, text):
            raise PackagingError(text)


def _prune_trees(nlp: Language) -> None:
    """Drop the edit trees that no label of the lemmatizer leads to (training leaves one for every odd pair)."""
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    trees = srsly.msgpack_loads(lemmatizer.trees.to_bytes())["trees"]
    places: dict[int, int] = {NO_TREE: NO_TREE}
    kept: list[dict[str, int]] = []

    def keep(number: int) -> int:
        if number not in places:
            node = {key: keep(value) if key.endswith("_tree") else value for key, value in trees[number].items()}
            places[number] = len(kept)
            kept.append(node)
        return places[number]

    lemmatizer.cfg["labels"] = [keep(number) for number in lemmatizer.cfg["labels"]]
    lemmatizer.trees.from_json(kept)


def _strings(nlp: Language) -> list[str]:
    """Return the strings that the lemmatizer's edit trees refer to; the other components bring their own."""
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    trees = srsly.msgpack_loads(lemmatizer.trees.to_bytes())["trees"]
    return sorted({nlp.vocab.strings[node[side]] for node in trees for side in ("orig", "subst") if side in node})


def _forget_training(path: Path) -> None:
    """Drop the sections of a configuration that only training reads (they hold paths of the machine)."""
    config = spacy.util.load_config(path)
    for section in ("paths", "corpora", "training", "pretraining", "initialize"):
        config.pop(section, None)
    config.to_disk(path)


def _annotation(nlp: Language, text: str) -> list[tuple[str, ...]]:
    doc: Doc = nlp(text)
    return [(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.text, t.ent_type_) for t in doc]


@click.command(help=__doc__)
@click.argument("trained", type=click.Path(exists=True, path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
def main(trained: Path, output: Path) -> None:
    package(trained, output)
    click.echo(f"{sum(path.stat().st_size for path in output.rglob('*') if path.is_file()):,} bytes")


if __name__ == "__main__":
    main()
