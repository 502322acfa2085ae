"""What a clause behind a name says of its type: "X, where people sell", "X, held in May", "X, known for its tents"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.callings import Looks
from kg.extract.lexicon import Lexicon
from kg.extract.names import NameMention
from kg.model import EntityType

_REACH = 6
_OPENERS = frozenset({",", "(", "—", "–"})


def by_clause(mention: NameMention, lexicon: Lexicon) -> Looks:
    """The relative or participle clause behind the name and its comma (``[clause]`` of ``cues.toml``)."""
    comma, opener = mention.token_behind(), mention.token_behind(2)
    if comma is None or opener is None or comma.text not in _OPENERS:
        return []
    rest = list(opener.doc[opener.i : min(mention.sentence.tokens.end, opener.i + _REACH)])
    for kind, phrases in lexicon.cues["clause"].items():
        if any(_begins(rest, phrase.split()) for phrase in phrases):
            return [(EntityType(kind), 6)]
    if opener.lower_ != "which":
        return []
    verb = next((t for t in rest[1:] if t.pos_ == "VERB"), None)
    return _by_verb(verb, mention, lexicon) if verb is not None else []


def _begins(tokens: list[Token], words: list[str]) -> bool:
    return [t.lower_ for t in tokens[: len(words)]] == words


def _by_verb(verb: Token, mention: NameMention, lexicon: Lexicon) -> Looks:
    """``X, which makes kettles``: a Brand where goods follow, else what the verb says."""
    lemma = verb.lemma_.casefold()
    behind = verb.doc[verb.i + 1 : min(mention.sentence.tokens.end, verb.i + 7)]
    if lemma in lexicon.cues["clause-verbs"]["Goods"]:
        return [(EntityType.BRAND, 6)] if any(lexicon.is_goods_word(t.lower_) for t in behind) else []
    return [(EntityType(t), 5) for t, verbs in lexicon.cues["clause-verbs"].items() if t != "Goods" and lemma in verbs][
        :1
    ]
