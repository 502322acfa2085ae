"""The ontology, its alignments, the closed vocabulary and the reasoner that watches over them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import ORG, PROV, SDO, TIME

from kg import vocabulary
from kg.check import reasoner
from kg.errors import GraphError
from kg.resources import resource_folder

LB = Namespace(vocabulary.ONTOLOGY)
FOLDER = resource_folder("ontology")
ALIGNMENTS = sorted((FOLDER / "alignments").glob("*.ttl"))
AXIOMS = {
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    OWL.equivalentClass,
    OWL.equivalentProperty,
    OWL.disjointWith,
    SKOS.exactMatch,
    SKOS.closeMatch,
}
HELPING = {RDF.type, OWL.onProperty, OWL.someValuesFrom, SKOS.notation, SKOS.prefLabel}
CLOSED_FOREIGN = {str(SDO): SDO, str(PROV): PROV, str(ORG): ORG, str(TIME): TIME}
MODEL = Path(__file__).parents[1] / "docs" / "model.md"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(FOLDER / "festival.ttl")


def conforms(data: Graph) -> tuple[bool, str]:
    result, _, text = validate(data, shacl_graph=str(resource_folder("shapes") / "ontology.ttl"), advanced=True)
    return result, text


def copy_of(graph: Graph) -> Graph:
    copied = Graph()
    copied += graph
    return copied


def local_names(graph: Graph, kind: URIRef) -> set[str]:
    return {str(s).removeprefix(LB) for s in graph.subjects(RDF.type, kind) if str(s).startswith(LB)}


def members(graph: Graph, subject: URIRef, predicate: URIRef) -> set[str]:
    """Local names of the classes in a domain or range, a union spelt out."""
    (value,) = graph.objects(subject, predicate)
    union = graph.value(value, OWL.unionOf)
    values = [value] if union is None else list(Collection(graph, union))
    return {str(v).removeprefix(LB) for v in values}


def test_ontology_conforms_to_its_shapes(ontology: Graph) -> None:
    result, text = conforms(ontology)
    assert result, text


@pytest.mark.parametrize(
    ("subject", "predicate", "complaint"),
    [
        (LB.Gala, SKOS.definition, "skos:definition"),
        (LB.heldAt, RDFS.label, "rdfs:label"),
        (LB.value, SKOS.example, "skos:example"),
        (LB.Merge, RDFS.isDefinedBy, "rdfs:isDefinedBy"),
        (LB.value, RDFS.range, "rdfs:range"),
        (LB.heldAt, RDFS.domain, "rdfs:domain"),
        (LB.heldAt, OWL.inverseOf, "inverse"),
    ],
)
def test_a_term_that_lacks_something_is_found(
    ontology: Graph, subject: URIRef, predicate: URIRef, complaint: str
) -> None:
    broken = copy_of(ontology)
    broken.remove((subject, predicate, None))
    result, text = conforms(broken)
    assert not result
    assert complaint in text


def test_an_undefined_term_of_our_namespace_is_found(ontology: Graph) -> None:
    broken = copy_of(ontology)
    broken.add((LB.Gala, RDFS.seeAlso, LB.Parade))
    result, text = conforms(broken)
    assert not result
    assert "Parade" in text


def test_vocabulary_and_ontology_define_the_same_terms(ontology: Graph) -> None:
    assert local_names(ontology, OWL.Class) == vocabulary.CLASSES
    assert local_names(ontology, OWL.ObjectProperty) == vocabulary.OBJECT_PROPERTIES
    assert local_names(ontology, OWL.DatatypeProperty) == vocabulary.DATATYPE_PROPERTIES
    assert local_names(ontology, SKOS.Concept) == set(vocabulary.THEMES)
    assert {str(s).removeprefix(LB) for s in ontology.subjects() if str(s).startswith(LB)} == vocabulary.TERMS


def test_subclasses_are_as_the_vocabulary_lists_them(ontology: Graph) -> None:
    for parent, children in (
        ("NamedThing", vocabulary.ENTITY_CLASSES),
        ("Event", vocabulary.EVENT_KINDS),
        ("Statement", vocabulary.STATEMENT_CLASSES),
    ):
        found = {str(s).removeprefix(LB) for s in ontology.subjects(RDFS.subClassOf, LB[parent])}
        assert found == set(children)


@pytest.mark.parametrize("relation", vocabulary.RELATIONS.values(), ids=lambda relation: relation.name)
def test_relation_has_the_ends_and_inverse_of_the_guide(ontology: Graph, relation: vocabulary.RelationTerm) -> None:
    subject = URIRef(relation.iri)
    ends = {*relation.domain, *relation.range} if relation.symmetric else None
    assert members(ontology, subject, RDFS.domain) == (ends or set(relation.domain))
    if relation.inverse is None:
        assert ontology.value(subject, RDFS.range) == RDFS.Literal
        return
    assert members(ontology, subject, RDFS.range) == (ends or set(relation.range))
    assert ontology.value(subject, OWL.inverseOf) == LB[relation.inverse]
    inverse = LB[relation.inverse]
    assert members(ontology, inverse, RDFS.domain) == (ends or set(relation.range))
    assert members(ontology, inverse, RDFS.range) == (ends or set(relation.domain))


def test_every_relation_of_the_guide_is_there() -> None:
    guide = (
        "operatedBy holdsPosition participatesIn performsAt speaksAt organizes runs partOf heldAt startDate endDate "
        "broadcastBy uses partnersWith serves availableIn"
    )
    assert list(vocabulary.RELATIONS) == guide.split()


def test_every_term_in_the_model_page_is_defined() -> None:
    if not MODEL.is_file():
        pytest.skip("not in a checkout")
    used = set(re.findall(r"\blb:([A-Za-z][\w-]*)", MODEL.read_text(encoding="utf-8")))
    assert len(used) > 40
    assert used <= vocabulary.TERMS


def test_term_refuses_what_the_ontology_does_not_define() -> None:
    assert vocabulary.term("heldAt") == LB + "heldAt"
    with pytest.raises(KeyError, match="no term 'heldIn'"):
        vocabulary.term("heldIn")


def test_there_is_a_file_for_each_alignment() -> None:
    names = {path.stem for path in ALIGNMENTS}
    assert names == {
        *("schema-org", "prov-o", "web-annotation", "skos", "owl-time", "org", "sem", "qudt", "iso4217"),
    }


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_alignment_uses_declared_terms_and_allowed_axioms(path: Path) -> None:
    graph = Graph().parse(path)
    header = next(graph.subjects(RDF.type, OWL.Ontology))
    body = [(s, p, o) for s, p, o in graph if s != header]
    assert {p for _, p, _ in body} <= AXIOMS | HELPING
    assert any(p in AXIOMS for _, p, _ in body)
    ours = {str(node).removeprefix(LB) for triple in body for node in triple if str(node).startswith(LB)}
    assert ours <= vocabulary.TERMS


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_alignment_names_only_terms_that_the_foreign_vocabulary_has(path: Path) -> None:
    for node in {node for triple in Graph().parse(path) for node in triple if isinstance(node, URIRef)}:
        for base, namespace in CLOSED_FOREIGN.items():
            if str(node).startswith(base):
                assert str(node).removeprefix(base) in namespace.__annotations__, node


def test_unit_concepts_end_in_their_code() -> None:
    for stem in ("qudt", "iso4217"):
        graph = Graph().parse(FOLDER / "alignments" / f"{stem}.ttl")
        rows = list(graph.subject_objects(SKOS.notation))
        assert rows
        assert all(str(concept) == f"{vocabulary.DEFAULT_BASE}unit/{code}" for concept, code in rows)


def test_a_graph_file_that_is_no_graph_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("this is prose\n", encoding="utf-8")
    with pytest.raises(GraphError, match="not N-Quads"):
        list(reasoner.read_instances(path))
    with pytest.raises(GraphError, match="cannot read"):
        list(reasoner.read_instances(tmp_path / "none.nq"))


def test_the_reasoner_says_that_java_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(reasoner.UsageError, match="needs Java"):
        reasoner.check(Graph())


def test_unreadable_literals_and_reserved_predicates_are_kept_from_the_reasoner(ontology: Graph) -> None:
    gala = URIRef("urn:gala")
    triples = [
        (gala, RDF.type, LB.Gala),
        (gala, LB.startDate, Literal("2030", datatype=XSD.gYear)),
        (gala, RDF.subject, gala),
        (gala, LB.heldAt, URIRef("urn:arena")),
    ]
    kept = set(reasoner.reasonable(triples, ontology))
    assert kept == {triples[0], (gala, RDF.type, OWL.NamedIndividual), triples[3]}


@pytest.mark.slow
def test_ontology_and_alignments_are_consistent() -> None:
    assert reasoner.check(reasoner.read_ontology()).ok


@pytest.mark.slow
def test_a_planted_contradiction_is_found() -> None:
    ana = URIRef("urn:ana")
    instances = [(ana, RDF.type, LB.Person), (URIRef("urn:gala"), LB.heldAt, ana)]
    assert not reasoner.check(reasoner.read_ontology(), instances).consistent


@pytest.mark.slow
def test_a_sound_graph_file_passes_and_an_unsound_one_exits_1(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    line = f'<urn:gala> <{LB}heldAt> <urn:arena> <urn:g> .\n<urn:gala> <{LB}startDate> "2030-04-01"^^<{XSD.date}> .\n'
    path.write_text(line, encoding="utf-8")
    assert reasoner.main([str(path)]) == 0
    path.write_text(f"{line}<urn:arena> <{RDF.type}> <{LB}Person> <urn:g> .\n", encoding="utf-8")
    assert reasoner.main([str(path)]) == 1


@pytest.mark.slow
def test_a_planted_unsatisfiable_class_is_named() -> None:
    graph = reasoner.read_ontology()
    graph.add((LB.Gala, RDFS.subClassOf, LB.Place))
    assert reasoner.check(graph).unsatisfiable == (str(LB.Gala),)
