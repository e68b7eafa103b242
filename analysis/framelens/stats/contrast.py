"""Contrasts of two ratios (outlets, say) over shared clusters: small-sample corrected in closed form, or resampled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import logit, stdtr, stdtrit

from framelens.errors import FramelensError
from framelens.stats._checks import aligned, flag
from framelens.stats.bootstrap import Sample, checked_sample, method_name, quantiles, resample_weights, weighted_sums

__all__ = ["CONTRASTS", "RatioContrasts", "bootstrap_contrasts", "ratio_contrasts"]

CONTRASTS = {"difference": ("share", "rate", "mean"), "log ratio": ("share", "rate"), "log odds ratio": ("share",)}
MIN_CLUSTERS, MIN_HITS, MIN_DF = 10, 5, 3.0
Floats = NDArray[np.float64]
Pair = tuple[ArrayLike, ArrayLike]


@dataclass(frozen=True)
class RatioContrasts:
    """The first ratio against the second, one entry a column.

    Attributes
    ----------
    estimate, low, high : ndarray of float
        On the scale of the contrast (natural logarithms).
    se, df, p : ndarray of float
        Standard error, degrees of freedom and two-sided p of no difference.
    reason : tuple of str
        Why there is no interval; empty where there is one.
    method : str
    """

    estimate: Floats
    low: Floats
    high: Floats
    se: Floats
    df: Floats
    p: Floats
    reason: tuple[str, ...]
    method: str


@dataclass(frozen=True)
class _Group:
    """One group: its sums by cluster, ratio, and what takes the ratio to the scale of the contrast."""

    sample: Sample
    ratio: Floats
    value: Floats
    slope: Floats


def ratio_contrasts(first: Pair, second: Pair, *, contrast: str = "difference", scale: str = "share", level: float = 0.95,
                    allow_small_n: bool = False) -> RatioContrasts:
    r"""Compare two ratios of sums with the CR2 variance and Satterthwaite degrees of freedom.

    A ratio :math:`R = \sum y / \sum x` is the mean of the clusters' y / x weighted by x. With the leverage
    :math:`h_c = x_c / \sum x` of a cluster and the slope s of the contrast's scale, cluster c moves the contrast by

    .. math:: u_c = \frac{s_1 h_{1c} (y_{1c} / x_{1c} - R_1)}{\sqrt{1 - 2 h_{1c} + \sum h_1^2}}
              - \frac{s_2 h_{2c} (y_{2c} / x_{2c} - R_2)}{\sqrt{1 - 2 h_{2c} + \sum h_2^2}}, \qquad v = \sum_c u_c^2

    which is the bias-reduced (CR2) variance of Bell and McCaffrey (2002), the ratios of clusters on the contrast's scale having
    one variance. The degrees of freedom, 2 (E v)² / var v, are those of Pustejovsky and Tipton (2018) under the same working
    model. For two ratios the matrices of the general formula have closed forms.

    Parameters
    ----------
    first, second : pair of array_like, clusters or clusters × columns
        Numerators and denominators of the two groups by cluster, row by row the same clusters: a cluster that is not of a
        group has zeros there, and one of both has entries in both.
    contrast : {"difference", "log ratio", "log odds ratio"}
    scale : {"share", "rate", "mean"}
        As for :func:`~framelens.stats.bootstrap.ratio_intervals`. A mean has differences only, a rate no odds.
    level : float
        Nominal coverage, between 0 and 1.
    allow_small_n : bool
        Give an interval also where the simulation says that it fails: fewer than 10 clusters, fewer than 5 hits of a share or
        rate (of a share: or of what is no hit), or fewer than 3 degrees of freedom; ``reason`` is given all the same.

    Returns
    -------
    RatioContrasts

    Raises
    ------
    FramelensError
        Shapes do not fit, a value is outside its scale, or an option is unknown.

    References
    ----------
    Bell, R. M., & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage samples.
    Survey Methodology, 28, 169–181.
    Pustejovsky, J. E., & Tipton, E. (2018). Small-sample methods for cluster-robust variance estimation and hypothesis
    testing in fixed effects models. Journal of Business & Economic Statistics, 36, 672–683.

    Examples
    --------
    Two of three against one of three, in ten and ten clusters of one size: 18 degrees of freedom, as for Student's t.

    >>> hits = [2, 1, 3, 2, 2, 2, 1, 3, 2, 2]
    >>> rest = [3 - y for y in hits]
    >>> ours = ratio_contrasts((hits + [0] * 10, [3] * 10 + [0] * 10), ([0] * 10 + rest, [0] * 10 + [3] * 10))
    >>> round(float(ours.estimate[0]), 3), round(float(ours.df[0]), 1)
    (0.333, 18.0)
    """
    one, two = _groups(first, second, contrast, scale)
    _check_level(level)
    flag("allow_small_n", allow_small_n)
    u1, u2 = (_influence(g) for g in (one, two))
    with np.errstate(all="ignore"):  # the logarithm of nothing on both sides, logits of 0 and 1
        estimate = one.value - two.value
        se = np.sqrt(((u1 - u2) ** 2).sum(0))
        df = _degrees(one, two)
    reason = _reasons(one, two, se, df, contrast, scale)
    possible = np.isfinite(estimate) & (se > 0) & np.isfinite(df)
    given = possible & (np.array([not r for r in reason], bool) | allow_small_n)
    nan = np.full_like(estimate, np.nan)
    low, high, p = nan.copy(), nan.copy(), nan.copy()
    reach = stdtrit(df[given], (1 + level) / 2) * se[given]
    low[given], high[given] = estimate[given] - reach, estimate[given] + reach
    p[given] = 2 * stdtr(df[given], -np.abs(estimate[given] / se[given]))
    return RatioContrasts(np.where(np.isfinite(estimate), estimate, np.nan), low, high, np.where(given, se, np.nan),
                          np.where(given, df, np.nan), p, tuple(reason), "CR2, Satterthwaite")


def bootstrap_contrasts(first: Pair, second: Pair, *, contrast: str = "difference", scale: str = "share", level: float = 0.95,
                        n_resamples: int = 2000, seed: int = 0, weights: NDArray[Any] | None = None) -> RatioContrasts:
    """Compare two ratios by the studentised bootstrap, all clusters drawn together.

    As :func:`~framelens.stats.bootstrap.ratio_intervals`, for a contrast: t* = (g* − g) / se* with the linearised variance,
    in which a cluster with articles in both groups moves both, and the quantiles of t* no nearer to 0 than those of
    Student's t with the degrees of freedom of :func:`ratio_contrasts`. ``p`` is NaN: take that of :func:`ratio_contrasts`,
    or the permutation test.

    Parameters
    ----------
    first, second, contrast, scale, level
        As in :func:`ratio_contrasts`.
    n_resamples, seed : int
        Resamples and the seed of ``numpy.random.default_rng``.
    weights : ndarray, resamples × clusters, optional
        From :func:`~framelens.stats.bootstrap.resample_weights`, instead of both.

    Returns
    -------
    RatioContrasts

    Raises
    ------
    FramelensError
        As in :func:`ratio_contrasts`; or weights that do not fit.

    Examples
    --------
    >>> hits = [2, 1, 3, 2, 2, 2, 1, 3, 2, 2]
    >>> both = bootstrap_contrasts((hits, [3] * 10), (hits, [3] * 10))  # the same clusters: always the same share
    >>> both.reason
    ('no difference between clusters',)
    """
    one, two = _groups(first, second, contrast, scale)
    _check_level(level)
    clusters = len(one.sample.num)
    if weights is None:
        weights = resample_weights(max(1, clusters), n_resamples=n_resamples, seed=seed)[:, :clusters]
    if weights.ndim != 2 or weights.shape[1] != clusters:
        raise FramelensError(f"weights has the shape {weights.shape}; it needs one column for each of the {clusters} clusters.")
    estimate, se = (a[0] for a in _resampled(one, two, np.ones((1, clusters)), contrast))
    df = _degrees(one, two)
    reason = _reasons(one, two, se, df, contrast, scale)
    given = np.array([not r for r in reason], bool)
    low, high = np.full((2, len(estimate)), np.nan)
    if given.any():
        values, spreads = _resampled(_part(one, given), _part(two, given), weights, contrast)
        with np.errstate(all="ignore"):
            t = np.where(np.isinf(values), values, (values - estimate[given]) / spreads)
        tails = np.array([(1 - level) / 2, (1 + level) / 2])
        ends = quantiles(t, tails[:, None] + np.zeros(t.shape[1]))
        bound = stdtrit(df[given], tails[1])
        low[given] = estimate[given] - np.maximum(ends[1], bound) * se[given]
        high[given] = estimate[given] - np.minimum(ends[0], -bound) * se[given]
    for column in np.flatnonzero(given & ~(np.isfinite(low) & np.isfinite(high))):
        low[column] = high[column] = np.nan
        reason[column] = "too few clusters determine it"
    fine = np.array([not r for r in reason], bool)
    return RatioContrasts(np.where(np.isfinite(estimate), estimate, np.nan), low, high, np.where(fine, se, np.nan),
                          np.where(fine, df, np.nan), np.full(len(se), np.nan), tuple(reason),
                          method_name("studentised", len(weights)))


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise FramelensError(f"level lies between 0 and 1 (0.95, say), not {level!r}.")


def _groups(first: Pair, second: Pair, contrast: str, scale: str) -> tuple[_Group, _Group]:
    """Check both groups and take their ratios to the scale of the contrast."""
    if contrast not in CONTRASTS or scale not in CONTRASTS[contrast]:
        allowed = "; ".join(f"{name} of {', '.join(scales)}" for name, scales in CONTRASTS.items())
        raise FramelensError(f"No {contrast!r} of a {scale!r}; there is {allowed}.")
    aligned(first=first[0], second=second[0])
    groups = []
    for numerators, denominators in (first, second):
        sample = checked_sample(numerators, denominators, scale)
        with np.errstate(all="ignore"):
            ratio = np.where(sample.den.sum(0) > 0, sample.num.sum(0) / sample.den.sum(0), np.nan)
        groups.append(_Group(sample, ratio, *_link(ratio, contrast)))
    if groups[0].sample.num.shape != groups[1].sample.num.shape:
        raise FramelensError(f"The groups have {groups[0].sample.num.shape} and {groups[1].sample.num.shape} clusters and "
                             "columns; they need the same, with zeros where a cluster is not of a group.")
    return groups[0], groups[1]


def _part(group: _Group, columns: NDArray[np.bool_]) -> _Group:
    """Keep some columns."""
    sample = group.sample
    kept = Sample(sample.num[:, columns], sample.den[:, columns], sample.used[:, columns], sample.scale)
    return _Group(kept, group.ratio[columns], group.value[columns], group.slope[columns])


def _link(ratio: Floats, contrast: str) -> tuple[Floats, Floats]:
    """Return a ratio on the scale of the contrast and the slope there."""
    with np.errstate(all="ignore"):
        if contrast == "difference":
            return ratio, np.ones_like(ratio)
        return (np.log(ratio), 1 / ratio) if contrast == "log ratio" else (logit(ratio), 1 / (ratio * (1 - ratio)))


def _leverage(group: _Group) -> tuple[Floats, Floats, Floats]:
    """Return each cluster's share of the denominator, that adjusted (by what a residual's variance has lost), and Σ h²."""
    with np.errstate(all="ignore"):
        leverage = group.sample.den / group.sample.den.sum(0)
        square = (leverage**2).sum(0)
        return leverage, leverage / np.sqrt(1 - 2 * leverage + square), square


def _influence(group: _Group) -> Floats:
    """What each cluster moves, by residuals that its leverage does not shorten."""
    num, den = group.sample.num, group.sample.den
    with np.errstate(all="ignore"):
        moved = group.slope * _leverage(group)[1] * (num / den - group.ratio)
    return np.where(den > 0, moved, 0.0)


def _degrees(one: _Group, two: _Group) -> Floats:
    """Satterthwaite's degrees of freedom of the sum of squares over clusters, their ratios having one variance."""
    with np.errstate(all="ignore"):
        mean = sum(_leverage(g)[2] for g in (one, two))
        return mean**2 / (_shared(one, one) + _shared(two, two) + 2 * _shared(one, two))


