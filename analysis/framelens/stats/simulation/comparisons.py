"""How often tests of rates cry wolf, and how often they find what is there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from framelens.stats._checks import Floats, whole
from framelens.stats.association import chi_squared, log_likelihood, log_odds, scaled_prior
from framelens.stats.multiplicity import adjust
from framelens.stats.permutation import permutation_test
from framelens.stats.rates import RATE_TESTS, rate_test
from framelens.stats.simulation.articles import PLANTED, Design, draw_articles

__all__ = ["TESTS", "TestRates", "simulate_tests", "word_tests"]

TESTS = ("framelens", "G2", "chi2", *RATE_TESTS)
LEVEL = 0.05
_PRIOR = 500  # words of the informative prior, spread as the pooled counts are


@dataclass(frozen=True)
class TestRates:
    """How often tests found something, by the name of the test.

    Attributes
    ----------
    tested : float
        Share of the terms that framelens tests; every test is asked of these alone.
    false_positives, any_keyword : dict of str to float
        Of terms without a difference those of p ≤ .05; and the comparisons in which Benjamini and Hochberg find any at .05.
    any_max : float
        The comparisons in which framelens' max-T p of any term is .05 or less.
    power, power_bh : dict of str to float
        Of terms with a difference those of p ≤ .05, and those that Benjamini and Hochberg find.
    interval_holds : float
        Of terms with a difference the intervals of framelens that hold the ratio; NaN where there is none, or there are copies,
        which carry the rate of where they came from.
    """

    __test__ = False  # no test of pytest's

    tested: float
    false_positives: dict[str, float]
    any_keyword: dict[str, float]
    any_max: float
    power: dict[str, float]
    power_bh: dict[str, float]
    interval_holds: float


def word_tests(counts: Floats, sizes: Floats, first: NDArray[np.bool_]) -> dict[str, Floats]:
    """Return the p-values of G² and chi-squared over four cells and of the log-odds z (Monroe et al. 2008), by term.

    These are the ordinary keyness tests, for which every word is an independent draw. All other words count as one term more,
    so that counts add up to the words of each group.

    Parameters
    ----------
    counts : ndarray, articles × terms
    sizes : ndarray
        Words of each article.
    first : ndarray of bool
        Whether the article is of the first group.

    Returns
    -------
    dict of str to ndarray
        "G2", "chi2" and "log-odds z".

    Examples
    --------
    >>> found = word_tests(np.array([[8.0], [1.0]]), np.array([200.0, 200.0]), np.array([True, False]))
    >>> {name: round(float(p[0]), 4) for name, p in found.items()}
    {'G2': 0.0119, 'chi2': 0.0183, 'log-odds z': 0.206}
    """
    a, b = (np.append(hits := counts[group].sum(0), sizes[group].sum() - hits.sum()) for group in (first, ~first))
    with np.errstate(all="ignore"):
        z = log_odds(a, b, scaled_prior(a + b, sigma=_PRIOR), variance="two").z
    p = {"G2": log_likelihood(a, b).p, "chi2": chi_squared(a, b).p, "log-odds z": 2 * ndtr(-np.abs(z))}
    return {name: values[:-1] for name, values in p.items()}


def simulate_tests(design: Design, *, ratio: float = 1.0, comparisons: int = 240, n_resamples: int = 1000,
                   seed: int = 20220106) -> TestRates | None:
    """Draw comparisons of a design and count what each test says of them.

    Parameters
    ----------
    design : Design
    ratio : float
        Of the rates of every tenth term; 1: nothing differs.
    comparisons : int
        The error of a share p of them is the root of p (1 − p) / comparisons: 1.4 points of 5 % at 240.
    n_resamples : int
        Of the permutation test, at least 99.
    seed : int
        With the design's name it makes the stream: designs are independent, calls alike.

    Returns
    -------
    TestRates or None
        None where framelens refuses all comparisons.

    Raises
    ------
    FramelensError
        A number is out of range.

    Examples
    --------
    >>> found = simulate_tests(Design(20, 20, burst=0.3), comparisons=10, n_resamples=199)
    >>> found.false_positives["framelens"] < 0.1 < 0.3 < found.false_positives["G2"]
    True
    >>> simulate_tests(Design(5, 20), comparisons=2) is None
    True
    """
    rng = np.random.default_rng([whole("seed", seed, 0), *design.name.encode()])
    tested, maxes, covered, planted = [], [], [], []
    p_all: dict[str, list[Floats]] = {name: [] for name in TESTS}
    q_all: dict[str, list[Floats]] = {name: [] for name in TESTS}
    for _ in range(whole("comparisons", comparisons, 1)):
        d = draw_articles(design, rng, ratio=ratio)
        ours = permutation_test(d.counts, d.sizes, d.first, clusters=d.clusters, n_resamples=n_resamples,
                                seed=int(rng.integers(1 << 31)))
        fit = np.flatnonzero(~np.isnan(ours.p))
        tested.append(len(fit) / len(ours.p))
        if not len(fit):
            continue
        p = {"framelens": ours.p, **word_tests(d.counts, d.sizes, d.first),
             **{m: rate_test(d.counts, d.sizes, d.first, method=m)[1] for m in RATE_TESTS}}
        for name in TESTS:
            at = np.nan_to_num(p[name][fit], nan=1.0)
            p_all[name].append(at)
            q_all[name].append(adjust(ours.p_bh[fit] if name == "framelens" else at))
        maxes.append(ours.p_max[fit].min() <= LEVEL)
        planted.append(fit % PLANTED == 0)
        inside = (ours.low[fit] <= np.log2(ratio)) & (np.log2(ratio) <= ours.high[fit])
        covered.append(np.where(np.isnan(ours.low[fit]) | (design.copied > 0), np.nan, inside))
    if not planted:
        return None
    null = [np.ones_like(d) if ratio == 1 else ~d for d in planted]
    wrong = {name: _share([p[k] for p, k in zip(p_all[name], null, strict=True)]) for name in TESTS}
    any_hit = {name: float(np.mean([(q[k] <= LEVEL).any() for q, k in zip(q_all[name], null, strict=True)])) for name in TESTS}
    power, power_bh = ({name: _share([v[d] for v, d in zip(values[name], planted, strict=True)]) for name in TESTS}
                       for values in (p_all, q_all))
    held = np.concatenate([c[d] for c, d in zip(covered, planted, strict=True)])
    return TestRates(float(np.mean(tested)), wrong, any_hit, float(np.mean(maxes)), power, power_bh,
                     float(np.mean(held)) if len(held) else np.nan)


def _share(values: list[Floats]) -> float:
    """Return the share of p or q that is .05 or less; NaN of none."""
    every = np.concatenate(values)
    return float(np.mean(every <= LEVEL)) if len(every) else np.nan
