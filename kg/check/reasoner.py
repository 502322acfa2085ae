"""The DL check: ontology, alignments and, where given, a graph, put before the HermiT reasoner.

Run ``python -m kg.check.reasoner [GRAPH.nq]``. Needs Java and owlready2 (development dependency).

HermiT reads OWL 2 DL and no more, so three kinds of triples are left out of what it sees: literals whose datatype is
outside the OWL 2 datatype map (``xsd:date``, ``xsd:gYear``, ``xsd:gYearMonth``; the shapes check those), and triples
with ``rdf:subject``, ``rdf:predicate`` or ``rdf:object``, which OWL 2 DL reserves, and those of instances whose
predicate nothing declares (the catalogue's DCAT, VoID and PROV-O metadata).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, RDFS, XSD, Dataset, Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.term import Node

from kg.errors import GraphError, KgError, UsageError
from kg.resources import resource_folder

Triple = tuple[Node, Node, Node]

UNSUPPORTED_DATATYPES = frozenset((XSD.date, XSD.gYear, XSD.gYearMonth))
RESERVED = frozenset((RDF.subject, RDF.predicate, RDF.object))
DECLARATIONS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
ONTOLOGY_FOLDER = resource_folder("ontology")
NOTHING = str(OWL.Nothing)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reasoner found: ``unsatisfiable`` are the IRIs of classes that nothing can belong to."""

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.consistent and not self.unsatisfiable


def read_ontology(folder: Path = ONTOLOGY_FOLDER) -> Graph:
    """``festival.ttl`` and every alignment of the folder, in one graph.

    Raises:
        GraphError: there is no ``festival.ttl`` in the folder.
    """
    main = folder / "festival.ttl"
    if not main.is_file():
        raise GraphError(f"no ontology at {main}; run this from a checkout, or name the folder that has festival.ttl")
    graph = Graph()
    for path in (main, *sorted((folder / "alignments").glob("*.ttl"))):
        graph.parse(path, format="turtle")
    return graph


def read_instances(path: Path) -> Iterator[Triple]:
    """The triples of an N-Triples or N-Quads file, whatever graph they are in.

    Raises:
        GraphError: the file is missing or is not N-Quads.
    """
    dataset = Dataset()
    try:
        dataset.parse(path, format="nquads")
    except OSError as error:
        raise GraphError(f"cannot read {path}: {error.strerror}; name a graph.nq that kg build wrote") from error
    except (ParserError, ValueError) as error:
        raise GraphError(f"{path} is not N-Quads ({error}); name a graph.nq that kg build wrote") from error
    for subject, predicate, value, _ in dataset.quads():
        yield subject, predicate, value


def reasonable(instances: Iterable[Triple], ontology: Graph) -> Iterator[Triple]:
    """Those of the instances' triples that HermiT can read (see the module's docstring), individuals declared."""
    declared = {term for kind in DECLARATIONS for term in ontology.subjects(RDF.type, kind)}
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    for subject, predicate, value in instances:
        if predicate == RDF.type:
            if value in classes:
                yield subject, predicate, value
                yield subject, predicate, OWL.NamedIndividual
        elif predicate in declared and predicate not in RESERVED and _supported(value):
            yield subject, predicate, value


def _supported(value: Node) -> bool:
    return not (isinstance(value, Literal) and value.datatype in UNSUPPORTED_DATATYPES)


def check(ontology: Graph, instances: Iterable[Triple] = ()) -> Verdict:
    """Run HermiT over the ontology and the instances.

    Raises:
        UsageError: Java or owlready2 is missing.
        KgError: the reasoner stopped for another reason.
    """
    merged = Graph()
    for triple in (*ontology, *reasonable(instances, ontology)):
        merged.add(triple)
    for header in list(merged.subjects(RDF.type, OWL.Ontology)):
        merged.remove((header, None, None))
    merged.remove((None, RDFS.isDefinedBy, None))
    merged.add((URIRef("urn:liveblog-kg:reasoner"), RDF.type, OWL.Ontology))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "merged.nt"
        merged.serialize(path, format="nt", encoding="utf-8")
        return _run(path)


def _run(path: Path) -> Verdict:
    if shutil.which("java") is None:
        raise UsageError("the reasoner needs Java and there is no java on the PATH; install a Java 11 or newer runtime")
    try:
        import owlready2
    except ImportError as error:
        raise UsageError("the reasoner needs owlready2; install the package with its dev extra") from error
    world = owlready2.World()
    loaded = world.get_ontology(path.as_uri()).load(only_local=True)
    try:
        with loaded:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Verdict(consistent=False)
    except owlready2.OwlReadyError as error:
        raise KgError(f"the reasoner stopped: {error}") from error
    found = (entity.iri for entity in world.inconsistent_classes())
    return Verdict(consistent=True, unsatisfiable=tuple(sorted(iri for iri in found if iri != NOTHING)))


def main(arguments: list[str]) -> int:
    """The command line: at most one graph file. Returns the exit code."""
    if len(arguments) > 1:
        print("usage: python -m kg.check.reasoner [GRAPH.nq]", file=sys.stderr)
        return UsageError.exit_code
    try:
        instances = [triple for name in arguments for triple in read_instances(Path(name))]
        verdict = check(read_ontology(), instances)
    except KgError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if not verdict.consistent:
        print("inconsistent: the ontology, the alignments and the graph contradict each other")
    for iri in verdict.unsatisfiable:
        print(f"unsatisfiable: {iri}")
    if verdict.ok:
        print("consistent, no unsatisfiable class")
    return 0 if verdict.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
