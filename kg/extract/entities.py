"""From drafts to entities and mentions: one thing is one entity within a document, and every merge is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.sentence import Sentence
from kg.extract.clusters import cluster, folded, pools
from kg.extract.draft import Draft
from kg.extract.festivals import family_of, find_festivals
from kg.extract.lexicon import Lexicon, straight
from kg.extract.names import NameMention, find_names, repeated_names
from kg.extract.nominals import find_nominals
from kg.extract.reference import resolve_references
from kg.extract.runs import JOINERS
from kg.extract.themes import themes_of
from kg.extract.typing import decide, vote
from kg.extract.venues import find_venues
from kg.model import Entity, EntityType, Mention, Merge

_MERE = frozenset({"annual", "the", "a", "an"})
_EVENT_KINDS = {"gala": "Gala", "pre-sale": "PreSale", "pre-sales": "PreSale", "festival": "Festival"}
_MINIMUM = 0.5
_ORDINALS = frozenset({"first", "second", "third", "fourth", "final", "last"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "conj", "obl:agent", "nmod:poss"})
_MARKS = frozenset('“”"‘(')
_INITIAL = 0.65
"""How sure the type must be of one word that stands at the beginning of sentences only."""
_STRONG = 7
"""Votes against a person that a surname alone does not outweigh."""


def find_mentions(
    sentences: Sequence[Sentence], lexicon: Lexicon, *, references: bool = True
) -> tuple[list[Entity], list[Mention]]:
    """The entities of a document and all mentions of them, in the order of the text.

    Without ``references`` pronouns and definite descriptions stand for nothing.
    """
    names = [name for sentence in sentences for name in find_names(sentence, lexicon)]
    names = sorted([*names, *repeated_names(sentences, names, lexicon)], key=lambda n: n.span)
    drafts = find_festivals(sentences, names, lexicon)
    drafts += _named(names, {d.span for d in drafts}, lexicon)
    drafts += find_venues(sentences, lexicon)
    for sentence in sentences:
        taken = [d.span for d in drafts if d.sentence is sentence and d.rule != "event.number"]
        drafts += find_nominals(sentence, lexicon, taken)
    drafts = _same_words(_bare_events(_longest(drafts)))
    drafts += resolve_references(sentences, drafts, lexicon) if references else []
    return _assemble(drafts)


def _named(names: Sequence[NameMention], taken: set[object], lexicon: Lexicon) -> list[Draft]:
    plain = [n for n in names if n.span not in taken and family_of(n.text, lexicon) is None]
    decided = _decided(plain, lexicon)
    types = {text: kind for text, (kind, _) in decided.items()}
    roots = cluster(plain, types, lexicon)
    drafts = []
    small = (t.text for s in {id(n.sentence): n.sentence for n in names}.values() for t in s.tokens)
    written_small = Counter(t for t in small if t.islower())
    inner = (n for n in names if n.first > n.sentence.tokens.start and not n.sentence.is_headline)
    written_large = Counter(n.text for n in inner)
    people: dict[str, list[str]] = {}
    for name in plain:
        if types[name.text] is EntityType.PERSON and len(name.text.split()) > 1:
            people.setdefault(name.sentence.entry.key, []).append(name.text)
    for name in plain:
        kind, confidence = decided[name.text]
        if name.text.casefold() in lexicon.technologies:
            continue
        if " " not in name.text and not name.known and written_small[name.text.casefold()] > written_large[name.text]:
            continue
        if _is_dateline(name):
            continue
        root, reason = roots[name.text]
        if kind is EntityType.PERSON and " " not in name.text:
            here = [p for p in people.get(name.sentence.entry.key, []) if name.text in (p.split()[0], p.split()[-1])]
            root, reason = (roots[here[0]][0], "surname") if here else (root, reason)
        lone = " " not in name.text and not name.known and kind is not EntityType.PERSON
        if lone and not written_large[name.text] and _is_ordinary(name.text.casefold(), lexicon):
            continue
        coined = lone and name.text.isalpha() and not lexicon.is_word(name.text.casefold())
        if lone and not written_large[name.text] and confidence < _INITIAL and not (_acts(name) or coined):
            continue
        sure = max(confidence, decided[root][1]) >= _MINIMUM
        if not sure and not coined and not _is_plainly_name(name, written_large) and not _acts(name):
            continue
        rule = "name.known" if name.known else "name.shape"
        sub = _EVENT_KINDS.get(root.split()[-1].casefold()) if kind is EntityType.EVENT else None
        sub = "Gala" if kind is EntityType.EVENT and "Gala" in root else sub
        drafts.append(Draft(name.sentence, name.span, kind, root, name.text, rule, round(confidence, 2), sub, reason))
    return drafts


def _is_dateline(name: NameMention) -> bool:
    """Whether a wire service signs so at the beginning of a report: ``LISBON (Example Wire) –``."""
    before, behind, dash = name.token_before(), name.token_behind(), name.token_behind(2)
    signed = before is not None and before.text == "(" and behind is not None and behind.text == ")"
    return signed and dash is not None and dash.text in {"-", "–", "—"} and name.first - name.sentence.tokens.start < 12


def _is_ordinary(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a head noun or a kind of goods, so that a capital at a sentence's beginning says nothing."""
    heads = any(lexicon.type_of_head(section, word) for section in ("name", "apposition", "plural", "reference"))
    return heads or lexicon.is_goods_word(word) or word in lexicon.trade["general"]


