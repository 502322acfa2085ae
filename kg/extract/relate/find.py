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
from kg.model import Entity, EntityType, Mention, Relation

RULES: tuple[Callable[[Scene], Iterator[Relation]], ...] = (positions, by_patterns)
THRESHOLD = 0.6
"""Relations that are less sure are left out: a wrong edge costs a researcher more than a missing one."""


def find_relations(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], model: str | None = None, *, masking: bool = True
) -> list[Relation]:
    """The relations that the sentences state, in the order of the text, each once an entry, by its surest evidence.

    A sentence with two mentions in which nothing is found is parsed again with its mentions masked by frequent words:
    that parse finds relations that the first misses (docs/evaluation.md). ``model`` names the pipeline of the
    sentences; without ``masking`` only the first parse is read.
    """
    best: dict[tuple[object, ...], Relation] = {}
    open_: list[Sentence] = []
    for scene in build_scenes(sentences, mentions):
        if not _keep(scene, best) and masking and _may_relate(scene):
            open_.append(scene.sentence)
    again = {s.span: s for s in parse_masked(open_, masks_of(open_, mentions), model)}
    if again:
        for scene in build_scenes([again.get(s.span, s) for s in sentences], mentions):
            if scene.sentence is again.get(scene.sentence.span):
                _keep(scene, best)
    return sorted(best.values(), key=lambda r: (r.evidence.span, r.relation, _name(r.subject), _name(r.object)))


def _keep(scene: Scene, best: dict[tuple[object, ...], Relation]) -> bool:
    """Add what a scene states where it is surer than what is known; whether it states anything."""
    found = list(_read(scene))
    for one in found:
        key = (one.evidence.entry, _name(one.subject), one.relation, _name(one.object))
        known = best.get(key)
        if known is None or one.evidence.confidence > known.evidence.confidence:
            best[key] = one
    return bool(found)


def _may_relate(scene: Scene) -> bool:
    """Whether a scene has two things to relate, an event that may have a date, or a programme for somebody."""
    things = {n.entity for n in scene.nodes}
    dated = any(n.type is EntityType.EVENT for n in scene.nodes) and any(t.like_num for t in scene.sentence.tokens)
    helping = any(n.type is EntityType.INITIATIVE for n in scene.nodes)
    return len(things) > 1 or dated or helping


def _read(scene: Scene) -> Iterator[Relation]:
    if scene.sentence.is_headline:
        return
    found = [r for rule in RULES for r in rule(scene)]
    sure = [r for r in found if r.evidence.confidence >= THRESHOLD and r.subject != r.object]
    yield from sure
    yield from by_proximity(scene, sure)


def _name(thing: Entity | str) -> tuple[str, str]:
    return (thing.type, thing.name) if isinstance(thing, Entity) else ("", thing)
