"""Treebank documents to spaCy documents: words, tags, features, lemmas, trees and names.

The reference documents keep the treebanks' own words. In training spaCy tokenizes their text anew and aligns the two,
so the pipeline learns on the tokens it will see.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from model.conllu import Sentence, Word, documents, paragraphs, parse_file
from model.entities import named_spans

TREEBANKS: Final = ("ewt", "gum")
PARAGRAPH_BREAK: Final = "\n\n"
LEFT_OUT: Final = frozenset({"Abbr", "ExtPos", "Foreign", "NumForm", "Style", "Typo", "CorrectForm", "Gender"})
"""Features that describe spelling, or what the lemma says already."""


def convert_file(path: Path, vocab: Vocab, *, with_entities: bool, words: int = 250) -> Iterator[Doc]:
    """Yield documents of whole paragraphs, of about ``words`` words at most where paragraphs allow."""
    for document in documents(parse_file(path)):
        for group in _groups(paragraphs(document), words):
            yield to_doc(group, vocab, with_entities=with_entities)


def convert_pieces(path: Path, vocab: Vocab, *, with_entities: bool, words: int = 80) -> Iterator[Doc]:
    """Yield documents for training, of about ``words`` words at most; longer paragraphs are cut between sentences.

    Short pieces train twice as fast: spaCy's parser works out an oracle for what is longer than 100 words.
    """
    for document in documents(parse_file(path)):
        parts = (piece for paragraph in paragraphs(document) for piece in _pieces(paragraph, words))
        for group in _groups(parts, words):
            yield to_doc(group, vocab, with_entities=with_entities)


def _pieces(paragraph: tuple[Sentence, ...], words: int) -> Iterator[tuple[Sentence, ...]]:
    piece: list[Sentence] = []
    size = 0
    for sentence in paragraph:
        if piece and size + len(sentence.words) > words:
            yield tuple(piece)
            piece, size = [], 0
        piece.append(sentence)
        size += len(sentence.words)
    if piece:
        yield tuple(piece)


def _groups(parts: Iterable[tuple[Sentence, ...]], words: int) -> Iterator[list[tuple[Sentence, ...]]]:
    """Collect parts as long as they have at most ``words`` words together."""
    group: list[tuple[Sentence, ...]] = []
    size = 0
    for part in parts:
        length = sum(len(sentence.words) for sentence in part)
        if group and size + length > words:
            yield group
            group, size = [], 0
        group.append(part)
        size += length
    if group:
        yield group


def to_doc(group: list[tuple[Sentence, ...]], vocab: Vocab, *, with_entities: bool) -> Doc:
    """Build one document; paragraphs are parted by a white-space token holding ``PARAGRAPH_BREAK``."""
    forms: list[str] = []
    spaces: list[bool] = []
    pos: list[str] = []
    morphs: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    ents: list[str] = []
    for number, paragraph in enumerate(group):
        if number:
            spaces[-1] = False
            forms.append(PARAGRAPH_BREAK)
            spaces.append(False)
            pos.append("SPACE")
            morphs.append("")
            lemmas.append(PARAGRAPH_BREAK)
            heads.append(len(heads) - 1)
            deps.append("dep")
            ents.append("O")
        for sentence in paragraph:
            offset = len(forms)
            ents.extend(_bilou(sentence))
            for word in sentence.words:
                forms.append(word.form)
                spaces.append(word.space)
                pos.append(word.upos)
                morphs.append(features(word))
                lemmas.append(word.lemma)
                heads.append(offset + word.head)
                deps.append("ROOT" if word.deprel == "root" else word.deprel)
    return Doc(
        vocab,
        words=forms,
        spaces=spaces,
        pos=pos,
        morphs=morphs,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
        ents=ents if with_entities else None,
    )


def features(word: Word) -> str:
    """Return the features a reader can tell from the word: agreement stays only where the form shows it."""
    kept = {name: value for name, value in word.feats.items() if name not in LEFT_OUT}
    if word.upos in {"VERB", "AUX"} and word.lemma != "be" and kept.get("VerbForm") == "Fin" and word.xpos != "VBZ":
        kept.pop("Number", None)
        kept.pop("Person", None)
    return "|".join(f"{name}={value}" for name, value in sorted(kept.items()))


def _bilou(sentence: Sentence) -> list[str]:
    tags = ["O"] * len(sentence.words)
    for span in named_spans(sentence):
        tags[span.start] = f"B-{span.label}"
        for index in range(span.start + 1, span.end):
            tags[index] = f"I-{span.label}"
    return tags


def write_corpus(folder: Path, split: str, target: Path, vocab: Vocab, seed: int = 0) -> int:
    """Convert one split of both treebanks to a ``.spacy`` file, shuffled for training; return how many documents."""
    docs: list[Doc] = []
    convert = convert_pieces if split == "train" else convert_file
    for name in TREEBANKS:
        docs.extend(convert(folder / f"{name}-{split}.conllu.xz", vocab, with_entities=name == "gum"))
    if split == "train":
        random.Random(seed).shuffle(docs)
    DocBin(docs=docs, store_user_data=False).to_disk(target)
    return len(docs)
