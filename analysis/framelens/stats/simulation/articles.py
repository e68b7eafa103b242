"""Two groups of articles that use terms at rates that are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, whole

__all__ = ["Articles", "Design", "draw_articles"]

WORDS = 400.0  # of an article, in the mean
RATES = (3e-4, 1e-2)  # the rarest and the commonest term, hits per word
PLANTED = 10  # every tenth term differs
_SHORTEST = 20


@dataclass(frozen=True)
class Design:
    """How many articles two groups have, how long they are, how bursty terms are and how many articles are copies.

    Attributes
    ----------
    n_first, n_second : int
        Articles of the groups, copies not counted.
    spread : float
        Standard deviation of the logarithms of the articles' lengths.
    length : float
        Mean length of the first group's articles over that of the second's.
    burst : float
        s of the variance m + m²/s that counts of mean m have: the smaller, the burstier. 2 is a word of every day, 0.3 one that
        an article has often or not at all.
    copied : float
        Share of the first group's articles that have a copy, and as many of the second's; half of the copies are in the other
        group.
    burst_second : float
        The same as ``burst`` of the second group; 0 if it is the same number.
    words : float
        Mean words of the second group's articles.

    Raises
    ------
    FramelensError
        A number is out of range.

    Examples
    --------
    >>> Design(12, 40, spread=0.5).name
    '12 : 40 | 0.5 | 1 | m + m²/2'
    >>> Design(12, 40).replace(burst=0.3, copied=0.25, words=700).name
    '12 : 40 | 0.5 | 1 | m + m²/0.3, 25% copied, 700 words'
    """

    n_first: int
    n_second: int
    spread: float = 0.5
    length: float = 1.0
    burst: float = 2.0
    copied: float = 0.0
    burst_second: float = 0.0
    words: float = WORDS

    def __post_init__(self) -> None:
        for name in ("n_first", "n_second"):
            object.__setattr__(self, name, whole(name, getattr(self, name), 1))
        above, least = ("length", "burst", "words"), ("spread", "copied", "burst_second")
        for name in (*above, *least):
            value = getattr(self, name)
            if not (np.isfinite(value) and (value > 0 or (value == 0 and name in least))):
                raise FramelensError(f"{name} is {'0 or more' if name in least else 'above 0'}, not {value!r}.")
        if self.copied > 1:
            raise FramelensError(f"copied is a share of articles, between 0 and 1, not {self.copied!r}.")

    @property
    def name(self) -> str:
        """The words of the tables, from articles to variance; draws of one seed differ by it."""
        copies = f", {self.copied:.0%} copied" if self.copied else ""
        other = f" and m + m²/{self.burst_second:g}" if self.burst_second else ""
        words = f", {self.words:g} words" if self.words != WORDS else ""
        groups = f"{self.n_first} : {self.n_second} | {self.spread:g} | {self.length:g}"
        return f"{groups} | m + m²/{self.burst:g}{other}{copies}{words}"

    def replace(self, **changes: Any) -> Design:
        """Return the design with other numbers, as ``design.replace(n_first=30)``."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Articles:
    """Articles that were drawn: counts (articles × terms), sizes, whether of the first group, clusters of copies."""

    counts: Floats
    sizes: Floats
    first: NDArray[np.bool_]
    clusters: NDArray[np.int64]


def draw_articles(design: Design, rng: np.random.Generator, *, ratio: float = 1.0, n_terms: int = 100) -> Articles:
    r"""Draw the articles of one comparison; every tenth term has ``ratio`` times the rate in the first group.

    Lengths are log-normal, rounded, of at least 20 words. Each term has a rate between 0.3 and 10 per 1,000 words (evenly in
    logarithms); an article of x words has Poisson counts of a gamma mean, which is the negative binomial distribution of mean
    :math:`m = r x` and variance :math:`m + m^2 / s`. Terms are independent of one another.

    Parameters
    ----------
    design : Design
    rng : numpy.random.Generator
    ratio : float
        Of the rates of terms 0, 10, 20, …, above 0; 1 for no difference.
    n_terms : int

    Returns
    -------
    Articles
        Copies stand behind the articles that they are of, in their clusters.

    Raises
    ------
    FramelensError
        The ratio is not above 0, or there is no term.

    Examples
    --------
    >>> drawn = draw_articles(Design(20, 30, copied=0.2), np.random.default_rng(1))
    >>> drawn.counts.shape, int(drawn.first.sum()), len(set(drawn.clusters.tolist()))
    ((58, 100), 24, 50)
    """
    if not (ratio > 0 and np.isfinite(ratio)):
        raise FramelensError(f"ratio is above 0 (1 for no difference), not {ratio!r}.")
    n, n_terms = design.n_first + design.n_second, whole("n_terms", n_terms, 1)
    first = np.arange(n) < design.n_first
    median = np.where(first, design.words * design.length, design.words) * np.exp(-design.spread**2 / 2)
    sizes = np.maximum(_SHORTEST, np.round(median * rng.lognormal(0, design.spread, n)))
    rates = np.exp(rng.uniform(np.log(RATES[0]), np.log(RATES[1]), n_terms)) * np.ones((n, 1))
    rates[np.ix_(first, np.arange(n_terms) % PLANTED == 0)] *= ratio
    means = sizes[:, None] * rates
    burst = np.where(first, design.burst, design.burst_second or design.burst)[:, None]
    counts = rng.poisson(rng.gamma(burst, means / burst)).astype(float)
    rows, sides = [np.arange(n)], [first]
    for side in (first, ~first):
        elsewhere, at_home = np.array_split(np.flatnonzero(side)[:int(design.copied * design.n_first)], 2)
        rows += [elsewhere, at_home]
        sides += [~side[elsewhere], side[at_home]]
    which = np.concatenate(rows)
    return Articles(counts[which], sizes[which], np.concatenate(sides), which)
