"""Mentions, relations, measurements and quotations as statement nodes, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.assemble.entities import audience_quads
from kg.assemble.terms import TYPE, Pairs, Term, date_literal, decimal, describe, lb, node, number
from kg.iri import Minter
from kg.model import Entity, Evidence, Facts, Measurement, Mention, Modality, Quotation, Relation, Span
from kg.vocabulary import RELATIONS


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement says (its class first), apart from its evidence, and the plain quads that follow from it."""

    content: Pairs
    evidence: Evidence
    consequences: tuple[Quad, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementWriter:
    """Turns the facts of one document into the quads of one named graph."""

    document: str
    minter: Minter
    graph: NamedNode

    def quads(self, facts: Facts) -> Iterator[Quad]:
        """All statements; of two that say the same of the same characters the more confident one is kept."""
        chosen: dict[str, Statement] = {}
        for statement in self._statements(facts):
            iri = self._iri(statement)
            if iri not in chosen or _rank(statement) > _rank(chosen[iri]):
                chosen[iri] = statement
        for iri, statement in chosen.items():
            yield from describe(iri, [*statement.content, *self._evidence(statement.evidence)], self.graph)
            yield from statement.consequences

    def _statements(self, facts: Facts) -> Iterable[Statement]:
        yield from map(self._mention, facts.mentions)
        yield from map(self._relation, facts.relations)
        yield from map(self._measurement, facts.measurements)
        yield from map(self._quotation, facts.quotations)

    def _iri(self, statement: Statement) -> str:
        span = statement.evidence.span
        content = tuple(f"{p} {o}" for p, o in statement.content)
        return self.minter.statement(self.document, span.start, span.end, content)

    def _evidence(self, evidence: Evidence) -> Pairs:
        passage = passage_of(evidence)
        return [
            (lb("entry"), NamedNode(self.minter.entry(self.document, evidence.entry))),
            (lb("passage"), NamedNode(self.minter.passage(self.document, passage.start, passage.end))),
            (lb("start"), number(evidence.span.start)),
            (lb("end"), number(evidence.span.end)),
            (lb("confidence"), decimal(round(evidence.confidence, 4))),
            (lb("rule"), Literal(evidence.rule)),
        ]

    def _entity(self, entity: Entity) -> NamedNode:
        return NamedNode(self.minter.entity(entity.type.value, entity.name))

    def _mention(self, mention: Mention) -> Statement:
        return Statement([(TYPE, lb("Mention")), (lb("mentions"), self._entity(mention.entity))], mention.evidence)

    def _relation(self, relation: Relation) -> Statement:
        subject, predicate = self._entity(relation.subject), lb(relation.relation)
        value, extra = self._object(relation)
        content: Pairs = [(TYPE, lb("RelationStatement")), (node("rdf:subject"), subject)]
        content += [(node("rdf:predicate"), predicate), (node("rdf:object"), value)]
        if relation.detail:
            content.append((lb("detail"), Literal(relation.detail)))
        if relation.modality is not Modality.ASSERTED:
            content.append((lb("modality"), Literal(relation.modality.value)))
        plain = Quad(subject, predicate, value, self.graph)
        return Statement(content, relation.evidence, (plain, *extra, *self._post(relation)))

    def _object(self, relation: Relation) -> tuple[Term, tuple[Quad, ...]]:
        if isinstance(relation.object, Entity):
            return self._entity(relation.object), ()
        if not RELATIONS[relation.relation].range:
            return date_literal(relation.object), ()
        audience = NamedNode(self.minter.entity("Audience", relation.object))
        return audience, tuple(audience_quads(relation.object, self.minter, self.graph))

    def _post(self, relation: Relation) -> Iterator[Quad]:
        if relation.relation != "holdsPosition" or not relation.detail or not isinstance(relation.object, Entity):
            return
        iri = self.minter.position(relation.subject.name, relation.object.name, relation.detail)
        pairs: Pairs = [(TYPE, lb("Position")), (lb("title"), Literal(plain_title(relation.detail)))]
        pairs += [(lb("holder"), self._entity(relation.subject)), (lb("postAt"), self._entity(relation.object))]
        yield from describe(iri, pairs, self.graph)

    def _measurement(self, measurement: Measurement) -> Statement:
        of = measurement.subject
        subject = (lb("subject"), self._entity(of)) if isinstance(of, Entity) else (lb("subjectText"), Literal(of))
        content: Pairs = [(TYPE, lb("Measurement")), subject, (lb("measure"), Literal(measurement.measure))]
        content += [(lb("comparator"), Literal(measurement.comparator)), (lb("value"), decimal(measurement.value))]
        content.append((lb("unit"), Literal(measurement.unit)))
        if measurement.detail:
            content.append((lb("period"), Literal(measurement.detail)))
        return Statement(content, measurement.evidence)

    def _quotation(self, quotation: Quotation) -> Statement:
        content: Pairs = [(TYPE, lb("Quotation")), (lb("quotedText"), Literal(quotation.text))]
        if quotation.speaker:
            content.append((lb("speaker"), self._entity(quotation.speaker)))
        if quotation.recipient:
            content.append((lb("recipient"), self._entity(quotation.recipient)))
        return Statement(content, quotation.evidence)


def passage_of(evidence: Evidence) -> Span:
    """The passage of a statement: its sentence, widened where the statement's characters run over its end."""
    passage, span = evidence.passage, evidence.span
    return Span(min(passage.start, span.start), max(passage.end, span.end))


def _rank(statement: Statement) -> tuple[float, str]:
    return statement.evidence.confidence, statement.evidence.rule


def plain_title(title: str) -> str:
    """A post's title in lower case but for abbreviations, so that one post has one: ``Chief Officer``, ``CEO``."""
    return " ".join(word if word.isupper() else word.lower() for word in title.split())
