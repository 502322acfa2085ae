"""Train the pipeline: ``python -m model.train --treebanks FOLDER --work FOLDER --output FOLDER``.

The loop is spaCy's own (update, average, evaluate, keep the best) with a learning rate that falls in a straight line
to zero over ``--steps``. ``--minutes`` bounds the wall-clock time: when it would run out first, the rate falls with
the clock instead, and the result then depends on the machine's speed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.util import load_config, registry
from thinc.api import Optimizer, fix_random_seed

from kg.annotate.tokenizer import create_tokenizer
from model.augment import augment
from model.blas import use_openblas
from model.convert import write_corpus

CONFIG: Final = Path(__file__).with_name("config.cfg")
TREEBANKS: Final = Path("../shared/treebank")
MAIN_SCORES: Final = {"pos_acc": 0.2, "dep_uas": 0.15, "dep_las": 0.4, "sents_f": 0.1, "lemma_acc": 0.05, "ents_f": 0.1}


@dataclass(frozen=True)
class Plan:
    """How long to train and how: steps, minutes (0: no limit), rate, words a batch, dropout, steps per evaluation."""

    steps: int
    minutes: float
    rate: float
    words: int
    dropout: float
    evaluate_every: int
    augmented: float
    seed: int


@registry.callbacks("kg.tokenizer")  # type: ignore[untyped-decorator]
def replace_tokenizer() -> Any:
    """Return the callback by which the configuration asks for our tokenizer."""

    def replace(nlp: Language) -> None:
        nlp.tokenizer = create_tokenizer(nlp)

    return replace


def prepare(treebanks: Path, work: Path, seed: int) -> None:
    """Write ``train.spacy``, ``dev.spacy`` and ``test.spacy`` into ``work`` unless they are there."""
    work.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("en").vocab
    for split in ("train", "dev", "test"):
        if not (work / f"{split}.spacy").exists():
            write_corpus(treebanks, split, work / f"{split}.spacy", vocab, seed)


def initialize(work: Path, vectors: Path | None) -> Language:
    """Return the untrained pipeline, its labels read from the training corpus."""
    overrides: dict[str, Any] = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
    if vectors is not None:
        overrides["paths.vectors"] = str(vectors)
        overrides["components.tok2vec.model.embed.include_static_vectors"] = True
    use_openblas()
    return init_nlp(load_config(CONFIG, overrides=overrides))


def train(nlp: Language, work: Path, output: Path, plan: Plan) -> None:
    """Train ``nlp`` in place and save the best averaged state to ``output``."""
    fix_random_seed(plan.seed)
    docs = list(DocBin().from_disk(work / "train.spacy").get_docs(nlp.vocab))
    dev = [_example(nlp, doc) for doc in DocBin().from_disk(work / "dev.spacy").get_docs(nlp.vocab)]
    optimizer: Optimizer = registry.resolve(nlp.config.interpolate()["training"])["optimizer"]
    nlp.resume_training(sgd=optimizer)
    started = time.monotonic()
    best = -1.0
    losses: dict[str, float] = {}
    for step, batch in enumerate(_batches(nlp, docs, plan)):
        progress = step / plan.steps
        if plan.minutes:
            progress = max(progress, (time.monotonic() - started) / (60 * plan.minutes))
        optimizer.learn_rate = plan.rate * min(1.0, (step + 1) / 100) * max(0.01, 1 - progress)
        nlp.update(batch, sgd=optimizer, losses=losses, drop=plan.dropout)
        if progress >= 1 or (step and step % plan.evaluate_every == 0):
            best = _keep_best(nlp, optimizer, dev, output, best, step, time.monotonic() - started)
            losses = {}
        if progress >= 1:
            return


def _keep_best(
    nlp: Language, optimizer: Optimizer, dev: list[Example], output: Path, best: float, step: int, seconds: float
) -> float:
    with nlp.use_params(optimizer.averages):
        scores = nlp.evaluate([Example(nlp.make_doc(eg.reference.text), eg.reference) for eg in dev], batch_size=64)
        total = sum(weight * (scores.get(name) or 0.0) for name, weight in MAIN_SCORES.items())
        shown = " ".join(f"{name}={100 * (scores.get(name) or 0.0):.2f}" for name in (*MAIN_SCORES, "morph_acc"))
        click.echo(f"step {step} {seconds:.0f} s {shown} speed={scores['speed']:.0f} total={100 * total:.2f}")
        if total > best:
            nlp.to_disk(output)
    return max(best, total)


def _example(nlp: Language, doc: Doc) -> Example:
    return Example(nlp.make_doc(doc.text), doc)


def _batches(nlp: Language, docs: list[Doc], plan: Plan) -> Iterator[list[Example]]:
    """Yield shuffled, augmented batches of about ``plan.words`` words for ever."""
    rng = random.Random(plan.seed)
    while True:
        rng.shuffle(docs)
        batch: list[Example] = []
        size = 0
        for doc in docs:
            changed = augment(doc, rng) if rng.random() < plan.augmented else doc
            batch.append(_example(nlp, changed))
            size += len(changed)
            if size >= plan.words:
                yield batch
                batch, size = [], 0


@click.command(help=__doc__)
@click.option("--treebanks", type=click.Path(path_type=Path), default=TREEBANKS, show_default=True)
@click.option("--work", type=click.Path(path_type=Path), required=True, help="Folder for the converted corpora.")
@click.option("--output", type=click.Path(path_type=Path), required=True, help="Folder the model is written to.")
@click.option("--vectors", type=click.Path(path_type=Path), help="Folder made by model.vectors.")
@click.option("--steps", default=12000, show_default=True)
@click.option("--minutes", default=0.0, show_default=True)
@click.option("--rate", default=0.0025, show_default=True)
@click.option("--words", default=800, show_default=True)
@click.option("--dropout", default=0.2, show_default=True)
@click.option("--evaluate-every", default=600, show_default=True)
@click.option("--augmented", default=0.35, show_default=True, help="Share of the documents changed in each round.")
@click.option("--seed", default=11, show_default=True)
def main(treebanks: Path, work: Path, output: Path, vectors: Path | None, **options: Any) -> None:
    plan = Plan(**options)
    prepare(treebanks, work, plan.seed)
    nlp = initialize(work, vectors)
    train(nlp, work, output, plan)


if __name__ == "__main__":
    main()
