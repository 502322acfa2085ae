"""Prefix declarations that a query leaves out, for engines that know none of ours."""

from __future__ import annotations

from collections.abc import Mapping

from kg.ask.guard import tokens_of


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """A query with declarations of the prefixes that it uses and does not declare, on its first line."""
    declared: set[str] = set()
    used: set[str] = set()
    before = ""
    for token in tokens_of(text):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            (declared if before.upper() == "PREFIX" else used).add(prefix)
        before = token.text
    missing = sorted(prefix for prefix in used - declared if prefix in prefixes)
    return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in missing) + text
