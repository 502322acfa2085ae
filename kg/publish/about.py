"""What is said of a published data set, the same in every description of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.errors import UsageError

LICENCES: Mapping[str, tuple[str, str]] = {
    "CC-BY-4.0": ("https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International"),
    "CC-BY-SA-4.0": (
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "Creative Commons Attribution-ShareAlike 4.0 International",
    ),
    "CC0-1.0": ("https://creativecommons.org/publicdomain/zero/1.0/", "Creative Commons Zero 1.0 Universal"),
    "ODC-By-1.0": ("https://opendatacommons.org/licenses/by/1-0/", "Open Data Commons Attribution License 1.0"),
}
"""SPDX identifier to address and name."""

AUTHORS = ("The liveblog-kg authors",)
"""Who is cited where nobody is named."""


@dataclass(frozen=True, slots=True)
class About:
    """Title, authors (``Given Family`` each), licence (SPDX identifier), day of publication, address of the folder.

    Raises:
        UsageError: the licence is none of :data:`LICENCES`, or an author has no name.
    """

    title: str
    authors: tuple[str, ...] = AUTHORS
    licence: str = "CC-BY-4.0"
    published: date | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if self.licence not in LICENCES:
            raise UsageError(f"--licence {self.licence}: it is one of {', '.join(LICENCES)}")
        if not self.authors or not all(author.strip() for author in self.authors):
            raise UsageError("--author: give each author a name, as --author 'Ana Example'")
        if self.url is not None and not self.url.startswith(("https://", "http://")):
            raise UsageError(f"--url {self.url}: the address where the folder will be, beginning with https://")

    @property
    def licence_url(self) -> str:
        """The licence's address."""
        return LICENCES[self.licence][0]
