"""Pictures of the page, the static pictures and the plots, to be looked at: ``make screenshots``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import kg
from kg.draw.plots import PLOTS, plot
from kg.export.selection import Selection
from kg.export.write import Choice, export
from tests.export.programs import CHROMIUM

SHOTS: dict[str, dict[str, Any]] = {
    "page-light": {},
    "page-dark": {"color_scheme": "dark"},
    "page-entity": {"color_scheme": "dark", "search": "Tmall"},
    "page-edge": {"search": "Tmall", "keys": "e"},
    "page-search": {"typing": "green"},
    "page-narrow": {"viewport": {"width": 420, "height": 800}, "search": "Tmall"},
}
"""Name to what is done before the picture is taken."""


def shoot(browser: Any, page: Path, out: Path, settings: dict[str, Any]) -> None:
    """Open the page as the settings say and take its picture."""
    viewport = settings.get("viewport", {"width": 1440, "height": 900})
    tab = browser.new_page(viewport=viewport, color_scheme=settings.get("color_scheme", "light"))
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached")
    if "search" in settings:
        tab.fill("#search", settings["search"])
        tab.press("#search", "Enter")
    for key in settings.get("keys", ""):
        tab.press("#canvas", key)
    if "typing" in settings:
        tab.fill("#search", settings["typing"])
    tab.wait_for_timeout(200)
    tab.screenshot(path=out)
    tab.close()


def main(folder: Path, out: Path) -> None:
    """Write all pictures of a graph into a folder."""
    from playwright.sync_api import sync_playwright

    graph = kg.open(folder)
    out.mkdir(parents=True, exist_ok=True)
    for name in PLOTS:
        (out / f"plot-{name}.png").write_bytes(plot(graph, name, "png"))
    for view in ("entities", "people", "brands"):
        export(graph, "png", out / f"picture-{view}.png", Choice(Selection(view)))
    export(graph, "html", out / "graph.html", Choice(Selection("together")))
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, settings in SHOTS.items():
            shoot(browser, (out / "graph.html").resolve(), out / f"{name}.png", settings)
        tab = browser.new_page()
        tab.goto((out / "graph.html").resolve().as_uri())
        tab.wait_for_selector("html[data-ready]", state="attached")
        tab.pdf(path=out / "page-print.pdf", landscape=True)
        browser.close()
    print(f"{out}: {len(list(out.iterdir()))} files")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
