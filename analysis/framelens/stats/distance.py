"""How far apart two groups of articles are in their words or labels, against what articles dealt out at random would be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.special import xlogy

from framelens.errors import FramelensError
from framelens.stats._checks import aligned, flag, one_of, whole
from framelens.stats.clusters import LONGER, Parts, few_against_many, relabelled, side_parts, too_few

__all__ = ["DISTANCES", "DistanceTest", "cosine_distance", "distance_test", "jensen_shannon_distance",
           "jensen_shannon_divergence"]

Floats = NDArray[np.float64]
QUANTILES = (0.05, 0.5, 0.95)
_TIE = 1e-9  # distances nearer than this are one value, rounded differently


def jensen_shannon_divergence(a: ArrayLike, b: ArrayLike) -> Floats:
    r"""Return the Jensen-Shannon divergence of two count vectors, in bits: 0 where their shares agree, 1 where nothing is shared.

    :math:`\tfrac12 KL(P \| M) + \tfrac12 KL(Q \| M)`, :math:`M = (P + Q) / 2`, logarithms of base 2 (Lin 1991). Both groups
    weigh alike, however many words they have.

    Parameters
    ----------
    a, b : array_like, terms or terms × columns
        Counts, not negative.

    Returns
    -------
    ndarray of float
        One value a column; NaN where a side has no hit.

    Raises
    ------
    FramelensError
        Shapes do not fit, or a count is negative or not finite.

    References
    ----------
    Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on Information Theory, 37, 145–151.

    Examples
    --------
    >>> float(jensen_shannon_divergence([3, 0], [0, 5])), float(jensen_shannon_divergence([1, 1], [4, 4]))
    (1.0, 0.0)
    >>> round(float(jensen_shannon_divergence([1, 1], [1, 0])), 4)  # (1/2 log 2/3 + 1/2 log 2)/2 + (log 4/3)/2
    0.3113
    """
    return _divergence(*_checked(a, b))


def jensen_shannon_distance(a: ArrayLike, b: ArrayLike) -> Floats:
    """Return the root of the Jensen-Shannon divergence, which is a metric (Endres and Schindelin 2003).

    Parameters and errors are those of :func:`jensen_shannon_divergence`.

    Examples
    --------
    >>> round(float(jensen_shannon_distance([1, 1], [1, 0])), 4)
    0.5579
    """
    return np.sqrt(_divergence(*_checked(a, b)))


def cosine_distance(a: ArrayLike, b: ArrayLike) -> Floats:
    r"""Return 1 − cos of the angle of two count vectors: 0 for equal shares, 1 where nothing is shared.

    :math:`1 - a \cdot b / (|a| |b|)`. Frequent terms decide. Parameters and errors
    are those of :func:`jensen_shannon_divergence`.

    Examples
    --------
    >>> round(float(cosine_distance([1, 1], [1, 0])), 4)
    0.2929
    """
    return _cosine(*_checked(a, b))


def _checked(a: ArrayLike, b: ArrayLike) -> tuple[Floats, Floats]:
    """Return both as arrays of counts."""
    aligned(a=a, b=b)
    one, two = np.asarray(a, float), np.asarray(b, float)
    if one.shape != two.shape or not 1 <= one.ndim <= 2:
        raise FramelensError(f"a {one.shape} and b {two.shape} do not fit: counts over the same terms.")
    bad = ~np.isfinite(one) | ~np.isfinite(two) | (one < 0) | (two < 0)
    if bad.any():
        raise FramelensError(f"Term {np.argwhere(bad)[0][0]}: counts are finite and not negative.")
    return one, two


def _divergence(a: Floats, b: Floats) -> Floats:
    with np.errstate(all="ignore"):
        p, q = a / a.sum(0), b / b.sum(0)
        mean = (p + q) / 2
        bits = (xlogy(p, p) + xlogy(q, q)) / 2 - xlogy(mean, mean)
        return np.maximum(bits.sum(0) / np.log(2), 0.0) + 0 * p.sum(0)


def _cosine(a: Floats, b: Floats) -> Floats:
    with np.errstate(all="ignore"):
        return np.maximum(1 - (a * b).sum(0) / np.sqrt((a**2).sum(0) * (b**2).sum(0)), 0.0)


DISTANCES = {"Jensen-Shannon divergence": _divergence, "Jensen-Shannon distance": lambda a, b: np.sqrt(_divergence(a, b)),
             "cosine": _cosine}


@dataclass(frozen=True)
class DistanceTest:
    """A distance and what it would be if the articles were dealt out at random.

    Attributes
    ----------
    observed : float
        Of the counts as they are. Never 0, even where nothing differs: fewer words, a larger distance.
    compared : float
        Of articles of about one length (see :func:`distance_test`): this is what the null distribution is of.
    null_mean, null_sd : float
    null_quantiles : tuple of float
        The 5 %, 50 % and 95 % quantiles.
    p : float
        How often articles dealt out at random are at least as far apart, (1 + #) / (1 + B).
    excess : float
        (compared − null_mean) / null_sd: how far beyond chance, in its standard deviations; no normal z.
    n_clusters : tuple of int
        Clusters of the group and of the rest alone.
    reason : str
        Why there is no test; empty where there is one.
    method : str
    """

    observed: float
    compared: float
    null_mean: float
    null_sd: float
    null_quantiles: tuple[float, ...]
    p: float
    excess: float
    n_clusters: tuple[int, int]
    reason: str
    method: str


def distance_test(counts: ArrayLike | sparse.sparray, group: ArrayLike, *, distance: str = "Jensen-Shannon distance",
                  clusters: ArrayLike | None = None, n_resamples: int = 2000, seed: int = 0,
                  allow_small_n: bool = False) -> DistanceTest:
    """Compare the distance of two groups of articles with that of groups dealt out at random.

    The labels are permuted over whole clusters; clusters with articles in both groups stay where they are. A distance of
    samples is the larger the fewer words there are, so the permuted groups must be about as long as the real ones. Hence each
    article is first thinned to at most the lower quartile of lengths of that group in which it is smaller (each hit kept with
    one chance): articles then weigh nearly alike in both groups, and permuting them stays exact where they are exchangeable.
    Without this, few short articles against many long ones are found different though nothing differs.

    Parameters
    ----------
    counts : array_like or scipy sparse array, articles × terms
        Whole numbers.
    group : array_like of bool
    distance : {"Jensen-Shannon distance", "Jensen-Shannon divergence", "cosine"}
    clusters : array_like, optional
        Cluster of each article; each its own by default.
    n_resamples, seed : int
        Resamples B, at least 99, and the seed of ``numpy.random.default_rng`` (of the thinning as well).
    allow_small_n : bool
        Test also with fewer than 10 clusters of a group, or fewer than 20, of articles shorter by half, against three times as
        many; ``reason`` is given all the same.

    Returns
    -------
    DistanceTest

    Raises
    ------
    FramelensError
        Shapes do not fit, a count is no whole number, one group has no hit, or the distance is unknown.

    Examples
    --------
    >>> counts = [[4, 1, 0]] * 12 + [[1, 4, 1]] * 12
    >>> result = distance_test(counts, [True] * 12 + [False] * 12, n_resamples=199)
    >>> round(result.observed, 3), result.p, result.excess > 5
    (0.585, 0.005, True)
    """
    one_of("distance", distance, tuple(DISTANCES))
    n_resamples, allow_small_n = whole("n_resamples", n_resamples, 99), flag("allow_small_n", allow_small_n)
    aligned(counts=counts, group=group, clusters=clusters)
    hits = sparse.csr_array(counts if sparse.issparse(counts) else np.atleast_2d(np.asarray(counts, float)))
    if not (np.mod(hits.data, 1) == 0).all():
        raise FramelensError("counts are whole numbers; shares cannot be thinned.")
    parts = side_parts(hits, np.asarray(hits.sum(1)).ravel(), group, clusters)
    reason = _reason(parts)
    measure, labels = DISTANCES[distance], parts.side[:, None].astype(float)
    observed = float(measure(*_sums(parts.counts, labels))[0])
    method = f"{distance}, permutation of clusters, {n_resamples} resamples"
    if min(parts.alone) < 1 or (reason and not allow_small_n):
        nan = float("nan")
        return DistanceTest(observed, nan, nan, nan, (nan,) * len(QUANTILES), nan, nan, parts.alone, reason, method)
    rng = np.random.default_rng(whole("seed", seed, 0))
    level = _capped(parts, rng)
    compared = float(measure(*_sums(level, labels))[0])
    null = np.concatenate([measure(*_sums(level, some)) for some in
                           relabelled(parts, n_resamples, int(rng.integers(1 << 31)), 4 * parts.counts.shape[1])])
    spread = float(null.std())
    p = (1 + int((null >= compared - _TIE).sum())) / (1 + n_resamples)
    return DistanceTest(observed, compared, float(null.mean()), spread, tuple(float(q) for q in np.quantile(null, QUANTILES)), p,
                        (compared - float(null.mean())) / spread if spread > 0 else np.nan, parts.alone, reason, method)


def _sums(counts: sparse.csc_array, labels: Floats) -> tuple[Floats, Floats]:
    """Sum the counts of both groups, terms × resamples."""
    inside = counts.T @ labels
    return inside, counts.sum(0)[:, None] - inside


def _reason(parts: Parts) -> str:
    """Say why there is no test."""
    if reason := too_few(parts):
        return reason
    unequal = few_against_many(parts)
    few = parts.side == (parts.alone[0] < parts.alone[1])
    if unequal and LONGER * parts.sizes[few].mean() < parts.sizes[~few].mean():
        return f"{unequal}, and of shorter articles"
    return ""


def _capped(parts: Parts, rng: np.random.Generator) -> sparse.csc_array:
    """Thin long articles to the smaller of the groups' lower quartiles of length."""
    most = min(np.quantile(parts.sizes[side], 0.25) for side in (parts.side, ~parts.side))
    keep = np.minimum(1.0, most / parts.sizes)
    thinned = parts.counts.copy()
    thinned.data = rng.binomial(thinned.data.astype(int), keep[thinned.indices]).astype(float)
    return thinned
