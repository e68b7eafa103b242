"""How often the intervals hold the truth: simulated outlets whose shares, rates and means are known.

    PYTHONPATH=analysis python tests/properties/simulate_intervals.py            # print the table
    PYTHONPATH=analysis python tests/properties/simulate_intervals.py --write    # put it into docs/methods/estimates.md

An outlet has 10, 20 or 50 articles in a corpus three times as large (so that the number of its articles varies
between resamples). Articles differ in length and in their own share, rate or tone: counts are over-dispersed. The rule
by which a measure gives an interval or only describes is the measures' own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framelens.measure._intervals import Measure, refusals
from framelens.stats.bootstrap import METHODS, ratio_intervals, resample_weights
from framelens.stats.simulation import Outlet, label_rate, label_share, mean_score, word_share

TRIALS, RESAMPLES, BATCH, SEED = 4000, 2000, 200, 20220105
SIZES = (10, 20, 50)
DOCUMENT = Path(__file__).parents[2] / "docs" / "methods" / "estimates.md"
BEGIN, END = "<!-- simulation: begin -->", "<!-- simulation: end -->"

CELLS = (
    *(label_share(p, labels, icc) for p in (0.1, 0.3, 0.5) for labels in (3, 10) for icc in (0.1, 0.3)),
    label_share(0.3, 6, 0.1, copies=0.5), label_share(0.3, 10, 0.1, spread=1.2), label_share(0.3, 10, 0.1, spread=2),
    word_share(0.1, 8), word_share(0.3, 8),
    *(label_rate(per_1000, size) for per_1000 in (2, 10, 30) for size in (1, 4)), label_rate(10, 4, spread=1.2),
    label_rate(10, 4, spread=2),
    mean_score(0.5, 0.15), mean_score(0.85, 0.15),
)


@dataclass(frozen=True)
class Result:
    """Of the trials of a cell: how many get an interval, and how often that of each method holds the truth."""

    given: float
    coverage: dict[str, float]
    wrong: float
    width: float


def simulate(cell: Outlet, n: int, *, trials: int = TRIALS, n_resamples: int = RESAMPLES, seed: int = SEED) -> Result:
    """Draw outlets of ``n`` articles and count what the measures would say of them."""
    measure = Measure("simulated", "", cell.scale, "units")
    rng = np.random.default_rng([seed, n, *cell.name.encode()])
    held: dict[str, list[np.ndarray]] = {method: [] for method in METHODS}
    widths, given = [], []
    for _ in range(0, trials, BATCH):
        num, den, hit = (np.asarray(a, float) for a in cell.draw(rng, (n, BATCH)))
        sums = [np.atleast_2d(a.sum(0)) for a in (den > 0, hit, hit > 0, den - hit, den > hit)]
        fit = np.flatnonzero(refusals(measure, sums[0], (sums[1], sums[2]), (sums[3], sums[4]))[0] == "")
        given.append(len(fit) / BATCH)
        if not len(fit):
            continue
        weights = resample_weights(3 * n, n_resamples=n_resamples, seed=int(rng.integers(1 << 31)))[:, :n]
        for method in METHODS:
            result = ratio_intervals(num[:, fit], den[:, fit], scale=cell.scale, method=method, weights=weights)
            inside = np.where(np.isnan(result.low), np.nan, (result.low <= cell.truth) & (cell.truth <= result.high))
            held[method].append(inside)
            if method == "studentised":
                widths.append(result.high - result.low)
    if not widths:
        return Result(0.0, dict.fromkeys(METHODS, np.nan), 0.0, np.nan)
    coverage = {method: float(np.nanmean(np.concatenate(parts))) for method, parts in held.items()}
    chosen = np.concatenate(held["studentised"])
    share_given = float(np.mean(given) * np.isfinite(chosen).mean())
    width = float(np.nanmedian(np.concatenate(widths)))
    return Result(share_given, coverage, share_given * (1 - coverage["studentised"]), width)


def lines() -> Iterator[str]:
    """Write the table, a line a cell and number of articles."""
    yield "| outlet | articles | given | percentile | BCa | **studentised** | wrong | width |"
    yield "| --- | --: | --: | --: | --: | --: | --: | --: |"
    for cell in CELLS:
        for n in SIZES:
            r = simulate(cell, n)
            a, b, c = (f"{r.coverage[m]:.1%}" if np.isfinite(r.coverage[m]) else "–" for m in METHODS)
            width = f"{r.width:.3g}" if np.isfinite(r.width) else "–"
            yield f"| {cell.name} | {n} | {r.given:.0%} | {a} | {b} | **{c}** | {r.wrong:.1%} | {width} |"


def main() -> None:
    """Print the table, or write it between its marks in the document."""
    table = "\n".join(lines())
    if "--write" not in sys.argv[1:]:
        print(table)
        return
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
