"""Ordinary tests of rates per article, for comparison: they hold where lengths and numbers of articles are alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from framelens.errors import FramelensError

__all__ = ["RATE_TESTS", "rate_test"]

RATE_TESTS = ("Welch", "Mann-Whitney")


def rate_test(counts: ArrayLike, sizes: ArrayLike, group: ArrayLike, *,
              method: str = "Welch") -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Compare the rates per article (count over words) of a group with those of the rest.

    Neither is calibrated where the groups differ in size or in the length of their articles
    (``docs/methods/statistics.md``): :func:`framelens.stats.permutation.permutation_test` is the default.

    Parameters
    ----------
    counts : array_like, articles × terms
        Hits.
    sizes : array_like
        Words of each article, above 0.
    group : array_like of bool
        Which articles are of the group.
    method : {"Welch", "Mann-Whitney"}
        Welch's t (1947), or the rank-sum test with the normal approximation corrected for ties.

    Returns
    -------
    statistic, p : ndarray of float
        t, or U of the group. NaN where all rates are one.

    Raises
    ------
    FramelensError
        An unknown method, or an article without words.

    Examples
    --------
    >>> statistic, p = rate_test([[1], [2], [3], [8]], [100, 100, 100, 200], [True, True, False, False])
    >>> round(float(statistic[0]), 3), round(float(p[0]), 3)
    (-2.828, 0.106)
    """
    if method not in RATE_TESTS:
        raise FramelensError(f"method is one of {', '.join(RATE_TESTS)}, not {method!r}.")
    size, inside = np.asarray(sizes, float), np.asarray(group, bool)
    if not (size > 0).all():
        raise FramelensError(f"Article {np.flatnonzero(~(size > 0))[0]} has no words: leave it out.")
    rates = np.asarray(counts, float) / size[:, None]
    if method == "Welch":
        with np.errstate(all="ignore"):
            result = stats.ttest_ind(rates[inside], rates[~inside], equal_var=False)
    else:
        result = stats.mannwhitneyu(rates[inside], rates[~inside], method="asymptotic")
    return np.asarray(result.statistic), np.asarray(result.pvalue)
