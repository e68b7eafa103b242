"""Numbers as news writes them: figures, words, ranges and vague quantities, with what hedges them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from framelens.text.numerals import SCALES, TENS, UNITS, read_number_words
from framelens.text.reading.stream import Stream
from framelens.text.tokens import Known

__all__ = ["MAYBE", "Quantity", "bounds", "has_number", "read_quantities"]

_NONE = frozenset("no none nobody".split())
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000, "several": 3, "numerous": 3,
          "countless": 3}
_VAGUE_PHRASES = {  # the lowest number that each can mean
    ("tens", "of", "thousands"): 20_000, ("hundreds", "of", "thousands"): 200_000, ("a", "number"): 2, ("a", "handful"): 3,
    ("a", "few"): 3, ("a", "couple"): 2, ("a", "score"): 20, ("large", "numbers"): 10, ("a", "large", "number"): 10}
_MOST = {"dozens": 99, "scores": 199, "hundreds": 1999, "thousands": 19_999, "several": 20, "a few": 20, "numerous": 99,
         "a handful": 10,
         "tens of thousands": 199_999, "a couple": 3, "a score": 20}
_LOWEST = {" ".join(words): low for words, low in _VAGUE_PHRASES.items()} | _VAGUE
NUMBER_WORDS = frozenset((*UNITS, *TENS, *SCALES, *_NONE, *_VAGUE, "tens", "number", "numbers", "handful", "few", "couple",
                          "score", "half", "single"))
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d{1,6})-(\d{1,6})")
_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")  # 1.500 of people: no decimals
_HEDGES = tuple(sorted((tuple(words.split()) for words in (
    "at least;at the very least;no fewer than;no less than;not less than;not fewer than;a minimum of;more than;over;upwards of;"
    "in excess of;well over;as many as;up to;a maximum of;no more than;not more than;at most;fewer than;less than;under;nearly;"
    "almost;close to;just under;just over;about;around;some;roughly;approximately;approx;an estimated;estimated;circa;only;just;"
    "exactly;precisely;a total of;in all;another;a further;further;an additional;additional;the first;possibly;perhaps;maybe;"
    "reportedly;allegedly;nearly all;all;all of the;each of the;the other;the remaining;other").split(";")),
    key=len, reverse=True))
_BEFORE = {last: tuple(words for words in _HEDGES if words[-1] == last) for last in {words[-1] for words in _HEDGES}}
_BEHIND = (("more",), ("or", "so"), ("or", "more"), ("or", "fewer"), ("at", "least"), ("odd",))
_SILENT = frozenset((  # found before numbers, but no hedges
    "only;just;exactly;precisely;a total of;in all;all;all of the;each of the;the other;the remaining;other;the first"
).split(";"))
_LEAST = frozenset(("at least", "at the very least", "no fewer than", "no less than", "not less than", "not fewer than",
                    "a minimum of", "or more", "+"))
_ABOVE = frozenset(("more than", "over", "upwards of", "in excess of", "well over", "just over"))
_MOSTLY = frozenset(("as many as", "up to", "a maximum of", "no more than", "not more than", "at most", "or fewer"))
_BELOW = frozenset(("fewer than", "less than", "under", "nearly", "almost", "close to", "just under"))
_ABOUT = frozenset((
    "about;around;some;roughly;approximately;approx;an estimated;estimated;circa;or so;possibly;perhaps;maybe;odd").split(";"))
MAYBE = frozenset((
    "may might could would should can must feared believed presumed thought expected likely reportedly allegedly").split())
_ROUGHLY = 10  # "about" reaches a tenth of the number; as a divisor, so that round numbers stay whole
_MEASURED = frozenset((  # what is measured, not counted
    "percent per pct % percentage km kilometre kilometres kilometer kilometers metre metres meter meters mile miles feet "
    "foot cm mm year years month months week weeks day days hour hours minute minutes second seconds time times dollar "
    "dollars euro euros pound pounds rouble roubles ruble rubles rupee rupees tenge yuan peso pesos shilling shillings "
    "naira a.m p.m a.m. p.m. am pm gmt degree degrees kg tonne tonnes ton tons barrel barrels litre litres liter liters "
    "hectare hectares acre acres centimetre centimetres o'clock").split())
_NAMED = frozenset("article articles section paragraph chapter clause rule room route flight line page no number aged age ages "
                   "channel platform gate ward block phase round group type size".split())
_CURRENCY = re.compile(r"[$€£¥₹₽₸]\s*$")
_SMALL = re.compile(r"\d{1,3}(?:,000)*")  # no year
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_GROUP = 3  # digits between spaces
_MONTHS = frozenset((
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept "
    "sep oct nov dec").split())
_DAYS = 31
_ORDINAL = re.compile(r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th)")
_THIN = (" ", "\u00a0", "\u202f", "\u2009")
_BEGINS: Known[str, bool] = Known(lambda word: word[0].isdigit() or word.partition("-")[0] in NUMBER_WORDS)
_LEADS = frozenset(("a", "not", "large"))  # words that begin a number only before these
_LED = frozenset((*SCALES, "number", "numbers", "handful", "few", "couple", "score", "a", "large"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence, by items: its words stand in ``[low, high)``, with hedges in ``[first, last)``."""

    first: int
    low: int
    high: int
    last: int
    value: float | None  # None for a vague quantity
    top: float | None  # the upper end of a range
    hedge: str | None


