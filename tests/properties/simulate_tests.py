"""How often tests of rates cry wolf, and how often they find what is there: two groups of articles whose rates are known.

    PYTHONPATH=analysis python tests/properties/simulate_tests.py            # print the tables
    PYTHONPATH=analysis python tests/properties/simulate_tests.py --write    # put them into docs/methods/statistics.md

Counts are negative binomial, so that articles differ in their own rate of a word; lengths are log-normal, and those of the
first group may be shorter. Every test looks at the same terms: those that framelens tests.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framelens.stats.distance import distance_test
from framelens.stats.multiplicity import adjust
from framelens.stats.permutation import MIN_EXPECTED, permutation_test
from framelens.stats.rates import RATE_TESTS, rate_test

sys.path.insert(0, str(Path(__file__).parent))
from tables import show
from token_tests import token_tests

TERMS, RESAMPLES, SEED = 100, 1000, 20220106
COMPARISONS, PLANTED_COMPARISONS, MANY = 240, 30, 500  # a third of these where there are many articles
GROUPS = ((10, 10), (20, 20), (50, 50), (150, 150), (110, 10), (10, 110), (132, 792))
TESTS = ("framelens", "G2", "chi2", *RATE_TESTS)


@dataclass(frozen=True)
class Cell:
    """Two groups: their articles, the spread of log lengths, how long the first group's are, burstiness, copies."""

    n_first: int
    n_second: int
    spread: float
    length: float
    burst: float
    copied: float = 0.0
    burst_second: float = 0.0  # of the second group, if it is another

    @property
    def name(self) -> str:
        """The words of the table."""
        copies = f", {self.copied:.0%} copied" if self.copied else ""
        other = f" and m + m²/{self.burst_second:g}" if self.burst_second else ""
        return f"{self.n_first} : {self.n_second} | {self.spread:g} | {self.length:g} | m + m²/{self.burst:g}{other}{copies}"


CELLS = (*(Cell(*n, spread, length, burst) for n in GROUPS for spread in (0.5, 1.2) for length in (1, 0.4)
           for burst in (2, 0.3)),
         *(Cell(*n, 0.5, 1, 2, copied=0.3) for n in ((20, 20), (50, 50), (132, 792))))
UNLIKE = tuple(Cell(*n, spread, 1, 0.3, burst_second=2) for n in GROUPS for spread in (0.5, 1.2))


@dataclass(frozen=True)
class Draw:
    """Counts, sizes, the first group, clusters."""

    counts: np.ndarray
    sizes: np.ndarray
    first: np.ndarray
    clusters: np.ndarray


def draw(rng: np.random.Generator, cell: Cell, ratio: float) -> Draw:
    """Draw the articles of one comparison; every tenth term has ``ratio`` times the rate in the first group.

    Where texts are copied, that share of the first group's articles and as many of the second's have a copy, half of them
    in the other group and half in their own.
    """
    n = cell.n_first + cell.n_second
    first = np.arange(n) < cell.n_first
    median = np.where(first, 400 * cell.length, 400) * np.exp(-cell.spread**2 / 2)
    sizes = np.maximum(20, np.round(median * rng.lognormal(0, cell.spread, n)))
    rates = np.exp(rng.uniform(np.log(3e-4), np.log(1e-2), TERMS)) * np.ones((n, 1))
    rates[np.ix_(first, np.arange(TERMS) % 10 == 0)] *= ratio
    means = sizes[:, None] * rates
    burst = np.where(first, cell.burst, cell.burst_second or cell.burst)[:, None]
    counts = rng.poisson(rng.gamma(burst, means / burst)).astype(float)
    rows, sides = [np.arange(n)], [first]
    for side in (first, ~first):
        elsewhere, at_home = np.array_split(np.flatnonzero(side)[: int(cell.copied * cell.n_first)], 2)
        rows += [elsewhere, at_home]
        sides += [~side[elsewhere], side[at_home]]
    which = np.concatenate(rows)
    return Draw(counts[which], sizes[which], np.concatenate(sides), which)


@dataclass(frozen=True)
class Result:
    """Of a cell: the share of terms tested; by test of those without a difference p ≤ .05, comparisons with any BH hit.

    Of the planted terms: the share of p ≤ .05, of BH hits and of intervals that hold the ratio.
    """

    tested: float
    wrong: dict[str, float]
    any_hit: dict[str, float]
    any_max: float
    found: dict[str, float]
    found_bh: dict[str, float]
    covered: float


