"""How often intervals hold the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, whole
from framelens.stats.bootstrap import ratio_intervals, resample_weights
from framelens.stats.contrast import bootstrap_contrasts, ratio_contrasts
from framelens.stats.proportion import SHARE_METHODS, share_intervals
from framelens.stats.simulation.outlets import Outlet

__all__ = ["Coverage", "simulate_contrasts", "simulate_intervals"]

_BATCH = 250  # trials drawn at a time
_MANY = 500  # articles from which on half of the trials is made, and no bootstrap


@dataclass(frozen=True)
class Coverage:
    """By method: how many trials get an interval and how many of these hold the truth; how wide it is in the median."""

    given: dict[str, float]
    held: dict[str, float]
    width: dict[str, float]


def simulate_intervals(outlet: Outlet, n: int, *, trials: int = 2000, n_resamples: int = 600, seed: int = 20220108) -> Coverage:
    """Draw outlets of n articles and make the intervals of their share by every method.

    Parameters
    ----------
    outlet : Outlet
        Of the scale "share".
    n : int
        Articles, none of them a copy of another.
    trials : int
        Outlets drawn, in batches of 250.
    n_resamples, seed : int
        Of the bootstrap; with n and the outlet's name the seed makes the stream.

    Returns
    -------
    Coverage
        Methods are those of :func:`~framelens.stats.proportion.share_intervals`, "studentised" of
        :func:`~framelens.stats.bootstrap.ratio_intervals`, and "bounds", those of outlets in which there is no hit, or nothing
        else. No rule of five hits is applied.

    Raises
    ------
    FramelensError
        The outlet has no share, or a number is out of range.

    Examples
    --------
    >>> from framelens.stats.simulation import label_share
    >>> found = simulate_intervals(label_share(0.3, 10, 0.1), 20, trials=250, n_resamples=199)
    >>> found.held["effective clusters"] > 0.9
    True
    """
    if outlet.scale != "share":
        raise FramelensError(f"outlet has a {outlet.scale}; these are intervals of shares.")
    rng = np.random.default_rng([whole("seed", seed, 0), whole("n", n, 1), *outlet.name.encode()])
    ends: dict[str, list[tuple[Floats, Floats]]] = {method: [] for method in (*SHARE_METHODS, "studentised", "bounds")}
    for _ in range(0, whole("trials", trials, 1), _BATCH):
        num, den, _hits = (np.asarray(a, float) for a in outlet.draw(rng, (n, _BATCH)))
        for method in SHARE_METHODS:
            result = share_intervals(num, den, method=method)
            two = np.array(result.bound) == "two-sided"
            ends[method].append((np.where(two, result.low, np.nan), np.where(two, result.high, np.nan)))
        ends["bounds"].append((np.where(two, np.nan, result.low), np.where(two, np.nan, result.high)))
        weights = resample_weights(n, n_resamples=n_resamples, seed=int(rng.integers(1 << 31)))
        boot = ratio_intervals(num, den, weights=weights)
        ends["studentised"].append((boot.low, boot.high))
    return _summarise(ends, outlet.truth)


def simulate_contrasts(outlet: Outlet, groups: tuple[int, int], *, contrast: str = "difference", trials: int = 2000,
                       n_resamples: int = 600, seed: int = 20220108) -> Coverage:
    """Draw two outlets of one share, rate or mean; a tenth of the clusters of the first is in the second as well.

    Parameters
    ----------
    outlet : Outlet
    groups : tuple of int
        Articles of the two.
    contrast : {"difference", "log ratio", "log odds ratio"}
    trials : int
        Pairs drawn, in batches of 250; of more than 500 articles half as many, and no bootstrap.
    n_resamples, seed : int
        Of the bootstrap; with groups, contrast and the outlet's name the seed makes the stream.

    Returns
    -------
    Coverage
        How often "CR2" and "studentised" hold no difference: see :func:`~framelens.stats.contrast.ratio_contrasts` and
        :func:`~framelens.stats.contrast.bootstrap_contrasts`.

    Raises
    ------
    FramelensError
        A number is out of range, or the scale has no such contrast.

    Examples
    --------
    >>> from framelens.stats.simulation import label_share
    >>> found = simulate_contrasts(label_share(0.3, 10, 0.1), (20, 30), trials=250, n_resamples=199)
    >>> found.given["CR2"] > 0.9, found.held["CR2"] > 0.9
    (True, True)
    """
    n, m = (whole("groups", size, 1) for size in groups)
    rng = np.random.default_rng([whole("seed", seed, 0), n, m, *contrast.encode(), *outlet.name.encode()])
    ends: dict[str, list[tuple[Floats, Floats]]] = {"CR2": [], "studentised": []}
    batch = _BATCH // 2 if n + m > _MANY else _BATCH
    for _ in range(0, whole("trials", trials, 1), _BATCH):
        num, den, _hits = (np.asarray(a, float) for a in outlet.draw(rng, (n + m, batch)))
        first = (np.arange(n + m) < n)[:, None]
        both = first & (np.arange(n + m) < n // 10)[:, None]
        pair = ((num * first, den * first), (num * (~first | both), den * (~first | both)))
        ours = ratio_contrasts(*pair, contrast=contrast, scale=outlet.scale)
        ends["CR2"].append((ours.low, ours.high))
        if n + m <= _MANY:
            weights = resample_weights(n + m, n_resamples=n_resamples, seed=int(rng.integers(1 << 31)))
            boot = bootstrap_contrasts(*pair, contrast=contrast, scale=outlet.scale, weights=weights)
            ends["studentised"].append((boot.low, boot.high))
    return _summarise({method: parts for method, parts in ends.items() if parts}, 0.0)


def _summarise(ends: Mapping[str, list[tuple[Floats, Floats]]], truth: float) -> Coverage:
    """Count the intervals that hold the truth."""
    given, held, width = {}, {}, {}
    for method, parts in ends.items():
        low, high = (np.concatenate(side) for side in zip(*parts, strict=True))
        has = ~np.isnan(low)
        given[method] = float(has.mean())
        held[method] = float(((low <= truth) & (truth <= high))[has].mean()) if has.any() else np.nan
        width[method] = float(np.median((high - low)[has])) if has.any() else np.nan
    return Coverage(given, held, width)
