"""Ordinary tests of rates per article, for comparison: they hold where lengths and numbers of articles are alike."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from framelens.errors import FramelensError
from framelens.stats._checks import aligned, one_of

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
        t, or U of the group. NaN where they are undefined: of t if the rates vary in neither group, of U if they do not vary.

    Raises
    ------
    FramelensError
        An unknown method, or an article without words, or articles (of pandas) in another order.

    Examples
    --------
    >>> statistic, p = rate_test([[1], [2], [3], [8]], [100, 100, 100, 200], [True, True, False, False])
    >>> round(float(statistic[0]), 3), round(float(p[0]), 3)
    (-2.828, 0.106)
    """
    one_of("method", method, RATE_TESTS)
    aligned(counts=counts, sizes=sizes, group=group)
    size, inside = np.asarray(sizes, float), np.asarray(group, bool)
    if not (size > 0).all():
        raise FramelensError(f"Article {np.flatnonzero(~(size > 0))[0]} has no words: leave it out.")
    rates = np.asarray(counts, float) / size[:, None]
    one, rest = rates[inside], rates[~inside]
    if method == "Welch":
        flat = (np.ptp(one, axis=0) == 0) & (np.ptp(rest, axis=0) == 0)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of rates that hardly vary
            result = stats.ttest_ind(one, rest, equal_var=False)
    else:
        flat = np.ptp(rates, axis=0) == 0
        result = stats.mannwhitneyu(one, rest, method="asymptotic")
    return np.where(flat, np.nan, result.statistic), np.where(flat, np.nan, result.pvalue)
