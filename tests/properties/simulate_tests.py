"""How often tests of rates cry wolf, and how often they find what is there: two groups of articles whose rates are known.

    PYTHONPATH=analysis python tests/properties/simulate_tests.py            # print the tables
    PYTHONPATH=analysis python tests/properties/simulate_tests.py --write    # put them into docs/methods/statistics.md

Counts are negative binomial, so that articles differ in their own rate of a word; lengths are log-normal, and those of the
first group may be shorter. Every test looks at the same terms: those that framelens tests.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from framelens.stats.distance import distance_test
from framelens.stats.permutation import MIN_EXPECTED, permutation_test
from framelens.stats.simulation import TESTS, Design, TestRates, draw_articles, simulate_tests

sys.path.insert(0, str(Path(__file__).parent))
from tables import show

TERMS, RESAMPLES, SEED = 100, 1000, 20220106
COMPARISONS, DISTANCES, PLANTED_COMPARISONS, MANY = 240, 960, 30, 500  # a third of these where there are many articles
GROUPS = ((10, 10), (20, 20), (50, 50), (150, 150), (110, 10), (10, 110), (132, 792))


CELLS = (*(Design(*n, spread, length, burst) for n in GROUPS for spread in (0.5, 1.2) for length in (1, 0.4)
           for burst in (2, 0.3)),
         *(Design(*n, 0.5, 1, 2, copied=0.3) for n in ((20, 20), (50, 50), (132, 792))))
UNLIKE = tuple(Design(*n, spread, 1, 0.3, burst_second=2) for n in GROUPS for spread in (0.5, 1.2))


def simulate(cell: Design, *, ratio: float = 1.0, comparisons: int = COMPARISONS) -> TestRates | None:
    """Draw as many comparisons as the tables have of such a design."""
    return simulate_tests(cell, ratio=ratio, comparisons=comparisons // 3 if cell.n_first + cell.n_second > MANY else comparisons,
                          n_resamples=RESAMPLES, seed=SEED)


def null_lines(cells: tuple[Design, ...] = CELLS) -> Iterator[str]:
    """Write the table of comparisons in which nothing differs."""
    yield ("| articles | log length SD | length of the first | variance | terms tested | **framelens** | any max-T | "
           + " | ".join(TESTS[1:]) + " |")
    yield "| --- | --: | --: | --- | --: |" + " --: |" * (1 + len(TESTS))
    for cell in cells:
        r = simulate(cell)
        if r is None or r.tested < 0.01:
            yield f"| {cell.name} | 0% | refused |" + " – |" * len(TESTS)
            continue
        others = " | ".join(f"{r.false_positives[t]:.1%}, {r.any_keyword[t]:.0%}" for t in TESTS[1:])
        ours = f"**{r.false_positives['framelens']:.1%}, {r.any_keyword['framelens']:.1%}** | {r.any_max:.1%}"
        yield f"| {cell.name} | {r.tested:.0%} | {ours} | {others} |"


def power_lines() -> Iterator[str]:
    """Write the table of comparisons in which a tenth of the terms differs, by a ratio of 2 and of 3."""
    yield ("| articles | log length SD | length of the first | variance | ratio | **framelens** | interval holds it | "
           + " | ".join(TESTS[1:]) + " |")
    yield "| --- | --: | --: | --- | --: |" + " --: |" * (1 + len(TESTS))
    for cell in CELLS:
        for ratio in (2, 3):
            r = simulate(cell, ratio=ratio, comparisons=PLANTED_COMPARISONS)
            if r is not None and r.tested >= 0.01:
                others = " | ".join(f"{r.power[t]:.0%}, {r.power_bh[t]:.0%}" for t in TESTS[1:])
                held = "–" if np.isnan(r.interval_holds) else f"{r.interval_holds:.1%}"
                yield (f"| {cell.name} | {ratio} | **{r.power['framelens']:.0%}, {r.power_bh['framelens']:.0%}** | "
                       f"{held} | {others} |")


def refused_lines() -> Iterator[str]:
    """Write what would be found, where nothing differs, in the terms that framelens does not test."""
    yield "| articles | log length SD | length of the first | variance | why not tested | terms | p ≤ .05 if tested |"
    yield "| --- | --: | --: | --- | --- | --: | --: |"
    for cell in (*(Design(*n, 0.5, 0.4, burst) for n in ((5, 5), (5, 50), *GROUPS) for burst in (2, 0.3)),
                 *(Design(*n, 0.5, 1, 2) for n in ((5, 5), (5, 50)))):
        rng = np.random.default_rng([SEED, *cell.name.encode()])
        p: dict[str, list[float]] = {}
        for _ in range(COMPARISONS // 6):
            d = draw_articles(cell, rng)
            ours = permutation_test(d.counts, d.sizes, d.first, n_resamples=RESAMPLES // 2 - 1, allow_small_n=True)
            for reason, value, expected in zip(ours.reason, ours.p, ours.expected, strict=True):
                if reason.startswith("below") or expected >= MIN_EXPECTED:
                    p.setdefault(reason, []).append(value)
        for reason in sorted(r for r in p if r and len(p[r]) >= TERMS):
            share = float(np.mean(np.array(p[reason]) <= 0.05))
            yield f"| {cell.name} | {reason} | {len(p[reason]):,} | {share:.1%} |"


def distance_lines() -> Iterator[str]:
    """Write how often articles of one vocabulary are found to lie apart."""
    names = ("Jensen-Shannon distance", "cosine")  # the divergence is the square of its root: the same test
    yield "| articles | log length SD | length of the first | variance | tested | " + " | ".join(names) + " |"
    yield "| --- | --: | --: | --- | --: |" + " --: |" * len(names)
    for cell in (Design(*n, spread, length, 0.3) for n in GROUPS[:-1] for spread in (0.5, 1.2) for length in (1, 0.4)):
        rng = np.random.default_rng([SEED, *cell.name.encode()])
        found = []
        for _ in range(DISTANCES):
            d = draw_articles(cell, rng)
            found.append([distance_test(d.counts, d.first, distance=name, n_resamples=199, seed=int(rng.integers(1 << 31))).p
                          for name in names])
        tested = ~np.isnan(found).any(1)
        shares = np.mean(np.array(found)[tested] <= 0.05, axis=0) if tested.mean() >= 0.1 else [np.nan] * len(names)
        yield f"| {cell.name} | {tested.mean():.0%} | " + " | ".join("–" if np.isnan(s) else f"{s:.1%}" for s in shares) + " |"


if __name__ == "__main__":
    show(distance_lines(), "distances")
    show(refused_lines(), "refused")
    show(null_lines(), "null")
    show(null_lines(UNLIKE), "unlike")
    show(power_lines(), "power")
