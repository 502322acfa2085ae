"""Press-text habits, each a function from the tokens of a document to its tokens.

Quotes and dashes as printers set them, currencies by their codes, festivals named by a date (``11.11``), headlines in
title case and without a stop, capitals, lower case.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

Habit = Callable[[list["Token"], random.Random], list["Token"]]

CURRENCIES: Final = ("RMB", "US$", "HK$", "€", "£", "¥", "RMB", "US$", "CNY", "EUR", "NT$", "A$", "S$", "USD")
DATE_NAMES: Final = ("11.11", "6.18", "12.12", "9.9", "8.8", "10.10", "3.8", "11/11", "6/18", "618")
_SMALL: Final = frozenset(
    ("a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "for", "by", "with", "as")
)


@dataclass(frozen=True)
class Token:
    """One token of a training document; ``key`` names it, ``head`` is its head's key, ``ent`` a BIO tag."""

    key: int
    text: str
    space: bool
    pos: str
    morph: str
    lemma: str
    head: int
    dep: str
    ent: str
    first: bool

    @property
    def blank(self) -> bool:
        """Whether this is the white space between two paragraphs."""
        return self.pos == "SPACE"


def curly(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Set straight quotes and apostrophes curly."""
    opened = False
    changed: list[Token] = []
    for index, token in enumerate(tokens):
        text = token.text
        if token.blank:
            opened = False
        elif text in {'"', "``", "''"}:
            opening = not opened if text == '"' else text == "``"
            text, opened = ("“" if opening else "”"), opening
        elif text == "'" and token.pos == "PUNCT":
            before = tokens[index - 1] if index else None
            text = "‘" if before is None or before.space or before.text in '([“"' else "’"
        elif "'" in text:
            text = text.replace("'", "’")
        lemma = text if token.lemma == token.text else token.lemma
        changed.append(replace(token, text=text, lemma=lemma))
    return changed


def dashes(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Turn hyphens that stand free into dashes, with the blanks around them or without."""
    tight = rng.random() < 0.6
    mark = rng.choice("——–")
    changed = list(tokens)
    for index in range(1, len(tokens) - 1):
        before, token = changed[index - 1], tokens[index]
        loose = token.space and before.space
        if token.pos == "PUNCT" and token.text in {"-", "--", "---", "–", "—"} and (loose or token.text != "-"):
            changed[index] = replace(token, text=mark, lemma=mark, space=token.space and not tight)
            changed[index - 1] = replace(before, space=before.space and not tight)
    return changed


def commas_to_dashes(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Set off some insertions by dashes instead of commas."""
    changed = list(tokens)
    for index in range(1, len(tokens) - 1):
        token = tokens[index]
        if token.text == "," and token.space and rng.random() < 0.08:
            changed[index - 1] = replace(changed[index - 1], space=False)
            changed[index] = replace(token, text="—", lemma="—", space=False)
    return changed


def currencies(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Write amounts of dollars in other currencies, code or symbol directly before the figure."""
    changed: list[Token] = []
    for index, token in enumerate(tokens):
        follows = index + 1 < len(tokens) and tokens[index + 1].text[:1].isdigit()
        if token.text == "$" and follows and rng.random() < 0.8:
            code = rng.choice(CURRENCIES)
            changed.append(replace(token, text=code, lemma=code, space=False))
        else:
            changed.append(token)
    return changed


def date_names(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Name some things by a date: ``the 11.11 Shopping Festival``, ``during 6.18``."""
    name = rng.choice(DATE_NAMES)
    return [
        replace(token, text=name, lemma=name)
        if token.pos == "PROPN"
        and token.dep in {"compound", "obl", "nsubj", "nmod", "obj", "nmod:poss"}
        and token.ent in {"O", "B-EVENT", "B-MISC"}
        and rng.random() < 0.12
        else token
        for token in tokens
    ]


def figures(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Give some numbers other figures, with decimals and thousands separators."""
    return [_refigured(token, rng) for token in tokens]


def _refigured(token: Token, rng: random.Random) -> Token:
    if token.pos != "NUM" or not token.text.isdigit() or len(token.text) > 3 or rng.random() > 0.3:
        return token
    text = rng.choice((f"{rng.uniform(1, 600):.1f}", f"{rng.randint(1000, 900000):,}", f"{rng.uniform(0, 30):.2f}"))
    return replace(token, text=text, lemma=text)


def unstopped(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Drop the full stop at the end of paragraphs of one short sentence, as headlines do."""
    heads = {token.head for token in tokens if token.head != token.key}
    dropped = {
        part[-1].key
        for part in _paragraphs(tokens)
        if 4 < len(part) < 22 and part[-1].text == "." and part[-1].key not in heads and sum(t.first for t in part) == 1
    }
    return [token for token in tokens if token.key not in dropped]


def line_breaks(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Part paragraphs by one line break instead of an empty line."""
    return [replace(token, text="\n", lemma="\n") if token.blank else token for token in tokens]


def title(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Capitalise the words of short paragraphs, or of one paragraph in three."""
    every = rng.random() < 0.3
    keys = {
        token.key
        for part in _paragraphs(tokens)
        if len(part) < 18 or (every and rng.random() < 0.4)
        for number, token in enumerate(part)
        if number == 0 or token.text.lower() not in _SMALL
    }
    return [_cased(token, token.text[:1].upper() + token.text[1:]) if token.key in keys else token for token in tokens]


def capitals(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Set short paragraphs, and a few long ones, in capitals."""
    keys = {t.key for part in _paragraphs(tokens) if len(part) < 18 or rng.random() < 0.2 for t in part}
    return [_cased(token, token.text.upper()) if token.key in keys else token for token in tokens]


def lower(tokens: list[Token], rng: random.Random) -> list[Token]:
    """Write a whole document in lower case."""
    return [_cased(token, token.text.lower()) for token in tokens]


def _cased(token: Token, text: str) -> Token:
    return token if token.blank or token.text == "’s" or token.text == "'s" else replace(token, text=text)


def _paragraphs(tokens: list[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        if token.blank:
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


HABITS: Final[Mapping[Habit, float]] = {
    curly: 0.6,
    dashes: 0.4,
    commas_to_dashes: 0.15,
    currencies: 0.6,
    date_names: 0.25,
    figures: 0.3,
    unstopped: 0.3,
    line_breaks: 0.3,
}
"""Each habit and the chance that a document to be changed takes it."""

CASES: Final[Mapping[Habit, float]] = {title: 0.25, capitals: 0.06, lower: 0.05}
"""Ways of capitalising, of which a document takes at most one."""
