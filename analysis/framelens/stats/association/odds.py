"""Log-odds ratios of terms, smoothed by a Dirichlet prior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, aligned, numbers, one_of
from framelens.stats.association._table import Table, read_table

__all__ = ["PRIORS", "LogOdds", "log_odds", "scaled_prior"]

PRIORS = ("corpus", "convokit", "scattertext", "tidylo")
VARIANCES = ("four", "two")
AGAINST = ("b", "pool")
SCALES = ("none", "word", "class-size", "corpus-size", "background-corpus-size")
_RECIPES = {"corpus": ("four", "b"), "convokit": ("two", "b"), "scattertext": ("four", "b"), "tidylo": ("two", "pool")}
_ALPHAS = {"convokit": 0.1, "scattertext": 0.001}


@dataclass(frozen=True)
class LogOdds:
    """Log-odds ratio of each term.

    Attributes
    ----------
    log_odds : ndarray of float
        Natural logarithm; positive where the term is commoner in a.
    variance : ndarray of float
        Of ``log_odds``, under independent words.
    z : ndarray of float
        ``log_odds`` over its standard deviation: for ranking. Words of one article are not independent, so it is no test.
    """

    log_odds: Floats
    variance: Floats
    z: Floats


def log_odds(a: ArrayLike, b: ArrayLike, prior: ArrayLike | str = "corpus", *, variance: str | None = None,
             against: str | None = None, total_a: float | None = None, total_b: float | None = None) -> LogOdds:
    r"""Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008).

    :math:`\delta = \ln\frac{y_a + \alpha}{n_a + \alpha_0 - y_a - \alpha} - \ln\frac{y_b + \alpha}{n_b + \alpha_0 - y_b - \alpha}`
    and :math:`z = \delta / \sigma`, with y the counts, n the totals, α the prior count of the term and α₀ the sum of all α. The
    variance is :math:`\sigma^2 = \frac{1}{y_a + \alpha} + \frac{1}{n_a + \alpha_0 - y_a - \alpha}` and the same for b (``"four"``
    terms), or without the two terms of all other words (``"two"``), which is close for rare terms.

    Parameters
    ----------
    a, b : array_like, one entry a term
        Counts in the two groups.
    prior : float, array_like or str
        α of every term; α by term; two rows (terms of a, terms of b) from :func:`scaled_prior`; or by name, where the name also
        sets ``variance`` and ``against`` unless they are given:

        * ``"corpus"``: :math:`\alpha = y_a + y_b`, four terms. Shrinks most; the default for being least misled by rare terms.
        * ``"convokit"``: α = 0.1, two terms (ConvoKit 5.0 ``FightingWords``).
        * ``"scattertext"``: α = 0.001, four terms (scattertext 0.2 ``LogOddsRatioUninformativeDirichletPrior``).
        * ``"tidylo"``: :math:`\alpha = y_a + y_b`, two terms, against the pool (tidylo ``bind_log_odds`` on two sets without rows
          of zero counts: a term that a group lacks gets no α there, and no value if the group is a).
    variance : {"four", "two"}, optional
        "four" unless the prior's name says otherwise.
    against : {"b", "pool"}, optional
        What a is compared with: b, or both groups together (with ``1/(y + α)`` of the pool in the variance, as tidylo has it,
        though the pool holds a). "b" unless the prior's name says otherwise.
    total_a, total_b : float, optional
        Words of each group; by default the sums of ``a`` and ``b``.

    Returns
    -------
    LogOdds
        Without a prior (α = 0) a zero count makes ``log_odds`` and ``variance`` infinite and ``z`` NaN.

    Raises
    ------
    FramelensError
        Counts or prior are negative, not finite or of different length, a total is smaller than a count, a name is unknown.

    Examples
    --------
    With α = 1 in a vocabulary of two: ln(4/8) - ln(8/3), variance 1/4 + 1/8 + 1/8 + 1/3

    >>> result = log_odds([3, 7], [7, 2], prior=1)
    >>> [round(float(v[0]), 4) for v in (result.log_odds, result.variance, result.z)]
    [-1.674, 0.8333, -1.8337]
    >>> log_odds([3, 7], [7, 2], prior="convokit").z.round(4).tolist()
    [-3.0067, 2.6057]
    """
    table = read_table(a, b, total_a, total_b)
    recipe = _RECIPES["corpus"]
    if isinstance(prior, str):
        one_of("prior", prior, PRIORS)
        recipe = _RECIPES[prior]
    variance, against = variance or recipe[0], against or recipe[1]
    one_of("variance", variance, VARIANCES)
    one_of("against", against, AGAINST)
    aligned(a=a, prior=prior)
    alpha = _alpha(table, prior)
    term = np.stack([table.a, table.b]) + alpha
    rest = np.array([[table.total_a], [table.total_b]]) + alpha.sum(1, keepdims=True) - term
    if against == "pool":
        term, rest = (np.stack([cells[0], cells.sum(0)]) for cells in (term, rest))
    with np.errstate(all="ignore"):
        logits = np.log(term / rest)
        delta = logits[0] - logits[1]
        spread = (1 / term).sum(0) + (1 / rest).sum(0) * (variance == "four")
        if isinstance(prior, str) and prior == "tidylo":
            delta, spread = (np.where(table.a > 0, values, np.nan) for values in (delta, spread))
        return LogOdds(delta, spread, delta / np.sqrt(spread))


def scaled_prior(counts: ArrayLike, *, scale: str = "word", sigma: float = 10.0, power: float = 1.0,
                 total_a: float | None = None, total_b: float | None = None) -> Floats:
    r"""Turn counts of a background corpus into prior counts α, as scattertext's ``LogOddsRatioInformativeDirichletPrior`` does.

    :math:`\alpha_w = (f c_w)^k` with c the background counts and k the power. The factor f is, with :math:`C = \sum c_w`:
    ``"none"`` 1; ``"word"`` :math:`\sigma / C`, so that α sums to σ (Monroe et al. 2008 take 500 of them); ``"class-size"``
    :math:`\sigma n_a / C` for a and :math:`\sigma n_b / C` for b; ``"corpus-size"`` :math:`\sigma (n_a + n_b) / C`;
    ``"background-corpus-size"`` σ.

    Parameters
    ----------
    counts : array_like, one entry a term
        Counts in the background corpus, in the order of the terms that are compared.
    scale : {"none", "word", "class-size", "corpus-size", "background-corpus-size"}
        See above. scattertext's own default is "none".
    sigma, power : float
        σ and k, above 0. scattertext's defaults are 10 and 1.
    total_a, total_b : float, optional
        Words of the two groups, for the scales by class and by corpus.

    Returns
    -------
    ndarray of float, 2 × terms
        α for a and for b: the ``prior`` of :func:`log_odds`.

    Raises
    ------
    FramelensError
        Counts are negative, not finite or all 0, σ or k is not above 0, or a total that the scale needs is missing.

    Examples
    --------
    >>> scaled_prior([6, 2], sigma=4).tolist()
    [[3.0, 1.0], [3.0, 1.0]]
    >>> scaled_prior([6, 2], scale="class-size", sigma=1, total_a=8, total_b=16).tolist()
    [[6.0, 2.0], [12.0, 4.0]]
    """
    one_of("scale", scale, SCALES)
    background = np.atleast_1d(numbers(counts, "counts"))
    if background.ndim != 1 or not background.any():
        raise FramelensError(f"counts has the shape {background.shape} and the sum {background.sum():g}: give one count per "
                             "term, not all 0.")
    if not (sigma > 0 and power > 0 and np.isfinite([sigma, power]).all()):
        raise FramelensError(f"sigma and power are above 0, not {sigma!r} and {power!r}.")
    words = np.ones(2)
    if scale in ("class-size", "corpus-size"):
        if total_a is None or total_b is None:
            raise FramelensError(f"scale {scale!r} needs total_a and total_b, the words of the two groups.")
        words = numbers([total_a, total_b], "totals", "totals")
        words = words if scale == "class-size" else np.full(2, words.sum())
    factor = 1.0 if scale == "none" else sigma
    if scale in ("word", "class-size", "corpus-size"):
        factor /= background.sum()
    return np.multiply.outer(words * factor, background) ** power


def _alpha(table: Table, prior: ArrayLike | str) -> Floats:
    """Prior counts, groups × terms."""
    both = np.stack([table.a, table.b])
    if not isinstance(prior, str):
        alpha = numbers(prior, "prior", "prior counts")
        if alpha.shape not in ((), table.a.shape, both.shape):
            raise FramelensError(f"prior has the shape {alpha.shape}: give one number, one for each of the {len(table.a)} terms, "
                                 "or two rows of them (for a and for b).")
        return np.broadcast_to(alpha, both.shape)
    if prior in _ALPHAS:
        return np.full(both.shape, _ALPHAS[prior])
    pooled = np.broadcast_to(both.sum(0), both.shape)
    return np.where(both > 0, pooled, 0.0) if prior == "tidylo" else pooled
