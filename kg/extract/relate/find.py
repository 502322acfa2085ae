"""All relations of a document: every rule over every sentence, each fact once an entry, the surest evidence kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.annotate.masking import parse_masked
from kg.annotate.sentence import Sentence
from kg.extract.masks import masks_of
from kg.extract.relate.match import by_patterns
from kg.extract.relate.positions import positions
from kg.extract.relate.proximity import by_proximity
from kg.extract.relate.scene import Scene, build_scenes
from kg.model import Entity, Mention, Relation

RULES: tuple[Callable[[Scene], Iterator[Relation]], ...] = (positions, by_patterns)
THRESHOLD = 0.6
"""Relations that are less sure are left out: a wrong edge costs a researcher more than a missing one."""


def find_relations(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], model: str | None = None, *, masking: bool = True
) -> list[Relation]:
    """The relations that the sentences state, in the order of the text, each once an entry, by its surest evidence.

    Every sentence is read twice: as it was parsed, and parsed again with its mentions masked by frequent words. Either
    parse finds relations that the other misses (docs/evaluation.md). ``model`` names the pipeline of the sentences;
    without ``masking`` only the first parse is read.
    """
    masked = parse_masked(sentences, masks_of(sentences, mentions), model) if masking else []
    best: dict[tuple[object, ...], Relation] = {}
    first = {id(s) for s in sentences}
    for reading in (sentences, masked):
        for scene in build_scenes(reading, mentions):
            if reading is masked and id(scene.sentence) in first:
                continue  # without mentions there was nothing to mask
            for found in _read(scene):
                key = (found.evidence.entry, _name(found.subject), found.relation, _name(found.object))
                known = best.get(key)
                if known is None or found.evidence.confidence > known.evidence.confidence:
                    best[key] = found
    return sorted(best.values(), key=lambda r: (r.evidence.span, r.relation, _name(r.subject), _name(r.object)))


def _read(scene: Scene) -> Iterator[Relation]:
    if scene.sentence.is_headline:
        return
    found = [r for rule in RULES for r in rule(scene)]
    sure = [r for r in found if r.evidence.confidence >= THRESHOLD and r.subject != r.object]
    yield from sure
    yield from by_proximity(scene, sure)


def _name(thing: Entity | str) -> tuple[str, str]:
    return (thing.type, thing.name) if isinstance(thing, Entity) else ("", thing)