def _figure(stream: Stream, at: int) -> tuple[int, float, float | None] | None:
    """Read figures: the item behind them, the number, and the upper end of a range."""
    norm, codes = stream.norms[at], stream.codes
    if (pair := _RANGE.fullmatch(norm)) and int(pair[1]) < int(pair[2]):
        return at + 1, float(pair[1]), float(pair[2])
    if not _FIGURE.fullmatch(norm):
        return None
    if _YEAR.fullmatch(norm) and codes[at - 1:at] == "D" and stream.norm(at - 1) in ("the", "a", "this", "their", "his", "its"):
        return None  # "the 2014 shooting"
    if _YEAR.fullmatch(norm) and (codes[at - 1:at] in ("p", "r", "Y", "f") or codes[at - 2:at] in ("Y,", "0,") or (
            stream.norm(at - 1) in ("by", "of") or (stream.norm(at - 1) in ("and", "to", "—") and _YEAR.fullmatch(
            stream.norm(at - 2))))) and stream.norm(at - 1) not in ("to", "than", "over"):
        return None
    plain = norm.replace(",", "")
    value = float(plain.replace(".", "")) if _THOUSANDS.fullmatch(norm) else float(plain)
    high = at + 1
    text = stream.view.text
    parted = len(norm) <= _GROUP and codes[at - 1:at] != "Y"  # "1 500", but not "on January 6 500 people"
    while parted and high < len(stream) and len(stream.norms[high]) == _GROUP and stream.norms[high].isdigit() and (
            text[stream.ends[high - 1]:stream.starts[high]] in _THIN):
        value = 1000 * value + int(stream.norms[high])
        high += 1
    if high < len(stream) and stream.norms[high] in SCALES and stream.norms[high] != "dozen":
        value *= SCALES[stream.norms[high]]
        high += 1
    return high, value, None


def _worded(stream: Stream, at: int) -> tuple[int, float, float | None] | None:
    """Read number words: "twenty-six", "half a dozen", "a thousand"."""
    read = read_number_words(stream.norms, at)
    return (read[1], read[0], None) if read else None


def _vague(stream: Stream, at: int) -> tuple[int, str] | None:
    """Read a vague quantity: the item behind it and its words."""
    norms = stream.norms
    high = next((at + len(words) for words in _VAGUE_PHRASES if tuple(norms[at:at + len(words)]) == words), at)
    if high == at:
        if norms[at] not in _VAGUE:
            return None
        high += 1
    high += stream.norm(high) in SCALES  # "several hundred"
    return high, " ".join(norms[at:high])


