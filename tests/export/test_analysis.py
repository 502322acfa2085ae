"""Paths, central entities and communities, compared with networkx where that computes the same."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from click.testing import CliRunner

import kg
from kg.analysis.measures import MEASURES, add_measures, communities, rank
from kg.cli import cli
from kg.errors import UsageError
from kg.export.network import Network
from kg.export.write import Choice, export

pytest.importorskip("igraph")


def test_a_path_has_the_wording_of_every_step(story: kg.Graph) -> None:
    run, graph = CliRunner(), ["-g", str(story.folder)]
    done = run.invoke(cli, ["path", "ana example", "Gifts for All", *graph, "--json"])
    paths = json.loads(done.output)
    steps = [(step["subject"], step["relation"], step["object"]) for step in paths[0]]
    assert steps == [
        ("Ana Example", "holdsPosition", "Acme Group"),
        ("ShopNow", "operatedBy", "Acme Group"),
        ("Lumen Lamps", "partnersWith", "ShopNow"),
        ("Lumen Lamps", "participatesIn", "Spring Fair"),
        ("Gifts for All", "partOf", "Spring Fair"),
    ]
    assert all(step["wording"] == f"{step['subject']} {step['relation']} {step['object']}." for step in paths[0])
    assert "“ShopNow operatedBy Acme Group.”" in run.invoke(cli, ["path", "ShopNow", "Acme Group", *graph]).output


@pytest.mark.parametrize(
    ("ends", "reason"),
    [(["ShopNow", "ShopNow"], "two different"), (["ShopNow", "Nobody"], "nothing in this graph")],
)
def test_no_path_says_why(story: kg.Graph, ends: list[str], reason: str) -> None:
    result = CliRunner().invoke(cli, ["path", *ends, "-g", str(story.folder)])
    assert isinstance(result.exception, UsageError) and reason in str(result.exception)
    early = CliRunner().invoke(
        cli, ["path", "Ana Example", "ShopNow", "--until", "2030-05-01", "--min-confidence", "0.95"]
    )
    assert early.exit_code


def test_the_k_shortest_paths_are_those_of_networkx(demo: kg.Graph) -> None:
    from kg.analysis.paths import shortest_paths

    network = demo.to_networkx("together")
    degrees = sorted(network, key=lambda node: (-network.degree(node), node))
    source, target = degrees[0], degrees[30]
    found = shortest_paths(network, [source], [target], 4)
    lengths = [len(path) for path in found]
    assert len(found) == 4 and lengths == sorted(lengths)
    assert lengths[0] == nx.shortest_path_length(nx.Graph(network), source, target)
    assert all(step.wording for path in found for step in path)


def test_measures_agree_with_networkx(demo: kg.Graph) -> None:
    network = demo.to_networkx()
    simple = nx.Graph(network)
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    assert rank(network, "degree") == pytest.approx({node: float(degree) for node, degree in simple.degree()})
    assert rank(network, "betweenness") == pytest.approx(nx.betweenness_centrality(simple, normalized=False), abs=1e-5)
    assert sum(rank(network, "pagerank").values()) == pytest.approx(1, abs=1e-6)
    assert max(rank(network, "eigenvector").values()) == pytest.approx(1, abs=1e-6)
    with pytest.raises(UsageError, match="--by fame"):
        rank(network, "fame")


def test_communities_are_those_that_are_tied(demo: kg.Graph) -> None:
    network: Network = nx.MultiDiGraph()
    for group in ("ab", "cd"):
        members = [f"{group}{number}" for number in range(4)]
        network.add_edges_from((one, other, "runs") for one in members for other in members if one < other)
    network.add_edge("ab0", "cd0", "runs")
    assert sorted(map(sorted, communities(network))) == [[f"ab{n}" for n in range(4)], [f"cd{n}" for n in range(4)]]
    whole = demo.to_networkx("together")
    assert communities(whole) == communities(whole)
    assert sorted(node for group in communities(whole) for node in group) == sorted(whole)


def test_measures_go_into_the_files(story: kg.Graph, tmp_path: object) -> None:
    names = (*MEASURES, "community")
    network = add_measures(story.to_networkx(), names)
    path = f"{tmp_path}/x.graphml"
    export(story, "graphml", path, Choice(measures=names))
    back = nx.read_graphml(path, force_multigraph=True)
    assert dict(back.nodes(data="betweenness")) == dict(network.nodes(data="betweenness"))
    assert set(dict(back.nodes(data="community")).values()) <= {1, 2, 3}
    done = CliRunner().invoke(cli, ["rank", "-g", str(story.folder), "-n", "1", "--by", "pagerank", "--json"])
    first = json.loads(done.output)[0]
    assert first["iri"] == max(network, key=lambda node: network.nodes[node]["pagerank"])
    assert first["name"] == network.nodes[first["iri"]]["label"]
    listed = CliRunner().invoke(cli, ["communities", "-g", str(story.folder), "--view", "people"])
    assert listed.output == "  1. (2) Acme Group, Ana Example\n"
