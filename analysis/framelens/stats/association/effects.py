"""Effect sizes of a term's two-by-two table: how much commoner, not how surely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, numbers, one_of
from framelens.stats.association._table import read_table

__all__ = ["EffectSize", "log_ratio", "odds_ratio", "percent_difference", "pmi", "simple_maths"]

PMI_KINDS = ("plain", "normalised", "positive", "quanteda")
_QUASI_ZERO = 1e-18  # Gabrielatos & Marchi's stand-in for a relative frequency of 0
_QUANTEDA_EPSILON = 1e-9


@dataclass(frozen=True)
class EffectSize:
    """An effect size of each term in ``statistic``; NaN where the term occurs in neither group."""

    statistic: Floats


def log_ratio(a: ArrayLike, b: ArrayLike, *, zero: str | float = "half", total_a: float | None = None,
              total_b: float | None = None) -> EffectSize:
    r"""Log ratio of each term: the binary logarithm of the ratio of its relative frequencies (Hardie 2014).

    :math:`\log_2 \frac{y_a / n_a}{y_b / n_b}`: 1 is twice as frequent in a, -2 a quarter as frequent.

    Parameters
    ----------
    a, b : array_like, one entry a term
        Counts in the two groups.
    zero : {"half", "none", "scattertext"} or float
        "half" takes .5 for a count of 0 (Hardie; Rayson's calculator); "none" gives an infinite ratio; a number is added to
        every count; "scattertext" adds 0.01 (its ``LogRelativeRisk``).
    total_a, total_b : float, optional
        Words of each group; by default the sums of ``a`` and ``b``.

    Returns
    -------
    EffectSize
        In binary logarithms.

    Raises
    ------
    FramelensError
        Counts are negative, not finite or of different length, a total is smaller than a count, an option is unknown.

    Examples
    --------
    >>> log_ratio([8, 1, 0], [2, 4, 4], total_a=100, total_b=100).statistic.tolist()
    [2.0, -2.0, -3.0]
    """
    table = read_table(a, b, total_a, total_b)
    counts = np.stack([table.a, table.b])
    if isinstance(zero, str):
        one_of("zero", zero, ("half", "none", "scattertext"))
        counts = np.where(counts == 0, 0.5, counts) if zero == "half" else counts + 0.01 * (zero == "scattertext")
    else:
        counts = counts + float(numbers(zero, "zero", "added counts"))
    with np.errstate(all="ignore"):
        ratio = np.log2(counts[0] / counts[1]) - np.log2(table.total_a / table.total_b)
    return EffectSize(ratio * table.occurs)


def odds_ratio(a: ArrayLike, b: ArrayLike, *, zero: str = "none", total_a: float | None = None,
               total_b: float | None = None) -> EffectSize:
    r"""Odds ratio of each term, :math:`\frac{y_a / (n_a - y_a)}{y_b / (n_b - y_b)}` (Pojanapunya & Watson Todd 2018).

    Parameters
    ----------
    a, b, total_a, total_b
        As for :func:`log_ratio`.
    zero : {"none", "haldane"}
        "none" gives 0 or infinity where a cell is 0 (Rayson's calculator); "haldane" adds .5 to all four cells of every term
        (Haldane 1956; Anscombe 1956).

    Returns
    -------
    EffectSize
        1 where the odds are equal.

    Raises
    ------
    FramelensError
        As for :func:`log_ratio`.

    Examples
    --------
    >>> odds_ratio([3, 7], [6, 3]).statistic.round(4).tolist()
    [0.2143, 4.6667]
    """
    table = read_table(a, b, total_a, total_b)
    one_of("zero", zero, ("none", "haldane"))
    more = 0.5 * (zero == "haldane")
    with np.errstate(all="ignore"):
        ratio = (table.a + more) / (table.total_a - table.a + more) * ((table.total_b - table.b + more) / (table.b + more))
    return EffectSize(ratio * table.occurs)


def percent_difference(a: ArrayLike, b: ArrayLike, *, zero: str = "none", total_a: float | None = None,
                       total_b: float | None = None) -> EffectSize:
    r"""%DIFF of each term: :math:`100 (p_a - p_b) / p_b`, p its relative frequencies (Gabrielatos & Marchi 2012).

    Parameters
    ----------
    a, b, total_a, total_b
        As for :func:`log_ratio`.
    zero : {"none", "gabrielatos"}
        Where the term does not occur in b: infinity, or 1e-18 instead of 0 for :math:`p_b` in the denominator (its authors;
        Rayson's calculator).

    Returns
    -------
    EffectSize
        In per cent of the relative frequency in b; -100 where the term does not occur in a.

    Raises
    ------
    FramelensError
        As for :func:`log_ratio`.

    Examples
    --------
    >>> percent_difference([30, 5], [20, 10], total_a=100, total_b=100).statistic.round(9).tolist()
    [50.0, -50.0]
    """
    table = read_table(a, b, total_a, total_b)
    one_of("zero", zero, ("none", "gabrielatos"))
    p, reference = table.a / table.total_a, table.b / table.total_b
    floor = np.where((reference == 0) & (zero == "gabrielatos"), _QUASI_ZERO, reference)
    with np.errstate(all="ignore"):
        return EffectSize((p - reference) * 100 / floor * table.occurs)


def simple_maths(a: ArrayLike, b: ArrayLike, *, k: float = 1.0, total_a: float | None = None,
                 total_b: float | None = None) -> EffectSize:
    r"""Simple maths score of each term, the keyness of Sketch Engine (Kilgarriff 2009).

    :math:`(f_a + k) / (f_b + k)` with f the frequency per million words; a larger k favours commoner words.

    Parameters
    ----------
    a, b, total_a, total_b
        As for :func:`log_ratio`.
    k : float
        Added to both frequencies per million, above 0. Sketch Engine's and scattertext's (``SimpleMaths``) default is 1.

    Returns
    -------
    EffectSize
        1 where the frequencies are equal.

    Raises
    ------
    FramelensError
        As for :func:`log_ratio`, or k is not above 0.

    Examples
    --------
    9 and 4 per million:

    >>> simple_maths([9], [4], total_a=1e6, total_b=1e6).statistic.tolist()
    [2.0]
    """
    table = read_table(a, b, total_a, total_b)
    if not (k > 0 and np.isfinite(k)):
        raise FramelensError(f"k is above 0, not {k!r}: it keeps the score finite where a term does not occur.")
    per_million = (1e6 * table.a / table.total_a, 1e6 * table.b / table.total_b)
    return EffectSize((per_million[0] + k) / (per_million[1] + k) * table.occurs)


def pmi(a: ArrayLike, b: ArrayLike, *, kind: str = "plain", base: float | None = None, total_a: float | None = None,
        total_b: float | None = None) -> EffectSize:
    r"""Pointwise mutual information of each term with group a (Church & Hanks 1990).

    :math:`\log \frac{p(w, a)}{p(w) p(a)} = \log \frac{y_a N}{(y_a + y_b) n_a}`, N the words of both groups.

    Parameters
    ----------
    a, b, total_a, total_b
        As for :func:`log_ratio`.
    kind : {"plain", "normalised", "positive", "quanteda"}
        "normalised" divides by :math:`-\log p(w, a)` (Bouma 2009): -1 for never in a, 0 as by chance, 1 for always together;
        "positive" sets negative values to 0; "quanteda" adds 1e-9 inside the logarithm, as quanteda's
        ``textstat_keyness(measure = "pmi")`` does (its p-value, from a chi-squared distribution, has no meaning).
    base : float, optional
        Of the logarithm: 2 (WordSmith, nltk) by default, e for "quanteda".

    Returns
    -------
    EffectSize
        In units of the logarithm; "plain" is -inf where the term does not occur in a.

    Raises
    ------
    FramelensError
        As for :func:`log_ratio`, or the base is not above 1.

    Examples
    --------
    >>> pmi([4, 12], [0, 16]).statistic.round(4).tolist()
    [1.0, -0.2224]
    >>> pmi([4, 12], [0, 16], kind="normalised").statistic.round(4).tolist()
    [0.3333, -0.1572]
    """
    table = read_table(a, b, total_a, total_b)
    one_of("kind", kind, PMI_KINDS)
    base = (np.e if kind == "quanteda" else 2.0) if base is None else base
    if not (base > 1 and np.isfinite(base)):
        raise FramelensError(f"base is above 1 (2, e or 10), not {base!r}.")
    with np.errstate(all="ignore"):
        value = np.log(table.a / table.expected[0] + _QUANTEDA_EPSILON * (kind == "quanteda"))
        if kind == "normalised":
            value = np.where(table.a == 0, -1.0, value / -np.log(table.a / table.total))
            return EffectSize(value * table.occurs)
    value = value / np.log(base) * table.occurs
    return EffectSize(np.maximum(value, 0.0) if kind == "positive" else value)
