"""A corpus of any size for benchmarks: made-up coverage with varied names, the same for the same number of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

WORDS_A_DOCUMENT = 1_000
_SLOT = re.compile(r"\{([a-z]+)\d?\}")
_STARTS = (
    "Ba Be Bri Ca Co Da Do E Fa Fe Ga Gre Ha Hu I Ja Ka Li Lo Ma Mi Na No O Pa Qui Ra Ri Sa So Ta Ti U Va Ve Wi Ya Zo"
)
_MIDDLES = "la ri no ve sta mo li ra den ta lo mi sel ka to vin ber"
_ENDS = "na ra ton ley mar vik sen dale ro lia tor ner mont ga sta wick lin da"
_FIRST = "Ana Ben Carla David Elif Femi Greta Hugo Ines Jonas Kaya Lars Mira Nils Olga Pavel Rosa Sven Tara Yusuf"
_GOODS = (
    "lamps|running shoes|coffee machines|wool coats|garden chairs|headphones|tents|bicycles|rice cookers|backpacks|"
    "phones|picture books|face creams|kettles|umbrellas|toy trains|air purifiers|blankets|watches|cat food"
)
_KINDS = "Group|Retail|Logistics|Foods|Textiles|Electronics|Holdings|Works"
_FAIRS = "Harvest Fair|Lantern Festival|Spring Sale|Winter Market|Book Week|Garden Show"
_SCHEMES = "Return Box|Second Shelf|Open Door|Green Parcel|Young Makers|Repair Desk"
_SAYINGS = (
    "We had hoped for a good week and got a better one|People want goods that last|Nobody left without a bag|"
    "The cold did not keep them away|We will count again in the morning|Our partners did the hard work"
)


def _word(random: Random) -> str:
    middle = random.choice(_MIDDLES.split()) if random.random() < 0.6 else ""
    return random.choice(_STARTS.split()) + middle + random.choice(_ENDS.split())


_FILLERS: dict[str, Callable[[Random], str]] = {
    "company": lambda r: f"{_word(r)} {r.choice(_KINDS.split('|'))}",
    "other": lambda r: f"{_word(r)} {r.choice(_KINDS.split('|'))}",
    "platform": lambda r: f"{_word(r)}mart",
    "person": lambda r: f"{r.choice(_FIRST.split())} {_word(r)}",
    "place": _word,
    "event": lambda r: f"the {_word(r)} {r.choice(_FAIRS.split('|'))}",
    "programme": lambda r: f"the {_word(r)} {r.choice(_SCHEMES.split('|'))} Programme",
}
_NEW_EACH_TIME: dict[str, Callable[[Random], str]] = {
    "goods": lambda r: r.choice(_GOODS.split("|")),
    "number": lambda r: f"{r.randrange(1_000, 900_000):,}",
    "count": lambda r: str(r.randrange(2, 10)),
    "percent": lambda r: f"{r.randrange(10, 900) / 10:g}",
    "money": lambda r: f"{r.choice(('$', '€', 'RMB'))}{r.randrange(11, 990) / 10:g} {r.choice(('million', 'billion'))}",
    "quote": lambda r: r.choice(_SAYINGS.split("|")),
}


def _patterns() -> list[str]:
    lines = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def document(number: int) -> str:
    """The text of one article of about :data:`WORDS_A_DOCUMENT` words, which depends on nothing but its number."""
    random, patterns = Random(number), _patterns()
    cast = {slot: [make(random) for _ in range(3)] for slot, make in _FILLERS.items()}

    def fill(match: re.Match[str]) -> str:
        slot = match[1]
        return random.choice(cast[slot]) if slot in cast else _NEW_EACH_TIME[slot](random)

    day = date(2030, 1, 1) + timedelta(days=number % 365)
    blocks, words = [f"A day at {cast['event'][0]}", f"Published {day.isoformat()}"], 0
    while words < WORDS_A_DOCUMENT:
        sentences = [_SLOT.sub(fill, random.choice(patterns)) for _ in range(random.randrange(2, 5))]
        block = " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)
        blocks.append(block)
        words += len(block.split())
    return "\n\n".join(blocks) + "\n"


def write_corpus(folder: Path, words: int) -> tuple[list[Path], int]:
    """Write documents until they hold this many words; their paths in order, and how many words they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    total = 0
    for text in _texts():
        if total >= words:
            break
        path = folder / f"article-{len(paths):05}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
        total += len(text.split())
    return paths, total


def _texts() -> Iterator[str]:
    number = 0
    while True:
        yield document(number)
        number += 1
