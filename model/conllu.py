"""CoNLL-U files as frozen values: words, multi-word tokens, sentences, paragraphs, documents.

Format: https://universaldependencies.org/format.html. Empty nodes (``8.1``) and enhanced dependencies are skipped.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Word:
    """One syntactic word.

    ``form`` is the stretch of the text the word covers (for a part of a multi-word token: its share of the surface
    form); ``head`` is the 0-based index of the head in the sentence, the word's own index for the root; ``space``
    says whether a blank follows.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: dict[str, str] = field(hash=False)
    head: int
    deprel: str
    space: bool
    misc: dict[str, str] = field(hash=False)


@dataclass(frozen=True)
class Sentence:
    """A sentence: its words and whether a paragraph or a document begins with it."""

    words: tuple[Word, ...]
    starts_paragraph: bool
    starts_document: bool


class ConlluError(ValueError):
    """A line that is not CoNLL-U."""

    def __init__(self, line: str) -> None:
        super().__init__(f"not a CoNLL-U token line (10 tab-separated columns expected): {line!r}")
        self.line = line


def parse_file(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a ``.conllu`` or ``.conllu.xz`` file."""
    opener = lzma.open if path.suffix == ".xz" else open
    comments: list[str] = []
    rows: list[list[str]] = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("#"):
                comments.append(line[1:].strip())
            elif line:
                rows.append(_columns(line))
            elif rows:
                yield _sentence(comments, rows)
                comments, rows = [], []
    if rows:
        yield _sentence(comments, rows)


def documents(sentences: Iterator[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Group sentences into the treebank's documents."""
    group: list[Sentence] = []
    for sentence in sentences:
        if sentence.starts_document and group:
            yield tuple(group)
            group = []
        group.append(sentence)
    if group:
        yield tuple(group)


def paragraphs(document: tuple[Sentence, ...]) -> Iterator[tuple[Sentence, ...]]:
    """Group the sentences of one document into its paragraphs."""
    group: list[Sentence] = []
    for sentence in document:
        if sentence.starts_paragraph and group:
            yield tuple(group)
            group = []
        group.append(sentence)
    if group:
        yield tuple(group)


def _columns(line: str) -> list[str]:
    row = line.split("\t")
    if len(row) != 10:
        raise ConlluError(line)
    return row


def _sentence(comments: list[str], rows: list[list[str]]) -> Sentence:
    document = any(comment.startswith("newdoc") for comment in comments)
    paragraph = document or any(comment.split(" ")[0] == "newpar" for comment in comments)
    return Sentence(tuple(_words(rows)), paragraph, document)


def _words(rows: list[list[str]]) -> Iterator[Word]:
    """Yield words, giving each part of a multi-word token its share of the surface form."""
    surface: dict[int, tuple[str, bool]] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = (int(part) for part in row[0].split("-"))
            parts = [other[1] for other in rows if other[0].isdigit() and first <= int(other[0]) <= last]
            shares = _shares(row[1], parts)
            blank = "SpaceAfter=No" not in row[9]
            for offset, share in enumerate(shares):
                surface[first + offset] = (share, blank and offset == len(shares) - 1)
    for row in rows:
        if row[0].isdigit():
            number = int(row[0])
            misc = _pairs(row[9])
            form, blank = surface.get(number, (row[1], misc.get("SpaceAfter") != "No"))
            head = int(row[6])
            yield Word(
                form=form,
                lemma=row[2],
                upos=row[3],
                xpos=row[4],
                feats=_pairs(row[5]),
                head=head - 1 if head else number - 1,
                deprel=row[7],
                space=blank,
                misc=misc,
            )


def _shares(surface: str, parts: list[str]) -> list[str]:
    """Cut ``surface`` into as many non-empty pieces as there are parts, at the parts' lengths as far as they go."""
    pieces: list[str] = []
    rest = surface
    for index, part in enumerate(parts):
        remaining = len(parts) - index - 1
        cut = len(rest) if not remaining else max(1, min(len(part), len(rest) - remaining))
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return pieces


def _pairs(column: str) -> dict[str, str]:
    if column == "_":
        return {}
    return dict(pair.split("=", 1) for pair in column.split("|") if "=" in pair)