def simulate(cell: Cell, *, ratio: float = 1.0, comparisons: int = COMPARISONS, seed: int = SEED) -> Result | None:
    """Draw comparisons and count what each test says; None where framelens refuses them all."""
    rng = np.random.default_rng([seed, *cell.name.encode()])
    comparisons = comparisons // 3 if cell.n_first + cell.n_second > MANY else comparisons
    tested, maxes, covered = [], [], []
    p_all, q_all = ({name: [] for name in TESTS} for _ in range(2))
    planted = []
    for _ in range(comparisons):
        d = draw(rng, cell, ratio)
        ours = permutation_test(d.counts, d.sizes, d.first, clusters=d.clusters, n_resamples=RESAMPLES,
                                seed=int(rng.integers(1 << 31)))
        fit = np.flatnonzero(~np.isnan(ours.p))
        tested.append(len(fit) / TERMS)
        if not len(fit):
            continue
        p = {"framelens": ours.p, **token_tests(d.counts, d.sizes, d.first),
             **{m: rate_test(d.counts, d.sizes, d.first, method=m)[1] for m in RATE_TESTS}}
        for name in TESTS:
            at = np.nan_to_num(p[name][fit], nan=1.0)
            p_all[name].append(at)
            q_all[name].append(adjust(ours.p_bh[fit] if name == "framelens" else at))
        maxes.append(ours.p_max[fit].min() <= 0.05)
        differs = fit % 10 == 0
        planted.append(differs)
        inside = (ours.low[fit] <= np.log2(ratio)) & (np.log2(ratio) <= ours.high[fit])
        # Copies carry the rate of where they came from: the ratio of the groups is no longer the planted one.
        covered.append(np.where(np.isnan(ours.low[fit]) | (cell.copied > 0), np.nan, inside))
    if not planted:
        return None
    null = [np.ones_like(d) if ratio == 1 else ~d for d in planted]
    share = {name: float(np.mean(np.concatenate([p[k] for p, k in zip(p_all[name], null, strict=True)]) <= 0.05))
             for name in TESTS}
    any_hit = {name: float(np.mean([(q[k] <= 0.05).any() for q, k in zip(q_all[name], null, strict=True)])) for name in TESTS}
    found, found_bh = ({name: float(np.mean(np.concatenate([v[d] for v, d in zip(values[name], planted, strict=True)]) <= 0.05))
                        for name in TESTS} for values in (p_all, q_all))
    held = float(np.mean(np.concatenate([c[d] for c, d in zip(covered, planted, strict=True)])))
    return Result(float(np.mean(tested)), share, any_hit, float(np.mean(maxes)), found, found_bh, held)


def null_lines(cells: tuple[Cell, ...] = CELLS) -> Iterator[str]:
    """Write the table of comparisons in which nothing differs."""
    yield ("| articles | log length SD | length of the first | variance | terms tested | **framelens** | any max-T | "
           + " | ".join(TESTS[1:]) + " |")
    yield "| --- | --: | --: | --- | --: |" + " --: |" * (1 + len(TESTS))
    for cell in cells:
        r = simulate(cell)
        if r is None or r.tested < 0.01:
            yield f"| {cell.name} | 0% | refused |" + " – |" * len(TESTS)
            continue
        others = " | ".join(f"{r.wrong[t]:.1%}, {r.any_hit[t]:.0%}" for t in TESTS[1:])
        ours = f"**{r.wrong['framelens']:.1%}, {r.any_hit['framelens']:.1%}** | {r.any_max:.1%}"
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
                others = " | ".join(f"{r.found[t]:.0%}, {r.found_bh[t]:.0%}" for t in TESTS[1:])
                held = "–" if np.isnan(r.covered) else f"{r.covered:.1%}"
                yield (f"| {cell.name} | {ratio} | **{r.found['framelens']:.0%}, {r.found_bh['framelens']:.0%}** | "
                       f"{held} | {others} |")


def refused_lines() -> Iterator[str]:
    """Write what would be found, where nothing differs, in the terms that framelens does not test."""
    yield "| articles | log length SD | length of the first | variance | why not tested | terms | p ≤ .05 if tested |"
    yield "| --- | --: | --: | --- | --- | --: | --: |"
    for cell in (*(Cell(*n, 0.5, 0.4, burst) for n in ((5, 5), (5, 50), *GROUPS) for burst in (2, 0.3)),
                 *(Cell(*n, 0.5, 1, 2) for n in ((5, 5), (5, 50)))):
        rng = np.random.default_rng([SEED, *cell.name.encode()])
        p: dict[str, list[float]] = {}
        for _ in range(COMPARISONS // 6):
            d = draw(rng, cell, 1.0)
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
    for cell in (Cell(*n, spread, length, 0.3) for n in GROUPS[:-1] for spread in (0.5, 1.2) for length in (1, 0.4)):
        rng = np.random.default_rng([SEED, *cell.name.encode()])
        found = []
        for _ in range(COMPARISONS):
            d = draw(rng, cell, 1.0)
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
