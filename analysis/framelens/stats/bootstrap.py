"""Cluster bootstrap of ratios: the sum of a numerator over the sum of a denominator, whole clusters resampled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit, ndtr, ndtri, stdtrit

from framelens.errors import FramelensError
from framelens.stats._checks import aligned, whole

__all__ = ["METHODS", "SCALES", "RatioIntervals", "method_name", "ratio_intervals", "resample_weights", "weighted_sums"]

METHODS = ("percentile", "BCa", "studentised")
SCALES = ("share", "rate", "mean")
Floats = NDArray[np.float64]

_FLAT = 1e-12  # relative spread below which clusters agree but for rounding
_LOST = 0.01  # share of resamples that may be undefined before the interval is
_CHUNK = 1 << 22  # draws made at a time: bounds memory, and being fixed keeps the stream of a seed fixed


@dataclass(frozen=True)
class RatioIntervals:
    """Ratios with their intervals, one entry a column.

    Attributes
    ----------
    estimate, low, high, se : ndarray of float
        ``se`` is the linearised standard error, in the unit of the estimate. NaN where there is none.
    n_clusters : ndarray of int
        Clusters with a denominator (or a numerator) above zero.
    reason : tuple of str
        Why there is no interval; empty where there is one.
    method : str
        For example ``"cluster bootstrap, studentised, 2000 resamples"``.
    """

    estimate: Floats
    low: Floats
    high: Floats
    se: Floats
    n_clusters: NDArray[np.int64]
    reason: tuple[str, ...]
    method: str


@dataclass(frozen=True)
class Sample:
    """Cluster sums (clusters × columns), which of them contribute, and the scale to work on."""

    num: Floats
    den: Floats
    used: NDArray[np.bool_]
    scale: str


def method_name(method: str, n_resamples: int) -> str:
    """Return the words that name a method in a table.

    Examples
    --------
    >>> method_name("studentised", 2000)
    'cluster bootstrap, studentised, 2000 resamples'
    """
    return f"cluster bootstrap, {method}, {n_resamples} resamples"


def resample_weights(n_clusters: int, *, n_resamples: int = 2000, seed: int = 0) -> NDArray[np.uint8]:
    """Draw clusters with replacement and count how often each was drawn.

    Parameters
    ----------
    n_clusters : int
        Clusters of the whole corpus, at least 1.
    n_resamples : int
        Resamples, at least 1.
    seed : int
        Seed of ``numpy.random.default_rng``.

    Returns
    -------
    ndarray of uint8, n_resamples × n_clusters
        Each row is one multinomial draw and sums to ``n_clusters``. Taking the same weights for several statistics
        keeps their resamples joint.

    Raises
    ------
    FramelensError
        A number is below 1.

    Examples
    --------
    >>> resample_weights(3, n_resamples=4, seed=1).sum(axis=1).tolist()
    [3, 3, 3, 3]
    """
    n_clusters, n_resamples = whole("n_clusters", n_clusters, 1), whole("n_resamples", n_resamples, 1)
    rng = np.random.default_rng(whole("seed", seed, 0))
    weights = np.empty((n_resamples, n_clusters), np.uint8)  # a cluster drawn 256 times has a chance of 1e-500
    step = max(1, _CHUNK // n_clusters)
    for first in range(0, n_resamples, step):
        rows = min(step, n_resamples - first)
        drawn = rng.integers(n_clusters, size=(rows, n_clusters)) + n_clusters * np.arange(rows)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=rows * n_clusters)
        weights[first:first + rows] = counts.reshape(rows, n_clusters)
    return weights


def weighted_sums(weights: NDArray[Any], *columns: NDArray[Any]) -> list[Floats]:
    """Sum columns by resample, some resamples at a time: weights are bytes, and as floats eight times as large.

    Examples
    --------
    >>> [sums.tolist() for sums in weighted_sums(np.array([[2, 0], [1, 1]]), np.array([[5.0], [3.0]]))]
    [[[10.0], [8.0]]]
    """
    step = max(1, _CHUNK // max(1, weights.shape[1]))
    values = [column.astype(float) for column in columns]
    parts = [[some @ value for value in values]
             for some in (weights[first:first + step].astype(float) for first in range(0, max(1, len(weights)), step))]
    return [np.concatenate(sums) for sums in zip(*parts, strict=True)]


def ratio_intervals(numerators: ArrayLike, denominators: ArrayLike, *, scale: str = "share",
                    method: str = "studentised", level: float = 0.95, n_resamples: int = 2000, seed: int = 0,
                    weights: NDArray[Any] | None = None) -> RatioIntervals:
    r"""Estimate ratios of sums and their confidence intervals by resampling whole clusters.

    The estimate is :math:`R = \sum_c y_c / \sum_c x_c` over clusters c. In each resample the clusters are drawn with
    replacement from all of them, so a column in which only some clusters take part sees their number vary as well.

    * ``"percentile"``: quantiles of the resampled ratios.
    * ``"BCa"``: bias-corrected and accelerated (Efron 1987), the acceleration from the jackknife over clusters.
    * ``"studentised"``: bootstrap-t (Hall 1988) on the logit of a share, the log of a rate or the mean itself, with the
      linearised variance :math:`v = \frac{m}{m-1}\sum_c (y_c - R x_c)^2 / (\sum_c x_c)^2` of the m clusters that take
      part (Cochran 1977, ch. 6), made anew in each resample. The quantiles of t are taken no nearer to 0 than those
      of Student's t with k - 1 degrees of freedom, :math:`k = (\sum_c x_c)^2 / \sum_c x_c^2` being the effective
      number of clusters (Kish 1965).

    Parameters
    ----------
    numerators, denominators : array_like, clusters or clusters × columns
        Sums by cluster: :math:`y_c` and :math:`x_c`. One column of denominators serves many of numerators.
    scale : {"share", "rate", "mean"}
        A share has 0 ≤ y ≤ x, a rate y ≥ 0, a mean any y.
    method : {"percentile", "BCa", "studentised"}
        See above; ``docs/methods/estimates.md`` has the coverage of each.
    level : float
        Nominal coverage, between 0 and 1.
    n_resamples, seed : int
        Resamples and the seed of ``numpy.random.default_rng``.
    weights : ndarray, resamples × clusters, optional
        From :func:`resample_weights`, instead of ``n_resamples`` and ``seed``; its columns stand for the rows given
        here, so rows in which nothing takes part may be left out of both.

    Returns
    -------
    RatioIntervals
        Where the clusters do not determine an interval (no denominator, one cluster, no hit, no difference between
        clusters, resamples that leave an end open) both ends are NaN and ``reason`` says why.

    Raises
    ------
    FramelensError
        Shapes do not fit, a value is not finite or outside its scale, or an option is unknown.

    Examples
    --------
    Three of twelve, spread over four clusters:

    >>> result = ratio_intervals([1, 0, 2, 0], [3, 3, 3, 3])
    >>> float(result.estimate[0]), round(float(result.se[0]), 4), int(result.n_clusters[0])
    (0.25, 0.1596, 4)
    >>> ratio_intervals([0, 0], [3, 3]).reason
    ('no hit',)
    """
    sample = checked_sample(numerators, denominators, scale)
    if method not in METHODS:
        raise FramelensError(f"method is one of {', '.join(METHODS)}, not {method!r}.")
    if not 0 < level < 1:
        raise FramelensError(f"level lies between 0 and 1 (0.95, say), not {level!r}.")
    if weights is None:
        weights = resample_weights(max(1, len(sample.num)), n_resamples=n_resamples, seed=seed)[:, :len(sample.num)]
    if weights.ndim != 2 or weights.shape[1] != len(sample.num):
        raise FramelensError(f"weights has the shape {weights.shape}; it needs one column for each of the "
                             f"{len(sample.num)} clusters.")
    estimate, se = ratio_and_se(sample)
    reason = _reasons(sample, estimate, se)
    low, high = np.full_like(estimate, np.nan), np.full_like(estimate, np.nan)
    good = np.array([not r for r in reason], bool)
    if good.any():
        part = Sample(sample.num[:, good], sample.den[:, good], sample.used[:, good], scale)
        tails = ((1 - level) / 2, (1 + level) / 2)
        if method == "studentised":
            low[good], high[good] = _studentised(part, weights, estimate[good], se[good], tails)
        else:
            low[good], high[good] = _quantile_ends(part, weights, estimate[good], tails, method == "BCa")
    for column in np.flatnonzero(good & ~(np.isfinite(low) & np.isfinite(high) & (high > low))):
        low[column] = high[column] = np.nan
        reason[column] = "too few clusters determine it"
    return RatioIntervals(estimate, low, high, se, sample.used.sum(0), tuple(reason), method_name(method, len(weights)))


def checked_sample(numerators: ArrayLike, denominators: ArrayLike, scale: str) -> Sample:
    """Bring both to clusters × columns and check them against the scale (shared by the closed forms)."""
    if scale not in SCALES:
        raise FramelensError(f"scale is one of {', '.join(SCALES)}, not {scale!r}.")
    aligned(numerators=numerators, denominators=denominators)
    num, den = (np.asarray(a, float) for a in (numerators, denominators))
    num, den = (a[:, None] if a.ndim == 1 else a for a in (num, den))
    if num.ndim != 2 or den.ndim != 2 or len(num) != len(den) or den.shape[1] not in (1, num.shape[1]):
        raise FramelensError(f"numerators {num.shape} and denominators {den.shape} do not fit: clusters × columns.")
    den = np.broadcast_to(den, num.shape)
    bad = ~np.isfinite(num) | ~np.isfinite(den) | (den < 0)
    if scale != "mean":
        bad |= num < 0
    if scale == "share":
        bad |= num > den
    if bad.any():
        row, column = np.argwhere(bad)[0]
        raise FramelensError(f"Cluster {row}, column {column}: {num[row, column]:g} of {den[row, column]:g} is no "
                             f"{scale}. Values are finite, denominators not negative, a share lies between 0 and 1.")
    return Sample(num, den, (den > 0) | (num != 0), scale)


def ratio_and_se(sample: Sample) -> tuple[Floats, Floats]:
    """Return the ratio of each column and its linearised standard error."""
    return _ratio_and_se(sample.num.sum(0), sample.den.sum(0), sample.used.sum(0),
                         (sample.num**2).sum(0), (sample.num * sample.den).sum(0), (sample.den**2).sum(0))


def _ratio_and_se(num: Floats, den: Floats, n: NDArray[Any], yy: Floats, xy: Floats,
                  xx: Floats) -> tuple[Floats, Floats]:
    """Return ratio and linearised standard error from sums and sums of products."""
    with np.errstate(all="ignore"):
        ratio = np.where(den > 0, num / den, np.nan)
        spread = yy - 2 * ratio * xy + ratio**2 * xx
        flat = spread <= _FLAT * (yy + ratio**2 * xx)  # rounding, not spread
        return ratio, np.sqrt(np.where(flat, 0.0, spread) * n / (n - 1)) / den


def _reasons(sample: Sample, estimate: Floats, se: Floats) -> list[str]:
    """Say for each column why its clusters cannot carry an interval, or nothing."""
    clusters = sample.used.sum(0)
    whole = (sample.num == sample.den).all(0) if sample.scale == "share" else np.zeros(len(estimate), bool)
    reasons = []
    for j, (value, spread) in enumerate(zip(estimate, se, strict=True)):
        if np.isnan(value):
            reasons.append("the denominator is 0")
        elif sample.scale != "mean" and value == 0:
            reasons.append("no hit")
        elif whole[j]:
            reasons.append("nothing but hits")
        elif clusters[j] < 2:
            reasons.append("one cluster only")
        else:
            reasons.append("" if spread > 0 else "no difference between clusters")
    return reasons


def _studentised(sample: Sample, weights: NDArray[Any], estimate: Floats, se: Floats,
                 tails: tuple[float, float]) -> tuple[Floats, Floats]:
    """Bootstrap-t on the scale of the statistic."""
    num, den = sample.num, sample.den
    ratios, spreads = _ratio_and_se(*weighted_sums(weights, num, den, sample.used, num**2, num * den, den**2))
    centre, unit = _link(estimate, se, sample.scale)
    with np.errstate(all="ignore"):
        values, units = _link(ratios, spreads, sample.scale)
        t = (values - centre) / units
    if sample.scale != "mean":  # a resample without a hit lies beyond every other: 0 / 0 above, but known
        t[ratios == 0] = -np.inf
    if sample.scale == "share":
        t[ratios == 1] = np.inf
    ends = quantiles(t, np.array(tails)[:, None] + np.zeros(t.shape[1]))
    # Of few hits t* is bounded, and a cluster that holds most of the text is in most resamples: both promise too much.
    floor = stdtrit(np.maximum(1.0, den.sum(0) ** 2 / (den**2).sum(0) - 1), tails[1])
    ends = np.stack([np.minimum(ends[0], -floor), np.maximum(ends[1], floor)])
    with np.errstate(all="ignore"):
        low, high = (centre - end * unit for end in ends[::-1])
    if sample.scale == "mean":
        return low, high
    low, high = (np.where(np.isfinite(end), end, np.nan) for end in (low, high))
    return (expit(low), expit(high)) if sample.scale == "share" else (np.exp(low), np.exp(high))


def _link(ratio: Floats, se: Floats, scale: str) -> tuple[Floats, Floats]:
    """Take a ratio and its standard error to the scale on which t is made (delta method)."""
    if scale == "share":
        return logit(ratio), se / (ratio * (1 - ratio))
    return (np.log(ratio), se / ratio) if scale == "rate" else (ratio, se)


def _quantile_ends(sample: Sample, weights: NDArray[Any], estimate: Floats, tails: tuple[float, float],
                   accelerated: bool) -> tuple[Floats, Floats]:
    """Quantiles of the resampled ratios, at the nominal tails or at those of BCa."""
    num, den = weighted_sums(weights, sample.num, sample.den)
    with np.errstate(all="ignore"):
        ratios = num / den
    probabilities = np.array(tails)[:, None] + np.zeros(len(estimate))
    if accelerated:
        below = ((ratios < estimate).mean(0) + (ratios <= estimate).mean(0)) / 2
        bias, speed = ndtri(below), _acceleration(sample)
        with np.errstate(all="ignore"):
            z = bias + ndtri(probabilities)
            probabilities = ndtr(bias + z / (1 - speed * z))
    low, high = quantiles(ratios, probabilities)
    return low, high


def _acceleration(sample: Sample) -> Floats:
    """Skewness of the jackknife over the clusters that take part."""
    with np.errstate(all="ignore"):
        left_out = (sample.num.sum(0) - sample.num) / (sample.den.sum(0) - sample.den)
        left_out = np.where(sample.used, left_out, 0.0)
        gap = np.where(sample.used, left_out.sum(0) / sample.used.sum(0) - left_out, 0.0)
        return (gap**3).sum(0) / (6 * (gap**2).sum(0) ** 1.5)


def quantiles(values: Floats, probabilities: Floats) -> Floats:
    """Return quantiles by column (probabilities × columns), interpolated; NaN where too many values are undefined."""
    ordered = np.sort(values, axis=0)  # NaN last
    defined = (~np.isnan(ordered)).sum(0)
    with np.errstate(all="ignore"):
        place = np.where(np.isnan(probabilities), 0, probabilities) * (defined - 1)
        lower = np.clip(np.floor(place), 0, len(values) - 1).astype(int)
        upper = np.minimum(lower + 1, np.maximum(defined - 1, 0))
        a, b = np.take_along_axis(ordered, lower, 0), np.take_along_axis(ordered, upper, 0)
        between = np.where((a == b) | (place == lower), a, a + (place - lower) * (b - a))
    enough = defined >= (1 - _LOST) * len(values)
    return np.where(enough & ~np.isnan(probabilities), between, np.nan)
