"""The ordinary keyness tests, for which every word is an independent draw: what article-level tests are compared with."""

from __future__ import annotations

import numpy as np
from scipy import stats

PRIOR = 500  # words of the informative prior, spread as the pooled counts are


def token_tests(counts: np.ndarray, sizes: np.ndarray, first: np.ndarray) -> dict[str, np.ndarray]:
    """Return the p-values of G2 and chi-squared over four cells and of the log-odds z (Monroe et al. 2008), by term."""
    hits = np.stack([counts[first].sum(0), counts[~first].sum(0)])
    words = np.array([sizes[first].sum(), sizes[~first].sum()])[:, None]
    seen = np.stack([hits, words - hits])
    expected = seen.sum(1, keepdims=True) * words / words.sum()
    prior = PRIOR * hits.sum(0) / words.sum()
    with np.errstate(all="ignore"):
        g2 = 2 * np.where(seen > 0, seen * np.log(seen / expected), 0).sum((0, 1))
        chi2 = ((seen - expected) ** 2 / expected).sum((0, 1))
        odds = np.log((hits + prior) / (words + PRIOR - hits - prior))
        z = (odds[0] - odds[1]) / np.sqrt((1 / (hits + prior)).sum(0))
    return {"G2": stats.chi2.sf(g2, 1), "chi2": stats.chi2.sf(chi2, 1), "log-odds z": 2 * stats.norm.sf(np.abs(z))}
