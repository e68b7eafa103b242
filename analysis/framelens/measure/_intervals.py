"""When a number gets an interval, and which: effective clusters, bootstrap, a bound where nothing was found, or none and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framelens.stats.balance import balance_intervals
from framelens.stats.bootstrap import ratio_intervals
from framelens.stats.proportion import rate_bounds, share_intervals

__all__ = ["BALANCE", "LEVEL", "MIN_CLUSTERS", "MIN_HITS", "Ends", "Floats", "Measure", "find_ends", "refusals"]

Floats = NDArray[np.float64]

LEVEL = 0.95
MIN_CLUSTERS = 10  # clusters with text that counts, below which nothing but description
MIN_HITS = 5  # hits, and clusters that hold them; of a share the same of what is no hit
DESCRIBED = "Described only: an interval needs"
SMALL = "Small numbers, computed all the same and not to be relied on"
WARNED = f"{SMALL}: an interval needs"
BOUND = "one-sided bound, effective clusters"
BALANCE = "balance"  # a scale: the numerator against what else is in the denominator, as a log ratio
# What a hit is called, and what else the denominator holds, where it is no plain hit.
KINDS = {"mean": ("segments that score other than 0", ""), BALANCE: ("delegitimising labels", "legitimising labels")}


@dataclass(frozen=True)
class Measure:
    """What a number is: its name, unit and scale, what its denominator counts, in words, and per how many a rate is."""

    name: str
    unit: str
    scale: str  # count, share, rate, mean or balance
    base: str
    words: float = 1000.0

    @property
    def per(self) -> float:
        """What the ratio is multiplied by."""
        return self.words if self.scale == "rate" else 1.0


@dataclass(frozen=True)
class Ends:
    """Of one unit, an entry a column: ends in the unit of the measure, how they were made, what the note says of them."""

    low: Floats
    high: Floats
    method: NDArray[Any]
    note: NDArray[Any]
    drawn: NDArray[np.bool_]  # whether chance of ours is in it, so that the seed matters


def refusals(measure: Measure, clusters: Floats, hits: tuple[Floats, Floats],
             others: tuple[Floats, Floats]) -> NDArray[Any]:
    """Say for each estimate why its numbers are too small for an interval, or nothing.

    ``hits`` and ``others`` (what a share or balance is of and is no hit) are their number and the clusters that hold them.
    """
    if measure.scale == "count":
        return np.full(clusters.shape, "A count describes this corpus and has no interval.", dtype=object)
    few = np.full(clusters.shape, "", dtype=object)
    what, rest = KINDS.get(measure.scale, ("hits", "others than hits"))
    tests = [(f"{MIN_CLUSTERS} syndication clusters with {measure.base}", (clusters,), MIN_CLUSTERS),
             (f"{MIN_HITS} {what} in {MIN_HITS} clusters", hits, MIN_HITS)]
    if measure.scale in ("share", BALANCE):
        tests.append((f"{MIN_HITS} {rest} in {MIN_HITS} clusters", others, MIN_HITS))
    for needs, numbers, least in tests:
        fails = (few == "") & (np.minimum.reduce(numbers) < least)  # only the first that fails is said
        here = zip(*(number[fails] for number in numbers), strict=True)
        few[fails] = [f"{DESCRIBED} {needs}; here {' in '.join(f'{n:.0f}' for n in found)}." for found in here]
    return few


def find_ends(measure: Measure, sums: tuple[Floats, Floats], few: NDArray[Any], draw: Callable[[], NDArray[Any]], *,
              allow_small_n: bool) -> Ends:
    """Make the intervals of one unit from its sums by cluster (numerators and denominators, clusters × columns).

    ``draw`` gives the resamples of these clusters, if any is needed.
    """
    num, den = sums
    if measure.scale == BALANCE:
        return _balance_ends(num, den, few, allow_small_n)
    low, high = np.full((2, num.shape[1]), np.nan)
    method, note = np.full(num.shape[1], "description", dtype=object), few.copy()
    base, total = den.sum(0), num.sum(0)
    few_clusters = (den > 0).sum(0) < MIN_CLUSTERS
    closed = np.zeros(num.shape[1], bool)
    if measure.scale in ("share", "rate"):
        closed = (base > 0) & ((total == 0) | ((measure.scale == "share") & (total == base)))  # no hit, or nothing else
        closed &= ~few_clusters | allow_small_n
    small = (few != "") & (base > 0) & ~closed & allow_small_n & (measure.scale != "count")
    given = ((few == "") & ~closed) | small
    by_share = given & (measure.scale == "share")  # the bootstrap of a share fails where articles differ much and it is rare
    drawn = given & ~by_share
    for columns, make in ((np.flatnonzero(closed), _bounds), (np.flatnonzero(by_share), _share_ends)):
        if len(columns):
            low[columns], high[columns], method[columns], note[columns] = make(measure, num[:, columns], den[:, columns])
    columns = np.flatnonzero(drawn)
    if len(columns):
        found = ratio_intervals(num[:, columns], den[:, columns], scale=measure.scale, level=LEVEL, weights=draw())
        low[columns], high[columns] = found.low, found.high
        note[columns] = [f"Described only: {why}." if why else "" for why in found.reason]
        method[columns] = ["description" if why else found.method for why in found.reason]
    for column in np.flatnonzero((small | (closed & few_clusters)) & np.isfinite(low)):
        note[column] = " ".join(part for part in (few[column].replace(DESCRIBED, WARNED), note[column]) if part)
    return Ends(low * measure.per, high * measure.per, method, note, drawn & np.isfinite(low))


def _bounds(measure: Measure, num: Floats, den: Floats) -> tuple[Floats, Floats, list[str], list[str]]:
    """Bound what was not found, or what was found alone: the rule of three, on effective clusters."""
    kish = den.sum(0) ** 2 / (den**2).sum(0)
    if measure.scale == "rate":
        low, high = np.zeros(num.shape[1]), rate_bounds(den, level=LEVEL)
    else:
        found = share_intervals(num, den, level=LEVEL)
        low, high = found.low, found.high
    none = num.sum(0) == 0
    said = [f"{'No hit: ci_high' if no else 'Nothing but hits: ci_low'} is a one-sided bound, of {k:.1f} effective clusters."
            for no, k in zip(none, kish, strict=True)]
    return low, high, [BOUND] * len(said), said


def _share_ends(measure: Measure, num: Floats, den: Floats) -> tuple[Floats, Floats, list[str], list[str]]:
    """Make the intervals of shares, in closed form."""
    found = share_intervals(num, den, level=LEVEL)
    return (found.low, found.high, ["description" if why else found.method for why in found.reason],
            [f"Described only: {why}." if why else "" for why in found.reason])


def _balance_ends(num: Floats, den: Floats, few: NDArray[Any], allow_small_n: bool) -> Ends:
    """Make the intervals of balances: in closed form, because labels of one kind are often few."""
    found = balance_intervals(num, den - num, level=LEVEL)
    given = np.array([not why for why in found.reason], bool) & ((few == "") | allow_small_n)
    note = few.copy()
    for column, why in enumerate(found.reason):
        if given[column]:
            note[column] = few[column].replace(DESCRIBED, WARNED)
        elif not few[column]:
            note[column] = f"Described only: {why}."
    low, high = (np.where(given, end, np.nan) for end in (found.low, found.high))
    return Ends(low, high, np.where(given, found.method, "description").astype(object), note, np.zeros(len(given), bool))
