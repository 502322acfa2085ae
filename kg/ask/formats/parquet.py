"""Answers as Parquet, with typed columns."""

from __future__ import annotations

import io

from pyoxigraph import QueryBoolean

from kg.ask.answer import Answer
from kg.ask.result import Result, optional
from kg.errors import UsageError


def write_parquet(answer: Answer, base: str) -> bytes:
    """A Parquet file of the rows, IRIs in full.

    Raises:
        UsageError: pyarrow is not installed, or the answer is yes or no.
    """
    if isinstance(answer, QueryBoolean):
        raise UsageError("-f parquet: a query that answers yes or no is written as json or xml")
    arrow, parquet = optional("pyarrow", "parquet"), optional("pyarrow.parquet", "parquet")
    out = io.BytesIO()
    parquet.write_table(arrow.table(Result.of(answer, base).to_dict()), out)
    return out.getvalue()
