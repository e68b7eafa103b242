"""Verb groups by class letters: a verb with its auxiliaries, and what governs it."""

from __future__ import annotations

import re
from typing import NamedTuple

from framelens.text.reading.stream import Stream

__all__ = ["Group", "cue_start", "verb_group"]

_BETWEEN = re.compile(r"(?<=[MHI])A*,?[pr][DJ0]*[NSPY0]+,?A*$")
_CONTRACTED = ("'re", "'ve", "'ll", "'d", "'m")


class Group(NamedTuple):
    """A verb with what belongs to it: ``[low, high)`` from the first auxiliary to the verb; ``head`` is the verb."""

    low: int
    head: int
    high: int
    passive: bool
    finite: bool


def verb_group(stream: Stream, head: int, size: int) -> Group:
    """Find the auxiliaries and adverbs before a verb, and its voice."""
    codes = stream.codes
    low = head
    if codes[head] in "nvd" and low and codes[low - 1] in "NSPY0," and (codes[head] != "d" or "H" in codes[:head]) and (
            between := _BETWEEN.search(codes, 0, head)) and (codes[head] != "d" or codes[between.start() - 1] == "H"):
        low = between.start()  # "has in recent weeks called"
    while low and (codes[low - 1] in "AMHXI" or (low > 1 and stream.norms[low - 1] == "being" and codes[low - 2] == "I")):
        low -= 1
    before = codes[low:head].rstrip("A")
    kind = codes[head]
    passive = before.endswith(("I", "g")) and kind in "ned"
    if passive and stream.norms[head - 1] == "'s" and stream.code(head + size) not in "tr":
        passive = False  # "he's said that …": has
    finite = kind in "dzv" or bool(before) or (low > 0 and codes[low - 1] == "U" and stream.norms[low - 1].endswith(_CONTRACTED))
    finite = finite and not (low and codes[low - 1] == "t")
    while low < head and codes[low] == "A" and not (low and codes[low - 1] in "NSPUyw)',"):
        low += 1
    return Group(low, head, head + size, passive, finite)


def cue_start(stream: Stream, group: Group) -> int:
    """Find where a cue begins that a verb before it governs: "went on to say", "is quick to point out", "began by saying"."""
    codes, low = stream.codes, group.low
    if not low or codes[low - 1] not in "tB" or (codes[low - 1] == "B" and codes[group.head] != "g"):
        return low
    low -= 1
    k = low
    if k and codes[k - 1] in "pA" and k > 1 and codes[k - 2] in "dzvg":
        k -= 1  # "went on to"
    if k and codes[k - 1] in "dzvgn":
        return verb_group(stream, k - 1, 1).low
    if k > 1 and codes[k - 1] in "JN" and codes[k - 2] == "I":
        return verb_group(stream, k - 2, 1).low
    return low + (codes[low] == "B")  # "answered by | calling him a liar"
