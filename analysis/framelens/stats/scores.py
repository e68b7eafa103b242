"""Agreement of two scores of the same units: correlation and interval-level alpha, with intervals over clusters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata, t

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, one_of

__all__ = ["STATISTICS", "ScoreAgreement", "score_agreement"]

MOST_GROUPS = 200  # clusters that the jackknife leaves out one by one; more are left out by groups
MIN_CLUSTERS = 3


@dataclass(frozen=True)
class ScoreAgreement:
    """A statistic of agreement and its interval.

    Attributes
    ----------
    estimate : float
        NaN where ``reason`` says why.
    ci_low, ci_high : float
        NaN where ``reason`` says why.
    n_units, n_clusters : int
    reason : str
        Why the statistic or its interval is undefined; empty where both are given.
    method : str
        For example ``"Pearson's r; cluster jackknife, Fisher z"``.
    """

    estimate: float
    ci_low: float
    ci_high: float
    n_units: int
    n_clusters: int
    reason: str
    method: str


def _pearson(x: Floats, y: Floats) -> float:
    x, y = x - x.mean(), y - y.mean()
    spread = np.sqrt((x @ x) * (y @ y))
    return float(np.clip(x @ y / spread, -1, 1)) if spread > 0 else np.nan


def _spearman(x: Floats, y: Floats) -> float:
    return _pearson(rankdata(x), rankdata(y))


def _alpha(x: Floats, y: Floats) -> float:
    values = np.concatenate([x, y])
    expected = 2 * values.var(ddof=1)  # the mean square difference of any two values
    return float(1 - ((x - y) ** 2).mean() / expected) if expected > 0 else np.nan


STATISTICS: dict[str, tuple[str, Callable[[Floats, Floats], float]]] = {
    "pearson": ("Pearson's r", _pearson), "spearman": ("Spearman's rho", _spearman),
    "alpha": ("Krippendorff's alpha, interval", _alpha),
}


def score_agreement(x: ArrayLike, y: ArrayLike, clusters: ArrayLike, *, statistic: str = "pearson",
                    ci_level: float = 0.95) -> ScoreAgreement:
    r"""Correlation or alpha of two scores, with an interval whose unit of chance is the cluster.

    Pearson's r; Spearman's rho, which is r of the mid-ranks; or Krippendorff's alpha of two coders at the interval level,
    :math:`\alpha = 1 - \overline{(x - y)^2} / 2 s^2`, :math:`s^2` the variance of all 2n values with denominator 2n − 1
    (Krippendorff 2019, ch. 12). A correlation asks whether the scores rise together, alpha whether they are equal.

    The interval is :math:`\tanh(\operatorname{artanh} \hat\theta \pm t_{G-1} s_z)` with the delete-one-cluster jackknife
    variance :math:`s_z^2 = \frac{G-1}{G} \sum_g (z_g - \bar z)^2` of Fisher's z (Fisher 1921; Efron & Tibshirani 1993, ch.
    11). More than 200 clusters are left out in 200 groups.

    Parameters
    ----------
    x, y : array_like
        The scores, a pair a unit.
    clusters : array_like
        The cluster of each unit.
    statistic : {"pearson", "spearman", "alpha"}
    ci_level : float
        Nominal coverage, between 0 and 1.

    Returns
    -------
    ScoreAgreement

    Raises
    ------
    FramelensError
        The lengths differ, a value is missing or infinite, or an option is unknown.

    Examples
    --------
    >>> x, y, clusters = [0.1, 0.4, -0.2, 0.3, 0.0, 0.5], [0.2, 0.5, -0.6, 0.1, 0.0, 0.9], [1, 1, 2, 2, 3, 3]
    >>> [round(score_agreement(x, y, clusters, statistic=name).estimate, 4) for name in STATISTICS]
    [0.9303, 0.9429, 0.7845]
    """
    one_of("statistic", statistic, tuple(STATISTICS))
    if not 0 < ci_level < 1:
        raise FramelensError(f"ci_level lies between 0 and 1 (0.95, say), not {ci_level!r}.")
    first, second = np.asarray(x, float), np.asarray(y, float)
    names = np.asarray(clusters)
    if first.ndim != 1 or not first.shape == second.shape == names.shape:
        raise FramelensError(f"x, y and clusters have an entry a unit; their shapes are {first.shape}, {second.shape} and "
                             f"{names.shape}.")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise FramelensError("x or y holds a missing or infinite score: leave such units out.")
    name, function = STATISTICS[statistic]
    method = f"{name}; cluster jackknife, Fisher z"
    found, groups = np.unique(names, return_inverse=True)
    value = function(first, second) if len(first) else np.nan
    if np.isnan(value):
        why = "no unit" if not len(first) else "a score does not vary"
        return ScoreAgreement(np.nan, np.nan, np.nan, len(first), len(found), why, method)
    low, high, reason = _interval(first, second, groups.ravel() % MOST_GROUPS, function, ci_level)
    return ScoreAgreement(value, low, high, len(first), len(found), reason, method)


def _interval(x: Floats, y: Floats, groups: NDArray[np.intp], function: Callable[[Floats, Floats], float],
              ci_level: float) -> tuple[float, float, str]:
    numbers = np.unique(groups)
    if len(numbers) < MIN_CLUSTERS:
        return np.nan, np.nan, f"an interval needs {MIN_CLUSTERS} clusters"
    values = np.array([function(x, y), *(function(x[groups != g], y[groups != g]) for g in numbers)])
    if not (np.abs(values) < 1).all():  # of NaN as well
        return np.nan, np.nan, "without one of the clusters the statistic is undefined, or the scores agree to the last bit"
    z, *left_out = np.arctanh(values)
    spread = np.sqrt((len(numbers) - 1) * np.var(left_out))
    reach = t.ppf((1 + ci_level) / 2, len(numbers) - 1) * spread
    if not reach > 0:
        return np.nan, np.nan, "the clusters do not differ"
    return float(np.tanh(z - reach)), float(np.tanh(z + reach)), ""
