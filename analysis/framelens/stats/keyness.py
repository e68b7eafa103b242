"""Every keyness test by its name, in one form; and articles dealt out at random, for it to be tried where nothing differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.special import ndtr, stdtrit

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, flag, one_of
from framelens.stats.association import chi_squared, clustered_log_ratio, log_likelihood, log_odds, log_ratio
from framelens.stats.clusters import Parts, side_parts, too_few
from framelens.stats.permutation import permutation_test
from framelens.stats.rates import rate_test

__all__ = ["METHODS", "KeynessTest", "deal_out", "keyness_test"]

# What each takes beside the articles; the meaning is that of the function behind it.
METHODS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "permutation": ("n_resamples",), "clustered_log_ratio": ("variance",), "log_likelihood": ("cells", "correction"),
    "chi_squared": ("cells", "correction"), "log_odds": ("prior", "variance", "against"), "Welch": (), "Mann-Whitney": (),
})
LEVEL = 0.95
LOG_RATIO, LOG_ODDS = "log2 rate ratio", "log odds ratio"
_DOCUMENT = "docs/methods/statistics.md"
_WORDS = ("words of one article are not independent draws, as this test takes them to be, so that it finds keywords where "
          f"nothing differs ({_DOCUMENT} has how many; null_check counts them here)")
_ALIKE = f"p holds only for groups alike in number and length of articles ({_DOCUMENT})"
_BLOCK = 512  # terms that are laid out in full at a time


@dataclass(frozen=True)
class KeynessTest:
    """One entry a term; NaN where ``reason`` says why nothing is tested.

    Attributes
    ----------
    estimate, low, high : ndarray of float
        In ``unit``, above 0 where the group uses the term more; an interval at 95 % where the method has one.
    statistic : ndarray of float
        T of the permutation, z, t, G² and chi-squared with their sign; U of the rank-sum test.
    direction : ndarray of float
        1 where by the test the group uses the term more, -1 where the rest does. The estimate of tests that do not look at the
        rate of all words (Welch, Mann-Whitney), or that takes half a hit for none, may point the other way.
    p, p_bh : ndarray of float
        p of the term, and what is handed to Benjamini and Hochberg (the same, but for the permutation).
    n_clusters : ndarray of int
        Clusters that hold the term.
    clusters : tuple of int
        Clusters of the group alone, of the rest alone, of both.
    reason : tuple of str
        Why the term is not tested; empty where it is.
    interval_reason : str
        Why no term has an interval, if the method has one.
    warning : str
        What is wrong with the method at large; empty where nothing is known.
    unit, method : str
    """

    estimate: Floats
    low: Floats
    high: Floats
    statistic: Floats
    direction: Floats
    p: Floats
    p_bh: Floats
    n_clusters: NDArray[np.int64]
    clusters: tuple[int, int, int]
    reason: tuple[str, ...]
    interval_reason: str
    warning: str
    unit: str
    method: str


def keyness_test(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, group: ArrayLike, *, method: str = "permutation",
                 clusters: ArrayLike | None = None, allow_small_n: bool = False, seed: int = 0,
                 options: Mapping[str, Any] | None = None) -> KeynessTest:
    """Test the rates of terms between a group of articles and the rest, by a test's name.

    ===================  =====================================================================  =======================
    method               test                                                                   options
    ===================  =====================================================================  =======================
    permutation          :func:`~framelens.stats.permutation.permutation_test`                  n_resamples
    clustered_log_ratio  :func:`~framelens.stats.association.clustered_log_ratio`, CR3          variance
    log_likelihood       :func:`~framelens.stats.association.log_likelihood` of all words       cells, correction
    chi_squared          :func:`~framelens.stats.association.chi_squared` of all words          cells, correction
    log_odds             :func:`~framelens.stats.association.log_odds`, z taken for normal      prior, variance, against
    Welch, Mann-Whitney  :func:`~framelens.stats.rates.rate_test`                               –
    ===================  =====================================================================  =======================

    Only the first is calibrated whatever the articles; ``warning`` says what is wrong with the others.

    Parameters
    ----------
    counts : array_like or scipy sparse array, articles × terms
        Hits.
    sizes : array_like
        Words of each article, all of them: not only those of ``counts``. Articles without words take no part.
    group : array_like of bool
        Which articles are of the group; the others are the rest.
    method : str
        See above.
    clusters : array_like, optional
        Cluster of each article (copies are one); each its own by default. Only the first two methods know them, and the
        rule of ten clusters.
    allow_small_n : bool
        Test also with fewer than 10 clusters of a group, and whatever else the permutation test refuses.
    seed : int
        Of the permutation.
    options : mapping, optional
        Options of the method, by the names of the function behind it.

    Returns
    -------
    KeynessTest

    Raises
    ------
    FramelensError
        The method or an option is unknown, shapes do not fit, a value is negative or not finite, a group has no words.

    Examples
    --------
    >>> counts = [[3]] * 5 + [[4]] * 5 + [[1]] * 8 + [[2]] * 2
    >>> first = [True] * 10 + [False] * 10
    >>> for name in ("permutation", "log_likelihood"):
    ...     result = keyness_test(counts, [300] * 20, first, method=name)
    ...     print(result.unit, round(float(result.estimate[0]), 2), result.p[0].round(5))
    log2 rate ratio 1.51 0.0001
    log2 rate ratio 1.54 0.00058
    """
    one_of("method", method, tuple(METHODS))
    given, allow_small_n = dict(options or {}), flag("allow_small_n", allow_small_n)
    unknown = sorted(set(given) - set(METHODS[method]))
    if unknown:
        allowed = ", ".join(METHODS[method]) or "none"
        raise FramelensError(f"{unknown[0]!r} is no option of {method!r}. Options of it: {allowed}.")
    parts = side_parts(counts, sizes, group, clusters)
    about: dict[str, Any] = {"n_clusters": parts.clusters_with(), "clusters": (*parts.alone, int(parts.spans.sum()) // 2)}
    if method == "permutation":
        ours = permutation_test(counts, sizes, group, clusters=clusters, level=LEVEL, seed=seed, allow_small_n=allow_small_n,
                                **given)
        tested = ~np.isnan(ours.p)  # an estimate of what is not tested would be read as a result
        return KeynessTest(np.where(tested, ours.estimate, np.nan), ours.low, ours.high, ours.statistic,
                           np.sign(ours.statistic), ours.p, ours.p_bh,
                           reason=ours.reason, interval_reason=ours.interval_reason, warning="", unit=LOG_RATIO,
                           method=ours.method, **about)
    hits = np.asarray(parts.counts.sum(0)).ravel()
    few = too_few(parts)
    reason = ["no hit" if not total else few for total in hits]
    columns, warning = np.full((5, len(hits)), np.nan), _ALIKE if method in ("Welch", "Mann-Whitney") else ""
    asked = np.flatnonzero((hits > 0) & (allow_small_n or not few))
    if method == "clustered_log_ratio":
        given = {"variance": "CR3", **given}
        columns[:, asked], why = _clustered(parts, asked, given)
        for j, said in zip(asked, why, strict=True):
            reason[j] = reason[j] or said
    elif warning:
        columns[:, asked] = _per_article(sparse.csc_array(counts)[:, asked], np.asarray(sizes, float), np.asarray(group), method)
    else:
        columns[:, asked], warning = _per_word(parts, asked, method, given), _WORDS
    choices = "".join(f", {name}={value}" for name, value in sorted(given.items()) if np.ndim(value) == 0)
    columns[:, np.isnan(columns[-1])] = np.nan
    reason = [said or ("the statistic is undefined" if np.isnan(value) else "") for said, value in
              zip(reason, columns[-1], strict=True)]
    estimate, low, high, statistic, p = columns
    return KeynessTest(estimate, low, high, statistic, np.sign(statistic - _middle(sizes, group, method)), p, p,
                       reason=tuple(reason), interval_reason="", warning=warning,
                       unit=LOG_ODDS if method == "log_odds" else LOG_RATIO, method=f"{method}{choices}", **about)


def _middle(sizes: ArrayLike, group: ArrayLike, method: str) -> float:
    """Return what the statistic is where neither group uses a term more: of U half of all pairs of articles."""
    side = np.asarray(group)[np.asarray(sizes, float) > 0]
    return float(side.sum() * (~side).sum() / 2) if method == "Mann-Whitney" else 0.0


def _sums(parts: Parts, terms: NDArray[np.int64]) -> tuple[Floats, Floats, dict[str, Any]]:
    """Sum hits and words of both groups."""
    inside = np.asarray(parts.counts[parts.side][:, terms].sum(0)).ravel()
    whole = np.asarray(parts.counts[:, terms].sum(0)).ravel()
    return inside, whole - inside, {"total_a": float(parts.sizes[parts.side].sum()),
                                    "total_b": float(parts.sizes[~parts.side].sum())}


def _per_word(parts: Parts, terms: NDArray[np.int64], method: str, options: Mapping[str, Any]) -> Floats:
    """Return estimate, interval (none), statistic and p of a test that knows no articles."""
    a, b, totals = _sums(parts, terms)
    if method == "log_odds":
        odds = log_odds(a, b, **options, **totals)
        estimate, statistic, p = odds.log_odds, odds.z, 2 * ndtr(-np.abs(odds.z))
    else:
        tests: dict[str, Callable[..., Any]] = {"log_likelihood": log_likelihood, "chi_squared": chi_squared}
        found = tests[method](a, b, signed=True, **options, **totals)
        estimate, statistic, p = log_ratio(a, b, **totals).statistic, found.statistic, found.p
    return np.stack([estimate, np.full(len(a), np.nan), np.full(len(a), np.nan), statistic, p])


def _per_article(counts: sparse.csc_array, sizes: Floats, group: NDArray[Any], method: str) -> Floats:
    """Return estimate, interval (none), statistic and p of a test of the articles' rates."""
    rows = sizes > 0
    size, side = sizes[rows], group[rows]
    out = np.full((5, counts.shape[1]), np.nan)
    for first in range(0, counts.shape[1], _BLOCK):
        block = counts[:, first:first + _BLOCK].toarray()[rows]
        a, b = block[side].sum(0), block[~side].sum(0)
        out[0, first:first + _BLOCK] = log_ratio(a, b, total_a=size[side].sum(), total_b=size[~side].sum()).statistic
        out[3:, first:first + _BLOCK] = rate_test(block, size, side, method=method)
    return out


