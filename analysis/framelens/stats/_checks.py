"""Checks that the statistics share: arrays of finite numbers, and options by name."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framelens.errors import FramelensError

__all__ = ["Floats", "counts_by_part", "numbers", "one_of"]

Floats = NDArray[np.float64]


def one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    """Refuse an option that is not among the allowed names."""
    if value not in allowed:
        raise FramelensError(f"{name} is one of {', '.join(allowed)}, not {value!r}.")


def numbers(values: ArrayLike, name: str, what: str = "counts") -> Floats:
    """Return an array of finite numbers that are not negative; name the first that is not."""
    try:
        array = np.asarray(values, float)
    except (TypeError, ValueError) as error:
        raise FramelensError(f"{name} holds something that is no number: {what} are finite numbers, 0 or more.") from error
    bad = ~np.isfinite(array) | (array < 0)
    if bad.any():
        place: Any = np.argwhere(bad)[0].tolist()
        where = ", ".join(map(str, place)) or "itself"
        raise FramelensError(f"{name}: entry {where} is {array[tuple(place)]:g}; {what} are finite and not negative "
                             "(0 where nothing occurs).")
    return array


def counts_by_part(counts: ArrayLike, sizes: ArrayLike, suffix: str = "") -> tuple[Floats, Floats]:
    """Return counts (articles × terms) and sizes of the articles that have words.

    Raises
    ------
    FramelensError
        Shapes do not fit, an article counts a term more often than it has words, or no article has words.
    """
    y, x = numbers(counts, f"counts{suffix}"), numbers(sizes, f"sizes{suffix}", "sizes")
    y = y[:, None] if y.ndim == 1 else y
    if y.ndim != 2 or x.ndim != 1 or len(y) != len(x):
        raise FramelensError(f"counts{suffix} {y.shape} and sizes{suffix} {x.shape} do not fit: counts are articles × terms "
                             "(or one column), sizes the words of each article.")
    most = y.max(1, initial=0)
    if (most > x).any():
        row = int(np.argmax(most > x))
        raise FramelensError(f"Article {row} has {x[row]:g} words in sizes{suffix} but counts a term {most[row]:g} times: "
                             "sizes are the words of each whole article, in the order of counts.")
    if not x.any():
        raise FramelensError(f"sizes{suffix} has no article with words; give at least one.")
    return (y, x) if x.all() else (y[x > 0], x[x > 0])
