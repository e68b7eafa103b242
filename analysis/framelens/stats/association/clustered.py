"""The log ratio of two rates with articles, not words, as independent units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, aligned, counts_by_part, one_of

__all__ = ["VARIANCES", "ClusteredLogRatio", "clustered_log_ratio"]

VARIANCES = ("CR2", "linearised", "CR0", "CR1", "CR3")
_FLAT = 1e-12  # relative spread below which articles agree but for rounding


@dataclass(frozen=True)
class ClusteredLogRatio:
    """Log rate ratio of each term with its clustered standard error.

    Attributes
    ----------
    estimate, se : ndarray of float
        In logarithms of ``base``. ``estimate`` is infinite where one group never uses the term, NaN where neither does; ``se``
        is NaN where ``reason`` says why.
    z, df, p : ndarray of float
        ``estimate / se``, its degrees of freedom, and the two-sided p-value of Student's t with them.
    reason : tuple of str
        Why there is no standard error; empty where there is one.
    base : float
        Of the logarithm.
    """

    estimate: Floats
    se: Floats
    z: Floats
    df: Floats
    p: Floats
    reason: tuple[str, ...]
    base: float


@dataclass(frozen=True)
class _Group:
    """Sums over one group's articles: hits and their linearised variance on the log scale, by term."""

    hits: Floats
    words: float
    n: int
    variance: Floats
    df: float


def clustered_log_ratio(counts_a: ArrayLike, sizes_a: ArrayLike, counts_b: ArrayLike, sizes_b: ArrayLike, *,
                        variance: str = "CR2", base: float = 2.0) -> ClusteredLogRatio:
    r"""Log ratio of the rates of terms in two groups of articles, each article one cluster.

    :math:`\ln R_a - \ln R_b` with :math:`R = \sum_c y_c / \sum_c x_c` over a group's articles c, hits y and words x. Its variance
    is the sum of both groups' :math:`v = f \sum_c w_c (y_c - R x_c)^2 / (\sum_c y_c)^2`: the delta method on the linearised ratio
    (Cochran 1977, ch. 6), which is the sandwich of a Poisson regression on the group with words as exposure (Liang & Zeger
    1986). With :math:`h_c = x_c / \sum x` the leverage of an article, m the articles of its group, and w and f 1 unless named:

    * ``"CR2"``: :math:`w_c = 1 / (1 - h_c)`, unbiased if words were independent (Bell & McCaffrey 2002; Pustejovsky & Tipton
      2018); of articles of one length the same as
    * ``"linearised"``: :math:`f = m / (m - 1)` by group, as :func:`framelens.stats.bootstrap.ratio_intervals`;
    * ``"CR0"``: neither;  ``"CR1"``: :math:`f = M / (M - 1)`, M the articles of both groups;
    * ``"CR3"``: :math:`w_c = 1 / (1 - h_c)^2`, about the jackknife.

    The degrees of freedom join those of the groups by Welch and Satterthwaite; a group has Bell and McCaffrey's,
    :math:`(\sum x)^2 / \mathrm{tr}(B^2)` for the residuals' working covariance B, which is m - 1 where all articles are
    equally long and less where a few hold most words, whichever variance is taken.

    Parameters
    ----------
    counts_a, counts_b : array_like, articles × terms (or one column)
        Hits of each term in each article.
    sizes_a, sizes_b : array_like, one entry an article
        Words of each article. Articles without words take no part.
    variance : {"CR2", "linearised", "CR0", "CR1", "CR3"}
        See above.
    base : float
        Of the logarithm: 2, as in :func:`framelens.stats.association.log_ratio`, unless another is given (``numpy.e``).

    Returns
    -------
    ClusteredLogRatio
        ``estimate`` and ``se`` in logarithms of ``base``, ``z``, ``df``, ``p``, ``reason``.

    Raises
    ------
    FramelensError
        Shapes do not fit, a value is negative or not finite, an article counts more hits than it has words, or an option is
        unknown.

    Notes
    -----
    How often p is below .05 where nothing differs: ``docs/methods/association.md``. It is at most a little too often, and more so
    where a few long articles hold most words; CR3 is not.

    Examples
    --------
    a has 1 and 3 hits in two articles of 100 words (v = 2 · (1 + 1) / 16), b 1 and 1 (v = 0): twice the rate.

    >>> result = clustered_log_ratio([1, 3], [100, 100], [1, 1], [100, 100], base=np.e)
    >>> round(float(np.exp(result.estimate[0])), 6), round(float(result.se[0]), 6), float(result.df[0])
    (2.0, 0.5, 1.0)
    """
    one_of("variance", variance, VARIANCES)
    if not (base > 1 and np.isfinite(base)):
        raise FramelensError(f"base is above 1 (2, e or 10), not {base!r}.")
    tables: tuple[Any, ...] = (counts_a, counts_b)
    if all(hasattr(table, "columns") for table in tables):
        aligned(**{f"the columns of counts_{name}": table.T for name, table in zip("ab", tables, strict=True)})
    groups = _group(counts_a, sizes_a, "_a", variance), _group(counts_b, sizes_b, "_b", variance)
    if groups[0].hits.shape != groups[1].hits.shape:
        raise FramelensError(f"counts_a has {len(groups[0].hits)} terms, counts_b {len(groups[1].hits)}: give both over the same "
                             "vocabulary, 0 where a term does not occur.")
    articles = groups[0].n + groups[1].n
    factor = articles / (articles - 1) if variance == "CR1" else 1.0
    v_a, v_b = (factor * group.variance for group in groups)
    unit = np.log(base)
    with np.errstate(all="ignore"):
        ratio = np.log(groups[0].hits / groups[1].hits) - np.log(groups[0].words / groups[1].words)
        df = (v_a + v_b) ** 2 / (v_a**2 / groups[0].df + v_b**2 / groups[1].df)
        reason = _reasons(groups, v_a + v_b)
        given = np.array([not r for r in reason], bool)
        se = np.where(given, np.sqrt(v_a + v_b), np.nan)
        z = ratio / se
        p = 2 * stdtr(df, -np.abs(z))
    return ClusteredLogRatio(ratio / unit, se / unit, z, np.where(given, df, np.nan), p, reason, base)