def _clustered(parts: Parts, terms: NDArray[np.int64], options: Mapping[str, Any]) -> tuple[Floats, list[str]]:
    """Return estimate, interval, z and p of the clustered log ratio, and why there is none."""
    out, reasons = np.full((5, len(terms)), np.nan), []
    for first in range(0, len(terms), _BLOCK):
        block = parts.counts[:, terms[first:first + _BLOCK]].toarray()
        found = clustered_log_ratio(block[parts.side], parts.sizes[parts.side], block[~parts.side], parts.sizes[~parts.side],
                                    **options)
        reach = stdtrit(found.df, (1 + LEVEL) / 2) * found.se
        estimate = np.where(np.isnan(found.se), np.nan, found.estimate)
        out[:, first:first + _BLOCK] = [estimate, estimate - reach, estimate + reach, found.z, found.p]
        reasons += list(found.reason)
    names = {"no hit in a": "no hit on one side", "no hit in b": "no hit on one side"}
    return out, [names.get(reason, reason) for reason in reasons]


def deal_out(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, group: ArrayLike, clusters: ArrayLike,
             rng: np.random.Generator) -> tuple[sparse.csr_array, Floats, NDArray[np.bool_]]:
    """Deal articles out at random to two groups as large as the real ones: what is found then is found where nothing differs.

    Whole clusters change groups; those with articles in both stay. If the articles of one group are shorter, those dealt to it
    are thinned to that proportion of the mean lengths, each word kept with one chance, so that they are shorter but use no
    word at another rate.

    Parameters
    ----------
    counts : array_like or scipy sparse array, articles × terms
        Whole numbers.
    sizes : array_like
        Words of each article, whole numbers no smaller than the sum of its counts.
    group : array_like of bool
    clusters : array_like
        Cluster of each article.
    rng : numpy.random.Generator

    Returns
    -------
    counts : sparse csr_array
    sizes : ndarray of float
    group : ndarray of bool

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> counts, sizes, group = deal_out([[2], [1], [0]], [9, 9, 9], [True, False, False], ["a", "b", "c"], rng)
    >>> counts.toarray().ravel().tolist(), sizes.tolist(), int(group.sum())
    ([2.0, 1.0, 0.0], [9.0, 9.0, 9.0], 1)
    """
    hits = sparse.csr_array(counts, dtype=float)
    size, side = np.asarray(sizes, float), np.asarray(group, bool)
    number = np.unique(np.asarray(clusters), return_inverse=True)[1]
    used = size > 0
    inside, outside = (np.bincount(number[used & half], minlength=number.max() + 1) > 0 for half in (side, ~side))
    alone = np.flatnonzero(inside != outside)
    dealt = inside.copy()
    dealt[alone] = inside[rng.permutation(alone)]
    moved = np.where((inside != outside)[number], dealt[number], side)
    lengths = np.array([size[used & half].mean() for half in (side, ~side)])
    shorter = moved == bool(lengths[0] < lengths[1])
    keep = np.where(shorter & (inside != outside)[number], lengths.min() / lengths.max(), 1.0)
    rows = np.repeat(np.arange(len(size)), np.diff(hits.indptr))
    others = size - np.asarray(hits.sum(1)).ravel()
    thinned = hits.copy()
    thinned.data = rng.binomial(hits.data.astype(int), keep[rows]).astype(float)
    thinned.eliminate_zeros()
    return thinned, np.asarray(thinned.sum(1)).ravel() + rng.binomial(others.astype(int), keep), moved
