"""All relations of a document: every rule over every sentence, each fact once an entry, the surest evidence kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.annotate.masking import parse_masked
from kg.annotate.sentence import Sentence
from kg.extract.masks import masks_of
from kg.extract.relate.match import by_patterns
from kg.extract.relate.positions import positions
from kg.extract.relate.scene import Scene, build_scenes
from kg.model import Entity, Mention, Relation

RULES: tuple[Callable[[Scene], Iterator[Relation]], ...] = (positions, by_patterns)
THRESHOLD = 0.6
"""Relations that are less sure are left out: a wrong edge costs a researcher more than a missing one."""


def find_relations(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], model: str | None = None
) -> list[Relation]:
    """The relations that the sentences state, in the order of the text.

    The sentences are parsed again with their mentions masked; ``model`` names the pipeline that they came from.
    """
    sentences = parse_masked(sentences, masks_of(sentences, mentions), model)
    best: dict[tuple[object, ...], Relation] = {}
    for scene in build_scenes(sentences, mentions):
        if scene.sentence.is_headline:
            continue
        for rule in RULES:
            for found in rule(scene):
                key = (found.evidence.entry, _name(found.subject), found.relation, _name(found.object))
                known = best.get(key)
                surer = known is None or found.evidence.confidence > known.evidence.confidence
                if found.evidence.confidence >= THRESHOLD and surer and found.subject != found.object:
                    best[key] = found
    return sorted(best.values(), key=lambda r: (r.evidence.span, r.relation, _name(r.subject), _name(r.object)))


def _name(thing: Entity | str) -> tuple[str, str]:
    return (thing.type, thing.name) if isinstance(thing, Entity) else ("", thing)
