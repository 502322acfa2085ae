"""The language model that ships with the package, and its tokenizer."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.tokenizer import create_tokenizer
from model.augment import augment
from model.conllu import ConlluError, parse_file
from model.convert import convert_file
from model.entities import Span, named_spans

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "kg" / "annotate" / "model"
UPOS = {"ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT"} | {
    *("SCONJ", "SYM", "VERB", "X", "SPACE")
}
NAMES = {"PERSON", "ORG", "PLACE", "EVENT", "PRODUCT", "DATE", "MISC"}

WHOLE = "11.11 6.18 3D 5G 4K e-commerce co-founder 540.3 18,400 2021-11-11 11/11 1930s U.S. Nov. Wed. zàijiàn L’Oréal"

BLANK = spacy.blank("en")
BLANK.tokenizer = create_tokenizer(BLANK)
PRESS = st.text(
    alphabet=st.sampled_from(list("aeXR MBUS$€£%.,:;-–—'’‘“”\"()[]/0123456789gkpm\n\t…!?&°éß中")), max_size=60
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(MODEL)


@settings(max_examples=300, deadline=None)
@given(st.one_of(PRESS, st.text(max_size=60)))
def test_tokenizer_keeps_text_and_offsets(text: str) -> None:
    doc = BLANK.make_doc(text)
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@given(st.integers(1, 9_999_999), st.sampled_from(["RMB", "US$", "HK$", "$", "€", "£", "¥", "USD"]))
def test_currency_comes_off_its_amount(amount: int, currency: str) -> None:
    for figure in (str(amount), f"{amount:,}", f"{amount / 10:.1f}"):
        assert [t.text for t in BLANK.make_doc(f"{currency}{figure} billion")] == [currency, figure, "billion"]


@given(st.text(alphabet="abcdefghijklm", min_size=2, max_size=8), st.sampled_from('—–“”"'))
def test_dashes_and_quotes_come_off_words(word: str, mark: str) -> None:
    assert mark in [t.text for t in BLANK.make_doc(f"zz{word}{mark}zz{word}")]
    assert [t.text for t in BLANK.make_doc(f"{mark}zz{word}{mark}")][::2] == [mark, mark]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("RMB540.3", "RMB 540.3"),
        ("US$15.7", "US$ 15.7"),
        ("$84.5", "$ 84.5"),
        ("$1-$2", "$ 1 - $ 2"),
        ("18400g", "18400 g"),
        ("7:30pm", "7:30 pm"),
        ("30%", "30 %"),
        ("100km/h", "100 km/h"),
        ("US$1bn", "US$ 1 bn"),
        ("John’s", "John ’s"),
        ("John's", "John 's"),
        ("brands’", "brands ’"),
        ("don’t", "do n’t"),
        ("can't", "ca n't"),
        ("said—that", "said — that"),
        ("“We’re", "“ We ’re"),
        ("ready-to-wear", "ready - to - wear"),
        ("24-hour", "24 - hour"),
        ("85%-95%", "85 % - 95 %"),
        ("10am–5pm", "10 am – 5 pm"),
        ("RMB500-RMB600", "RMB 500 - RMB 600"),
        ("100RMB", "100 RMB"),
        ("Nov.11", "Nov. 11"),
        *[(whole, whole) for whole in WHOLE.split()],
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert [t.text for t in BLANK.make_doc(text)] == tokens.split(" ")


def test_model_uses_the_tokenizer(nlp: Language) -> None:
    text = "RMB540.3 billion ($84.5 billion) during 11.11—“John’s” e-commerce, 18400g at 7:30pm; don't."
    assert [t.text for t in nlp.make_doc(text)] == [t.text for t in BLANK.make_doc(text)]


def test_model_is_small_and_licensed() -> None:
    files = [path for path in MODEL.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 15_000_000
    card = (MODEL / "README.md").read_text(encoding="utf-8")
    for part in ("CC BY-SA 4.0", "Silveira", "Zeldes", "{{"):
        assert (part in card) is (part != "{{")
    assert json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))["license"] == "CC BY-SA 4.0"


def test_model_files_name_no_machine_path() -> None:
    for name in ("config.cfg", "meta.json", "README.md"):
        assert "/work" not in (MODEL / name).read_text(encoding="utf-8")


def test_labels(nlp: Language) -> None:
    parser: Any = nlp.get_pipe("parser")
    assert {"nsubj", "obj", "obl", "nmod:poss", "nsubj:pass", "acl:relcl", "appos", "conj"} <= set(parser.labels)
    assert not {"dobj", "pobj", "nsubjpass", "prep"} & set(parser.labels)
    recogniser: Any = nlp.get_pipe("ner")
    assert set(recogniser.labels) == NAMES
    morphologizer: Any = nlp.get_pipe("morphologizer")
    tags = {part[4:] for label in morphologizer.labels for part in label.split("|") if part.startswith("POS=")}
    assert tags <= UPOS


def test_annotation(nlp: Language) -> None:
    doc = nlp("The company was founded by Jane Smith in London. Its sales rose to $84.5 billion.")
    assert [sentence.text for sentence in doc.sents] == [
        "The company was founded by Jane Smith in London.",
        "Its sales rose to $84.5 billion.",
    ]
    found = {token.text: (token.pos_, token.dep_, token.head.text, token.lemma_) for token in doc}
    assert found["company"] == ("NOUN", "nsubj:pass", "founded", "company")
    assert found["founded"][0:2] == ("VERB", "ROOT")
    assert found["sales"][1:] == ("nsubj", "rose", "sale")
    assert found["rose"][3] == "rise"
    assert ("Jane Smith", "PERSON") in {(e.text, e.label_) for e in doc.ents}
    assert ("London", "PLACE") in {(e.text, e.label_) for e in doc.ents}


def test_card_shows_the_measured_figures() -> None:
    figures = json.loads((ROOT / "model" / "figures.json").read_text(encoding="utf-8"))
    card = (MODEL / "README.md").read_text(encoding="utf-8")
    for bank in ("ewt", "gum"):
        for measure in ("pos", "uas", "las", "sentences"):
            assert f"{figures['scores'][bank][measure]['f']:.1f}" in card


CONLLU = """# newdoc id = one
# newpar
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VB	VerbForm=Inf	3	aux	_	_
2	n't	not	PART	RB	_	3	advmod	_	_
3	see	see	VERB	VB	VerbForm=Inf	0	root	_	_
4	the	the	DET	DT	_	5	det	_	Entity=(1-organization-new-nnnnn-cf1-2-coref-Port_of_Leeds
5	Port	Port	PROPN	NNP	Number=Sing	3	obj	_	_
6	of	of	ADP	IN	_	7	case	_	_
7	Leeds	Leeds	PROPN	NNP	Number=Sing	5	nmod	_	Entity=(2-place-new-nnnnn-cf1-2-coref-Leeds)1)|SpaceAfter=No
8	,	,	PUNCT	,	_	9	punct	_	_
9	he	he	PRON	PRP	Typo=Yes	3	parataxis	_	Entity=(3-person-new-nnnnn-cf1-2-coref)|SpaceAfter=No
10	.	.	PUNCT	.	_	3	punct	_	_