def _hedges(stream: Stream, low: int, high: int) -> tuple[int, int, list[str]]:
    """Find what hedges a number on both sides."""
    norms, first, last = stream.norms, low, high
    found: list[str] = []
    while first:
        may = _BEFORE.get(norms[first - 1], ())
        words = next((w for w in may if first >= len(w) and tuple(norms[first - len(w):first]) == w), None)
        if words is None:
            break
        first -= len(words)
        found.insert(0, " ".join(words))
    behind = next((w for w in _BEHIND if tuple(norms[high:high + len(w)]) == w), None)
    if behind:
        last += len(behind)
        found.append(" ".join(behind))
    if stream.view.text[stream.ends[high - 1]:stream.ends[high - 1] + 1] == "+":
        found.append("+")
    return first, last, [words for words in found if words not in _SILENT]


def _counts(stream: Stream, at: int, high: int) -> bool:
    """May this be a number of people: no age, sum of money, measure, time or name of an article?"""
    norms, text = stream.norms, stream.view.text
    following = stream.norm(high)
    if following in _MEASURED or following.startswith(("year-old", "years-old")):
        return False
    if at and norms[at - 1] in _NAMED and stream.codes[at - 1] != "D":
        return False
    if _FIGURE.fullmatch(norms[at]) and stream.code(high) in ",)." and (
            stream.code(at - 1) in ",(" if len(norms[at]) < _GROUP else _YEAR.fullmatch(norms[at])):
        return False  # "Roe, 29,", "(2011)"
    if _is_day(stream, at) or _is_fraction(stream, at, high):
        return False
    if at > 1 and norms[at - 1] == "of" and _ORDINAL.fullmatch(norms[at - 2]):
        return False  # "the third of four brothers"
    behind = text[stream.ends[high - 1]:stream.ends[high - 1] + 1]
    return not _CURRENCY.search(text[max(0, stream.starts[at] - 3):stream.starts[at]]) and behind != "%"


def _is_day(stream: Stream, at: int) -> bool:
    """Is a figure the day of a month: "on June 4 soldiers", but not "in June 4 soldiers"?"""
    norms = stream.norms
    return at > 0 and norms[at].isdigit() and int(norms[at]) <= _DAYS and stream.codes[at - 1] == "Y" and (
        norms[at - 1] in _MONTHS and stream.norm(at - 2) not in ("in", "since", "last"))


def _is_fraction(stream: Stream, at: int, high: int) -> bool:
    """Is a number one of the two of a fraction: "one in five", "4 in every 1,000", "nine out of ten"?"""
    norms, joint = stream.norms, stream.norm(high)
    if joint == "in" and (stream.norm(high + 1) in ("every", "each") or (
            stream.norm(high + 1) == "a" and stream.norm(high + 2) in SCALES) or (stream.norms[at] in ("one", "1") and (
            stream.norm(high + 1) in NUMBER_WORDS or _SMALL.fullmatch(stream.norm(high + 1))))):
        return True
    if joint == "out" and stream.norm(high + 1) == "of" and _BEGINS[stream.norm(high + 2) or "-"]:
        return True
    return (at > 1 and norms[at - 1] == "in" and (norms[at - 2] in ("one", "1") or (
        norms[at] == "a" and _BEGINS[norms[at - 2]]))) or (
        at > 2 and norms[at - 2:at] == ["out", "of"] and _BEGINS[norms[at - 3]]) or (
        at > 1 and norms[at - 1] in ("every", "each") and norms[at - 2] == "in")


def has_number(words: Iterable[str]) -> bool:
    """May there be a number among some words?"""
    return any(map(_BEGINS.__getitem__, words))


