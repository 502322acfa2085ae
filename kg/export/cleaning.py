"""Characters that a format cannot carry, taken out and counted so that the user is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_LONGEST_CELL = 32_767


@dataclass(slots=True)
class Cleaner:
    """Cleans texts for one file and counts how many it had to change; ``notes`` is what else a user should know."""

    changed: int = 0
    notes: list[str] = field(default_factory=list)

    def xml(self, text: str) -> str:
        """Without the characters that XML 1.0 has no way to write (control characters, lone surrogates)."""
        return self._counted(text, _NOT_XML.sub("", text))

    def element(self, text: str) -> str:
        """As :meth:`xml`, with the line ends that every XML parser gives back as line feeds written as such."""
        return self._counted(text, _line_feeds(_NOT_XML.sub("", text)))

    def line(self, text: str) -> str:
        """On one line, for readers that take a line for a record."""
        return self._counted(text, _LINE_ENDS.sub(" ", self.xml(text)))

    def cell(self, text: str) -> str:
        """What an Excel cell holds: XML characters, 32,767 of them at most, with line feeds for line ends."""
        return self._counted(text, _line_feeds(_NOT_XML.sub("", text))[:_LONGEST_CELL])

    def warnings(self, form: str) -> list[str]:
        """What to tell the user, if anything."""
        if not self.changed:
            return self.notes
        return [
            *self.notes,
            f"{self.changed} texts held characters that {form} cannot carry; those were left out of them",
        ]

    def _counted(self, text: str, cleaned: str) -> str:
        self.changed += cleaned != text
        return cleaned


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def spreadsheet_safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before ``= + - @``, tab and return.

    See the OWASP page on CSV injection.
    """
    return "'" + text if _FORMULA.match(text) else text
