"""Rows of a contrast: two sides of one number, with interval and p, what decides against them, and the note in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framelens.measure._intervals import DESCRIBED, SMALL, WARNED
from framelens.measure._rows import BALANCE, LEVEL, Floats, Frame, Part, alike, ratio_of, refusals, sum_rows
from framelens.measure._sides import Side
from framelens.stats.contrast import ratio_contrasts

__all__ = ["KINDS", "NOTHING", "SCALES", "Task", "contrast_rows", "side_sums", "tell_conclusion", "told_higher", "unit_of"]

ALPHA = 0.05
NOTHING = "nothing to compare"
KINDS = {"difference": ("difference", "minus"), "ratio": ("log ratio", "over"), "odds ratio": ("log odds ratio", "over")}
SCALES = {"difference": ("share", "rate", "mean", BALANCE), "ratio": ("share", "rate"), "odds ratio": ("share", BALANCE)}


@dataclass(frozen=True)
class Task:
    """What one call asks of every part."""

    frame: Frame
    contrast: str


def unit_of(part: Part, contrast: str) -> str:
    """Name the effect size: a difference in the unit of the measure, of balances the log odds ratio; or the ratio."""
    if contrast != "difference":
        return contrast
    return "log odds ratio" if part.measure.scale == BALANCE else part.measure.unit


def side_sums(frame: Frame, part: Part, side: Side) -> tuple[Floats, Floats, Floats]:
    """Sum the numerators, denominators and hits of a side by cluster."""
    tallies, own = part.tallies, frame.cluster[side.articles]
    n = int(frame.cluster.max()) + 1 if len(frame.cluster) else 0
    num, den, hit = (sum_rows(values[side.articles], own, n) for values in (
        tallies.num, tallies.den, tallies.num if tallies.hits is None else tallies.hits))
    return num, den, hit


def contrast_rows(task: Task, part: Part, sides: tuple[Side, Side]) -> pd.DataFrame:
    """Make the rows of one contrast of one part."""
    frame, measure, tallies = task.frame, part.measure, part.tallies
    sums, few, told = [], np.full(len(part.combos), "", dtype=object), []
    for side in sides:
        num, den, hit = side_sums(frame, part, side)
        sums.append((num, den))
        small = refusals(measure, (den > 0).sum(0), (hit.sum(0), (hit > 0).sum(0)), ((den - hit).sum(0), (den > hit).sum(0)))
        few = np.where(few == "", [why.replace("; here ", f"; {side.name} has ") for why in small], few)
        told.append((side.name, num.sum(0), den.sum(0)))
    kind, word = KINDS[task.contrast]
    plain = task.contrast == "difference"
    balance = measure.scale == BALANCE  # their difference is the log of the odds ratio, which has no half added
    found = ratio_contrasts(*sums, contrast="log odds ratio" if balance else kind, scale="share" if balance else measure.scale,
                            level=LEVEL, allow_small_n=frame.allow_small_n)
    given = np.isfinite(found.low) & ((few == "") | frame.allow_small_n)
    (_, hits, bases), (_, more_hits, more_bases) = told
    one, other = ratio_of(measure, hits, bases), ratio_of(measure, more_hits, more_bases)
    value = np.where(alike(one, other), 0.0, one - other if balance else found.estimate)
    estimate, low, high = (values * measure.per if plain else np.exp(values) for values in (value, found.low, found.high))
    behind = tallies.den > 0
    behind &= (sides[0].articles | sides[1].articles)[:, None]
    first, second = (side.unit for side in sides)
    values: dict[str, Any] = {
        **{str(column): part.combos[column] for column in part.combos},
        "measure": measure.name, "unit": unit_of(part, task.contrast),
        "outlet": sides[0].outlet, "contrast": f"{first} {word} {second}", "reference": second,
        "estimate": estimate, "ci_low": np.where(given, low, np.nan), "ci_high": np.where(given, high, np.nan),
        "ci_level": np.where(given, LEVEL, np.nan), "n_documents": behind.sum(0),
        "n_clusters": ((sums[0][1] > 0) | (sums[1][1] > 0)).sum(0),
        "n_units": hits + more_hits if measure.scale == "rate" else bases + more_bases,
        "p_value": np.where(given, found.p, np.nan), "corrected": False, "validated": False,
        "method": np.where(given, found.method, "description"),
        "note": [" ".join(said for said in (*told_higher(part, told, j, _why(few[j], found.reason[j], bool(given[j]))),
                                                  *(side.note for side in sides)) if said) for j in range(len(few))],
    }
    return pd.DataFrame(values, index=range(len(few)))


def told_higher(part: Part, told: list[tuple[str, Floats, Floats]], j: int, why: str) -> tuple[str, ...]:
    """Say which side is higher, with both values and what they rest on, and ``why`` there is no more to say."""
    values = []
    for name, num, den in told:
        if not den[j] > 0:
            return (f"Nothing to compare: no {part.measure.base} in {name}.",)
        n = {"share": f"{num[j]:.0f} of {den[j]:.0f}", "rate": f"{num[j]:.0f}",
             BALANCE: f"{num[j]:.0f} to {den[j] - num[j]:.0f}"}.get(part.measure.scale, f"n {den[j]:.0f}")
        values.append((float(ratio_of(part.measure, num[j], den[j])), f" ({n})", name))
    (high, n_high, most), (low, n_low, least) = sorted(values, key=lambda value: -value[0])
    if alike(high, low):
        return f"Equal: {high:.3g} in {most}{n_high} and in {least}{n_low}.", why
    return f"Higher in {most}: {high:.3g}{n_high} against {low:.3g}{n_low} in {least}.", why


def tell_conclusion(estimate: float, p: float, sides: tuple[str, str], null: float, *, tested: bool) -> str:
    """Say in words what a contrast shows: which side is higher and, where it is to be ``tested``, whether p is below .05.

    Examples
    --------
    >>> tell_conclusion(0.2, 0.01, ("Herald", "Bugle"), 0, tested=True)
    'Herald higher, p < 0.05'
    >>> tell_conclusion(0.8, float("nan"), ("Herald", "Bugle"), 1, tested=False)
    'Bugle higher'
    """
    if not np.isfinite(estimate):
        return NOTHING
    higher = "equal" if estimate == null else f"{sides[0] if estimate > null else sides[1]} higher"
    if not tested:
        return higher
    if not np.isfinite(p):
        return "too few to test"
    return f"{higher}, p < {ALPHA:.2f}" if p < ALPHA else "no difference shown"


def _why(few: str, reason: str, given: bool) -> str:
    """Say why there is no interval, or that there should be none."""
    if given:
        return few.replace(DESCRIBED, WARNED) or (f"{SMALL}: {reason}." if reason else "")
    return few or f"Described only: {reason}."
