"""Log-likelihood, chi-squared and the Bayes factor of a term's two-by-two table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, xlog1py

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, one_of
from framelens.stats.association._table import Table, read_table

__all__ = ["CORRECTIONS", "BayesFactor", "Significance", "bayes_factor", "chi_squared", "log_likelihood"]

CELLS = ("four", "two")
CORRECTIONS = ("none", "yates", "williams", "quanteda", "quanteda_williams", "quanteda_none")
_QUANTEDA_EPSILON = 1e-9  # what quanteda adds inside every logarithm


@dataclass(frozen=True)
class Significance:
    """A test statistic of each term.

    Attributes
    ----------
    statistic : ndarray of float
        NaN where the term occurs in neither group. With ``signed=True`` negative where it is rarer in a.
    p : ndarray of float
        Upper tail of the chi-squared distribution with one degree of freedom; 0 where that is below the smallest float (a
        statistic of some 1,490). Assumes independent words: see the module, and
        :func:`framelens.stats.association.clustered_log_ratio`.
    """

    statistic: Floats
    p: Floats


@dataclass(frozen=True)
class BayesFactor:
    """The BIC approximation of each term: ``statistic`` is its BIC, ``bayes_factor`` exp(BIC / 2) in favour of a difference."""

    statistic: Floats
    bayes_factor: Floats


def log_likelihood(a: ArrayLike, b: ArrayLike, *, cells: str = "four", correction: str = "none", signed: bool = False,
                   total_a: float | None = None, total_b: float | None = None) -> Significance:
    r"""Log-likelihood ratio G² of each term (Dunning 1993; Rayson & Garside 2000).

    :math:`G^2 = 2 \sum_i O_i \ln(O_i / E_i)` over the cells of the term's two-by-two table, :math:`E` from its margins.

    * ``correction="yates"``: each cell is moved by .5 (or all the way, if less) towards its expectation (Yates 1934), as
      ``scipy.stats.chi2_contingency(correction=True)`` does.
    * ``"williams"``: divided by :math:`q = 1 + (N/R_1 + N/R_2 - 1)(N/C_1 + N/C_2 - 1) / 6N`, R and C the margins (Williams 1976).
    * ``"quanteda"``: the default of quanteda.textstats ``textstat_keyness(measure = "lr")``. Its manual says Williams; its code
      applies Yates, only where :math:`|O - E| \ge .5` and some E < 5. It adds 1e-9 inside each logarithm, which adds about
      N · 2e-9 to the statistic. ``"quanteda_williams"`` (with q = 1 where a cell is 0) and ``"quanteda_none"`` are its others.

    Parameters
    ----------
    a, b : array_like, one entry a term
        Counts in the two groups.
    cells : {"four", "two"}
        "two" leaves out the cells of all other words: Rayson's calculator, WordSmith. AntConc 4's default is four.
    correction : {"none", "yates", "williams", "quanteda", "quanteda_williams", "quanteda_none"}
        See above. Two cells take none.
    signed : bool
        Make the statistic negative where the term is rarer in a than in b.
    total_a, total_b : float, optional
        Words of each group; by default the sums of ``a`` and ``b``.

    Returns
    -------
    Significance
        ``statistic`` and ``p``.

    Raises
    ------
    FramelensError
        Counts are negative, not finite or of different length, a total is smaller than a count, an option is unknown.

    Examples
    --------
    A word that is 3 of 10 and 7 of 9 words:

    >>> result = log_likelihood([3, 7], [7, 2], signed=True)
    >>> result.statistic.round(4).tolist(), result.p.round(4).tolist()
    ([-4.5349, 4.5349], [0.0332, 0.0332])
    >>> log_likelihood([3], [7], cells="two", total_a=10, total_b=9).statistic.round(4).tolist()
    [2.0948]
    """
    table = _read(a, b, cells, correction, total_a, total_b)
    expected, shift = table.expected, _shift(table, correction)
    used = slice(None) if cells == "four" else slice(2)
    moves = np.multiply.outer(np.array([1, -1, -1, 1]), shift)[used]
    expected = expected[used]
    with np.errstate(all="ignore"):
        if correction.startswith("quanteda"):
            observed = expected + moves
            terms = observed * np.log(observed / expected + _QUANTEDA_EPSILON)
        else:  # O ln(O/E) - (O - E), which sums to the same and does not cancel
            share = np.maximum(moves / expected, -1.0)
            terms = expected * (xlog1py(1 + share, share) - share)
        statistic = 2 * terms.sum(0)
        if correction.endswith("williams"):
            statistic = statistic / _williams(table, correction)
    return _result(table, statistic, signed)


def chi_squared(a: ArrayLike, b: ArrayLike, *, cells: str = "four", correction: str = "none", signed: bool = False,
                total_a: float | None = None, total_b: float | None = None) -> Significance:
    r"""Pearson's chi-squared of each term.

    :math:`X^2 = \sum_i (O_i - E_i)^2 / E_i` over the cells of the term's two-by-two table, with the corrections of
    :func:`log_likelihood`. ``"williams"`` divides by q. ``"quanteda_williams"`` multiplies by it, as quanteda.textstats
    does (an error there: the correction is to make the statistic smaller); ``"quanteda"``, its default, is Yates only where
    :math:`|O - E| \ge .5` and some E < 5.

    Parameters
    ----------
    a, b, cells, correction, signed, total_a, total_b
        As for :func:`log_likelihood`. Two cells: AntConc 3's chi-squared, and scattertext's ``LogLikelihoodRatio``, which in
        spite of its name is this statistic, of the numbers of documents that hold the term.

    Returns
    -------
    Significance
        ``statistic`` and ``p``.

    Raises
    ------
    FramelensError
        As for :func:`log_likelihood`.

    Examples
    --------
    The example of quanteda's own tests, which hold 4.017626 for Williams but leave it commented out:

    >>> for name in ("none", "yates", "williams", "quanteda_williams"):
    ...     print(name, round(float(chi_squared([3, 7], [7, 2], correction=name).statistic[1]), 6))
    none 4.33716
    yates 2.632438
    williams 4.017626
    quanteda_williams 4.682109
    """
    table = _read(a, b, cells, correction, total_a, total_b)
    expected = table.expected
    used = expected if cells == "four" else expected[:2]
    with np.errstate(all="ignore"):
        statistic = _shift(table, correction) ** 2 * (1 / used).sum(0)
        if correction == "williams":
            statistic = statistic / _williams(table, correction)
        elif correction == "quanteda_williams":
            statistic = statistic * _williams(table, correction)
    return _result(table, statistic, signed)


def bayes_factor(a: ArrayLike, b: ArrayLike, *, cells: str = "four", total_a: float | None = None,
                 total_b: float | None = None) -> BayesFactor:
    r"""Bayes factor of each term by the BIC approximation (Wilson 2013, after Kass & Raftery 1995).

    :math:`\mathrm{BIC} = G^2 - \ln N` for one degree of freedom and N words; the Bayes factor for a difference against none is
    about :math:`e^{\mathrm{BIC}/2}`. Of BIC, 2 to 6 is called positive evidence, 6 to 10 strong, more very strong; below 0 the
    evidence is for no difference.

    Parameters
    ----------
    a, b, cells, total_a, total_b
        As for :func:`log_likelihood`. ``cells="two"`` gives the BIC of Rayson's calculator.

    Returns
    -------
    BayesFactor
        ``statistic`` (BIC) and ``bayes_factor`` (infinite where it is beyond a float).

    Raises
    ------
    FramelensError
        As for :func:`log_likelihood`.

    Examples
    --------
    >>> result = bayes_factor([231], [388], cells="two", total_a=100000, total_b=100000)
    >>> result.statistic.round(4).tolist(), result.bayes_factor.round(0).tolist()
    ([28.0529], [1234859.0])
    """
    statistic = log_likelihood(a, b, cells=cells, total_a=total_a, total_b=total_b).statistic
    bic = statistic - np.log(read_table(a, b, total_a, total_b).total)
    with np.errstate(over="ignore"):
        return BayesFactor(bic, np.exp(bic / 2))


def _read(a: ArrayLike, b: ArrayLike, cells: str, correction: str, total_a: float | None, total_b: float | None) -> Table:
    one_of("cells", cells, CELLS)
    one_of("correction", correction, CORRECTIONS)
    if cells == "two" and correction != "none":
        raise FramelensError(f"correction {correction!r} is defined on all four cells: take cells='four' or correction='none'.")
    return read_table(a, b, total_a, total_b)


def _shift(table: Table, correction: str) -> Floats:
    """Deviation of the first cell from its expectation, after the correction for continuity."""
    size = np.abs(table.deviation)
    if correction == "yates":
        size = np.maximum(size - 0.5, 0.0)
    elif correction == "quanteda":
        size = size - 0.5 * ((size >= 0.5) & (table.expected.min(0) < 5))
    return np.sign(table.deviation) * size


def _williams(table: Table, correction: str) -> Floats:
    term, total = table.a + table.b, table.total
    columns = total / table.total_a + total / table.total_b - 1
    q = 1 + (total / term + total / (total - term) - 1) * columns / (6 * total)
    if correction == "quanteda_williams":
        empty = (table.a == 0) | (table.b == 0) | (table.a == table.total_a) | (table.b == table.total_b)
        q = np.where(empty, 1.0, q)
    return q


def _result(table: Table, statistic: Floats, signed: bool) -> Significance:
    statistic = statistic * table.occurs
    p = chdtrc(1, statistic)
    return Significance(statistic * np.sign(table.deviation) if signed else statistic, p)
