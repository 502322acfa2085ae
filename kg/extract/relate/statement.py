"""Relations with their evidence."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.relate.modality import modality_of
from kg.extract.relate.scene import Filler, Node, Phrase, Scene
from kg.model import Entity, Evidence, Relation, Span


def relation(
    scene: Scene, subject: Node, name: str, target: Filler | Entity | str, rule: str, confidence: float,
    detail: str = "", trigger: Token | None = None,
) -> Relation:  # fmt: skip
    """A relation with the characters from the first to the last thing that it joins as evidence.

    The clause of ``trigger``, the word that says it, decides the modality (the subject's if there is none).
    """
    spans = [subject.span, *([target.span] if isinstance(target, Node | Phrase) else [])]
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    if not scene.sentence.span.covers(span):
        span = subject.span if scene.sentence.span.covers(subject.span) else target_span(scene, target)
    thing = target.entity if isinstance(target, Node) else target.text if isinstance(target, Phrase) else target
    evidence = Evidence(scene.sentence.entry.key, scene.sentence.span, span, rule, confidence)
    return Relation(subject.entity, name, thing, evidence, detail, modality_of(trigger or subject.root))


def target_span(scene: Scene, target: Filler | Entity | str) -> Span:
    """The target's place if it is in the sentence, else the whole sentence's."""
    if isinstance(target, Node | Phrase) and scene.sentence.span.covers(target.span):
        return target.span
    return scene.sentence.span
