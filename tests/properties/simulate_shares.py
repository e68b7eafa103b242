"""How often intervals of shares, and of contrasts of two outlets, hold the truth where it is known.

    PYTHONPATH=analysis python tests/properties/simulate_shares.py            # print the tables
    PYTHONPATH=analysis python tests/properties/simulate_shares.py --write    # put them into docs/methods/statistics.md

Articles differ in length and in their own share or rate, as in ``simulate_intervals.py``, whose cells these are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framelens.stats.bootstrap import ratio_intervals, resample_weights
from framelens.stats.contrast import bootstrap_contrasts, ratio_contrasts
from framelens.stats.proportion import SHARE_METHODS, share_intervals

sys.path.insert(0, str(Path(__file__).parent))
from simulate_intervals import Cell, rate, share, words
from tables import show

TRIALS, BATCH, RESAMPLES, SEED = 2000, 250, 600, 20220108
SIZES = (10, 20, 50, 150)
SHARES = (*(share(p, 10, icc) for p in (0.02, 0.05, 0.1, 0.3, 0.5) for icc in (0.1, 0.3)), share(0.1, 3, 0.1),
          share(0.3, 6, 0.1, copies=0.5), share(0.1, 10, 0.1, spread=1.2), share(0.3, 10, 0.3, spread=1.2),
          share(0.3, 10, 0.1, spread=2), words(0.1, 8))
GROUPS = ((10, 10), (20, 20), (50, 50), (150, 150), (110, 10), (132, 792))
PAIRS = (*((cell, contrast) for cell in (share(0.05, 10, 0.1), share(0.1, 10, 0.1), share(0.3, 10, 0.3),
                                         share(0.1, 10, 0.1, spread=1.2)) for contrast in ("difference", "log odds ratio")),
         *((cell, contrast) for cell in (rate(2, 1), rate(10, 4), rate(10, 1), rate(10, 4, spread=1.2))
           for contrast in ("difference", "log ratio")))
MANY = 500  # articles from which on half of the trials is made, and no bootstrap


@dataclass(frozen=True)
class Coverage:
    """By method: how many get an interval and how many of these hold the truth; in the end how wide it is in the median."""

    given: dict[str, float]
    held: dict[str, float]
    width: dict[str, float]


def summarise(ends: dict[str, list[tuple[np.ndarray, np.ndarray]]], truth: float) -> Coverage:
    """Count the intervals that hold the truth."""
    given, held, width = {}, {}, {}
    for method, parts in ends.items():
        low, high = (np.concatenate(side) for side in zip(*parts, strict=True))
        has = ~np.isnan(low)
        given[method] = float(has.mean())
        held[method] = float(((low <= truth) & (truth <= high))[has].mean()) if has.any() else np.nan
        width[method] = float(np.median((high - low)[has])) if has.any() else np.nan
    return Coverage(given, held, width)


def simulate_share(cell: Cell, n: int, *, trials: int = TRIALS, seed: int = SEED) -> Coverage:
    """Draw outlets of n articles; ``bounds`` are those of outlets in which there is no hit, or nothing else."""
    rng = np.random.default_rng([seed, n, *cell.name.encode()])
    ends: dict[str, list] = {method: [] for method in (*SHARE_METHODS, "studentised", "bounds")}
    for _ in range(0, trials, BATCH):
        num, den, _ = (np.asarray(a, float) for a in cell.draw(rng, (n, BATCH)))
        for method in SHARE_METHODS:
            result = share_intervals(num, den, method=method)
            two = np.array(result.bound) == "two-sided"
            ends[method].append((np.where(two, result.low, np.nan), np.where(two, result.high, np.nan)))
        ends["bounds"].append((np.where(two, np.nan, result.low), np.where(two, np.nan, result.high)))
        weights = resample_weights(n, n_resamples=RESAMPLES, seed=int(rng.integers(1 << 31)))
        boot = ratio_intervals(num, den, weights=weights)
        ends["studentised"].append((boot.low, boot.high))
    return summarise(ends, cell.truth)


def simulate_contrast(cell: Cell, contrast: str, groups: tuple[int, int], *, trials: int = TRIALS, seed: int = SEED) -> Coverage:
    """Draw two outlets of one share or rate; a tenth of the clusters of the first is in the second as well."""
    n, m = groups
    rng = np.random.default_rng([seed, n, m, *contrast.encode(), *cell.name.encode()])
    ends: dict[str, list] = {"CR2": [], "studentised": []}
    batch = BATCH // 2 if n + m > MANY else BATCH
    for _ in range(0, trials, BATCH):
        num, den, _ = (np.asarray(a, float) for a in cell.draw(rng, (n + m, batch)))
        first = (np.arange(n + m) < n)[:, None]
        both = first & (np.arange(n + m) < n // 10)[:, None]
        pair = ((num * first, den * first), (num * (~first | both), den * (~first | both)))
        ours = ratio_contrasts(*pair, contrast=contrast, scale=cell.scale)
        ends["CR2"].append((ours.low, ours.high))
        if n + m <= MANY:
            weights = resample_weights(n + m, n_resamples=RESAMPLES, seed=int(rng.integers(1 << 31)))
            boot = bootstrap_contrasts(*pair, contrast=contrast, scale=cell.scale, weights=weights)
            ends["studentised"].append((boot.low, boot.high))
    return summarise({method: parts for method, parts in ends.items() if parts}, 0.0)


def percent(value: float) -> str:
    """Print a share, or that there is none."""
    return "–" if np.isnan(value) else f"{value:.1%}"


def share_lines() -> Iterator[str]:
    """Write the table of shares."""
    methods = (*SHARE_METHODS, "studentised")
    yield ("| outlet | articles | two-sided | " + " | ".join(methods)
           + " | width of the first | of the last | bounds given | hold |")
    yield "| --- | --: | --: |" + " --: |" * (len(methods) + 4)
    for cell in SHARES:
        for n in SIZES:
            r = simulate_share(cell, n)
            yield (f"| {cell.name} | {n} | {r.given[methods[0]]:.0%} | " + " | ".join(percent(r.held[k]) for k in methods)
                   + f" | {r.width[methods[0]]:.3g} | {r.width['studentised']:.3g} | {r.given['bounds']:.1%} | "
                   + f"{percent(r.held['bounds'])} |")


def contrast_lines() -> Iterator[str]:
    """Write the table of contrasts."""
    yield "| outlets | contrast | articles | given by CR2 | **CR2 holds 0** | given by the bootstrap | studentised holds 0 |"
    yield "| --- | --- | --: | --: | --: | --: | --: |"
    for cell, contrast in PAIRS:
        for groups in GROUPS:
            r = simulate_contrast(cell, contrast, groups)
            boot = f"{r.given['studentised']:.0%} | {percent(r.held['studentised'])}" if "studentised" in r.given else "– | –"
            what = f"{cell.name} | {contrast} | {groups[0]} : {groups[1]}"
            yield f"| {what} | {r.given['CR2']:.0%} | **{percent(r.held['CR2'])}** | {boot} |"


if __name__ == "__main__":
    show(share_lines(), "shares")
    show(contrast_lines(), "contrasts")
