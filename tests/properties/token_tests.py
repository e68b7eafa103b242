"""The ordinary keyness tests, for which every word is an independent draw: what article-level tests are compared with."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from framelens.stats.association import chi_squared, log_likelihood, log_odds, scaled_prior

PRIOR = 500  # words of the informative prior, spread as the pooled counts are


def token_tests(counts: np.ndarray, sizes: np.ndarray, first: np.ndarray) -> dict[str, np.ndarray]:
    """Return the p-values of G2 and chi-squared over four cells and of the log-odds z (Monroe et al. 2008), by term."""
    # All other words are one term more, so that the counts add up to the words of each group.
    a, b = (np.append(hits := counts[group].sum(0), sizes[group].sum() - hits.sum()) for group in (first, ~first))
    with np.errstate(all="ignore"):
        z = log_odds(a, b, scaled_prior(a + b, sigma=PRIOR), variance="two").z
    p = {"G2": log_likelihood(a, b).p, "chi2": chi_squared(a, b).p, "log-odds z": 2 * ndtr(-np.abs(z))}
    return {name: values[:-1] for name, values in p.items()}
