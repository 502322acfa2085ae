"""Finding a saved question by its tag and by words."""

from __future__ import annotations

from collections.abc import Iterable

from kg.ask.saved import SavedQuery, hint, saved_queries
from kg.errors import UsageError


def all_tags(queries: Iterable[SavedQuery]) -> dict[str, int]:
    """Every tag with the number of questions that bear it, in order."""
    tags = sorted(tag for query in queries for tag in query.tags)
    return {tag: tags.count(tag) for tag in tags}


def search_queries(tag: str = "", words: str = "") -> list[SavedQuery]:
    """The saved questions with a tag and with all of some words in what their headers say, in order of their names.

    A question that has the words in its name or title goes before one that has them elsewhere.

    Raises:
        UsageError: no question has the tag; the message lists the tags.
    """
    queries = list(saved_queries().values())
    tags = all_tags(queries)
    if tag and tag not in tags:
        raise UsageError(f"--tag {tag}: no saved query has this tag (tags: {', '.join(tags)}){hint(tag, tags)}")
    found = [query for query in queries if not tag or tag in query.tags]
    wanted = words.casefold().split()
    matching = [query for query in found if _has(wanted, _everything(query))]
    return sorted(matching, key=lambda query: not _has(wanted, [query.name, query.title]))


def _everything(query: SavedQuery) -> list[str]:
    about = [f"{parameter.name} {parameter.meaning}" for parameter in query.parameters]
    return [query.name, query.title, query.description, *query.questions, *query.tags, *about]


def _has(words: Iterable[str], texts: Iterable[str]) -> bool:
    text = " ".join(texts).casefold()
    return all(word in text for word in words)
