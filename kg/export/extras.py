"""Libraries that only some formats need, from the extras of the package."""

from __future__ import annotations

import importlib
from typing import Any

from kg.errors import KgError


class MissingExtraError(KgError):
    """A format needs a library that is not installed."""


def needs(module: str, extra: str) -> Any:
    """A module of an extra.

    Raises:
        MissingExtraError: it is not installed; the message says how to.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.split(".", maxsplit=1)[0]
        raise MissingExtraError(f"this needs {name}: install it with pip install 'liveblog-kg[{extra}]'") from error
