"""The error report: every missed and every spurious fact with its sentence, grouped by cause, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.evaluate.cause import Case, Cause, cases_of, cause_of
from kg.evaluate.evaluation import Evaluation
from kg.evaluate.gold import Row
from kg.evaluate.place import places_of
from kg.evaluate.scoring import MEASURES, Score

_STRICT = {measure.table: measure for measure in MEASURES}
"""The strictest measure of each table (the last one)."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_LAYOUTS = {
    "entities": "{type}: {name}",
    "relations": "{subject} — {relation} → {object}",
    "measurements": "{subject} · {measure} {comparator} {value} {unit}",
    "quotations": "{speaker}: “{text}”",
}


def error_report(evaluations: Iterable[Evaluation]) -> str:
    """All errors of some evaluations; a set without any is named with a line that says so."""
    parts = ["# Errors of the extraction\n"]
    for evaluation in evaluations:
        parts.append(f"## {_plain(evaluation.name)}\n")
        sections = [section for s in evaluation.scores if (section := _section(evaluation, s))]
        parts += sections or ["No errors.\n"]
    return "\n".join(parts)


def _section(evaluation: Evaluation, score: Score) -> str:
    table = score.measure.table
    if _STRICT[table] is not score.measure:
        return ""
    places = places_of(evaluation.extraction.facts, evaluation.gold.names)
    entities = evaluation.of(_STRICT["entities"])
    groups: dict[tuple[bool, str], list[str]] = {}
    for case in cases_of(score, entities, places):
        cause = cause_of(case, table)
        groups.setdefault((not case.missed, cause.words), []).append(_item(case, cause, table))
    lines = [line for key in _ordered(groups) for line in _group(key, groups[key])]
    if table in ("relations", "measurements"):
        lines += _details(score.pairs, table)
    return f"### {score.measure.title}\n\n" + "\n".join(lines) if lines else ""


def _ordered(groups: dict[tuple[bool, str], list[str]]) -> Sequence[tuple[bool, str]]:
    return sorted(groups, key=lambda key: (key[0], -len(groups[key]), key[1]))


def _group(key: tuple[bool, str], items: Sequence[str]) -> Iterator[str]:
    spurious, words = key
    yield f"#### {'Spurious' if spurious else 'Missed'}: {words} ({len(items)})\n"
    yield from items
    yield ""


def _item(case: Case, cause: Cause, table: str) -> str:
    sentence = case.places.sentence_of(table, case.row)
    partner = f" ({'found' if case.missed else 'gold'}: {_fact(cause.partner, table)})" if cause.partner else ""
    where = f"`{case.row['entry']}` {_fact(case.row, table)}{partner}"
    return f"- {where}\n  > {_plain(sentence) if sentence else '(no sentence of the entry has any of its words)'}"


def _fact(row: Row, table: str) -> str:
    detail = f" ({row['detail']})" if row.get("detail") else ""
    return _plain(_LAYOUTS[table].format(**row) + detail)


def _details(pairs: Sequence[tuple[Row, Row]], table: str) -> Iterator[str]:
    """Right facts whose detail is worded otherwise, which no score counts."""
    other = [(g, f) for g, f in pairs if " ".join(g["detail"].casefold().split()) != f["detail"].casefold()]
    if other:
        yield f"#### Right, but the detail differs ({len(other)}, not scored)\n"
        for gold, found in other:
            yield f"- `{gold['entry']}` {_fact(gold, table)} (found: {_plain(found['detail']) or 'none'})"
        yield ""


def _plain(text: str) -> str:
    """A text without what Markdown would take for markup."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
