"""Every relation pattern finds its own examples and leaves its counter-examples alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.annotate.masking import parse_masked
from kg.extract.dates import find_dates
from kg.extract.masks import masks_of
from kg.extract.relate.match import by_patterns, forms, matches
from kg.extract.relate.pattern import PHRASES, Pattern, PatternError, load_patterns, read_patterns
from kg.extract.relate.roles import ROLES
from kg.extract.relate.scene import build_scenes
from kg.model import Entity, Relation
from tests.marked_text import MarkedText, read_marked


def _found(pattern: Pattern, example: MarkedText) -> set[tuple[str, str]]:
    pairs = set()
    sentences = parse_masked(example.sentences, masks_of(example.sentences, example.mentions))
    for scene in build_scenes(sentences, example.mentions):
        at_triggers = {r.evidence.rule for r in by_patterns(scene)}
        for token in scene.sentence.tokens:
            if pattern.trigger.intersection(forms(token)):
                found = list(matches(scene, token, pattern))
                assert not found or pattern.rule in at_triggers
                pairs |= {(r.subject.name, _name(r)) for r in found}
    return pairs


def _name(relation: Relation) -> str:
    if isinstance(relation.object, Entity):
        return relation.object.name
    return relation.object


def _about(example: MarkedText) -> tuple[str, str]:
    """The two ends of an example, dates in ISO form as the entry's year makes them."""
    dates = find_dates(example.object, date(2030, 5, 3))
    return example.subject, dates[0].start if dates else example.object


_MATCHES = [pytest.param(p, e, id=f"{p.rule}-{i}") for p in load_patterns() for i, e in enumerate(p.matches)]
_REJECTS = [pytest.param(p, e, id=f"{p.rule}-{i}") for p in load_patterns() for i, e in enumerate(p.rejects)]


@pytest.mark.parametrize(("pattern", "marked"), _MATCHES)
def test_a_pattern_finds_its_example(pattern: Pattern, marked: str) -> None:
    example = read_marked(marked)
    assert example.subject and example.object, "an example marks its subject with |S and its object with |O"
    assert _about(example) in _found(pattern, example)


@pytest.mark.parametrize(("pattern", "marked"), _REJECTS)
def test_a_pattern_leaves_its_counter_example_alone(pattern: Pattern, marked: str) -> None:
    example = read_marked(marked)
    assert example.subject and example.object
    assert _about(example) not in _found(pattern, example)


def test_names_of_patterns_are_unique() -> None:
    rules = [p.rule for p in load_patterns()]
    assert len(rules) == len(set(rules)) > 30


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('surprise = "x"', "unknown key surprise"),
        ('subject = "Agent!"', "neither a role nor a list of prepositions"),
        ("matches = []", "needs an example"),
        ('object_types = "Planet"', "Planet"),
    ],
)
def test_a_broken_pattern_is_refused_with_its_place(tmp_path: Path, change: str, told: str) -> None:
    key = change.split(" =")[0]
    entry = {
        "name": '"n"', "trigger": '"launch"', "subject": '"agent"', "object": '"patient"', "confidence": "0.8",
        "matches": '["a"]', "rejects": '["b"]', key: change.split("= ")[1],
    }  # fmt: skip
    path = tmp_path / "runs.toml"
    lines = ['relation = "runs"', 'subject = "Brand"', 'object = "Initiative"', "[[pattern]]"]
    path.write_text("\n".join([*lines, *(f"{k} = {v}" for k, v in entry.items())]), encoding="utf-8")
    with pytest.raises(PatternError, match=told) as raised:
        read_patterns(path)
    assert "runs.toml: pattern n" in str(raised.value)


def test_the_documentation_lists_every_role() -> None:
    told = (Path(__file__).parent.parent / "docs" / "relation-patterns.md").read_text(encoding="utf-8")
    missing = {r for r in (*ROLES, *PHRASES) if f"`{r}`" not in told}
    assert not missing