def _acts(name: NameMention) -> bool:
    """Whether a proper noun opens the sentence as the subject of the verb right behind it."""
    token, behind = name.tokens[-1], name.token_behind()
    opening = name.first == name.sentence.tokens.start and token.pos_ == "PROPN" and token.dep_ == "nsubj"
    return opening and behind is not None and behind.pos_ in {"VERB", "AUX"} and not name.sentence.is_headline


def _is_plainly_name(name: NameMention, written_large: Counter[str]) -> bool:
    """Whether capitals alone make a name of it: proper nouns in mid-sentence, by themselves, outside quotes."""
    before, behind = name.token_before(), name.token_behind()
    near = [t for t in (before, behind) if t is not None]
    if before is None or not all(t.pos_ == "PROPN" or t.text in JOINERS for t in name.tokens):
        return False
    if any(t.text[:1].isupper() or t.text in _MARKS or t.text in JOINERS - {"of", "y", "and"} for t in near):
        return False
    bound = before.pos_ == "ADP" or name.tokens[-1].dep_ in _ARGUMENTS
    return " " in name.text or written_large[name.text] > 1 or bound


def _decided(names: Sequence[NameMention], lexicon: Lexicon) -> dict[str, tuple[EntityType, float]]:
    """The type of every name as written, and how sure it is; one word of a person's full name is that person."""
    votes = vote(names, lexicon, pools((n.text for n in names), lexicon))
    decided = {text: decide(box) for text, box in sorted(votes.items())}
    people = {w for t, (k, _) in decided.items() if k is EntityType.PERSON for w in t.split()[:1] + t.split()[-1:]}
    alone = {n.text for n in names if " " not in n.text and not n.known and n.text in people}
    for text in sorted(alone):
        kind, confidence = decided[text]
        if kind is EntityType.PERSON or votes[text][kind] < _STRONG:
            decided[text] = EntityType.PERSON, max(0.6, confidence)
    return decided


def _longest(drafts: Sequence[Draft]) -> list[Draft]:
    """Without drafts that lie inside another one, but with the festival inside a description ("11.11 pre-sales")."""
    kept: list[Draft] = []
    end = 0
    for draft in sorted(drafts, key=lambda d: (d.span.start, -(d.span.end - d.span.start), d.rule)):
        if draft.span.start >= end or draft.rule == "event.number":
            kept.append(draft)
            end = max(end, draft.span.end)
    return kept


