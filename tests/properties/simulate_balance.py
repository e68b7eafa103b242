"""How often intervals of a balance and of two outlets' difference hold the truth, and what the half does to the estimate.

    PYTHONPATH=analysis python tests/properties/simulate_balance.py            # print the tables
    PYTHONPATH=analysis python tests/properties/simulate_balance.py --write    # put them into docs/methods/labelling.md

Of the labels of either pole a share is delegitimising; each article has its own share, length and number of labels, as in
``simulate_intervals.py``. The rule by which an interval is given is that of the measures.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framelens.measure._intervals import BALANCE, Measure, refusals
from framelens.stats.balance import balance_intervals, log_balance
from framelens.stats.contrast import ratio_contrasts
from framelens.stats.simulation import Outlet, label_share

sys.path.insert(0, str(Path(__file__).parent))
from tables import METHODS, show

TRIALS, SEED = 4000, 20220109
SIZES = (10, 20, 50)
GROUPS = ((10, 10), (20, 20), (50, 50), (60, 20), (110, 10))
CELLS = (*(label_share(p, labels, icc) for p in (0.1, 0.3, 0.5) for labels in (2, 6) for icc in (0.1, 0.3)),
         label_share(0.3, 6, 0.1, copies=0.5), label_share(0.3, 6, 0.1, spread=1.2), label_share(0.3, 6, 0.1, spread=2))


@dataclass(frozen=True)
class Result:
    """Of the trials of a cell: how many get an interval, how often it holds the truth, its width, and what the half does."""

    given: float
    held: float
    wrong: float
    width: float
    shrunk: float
    all_held: float


def enough(first: np.ndarray, both: np.ndarray) -> np.ndarray:
    """Say by the measures' own rule in which trials an outlet has enough labels for an interval."""
    poles = [(kind.sum(0)[None], (kind > 0).sum(0)[None]) for kind in (first, both - first)]
    return refusals(Measure("simulated", "", BALANCE, "labels"), (both > 0).sum(0)[None], *poles)[0] == ""


def simulate(cell: Outlet, n: int, *, trials: int = TRIALS, seed: int = SEED) -> Result:
    """Draw outlets of ``n`` articles and count what the measure would say of their balance."""
    rng = np.random.default_rng([seed, n, *cell.name.encode()])
    first, both, _ = (np.asarray(a, float) for a in cell.draw(rng, (n, trials)))
    last = both - first
    found = balance_intervals(first, last)
    truth = np.log(cell.truth / (1 - cell.truth))
    possible = np.isfinite(found.low)
    given = possible & enough(first, both)
    inside = (found.low <= truth) & (truth <= found.high)
    held = inside[given].mean() if given.any() else np.nan
    width = np.median((found.high - found.low)[given]) if given.any() else np.nan
    shrunk = np.mean(log_balance(first.sum(0), last.sum(0))[both.sum(0) > 0] - truth)
    return Result(given.mean(), held, (given & ~inside).mean(), width, shrunk, inside[possible].mean())


def contrast(cell: Outlet, groups: tuple[int, int], *, trials: int = TRIALS // 2, seed: int = SEED) -> tuple[float, float]:
    """Draw two outlets of one balance; return how many are compared, and how often the interval holds 0."""
    rng = np.random.default_rng([seed, *groups, *cell.name.encode()])
    num, den, _ = (np.asarray(a, float) for a in cell.draw(rng, (sum(groups), trials)))
    side = (np.arange(sum(groups)) < groups[0])[:, None]
    sides = [(num * own, den * own) for own in (side, ~side)]
    found = ratio_contrasts(*sides, contrast="log odds ratio")
    given = np.isfinite(found.low) & enough(*sides[0]) & enough(*sides[1])
    held = (found.low <= 0) & (found.high >= 0)
    return given.mean(), held[given].mean() if given.any() else np.nan


def lines() -> Iterator[str]:
    """Write the table, a line a cell and number of articles."""
    yield ("| outlet | articles | true balance | given | **holds it** | wrong, of all | width | mean estimate − truth | "
           "were all given: hold it |")
    yield "| --- | --: | --: | --: | --: | --: | --: | --: | --: |"
    for cell in CELLS:
        for n in SIZES:
            r = simulate(cell, n)
            held, width = ("–" if np.isnan(value) else f"{value:{form}}" for value, form in ((r.held, ".1%"), (r.width, ".2f")))
            truth = np.log(cell.truth / (1 - cell.truth))
            yield (f"| {cell.name} | {n} | {truth:.2f} | {r.given:.0%} | **{held}** | {r.wrong:.1%} | "
                   f"{width} | {r.shrunk:+.2f} | {r.all_held:.1%} |")


def contrast_lines() -> Iterator[str]:
    """Write the table of contrasts, a column a pair of numbers of articles."""
    yield "| outlets | " + " | ".join(f"{a} : {b}" for a, b in GROUPS) + " |"
    yield "| --- |" + " --: |" * len(GROUPS)
    for cell in CELLS:
        found = [contrast(cell, groups) for groups in GROUPS]
        yield f"| {cell.name} | " + " | ".join("–" if np.isnan(held) else f"**{held:.1%}** of {given:.0%}"
                                               for given, held in found) + " |"


if __name__ == "__main__":
    show(lines(), "balance", METHODS / "labelling.md")
    show(contrast_lines(), "balance contrasts", METHODS / "labelling.md")
