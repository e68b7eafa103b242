"""Shares with cluster-adjusted intervals in closed form, and bounds of shares and rates where nothing was found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, expit, logit, ndtri, stdtrit

from framelens.errors import FramelensError
from framelens.stats.bootstrap import checked_sample, ratio_and_se

__all__ = ["BURSTY", "SHARE_METHODS", "ShareIntervals", "rate_bounds", "share_intervals"]

SHARE_METHODS = ("effective clusters", "Korn-Graubard", "logit-t", "Wilson")
BURSTY = 0.3  # variance m + m²/0.3: as bursty as the burstiest words simulated in docs/methods/statistics.md
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ShareIntervals:
    """Shares with their intervals, one entry a column.

    Attributes
    ----------
    estimate, low, high, se : ndarray of float
        NaN where there is none.
    n_effective : ndarray of float
        Independent units that would say as much: p (1 − p) / se², lowered for the number of clusters (see
        :func:`share_intervals`). Of shares of 0 and 1 the effective number of clusters.
    n_clusters : ndarray of int
        Clusters with a denominator above zero.
    bound : tuple of str
        "two-sided"; "upper" where no unit is a hit, "lower" where every one is: then the end is that of a one-sided
        interval and the other is 0 or 1. Empty where there is no interval.
    reason : tuple of str
        Why there is no interval; empty where there is one.
    method : str
    """

    estimate: Floats
    low: Floats
    high: Floats
    se: Floats
    n_effective: Floats
    n_clusters: NDArray[np.int64]
    bound: tuple[str, ...]
    reason: tuple[str, ...]
    method: str


def share_intervals(numerators: ArrayLike, denominators: ArrayLike, *, method: str = "effective clusters",
                    level: float = 0.95) -> ShareIntervals:
    r"""Estimate shares of sums over clusters, with intervals that hold for few clusters and rare hits.

    With :math:`p = \sum_c y_c / \sum_c x_c` and the linearised cluster variance v of :func:`~framelens.stats.bootstrap.
    ratio_intervals`, the effective sample size is

    .. math:: n^* = \min\Bigl(n, \frac{p(1-p)}{v}\Bigr) \Bigl(\frac{t_{n-1}}{t_d}\Bigr)^2

    with n units in m clusters and t the quantiles of Student's t (Korn and Graubard 1998).

    * ``"effective clusters"``: the Clopper-Pearson interval of :math:`p n^*` hits among :math:`n^*`, with d one less than the
      smallest of three numbers: the effective clusters :math:`k = (\sum x)^2 / \sum x^2` (Kish 1965), the clusters with a
      hit, the clusters with anything else. Where hits stand in few clusters, or one holds most units, v is known no better.
    * ``"Korn-Graubard"``: the same with d = m − 1, as published.
    * ``"Wilson"``: the score interval (Wilson 1927) with n* for n and d = m − 1.
    * ``"logit-t"``: logit p ± t se / (p (1 − p)) with m − 1 degrees of freedom.

    Where no unit is a hit the clusters say nothing about v: they are taken as one draw each, and the one-sided bound is
    :math:`1 - (1 - level)^{1/k}`, about 3 / k at 95 % (the rule of three), with the effective
    number of clusters k. Where every unit is a hit the same holds of the rest.

    Parameters
    ----------
    numerators, denominators : array_like, clusters or clusters × columns
        Sums by cluster, 0 ≤ y ≤ x. One column of denominators serves many of numerators.
    method : {"effective clusters", "Korn-Graubard", "logit-t", "Wilson"}
    level : float
        Nominal coverage, between 0 and 1.

    Returns
    -------
    ShareIntervals

    Raises
    ------
    FramelensError
        Shapes do not fit, a value is not finite or no share, or an option is unknown.

    References
    ----------
    Korn, E. L., & Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data. Survey Methodology, 24, 193–201.

    Examples
    --------
    One of three in each of four clusters, more or less:

    >>> result = share_intervals([1, 0, 2, 1], [3, 3, 3, 3])
    >>> [round(float(end[0]), 3) for end in (result.estimate, result.low, result.high)]
    [0.333, 0.01, 0.898]

    Nothing in ten clusters of one size: the rule of three gives .3.

    >>> result = share_intervals([0] * 10, [4] * 10)
    >>> round(float(result.high[0]), 3), result.bound
    (0.259, ('upper',))
    """
    sample = checked_sample(numerators, denominators, "share")
    if method not in SHARE_METHODS:
        raise FramelensError(f"method is one of {', '.join(SHARE_METHODS)}, not {method!r}.")
    if not 0 < level < 1:
        raise FramelensError(f"level lies between 0 and 1 (0.95, say), not {level!r}.")
    share, se = ratio_and_se(sample)
    n, m = sample.den.sum(0), sample.used.sum(0)
    tail = (1 + level) / 2
    with np.errstate(all="ignore"):
        kish = n**2 / (sample.den**2).sum(0)
        size = np.minimum(n, share * (1 - share) / se**2)
        # Fewer than two units have no quantile of t; a unit counts for a degree of freedom as a cluster does.
        df = _degrees(sample.num, sample.den, kish) if method == "effective clusters" else m - 1.0
        size = size * (stdtrit(np.maximum(n - 1, df), tail) / stdtrit(df, tail)) ** 2
        low, high = _ends(share, se, size, m, method, tail)
        bounds = (1 - level) ** (1 / kish)
    kinds, reasons = [], []
    for j, value in enumerate(share):
        kind = "upper" if value == 0 else "lower" if value == 1 else "two-sided"
        reason = "the denominator is 0" if np.isnan(value) else ""
        if kind == "two-sided" and not reason:
            reason = "one cluster only" if m[j] < 2 else "" if se[j] > 0 else "no difference between clusters"
        if reason:
            low[j] = high[j] = size[j] = np.nan
        elif kind != "two-sided":
            low[j], high[j], size[j] = (0.0, 1 - bounds[j], kish[j]) if kind == "upper" else (bounds[j], 1.0, kish[j])
        kinds.append("" if reason else kind)
        reasons.append(reason)
    name = {"effective clusters": "Korn-Graubard, effective clusters"}.get(method, f"{method}, clusters")
    return ShareIntervals(share, low, high, se, size, m, tuple(kinds), tuple(reasons), name)


def rate_bounds(denominators: ArrayLike, *, shape: float = BURSTY, level: float = 0.95) -> Floats:
    r"""Bound rates of which no hit was found, in hits per unit of the denominator.

    Hits come in bursts: articles of mean m have the variance :math:`m + m^2 / s` (negative binomial). The largest rate at which k
    clusters of one size show no hit in at least 1 − level of all cases is

    .. math:: \lambda = \frac{k s}{\sum x} \bigl((1 - level)^{-1 / (k s)} - 1\bigr)

    with the effective number of clusters :math:`k = (\sum x)^2 / \sum x^2` (Kish 1965). With many clusters, or without bursts,
    this is :math:`3 / \sum x` at 95 %, the rule of three (Hanley and Lippman-Hand 1983).

    Parameters
    ----------
    denominators : array_like, clusters or clusters × columns
        Words of each cluster (in any unit), not negative.
    shape : float
        s, above 0; the smaller, the burstier. Nothing that was not found says how bursty it is.
    level : float
        Nominal coverage, between 0 and 1.

    Returns
    -------
    ndarray of float
        One upper bound a column; NaN where the denominator is 0.

    Raises
    ------
    FramelensError
        A denominator is negative or not finite, or an option is out of range.

    References
    ----------
    Hanley, J. A., & Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right? JAMA, 249, 1743–1745.
    Kish, L. (1965). Survey Sampling. Wiley.

    Examples
    --------
    Nothing in ten articles of 300 words: one in 1,000 words by the rule of three, 1.7 where words come in bursts.

    >>> bounds = [1000 * rate_bounds([300] * 10, shape=s)[0] for s in (1e6, 0.3)]
    >>> [round(float(bound), 2) for bound in bounds]
    [1.0, 1.71]
    """
    if not 0 < level < 1 or not shape > 0:
        raise FramelensError(f"level lies between 0 and 1 (0.95, say) and shape above 0, not {level!r} and {shape!r}.")
    den = checked_sample(np.zeros_like(np.asarray(denominators, float)), denominators, "rate").den
    total = den.sum(0)
    with np.errstate(all="ignore"):
        draws = shape * total**2 / (den**2).sum(0)
        return np.where(total > 0, draws / total * np.expm1(-np.log1p(-level) / draws), np.nan)


def _degrees(num: Floats, den: Floats, kish: Floats) -> Floats:
    """Count the clusters that say how much clusters differ, less one."""
    return np.maximum(1.0, np.minimum(kish, np.minimum((num > 0).sum(0), (den > num).sum(0))) - 1)


def _ends(share: Floats, se: Floats, size: Floats, m: NDArray[np.int64], method: str, tail: float) -> tuple[Floats, Floats]:
    """Return both ends of shares that are neither 0 nor 1."""
    if method == "logit-t":
        reach = stdtrit(m - 1, tail) * se / (share * (1 - share))
        return expit(logit(share) - reach), expit(logit(share) + reach)
    if method == "Wilson":
        z = ndtri(tail)
        centre = (share + z**2 / (2 * size)) / (1 + z**2 / size)
        reach = z / (1 + z**2 / size) * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
        return centre - reach, centre + reach
    hits = share * size
    return betaincinv(hits, size - hits + 1, 1 - tail), betaincinv(hits + 1, size - hits, tail)