def _bare_events(drafts: Sequence[Draft]) -> list[Draft]:
    """Take "the gala" for another mention of the fuller event of that kind on the same day, else leave it out."""
    out = []
    for draft in drafts:
        if draft.type is not EntityType.EVENT or not draft.rule.startswith("nominal.") or not _is_bare(draft):
            out.append(draft)
            continue
        fuller = [
            d
            for d in drafts
            if d.kind == draft.kind and draft.kind != "Event" and not _is_bare(d) and _same_day(d, draft)
        ]
        if fuller:
            near = min(
                fuller,
                key=lambda d: (d.sentence.entry is not draft.sentence.entry, abs(d.span.start - draft.span.start)),
            )
            out.append(replace(draft, key=near.key, name="", reason="definite-description"))
        elif draft.kind in {"PreSale", "SalesWindow"} or _is_indefinite(draft):
            out.append(draft)
    return out


def _is_bare(draft: Draft) -> bool:
    """Whether a description leaves open which one is meant: "the gala", "the sales window"."""
    words = draft.name.casefold().split()
    return len(words) == 1 or (draft.kind == "SalesWindow" and not _ORDINALS & set(words) and len(words) < 3)


def _is_indefinite(draft: Draft) -> bool:
    """Whether "a" or "an" introduces the thing."""
    before = [t.lower_ for t in draft.sentence.tokens if draft.sentence.offset + t.idx < draft.span.start]
    return before[-1:] in (["a"], ["an"])


def _same_day(one: Draft, other: Draft) -> bool:
    a, b = one.sentence.entry, other.sentence.entry
    return a is b or (a.day is not None and b.day is not None and abs((a.day - b.day).days) <= 1)


def _same_words(drafts: Sequence[Draft]) -> list[Draft]:
    """Give described things with equal words, whatever their case and number, one key."""
    first: dict[tuple[EntityType, str], str] = {}
    out = []
    for draft in drafts:
        word = folded(draft.key)
        key = first.setdefault((draft.type, word[:-1] if word.endswith("s") and len(word) > 4 else word), draft.key)
        reason = draft.reason or ("spelling" if key != draft.key else "")
        out.append(replace(draft, key=key, reason=reason))
    return out


def _assemble(drafts: Sequence[Draft]) -> tuple[list[Entity], list[Mention]]:
    groups: dict[tuple[EntityType, str], list[Draft]] = {}
    for draft in sorted(drafts, key=lambda d: d.span):
        groups.setdefault((draft.type, draft.key), []).append(draft)
    groups = {k: g for k, g in groups.items() if any(d.name for d in g)}
    entities = {key: _entity(key, group) for key, group in groups.items()}
    clash: dict[tuple[EntityType, str], Entity] = {}
    for key, entity in entities.items():
        entities[key] = clash.setdefault((entity.type, entity.name), entity)
    mentions = [Mention(entities[key], d.evidence) for key, group in groups.items() for d in group]
    return list(clash.values()), sorted(mentions, key=lambda m: (m.evidence.span, m.entity.type, m.entity.name))


def _entity(key: tuple[EntityType, str], group: Sequence[Draft]) -> Entity:
    kind, root = key
    spelled = list(dict.fromkeys(_clean(d.name) for d in group if d.name))
    usual = [s for s in spelled if s == root]
    if group[0].rule.startswith("nominal."):
        usual = [s for s in spelled if s[:1].islower()][:1] or usual
    fullest = kind in {EntityType.EVENT, EntityType.TECHNOLOGY} or not usual
    name = max(spelled, key=_fullness) if fullest else usual[0]
    merges = {
        (d.sentence_text.casefold(), d.reason): Merge(d.sentence_text, d.reason, d.span)
        for d in reversed(group)
        if d.reason and not d.reason.startswith("pronoun")
    }
    return Entity(
        kind,
        name,
        tuple(s for s in spelled if straight(s) != straight(name)),
        next((d.kind for d in group if d.kind), None),
        themes_of(name) if kind is EntityType.INITIATIVE else (),
        tuple(sorted(merges.values(), key=lambda m: m.span)),
    )


def _clean(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].casefold() in _MERE:
        words = words[1:]
    return " ".join(words)


def _fullness(name: str) -> tuple[int, int]:
    return len(name.split()), len(name)