# newpar
1	End	end	NOUN	NN	Number=Sing	0	root	_	_

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "small.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


def test_conversion_keeps_words_trees_and_names(treebank: Path) -> None:
    (doc,) = convert_file(treebank, BLANK.vocab, with_entities=True)
    assert doc.text.startswith("Don't see the Port of Leeds, he.\n\nEnd")
    assert [token.text for token in doc[:3]] == ["Do", "n't", "see"]
    assert [(token.dep_, token.head.text) for token in doc[2:5]] == [("ROOT", "see"), ("det", "Port"), ("obj", "see")]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Port of Leeds", "ORG")]
    assert [len(sentence) for sentence in doc.sents] == [11, 1]
    assert str(doc[8].morph) == ""


def test_names_are_outermost_and_proper(treebank: Path) -> None:
    assert named_spans(next(parse_file(treebank))) == (Span(4, 7, "ORG"),)


def test_other_formats_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text("1\tonly three\tcolumns\n", encoding="utf-8")
    with pytest.raises(ConlluError, match="10 tab-separated columns"):
        list(parse_file(path))


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_augmented_documents_keep_their_trees(seed: int) -> None:
    words = ["The", "“", "Port", "”", "paid", "$", "5", ",", "he", "said", "-", "twice", "."]
    heads = [2, 2, 4, 2, 4, 6, 4, 9, 9, 4, 11, 9, 4]
    deps = [
        "det",
        "punct",
        "nsubj",
        "punct",
        "ROOT",
        "compound",
        "obj",
        "punct",
        "nsubj",
        "parataxis",
        "punct",
        "advmod",
        "punct",
    ]
    pos = ["DET", "PUNCT", "PROPN", "PUNCT", "VERB", "SYM", "NUM", "PUNCT", "PRON", "VERB", "PUNCT", "ADV", "PUNCT"]
    spaces = [word not in "“$" and word not in {"Port", "5"} for word in words]
    doc = Doc(BLANK.vocab, words=words, spaces=spaces, pos=pos, heads=heads, deps=deps, lemmas=words)
    changed = augment(doc, random.Random(seed))
    assert [token.dep_ for token in changed] == deps[: len(changed)]
    assert [token.head.i for token in changed] == heads[: len(changed)]
    assert len(doc) - len(changed) in (0, 1)
    assert augment(doc, random.Random(seed)).text == changed.text
