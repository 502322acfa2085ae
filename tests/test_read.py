"""Reading: made-up pages in every format, what cannot be read, and the properties every document has."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError, UsageError
from kg.model import BlockKind, Document
from kg.read import read_sources, read_text
from kg.resources import corpus_path

BLOG = """The Harbour Fair 2031, Live

Main Content

The fair opens its gates once more.

12:47 CST, May 8, Lakeside

Gates Close

The last visitors have left the quay.

A quay by night
Lanterns over the water. Photo credit: Fair Office

09:00 EST, May 7, Old Town

Today the ships come in, and nobody knows how many there will be on the water this year.

· First ship
· Second ship
Reuse this content
"""
SHARED = Path(__file__).parents[2] / "shared"


def keys(document: Document) -> list[str]:
    return [entry.key for entry in document.entries]


def kinds(document: Document, entry: int) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.entries[entry].blocks]


def test_live_blog_blocks_and_times() -> None:
    document = read_text(BLOG, name="fair")
    assert document.kind == "liveblog"
    assert keys(document) == ["intro", "2031-05-08T12:47+08:00", "2031-05-07T09:00-05:00"]
    assert document.entries[0].day == date(2031, 5, 7)
    assert document.entries[1].dateline == "Lakeside"
    assert kinds(document, 1) == [
        ("headline", "Gates Close"),
        ("paragraph", "The last visitors have left the quay."),
        ("caption", "A quay by night"),
        ("caption", "Lanterns over the water."),
        ("credit", "Photo credit: Fair Office"),
    ]
    assert kinds(document, 2)[1:] == [("item", "First ship"), ("item", "Second ship")]
    assert document.entries[2].headline is None
    assert [span.of(document.text) for span in document.boilerplate] == ["Main Content", "Reuse this content"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("15:45 CST, Nov. 16, Hillside", "9:00 CST, November 11, Port", ["11-16T15:45+08:00", "11-11T09:00+08:00"]),
        ("Sunday, Nov. 10, 2030\n\n10:32 p.m.", "9:05 p.m.", ["11-10T22:32+08:00", "11-10T21:05+08:00"]),
        ("2030-11-12T10:30:00Z", "2030-11-11T10:30+02:00", ["11-12T10:30+00:00", "11-11T10:30+02:00"]),
        ("16 Nov 2030, 10:30 GMT", "15 Nov 2030 at 9 am PST", ["11-16T10:30+00:00", "11-15T09:00-08:00"]),
        ("10:30 UTC+2, Nov 3", "10:30 UTC+2, Nov 3", ["11-03T10:30+02:00", "11-03T10:30+02:00#2"]),
    ],
)
def test_timestamp_forms(first: str, second: str, expected: list[str]) -> None:
    text = f"Fair 2030\n\n{first}\n\nA thing was done.\n\n{second}\n\nAnother thing was done.\n"
    document = read_text(text, name="fair")
    assert [key.removeprefix("2030-") for key in keys(document)[1:]] == expected


def test_inline_times_newest_first_cross_midnight() -> None:
    text = (
        "Fair Watch\n\nThe 2030 Harbour Fair began today, May 7.\n\n12:00 a.m. CST … The 2030 Harbour Fair is over.\n\n"
        "11:50 p.m. CST … Nearly over.\n\n9:30 p.m. CST … Ships came in.\n"
    )
    document = read_text(text, name="watch")
    assert keys(document)[1:] == ["2030-05-08T00:00+08:00", "2030-05-07T23:50+08:00", "2030-05-07T21:30+08:00"]
    assert kinds(document, 1) == [("paragraph", "The 2030 Harbour Fair is over.")]


def test_timezone_and_published_decide() -> None:
    text = BLOG.replace(" 2031", "")
    with pytest.raises(SourceError, match="--published"):
        read_text(text, name="fair")
    document = read_text(text, name="fair", published=date(2029, 5, 1), timezone="America/Chicago")
    assert keys(document)[1:] == ["2029-05-08T12:47-05:00", "2029-05-07T09:00-05:00"]
    with pytest.raises(UsageError, match="Nowhere"):
        read_text(BLOG, name="fair", timezone="Nowhere/Town")


def test_the_year_is_never_guessed() -> None:
    text = "Fair Live\n\n{}\n\n10:30 CST, May 8\n\nShips came.\n\n9:30 CST, May 8\n\nGates opened.\n"
    with pytest.raises(SourceError, match="which year"):
        read_text(text.format("It began in 2009, before the 2012 River Games."), name="fair")
    document = read_text(text.format("It began in 2009, on Friday, May 8."), name="fair")
    assert keys(document)[1] == "2009-05-08T10:30+08:00"


@pytest.mark.parametrize("line", ["July 21, 2031", "Sunday, 21 July 2031", "2031-07-21", "Published: July 21, 2031"])
def test_article_dates(line: str) -> None:
    document = read_text(f"{line}\n\nShips Return\n\nThey came back on Monday.\n", name="ships")
    assert (document.kind, document.title, keys(document)) == ("article", "Ships Return", ["2031-07-21"])
    assert kinds(document, 0) == [("headline", "Ships Return"), ("paragraph", "They came back on Monday.")]
    assert keys(read_text("Ships Return\n\nThey came back.", name="ships")) == ["intro"]


HTML = """<html><head><title>Fair</title><link rel="canonical" href="https://example.org/fair"></head><body>
<nav>Home</nav><h1>Harbour Fair</h1><p>Welcome &amp; good day.</p>
<article><h2>Gates Close</h2><time datetime="2031-05-08T12:47:00+08:00">Yesterday</time><p>All <b>gone</b>.</p>
<figure><img src=x><figcaption>The quay. Photo: Fair Office</figcaption></figure></article>
<article><h2>Ships</h2><time datetime="2031-05-07T09:00:00+08:00">9:00</time><ul><li>First</li></ul></article>
<script>var a = 1;</script><footer>foot</footer></body></html>"""


def test_html_live_blog() -> None:
    document = read_text(HTML, name="fair", format="html")
    assert keys(document) == ["intro", "2031-05-08T12:47+08:00", "2031-05-07T09:00+08:00"]
    assert kinds(document, 1) == [
        ("headline", "Gates Close"),
        ("paragraph", "All gone."),
        ("caption", "The quay."),
        ("credit", "Photo: Fair Office"),
    ]
    assert kinds(document, 2) == [("headline", "Ships"), ("item", "First")]
    assert document.url == "https://example.org/fair"
    assert "var a" not in document.text and "Home" not in document.text


def test_html_metadata_dates_an_article() -> None:
    page = '<meta property="article:published_time" content="2031-07-21T08:00:00Z"><h1>Ships</h1><p>Back.</p>'
    assert keys(read_text(page, name="a", format="html")) == ["2031-07-21"]


def test_markdown_reads_clean() -> None:
    source = "---\ndate: 2031-07-21\n---\n# Ships *Return*\n\nThe [fleet](http://a.org) is\nback **home**.\n\n- One\n"
    document = read_text(source, name="ships", format="markdown")
    assert keys(document) == ["2031-07-21"]
    assert kinds(document, 0) == [
        ("headline", "Ships Return"), ("paragraph", "The fleet is back home."), ("item", "One"),
    ]  # fmt: skip


def test_folder_and_json_lines(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text(
        '{"url": "https://example.org/x/ships", "title": "T", "published": "2031-07-21", "text": "Ships\\n\\nBack."}\n'
        '{"html": "<h1>Boats</h1><p>Gone.</p>"}\n'
    )
    (tmp_path / "ships.md").write_text("# Ships\n\nHome.")
    (tmp_path / "notes.csv").write_text("x")
    documents = list(read_sources([tmp_path]))
    assert [(d.name, keys(d)) for d in documents] == [
        ("ships", ["2031-07-21"]), ("b-2", ["intro"]), ("ships-2", ["intro"]),
    ]  # fmt: skip
    (tmp_path / "b.jsonl").write_text('{"text": "Fine."}\n{"text": \n')
    with pytest.raises(SourceError, match=r"b\.jsonl, line 2"):
        list(read_sources([tmp_path / "b.jsonl"]))


def test_byte_order_mark_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Ships\r\n\r\nThey’re back.".encode("utf-16"))
    assert next(read_sources([path])).text == "Ships\n\nThey’re back."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\x7fELF\x01\0\0\0\xff", "binary"),
        (b"%PDF-1.4 x", "PDF"),
        ("Caf\u00e9 opens".encode("latin-1"), "Latin-1"),
        ("Ships are back.".encode("utf-16-le"), "UTF-16"),
        (b"x" * 50_000_000, "MiB"),
        (b"x" * 1_000_000, "line 1 has"),
    ],
    ids=["empty", "blank", "binary", "pdf", "latin-1", "utf-16", "50 MB line", "1 MB line"],
)
def test_bad_files_are_named(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=message) as caught:
        list(read_sources([path]))
    assert "bad.txt" in str(caught.value)


def test_missing_file_and_unreachable_address(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        list(read_sources([tmp_path / "none.txt"]))
    with pytest.raises(SourceError, match="no file to read"):
        list(read_sources([tmp_path]))
    with pytest.raises(SourceError, match=r"127\.0\.0\.1"):
        list(read_sources(["http://127.0.0.1:9/page"]))


def test_deep_nesting() -> None:
    document = read_text("<div>" * 10_000 + "Deep down." + "</div>" * 10_000, name="deep", format="html")
    assert document.text == "Deep down."


PIECES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            ["\n", "\n\n", "12:47 CST, May 8, Town", "May 7, 2031", "10:30 p.m. … Go", "Photo: X", "- a", "Share",
             "<p>", "</p>", "<li>", "<time datetime='2031-05-07T09:00Z'>9</time>", "# H", "2031 Fair"]
        ),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(PIECES, st.sampled_from(["text", "markdown", "html"]))
def test_every_document_is_well_formed(text: str, format: str) -> None:
    try:
        document = read_text(text, name="x", format=format)
    except SourceError:
        return
    assert document == read_text(text, name="x", format=format)
    for entry in document.entries:
        for block in entry.blocks:
            words = block.span.of(document.text)
            assert entry.span.covers(block.span) and words and words == words.strip()
        assert all(a.span.end <= b.span.start for a, b in pairwise(entry.blocks))
    assert all(a.span.end <= b.span.start for a, b in pairwise(document.entries))
    assert len(set(keys(document))) == len(document.entries)


def test_embedded_corpus() -> None:
    document = next(read_sources([corpus_path()]))
    assert len(document.entries) == 35
    assert keys(document)[1] == "2021-11-18T12:47+08:00"
    assert sum(b.kind is BlockKind.CREDIT for e in document.entries for b in e.blocks) == 13


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the evaluation data beside the checkout")
def test_entry_keys_of_the_gold_documents() -> None:
    gold = SHARED / "evaluation" / "gold"
    live = next(read_sources(sorted((SHARED / "source").glob("*.txt"))[:1]))
    assert len(live.entries) == 35
    assert set((gold / "dev-2021" / "entries.txt").read_text().split()) <= set(keys(live))
    for path in sorted(gold.glob("*/text.txt")):
        rows = (path.parent / "entities.tsv").read_text(encoding="utf-8").splitlines()[1:]
        assert {row.split("\t")[0] for row in rows} <= set(keys(next(read_sources([path])))), path
