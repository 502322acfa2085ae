"""Rules for masses, energies, lengths, areas and volumes."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.extract.measure.clause import ancestors, forms, noun_phrase, own_subject, subject_of
from kg.extract.measure.figure import ACTORS, Binding, Figure
from kg.extract.measure.roles import object_of
from kg.extract.measure.words import is_in
from kg.model import Entity, EntityType

_SUBSTANCE = re.compile(
    r"\s+(?:of\s+)?(?P<what>(?!(?:of|and|or|in|on|at|to|from|for|by|with|per|a|an|the|as|each|every|while|during|than|last|this|were|"
    r"was|is|are|more|less)\b)[A-Za-z][\w-]*(?:\s+(?:emissions?|dioxide|waste|points|power|energy|equivalent|water|paper|plastic))?)"
)
_KINDS = {
    **dict.fromkeys(("m2", "km2", "ha"), "area"),
    **dict.fromkeys(("km", "m", "cm", "mm"), "length"),
    **dict.fromkeys(("kg", "t", "g", "mg"), "weight"),
    **dict.fromkeys(("kW", "MW", "GW"), "capacity"),
    **dict.fromkeys(("L", "mL", "m3"), "volume"),
}


def bind_physical(figure: Figure) -> Binding | None:
    """What a mass, an energy or a length measures: a reduction where the clause reduces, else the substance itself."""
    chain = [figure.anchor, *ancestors(figure.anchor)]
    verb = next((t for t in chain if is_in("reduce", *forms(t)) or t.lemma_ == "cuts"), None)
    match = _SUBSTANCE.match(figure.after)
    carbon = re.search(
        r"carbon(?:[- ]dioxide)?\s*(?:emissions?|footprints?)?|emissions|footprint", figure.sentence.text
    )
    if verb is not None or re.search(r"\breduction\s+of\s+$", figure.before):
        named_here = _substance(figure) if figure.after.lstrip().startswith("of ") else None
        what = named_here or (carbon[0].strip() if carbon else (match["what"] if match else "amount"))
        subject = subject_of(verb) if verb is not None else None
        if subject is not None and subject.i in {t.i for t in figure.tokens}:
            subject = None
        named = figure.named(subject) if subject is not None else None
        return Binding(
            named or _used(figure, verb) or figure.topic(EntityType.INITIATIVE, EntityType.EVENT),
            f"reduction in {what}",
            "measure.reduction",
            0.7,
        )
    subject = subject_of(figure.verb)
    if subject is not None and is_in("measure_nouns", *forms(subject)) and subject.i < figure.tokens[0].i:
        owner = figure.owner(subject) or figure.topic()
        return Binding(owner, noun_phrase(subject, short=True), "measure.physical", 0.6)
    named = figure.named(subject) if subject is not None and subject.i < figure.tokens[0].i else None
    kind = _KINDS.get(figure.quantity.unit, "amount")
    return Binding(named or figure.topic(*ACTORS), _substance(figure) or kind, "measure.physical", 0.5)


def _substance(figure: Figure) -> str | None:
    """What a mass or volume is of: the noun phrase after the unit."""
    match = _SUBSTANCE.match(figure.after)
    if match is None:
        return None
    start = figure.quantity.core.end + match.start("what")
    phrase: list[Token] = []
    for token in (t for t in figure.sentence.tokens if t.idx >= start):
        dated = token.ent_type_ == "DATE" or token.lower_ in ("last", "this", "next", "each", "every")
        if dated or (
            token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and not (token.pos_ == "VERB" and token.dep_ == "amod")
        ):
            break
        phrase.append(token)
    nouns = [t for t in phrase if t.pos_ in ("NOUN", "PROPN", "NUM")]
    return figure.text[phrase[0].idx : nouns[-1].idx + len(nouns[-1].text)] if nouns else match["what"]


def _used(figure: Figure, verb: Token | None) -> Entity | None:
    """ "shoppers bought X, helping to save 3 tons": X saves it where people in general act."""
    if verb is None or not any(t.dep_ in ("advcl", "xcomp") for t in (verb, verb.head)):
        return None
    main = next((t for t in ancestors(verb) if t.pos_ == "VERB" and own_subject(t) is not None), None)
    found = object_of(figure, main, (EntityType.PRODUCT_CATEGORY, EntityType.INITIATIVE,
                                     EntityType.TECHNOLOGY)) if main is not None else None  # fmt: skip
    return found if isinstance(found, Entity) else None
