"""The answer to a query as rows that stay: a sequence of dictionaries that turns into tables and data frames."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from kg.ask.answer import Answer, Term, columns_of, rows_of, settled, text_of
from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import polars

Row = dict[str, str]
"""A row's texts by column: IRIs in full, lexical forms of literals, ``""`` where unbound."""

_SHOWN = 100


class Result(Sequence[Row]):
    """Solutions of a SELECT query, or the triples of a CONSTRUCT query under ``subject``, ``predicate``, ``object``.

    ``columns`` are the names; ``terms`` the RDF terms row by row; ``base`` the namespace behind the prefix ``id``.
    """

    def __init__(self, columns: tuple[str, ...], terms: tuple[tuple[Term | None, ...], ...], base: str) -> None:
        self.columns, self.terms, self.base = columns, terms, base

    @classmethod
    def of(cls, answer: Answer, base: str) -> Result:
        """Read an engine's answer to its end."""
        return cls(columns_of(answer), tuple(rows_of(settled(answer))), base)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows as dictionaries of texts."""
        return [dict(zip(self.columns, map(text_of, row), strict=True)) for row in self.terms]

    def to_csv(self, path: str | Path | None = None) -> str:
        """The rows as CSV (SPARQL 1.1 Query Results CSV), also written to ``path`` where one is given."""
        from kg.ask.formats.standard import csv_text

        text = csv_text(self.columns, self.terms)
        if path is not None:
            Path(path).write_text(text, encoding="utf-8", newline="")
        return text

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns as lists of numbers, dates, truth values or texts (see :mod:`kg.ask.values`)."""
        from kg.ask.values import typed_column

        return {name: typed_column([row[place] for row in self.terms]) for place, name in enumerate(self.columns)}

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame with typed columns.

        Raises:
            UsageError: pandas is not installed.
        """
        frame: pandas.DataFrame = optional("pandas", "pandas").DataFrame(self.to_dict(), columns=list(self.columns))
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame with typed columns.

        Raises:
            UsageError: polars is not installed.
        """
        frame: polars.DataFrame = optional("polars", "polars").DataFrame(self.to_dict(), strict=False)
        return frame

    def _repr_html_(self) -> str:
        from kg.ask.formats.tables import html_table

        return html_table(self.columns, self.terms[:_SHOWN], self.base, more=max(0, len(self) - _SHOWN))

    def __repr__(self) -> str:
        return f"<Result: {len(self)} rows of {', '.join(self.columns) or 'no columns'}>"

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.terms)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Result):
            return (self.columns, self.terms) == (other.columns, other.terms)
        return self.rows == other if isinstance(other, list) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


def optional(module: str, extra: str) -> Any:
    """An optional library.

    Raises:
        UsageError: it is not installed; the message says how it comes.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UsageError(f"this needs {module}, which is not installed; pip install 'liveblog-kg[{extra}]'") from error
