"""Checks that the statistics share: arrays of finite numbers in one order, labels, and options by name."""

from __future__ import annotations

from itertools import combinations
from operator import index
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from framelens.errors import FramelensError

__all__ = ["Floats", "aligned", "codes_of", "counts_by_part", "flag", "numbers", "one_of", "whole"]

Floats = NDArray[np.float64]


def one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    """Refuse an option that is not among the allowed names."""
    if value not in allowed:
        raise FramelensError(f"{name} is one of {', '.join(allowed)}, not {value!r}.")


def flag(name: str, value: object) -> bool:
    """Refuse what is neither True nor False: any text would count as True."""
    if not isinstance(value, bool | np.bool_):
        raise FramelensError(f"{name} is True or False, not {value!r}.")
    return bool(value)


def whole(name: str, value: Any, least: int) -> int:
    """Refuse what is no whole number, or too small a one."""
    try:
        number = index(value)
    except TypeError:
        number = least - 1
    if number < least:
        raise FramelensError(f"{name} is at least {least}, a whole number, not {value!r}.")
    return number


def aligned(**arrays: Any) -> None:
    """Refuse pandas objects whose rows stand in another order: only positions count here, labels would be lost unseen.

    Objects of other labels are refused, too, unless one of them is merely numbered from 0.
    """
    labelled = [(name, array.index) for name, array in arrays.items() if hasattr(array, "iloc")]
    for (one, first), (other, second) in combinations(labelled, 2):
        if len(first) != len(second) or first.equals(second):
            continue  # other lengths are refused where the shapes are
        plain = any(np.array_equal(np.asarray(labels), np.arange(len(labels))) for labels in (first, second))
        if not plain or first.isin(second).all():
            raise FramelensError(f"{one} and {other} have other labels, or the same in another order ({first[0]!r} stands first "
                                 f"in {one}, {second[0]!r} in {other}). Bring them into one order (by reindex), or give arrays.")


def codes_of(labels: ArrayLike, name: str) -> NDArray[np.int64]:
    """Number labels in their order; each must be there, for a missing one is no label that others share."""
    given = np.asarray(labels)
    missing = np.array([value is None or type(value).__name__ in ("NAType", "NaTType") or value != value
                        for value in given.ravel()], bool) if given.dtype == object else given.ravel() != given.ravel()
    if missing.any():
        raise FramelensError(f"{name}: entry {int(np.argmax(missing))} is missing. Give every article one; what is alone gets a "
                             "label of its own.")
    try:
        return np.unique(given, return_inverse=True)[1].reshape(given.shape).astype(np.int64)
    except TypeError as error:
        raise FramelensError(f"{name} mixes text and numbers: write all labels in one way.") from error


def numbers(values: ArrayLike, name: str, what: str = "counts") -> Floats:
    """Return an array of finite numbers that are not negative; name the first that is not."""
    given: Any = values
    try:
        array = np.asarray(given.toarray() if sparse.issparse(given) else given, float)
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
    aligned(**{f"counts{suffix}": counts, f"sizes{suffix}": sizes})
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
