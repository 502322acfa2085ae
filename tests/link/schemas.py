"""The specification's JSON schemas, where the project's shared folder has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "conformance" / "reconciliation" / "0.2-schemas"


def check(content: Any, name: str) -> None:
    """Validate a JSON value against a schema of the specification; skip the test where the schemas are not."""
    jsonschema = pytest.importorskip("jsonschema")
    if not FOLDER.is_dir():
        pytest.skip("the specification's schemas are not here")
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT7

    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    inner = json.loads((FOLDER / "type.json").read_text(encoding="utf-8"))
    secured = "http://swagger.io/v2/schema.json"
    allowing = {"definitions": {"securityDefinitions": {"additionalProperties": {}}}}
    registry = Registry().with_resources(
        [
            (inner["$id"], Resource.from_contents(inner, default_specification=DRAFT7)),
            (secured, Resource.from_contents(allowing, default_specification=DRAFT7)),
        ]
    )
    schema.pop("$schema")
    jsonschema.Draft7Validator(schema, registry=registry).validate(content)
