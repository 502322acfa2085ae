"""The type of a name: the cues of all its mentions together, and what the names listed with it are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.extract.cues import looks_of
from kg.extract.deeds import employs
from kg.extract.lexicon import Lexicon
from kg.extract.names import NameMention
from kg.model import EntityType

Votes = Counter[EntityType]
_TRUST = {EntityType.PLACE: 8}
"""Votes of a list of names that are words of other kinds as well."""
_DEFINING = frozenset({"by_title", "by_apposition", "by_copula", "by_calling", "by_noun_before_comma"})
"""The looks that say outright what a name is, which count against the lexicon."""
_REPEATS = 2
"""A look that finds the same cue again and again counts at most this often."""
_COMPANIES = frozenset({EntityType.PLATFORM, EntityType.BRAND, EntityType.ORGANIZATION})
"""Types among which the text may choose for a name that the lists are sure of."""
_SUBJECTLESS = frozenset({",", "and", "&", "or"})


def vote(mentions: Sequence[NameMention], lexicon: Lexicon, pooled: Mapping[str, str]) -> dict[str, Votes]:
    """For each name as written, how strongly the document speaks for each type.

    Args:
        pooled: for each name the one that stands for all its spellings; they share their votes.
    """
    cues: dict[str, Counter[tuple[str, EntityType, int]]] = defaultdict(Counter)
    known: dict[str, Votes] = defaultdict(Counter)
    employers: set[str] = set()
    trusted: set[str] = set()
    for mention in mentions:
        root = pooled.get(mention.text, mention.text)
        cues[root].update(looks_of(mention, lexicon) if not mention.known else ())
        employers |= {root} if employs(mention, lexicon) else set()
        if mention.known:
            trusted |= {root} if mention.known.trusted else set()
            known[root][mention.known.type] = _TRUST.get(mention.known.type, 5) if not mention.known.trusted else 6
            looks = looks_of(mention, lexicon)
            cues[root].update(x for x in looks if not mention.known.trusted or x[0] in _DEFINING)
    votes: dict[str, Votes] = {}
    for root, found in cues.items():
        box: Votes = Counter(known[root])
        for (_, kind, weight), times in found.items():
            box[kind] += weight * min(times, _REPEATS)
        firm = next((kind for kind in known[root] if kind in _COMPANIES and root in trusted), None)
        if firm is not None:
            box = Counter({kind: weight for kind, weight in box.items() if kind in _COMPANIES})
        if root in employers and max(box, key=lambda k: box[k], default=None) is EntityType.BRAND:
            box[EntityType.ORGANIZATION] = box[EntityType.BRAND] + 3
        votes[root] = box
    spread_along_lists(mentions, votes, pooled)
    return {m.text: votes[pooled.get(m.text, m.text)] for m in mentions}


def decide(votes: Votes) -> tuple[EntityType, float]:
    """The type with most votes and a confidence; a name nothing speaks for is an organization with little."""
    if not votes:
        return EntityType.ORGANIZATION, 0.3
    (kind, most), *rest = sorted(votes.items(), key=lambda v: (-v[1], list(EntityType).index(v[0])))
    second = rest[0][1] if rest else 0
    return kind, max(0.3, min(0.99, 0.5 + (most - second) / 20))


def spread_along_lists(mentions: Sequence[NameMention], votes: dict[str, Votes], pooled: Mapping[str, str]) -> None:
    """Names in one list are of one kind: those that little is known of take half the votes of the others."""
    for group in _lists(mentions):
        roots = list(dict.fromkeys(pooled.get(m.text, m.text) for m in group))
        strong = [r for r in roots if votes[r] and max(votes[r].values()) >= 4]
        weak = [r for r in roots if r not in strong]
        total: Votes = Counter()
        for root in strong:
            total[max(votes[root], key=lambda k: (votes[root][k], k))] += 3
        for root in weak:
            for kind, weight in total.items():
                votes[root][kind] += min(4, weight)


def _lists(mentions: Sequence[NameMention]) -> list[list[NameMention]]:
    groups: list[list[NameMention]] = []
    for left, right in pairwise(mentions):
        if left.sentence is not right.sentence or left.text == right.text:
            continue
        if _belongs(left) and not _belongs(right):
            continue
        between = [t.lower_ for t in left.sentence.tokens.doc[left.last + 1 : right.first]]
        if between == [",", "and"] and _opens_clause(right) and not (groups and groups[-1][-1] is left):
            continue
        if between and len(between) <= 2 and set(between) <= _SUBJECTLESS:
            if groups and groups[-1][-1] is left:
                groups[-1].append(right)
            else:
                groups.append([left, right])
    return [g for g in groups if _is_coordinated(g)]


def _opens_clause(mention: NameMention) -> bool:
    """Whether the name is the subject of a verb of its own: "in Lisbon, and Acme sold"."""
    behind = mention.token_behind()
    return behind is not None and behind.pos_ in {"VERB", "AUX"}


def _belongs(mention: NameMention) -> bool:
    """Whether the name is somebody's employer: the "Acme" of "Ana Exemplar of Acme and Ben Sample"."""
    before, owner = mention.token_before(), mention.token_before(2)
    return before is not None and before.lower_ in {"of", "at", "from"} and owner is not None and owner.pos_ == "PROPN"


def _is_coordinated(group: Sequence[NameMention]) -> bool:
    """Whether ``and`` or the like joins the last two, or there are at least three."""
    left, right = group[-2:]
    between = {t.lower_ for t in left.sentence.tokens.doc[left.last + 1 : right.first]}
    return len(group) > 2 or bool(between - {","})
