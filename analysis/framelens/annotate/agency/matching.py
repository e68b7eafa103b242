"""Where a verb of the lexicon stands, and whether the word is used as a verb at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from framelens.annotate.agency.doers import BLAMES
from framelens.annotate.agency.lexicon import GAP, Harm, Violence
from framelens.annotate.agency.phrases import Reading, base_left, base_right, heads
from framelens.text.reading.groups import Group, verb_group
from framelens.text.reading.phrases import TIME_NOUNS
from framelens.text.reading.stream import Span, Stream

__all__ = ["Match", "find_matches", "group_of_match"]

_GET = frozenset("get gets got gotten getting".split())
_LONGEST_GAP = 13
_FINITE = frozenset("dzvMHIX")
_EDGES = frozenset("dzvMHIXwhsq;:.")
_NOUN_BEFORE = frozenset("DJ'")
_PERCEIVE = frozenset("hear hears heard hearing see sees saw seen seeing watch watches watched watching".split())
_BEFORE_ACTS = frozenset("of for by after before while when without since".split())
_GOES = frozenset("go goes went gone keep keeps kept".split())
_NUMBERS = frozenset((
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty dozens scores hundreds thousands several many more others").split())
_FEARED = frozenset("feared reported presumed believed declared confirmed pronounced".split())
_BESIDE = frozenset("with behind through around over near between beside under inside".split())
_OWNERS = frozenset("the their its his her our".split())
_LEAVE = frozenset("leave leaves left leaving".split())
_OF_ACTS = frozenset("charge charges accusation accusations suspicion allegation allegations risk threat way means act".split())


@dataclass(slots=True)
class Match:
    """A verb of the lexicon at its place: its last item, and what stands in its gap."""

    harm: Harm
    head: int
    high: int
    gap: Span | None = None
    open: bool = False  # whether its object stands in a gap, if anywhere


def find_matches(reading: Reading, at: int, violence: Violence) -> Iterator[Match]:
    """Yield the verbs of the lexicon that an item begins, the longest first, where it is used as a verb."""
    stream = reading.stream
    for form, harm in violence.verbs[stream.norms[at]]:
        if form[-1] not in stream.norms:
            continue
        match = Match(harm, at, at + 1) if len(form) == 1 else _match(stream, at, form, harm)
        if match and _is_verb(reading, match, violence) and not _leads_place(reading, match):
            yield match


def _match(stream: Stream, at: int, form: Sequence[str], harm: Harm) -> Match | None:
    """Match a verb of several words, with its object between them or not."""
    norms, codes = stream.norms, stream.codes
    if GAP not in form:
        if norms[at:at + len(form)] == list(form):
            return Match(harm, at, at + len(form))
        if len(form) == 2 and "o" in harm.roles and form[1] in norms[at + 2:at + _LONGEST_GAP]:
            gap = base_right(stream, at + 1)
            if gap and gap[0] == at + 1 and stream.norm(gap[1]) == form[1]:  # "beat him up"
                return Match(harm, at, gap[1] + 1, gap)
        return None
    tail = list(form[form.index(GAP) + 1:])
    for k in range(at + 1, min(len(norms), at + 1 + _LONGEST_GAP)):
        if norms[k:k + len(tail)] == tail:
            gap = base_right(stream, at + 1) if k > at + 1 else None
            if gap is None and not set(codes[at + 1:k]) <= {"A"}:
                gap = at + 1, k  # "dragged her away"
            return Match(harm, at, k + len(tail), (gap[0], min(gap[1], k)) if gap else None, open=k > at + 1)
        if codes[k] in _EDGES:
            return None
    return None


def _leads_place(reading: Reading, match: Match) -> bool:
    """Is the "in" of a verb without an object a preposition: "is broken in two places", not "broke in last night"?"""
    stream, high = reading.stream, match.high
    if "i" not in match.harm.roles or stream.norms[high - 1] != "in" or high - match.head < 2:
        return False
    passive = group_of_match(stream, match).passive
    place = base_right(stream, high) if stream.code(high) not in "Ap" else None
    if place is None:
        return passive and stream.code(high) == "Y"  # "was broken in May"
    last = stream.norms[place[1] - 1]
    if last in TIME_NOUNS or stream.norm(place[1]) == "ago":
        return passive and stream.code(high) != "J"  # "were broken in the night"
    return passive or not any(reading.is_a(head, ("barrier", "glass")) for head in heads(stream, place))


def group_of_match(stream: Stream, match: Match) -> Group:
    """Return the verb group of a match; "got shot", "being beaten" and "feared dead" are none that the general reading knows."""
    head, codes = match.head, stream.codes
    if stream.norms[head] == "dead" and stream.norm(head - 1) in _FEARED:
        return verb_group(stream, head - 1, 1)._replace(passive=False)
    group = verb_group(stream, head, match.high - head)
    low = group.low
    if stream.norm(low + 1) == "among" and low < head:  # "was among the marchers driven back"
        return Group(head, head, match.high, False, False)
    if codes[head] in "ned" and low:
        if stream.norms[low - 1] in _GET:
            outer = verb_group(stream, low - 1, 1)
            return group._replace(low=outer.low, passive=True, finite=outer.finite)
        if "being" in stream.norms[low - 1:head]:
            return group._replace(low=min(low, stream.norms.index("being", low - 1)), passive=True)
    return group


def _is_verb(reading: Reading, match: Match, violence: Violence) -> bool:
    """Is a word used as a verb here?"""
    stream, at = reading.stream, match.head
    codes, code, norm = stream.codes, stream.codes[at], stream.norms[at]
    before, after = codes[at - 1:at], codes[match.high:match.high + 1]
    noun = norm in violence.nouns
    if at and stream.sentence.zone == "body" and stream.capital(at) and _in_name(stream, at):
        return False  # Attorney General Lynch
    if noun and code in "gN" and codes[max(0, at - 2):at] == "EI":
        return False  # "there was shooting"
    if norm == "spray" and stream.norm(at - 1) == "pepper":
        return False
    if code == "g" or (code == "N" and norm.endswith("ing") and (
            before == "I" or (before in tuple("pfrBs") and stream.norms[at - 1] in _BEFORE_ACTS) or (
                stream.norm(at - 1) == "on" and stream.norm(at - 2) in _GOES))):
        return _is_verbal(stream, match, noun)
    if stream.norm(at - 1) == "those" and code in "ndJe":
        return True
    if norm == "dead":
        return _is_toll(stream, at, after)
    if code in "nd":
        return _is_past(stream, match, noun)
    if code in "zv":  # "in a Town attack, officials said" is a noun
        return not (noun or (code == "v" and before in tuple("NP"))) or after not in tuple(",.;") or before in tuple("MtXUSw")
    if match.high - at > 1 and code in "NSPVZJ" and not (noun and code in "NSJ"):
        return before not in tuple("DJ'f")
    if code in "NV" and "e" in match.harm.roles and (watched := base_left(stream, at)) and (
            stream.norm(watched[0] - 1) in _PERCEIVE):
        return True  # "heard glass break"
    return code in "NSV" and _is_headline_verb(reading, match, noun)


def _is_headline_verb(reading: Reading, match: Match, noun: bool) -> bool:
    """Is a word read as a noun the verb of a headline, or of a clause without another: "Police clash with marchers"?"""
    stream, at = reading.stream, match.head
    codes = stream.codes
    before, after = codes[at - 1:at], codes[match.high:match.high + 1]
    leads = after == "p" and stream.norms[match.high] in match.harm.roles & {"with", "at", "on", "into"}
    titled = stream.sentence.zone == "headline" and after in tuple("vVdn") and stream.capital(match.high)
    if before in tuple("NSPUtcMw") and (leads or titled or after in tuple("DNSPJ0u")):
        clause = codes[max(codes.rfind(mark, 0, at) for mark in "rs;:") + 1:at]
        return not noun or (at > 0 and _FINITE.isdisjoint(clause) and (
            before in tuple("wUM") or (before != "P" and reading.is_a(at - 1, ("person",)))))
    return "r" in match.harm.roles and stream.sentence.zone == "headline" and before == "S" and _FINITE.isdisjoint(codes[:at])


def _in_name(stream: Stream, at: int) -> bool:
    """Does a capital stand on one side of a word, and not on all around it?"""
    beside = [k for k in (at - 2, at - 1, at + 1, at + 2) if 0 <= k < len(stream) and stream.norms[k][0].isalpha()]
    around = [stream.capital(k) for k in beside]
    return any(around) and not all(around)


def _is_toll(stream: Stream, at: int, after: str) -> bool:
    """Does "dead" tell of a number: "seven dead", "two feared dead", not "the dead", "counted seven dead"?"""
    if stream.norm(at - 1) in _FEARED:
        return True
    counted = stream.codes[at - 1:at] == "0" or stream.norm(at - 1) in _NUMBERS
    return counted and after not in tuple("NSP") and not (
        at > 1 and stream.codes[at - 2] in "dzvng" and stream.norms[at - 2] not in _LEAVE)


def _is_verbal(stream: Stream, match: Match, noun: bool) -> bool:
    """Is an -ing form a verb: "after shooting at them", not "heard shelling", "the killing of"?"""
    codes, at = stream.codes, match.head
    before, after = codes[at - 1:at], codes[match.high:match.high + 1]
    if after == "f" or (before == "f" and after in tuple("NS") and codes[at - 2:at - 1] in tuple("NS") and (
            stream.norms[at - 2] not in _OF_ACTS and BLAMES.isdisjoint(stream.norms[max(0, at - 7):at]))):
        return False  # "barricades of burning tyres"
    if before == "f" and noun and match.harm.harm in ("clash", "fight") and codes[at - 2:at - 1] in tuple("NS") and (
            stream.norms[at - 2] not in _OF_ACTS):
        return False  # "two days of fighting with the army"
    if before == "p" and after in tuple("NS") and stream.norms[at - 1] in _BESIDE:
        return False  # "with burning tyres"
    if not noun:
        return True
    behind = match.high
    while stream.code(behind) == "A":
        behind += 1  # "killing at least three"
    after = codes[behind:behind + 1]
    if before in _NOUN_BEFORE and after not in tuple("DNSPu0"):
        return False
    if after not in tuple("DNSPJ0uy") and stream.norm(match.high) not in match.harm.roles:
        return before == "I"
    return not (before == "p" and stream.norms[at - 1] in ("in", "amid", "during", "from"))


def _is_past(stream: Stream, match: Match, noun: bool) -> bool:
    """Is a past form a verb, no noun ("a shot") and no adjective ("two wounded men", "treated 43 wounded")?"""
    codes, at = stream.codes, match.head
    before, after, owner = codes[at - 1:at], codes[match.high:match.high + 1], stream.norm(at - 1)
    if noun and ((codes[at] == "d" and after in tuple("HIMXdz") and "w" not in codes[max(0, at - 4):at]) or (
            before in tuple("DJ'0") and owner not in _NUMBERS and after not in tuple("DuUB") and not (
                stream.norms[at].endswith("ed")))):
        return False
    if match.high - at > 1:
        return True
    if (before in tuple("DJ") and after in tuple("NS") and codes[at] == "n") or owner in _OWNERS:
        return False
    return not (before == "0" and at > 1 and codes[at - 2] in "dzvng" and stream.norms[at - 2] not in _LEAVE and after != "B")
