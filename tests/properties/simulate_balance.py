"""How often the interval of a balance holds the truth, and how far the half that is added draws the estimate to 0.

    PYTHONPATH=analysis python tests/properties/simulate_balance.py            # print the table
    PYTHONPATH=analysis python tests/properties/simulate_balance.py --write    # put it into docs/methods/labelling.md

Of the labels of either pole a share is delegitimising; each article has its own share, length and number of labels, as in
``simulate_intervals.py``, whose cells these are. The rule by which an interval is given is that of the measures.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framelens.measure._intervals import BALANCE, Measure, refusals
from framelens.stats.balance import balance_intervals, log_balance

sys.path.insert(0, str(Path(__file__).parent))
from simulate_intervals import Cell, share
from tables import METHODS, show

TRIALS, SEED = 4000, 20220109
SIZES = (10, 20, 50)
CELLS = (*(share(p, labels, icc) for p in (0.1, 0.3, 0.5) for labels in (2, 6) for icc in (0.1, 0.3)),
         share(0.3, 6, 0.1, copies=0.5), share(0.3, 6, 0.1, spread=1.2), share(0.3, 6, 0.1, spread=2))


@dataclass(frozen=True)
class Result:
    """Of the trials of a cell: how many get an interval, how often it holds the truth, its width, and what the half does."""

    given: float
    held: float
    wrong: float
    width: float
    shrunk: float
    all_held: float


def simulate(cell: Cell, n: int, *, trials: int = TRIALS, seed: int = SEED) -> Result:
    """Draw outlets of ``n`` articles and count what the measure would say of their balance."""
    rng = np.random.default_rng([seed, n, *cell.name.encode()])
    first, both, _ = (np.asarray(a, float) for a in cell.draw(rng, (n, trials)))
    last = both - first
    measure = Measure("simulated", "", BALANCE, "labels")
    found = balance_intervals(first, last)
    truth = np.log(cell.truth / (1 - cell.truth))
    poles = [(kind.sum(0)[None], (kind > 0).sum(0)[None]) for kind in (first, last)]
    few = refusals(measure, (both > 0).sum(0)[None], *poles)[0]
    possible = np.isfinite(found.low)
    given = possible & (few == "")
    inside = (found.low <= truth) & (truth <= found.high)
    held = inside[given].mean() if given.any() else np.nan
    width = np.median((found.high - found.low)[given]) if given.any() else np.nan
    shrunk = np.mean(log_balance(first.sum(0), last.sum(0))[both.sum(0) > 0] - truth)
    return Result(given.mean(), held, (given & ~inside).mean(), width, shrunk, inside[possible].mean())


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


if __name__ == "__main__":
    show(lines(), "balance", METHODS / "labelling.md")
