"""What the clause behind those counted tells of them: "were killed", "died", "dead", "taken to hospital"."""

from __future__ import annotations

from framelens.annotate.facts.counted import ANIMALS, STATES, Counted, are_forces, are_people
from framelens.annotate.facts.lexicon import Told, Words
from framelens.annotate.facts.numbers import MAYBE, Quantity
from framelens.text.reading.stream import Stream

__all__ = ["LIVES", "NOT", "find_behind", "is_completed", "modifies_thing", "told_by"]

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


def find_behind(stream: Stream, one: Counted, words: Words, following: Counted | None = None,
                objects: frozenset[int] = frozenset()) -> list[tuple[str, str | None]]:
    """Return what the clause behind those counted tells of them; ``objects`` are where numbers begin with their hedges."""
    codes, first = stream.codes, max(one.high, one.quantity.last)
    k, top = first, min(len(codes), first + _BEHIND)
    listed, phrased = False, following is not None
    if following is not None:  # "two of the 40 detained have been released": what is told of the two is behind the forty
        held = stream.code(following.high) in "ned" and not _befalls(stream, following.high, words)
        first, k = -1, following.high + held
    while k < top:
        if state := _state(stream, k, one):
            return [(state, None)]
        bare = k == first or stream.code(k - 1) in ",-w" or listed or (
            phrased and _befalls(stream, k, words))
        acts = codes[k] in "dz" and k + 1 in objects  # "two attacks killed over 20"
        read = None if acts else _predicate(stream, k, one, words, bare=bare)
        if read is not None:
            return read
        code = codes[k]
        if (code == "(" and (closed := codes.find(")", k)) > 0) or (code in ",-" and (closed := _parenthesis(stream, k))):
            k = closed + 1
        elif code in "wh":
            k += 1
        elif code in "pfrB" and codes[k + 1:k + 2] and codes[k + 1] in "DNSPJ0'YuA":
            phrased = code in "pf" and stream.norms[k] != "as"  # "all 67 on board died"
            k += 2
            while k < top and codes[k] in "DNSPJ0'Yf":
                k += 1
        elif code in "cA" and codes[k + 1:k + 2] and (code == "A" or codes[k + 1] in "D0NSPJA"):
            listed |= code == "c"  # "three officers and five villagers dead"
            k += 1
            while k < top and codes[k] in "D0NSPJf'" and not (
                    codes[k] == "J" and stream.norms[k] in words.adjectives and stream.code(k + 1) not in "NSPJ"):
                k += 1
        else:
            break
    return []


def _befalls(stream: Stream, at: int, words: Words) -> bool:
    """Is a verb one that its subject suffers in the active: "died", "drowned"?"""
    return any("s" in told.roles for told in words.verbs.get(stream.norm(at), ()))


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
    """Return the comma or dash that closes what one opens: ", including two officers,", ", who were at work,"; 0 without."""
    closed = stream.codes.find(stream.codes[comma], comma + 1, comma + _BEHIND)
    if closed < 0:
        return 0
    words = stream.norms[comma + 1:closed]
    if stream.code(comma + 1) == "w" or words[:2] == ["of", "whom"] or words[:1] == ["aged"] or words[1:3] == ["of", "them"]:
        return closed  # has a verb of its own
    if stream.code(comma + 1) not in "pDNSPJ0Ar" or words[:1] in (["and"], ["or"]):
        return 0
    return closed if not set("dzvMHIX;:") & set(stream.codes[comma:closed]) else 0


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
        passive |= codes[k] == "I" or norms[k] in ("being", "been") or norms[k] in STATES
        aux |= codes[k] != "A" or norms[k] in STATES
        k += 1
    if not aux and not bare:
        return None
    if passive and norms[k:k + 2] == ["among", "the"]:
        return told_by(words, stream.norm(k + 2), maybe)
    found = _verb_facts(stream, k, one, words, passive=passive or not aux, bare=not aux)
    if aux and k > at and not found:  # "are in custody", "remain in hospital"
        found = [told.fact for told in words.verbs.get(norms[k - 1], ()) if told.tail and is_completed(stream, k - 1, told)]
    if not found and not modifies_thing(stream, k, words):
        found = [told.fact for told in words.adjectives.get(stream.norm(k), ())
                 if "a" not in told.roles or are_people(stream, one, words)]
    if not found and aux and k < len(codes):  # "had been brought in with gunshot wounds"
        found = [state for at in range(k, min(len(codes), k + _FAR)) if (state := _state(stream, at, one))][:1]
    if not found:
        return [] if aux or (k < len(codes) and codes[k] in "dzv" and k > at) else None
    joint = stream.code(k + 1) == "c" and stream.code(k + 2) not in "D0U"
    if joint and (others := _verb_facts(stream, k + 2, one, words, passive=True, bare=not aux) or [
            told.fact for told in words.adjectives.get(stream.norm(k + 2), ())]):
        both = _ALL.get((found[0], others[0]))
        found = [both] if both else [*found, *others]
    return [(fact, maybe) for fact in dict.fromkeys(found)]


def modifies_thing(stream: Stream, at: int, words: Words) -> bool:
    """Does an adjective stand before a plural noun of no people: "12 dead batteries"?"""
    noun = at + 1
    return stream.code(noun) == "S" and stream.norms[noun] not in ANIMALS and not are_people(
        stream, Counted(Quantity(at, at, at, at, None, None, None), at, noun + 1, noun), words)


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
