"""Balance of two kinds of label: the log of how many there are of the one over the other, with a cluster interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import logit

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, numbers
from framelens.stats.proportion import share_intervals

__all__ = ["BalanceIntervals", "balance_intervals", "log_balance"]

_HALF = 0.5  # added to either count, so that none has no logarithm


@dataclass(frozen=True)
class BalanceIntervals:
    """Balances with their intervals, one entry a column.

    Attributes
    ----------
    estimate, low, high : ndarray of float
        Natural logarithms; NaN where there is none.
    n_clusters : ndarray of int
        Clusters with either kind.
    reason : tuple of str
        Why there is no interval; empty where there is one.
    method : str
    """

    estimate: Floats
    low: Floats
    high: Floats
    n_clusters: NDArray[np.int64]
    reason: tuple[str, ...]
    method: str


def log_balance(first: ArrayLike, second: ArrayLike) -> Floats:
    r"""Return the balance of counts: :math:`\log \frac{D + .5}{L + .5}` (Lowe, Benoit, Mikhaylov and Laver 2011).

    Above 0 there is more of the first; 0.69 is twice as much. It is symmetric, its unit does not depend on what else is
    counted, and the half keeps it finite. The half also shrinks it towards 0: of 2 to 0 it makes 1.61, of 1 to 0 it makes 1.10.

    Parameters
    ----------
    first, second : array_like
        Counts D and L, not negative.

    Returns
    -------
    ndarray of float
        NaN where both are 0: of nothing there is no balance.

    Raises
    ------
    FramelensError
        A count is negative or not finite.

    References
    ----------
    Lowe, W., Benoit, K., Mikhaylov, S., & Laver, M. (2011). Scaling policy preferences from coded political texts.
    Legislative Studies Quarterly, 36, 123–155.

    Examples
    --------
    >>> log_balance([20, 1, 0], [5, 0, 0]).round(3).tolist()
    [1.316, 1.099, nan]
    """
    d, n = numbers(first, "first"), numbers(second, "second")
    return np.where(d + n > 0, np.log((d + _HALF) / (n + _HALF)), np.nan)


def balance_intervals(first: ArrayLike, second: ArrayLike, *, level: float = 0.95) -> BalanceIntervals:
    r"""Estimate balances of sums over clusters, with intervals that hold for few clusters and few labels.

    The estimate is :func:`log_balance` of the sums. The interval is that of :math:`\log D / L`, the logit of the share
    D / (D + L), so that its coverage is that of :func:`~framelens.stats.proportion.share_intervals` ("effective clusters").
    It does not shrink, the estimate does; the difference is at most :math:`1 / (2 \min(D, L))`.

    Parameters
    ----------
    first, second : array_like, clusters or clusters × columns
        Counts by cluster.
    level : float
        Nominal coverage, between 0 and 1.

    Returns
    -------
    BalanceIntervals
        Where one kind has no label at all, an end is infinite: there is no interval, and ``reason`` says why.

    Raises
    ------
    FramelensError
        Shapes do not fit, a count is negative or not finite, or ``level`` is out of range.

    Examples
    --------
    Twenty against ten in ten clusters:

    >>> found = balance_intervals([3, 1, 2, 2, 2, 3, 1, 2, 2, 2], [0, 2, 1, 1, 1, 0, 2, 1, 1, 1])
    >>> [round(float(end[0]), 2) for end in (found.estimate, found.low, found.high)]
    [0.67, -0.25, 1.73]
    >>> balance_intervals([2, 1], [0, 0]).reason
    ('the second kind does not occur',)
    """
    d, n = numbers(first, "first"), numbers(second, "second")
    if d.shape != n.shape:
        raise FramelensError(f"first {d.shape} and second {n.shape} do not fit: both are clusters × columns.")
    found, turned = (share_intervals(kind, d + n, level=level) for kind in (d, n))
    total, other = np.atleast_1d(d.sum(0)), np.atleast_1d(n.sum(0))
    reason = tuple(
        "neither kind occurs" if not a + b else "the first kind does not occur" if not a
        else "the second kind does not occur" if not b else why for a, b, why in zip(total, other, found.reason, strict=True))
    given = np.array([not why for why in reason], bool)
    low, high = np.full((2, len(given)), np.nan)
    # Both ends from shares near 0, which keep digits that shares near 1 lose.
    low[given], high[given] = logit(found.low[given]), -logit(turned.low[given])
    return BalanceIntervals(log_balance(total, other), low, high, found.n_clusters, reason, f"log odds, {found.method}")
