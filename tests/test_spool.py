"""Spools: any amount of lines and quads comes back sorted and once each, however little is held in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.assemble.terms import TYPE, lb
from kg.assemble.union import PREF, disputed_names, settle, with_settled_names
from kg.store import spool
from kg.store.spool import LineSpool, QuadSpool

_NODES = st.sampled_from([NamedNode(f"https://example.org/{name}") for name in ("a", "a/b", "a-b", "é", "z")])
_TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
_QUADS = st.builds(
    Quad,
    _NODES,
    st.sampled_from([TYPE, PREF, lb("measure"), lb("text")]),
    _NODES | st.builds(Literal, _TEXTS) | st.builds(lambda text: Literal(text, language="en"), _TEXTS),
    _NODES,
)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_HELD", 3)
    monkeypatch.setattr(spool, "_RUNS", 3)
    monkeypatch.setattr(spool, "_BATCH", 2)


def _filled(folder: str, quads: list[Quad]) -> QuadSpool:
    filled = QuadSpool(Path(folder), "quads")
    for quad in quads:
        filled.add([quad])
    return filled


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=6).map(lambda data: data.replace(b"\n", b"") + b"\n"), max_size=40))
def test_lines_come_back_sorted_and_once(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        filled = LineSpool(Path(folder), "lines")
        for line in lines:
            filled.add([line])
        assert list(filled) == list(filled) == sorted(set(lines))


@settings(max_examples=60, deadline=None)
@given(st.lists(_QUADS, max_size=25))
def test_quads_come_back_and_triples_are_grouped_by_subject(quads: list[Quad]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        filled = _filled(folder, quads)
        back = list(filled)
        assert set(back) == set(quads) and len(back) == len(set(quads))
        assert set(filled.with_predicate(PREF)) == {quad for quad in quads if quad.predicate == PREF}
        triples = list(filled.triples(LineSpool(Path(folder), "triples"), TYPE))
        expected = sorted(
            {quad.triple for quad in quads},
            key=lambda t: (str(t.subject), t.predicate != TYPE, str(t.predicate), str(t.object)),
        )
        assert triples == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(_QUADS, max_size=25))
def test_names_are_settled_on_disk_as_in_memory(quads: list[Quad]) -> None:
    plain = [q for q in quads if q.predicate != PREF or isinstance(q.object, Literal)]
    with tempfile.TemporaryDirectory() as folder:
        filled = _filled(folder, plain)
        chosen = disputed_names(filled.with_predicate(PREF))
        settled = filled.rewritten(QuadSpool(Path(folder), "settled"), PREF, lambda quad: settle(quad, chosen))
        assert set(settled) == with_settled_names(set(plain))
