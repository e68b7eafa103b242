"""How often the model of rates at like events holds the truth where it is known.

    PYTHONPATH=analysis python tests/properties/simulate_models.py            # print the table
    PYTHONPATH=analysis python tests/properties/simulate_models.py --write    # put it into docs/methods/comparisons.md

Two outlets of one rate report events that differ in theirs (log SD .7); the second reports the rich ones more often. Articles
have some 400 words (log SD .5 or 1.2) and over-dispersed counts; a tenth of the smaller outlet's are copies across both.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framelens.stats.clusters import few_of
from framelens.stats.poisson import MIN_DF, rate_model
from framelens.stats.simulation import overdispersed

sys.path.insert(0, str(Path(__file__).parent))
from tables import show

TRIALS, SEED = 1000, 20220110
GROUPS = ((10, 10), (20, 20), (50, 50), (110, 10))
CELLS = tuple((events, *cell) for events in (1, 5, 20) for cell in ((5, 1, 0.5), (20, 0.3, 1.2)))


@dataclass(frozen=True)
class Result:
    """How many trials get an interval, how many of these hold the truth, and its width; without events, how many hold it."""

    given: float
    held: float
    width: float
    plain: float


def draw(rng: np.random.Generator, groups: tuple[int, int], events: int, per_1000: float, size: float,
         spread: float) -> tuple[np.ndarray, ...]:
    """Draw hits, words, outlet, event and cluster of each article."""
    group = np.repeat([0, 1], groups)
    effect = np.sort(rng.normal(0, 0.7, events))
    chance = np.array([np.full(events, 1.0), 1.0 + np.arange(events)])
    event = np.array([rng.choice(events, p=chance[g] / chance[g].sum()) for g in group])
    words = np.round(rng.lognormal(np.log(400) - spread**2 / 2, spread, len(group))) + 20
    hits = overdispersed(rng, per_1000 * words / 1000 * np.exp(effect[event]), size, (len(group),))
    cluster, copied = np.arange(len(group)), min(groups) // 10
    for source in range(copied):  # the second outlet prints it as well
        copy = groups[0] + source
        hits[copy], words[copy], event[copy], cluster[copy] = hits[source], words[source], event[source], source
    return hits, words, group, event, cluster


def enough(hits: np.ndarray, group: np.ndarray, cluster: np.ndarray, used: np.ndarray) -> bool:
    """Apply the rule of the measures: 10 clusters, 5 hits in 5 of them, on both sides of what is in the model."""
    for side in (0, 1):
        rows = used & (group == side)
        found = rows & (hits > 0)
        if len(set(cluster[rows])) < 10 or hits[rows].sum() < 5 or len(set(cluster[found])) < 5:
            return False
    return True


def simulate(groups: tuple[int, int], cell: tuple, *, trials: int = TRIALS, seed: int = SEED, least: int = MIN_DF,
             refuse: bool = True) -> Result:
    """Draw corpora in which the outlets have one rate at each event; without ``refuse``, few clusters against many as well."""
    rng = np.random.default_rng([seed, *groups, *(int(100 * v) for v in cell)])
    held, width, plain = [], [], []
    for _ in range(trials):
        hits, words, group, event, cluster = draw(rng, groups, *cell)
        model = rate_model(hits, words, group, blocks=event, clusters=cluster)
        _, low, high, _ = model.contrast(0, 1)
        fit = model.df[0] >= least and (not few_of(*model.n_clusters) or not refuse)
        if np.isfinite(low) and fit and enough(hits, group, cluster, model.used):
            held.append(low <= 0 <= high)
            width.append((high - low) / np.log(2))
        _, low, high, _ = rate_model(hits, words, group, clusters=cluster).contrast(0, 1)
        if np.isfinite(low):
            plain.append(low <= 0 <= high)
    return Result(len(held) / trials, float(np.mean(held)) if held else np.nan, float(np.median(width)) if width else np.nan,
                  float(np.mean(plain)) if plain else np.nan)


def lines() -> Iterator[str]:
    """Write the table."""
    yield "| articles | events | rate, variance | log length SD | given | **holds 0** | width (log2) | events not held: holds 0 |"
    yield "| --- | --: | --- | --: | --: | --: | --: | --: |"
    for cell in CELLS:
        for groups in GROUPS:
            refused = bool(few_of(*groups))
            r = simulate(groups, cell, refuse=False)
            held, width = (f"{r.held:.1%}", f"{r.width:.2f}") if r.given else ("–", "–")
            yield (f"| {groups[0]} : {groups[1]} | {cell[0]} | {cell[1]:g} per 1,000, m + m²/{cell[2]:g} | {cell[3]:g} | "
                   f"{'refused, else ' if refused else ''}{r.given:.0%} | **{held}** | {width} | {r.plain:.1%} |")


if __name__ == "__main__":
    show(lines(), "models", Path(__file__).parents[2] / "docs" / "methods" / "comparisons.md")
