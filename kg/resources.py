"""Where the files that ship with the package are: inside it when installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def resource_folder(name: str) -> Path:
    """The folder ``ontology``, ``shapes`` or ``queries``."""
    installed = PACKAGE / "data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def corpus_path() -> Path:
    """The embedded default input: coverage of the 2021 festival retold in our own words (CC BY 4.0)."""
    return PACKAGE / "data" / "corpus" / "alibaba-1111-2021.txt"
