"""What a number counts: the phrase behind it, and whether it names people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from framelens.annotate.facts.lexicon import Words
from framelens.annotate.facts.numbers import Quantity
from framelens.text.reading.stream import Stream

__all__ = ["ANIMALS", "STATES", "Counted", "are_forces", "are_people", "are_things", "count"]

_NOUN = frozenset("NSPZV")
_LONGEST = 9  # items of a counted phrase
_FORCES = frozenset((
    "police cops policemen policewomen officers officer soldiers soldier troops troop personnel peacekeepers peacekeeper "
    "servicemen gendarmes guards guardsmen marines paratroopers commandos reservists forces men members security units unit "
    "battalions battalion brigades brigade companies company regiments regiment vehicles tanks rangers conscripts agents "
    "fighters firefighters rescuers medics observers monitors reinforcements").split())
_NO_PHRASE = frozenset("dead last this early late each every".split())
ANIMALS = frozenset("animals cattle sheep horses goats cows livestock dogs camels pigs birds".split())
STATES = frozenset("remain remains remained remaining".split())
_PERSON = re.compile(r"\w+(?:[eo]rs?|ists?|[iy]ans?|[mw]en|[mw]an|ees?|kers?|ants?|folk|teens?)")
_NO_PERSON = frozenset((
    "number numbers letter letters paper papers matter matters order orders offer offers quarter quarters border borders "
    "computer computers plan plans document documents server servers factor factors error errors grant grants plant plants "
    "restaurant restaurants folder folders delegate delegates seat seats vote votes point points state states poll polls "
    "debate debates job jobs email emails page pages trip trips which").split())
_GROUPS = frozenset("members employees thousands hundreds bodies people".split())  # "of …" behind these goes on


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with the phrase of those counted: items ``[low, high)``, empty where nothing is named."""

    quantity: Quantity
    low: int
    high: int
    head: int  # -1 without


def count(stream: Stream, quantity: Quantity) -> Counted:
    """Find the phrase that a number counts: "12 people", "dozens of young protesters", "40 of them"; none in "12 were killed"."""
    codes, k = stream.codes, quantity.last
    if stream.code(k) == "f":
        k += 1
        while stream.code(k) == "D":
            k += 1
        if stream.code(k) in "uw":
            return Counted(quantity, k, k + 1, k)
    low, head = k, -1
    while k < min(len(codes), low + _LONGEST):
        code, following = codes[k], codes[k + 1:k + 2]
        if code in _NOUN and not (code in "ZV" and head >= 0) and stream.norms[k] not in STATES:
            head = k
        elif stream.norms[k] in _NO_PHRASE:
            break
        elif code == "z" and k == low and following and following in "IHM,.cp(":
            head = k  # "44 suspects had": a noun read as a verb
        elif code in "ZV":
            break  # "12 protesters face charges"
        elif not (
            (code in "J0D" and following and following in "NSPJZgned")
            or (code in "gned" and following and following in "NS" and head < 0)  # "12 injured officers", "200 striking miners"
            or (code == "'" and head >= 0)
            or (code == "f" and head >= 0 and stream.norms[head] in _GROUPS)
            or (code == "D" and k and codes[k - 1] == "f")
        ):
            break
        k += 1
    return Counted(quantity, low, head + 1, head) if head >= 0 else Counted(quantity, low, low, -1)


def are_things(stream: Stream, one: Counted, words: Words) -> bool:
    """Are things counted, which nobody kills or holds: "three trucks were burnt"?"""
    return one.head >= 0 and stream.norms[one.head] in words.things and stream.norms[one.head] not in _FORCES


def are_people(stream: Stream, one: Counted, words: Words) -> bool:
    """Are people counted, as far as the noun tells: one of the lists, one built like a name of doers, a nationality?"""
    if one.head < 0:
        return True
    norm = stream.norms[one.head]
    if norm in _NO_PERSON:
        return False
    return norm in words.people or norm in _FORCES or _PERSON.fullmatch(norm) is not None or stream.codes[one.head] in "uw" or (
        stream.capital(one.head) and one.head > 0)


def are_forces(stream: Stream, one: Counted) -> bool:
    """Are police, soldiers or their units counted?"""
    return one.head >= 0 and not _FORCES.isdisjoint(stream.norms[one.low:one.high])