def _group(counts: ArrayLike, sizes: ArrayLike, suffix: str, variance: str) -> _Group:
    y, x = counts_by_part(counts, sizes, suffix)
    hits, words, n = y.sum(0), float(x.sum()), len(x)
    power = {"CR2": 1, "CR3": 2}.get(variance, 0)
    with np.errstate(all="ignore"):
        weights = (1 - x / words) ** -float(power)
        rate = hits / words
        squares = np.einsum("c,ct,ct->t", weights, y, y)
        spread = squares - 2 * rate * ((weights * x) @ y) + rate**2 * (weights @ x**2)
        spread = np.where(spread <= _FLAT * squares, 0.0, spread) / hits**2
        if variance == "linearised":
            spread = spread * np.divide(n, n - 1)
    return _Group(hits, words, n, spread, _degrees_of_freedom(x))


def _degrees_of_freedom(x: Floats) -> float:
    """Bell and McCaffrey's, for residuals about one rate whose working variance is proportional to the words."""
    with np.errstate(all="ignore"):  # one article has none: NaN
        cross = x**2 / (x.sum() - x)
        return float(x.sum() ** 2 / ((x**2).sum() + cross.sum() ** 2 - (cross**2).sum()))


def _reasons(groups: tuple[_Group, _Group], spread: Floats) -> tuple[str, ...]:
    """Say for each term why there is no standard error, or nothing."""
    absent_a, absent_b = (group.hits == 0 for group in groups)
    single = " and ".join(name for name, group in zip("ab", groups, strict=True) if group.n < 2)
    cases = [(absent_a & absent_b, "no hit in a and b"), (absent_a, "no hit in a"), (absent_b, "no hit in b"),
             (np.full(len(spread), bool(single)), f"one article only in {single}"),
             (~(spread > 0), "no difference between articles")]
    return tuple(np.select([case for case, _ in cases], [reason for _, reason in cases], "").tolist())
