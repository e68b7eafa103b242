"""The two-by-two table of each term: its count and all other words, in a and in b."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from framelens.errors import FramelensError
from framelens.stats._checks import Floats, aligned, numbers

__all__ = ["Table", "read_table"]


@dataclass(frozen=True)
class Table:
    """Counts of terms in two groups and the words of each group."""

    a: Floats
    b: Floats
    total_a: float
    total_b: float

    @property
    def total(self) -> float:
        """Words of both groups."""
        return self.total_a + self.total_b

    @property
    def occurs(self) -> Floats:
        """1 for terms that occur in either group, NaN for the others: nothing is known of them."""
        return np.where(self.a + self.b > 0, 1.0, np.nan)

    @property
    def expected(self) -> Floats:
        """Expected counts, cells × terms: the term in a, in b, other words in a, in b."""
        term, rest = self.a + self.b, self.total - self.a - self.b
        return np.stack([term * self.total_a, term * self.total_b, rest * self.total_a, rest * self.total_b]) / self.total

    @property
    def deviation(self) -> Floats:
        """Observed less expected count of the term in a; the other cells deviate by as much, up or down.

        Taken from the cross product, so that it is exact where observed minus expected would lose its digits.
        """
        return (self.a * self.total_b - self.b * self.total_a) / self.total


def read_table(a: ArrayLike, b: ArrayLike, total_a: float | None, total_b: float | None) -> Table:
    """Check two count vectors and their totals.

    Raises
    ------
    FramelensError
        A count is negative or not finite, the vectors differ in length or (of pandas) in their labels, a total is 0 or
        smaller than a count.
    """
    aligned(a=a, b=b)
    a, b = (np.atleast_1d(numbers(counts, name)) for counts, name in ((a, "a"), (b, "b")))
    if a.ndim != 1 or a.shape != b.shape:
        raise FramelensError(f"a has the shape {a.shape}, b {b.shape}: both are one count per term over the same vocabulary, "
                             "0 where a term does not occur.")
    return Table(a, b, _total(a, total_a, "a"), _total(b, total_b, "b"))


def _total(counts: Floats, given: float | None, name: str) -> float:
    total = float(counts.sum()) if given is None else float(numbers(given, f"total_{name}", "totals"))
    largest = counts.max(initial=0)
    if total < largest:
        raise FramelensError(f"total_{name} is {total:g}, less than the count {largest:g} of term {int(counts.argmax())}: it is "
                             f"the number of words of the whole group. Leave it out to take the sum of {name}.")
    if total == 0:
        raise FramelensError(f"{name} has no words at all: give counts, or total_{name} if none of these terms occur in it.")
    return total
