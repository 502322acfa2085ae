"""SSSOM files: what is written is read back, others' files are read, broken ones are named."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.iri import Minter
from kg.link.directory import link_graph
from kg.link.mapping import CLOSE_MATCH, EXACT_MATCH, MANUAL, NOT, Mapping
from kg.link.sssom import parse_sssom, read_sssom, to_sssom

MINTER = Minter()
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), max_size=20)
iris = st.sampled_from(
    ["http://www.wikidata.org/entity/Q1", "https://sws.geonames.org/12/", "https://e.org/a#b", "urn:x:y"]
)
mappings = st.builds(
    Mapping,
    subject=st.sampled_from([MINTER.base + "brand/a", MINTER.base + "place/ünï"]),
    object=iris,
    predicate=st.sampled_from([EXACT_MATCH, CLOSE_MATCH]),
    subject_label=words,
    object_label=words,
    modifier=st.sampled_from(["", NOT]),
    confidence=st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
    reviewer=words,
    comment=words,
    extra=st.just((("author_label", "Ana"),)) | st.just(()),
)


@settings(max_examples=40)
@given(st.lists(mappings, max_size=3))
def test_what_is_written_is_read_back(rows: list[Mapping]) -> None:
    text = to_sssom(rows, MINTER, "made up").decode()
    assert set(parse_sssom(text, "x").mappings) == set(rows)
    assert to_sssom(reversed(rows), MINTER, "made up").decode() == text


OTHERS = """# curie_map:
#   wd: http://www.wikidata.org/entity/
#   ours: https://w3id.org/liveblog-kg/id/
#   skos: http://www.w3.org/2004/02/skos/core#
#   semapv: https://w3id.org/semapv/vocab/
# mapping_set_id: https://example.org/mappings/made-up
# mapping_tool: somebody's
subject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_label\tconfidence
ours:brand/acme\tskos:exactMatch\twd:Q1\tsemapv:ManualMappingCuration\tAna\t0.8
"""


def test_a_file_of_others_is_read() -> None:
    found = parse_sssom(OTHERS, "others.sssom.tsv")
    (mapping,) = found.mappings
    assert found.identifier == "https://example.org/mappings/made-up"
    assert (mapping.subject, mapping.object) == (MINTER.base + "brand/acme", "http://www.wikidata.org/entity/Q1")
    assert (mapping.tool, mapping.extra, mapping.justification) == ("somebody's", (("author_label", "Ana"),), MANUAL)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("object_id\t", "thing\t", "column object_id is missing"),
        ("wd:Q1", "xx:Q1", "line 9: the prefix of xx:Q1"),
        ("wd:Q1", "wd:Q 1<", "line 9: .* is no IRI"),
        ("wd:Q1", "", "line 9: object_id is empty"),
        ("0.8", "high", "line 9: confidence 'high' is no number"),
        ("0.8", "8", "line 9: confidence 8 is not from 0 to 1"),
    ],
)
def test_a_broken_file_is_named_with_its_line(old: str, new: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        parse_sssom(OTHERS.replace(old, new), "others.sssom.tsv")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_sssom(tmp_path / "none.sssom.tsv")
    (tmp_path / "latin.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        read_sssom(tmp_path / "latin.tsv")


@pytest.mark.slow
def test_the_public_validator_accepts_our_files(graph: Path) -> None:
    validator = shutil.which("sssom")
    if not validator:
        pytest.skip("sssom-py is not installed; it is tried in an environment of its own")
    link_graph(graph)
    for name in ("links.sssom.tsv", "candidates.sssom.tsv"):
        done = subprocess.run([validator, "validate", str(graph / name)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
