"""Outlets whose share, rate or mean is known: how their articles are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framelens.errors import FramelensError

__all__ = ["Outlet", "label_rate", "label_share", "mean_score", "overdispersed", "word_share"]

Drawn = tuple[NDArray[np.generic], NDArray[np.generic], NDArray[np.generic]]
Shape = tuple[int, int]


@dataclass(frozen=True)
class Outlet:
    """One kind of outlet: what is true of it, and how its articles are drawn.

    Attributes
    ----------
    name : str
        The words of the tables; draws of one seed differ by it.
    scale : {"share", "rate", "mean"}
    truth : float
    draw : function
        Of a generator and a shape (articles × trials); returns numerators, denominators and hits of that shape.
    """

    name: str
    scale: str
    truth: float
    draw: Callable[[np.random.Generator, Shape], Drawn]


def overdispersed(rng: np.random.Generator, mean: ArrayLike, size: float, shape: tuple[int, ...]) -> NDArray[np.int64]:
    """Draw negative binomial counts: variance mean + mean² / size.

    Examples
    --------
    >>> drawn = overdispersed(np.random.default_rng(1), 4, 2.0, (100_000,))
    >>> round(float(drawn.mean())), round(float(drawn.var()))
    (4, 12)
    """
    return np.asarray(rng.poisson(rng.gamma(size, np.broadcast_to(np.asarray(mean, float), shape) / size)), np.int64)


def label_share(p: float, labels: float, icc: float, *, copies: float = 0, spread: float = 0) -> Outlet:
    """Labels of which a share are hits; each article has its own share (beta-binomial), copies and length.

    Parameters
    ----------
    p : float
        The share, between 0 and 1.
    labels : float
        Labels of an article in the mean, at least 1.
    icc : float
        How alike labels of one article are, between 0 and 1 (intraclass correlation).
    copies : float
        Copies of an article in the mean.
    spread : float
        Standard deviation of the logarithms of the numbers of labels; 0 for geometric numbers.

    Returns
    -------
    Outlet

    Raises
    ------
    FramelensError
        A number is out of range.

    Examples
    --------
    >>> outlet = label_share(0.3, 10, 0.1)
    >>> hits, labels, _ = outlet.draw(np.random.default_rng(1), (50, 400))
    >>> outlet.name, round(float(hits.sum() / labels.sum()), 2)
    ('share 0.30 of 10 labels an article, ICC 0.1', 0.3)
    """
    if not (0 < p < 1 and 0 < icc < 1 and labels >= 1 and copies >= 0 and spread >= 0):
        raise FramelensError(f"p and icc lie between 0 and 1, labels are at least 1, copies and spread at least 0, not {p!r}, "
                             f"{icc!r}, {labels!r}, {copies!r} and {spread!r}.")

    def draw(rng: np.random.Generator, shape: Shape) -> Drawn:
        mean = (labels - 1) * (rng.lognormal(-spread**2 / 2, spread, shape) if spread else 1)
        n = 1 + overdispersed(rng, mean, 1.0 if not spread else 8.0, shape)
        own = rng.beta(p * (1 - icc) / icc, (1 - p) * (1 - icc) / icc, shape)
        times = 1 + rng.poisson(copies, shape)
        hits = rng.binomial(n, own) * times
        return hits, n * times, hits

    extra = ", clusters of copies" if copies else f", log length SD {spread:g}" if spread else ""
    return Outlet(f"share {p:.2f} of {labels:g} labels an article, ICC {icc:g}{extra}", "share", p, draw)


def word_share(p: float, concentration: float) -> Outlet:
    """Words of an article in some voice: each article has its own share (beta), of hundreds of words.

    Examples
    --------
    >>> word_share(0.1, 8).name
    'share 0.10 of the words'
    """

    def draw(rng: np.random.Generator, shape: Shape) -> Drawn:
        n = np.round(rng.lognormal(np.log(400) - 0.125, 0.5, shape)) + 20
        hits = rng.binomial(n.astype(int), rng.beta(p * concentration, (1 - p) * concentration, shape))
        return hits, n, hits

    return Outlet(f"share {p:.2f} of the words", "share", p, draw)


def label_rate(per_1000: float, size: float, spread: float = 0.5) -> Outlet:
    """Counts per 1,000 words of articles of some 400 words, of the variance m + m² / ``size``.

    Examples
    --------
    >>> label_rate(10, 4, spread=1.2).name
    '10 per 1,000 words, variance m + m²/4, log length SD 1.2'
    """

    def draw(rng: np.random.Generator, shape: Shape) -> Drawn:
        length = (np.round(rng.lognormal(np.log(400) - spread**2 / 2, spread, shape)) + 20) / 1000
        hits = overdispersed(rng, per_1000 * length, size, shape)
        return hits, length, hits

    extra = f", log length SD {spread:g}" if spread > 1 else ""
    return Outlet(f"{per_1000:g} per 1,000 words, variance m + m²/{size:g}{extra}", "rate", per_1000, draw)


def mean_score(zero: float, article_sd: float) -> Outlet:
    """Scores of some 12 segments an article, many of them 0; each article has its own tone. Mean: 0.1 (1 - zero).

    Examples
    --------
    >>> mean_score(0.5, 0.15).truth
    0.05
    """

    def draw(rng: np.random.Generator, shape: Shape) -> Drawn:
        n = 1 + overdispersed(rng, 11, 2.0, shape)
        scored = rng.binomial(n, 1 - zero)
        own = rng.normal(0.1, article_sd, shape)
        return scored * own + rng.normal(0, 0.3, shape) * np.sqrt(scored), n, scored

    return Outlet(f"mean score, {zero:.0%} of segments 0", "mean", 0.1 * (1 - zero), draw)
