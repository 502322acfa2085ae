"""``CITATION.cff`` (https://citation-file-format.github.io/, 1.2.0)."""

from __future__ import annotations

import json

from kg.publish.about import About


def citation(about: About, version: str) -> str:
    """The file's text; strings are written as JSON strings, which YAML reads."""
    lines = ["cff-version: 1.2.0", 'message: "If you use this data set, please cite it as below."', "type: dataset"]
    lines += [f"title: {_quoted(about.title)}", f"version: {_quoted(version)}", f"license: {about.licence}", "authors:"]
    lines += [f"  - name: {_quoted(author)}" for author in about.authors]
    if about.published:
        lines.append(f"date-released: {about.published.isoformat()}")
    if about.url:
        lines.append(f"url: {_quoted(about.url)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
