"""The page in a real browser: what it draws, finds, filters and shows, and that nothing in it can run or load."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.export.selection import Selection
from kg.export.write import Choice, export
from tests.export.programs import CHROMIUM, NPM_PACKAGES, needs_chromium, needs_npm_packages

pytest.importorskip("igraph")
api = pytest.importorskip("playwright.sync_api")
Opener = Callable[..., Any]
TOGETHER = Choice(Selection(view="together"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with api.sync_playwright() as player:
        running = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


def is_trouble(message: Any) -> bool:
    """An error on the console, but for the picture whose refusal a test asks for."""
    return message.type == "error" and "'data:,'" not in message.text


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    complaints: list[str] = []
    pages = []

    def open_(graph: kg.Graph, choice: Choice = TOGETHER, **settings: Any) -> Any:
        export(graph, "html", tmp_path / "graph.html", choice)
        page = browser.new_page(viewport={"width": 1200, "height": 800}, **settings)
        page.on("console", lambda message: complaints.append(message.text) if is_trouble(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: complaints.append(request.url) if "graph.html" not in request.url else None)
        page.goto((tmp_path / "graph.html").as_uri())
        api.expect(page.locator("html")).to_have_attribute("data-ready", re.compile(r"\d+"))
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.close()
    assert complaints == []


def pixels(page: Any) -> set[str]:
    """The colours that the canvas shows."""
    script = """() => { const c = document.getElementById("canvas"), d = c.getContext("2d").getImageData(0, 0, c.width,
      c.height).data, s = new Set(); for (let i = 0; i < d.length; i += 4) s.add([d[i], d[i+1], d[i+2]].map((v) =>
      v.toString(16).padStart(2, "0")).join("")); return [...s]; }"""
    return set(page.evaluate(script))


@needs_chromium
def test_it_draws_finds_and_shows_evidence(story: kg.Graph, opened: Opener) -> None:
    page = opened(story)
    assert page.inner_text("#counts") == "6 of 6 nodes, 10 of 10 edges"
    assert {"88ccee", "4477aa", "ddcc77", "aa4499", "cc6677", "44aa99", "ffffff"} <= pixels(page)
    page.fill("#search", "shop n")
    assert page.locator("#found li").all_inner_texts()[0].startswith("ShopNow")
    page.press("#search", "Enter")
    panel = page.inner_text("#panel")
    assert "ShopNow" in panel and "also: SN, Shop Now" in panel and "Relations (2)" in panel
    assert "operated by Acme Group" in panel and "ShopNow operatedBy Acme Group." in panel
    assert "2030-05-01 10:00" in panel and "Figures (3)" in panel and "ShopNow sales = 0.25 CNY" in panel
    page.click("#panel button.go >> text=Acme Group")
    assert page.inner_text("#panel h2") == "Acme Group"
    assert "Ana Example holds position Acme Group" in page.inner_text("#panel")


@needs_chromium
def test_it_filters_by_type_relation_and_time(story: kg.Graph, opened: Opener) -> None:
    page = opened(story, Choice(Selection()))
    page.uncheck("#types label:has-text('Person') input")
    assert page.inner_text("#counts") == "5 of 6 nodes, 4 of 5 edges"
    page.uncheck("#relations label:has-text('operated by') input")
    assert page.inner_text("#counts") == "5 of 6 nodes, 3 of 5 edges"
    page.check("#alone")
    assert page.inner_text("#counts") == "4 of 6 nodes, 3 of 5 edges"
    page.fill("#until", "0")
    assert page.inner_text("#until-text") == "2030-05-01 10:00"
    assert page.inner_text("#counts") == "0 of 6 nodes, 0 of 5 edges"
    page.check("#relations label:has-text('operated by') input")
    assert page.inner_text("#counts") == "2 of 6 nodes, 1 of 5 edges"
    page.click("#play")
    api.expect(page.locator("#until")).to_have_value("2")
    assert page.inner_text("#counts") == "5 of 6 nodes, 4 of 5 edges"


@needs_chromium
def test_it_works_from_the_keyboard(story: kg.Graph, opened: Opener) -> None:
    page = opened(story)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("ana")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "canvas"
    assert page.inner_text("#panel h2") == "Ana Example"
    page.keyboard.press("e")
    assert {"Ana Example", "Acme Group"} == set(page.locator("#panel h2 button").all_inner_texts())
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    page.keyboard.press("n")
    assert page.inner_text("#panel h2") == "ShopNow"


@needs_chromium
def test_a_click_on_a_node_and_on_an_edge(story: kg.Graph, opened: Opener) -> None:
    page = opened(story, Choice(Selection(around="Ana Example")))
    box = page.locator("#canvas").bounding_box()
    middle, height = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(middle, height)
    assert "holds position" in page.inner_text("#panel h2") and "I am" not in page.inner_text("#panel")
    assert "Ana Example holdsPosition Acme Group." in page.inner_text("#panel blockquote")
    page.keyboard.press("Escape")
    page.evaluate("window.scrollTo(0, 0)")
    node = next(
        x
        for x in range(0, int(box["width"]), 4)
        if page.evaluate(
            f"document.getElementById('canvas').getContext('2d')"
            f".getImageData({x}, {int(box['height'] / 2)}, 1, 1).data.join()"
        )
        in {"221,204,119,255", "68,119,170,255"}
    )
    page.mouse.click(box["x"] + node + 3, height)
    assert page.inner_text("#panel h2") in {"Ana Example", "Acme Group"}


@needs_chromium
def test_hostile_names_stay_text(hostile: kg.Graph, opened: Opener) -> None:
    page = opened(hostile)
    names = sorted(label for _, label in hostile.to_networkx().nodes(data="label"))
    assert (
        sorted(node["l"] for node in page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes"))
        == names
    )
    page.fill("#search", "</script>")
    page.press("#search", "Enter")
    assert page.evaluate("document.querySelector('#panel h2').textContent") == "</script><script>alert(1)</script><!--"
    page.fill("#search", "中文")
    page.press("#search", "Enter")
    assert page.evaluate("document.querySelector('#panel h2').textContent").startswith("中文店铺")
    assert page.evaluate("document.scripts.length") == 2


@needs_chromium
def test_dark_light_print_and_policy(story: kg.Graph, opened: Opener) -> None:
    page = opened(story, color_scheme="dark")
    assert "14171a" in pixels(page) and "ffffff" not in pixels(page)
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "light"
    assert len(page.pdf()) > 20_000
    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    script = """() => new Promise((done) => { document.addEventListener("securitypolicyviolation", (event) =>
      done(event.effectiveDirective)); document.body.append(Object.assign(new Image(), { src: "data:," })); })"""
    assert page.evaluate(script) == "img-src"


@needs_chromium
@needs_npm_packages
def test_cytoscape_js_loads_the_json(hostile: kg.Graph, browser: Any, tmp_path: Path) -> None:
    export(hostile, "cytoscape", tmp_path / "x.json")
    data = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    page = browser.new_page()
    page.add_script_tag(path=NPM_PACKAGES / "cytoscape" / "dist" / "cytoscape.min.js")
    script = """(data) => { const cy = cytoscape({ headless: true, elements: data.elements });
      return [cy.nodes().map((n) => n.data("label")), cy.edges().map((e) => e.source().data("label"))]; }"""
    labels, sources = page.evaluate(script, data)
    network = hostile.to_networkx()
    assert labels == [label for _, label in network.nodes(data="label")]
    assert sources == ["ShopNow"] * network.number_of_edges()
    page.close()


@needs_npm_packages
def test_graphology_reads_the_gexf(story: kg.Graph, tmp_path: Path) -> None:
    export(story, "gexf", tmp_path / "x.gexf")
    script = f"""const G = require("{NPM_PACKAGES}/graphology"), gexf = require("{NPM_PACKAGES}/graphology-gexf");
      const g = gexf.parse(G, require("fs").readFileSync(process.argv[1], "utf8"), {{ addMissingNodes: false }});
      console.log(JSON.stringify([g.mapNodes((_, a) => a.label), g.mapEdges((_, a) => a.statements), g.type]));"""
    done = subprocess.run(["node", "-e", script, tmp_path / "x.gexf"], capture_output=True, text=True, check=True)
    labels, statements, kind = json.loads(done.stdout)
    network = story.to_networkx()
    assert labels == [label for _, label in network.nodes(data="label")] and kind == "directed"
    assert statements == [values["statements"] for *_, values in network.edges(data=True)]


def test_the_page_is_the_same_each_time_and_whole(story: kg.Graph, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(story, "html", tmp_path / name, TOGETHER)
    text = (tmp_path / "one").read_text(encoding="utf-8")
    assert text == (tmp_path / "two").read_text(encoding="utf-8")
    assert not re.findall(
        r"(?:src|href)=|url\(|@import|https?://(?!w3id\.org|www\.w3\.org/2000/svg)", text.split("<script")[0]
    )
