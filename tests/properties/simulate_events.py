"""How often outlets of one kind are told apart within events, how often its interval holds the truth, and its power.

    PYTHONPATH=analysis python tests/properties/simulate_events.py            # print the table
    PYTHONPATH=analysis python tests/properties/simulate_events.py --write    # put it into docs/methods/labelling.md

Two outlets report the same events. An event moves the share (on the logit scale, SD 1) or the rate (on the log scale) of both
alike; each article has its own share or burst besides. The first outlet has one, two or six articles an event.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import expit

from framelens.measure.events import FEW, TIMES
from framelens.stats.balance import log_balance
from framelens.stats.contrast import ratio_contrasts
from framelens.stats.paired import sign_flip_test
from framelens.stats.simulation import overdispersed

sys.path.insert(0, str(Path(__file__).parent))
from tables import METHODS, show

TRIALS, SEED = 1000, 20220110
EVENTS = (6, 8, 12, 20, 40)
ARTICLES = ((1, 1), (2, 1), (6, 1))
KINDS = ("share, 3 labels an article", "share, 10 labels an article", "rate, 5 per 1,000 words")
EFFECT = 1.0  # on the logit or log scale
RARE = -1.35  # makes a share of .1 of one of .3
_BASE = {"share": -0.85, "rate": np.log(5)}  # a share of .3


@dataclass(frozen=True)
class Result:
    """How many are tested, p ≤ .05 where nothing differs (paired, and over all articles), and power of both."""

    tested: float
    wrong: float
    plain_wrong: float
    power: float
    plain_power: float


def draw(rng: np.random.Generator, kind: str, events: int, articles: tuple[int, int], effect: float, trials: int, *,
         both: bool = False) -> list[tuple[np.ndarray, np.ndarray]]:
    """Draw numerators and denominators by outlet: events × articles × trials; the effect is the first's, or both have it."""
    scale, size = kind.split(",")[0], 10 if "10 labels" in kind else 3
    moved = rng.normal(0, 1 if scale == "share" else 0.5, (events, 1, trials))
    sides = []
    for n, shift in zip(articles, (effect, effect if both else 0.0), strict=True):
        shape = (events, n, trials)
        if scale == "share":
            den = 1 + rng.poisson(size - 1, shape)
            num = rng.binomial(den, expit(_BASE[scale] + moved + shift + rng.normal(0, 0.7, shape)))
        else:
            den = (np.round(rng.lognormal(np.log(400) - 0.125, 0.5, shape)) + 20) / 1000
            num = overdispersed(rng, np.exp(_BASE[scale] + moved + shift) * den, 1.0, shape)
        sides.append((num.astype(float), den.astype(float)))
    return sides


def simulate(kind: str, events: int, articles: tuple[int, int], *, trials: int = TRIALS, seed: int = SEED) -> Result:
    """Draw pairs of outlets, alike and not, and test them by event and as if the articles were of no event."""
    rng = np.random.default_rng([seed, events, *articles, *kind.encode()])
    rates, plain, tested = [], [], []
    for effect in (0.0, EFFECT):
        sides = draw(rng, kind, events, articles, effect, trials)
        one, two = (num.sum(1) / den.sum(1) for num, den in sides)
        found = sign_flip_test(one - two)
        rates.append(np.mean(found.p <= 0.05))
        tested.append(np.isfinite(found.p).mean())
        flat = [tuple(part.reshape(-1, trials) for part in side) for side in sides]
        rows = sum(len(num) for num, _ in flat)
        pads = [np.zeros((rows - len(num), trials)) for num, _ in flat]
        first = tuple(np.concatenate([part, pads[0]]) for part in flat[0])
        second = tuple(np.concatenate([pads[1], part]) for part in flat[1])
        other = ratio_contrasts(first, second, scale=kind.split(",")[0])
        plain.append(np.mean(other.p <= 0.05))
    return Result(tested[0], rates[0], plain[0], rates[1], plain[1])


def lines() -> Iterator[str]:
    """Write the table."""
    yield ("| what | events | articles an event | tested | **p ≤ .05 where nothing differs** | over all articles | "
           "power within events | over all articles |")
    yield "| --- | --: | --: | --: | --: | --: | --: | --: |"
    for kind in KINDS:
        for articles in ARTICLES:
            for events in EVENTS:
                r = simulate(kind, events, articles)
                a, b = articles
                refused = "refused, else " if kind.startswith("rate") and events < FEW and a > TIMES * b else ""
                yield (f"| {kind} | {events} | {a} : {b} | {refused}{r.tested:.0%} | **{r.wrong:.1%}** | {r.plain_wrong:.1%} | "
                       f"{r.power:.0%} | {r.plain_power:.0%} |")


def balance_lines() -> Iterator[str]:
    """Write why balances are not averaged over events: how often outlets of one share, .1, are told apart by that."""
    yield "| labels an article | events | articles an event | mean of balances: p ≤ .05 | mean of shares: p ≤ .05 |"
    yield "| --: | --: | --: | --: | --: |"
    for kind in KINDS[:2]:
        for articles in ((1, 1), (3, 1)):
            for events in (8, 40):
                rng = np.random.default_rng([SEED, events, *articles, *kind.encode()])
                sides = draw(rng, kind, events, articles, RARE, TRIALS, both=True)
                hits, both = zip(*((num.sum(1), den.sum(1)) for num, den in sides), strict=True)
                ways = (lambda y, x: log_balance(y, x - y), lambda y, x: y / x)
                one, two = (np.mean(sign_flip_test(way(hits[0], both[0]) - way(hits[1], both[1])).p <= 0.05) for way in ways)
                yield f"| {kind.split()[1]} | {events} | {articles[0]} : {articles[1]} | {one:.1%} | {two:.1%} |"


if __name__ == "__main__":
    show(balance_lines(), "balances within events", METHODS / "labelling.md")
    show(lines(), "events", METHODS / "labelling.md")
