"""Who suffers what a verb tells, and whether the verb is passive."""

from __future__ import annotations

from framelens.annotate.agency.doers import SAYS, antecedent, subject_of
from framelens.annotate.agency.lexicon import FLAGS, Harm
from framelens.annotate.agency.matching import Match
from framelens.annotate.agency.phrases import Reading, base_right
from framelens.text.reading.groups import Group
from framelens.text.reading.phrases import TIME_NOUNS
from framelens.text.reading.stream import Span

__all__ = ["NOWHERE", "find_extracted", "find_led", "find_object", "is_passive"]

_FAR = 14  # items between a verb and the preposition that leads to who suffers
_EDGES = frozenset("dzvMHIXwhsq;:.cr")
NOWHERE = frozenset("air sky ground".split())  # where shots go that hit nobody
_PREPOSITIONS = frozenset("at on into in onto to against with from for towards toward over upon onto through past of".split())


def find_object(reading: Reading, match: Match) -> Span | None:
    """Find the object behind a verb, shared by a verb coordinated with it: "beat and arrested them"."""
    stream, at = reading.stream, match.high
    if at > match.head + 1 and stream.norms[at - 1] in ("from", "with"):
        return None  # "thrown from a roof", "answered with stones"
    if stream.norm(at) == "such" and stream.norm(at + 1) == "as":
        return None  # "bruises such as batons leave": a noun read as a verb
    found = base_right(stream, at)
    if found and stream.norms[found[1] - 1] not in TIME_NOUNS:
        return found
    codes = stream.codes
    while stream.code(at) == "A":
        at += 1
    if stream.norm(at) == "with" and (means := base_right(stream, at + 1)) and stream.code(means[1]) in "D0J":
        return base_right(stream, means[1]) if "o" in match.harm.roles else None  # "beat with truncheons several men"
    if stream.code(at) in "c,":
        k = at + 1
        while stream.code(k) in "cA":
            k += 1
        if stream.code(k) in "dnezvg" and stream.norms[k] not in SAYS and (codes[k] == "g") == (codes[match.head] == "g"):
            return base_right(stream, k + 1) or find_object(reading, Match(match.harm, k, k + 1))
    return None


def find_led(reading: Reading, at: int, harm: Harm) -> Span | None:
    """Find who suffers it behind one of the verb's prepositions: "fired at the crowd"."""
    stream = reading.stream
    codes = stream.codes
    for k in range(at, min(len(stream), at + _FAR)):
        if codes[k] in _EDGES or (codes[k] == "," and k > at) or (codes[k] == "t" and codes[k + 1:k + 2] in tuple("vV")):
            return None
        if stream.norms[k] in harm.roles and stream.norms[k] in _PREPOSITIONS and stream.code(k + 1) != "Y":
            found = base_right(stream, k + 1)
            if found and stream.norms[found[1] - 1] in NOWHERE:
                return None
            if found and not (stream.norms[k] in ("in", "on") and codes[found[0]] == "0"):
                return found
    return None


def find_extracted(reading: Reading, group: Group, harm: Harm) -> Span | None:
    """Return who suffers it in "the man whom police shot", "protesters that soldiers detained"."""
    stream = reading.stream
    subject = subject_of(reading, group)
    if not subject or not subject[0] or subject[1] > group.low or stream.norms[subject[0] - 1] in ("where", "wherein"):
        return None
    pronouns = "w" if "i" in harm.roles else "wh"  # "claims that police charged" has no object to miss
    return antecedent(reading, subject[0] - 1) if stream.codes[subject[0] - 1] in pronouns else None


def is_passive(reading: Reading, match: Match, group: Group, target: Span | None) -> bool:
    """Is a verb passive: by its auxiliary, by "by", or as a past form without the object that it asks for?"""
    stream, harm, head = reading.stream, match.harm, match.head
    codes, code = stream.codes, stream.codes[head]
    if group.passive or stream.norm(head - 1) == "those":
        return True
    if code not in "dn" or match.gap is not None or not {"H", "X"}.isdisjoint(codes[group.low:head]):
        return False
    if stream.code(match.high) == "B":
        return True
    before = codes[group.low - 1:group.low]
    if before == "w" or target is not None or (code == "d" and ("i" in harm.roles or "object" in harm.needs)):
        return False  # "the squad charged"
    if stream.norm(match.high) == "into" and (aim := base_right(stream, match.high + 1)) and stream.norms[aim[1] - 1] in NOWHERE:
        return False  # "police shot into the air"
    led = find_led(reading, match.high, harm)
    if "o" not in harm.roles:
        return code == "n" and led is None and before in tuple("NSP0") and bool(harm.needs - FLAGS)
    return not (led or "r" in harm.roles or find_extracted(reading, group, harm))
