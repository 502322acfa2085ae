"""The network behind every graph format: what is in it, and what each option leaves out."""

from __future__ import annotations

import pytest

import kg
from kg.errors import UsageError
from kg.export.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Network
from kg.export.selection import VIEWS, Selection


def labels(network: Network) -> set[str]:
    return {label for _, label in network.nodes(data="label")}


def edges(network: Network) -> set[tuple[str, str, str]]:
    name = dict(network.nodes(data="label"))
    return {(name[s], key, name[o]) for s, o, key in network.edges(keys=True)}


def test_one_edge_for_what_three_statements_say(story: kg.Graph) -> None:
    network = story.to_networkx()
    assert edges(network) == {
        ("ShopNow", "operatedBy", "Acme Group"),
        ("Ana Example", "holdsPosition", "Acme Group"),
        ("Lumen Lamps", "participatesIn", "Spring Fair"),
        ("Lumen Lamps", "partnersWith", "ShopNow"),
        ("Gifts for All", "partOf", "Spring Fair"),
    }
    edge = next(values for _, _, key, values in network.edges(keys=True, data=True) if key == "operatedBy")
    assert edge["statements"] == 3 and edge["confidence"] == 0.9 and edge["modality"] == "asserted"
    assert edge["first_reported"] == "2030-05-01T10:00:00+08:00"
    assert edge["last_reported"] == "2030-05-03T08:00:00+08:00"
    assert edge["entries"] == "2030-05-01T10:00+08:00 | 2030-05-01T23:30+08:00 | 2030-05-03T08:00+08:00"
    assert edge["evidence"] == "ShopNow operatedBy Acme Group."
    shop = next(values for _, values in network.nodes(data=True) if values["label"] == "ShopNow")
    assert shop["aliases"] == "SN | Shop Now" and shop["degree"] == 2 and shop["type"] == "Platform"
    assert shop["mentions"] == 4 and shop["statements"] == 11
    planned = next(values for _, _, key, values in network.edges(keys=True, data=True) if key == "partnersWith")
    assert planned["modality"] == "planned"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_the_same_attributes_of_the_same_types(story: kg.Graph, view: str) -> None:
    network = story.to_networkx(view)
    assert network.number_of_edges()
    for _, values in network.nodes(data=True):
        assert {name: type(value) for name, value in values.items()} == dict(NODE_ATTRIBUTES)
    for _, _, values in network.edges(data=True):
        assert {name: type(value) for name, value in values.items()} == dict(EDGE_ATTRIBUTES)


def test_views_of_one_type_keep_what_it_is_related_to(story: kg.Graph) -> None:
    assert labels(story.to_networkx("people")) == {"Ana Example", "Acme Group"}
    assert labels(story.to_networkx("events")) == {"Spring Fair", "Lumen Lamps", "Gifts for All"}
    assert labels(story.to_networkx(types=("Person", "Organization"))) == {"Ana Example", "Acme Group"}


def test_relations_and_neighbourhoods(story: kg.Graph) -> None:
    assert edges(story.to_networkx(relations=("partnersWith",))) == {("Lumen Lamps", "partnersWith", "ShopNow")}
    near = [labels(story.to_networkx(around="spring fair", hops=hops)) for hops in (0, 1, 2, 3)]
    assert near[:2] == [{"Spring Fair"}, {"Spring Fair", "Lumen Lamps", "Gifts for All"}]
    assert near[2] == near[1] | {"ShopNow"} and near[3] == near[2] | {"Acme Group"}


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ({"until": "2030-05-01"}, {"ShopNow", "Acme Group", "Ana Example"}),
        ({"until": "2030-05-01T22:00"}, {"ShopNow", "Acme Group"}),
        ({"until": "2030-05-01T02:00+00:00"}, {"ShopNow", "Acme Group"}),
        ({"since": "2030-05-02"}, {"ShopNow", "Acme Group", "Lumen Lamps", "Spring Fair", "Gifts for All"}),
        ({"since": "2030-05-02", "until": "2030-05-03T07:59:59"}, None),
        ({"min_confidence": 0.95}, None),
        ({"min_confidence": 0.9, "until": "2030-05-02"}, {"ShopNow", "Acme Group", "Ana Example"}),
    ],
)
def test_time_and_confidence_choose_statements(story: kg.Graph, choice: dict[str, str], left: set[str] | None) -> None:
    if left is None:
        with pytest.raises(UsageError, match="nothing is left"):
            story.to_networkx(**choice)
    else:
        assert labels(story.to_networkx(**choice)) == left


def test_provenance_leads_from_a_statement_to_its_document(story: kg.Graph) -> None:
    network = story.to_networkx("provenance")
    types = {type_ for _, type_ in network.nodes(data="type")}
    assert {"Document", "Entry", "RelationStatement", "Measurement", "Quotation"} <= types
    assert {"entry", "inDocument", "mentions", "subject", "object", "speaker"} <= {
        k for *_, k in network.edges(keys=True)
    }
    figure = next(v["label"] for _, v in network.nodes(data=True) if v["type"] == "Measurement")
    assert figure.split(" sales ")[1] in {"= 0.25 CNY", "= 0.5 CNY", "= 0.75 CNY"}


def test_the_triples_of_a_query_keep_their_evidence(story: kg.Graph) -> None:
    query = (
        "CONSTRUCT { ?a lb:operatedBy ?b . ?b <http://example.org/owns> ?a . ?b <http://example.org/note> 'x' } "
        "WHERE { ?a lb:operatedBy ?b }"
    )
    network = story.network(query=query)
    assert edges(network) == {
        ("ShopNow", "operatedBy", "Acme Group"),
        ("Acme Group", "http://example.org/owns", "ShopNow"),
    }
    assert {v["statements"] for *_, v in network.edges(data=True)} == {0, 3}
    with pytest.raises(UsageError, match="no triples"):
        story.network(query="CONSTRUCT { ?a lb:runs ?b } WHERE { ?a lb:runs ?b }")
    with pytest.raises(UsageError, match="CONSTRUCT"):
        story.network(query="platforms")


@pytest.mark.parametrize(
    "wrong",
    [
        {"view": "peeple"},
        {"types": ("Persn",)},
        {"relations": ("owns",)},
        {"since": "yesterday"},
        {"hops": -1},
        {"min_confidence": 2},
    ],
)
def test_wrong_values_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="--"):
        Selection(**wrong)  # type: ignore[arg-type]


def test_igraph_and_pandas_hold_the_same(story: kg.Graph) -> None:
    igraph, network = pytest.importorskip("igraph"), story.to_networkx()
    own = story.to_igraph()
    assert isinstance(own, igraph.Graph) and own.is_directed()
    pairs = {(own.vs[e.source]["label"], e["relation"], own.vs[e.target]["label"]) for e in own.es}
    assert pairs == edges(network)
    frames = story.to_pandas()
    assert {name: len(frame) for name, frame in frames.items()} == {n: len(rows) for n, rows in story.facts().items()}
    assert frames["measurements"]["value"].max() == 0.75
