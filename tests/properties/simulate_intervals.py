"""How often the intervals hold the truth: simulated outlets whose shares, rates and means are known.

    PYTHONPATH=analysis python tests/properties/simulate_intervals.py            # print the table
    PYTHONPATH=analysis python tests/properties/simulate_intervals.py --write    # put it into docs/methods/estimates.md

An outlet has 10, 20 or 50 articles in a corpus three times as large (so that the number of its articles varies
between resamples). Articles differ in length and in their own share, rate or tone: counts are over-dispersed. The rule
by which a measure gives an interval or only describes is the measures' own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framelens.measure._intervals import Measure, refusals
from framelens.stats.bootstrap import METHODS, ratio_intervals, resample_weights

TRIALS, RESAMPLES, BATCH, SEED = 4000, 2000, 200, 20220105
SIZES = (10, 20, 50)
DOCUMENT = Path(__file__).parents[2] / "docs" / "methods" / "estimates.md"
BEGIN, END = "<!-- simulation: begin -->", "<!-- simulation: end -->"

Draw = Callable[[np.random.Generator, tuple[int, int]], tuple[np.ndarray, np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Cell:
    """One kind of outlet: how articles are drawn (numerator, denominator, hits) and what is true of it."""

    name: str
    scale: str
    truth: float
    draw: Draw


def overdispersed(rng: np.random.Generator, mean, size: float, shape: tuple[int, int]) -> np.ndarray:
    """Draw negative binomial counts: variance mean + mean² / size."""
    return rng.poisson(rng.gamma(size, np.broadcast_to(mean, shape) / size))


def share(p: float, labels: float, icc: float, *, copies: float = 0, spread: float = 0) -> Cell:
    """Labels of which a share are hits; each article has its own share (beta-binomial), copies and length."""

    def draw(rng, shape):
        mean = (labels - 1) * (rng.lognormal(-spread**2 / 2, spread, shape) if spread else 1)
        n = 1 + overdispersed(rng, mean, 1.0 if not spread else 8.0, shape)
        own = rng.beta(p * (1 - icc) / icc, (1 - p) * (1 - icc) / icc, shape)
        times = 1 + rng.poisson(copies, shape)
        hits = rng.binomial(n, own) * times
        return hits, n * times, hits

    extra = ", clusters of copies" if copies else f", log length SD {spread:g}" if spread else ""
    return Cell(f"share {p:.2f} of {labels:g} labels an article, ICC {icc:g}{extra}", "share", p, draw)


def words(p: float, concentration: float) -> Cell:
    """Words of an article in some voice: each article has its own share, hundreds of words."""

    def draw(rng, shape):
        n = np.round(rng.lognormal(np.log(400) - 0.125, 0.5, shape)) + 20
        hits = rng.binomial(n.astype(int), rng.beta(p * concentration, (1 - p) * concentration, shape))
        return hits, n, hits

    return Cell(f"share {p:.2f} of the words", "share", p, draw)


def rate(per_1000: float, size: float, spread: float = 0.5) -> Cell:
    """Counts per 1,000 words of articles of some 400 words."""

    def draw(rng, shape):
        length = (np.round(rng.lognormal(np.log(400) - spread**2 / 2, spread, shape)) + 20) / 1000
        hits = overdispersed(rng, per_1000 * length, size, shape)
        return hits, length, hits

    extra = f", log length SD {spread:g}" if spread > 1 else ""
    return Cell(f"{per_1000:g} per 1,000 words, variance m + m²/{size:g}{extra}", "rate", per_1000, draw)


def tone(zero: float, article_sd: float) -> Cell:
    """Scores of some 12 segments an article, many of them 0; each article has its own tone. Mean: 0.1 (1 - zero)."""

    def draw(rng, shape):
        n = 1 + overdispersed(rng, 11, 2.0, shape)
        scored = rng.binomial(n, 1 - zero)
        own = rng.normal(0.1, article_sd, shape)
        return scored * own + rng.normal(0, 0.3, shape) * np.sqrt(scored), n, scored

    return Cell(f"mean score, {zero:.0%} of segments 0", "mean", 0.1 * (1 - zero), draw)


CELLS = (
    *(share(p, labels, icc) for p in (0.1, 0.3, 0.5) for labels in (3, 10) for icc in (0.1, 0.3)),
    share(0.3, 6, 0.1, copies=0.5), share(0.3, 10, 0.1, spread=1.2), share(0.3, 10, 0.1, spread=2),
    words(0.1, 8), words(0.3, 8),
    *(rate(per_1000, size) for per_1000 in (2, 10, 30) for size in (1, 4)), rate(10, 4, spread=1.2),
    rate(10, 4, spread=2),
    tone(0.5, 0.15), tone(0.85, 0.15),
)


@dataclass(frozen=True)
class Result:
    """Of the trials of a cell: how many get an interval, and how often that of each method holds the truth."""

    given: float
    coverage: dict[str, float]
    wrong: float
    width: float


def simulate(cell: Cell, n: int, *, trials: int = TRIALS, n_resamples: int = RESAMPLES, seed: int = SEED) -> Result:
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