def _shared(one: _Group, two: _Group) -> Floats:
    """Sum over pairs of clusters the product of their covariances in two groups (or in one, twice).

    In a group, clusters c and d covary by a_c a_d (Σ h² − h_c − h_d), a cluster with itself by h²; with b = a_1 a_2 the sum
    over pairs is one of sums over clusters.
    """
    (h1, a1, k1), (h2, a2, k2) = _leverage(one), _leverage(two)
    b = a1 * a2
    total, s1, s2, both = (part.sum(0) for part in (b, b * h1, b * h2, b * h1 * h2))
    pairs = k1 * k2 * total**2 - 2 * total * (k1 * s2 + k2 * s1) + 2 * (total * both + s1 * s2)
    return pairs - (b**2 * (k1 - 2 * h1) * (k2 - 2 * h2)).sum(0) + (h1**2 * h2**2).sum(0)


def _reasons(one: _Group, two: _Group, se: Floats, df: Floats, contrast: str, scale: str) -> list[str]:
    """Say for each column why there is no interval, or nothing."""
    clusters = np.minimum(one.sample.used.sum(0), two.sample.used.sum(0))
    hits = np.minimum(one.sample.num.sum(0), two.sample.num.sum(0))
    others = np.minimum(*((g.sample.den - g.sample.num).sum(0) for g in (one, two))) if scale == "share" else np.inf + hits
    reasons = []
    for j in range(len(se)):
        if np.isnan(one.ratio[j]) or np.isnan(two.ratio[j]):
            reasons.append("the denominator is 0")
        elif clusters[j] < 2:
            reasons.append("one cluster only")
        elif clusters[j] < MIN_CLUSTERS:
            reasons.append(f"fewer than {MIN_CLUSTERS} clusters in one group")
        elif scale != "mean" and min(hits[j], others[j]) < MIN_HITS:
            reasons.append(f"fewer than {MIN_HITS} hits{' or others' if scale == 'share' else ''} in one group")
        elif not se[j] > 1e-12 * (np.abs(one.value[j]) + np.abs(two.value[j])):
            reasons.append("no difference between clusters")
        else:
            reasons.append("" if df[j] >= MIN_DF else f"fewer than {MIN_DF:g} degrees of freedom")
    return reasons


