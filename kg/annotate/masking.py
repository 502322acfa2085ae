"""A second parse in which every name is one plain word: what the parser never saw cannot lead it astray.

Names of companies, apps and festivals are what a treebank holds least of ("Target, Kohl’s and Gap", "11.11"). Once
the mentions of a document are known, each sentence that relations are read from is parsed again with a frequent
word of the same kind in the place of each mention; tags and heads are carried back to the original tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate.pipeline import load_pipeline
from kg.annotate.sentence import Sentence
from kg.model import Span

Masks = Mapping[Span, str]
"""The word that stands for the characters of each mention in the second parse."""


def parse_masked(sentences: Sequence[Sentence], masks: Sequence[Masks], model: str | None = None) -> list[Sentence]:
    """The sentences with the parse of their masked words; the characters and their places are the same.

    ``masks`` holds one mapping for each sentence; a sentence without masks is returned as it is. Masks that overlap
    an earlier, or at the same place a longer one are left out.
    """
    nlp = load_pipeline(model)
    layouts = [_layout(s, m) if m else None for s, m in zip(sentences, masks, strict=True)]
    docs = iter(_parsed(nlp, [(s, x) for s, x in zip(sentences, layouts, strict=True) if x]))
    return [_rebuilt(s, x, next(docs)) if x else s for s, x in zip(sentences, layouts, strict=True)]


_Layout = list[tuple[int, int, str]]
"""For each word of the masked sentence: its first and last token (indices in the sentence) and its text."""


def _layout(sentence: Sentence, masks: Masks) -> _Layout:
    starts = {sentence.offset + t.idx: k for k, t in enumerate(sentence.tokens)}
    ends = {sentence.offset + t.idx + len(t.text): k for k, t in enumerate(sentence.tokens)}
    layout: _Layout = []
    for span, word in sorted(masks.items(), key=lambda item: (item[0].start, -item[0].end)):
        first, last = starts.get(span.start), ends.get(span.end)
        done = layout[-1][1] + 1 if layout else 0
        if first is None or last is None or first < done:
            continue
        layout += [(k, k, sentence.tokens[k].text) for k in range(done, first)]
        layout.append((first, last, word))
    done = layout[-1][1] + 1 if layout else 0
    return layout + [(k, k, sentence.tokens[k].text) for k in range(done, len(sentence.tokens))]


def _parsed(nlp: Language, work: Sequence[tuple[Sentence, _Layout]]) -> Iterator[Doc]:
    def docs() -> Iterator[Doc]:
        for sentence, layout in work:
            words = [word for _, _, word in layout]
            spaces = [bool(sentence.tokens[last].whitespace_) for _, last, _ in layout]
            yield Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=[k == 0 for k in range(len(words))])

    yield from nlp.pipe(docs())


def _root(sentence: Sentence, first: int, last: int) -> int:
    """The word of a mention that the others hang on: the noun that the first parse made its head, else the last."""
    start = sentence.tokens.start
    heads = [i for i in range(first, last + 1) if not first <= sentence.tokens[i].head.i - start <= last]
    nouns = [i for i in heads if sentence.tokens[i].pos_ in {"NOUN", "PROPN"}]
    return nouns[0] if nouns else last


def _rebuilt(sentence: Sentence, layout: _Layout, masked: Doc) -> Sentence:
    tokens = sentence.tokens
    place = {k: _root(sentence, first, last) for k, (first, last, _) in enumerate(layout)}
    pos, deps, lemmas, tags = ([""] * len(tokens) for _ in range(4))
    heads = [0] * len(tokens)
    for k, (first, last, _) in enumerate(layout):
        own = masked[k]
        for i in range(first, last + 1):
            source: Token = own if first == last else tokens[i]
            pos[i], tags[i] = source.pos_, source.tag_
            lemmas[i] = own.lemma_ if own.text == tokens[i].text else tokens[i].lemma_
            heads[i], deps[i] = (place[own.head.i], own.dep_) if i == place[k] else (place[k], "flat")
    doc = Doc(
        masked.vocab, words=[t.text for t in tokens], spaces=[bool(t.whitespace_) for t in tokens], pos=pos, tags=tags,
        lemmas=lemmas, heads=heads, deps=deps, sent_starts=[k == 0 for k in range(len(tokens))],
    )  # fmt: skip
    return replace(sentence, tokens=doc[:], offset=sentence.offset + tokens[0].idx)
