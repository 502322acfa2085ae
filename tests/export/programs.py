"""The programs that some tests use, and what to say where one is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NPM_PACKAGES = Path(__file__).parents[2] / ".tools" / "node_modules"

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: make browser-tools gets it")
needs_graphviz = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed: make browser-tools")
needs_npm_packages = pytest.mark.skipif(
    not (NPM_PACKAGES / "cytoscape").is_dir() or not shutil.which("node"),
    reason="cytoscape.js and graphology are not installed: make browser-tools gets them",
)
