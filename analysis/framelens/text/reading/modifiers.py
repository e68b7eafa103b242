"""What belongs to a noun phrase though it reads as something else: participles, names in quotation marks, an office in front."""

from __future__ import annotations

import re

from framelens.text.reading.stream import Span, Stream

__all__ = ["is_alias", "is_of_host", "is_office", "is_participle", "is_quoted_name", "is_reduced"]

_TOLD = frozenset("dzvMHIXe")
_MOVED = frozenset((
    "marched walked gathered rallied paraded streamed poured assembled crowded moved stormed filed headed protested demonstrated "
    "camped returned massed turned"
).split())
_IRREGULAR = frozenset("shot held lost laid kept sent made brought caught found set put hit hurt cut built bought sold".split())
_BEHIND = frozenset("last this earlier online dead alive".split())  # "a poll released last week", "a guard shot dead"
_NAMED = frozenset("named surnamed nicknamed called".split())
_KNOWN_AS = frozenset("identified known described".split())
_ONE = frozenset(("a", "an", "one"))
_LONGEST_NAME = 30  # characters
_OFFICES = frozenset((
    "minister commissioner governor chairman chairwoman chairperson chair president secretary director spokesman spokeswoman "
    "spokesperson mayor chief commander officer head leader member representative coordinator co-ordinator manager general "
    "inspector superintendent ambassador professor deputy speaker senator counsel attorney emir bishop archbishop pastor "
    "convener convenor registrar chancellor vice-chancellor adviser advisor rector dean judge justice prosecutor sheriff warden "
    "captain administrator executive treasurer"
).split())
_GOES_ON = re.compile(r"[AMHXI]*[dzvn].*?[dzvMHIXhQq:]")


def is_participle(stream: Stream, at: int, high: int) -> bool:
    """Is a past tense within a noun phrase that ends at ``high`` a participle: "a poll released on Tuesday | showed"?"""
    codes, norms = stream.codes, stream.norms
    noun = at - 1 - (codes[at - 1:at] == "A")  # "a film widely shared on …"
    if noun < 0 or at + 1 >= high or codes[noun] not in "NSP":
        return False
    norm, following = norms[at], at + 1
    if norm in _NAMED:
        return codes[noun] in "NS" and codes[following] in "PQ"  # "a woman surnamed Roe | said"
    while norm in _KNOWN_AS and codes[following] == "A":
        following += 1  # "a man identified only as Roe"
    if norm in _KNOWN_AS and norms[following] == "as":
        return True
    if not (norm.endswith("ed") or norm in _IRREGULAR):
        return False
    if codes[high:high + 1] == "g" and norm in _MOVED:
        return False  # "crowds marched to the gate chanting"
    return codes[following] in "pBrYt" or norms[following] in _BEHIND


def is_reduced(stream: Stream, low: int, high: int) -> bool:
    """Is what stands between two commas a noun with a participle ("a body set up by the court"), no clause?"""
    codes = stream.codes
    verbs = [k for k in range(low, high) if codes[k] in _TOLD]
    if len(verbs) != 1 or codes[low] not in "D0" or not is_participle(stream, verbs[0], high):
        return False
    return stream.norms[low] in _ONE or "B" in codes[verbs[0]:high]


def is_quoted_name(stream: Stream, at: int) -> bool:
    """Is a quotation rather a name: “Houses for All”, Ada “Red” Roe?"""
    inner = stream.view.text[stream.starts[at]:stream.ends[at]].strip("\"'“”‘’«»")
    return len(inner) < _LONGEST_NAME and inner[:1].isupper() and inner[-1:].isalpha()


def is_office(stream: Stream, office: Span, verb: int) -> bool:
    """Does an office stand before a name whose closing comma is lost: "The Commissioner of Police, Ada Roe said it rained"?

    Then what was said follows the verb; in "The minister, Roe said on Monday, had left" it stands before the name.
    """
    codes, low = stream.codes, office[0]
    if low and codes[low - 1] not in "Q;:." and codes[:low].strip("cbA"):
        return False
    tail = min((k for k in range(low, office[1]) if codes[k] in "fp"), default=office[1])
    if _OFFICES.isdisjoint(stream.norms[low:tail]):  # not "Weary of the commissioner, Ada Roe said …"
        return False
    comma = codes.find(",", verb, stream.high)
    return bool(_GOES_ON.match(codes, verb, comma if comma > 0 else stream.high))


def is_alias(stream: Stream, at: int) -> bool:
    """Does "as" stand before somebody's name: "a man who gave his name as Roe", "a man identified only as Roe"?"""
    codes, before = stream.codes, at
    while before and codes[before - 1] == "A":
        before -= 1
    return codes.rfind("w", 0, at) > codes.rfind(",", 0, at) or stream.norm(before - 1) in _KNOWN_AS


def is_of_host(codes: str, at: int) -> bool:
    """Does a time ("after a clash") belong to the relative clause of a noun phrase that begins its sentence or clause?"""
    relative = codes.rfind("w", 0, at)
    start = max(map(codes.rfind, ",;:.Q-cs", (0,) * 8, (at,) * 8)) + 1
    return start < relative and not _TOLD.isdisjoint(codes[relative:at]) and _TOLD.isdisjoint(codes[start:relative]) and (
        codes[start - 1:start] != "c" and (codes[start - 1:start] != "," or _TOLD.isdisjoint(codes[:start])))
