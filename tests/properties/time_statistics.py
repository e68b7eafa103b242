"""How long the resampling takes at the sizes that it is meant for.

    PYTHONPATH=analysis python tests/properties/time_statistics.py            # print the table
    PYTHONPATH=analysis python tests/properties/time_statistics.py --write    # put it into docs/methods/statistics.md
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse

from framelens.stats.bootstrap import METHODS, ratio_intervals
from framelens.stats.contrast import bootstrap_contrasts
from framelens.stats.permutation import permutation_test

sys.path.insert(0, str(Path(__file__).parent))
from tables import show

ARTICLES, STATISTICS, RESAMPLES, TERMS = 1000, 100, 10_000, 2000


def lines() -> Iterator[str]:
    """Write the table."""
    rng = np.random.default_rng(1)
    den = rng.integers(5, 40, (ARTICLES, STATISTICS)).astype(float)
    num = rng.binomial(den.astype(int), 0.3).astype(float)
    first = (np.arange(ARTICLES) < ARTICLES // 2)[:, None]
    pair = ((num * first, den * first), (num * ~first, den * ~first))
    counts = sparse.csr_array(rng.poisson(rng.gamma(0.3, 0.1 / 0.3, (ARTICLES, TERMS))))
    size = f"{ARTICLES:,} articles × {STATISTICS} statistics"
    jobs = {f"`ratio_intervals`, {m}, {size}": lambda m=m: ratio_intervals(num, den, method=m, n_resamples=RESAMPLES)
            for m in METHODS}
    jobs[f"`bootstrap_contrasts`, {size}"] = lambda: bootstrap_contrasts(*pair, n_resamples=RESAMPLES)
    jobs[f"`permutation_test`, {ARTICLES:,} articles × {TERMS:,} terms, {counts.nnz / ARTICLES / TERMS:.0%} filled"] = (
        lambda: permutation_test(counts, np.full(ARTICLES, 400.0), first[:, 0], n_resamples=RESAMPLES))
    yield f"| {RESAMPLES:,} resamples, one core | s |"
    yield "| --- | --: |"
    for name, job in jobs.items():
        start = time.perf_counter()
        job()
        yield f"| {name} | {time.perf_counter() - start:.1f} |"


if __name__ == "__main__":
    show(lines(), "timing")
