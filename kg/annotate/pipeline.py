"""The language pipeline: the model that ships with the package, or any installed one with Universal Dependencies."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache, partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from thinc.api import NumpyOps

from kg.annotate import boundaries
from kg.annotate.sentence import Sentence
from kg.errors import UsageError
from kg.model import Block, BlockKind, Document, Entry

OWN_MODEL = Path(__file__).parent / "model"
_UNIVERSAL = {"obl", "nmod", "case", "nsubj"}


@lru_cache(maxsize=2)
def load_pipeline(name: str | None = None) -> Language:
    """Load the pipeline ``name`` (an installed spaCy package or a folder), or the one that ships with the package.

    Raises:
        UsageError: it is not installed, or its parser has other labels than Universal Dependencies.
    """
    try:
        nlp = spacy.load(name or OWN_MODEL)
    except OSError as error:
        raise UsageError(f"--model {name}: no such installed spaCy pipeline or folder ({error})") from error
    labels = set(nlp.pipe_labels.get("parser", ())) if "parser" in nlp.pipe_names else _UNIVERSAL
    if not labels >= _UNIVERSAL:
        raise UsageError(
            f"--model {name}: its parser does not label Universal Dependencies ('obl', 'nmod', 'case' are missing), "
            "which the extraction patterns are written in; take a pipeline trained on a UD treebank"
        )
    nlp.add_pipe(boundaries.NAME, first=True)
    _use_openblas(nlp)
    return nlp


def _use_openblas(nlp: Language) -> None:
    """Matrix products by numpy's OpenBLAS: the same parses, half as fast again (figures in the model's card)."""
    ops = NumpyOps(use_blis=False)
    models = (getattr(component, "model", None) for _, component in nlp.pipeline)
    for model in models:
        for node in model.walk() if model is not None else ():
            node.ops = ops


_PARTS = {"tagger": ("morphologizer", "tagger", "trainable_lemmatizer", "lemmatizer", "ner"), "parser": ("parser",)}
"""The components behind each part that can be switched off."""


@lru_cache(maxsize=8)
def _reduced(name: str | None, without: frozenset[str]) -> Language:
    """The pipeline without some parts; sentences then end at full stops, words are their own lemmas."""
    nlp = spacy.load(name or OWN_MODEL, exclude=[part for key in without for part in _PARTS.get(key, ())])
    if "parser" in without:
        nlp.add_pipe("sentencizer", first=True)
        nlp.tokenizer = partial(_tokenize_afresh, nlp.tokenizer)
    if "tagger" in without:
        nlp.add_pipe("kg_word_as_lemma", last=True)
    _use_openblas(nlp)
    return nlp


def _tokenize_afresh(tokenizer: Tokenizer, text: str) -> Doc:
    """Tokens without the exceptions' traces: where no parser has run, spaCy leaves those without edges and crashes."""
    doc = tokenizer(text)
    return Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])


@Language.component("kg_word_as_lemma")
def _word_as_lemma(doc: Doc) -> Doc:
    for token in doc:
        token.lemma_ = token.lower_
    return doc


def annotate(document: Document, model: str | None = None, without: Collection[str] = ()) -> list[Sentence]:
    """Parse every block of a document that carries prose; sentences never run over a block's end.

    ``without`` names parts of the pipeline to switch off: see :func:`kg.extract.extract`.
    """
    nlp = load_pipeline(model)
    if not _PARTS.keys().isdisjoint(without):
        nlp = _reduced(model, frozenset(without))
    work = [
        (document.text[block.span.start : block.span.end], (entry, block))
        for entry in document.entries
        for block in entry.blocks
        if block.kind is not BlockKind.CREDIT
    ]
    return [s for doc, (entry, block) in nlp.pipe(work, as_tuples=True) for s in _sentences(doc, entry, block)]


def _sentences(doc: Doc, entry: Entry, block: Block) -> Iterator[Sentence]:
    for tokens in doc.sents:
        while len(tokens) and tokens[0].is_space:
            tokens = tokens[1:]
        while len(tokens) and tokens[-1].is_space:
            tokens = tokens[:-1]
        if len(tokens):
            yield Sentence(entry, block, tokens, block.span.start)
