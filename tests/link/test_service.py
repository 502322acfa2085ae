"""The client against a real service on loopback, and the service's answers against the specification's schemas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.link.cache import AnswerCache
from kg.link.endpoint import Endpoint
from kg.link.service import Pace, Service, ServiceError
from tests.link.conciliator import Conciliator
from tests.link.schemas import check


def quick(slept: list[float] | None = None, **more: float) -> Pace:
    return Pace(interval=0, sleep=(slept if slept is not None else []).append, **more)  # type: ignore[arg-type]


def asked(service: Conciliator, folder: Path, pace: Pace | None = None) -> Service:
    return Service(service.address, AnswerCache(service.address, folder), pace or quick())


NAMES = [{"query": name, "limit": 5} for name in ("Nike", "vivo", "Hangzhu", "Zzzzqx")]


def test_answers_come_in_order_and_batches(conciliator: Conciliator, tmp_path: Path) -> None:
    with asked(conciliator, tmp_path, quick(batch=3)) as service:
        nike, vivo, hangzhou, nothing = service.ask(NAMES)
    assert (nike[0].name, nike[0].match, vivo[0].match) == ("Nike", True, True)
    assert hangzhou[0].name == "Hangzhou" and not hangzhou[0].match
    assert nothing == []
    assert [len(batch) for batch in conciliator.log] == [3, 1]
    for batch in conciliator.log:
        check(batch, "reconciliation-query-batch")


def test_an_interrupted_run_goes_on_where_it_stopped(conciliator: Conciliator, tmp_path: Path) -> None:
    conciliator.troubles = []
    with asked(conciliator, tmp_path, quick(batch=2)) as service:
        service.ask(NAMES[:2])
    with (tmp_path / next(tmp_path.glob("*.jsonl")).name).open("a", encoding="utf-8") as cut:
        cut.write('{"query": "half a li')
    with asked(conciliator, tmp_path, quick(batch=2)) as service:
        assert [bool(found) for found in service.ask(NAMES)] == [True, True, True, False]
        service.ask(NAMES)
    assert sum(map(len, conciliator.log)) == 4


def test_a_busy_service_is_asked_again_after_the_pause_it_asks_for(conciliator: Conciliator, tmp_path: Path) -> None:
    conciliator.troubles = [(503, {}, b"later"), (429, {"Retry-After": "7"}, b"")]
    slept: list[float] = []
    with asked(conciliator, tmp_path, quick(slept)) as service:
        assert service.ask(NAMES[:1])[0][0].name == "Nike"
    assert slept[0] == 1 and slept[1] >= 7


def test_a_service_that_stays_busy_is_given_up(conciliator: Conciliator, tmp_path: Path) -> None:
    conciliator.troubles = [(500, {}, b"")] * 9
    with (
        asked(conciliator, tmp_path, quick(tries=3)) as service,
        pytest.raises(ServiceError, match=r"3 tries \(HTTP 500\).*goes on where it stopped"),
    ):
        service.ask(NAMES)


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"[]", b"{}", b'{"q0": {"result": [{"id": "x", "name": "X"}]}}', b'{"q0": {"result": [{"id": 5}]}}'],
)
def test_an_answer_that_breaks_the_specification_is_refused(
    conciliator: Conciliator, tmp_path: Path, body: bytes
) -> None:
    conciliator.troubles = [(200, {}, body)]
    with asked(conciliator, tmp_path) as service, pytest.raises(ServiceError, match="answer"):
        service.ask(NAMES[:1])
    assert not list(tmp_path.glob("*.jsonl"))


def test_requests_keep_their_distance(conciliator: Conciliator, tmp_path: Path) -> None:
    slept: list[float] = []
    with asked(conciliator, tmp_path, Pace(batch=1, interval=5, sleep=slept.append)) as service:
        service.ask(NAMES[:3])
    assert len(slept) == 3 and all(4 < pause <= 5 for pause in slept)


def test_no_service_and_no_address() -> None:
    with pytest.raises(UsageError, match="wikidata"):
        Service("dbpedia")
    with pytest.raises(ServiceError, match="no answer after 1 tries"):
        Service("http://127.0.0.1:9/none", pace=quick(tries=1))


def test_identifiers_become_iris(conciliator: Conciliator, tmp_path: Path) -> None:
    with asked(conciliator, tmp_path) as service:
        assert service.iri("brand/nike").endswith("/id/brand/nike")
        service.manifest = {"identifierSpace": "https://www.wikidata.org/entity/"}
        assert service.iri("Q1") == "http://www.wikidata.org/entity/Q1"
        service.manifest = {"identifierSpace": "urn:x", "view": {"url": "http://e.org/{{id}}.html"}}
        assert service.iri("a") == "http://e.org/a.html"


def test_our_service_answers_as_the_specification_has_it(endpoint: Endpoint) -> None:
    check(endpoint.respond("", {}), "manifest")
    batch = {"q0": {"query": "Nike", "type": "Brand"}, "q1": {"query": "Hang zhou", "type": ["Place", "Brand"]}}
    found = endpoint.respond("", {"queries": json.dumps(batch)})
    check(found, "reconciliation-result-batch")
    assert [found[q]["result"][0]["name"] for q in batch] == ["Nike", "Hangzhou"]
    assert endpoint.match({"q": {"query": "Nike", "type": "Place"}})["q"]["result"] == []
    check(endpoint.respond("suggest/entity", {"prefix": "ma"}), "suggest-entities-response")
    check(endpoint.respond("suggest/type", {"prefix": "P"}), "suggest-types-response")
    check(endpoint.respond("suggest/property", {"prefix": ""}), "suggest-properties-response")
    check(endpoint.respond("properties", {"type": "Person"}), "data-extension-property-proposal")
    extended = endpoint.respond(
        "", {"extend": json.dumps({"ids": ["person/ana-example", "x"], "properties": [{"id": "holdsPosition"}]})}
    )
    check(extended, "data-extension-response")
    assert extended["rows"]["person/ana-example"]["holdsPosition"][0]["id"] == "brand/nike"
    assert "Ana Example of Nike" in endpoint.respond("preview", {"id": "person/ana-example"})


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("nowhere", {}),
        ("", {"queries": "{"}),
        ("", {"queries": "[]"}),
        ("", {"queries": '{"q": 1}'}),
        ("", {"queries": '{"q": {}}'}),
        ("", {"extend": "{}"}),
        ("preview", {"id": "x"}),
    ],
)
def test_our_service_refuses_what_it_cannot_answer(endpoint: Endpoint, path: str, params: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        endpoint.respond(path, params)
