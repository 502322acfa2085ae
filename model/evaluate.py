"""Measure a model on the treebanks: ``python -m model.evaluate MODEL --json FILE``.

Gold tokens are replaced by the model's own tokenization: the plain text of the treebank (in documents of whole
paragraphs, about 250 words each, paragraphs parted by an empty line) goes through the pipeline and words are compared
by their place in the text, as in the CoNLL 2018 shared task: precision over the model's words, recall over gold words,
F their harmonic mean. A word with a wrong boundary is wrong in everything. White space is not counted. A sentence
counts when both its ends are right, an attachment when the head word is the same stretch of text; ``LAS`` compares
whole labels with their subtypes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import click
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from model.blas import use_openblas
from model.convert import TREEBANKS as TREEBANK_NAMES
from model.convert import convert_file
from model.train import TREEBANKS

Key = tuple[int | str, ...]
Facts = Callable[[Doc], set[Key]]


@dataclass(frozen=True)
class Score:
    """Precision, recall and their harmonic mean, in per cent."""

    precision: float
    recall: float
    f: float


@dataclass
class Counts:
    """How many facts were right, gold and found; filled document by document."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def add(self, gold: set[Key], found: set[Key]) -> None:
        self.right += len(gold & found)
        self.gold += len(gold)
        self.found += len(found)

    def score(self) -> Score:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        both = precision + recall
        f = 2 * precision * recall / both if both else 0.0
        return Score(*(round(100 * value, 2) for value in (precision, recall, f)))


def span(token: Token) -> tuple[int, int]:
    """Return the half-open span of a token in code points."""
    return token.idx, token.idx + len(token)


def words(doc: Doc) -> Iterable[Token]:
    """Yield the tokens that are not white space."""
    return (token for token in doc if not token.is_space)


def sentences(doc: Doc) -> set[Key]:
    """Return the ends of each sentence, without white space around it."""
    ends: set[Key] = set()
    for sentence in doc.sents:
        inner = [token for token in sentence if not token.is_space]
        if inner:
            ends.add((inner[0].idx, span(inner[-1])[1]))
    return ends


def _head(token: Token) -> tuple[int, int]:
    return (-1, -1) if token.head.i == token.i else span(token.head)


MEASURES: Final[dict[str, Facts]] = {
    "words": lambda doc: {span(t) for t in words(doc)},
    "sentences": sentences,
    "pos": lambda doc: {(*span(t), t.pos_) for t in words(doc)},
    "morph": lambda doc: {(*span(t), str(t.morph)) for t in words(doc)},
    "lemma": lambda doc: {(*span(t), t.lemma_) for t in words(doc)},
    "uas": lambda doc: {(*span(t), *_head(t)) for t in words(doc)},
    "las": lambda doc: {(*span(t), *_head(t), t.dep_) for t in words(doc)},
    "las_basic": lambda doc: {(*span(t), *_head(t), t.dep_.split(":")[0]) for t in words(doc)},
}


def names(label: str | None = None) -> Facts:
    """Return the measure for named entities, of one label or of all."""
    return lambda doc: {(e.start_char, e.end_char, e.label_) for e in doc.ents if label is None or e.label_ == label}


def evaluate(nlp: Language, path: Path, *, with_entities: bool) -> dict[str, Score]:
    """Score ``nlp`` on one CoNLL-U file."""
    gold = list(convert_file(path, nlp.vocab, with_entities=with_entities))
    measures = dict(MEASURES)
    if with_entities:
        measures["names"] = names()
        measures |= {f"names {label}": names(label) for label in sorted({e.label_ for doc in gold for e in doc.ents})}
    counts = {name: Counts() for name in measures}
    for reference, doc in zip(gold, nlp.pipe(doc.text for doc in gold), strict=True):
        for name, facts in measures.items():
            counts[name].add(facts(reference), facts(doc))
    return {name: count.score() for name, count in counts.items()}


def speed(nlp: Language, paths: Iterable[Path]) -> float:
    """Return words a second of ``nlp.pipe`` over running text seen once, one paragraph group a document."""
    texts = [doc.text for path in paths for doc in convert_file(path, nlp.vocab, with_entities=False)]
    list(nlp.pipe(texts[:5]))
    started = time.perf_counter()
    total = sum(sum(1 for _ in words(doc)) for doc in nlp.pipe(texts))
    return total / (time.perf_counter() - started)


def measure(model: Path, treebanks: Path, split: str) -> dict[str, object]:
    """Return all figures of a model: scores by treebank, speed in words a second, size in bytes."""
    nlp = spacy.load(model)
    scores = {
        name: {
            key: asdict(score)
            for key, score in evaluate(
                nlp, treebanks / f"{name}-{split}.conllu.xz", with_entities=name == "gum"
            ).items()
        }
        for name in TREEBANK_NAMES
    }
    paths = [treebanks / f"{name}-{split}.conllu.xz" for name in TREEBANK_NAMES]
    plain = max(speed(spacy.load(model), paths) for _ in range(3))
    use_openblas()
    fast = max(speed(spacy.load(model), paths) for _ in range(3))
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file() and path.suffix != ".md")
    return {
        "split": split,
        "scores": scores,
        "words_per_second": round(plain),
        "words_per_second_openblas": round(fast),
        "bytes": size,
    }


@click.command(help=__doc__)
@click.argument("model", type=click.Path(exists=True, path_type=Path))
@click.option("--treebanks", type=click.Path(exists=True, path_type=Path), default=TREEBANKS, show_default=True)
@click.option("--split", type=click.Choice(["dev", "test"]), default="test", show_default=True)
@click.option("--json", "target", type=click.Path(path_type=Path), help="File for the figures.")
def main(model: Path, treebanks: Path, split: str, target: Path | None) -> None:
    figures = measure(model, treebanks, split)
    text = json.dumps(figures, indent=2)
    if target is not None:
        target.write_text(text + "\n", encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