def read_quantities(stream: Stream) -> list[Quantity]:
    """Find the numbers of a sentence that may count people, in order."""
    found: list[Quantity] = []
    norms, k = stream.norms, 0
    while k < len(norms):
        if not _BEGINS[norms[k]] and not (norms[k] in _LEADS and stream.norm(k + 1) in _LED):
            k += 1
            continue
        quantity = _quantity(stream, k)
        if quantity is None:
            k += 1
            continue
        before = found[-1] if found else None
        joint = norms[before.last:quantity.low] if before else []
        if before and before.value is not None and quantity.value is not None and before.top is None and (
                joint in (["to"], ["or"], ["—"]) or (joint == ["and"] and norms[before.low - 1:before.low] == ["between"])) and (
                before.value < quantity.value and _bare(stream, before)):
            found.pop()
            first = before.first - (joint == ["and"])
            k = max(quantity.last, k + 1)
            if _counts(stream, before.low, quantity.high):
                found.append(replace(before, first=first, high=quantity.high, last=quantity.last, top=quantity.value))
            continue
        if _counts(stream, quantity.low, quantity.high) or stream.norm(quantity.high) in ("to", "or", "—"):
            found.append(quantity)
        k = max(quantity.last, k + 1)
    return [q for q in found if _counts(stream, q.low, q.high)]


def _bare(stream: Stream, quantity: Quantity) -> bool:
    """Is nothing counted between a number and the next: "10 to 15", not "from 10 dead to 15"? And no rise: "from 10 to 15"?"""
    return quantity.last == quantity.high and stream.norm(quantity.first - 1) != "from"


def _quantity(stream: Stream, at: int) -> Quantity | None:
    norm = stream.norms[at]
    value: float | None
    if norm in _NONE:
        high = at + 2 if stream.norm(at + 1) in ("one", "single") else at + 1
    elif stream.norms[at:at + 3] == ["not", "a", "single"]:
        high = at + 3
    elif norm == "one" and stream.norm(at - 1) == "not" and stream.norm(at + 1) not in ("but", "or"):
        high = at + 1  # "not one soldier"
    else:
        high = 0
    if high:
        return Quantity(at, at, high, high, 0.0, None, None)
    if vague := _vague(stream, at):
        high, words = vague
        first, last, hedges = _hedges(stream, at, high)
        return Quantity(first, at, high, last, None, None, " ".join([*hedges, words]))
    read = _figure(stream, at) if norm[0].isdigit() else _worded(stream, at)
    if read is None or read[0] == at:
        return None
    high, value, top = read
    first, last, hedges = _hedges(stream, at, high)
    return Quantity(first, at, high, last, value, top, " ".join(hedges) or None)


def bounds(value: float | None, top: float | None, hedge: str | None) -> tuple[float, float]:
    """Return the lowest and the highest number that a reported one can mean.

    ``at least 12`` is 12 or more, ``more than 12`` 13 or more, ``up to 12`` at most 12, ``nearly 12`` less than 12 but no less
    than nine tenths of it, rounded down, ``about 12`` a tenth more or less. ``dozens`` are 24 to 99, ``hundreds`` 200 to 1,999.
    What is only feared, or may be, can be none.

    Examples
    --------
    >>> bounds(12, None, None), bounds(12, None, "at least"), bounds(None, None, "dozens"), bounds(10, 15, None)
    ((12, 12), (12, inf), (24, 99), (10, 15))
    """
    hedge = hedge or ""
    if any(word in MAYBE for word in hedge.split()):
        rest = " ".join(word for word in hedge.split() if word not in MAYBE)
        return 0, bounds(value, top, rest)[1]
    if value is None:
        plain, _, scale = hedge.rpartition(" ")
        times = SCALES.get(scale, 1)
        words = next((w for w in _LOWEST if (plain if times > 1 else hedge).endswith(w)), "")
        most = math.inf if hedge.startswith(tuple(_LEAST | _ABOVE)) else times * _MOST.get(words, math.inf)
        return 0 if hedge.startswith(tuple(_MOSTLY)) else times * _LOWEST.get(words, 1), most
    high = value if top is None else top
    for hedges, (low, most) in {
        _LEAST: (value, math.inf), _MOSTLY: (0, high),  # "no more than" before "more than"
        _ABOVE: (math.floor(value) + 1, math.inf),
        _BELOW: (math.floor(value - value / _ROUGHLY), high - 1),
        _ABOUT: (math.floor(value - value / _ROUGHLY), math.ceil(high + high / _ROUGHLY)),
    }.items():
        if any(hedge == w or hedge.startswith(f"{w} ") or hedge.endswith(f" {w}") for w in hedges):
            return low, most
    return value, high
