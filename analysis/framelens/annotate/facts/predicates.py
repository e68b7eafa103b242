"""What the clause behind those counted tells of them: "were killed", "died", "dead", "taken to hospital"."""

from __future__ import annotations

from framelens.annotate.facts.counted import STATES, Counted, are_forces, are_people
from framelens.annotate.facts.lexicon import Told, Words
from framelens.annotate.facts.numbers import MAYBE
from framelens.text.reading.stream import Stream

__all__ = ["LIVES", "NOT", "find_behind", "is_completed", "told_by"]

_BEHIND = 16  # items between those counted and what is told of them
_FAR = 9  # items between a verb and the word that completes it
_AUXILIARIES = frozenset("IHMXA")
LIVES = frozenset("life lives".split())
_STATES_BY = {before: tuple((fact, frozenset(words.split())) for fact, words in states) for before, states in {
    "with": (("injured", "injuries injury wounds wound burns fractures"),),
    "in": (("hospitalised", "hospital hospitals intensive condition"), ("detained", "custody detention captivity")),
    "under": (("detained", "arrest"),), "behind": (("detained", "bars"),),
    "on": (("deployed", "duty patrol guard streets"),)}.items()}
_OBJECTS = frozenset("D0SPUu")
NOT = frozenset("not n't never isn't aren't wasn't weren't hasn't haven't hadn't didn't doesn't don't won't".split())
_HELD_TO = frozenset("feared believed presumed thought reported confirmed declared known said understood estimated".split())
_ALL = {("killed", "injured"): "casualties", ("injured", "killed"): "casualties"}


def find_behind(stream: Stream, one: Counted, words: Words, following: Counted | None = None) -> list[tuple[str, str | None]]:
    """Return what the clause behind those counted tells of them."""
    codes, first = stream.codes, max(one.high, one.quantity.last)
    k, top = first, min(len(codes), first + _BEHIND)
    if following is not None:  # "two of the 40 detained have been released": what is told of the two is behind the forty
        first, k = -1, following.high + (stream.code(following.high) in "ned")
    while k < top:
        if state := _state(stream, k, one):
            return [(state, None)]
        read = _predicate(stream, k, one, words, bare=k == first or stream.code(k - 1) in ",-w")
        if read is not None:
            return read
        code = codes[k]
        if (code == "(" and (closed := codes.find(")", k)) > 0) or (code in ",-" and (closed := _parenthesis(stream, k))):
            k = closed + 1
        elif code in "wh":
            k += 1
        elif code in "pfrB" and codes[k + 1:k + 2] and codes[k + 1] in "DNSPJ0'YuA":
            k += 2
            while k < top and codes[k] in "DNSPJ0'Yf":
                k += 1
        elif code in "cA" and codes[k + 1:k + 2] and (code == "A" or codes[k + 1] in "D0NSPJA"):
            k += 1
            while k < top and codes[k] in "D0NSPJf'":
                k += 1
        else:
            break
    return []


def _state(stream: Stream, at: int, one: Counted) -> str | None:
    """Read a fact in a phrase without a verb: "12 with burns", "40 in custody", "300 officers on duty"."""
    norms = stream.norms
    if stream.codes[at] != "p" or norms[at] not in _STATES_BY:
        return None
    for fact, words in _STATES_BY[norms[at]]:
        if not words.isdisjoint(norms[at + 1:at + 4]) and (fact != "deployed" or are_forces(stream, one)):
            return fact
    return None


def _parenthesis(stream: Stream, comma: int) -> int:
    """Return the comma or dash that closes what one opens: ", including two officers,"; 0 without."""
    if stream.code(comma + 1) not in "pDNSPJ0Ar" or stream.norm(comma + 1) in ("and", "or"):
        return 0
    closed = stream.codes.find(stream.codes[comma], comma + 1, comma + _BEHIND)
    return closed if closed > 0 and not set("dzvMHIX;:") & set(stream.codes[comma:closed]) else 0


