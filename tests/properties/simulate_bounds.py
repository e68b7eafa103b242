"""How often the bound of a rate of which no hit was found lies below the truth, at the rate where it does most often.

    PYTHONPATH=analysis python tests/properties/simulate_bounds.py            # print the table
    PYTHONPATH=analysis python tests/properties/simulate_bounds.py --write    # put it into docs/methods/estimates.md

Given the lengths of the articles the chance of no hit is known, so that only the lengths are drawn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from framelens.stats.proportion import BURSTY, rate_bounds

sys.path.insert(0, str(Path(__file__).parent))
from tables import METHODS, show

TRIALS, SEED = 4000, 20220109
SIZES, SHAPES, SPREADS = (10, 20, 50), (4, 1, BURSTY, 0.1), (0.5, 1.2, 2)
GRID = np.geomspace(0.5, 50, 60)  # rates tried, in hits over all words of an outlet of average articles


def lengths(rng: np.random.Generator, n: int, spread: float, trials: int) -> np.ndarray:
    """Draw articles of some 400 words (articles × trials)."""
    return np.round(rng.lognormal(np.log(400) - spread**2 / 2, spread, (n, trials))) + 20


def worst(n: int, shape: float, spread: float, bounds=rate_bounds, *, trials: int = TRIALS) -> float:
    """Return how often no hit is found and the bound is below the rate, at the rate where this is most often."""
    size = lengths(np.random.default_rng([SEED, n, int(100 * spread)]), n, spread, trials)
    bound = bounds(size)
    wrong = [((rate > bound) * np.exp(-shape * np.log1p(rate * size / shape).sum(0))).mean() for rate in GRID / (400 * n)]
    return float(max(wrong))


def three(size: np.ndarray) -> np.ndarray:
    """The plain rule of three: words are independent."""
    return -np.log(0.05) / size.sum(0)


def lines() -> Iterator[str]:
    """Write the table."""
    yield "| articles | log length SD | variance | bound below the rate | plain 3 / words |"
    yield "| --: | --: | --- | --: | --: |"
    for n in SIZES:
        for spread in SPREADS:
            for shape in SHAPES:
                ours, plain = worst(n, shape, spread), worst(n, shape, spread, three)
                yield f"| {n} | {spread:g} | m + m²/{shape:g} | **{ours:.1%}** | {plain:.1%} |"


if __name__ == "__main__":
    show(lines(), "bounds", METHODS / "estimates.md")
