"""Article-level test of the rates of many terms between two groups: studentised permutation of whole clusters."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.stats import hypergeom

from framelens.errors import FramelensError
from framelens.stats._checks import flag, whole
from framelens.stats.clusters import LONGER, Parts, few_against_many, relabelled, side_parts, too_few

__all__ = ["MIN_EXPECTED", "PermutationTest", "permutation_test"]

MIN_EXPECTED = 5.0  # hits that the group with fewer words would have at equal rates
Floats = NDArray[np.float64]

_HALF = 0.5  # hit added to either group, so that a rate of 0 has a logarithm
_LEVEL = 0.05  # a term no arrangement of which can reach this p is not tested
_TIE = 1e-9  # statistics nearer than this are one value, rounded differently


@dataclass(frozen=True)
class PermutationTest:
    """One entry a term; NaN where ``reason`` says why nothing is tested.

    Attributes
    ----------
    estimate, low, high : ndarray of float
        Log2 of the rate of the group over that of the rest, and its interval: it leaves out 0 where p ≤ 1 − level. No
        interval where ``interval_reason`` says why.
    statistic : ndarray of float
        The studentised log ratio.
    p : ndarray of float
        Permutation p of the term alone, two-sided, (1 + #) / (1 + B) (Phipson and Smyth 2010).
    p_bh : ndarray of float
        To be given to Benjamini and Hochberg: the larger of ``p`` and the p against the resamples of all terms.
    p_max : ndarray of float
        Step-down max-T (Westfall and Young 1993): the family-wise p over the terms tested.
    expected : ndarray of float
        Hits that the group with fewer words would have at equal rates.
    n_clusters : ndarray of int
        Clusters that hold the term.
    reason : tuple of str
        Why the term is not tested; empty where it is.
    interval_reason : str
        Why no term has an interval though p is given; empty where they have.
    n_resamples : int
    method : str
    """

    estimate: Floats
    low: Floats
    high: Floats
    statistic: Floats
    p: Floats
    p_bh: Floats
    p_max: Floats
    expected: Floats
    n_clusters: NDArray[np.int64]
    reason: tuple[str, ...]
    interval_reason: str
    n_resamples: int
    method: str


@dataclass(frozen=True)
class _Moments:
    """Weighted counts a = w y / x of every part, and what of them no resample changes."""

    sizes: Floats
    weights: Floats  # parts × distinct weightings
    weighting: NDArray[np.int64]  # which of them a term uses
    products: tuple[sparse.csr_array, ...]  # terms × parts: a, a², a w
    cross: tuple[Floats, ...]  # over clusters with a part on either side: a a', w a', a w', w w'


@dataclass(frozen=True)
class _Side:
    """Of one group in each resample: its rate, that in logs, the variance of this, and 1 / hits for the covariance."""

    rate: Floats
    log: Floats
    variance: Floats
    scale: Floats


def permutation_test(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, group: ArrayLike, *,
                     clusters: ArrayLike | None = None, level: float = 0.95, n_resamples: int = 10_000, seed: int = 0,
                     allow_small_n: bool = False) -> PermutationTest:
    r"""Test for each term whether articles of a group use it at another rate than the rest do.

    The statistic is the log ratio of two weighted mean rates over its standard error,

    .. math:: T = \frac{\log r_1 - \log r_0}{\sqrt{v_1 + v_0}}, \quad
              r_g = \frac{\sum_{c \in g} w_c y_c / x_c}{\sum_{c \in g} w_c}, \quad
              v_g = \frac{m_g}{m_g - 1} \sum_{c \in g} \Bigl(\frac{w_c (y_c / x_c - r_g)}{\sum_g w r}\Bigr)^2

    with y the counts and x the words of a cluster, the m_g clusters of the group and half a hit added to either side. The
    weights :math:`w = x / (1 + \theta x)` are those that are best for counts of variance :math:`\mu + \theta x \mu`;
    θ, estimated by moments from all articles together, tells how bursty the term is: at θ = 0 the rate is hits over words,
    at large θ the mean of the articles' rates. Since the groups' labels do not enter θ, permuting them stays exact.

    The labels are permuted over whole clusters. Where the articles of both groups are exchangeable, p is exact; where only
    the rates are equal (articles of one group longer, or burstier), studentising makes it right in large samples (Janssen
    1997; Chung and Romano 2013), and ``docs/methods/statistics.md`` says how right in small ones.

    A cluster with articles in both groups stays where it is in every resample: copies of one text say nothing about how
    outlets differ, and the labels of the other clusters remain exchangeable given these. Its two sides enter the variance
    as one.

    Parameters
    ----------
    counts : array_like or scipy sparse array, articles × terms
        Hits.
    sizes : array_like
        Words of each article (in any unit), above 0 where there are hits. Articles without words take no part.
    group : array_like of bool
        Which articles are of the group; the others are the rest.
    clusters : array_like, optional
        Cluster of each article; each its own by default.
    level : float
        Nominal coverage of the interval.
    n_resamples, seed : int
        Resamples B, at least 99, and the seed of ``numpy.random.default_rng``.
    allow_small_n : bool
        Test also where the simulation says that the test fails; ``reason`` is given all the same.

    Returns
    -------
    PermutationTest

    Raises
    ------
    FramelensError
        Shapes do not fit, a value is negative or not finite, hits without words, one group is empty.

    Notes
    -----
    Not tested (``reason`` says which): a group with fewer than 10 clusters of its own; fewer than 20 clusters, of articles
    1.5 times as long, against three times as many (however long the articles, the estimates have no interval then); terms below
    5 expected hits; terms in so few clusters that no arrangement of them reaches p = .05. The terms refused are in no family.

    ``p_bh`` is the larger of ``p`` and of the p that takes the resampled statistics of all terms as one null distribution
    (as Tusher et al. 2001). The latter resolves far below 1 / B and so keeps the few terms that tie at the floor of ``p``
    from passing together; the former keeps a term with heavier tails than the others from gaining by them.

    References
    ----------
    Chung, E., & Romano, J. P. (2013). Exact and asymptotically robust permutation tests. Annals of Statistics, 41, 484–507.
    Janssen, A. (1997). Studentized permutation tests for non-i.i.d. hypotheses. Statistics & Probability Letters, 36, 9–21.
    Westfall, P. H., & Young, S. S. (1993). Resampling-based multiple testing. Wiley.
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. SAGMB, 9, 39.

    Examples
    --------
    Ten articles with three hits in 300 words against ten with one: the rates differ threefold.

    >>> counts = [[3]] * 5 + [[4]] * 5 + [[1]] * 8 + [[2]] * 2
    >>> result = permutation_test(counts, [300] * 20, [True] * 10 + [False] * 10, n_resamples=999)
    >>> round(float(result.estimate[0]), 2), float(result.p[0])
    (1.51, 0.001)
    >>> permutation_test([[1]] * 20, [300] * 20, [True] * 4 + [False] * 16, n_resamples=99).reason
    ('fewer than 10 clusters of one group alone',)
    """
    if not 0 < level < 1:
        raise FramelensError(f"level lies between 0 and 1 (0.95, say), not {level!r}.")
    n_resamples, allow_small_n = whole("n_resamples", n_resamples, 99), flag("allow_small_n", allow_small_n)
    parts = side_parts(counts, sizes, group, clusters)
    hits = np.asarray(parts.counts.sum(0)).ravel()
    expected = hits * min(parts.sizes[parts.side].sum(), parts.sizes[~parts.side].sum()) / parts.sizes.sum()
    reason, possible = _reasons(parts, hits, expected)
    unequal = few_against_many(parts)
    tested = np.flatnonzero([possible and (not r or (allow_small_n and hits[j] > 0)) for j, r in enumerate(reason)])
    estimate, low, high, statistic, p, p_bh, p_max = np.full((7, len(hits)), np.nan)
    if possible:
        moments = _moments(parts)
        effect, se = _effects(moments, parts.side[:, None].astype(float))
        estimate[hits > 0] = effect[hits > 0, 0] / np.log(2)
    if len(tested):
        t = (effect / se)[tested, 0]
        own, pooled, joint, critical = _count(parts, _part(moments, tested), np.abs(t), (n_resamples, seed), 1 - level)
        statistic[tested], p[tested], p_max[tested] = t, (1 + own) / (1 + n_resamples), (1 + joint) / (1 + n_resamples)
        p_bh[tested] = np.maximum(p[tested], (1 + pooled) / (1 + n_resamples * len(tested)))
        if not unequal or allow_small_n:
            reach = critical * se[tested, 0] / np.log(2)
            low[tested], high[tested] = estimate[tested] - reach, estimate[tested] + reach
    return PermutationTest(estimate, low, high, statistic, p, p_bh, p_max, expected, parts.clusters_with(), tuple(reason),
                           unequal, n_resamples, f"studentised permutation of clusters, {n_resamples} resamples")


def _reasons(parts: Parts, hits: Floats, expected: Floats) -> tuple[list[str], bool]:
    """Say for each term why it is not tested, or nothing; and whether anything can be."""
    n_in, n_out = parts.alone
    whole = _whole_reason(parts)
    held = np.asarray((parts.counts.tocsr()[np.flatnonzero(~parts.spans)] > 0).sum(0)).ravel()
    floors = np.minimum(hypergeom.sf(held - 1, n_in + n_out, n_in, held), hypergeom.sf(held - 1, n_in + n_out, n_out, held))
    reasons = []
    for j, total in enumerate(hits):
        if total == 0:
            reasons.append("no hit")
        elif whole:
            reasons.append(whole)
        elif expected[j] < MIN_EXPECTED:
            reasons.append(f"below {MIN_EXPECTED:g} expected hits")
        else:
            reasons.append("in too few clusters for any arrangement of them to be rare" if floors[j] > _LEVEL else "")
    return reasons, min(n_in, n_out) >= 2


def _whole_reason(parts: Parts) -> str:
    """Say why these two groups cannot be compared at all: where the simulation finds more than 6 % false positives."""
    if reason := too_few(parts):
        return reason
    unequal = few_against_many(parts)
    few = parts.side == (parts.alone[0] < parts.alone[1])
    if unequal and parts.sizes[few].mean() > LONGER * parts.sizes[~few].mean():
        return f"{unequal}, and of longer articles"
    return ""


def _moments(parts: Parts) -> _Moments:
    """Weigh the counts and sum what no resample changes."""
    x, n, y = parts.sizes, len(parts.sizes), parts.counts.tocoo()
    hits, squares = (np.bincount(y.col, data, parts.counts.shape[1]) for data in (y.data, y.data**2))
    rate = hits / x.sum()
    with np.errstate(all="ignore"):
        spread = squares - 2 * rate * (x @ parts.counts) + rate**2 * (x**2).sum()
        theta = (spread * n / (n - 1) - hits) / (rate * (x**2).sum())
        # Half octaves of θ x: weights hardly change within one, and the terms share a few columns of weights.
        steps = np.where(theta > 0, np.round(2 * np.log2(theta * x.mean())), -np.inf)
    values, weighting = np.unique(np.where(steps < -12, -np.inf, np.minimum(steps, 20)), return_inverse=True)
    weights = x[:, None] / (1 + 2 ** (values / 2) * x[:, None] / x.mean())
    w = weights[y.row, weighting[y.col]]
    a = y.data * w / x[y.row]
    products = tuple(sparse.csr_array((data, (y.col, y.row)), shape=parts.counts.shape[::-1]) for data in (a, a**2, a * w))
    left, right = parts.pairs
    one, other = products[0][:, left], products[0][:, right]
    terms = np.arange(len(hits))
    cross = (np.asarray((one * other).sum(1)).ravel(), (other @ weights[left])[terms, weighting],
             (one @ weights[right])[terms, weighting], (weights[left] * weights[right]).sum(0)[weighting])
    return _Moments(x, weights, weighting, products, cross)


def _part(moments: _Moments, terms: NDArray[np.int64]) -> _Moments:
    """Keep some terms."""
    return _Moments(moments.sizes, moments.weights, moments.weighting[terms], tuple(m[terms] for m in moments.products),
                    tuple(c[terms] for c in moments.cross))


def _effects(moments: _Moments, labels: Floats) -> tuple[Floats, Floats]:
    """Return log ratio and standard error, terms × resamples; ``labels`` (parts × resamples) is 1 in the group."""
    w, n = moments.weights, labels[:, 0].sum()
    inside = [*(matrix @ labels for matrix in moments.products), *((v.T @ labels)[moments.weighting] for v in (w, w**2)),
              moments.sizes @ labels]
    whole = [*(matrix.sum(1)[:, None] for matrix in moments.products),
             *(v.sum(0)[moments.weighting][:, None] for v in (w, w**2)), moments.sizes.sum()]
    one = _side(inside, n)
    rest = _side([a - b for a, b in zip(whole, inside, strict=True)], len(labels) - n)
    aa, wa, aw, ww = (part[:, None] for part in moments.cross)
    both = (aa - one.rate * wa - rest.rate * aw + one.rate * rest.rate * ww) * one.scale * rest.scale
    return one.log - rest.log, np.sqrt(one.variance + rest.variance - 2 * both)


def _side(sums: list[Floats], n: float) -> _Side:
    """Make rate and variance of one group from its sums of a, a², a w, w, w² and words."""
    total, square, product, w, ww, words = sums
    rate, half = total / w, _HALF * w / words
    spread = np.maximum(square - 2 * rate * product + rate**2 * ww, 0) * n / (n - 1)
    return _Side(rate, np.log((total + half) / w), (spread + half) / (total + half) ** 2, np.sqrt(n / (n - 1)) / (total + half))


def _count(parts: Parts, moments: _Moments, t: Floats, resamples: tuple[int, int],
           alpha: float) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], Floats]:
    """Count the resamples at least as far from 0 as t: of the term, of all terms, of the largest of those no larger.

    The last number is the statistic at which p passes ``alpha``.
    """
    bound, order = t * (1 - _TIE), np.argsort(-t, kind="stable")
    ascending = bound[order[::-1]]
    own, pooled, joint = (np.zeros(len(t), np.int64) for _ in range(3))
    keep = floor(alpha * (1 + resamples[0]) * (1 + _TIE))
    top = np.empty((len(t), 0))
    for labels in relabelled(parts, *resamples, len(t)):
        effect, se = _effects(moments, labels)
        again = np.abs(effect / se)
        own += (again >= bound[:, None]).sum(1)
        reached = np.bincount(np.searchsorted(ascending, again.ravel(), side="right"), minlength=len(t) + 1)
        pooled[order] += np.cumsum(reached[::-1])[:-1]
        largest = np.maximum.accumulate(again[order[::-1]], axis=0)[::-1]
        joint += (largest >= bound[order][:, None]).sum(1)
        top = np.concatenate([top, again], axis=1)
        if top.shape[1] > keep > 0:
            top = np.partition(top, top.shape[1] - keep, axis=1)[:, -keep:]
    steps = np.empty_like(joint)
    steps[order] = np.maximum.accumulate(joint)
    return own, pooled, steps, top.min(1) * (1 + _TIE) if keep else np.full(len(t), np.inf)