def _predicate(stream: Stream, at: int, one: Counted, words: Words, *, bare: bool) -> list[tuple[str, str | None]] | None:
    """Read a predicate at an item: facts that it tells, an empty list where it tells something else, None where there is none."""
    codes, norms, k = stream.codes, stream.norms, at
    maybe, passive, aux = None, False, False
    while (k < len(codes) and (codes[k] in _AUXILIARIES or norms[k] in ("being", "been") or norms[k] in STATES or (
            norms[k] in _HELD_TO and (k == at or passive)))) or (norms[k:k + 1] == ["to"] and norms[k - 1] in _HELD_TO):
        if norms[k] in NOT:
            return []
        if norms[k] in MAYBE:
            maybe = norms[k]
        passive |= codes[k] == "I" or norms[k] in ("being", "been")
        aux |= codes[k] != "A" or norms[k] in STATES
        k += 1
    if not aux and not bare:
        return None
    if passive and norms[k:k + 2] == ["among", "the"]:
        return told_by(words, stream.norm(k + 2), maybe)
    found = _verb_facts(stream, k, one, words, passive=passive or not aux, bare=not aux)
    if aux and k > at and not found:  # "are in custody", "remain in hospital"
        found = [told.fact for told in words.verbs.get(norms[k - 1], ()) if told.tail and is_completed(stream, k - 1, told)]
    found = found or [told.fact for told in words.adjectives.get(stream.norm(k), ())
                      if "a" not in told.roles or are_people(stream, one, words)]
    if not found and aux and k < len(codes):  # "had been brought in with gunshot wounds"
        found = [state for at in range(k + 1, min(len(codes), k + _FAR)) if (state := _state(stream, at, one))][:1]
    if not found:
        return [] if aux or (k < len(codes) and codes[k] in "dzv" and k > at) else None
    joint = stream.code(k + 1) == "c" and stream.code(k + 2) not in "D0U"
    if joint and (others := _verb_facts(stream, k + 2, one, words, passive=True, bare=not aux) or [
            told.fact for told in words.adjectives.get(stream.norm(k + 2), ())]):
        both = _ALL.get((found[0], others[0]))
        found = [both] if both else [*found, *others]
    return [(fact, maybe) for fact in dict.fromkeys(found)]


def _verb_facts(stream: Stream, at: int, one: Counted, words: Words, *, passive: bool, bare: bool) -> list[str]:
    """Return what a verb at an item tells of the subject before it."""
    if at >= len(stream):
        return []
    code, found = stream.codes[at], []
    follows = stream.code(at + 1)
    for told in words.verbs.get(stream.norms[at], ()):
        if told.tail and "l" not in told.roles and not is_completed(stream, at, told):
            continue
        if "a" in told.roles and not are_people(stream, one, words):
            continue
        participle = code in "nedvV" or (code == "J" and stream.norms[at].endswith(("ed", "en")))
        acts = bare and follows in _OBJECTS and not told.tail and code != "n"  # "12 officers injured 40 marchers"
        suffers = told.roles & {"o", "f", "h"} and passive and participle and not acts
        if told.roles & {"f", "u"} and not are_forces(stream, one):
            continue
        lives = "l" in told.roles and passive and one.head >= 0 and stream.norms[one.head] in LIVES  # "40 lives were lost"
        if suffers or lives or (told.roles & {"s", "u"} and code in "dzveVZgnNIS"):
            found.append(told.fact)
            break
    return found


def is_completed(stream: Stream, at: int, told: Told) -> bool:
    """Does a word that completes the verb follow, within its clause: "taken … to hospital"?"""
    for k in range(at + 1, min(len(stream), at + _FAR)):
        if stream.norms[k] in told.tail:
            return True
        if stream.codes[k] in ";:.wshMIHXd":
            return False
    return False


def told_by(words: Words, norm: str, maybe: str | None) -> list[tuple[str, str | None]]:
    """Return what "the dead", "the detained", "those killed" tell."""
    told = (*words.nouns.get(norm, ()), *words.adjectives.get(norm, ()), *words.verbs.get(norm, ()))
    return [(fact, maybe) for fact in dict.fromkeys(t.fact for t in told if not t.tail)][:1]
