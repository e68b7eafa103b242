"""Paired differences: the sign-flip (randomisation) test of their mean, with the interval that it implies."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log2

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, whole

__all__ = ["SignFlip", "least_pairs", "sign_flip_test"]

_EXACT = 16  # pairs up to which all 2^n arrangements are looked at
_TIE = 1e-9  # nearer to 0 than this, of the largest difference or of the sum of all, is 0 rounded differently


@dataclass(frozen=True)
class SignFlip:
    """One entry a column; NaN where ``reason`` says why nothing is tested.

    Attributes
    ----------
    estimate, low, high, p : ndarray of float
        Mean difference, its interval and two-sided p.
    n_pairs, n_unequal : ndarray of int
        Pairs, and those whose difference is not 0.
    reason : tuple of str
    method : tuple of str
    """

    estimate: Floats
    low: Floats
    high: Floats
    p: Floats
    n_pairs: NDArray[np.int64]
    n_unequal: NDArray[np.int64]
    reason: tuple[str, ...]
    method: tuple[str, ...]


def least_pairs(level: float = 0.95) -> int:
    """Return how many unequal pairs it takes for any arrangement to reach p = 1 − level, two-sided.

    Examples
    --------
    >>> least_pairs(0.95), least_pairs(0.99)
    (6, 8)
    """
    if not 0 < level < 1:
        raise FramelensError(f"level lies between 0 and 1 (0.95, say), not {level!r}.")
    return ceil(round(1 - log2(1 - level), 9))


def sign_flip_test(differences: ArrayLike, *, level: float = 0.95, n_resamples: int = 9999, seed: int = 0) -> SignFlip:
    r"""Test whether the mean of paired differences is 0 by giving each difference either sign (Fisher 1935).

    Where the two sides of every pair could as well be swapped, all :math:`2^n` arrangements of signs are equally likely, and
    p is the share of them with a mean at least as far from 0, exact for any distribution. The interval holds every shift
    that the same test, one side at a time at half the level, does not reject: it runs between two of the ordered means of
    all subsets of the differences (Hartigan 1969), and leaves out 0 where p is 1 − level or less.

    Parameters
    ----------
    differences : array_like, pairs or pairs × columns
        First side minus second. NaN where a pair is not there.
    level : float
        Nominal coverage of the interval.
    n_resamples, seed : int
        Arrangements drawn, and the seed of ``numpy.random.default_rng``, where there are more than 16 pairs; up to 16 all
        are looked at.

    Returns
    -------
    SignFlip
        Not tested: fewer pairs that are not equal than any arrangement needs (6 for p ≤ .05: five give 2/32 at best).

    Raises
    ------
    FramelensError
        A difference is infinite, or an option is out of range.

    References
    ----------
    Fisher, R. A. (1935). The design of experiments. Oliver & Boyd, § 21.
    Hartigan, J. A. (1969). Using subsample values as typical values. Journal of the American Statistical Association, 64,
    1303–1317.

    Examples
    --------
    Six differences of one sign: two of 64 arrangements are as far from 0, and the interval is their range.

    >>> found = sign_flip_test([0.2, 0.1, 0.4, 0.3, 0.1, 0.5])
    >>> float(found.p[0]), float(found.low[0]), float(found.high[0])
    (0.03125, 0.1, 0.5)
    >>> sign_flip_test([0.2, 0.1, 0.4, 0.3, 0.1]).reason
    ('fewer than 6 unequal pairs, so that no arrangement reaches p = 0.05',)
    """
    given = np.asarray(differences, float)
    given = given[:, None] if given.ndim == 1 else given
    if given.ndim != 2 or np.isinf(given).any():
        raise FramelensError("differences are finite numbers, pairs × columns, NaN where a pair is not there.")
    least = least_pairs(level)
    whole("seed", seed, 0)
    if n_resamples < 2 ** least:
        raise FramelensError(f"n_resamples={n_resamples} is too few for level {level:g}; give {2 ** least} or more.")
    columns = given.shape[1]
    size = np.abs(np.nan_to_num(given)).max(0, initial=0)
    given = np.where(np.abs(given) <= _TIE * size, 0, given)  # rounding is no difference, and no arrangement more
    estimate, low, high, p = np.full((4, columns), np.nan)
    pairs, unequal = (~np.isnan(given)).sum(0), (np.nan_to_num(given) != 0).sum(0)
    reason, method = [""] * columns, [""] * columns
    for j in range(columns):
        d = given[~np.isnan(given[:, j]), j]
        estimate[j] = d.mean() if len(d) else np.nan
        if unequal[j] < least:
            reason[j] = f"fewer than {least} unequal pairs, so that no arrangement reaches p = {1 - level:g}"
            continue
        if len(d) <= _EXACT:
            sums, sizes = np.zeros(1), np.zeros(1)
            for value in d:  # all subsets: without and with each difference
                sums, sizes = np.concatenate([sums, sums + value]), np.concatenate([sizes, sizes + 1])
            sums, sizes, method[j] = sums[1:], sizes[1:], "sign-flip test, exact"
        else:
            flipped = np.random.default_rng(seed).random((n_resamples, len(d))) < 0.5
            sums, sizes, method[j] = flipped @ d, flipped.sum(1), f"sign-flip test, {n_resamples} draws"
        low[j], high[j], p[j] = _ends(sums, sizes, level, _TIE * np.abs(d).sum())
    return SignFlip(estimate, low, high, p, pairs, unequal, tuple(reason), tuple(method))


def _ends(sums: Floats, sizes: Floats, level: float, tie: float) -> tuple[float, float, float]:
    """Return interval and p from the sums of the flipped differences, the arrangement without a flip counted as well.

    With the differences of A flipped the mean of d − δ is no smaller if and only if the mean of d over A is at most δ.
    """
    arrangements = len(sums) + 1
    p = 2 * min(1 + (sums <= tie).sum(), 1 + (sums >= -tie).sum()) / arrangements
    rank = floor((1 - level) / 2 * arrangements + 1e-9)  # 1 or more: there are enough arrangements
    with np.errstate(all="ignore"):
        means = sums / sizes
    under, over = (np.sort(np.where(sizes > 0, means, end)) for end in (-np.inf, np.inf))  # nothing flipped: always as far
    return float(under[rank - 1]), float(over[-rank]), min(1.0, float(p))