def _resampled(one: _Group, two: _Group, weights: NDArray[Any], contrast: str) -> tuple[Floats, Floats]:
    """Return contrast and linearised standard error in each resample."""
    values, scales = [], []
    spread: Any = 0.0
    with np.errstate(all="ignore"):
        for group in (one, two):
            num, den = group.sample.num, group.sample.den
            total, n, hits, yy, xy, xx = weighted_sums(weights, den, group.sample.used, num, num**2, num * den, den**2)
            ratio = hits / total
            value, slope = _link(ratio, contrast)
            scale = slope / total * np.sqrt(n / (n - 1))
            spread = spread + scale**2 * (yy - 2 * ratio * xy + ratio**2 * xx)
            values.append((value, ratio))
            scales.append(scale)
        (g1, r1), (g2, r2) = values
        (y1, x1), (y2, x2) = ((g.sample.num, g.sample.den) for g in (one, two))
        if (one.sample.used & two.sample.used).any():
            yy, xy, yx, xx = weighted_sums(weights, y1 * y2, x1 * y2, y1 * x2, x1 * x2)
            spread = spread - 2 * scales[0] * scales[1] * (yy - r1 * xy - r2 * yx + r1 * r2 * xx)
        return g1 - g2, np.sqrt(np.maximum(spread, 0))
