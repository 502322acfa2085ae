"""The folder as an RO-Crate 1.1 (https://www.researchobject.org/ro-crate/specification/1.1/)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.publish.about import LICENCES, About
from kg.publish.description import MEDIA_TYPES

NAME = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_SOFTWARE = "https://w3id.org/liveblog-kg/software"


def write_crate(folder: Path, about: About, description: str, titles: dict[str, str], version: str) -> None:
    """Write ``ro-crate-metadata.json`` for the files in a folder; ``titles`` says what some of them are."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    authors = [
        {"@id": f"#author-{number}", "@type": "Person", "name": name} for number, name in enumerate(about.authors, 1)
    ]
    ends = [{"@id": author["@id"]} for author in authors]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title,
        "description": description,
        "license": {"@id": about.licence_url},
        "author": ends if len(ends) > 1 else ends[0],
        "hasPart": [{"@id": name} for name in files],
        "mentions": {"@id": _SOFTWARE},
    }
    if about.published:
        root["datePublished"] = about.published.isoformat()
    if about.url:
        root["url"] = about.url
    graph = [
        {
            "@id": NAME,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        root,
        *authors,
        {"@id": about.licence_url, "@type": "CreativeWork", "name": LICENCES[about.licence][1]},
        {"@id": _SOFTWARE, "@type": "SoftwareApplication", "name": "liveblog-kg", "softwareVersion": version,
         "url": _SOFTWARE},
        *(_file(folder, name, titles) for name in files),
    ]  # fmt: skip
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, indent=1, ensure_ascii=False)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def _file(folder: Path, name: str, titles: dict[str, str]) -> dict[str, Any]:
    path = folder / name
    media = MEDIA_TYPES.get(path.suffix.removeprefix("."), "application/octet-stream")
    about = {"@id": name, "@type": "File", "name": titles.get(name, path.name)}
    return {**about, "encodingFormat": media, "contentSize": str(path.stat().st_size)}
