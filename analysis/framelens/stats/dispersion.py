"""Dispersion: how evenly a term is spread over articles (or other parts of a corpus)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import entr

from framelens.stats._checks import Floats, counts_by_part, one_of

__all__ = ["carroll_d2", "deviation_of_proportions", "juilland_d", "rosengren_s", "undefined_reasons"]


def deviation_of_proportions(counts: ArrayLike, sizes: ArrayLike, normalised: bool = False) -> Floats | float:
    r"""Gries' deviation of proportions of each term: 0 spread as the words are, towards 1 all in one small part.

    :math:`DP = \frac12 \sum_i |v_i / f - s_i|` with :math:`v_i` the count in part i, f their sum and :math:`s_i` the part's share
    of all words (Gries 2008). Its largest value is :math:`1 - \min s`; ``normalised`` divides by it: DPnorm (Lijffijt & Gries
    2012).

    Parameters
    ----------
    counts : array_like, parts × terms (or one column)
        Counts in each part.
    sizes : array_like, one entry a part
        Words of each part. Parts without words take no part.
    normalised : bool
        Return DPnorm.

    Returns
    -------
    ndarray of float, one entry a term (a float if one column was given)
        NaN where the term does not occur; DPnorm also where there is one part only: see :func:`undefined_reasons`.

    Raises
    ------
    FramelensError
        Shapes do not fit, a value is negative or not finite, or a part counts a term more often than it has words.

    Examples
    --------
    Five parts of 9, 10, 10, 10 and 11 words with 1 to 5 occurrences (Gries 2008):

    >>> round(deviation_of_proportions([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 4)
    0.18
    >>> round(deviation_of_proportions([1, 2, 3, 4, 5], [9, 10, 10, 10, 11], normalised=True), 4)
    0.2195
    """
    v, sizes_ = counts_by_part(counts, sizes)
    s = sizes_ / sizes_.sum()
    with np.errstate(invalid="ignore"):
        deviation = np.abs(v / v.sum(0) - s[:, None]).sum(0) / 2
    if normalised:
        deviation = deviation / (1 - s.min()) if len(s) > 1 else deviation * np.nan
    return _as_given(deviation, counts)


def juilland_d(counts: ArrayLike, sizes: ArrayLike, *, sd: str = "population") -> Floats | float:
    r"""Juilland's D of each term: 1 spread evenly, 0 all in one part.

    :math:`D = 1 - \frac{\sigma / \mu}{\sqrt{n - 1}}` with µ and σ the mean and standard deviation of the relative frequencies
    :math:`p_i = v_i / x_i` in n parts: the form for parts of unequal size (Juilland et al. 1970; Gries 2008).

    Parameters
    ----------
    counts, sizes
        As for :func:`deviation_of_proportions`.
    sd : {"population", "sample"}
        σ with denominator n, which keeps D between 0 and 1 (Gries; scattertext), or n - 1 (R's ``sd``, so quanteda.extras).

    Returns
    -------
    ndarray of float, one entry a term (a float if one column was given)
        NaN where the term does not occur or there is one part only.

    Raises
    ------
    FramelensError
        As for :func:`deviation_of_proportions`, or ``sd`` is unknown.

    Examples
    --------
    >>> round(juilland_d([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 3)
    0.785
    """
    one_of("sd", sd, ("population", "sample"))
    v, x = counts_by_part(counts, sizes)
    p = v / x[:, None]
    with np.errstate(all="ignore"):
        variation = p.std(0) / p.mean(0)
        if sd == "sample":
            variation = variation * np.sqrt(np.divide(len(x), len(x) - 1))
        return _as_given(1 - variation / np.sqrt(len(x) - 1), counts)


def rosengren_s(counts: ArrayLike, sizes: ArrayLike) -> Floats | float:
    r"""Rosengren's S of each term, in the form for parts of unequal size: 1 spread as the words are.

    :math:`S = (\sum_i \sqrt{s_i v_i})^2 / f` (Rosengren 1971; Gries 2008); at least the share of the smallest part.

    Parameters
    ----------
    counts, sizes
        As for :func:`deviation_of_proportions`.

    Returns
    -------
    ndarray of float, one entry a term (a float if one column was given)
        NaN where the term does not occur.

    Raises
    ------
    FramelensError
        As for :func:`deviation_of_proportions`.

    Examples
    --------
    >>> round(rosengren_s([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 3)
    0.95
    """
    v, x = counts_by_part(counts, sizes)
    with np.errstate(invalid="ignore"):
        return _as_given((np.sqrt(x / x.sum()) @ np.sqrt(v)) ** 2 / v.sum(0), counts)


def carroll_d2(counts: ArrayLike, sizes: ArrayLike) -> Floats | float:
    r"""Carroll's D₂ of each term: entropy of its spread over n parts, 1 spread evenly, 0 all in one part.

    :math:`D_2 = -\sum_i q_i \log q_i / \log n` with :math:`q_i = p_i / \sum p` and :math:`p_i` the relative frequency in part i,
    so that parts may differ in size (Carroll 1970; Gries 2008).

    Parameters
    ----------
    counts, sizes
        As for :func:`deviation_of_proportions`.

    Returns
    -------
    ndarray of float, one entry a term (a float if one column was given)
        NaN where the term does not occur or there is one part only.

    Raises
    ------
    FramelensError
        As for :func:`deviation_of_proportions`.

    Examples
    --------
    >>> round(carroll_d2([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 3)
    0.938
    """
    v, x = counts_by_part(counts, sizes)
    p = v / x[:, None]
    with np.errstate(all="ignore"):
        return _as_given(entr(p / p.sum(0)).sum(0) / np.log(len(x)), counts)


def undefined_reasons(counts: ArrayLike, sizes: ArrayLike) -> tuple[str, ...]:
    """Say for each term why a measure of dispersion is NaN, or nothing.

    Parameters
    ----------
    counts, sizes
        As for :func:`deviation_of_proportions`.

    Returns
    -------
    tuple of str
        "does not occur", "one part only" (for which DP and S are defined), or empty.

    Raises
    ------
    FramelensError
        As for :func:`deviation_of_proportions`.

    Examples
    --------
    >>> undefined_reasons([[1, 0], [2, 0]], [10, 20])
    ('', 'does not occur')
    """
    v, x = counts_by_part(counts, sizes)
    return tuple("does not occur" if f == 0 else "one part only" if len(x) < 2 else "" for f in v.sum(0))


def _as_given(values: Floats, counts: ArrayLike) -> Floats | float:
    """One number for one column."""
    return float(values[0]) if np.ndim(counts) == 1 else values
