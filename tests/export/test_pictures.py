"""Pictures and plots: what is drawn, how large, with which fonts, and the specification behind a plot."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.draw import fonts
from kg.draw.layout import layout, radius
from kg.draw.plot_data import timeline_rows
from kg.draw.plots import PLOTS, plot
from kg.errors import UsageError
from kg.export.colours import STYLES
from kg.export.selection import Selection
from kg.export.write import Choice, export

for module in ("altair", "igraph", "vl_convert"):
    pytest.importorskip(module)
SVG = "{http://www.w3.org/2000/svg}"


def texts(path: Path) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.parse(path).iter(f"{SVG}text")]


def test_a_picture_names_what_it_draws(story: kg.Graph, tmp_path: Path) -> None:
    assert export(story, "svg", tmp_path / "x.svg", Choice(options={"width": 900})) == []
    found = texts(tmp_path / "x.svg")
    names = {label for _, label in story.to_networkx().nodes(data="label")}
    assert names <= set(found) and {"Platform", "Person"} <= set(found)
    assert len({"operatedBy", "partOf", "holdsPosition", "participatesIn", "partnersWith"} & set(found)) >= 2
    assert any("dashed: planned" in text for text in found)
    root = ElementTree.parse(tmp_path / "x.svg").getroot()
    assert root.get("width") == "900" and len(list(root.iter(f"{SVG}path"))) == 1 + 5


def test_labels_do_not_lie_on_one_another(demo: kg.Graph, tmp_path: Path) -> None:
    from kg.draw.picture import text_width

    warnings = export(demo, "svg", tmp_path / "x.svg", Choice(options={"width": 1600}))
    boxes = []
    for text in ElementTree.parse(tmp_path / "x.svg").iter(f"{SVG}text"):
        x, y, height = (float(text.get(name) or 0) for name in ("x", "y", "font-size"))
        boxes.append((x, x + text_width("".join(text.itertext()), height), y - height * 0.8, y))
    assert len(boxes) > 60
    touching = [
        (a, b) for a, b in combinations(boxes, 2) if a[0] < b[1] and a[1] > b[0] and a[2] < b[3] and a[3] > b[2]
    ]
    assert touching == []
    assert all("labels found no free place" in warning for warning in warnings)


def test_hostile_names_in_a_picture(hostile: kg.Graph, tmp_path: Path) -> None:
    warnings = export(hostile, "svg", tmp_path / "x.svg")
    found = texts(tmp_path / "x.svg")
    assert "</script><script>alert(1)</script><!--" in found and "中文店铺 日本語 한국어" in found
    assert any(text.startswith("Long xxxx") and len(text) == 40 for text in found)
    assert "that svg cannot carry" in warnings[-1]


def test_png_and_pdf(hostile: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Choice(Selection(around="中文店铺 日本語 한국어"), options={"width": 400, "dpi": 144})
    export(hostile, "png", tmp_path / "x.png", small)
    head = (tmp_path / "x.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">I", head[16:20])[0] == 600
    export(hostile, "pdf", tmp_path / "x.pdf", Choice(small.selection, options={"width": 400}))
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext") and not fonts.font_warnings("中文"):
        done = subprocess.run(["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, text=True, check=True)
        assert "ShopNow" in done.stdout and "中文店铺" in done.stdout
    monkeypatch.setattr(fonts, "shutil", SimpleNamespace(which=lambda _: None))
    assert "Chinese" in export(hostile, "png", tmp_path / "x.png", small)[0]
    monkeypatch.setattr(fonts, "shutil", SimpleNamespace(which=lambda _: shutil.which("true")))
    assert "install Noto Sans CJK" in export(hostile, "png", tmp_path / "x.png", small)[0]


def test_nodes_lie_apart_and_the_same_each_time(demo: kg.Graph) -> None:
    network = demo.to_networkx("together")
    places = layout(network)
    assert places == layout(network) and places.keys() == set(network)
    size = {node: radius(values["statements"]) for node, values in network.nodes(data=True)}
    touching = [
        (a, b)
        for a, b in combinations(network, 2)
        if (places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2 < (size[a] + size[b]) ** 2
    ]
    assert len(touching) < len(network) / 50


def test_a_notebook_shows_figures_and_a_picture(demo: kg.Graph) -> None:
    bundle = demo._repr_mimebundle_(include=None, exclude=None)
    picture = ElementTree.fromstring(bundle["text/html"][bundle["text/html"].index("<svg") :])
    assert "Tmall" in ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")]
    assert f"<b>{demo.info()['statements']:,}</b> statements" in demo._repr_html_()
    assert str(demo.folder) in bundle["text/plain"]


def _seen(colour: str, kind: str) -> tuple[float, float, float]:
    """A colour in CIE Lab as somebody with red- or green-blindness sees it (Viénot, Brettel, Mollon 1999)."""
    red, green, blue = (((v / 255 + 0.055) / 1.055) ** 2.4 if v > 10 else v / 3294 for v in bytes.fromhex(colour[1:]))
    if kind == "protan":
        red, green = 0.11238 * red + 0.88762 * green, 0.11238 * red + 0.88762 * green
        blue = 0.00401 * (red - green) + blue
    elif kind == "deutan":
        red, green = 0.29275 * red + 0.70725 * green, 0.29275 * red + 0.70725 * green
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    f, g, h = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * g - 16, 500 * (f - g), 200 * (g - h)


@pytest.mark.parametrize("kind", ["normal", "protan", "deutan"])
def test_types_differ_for_colour_blind_readers(kind: str) -> None:
    for (one, (colour, shape)), (other, (colour2, shape2)) in combinations(list(STYLES.items())[:11], 2):
        gap = sum((a - b) ** 2 for a, b in zip(_seen(colour, kind), _seen(colour2, kind), strict=True)) ** 0.5
        assert shape != shape2 or gap > 10, (one, other, gap)


@pytest.mark.parametrize("name", PLOTS)
def test_every_plot_is_drawn_and_gives_its_specification(demo: kg.Graph, name: str) -> None:
    specification = json.loads(plot(demo, name, "json", top=12))
    assert specification["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    picture = ElementTree.fromstring(plot(demo, name, "svg", top=12))
    found = ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")]
    assert PLOTS[name].title in found and len(found) > 8
    expected = {
        "cooccurrence": "Tmall",
        "timeline": timeline_rows(demo, 12)[0]["event"],
        "brands": "Tmall",
        "themes": "Tmall",
    }
    assert expected.get(name, PLOTS[name].title) in found


def test_a_plot_in_every_output(story: kg.Graph, tmp_path: Path) -> None:
    run = CliRunner()
    starts = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "html": b"<!DOCTYPE html>", "json": b"{"}
    for suffix, start in starts.items():
        out = tmp_path / f"x.{suffix}"
        assert run.invoke(cli, ["plot", "entries", "-g", str(story.folder), "-o", str(out)]).exit_code == 0
        assert out.read_bytes().lstrip().startswith(start)
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert not re.search(r"<script[^>]+src=|<link", page)


def test_measures_and_mistakes(story: kg.Graph) -> None:
    data = json.loads(plot(story, "measure", "json", measure="sales"))
    values = [row["value"] for row in data["data"]["values"]]
    assert sorted(values) == [0.25, 0.25, 0.5, 0.5, 0.5, 0.75, 0.75]
    for wrong in (
        {"name": "pie"},
        {"name": "measure", "measure": "GMV"},
        {"name": "themes"},
        {"name": "brands", "form": "gif"},
    ):
        with pytest.raises(UsageError):
            plot(story, **wrong)  # type: ignore[arg-type]
    result = CliRunner().invoke(cli, ["plot", "brands", "-g", str(story.folder)])
    assert isinstance(result.exception, UsageError) and "-o FILE.svg" in str(result.exception)
