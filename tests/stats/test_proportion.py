"""Closed intervals of shares against statsmodels, hand calculation and simulated truth."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from framelens.errors import FramelensError
from framelens.measure._intervals import Measure, refusals
from framelens.stats.bootstrap import ratio_intervals
from framelens.stats.proportion import BURSTY, SHARE_METHODS, rate_bounds, share_intervals
from framelens.stats.simulation import label_rate, label_share, simulate_contrasts, simulate_intervals

RNG = np.random.default_rng(9)
SIZES = 2.0 + RNG.poisson(RNG.gamma(2, 4, 25))
HITS = RNG.binomial(SIZES.astype(int), RNG.beta(1, 6, 25)).astype(float)


# Known answers and other implementations

def test_korn_and_graubard_by_hand():
    # p = 4/16 = .25, v = (3/2)(.25 + 2.25 + 1)/256 = .0205; p(1-p)/v = 9.14 of 16 units, times (2.1314/4.3027)^2
    result = share_intervals([1, 0, 3], [2, 6, 8], method="Korn-Graubard")
    assert result.se[0] ** 2 == pytest.approx(1.5 * 3.5 / 256)
    size = 0.1875 / (1.5 * 3.5 / 256) * (2.13145 / 4.30265) ** 2
    assert result.n_effective[0] == pytest.approx(size, rel=1e-5)
    beta = scipy.stats.beta
    assert result.low[0] == pytest.approx(beta.ppf(0.025, size / 4, size * 3 / 4 + 1), rel=1e-4)
    assert result.high[0] == pytest.approx(beta.ppf(0.975, size / 4 + 1, size * 3 / 4), rel=1e-4)


def test_degrees_of_freedom_count_the_clusters_that_tell():
    # Effective clusters (40)^2 / (4 * 9 + 28^2) = 1.95; clusters with a hit 3, with something else 5.
    def size(num, den, df):
        published = share_intervals(num, den, method="Korn-Graubard").n_effective[0]
        t = scipy.stats.t
        return published * (t.ppf(0.975, len(den) - 1) / t.ppf(0.975, df)) ** 2

    heavy = ([1, 1, 1, 1, 9], [3, 3, 3, 3, 28])
    assert share_intervals(*heavy).n_effective[0] == pytest.approx(size(*heavy, 1))  # 0.95, but at least 1
    rare = ([1, 1, 2, 0, 0, 0], [4] * 6)
    assert share_intervals(*rare).n_effective[0] == pytest.approx(size(*rare, 2))
    common = ([3, 3, 2, 4, 4, 4], [4] * 6)
    assert share_intervals(*common).n_effective[0] == pytest.approx(size(*common, 2))


@pytest.mark.parametrize(("method", "theirs"), [("effective clusters", "beta"), ("Korn-Graubard", "beta"), ("Wilson", "wilson")])
def test_with_effective_n_it_is_statsmodels_interval(method, theirs):
    for level in (0.8, 0.95):
        result = share_intervals(HITS, SIZES, method=method, level=level)
        n = result.n_effective[0]
        low, high = proportion_confint(result.estimate[0] * n, n, alpha=1 - level, method=theirs)
        assert (result.low[0], result.high[0]) == pytest.approx((low, high))


def test_logit_t_is_statsmodels_glm_with_clusters():
    fit = sm.GLM(np.column_stack([HITS, SIZES - HITS]), np.ones((25, 1)), family=sm.families.Binomial()).fit(
        cov_type="cluster", cov_kwds={"groups": np.arange(25), "use_correction": True}, use_t=True)
    result = share_intervals(HITS, SIZES, method="logit-t")
    assert (result.low[0], result.high[0]) == pytest.approx(tuple(1 / (1 + np.exp(-fit.conf_int()[0]))), rel=1e-6)


def test_independent_units_keep_their_number():
    # Clusters of one unit each: v is that of independent draws but for m / (m - 1), so that n* is n − 1.
    hits = np.r_[np.ones(8), np.zeros(32)]
    result = share_intervals(hits, np.ones(40), method="Korn-Graubard")
    assert result.n_effective[0] == pytest.approx(39)
    # twenty clusters that are likelier than chance say no more than their units do
    assert share_intervals([3, 2] * 10, [5] * 20, method="Korn-Graubard").n_effective[0] < 100


def test_nothing_found_is_bounded_by_the_rule_of_three():
    result = share_intervals([0] * 60, [5] * 60)
    assert (result.low[0], result.bound, result.reason) == (0, ("upper",), ("",))
    assert result.n_effective[0] == 60
    assert (1 - result.high[0]) ** 60 == pytest.approx(0.05)  # no hit in 60 clusters has a chance of 5 % there
    assert result.high[0] == pytest.approx(3 / 60, rel=0.03)
    # one article with half of all labels: 4 effective clusters, not 60
    heavy = share_intervals([0] * 60, [59] + [1] * 59)
    assert heavy.n_effective[0] == pytest.approx(118**2 / (59**2 + 59))
    assert heavy.high[0] > 0.5
    every = share_intervals([5] * 60, [5] * 60)
    assert (every.bound, every.high[0]) == (("lower",), 1)
    assert every.low[0] == pytest.approx(1 - result.high[0])


# Degenerate cells and errors

@pytest.mark.parametrize("method", SHARE_METHODS)
@pytest.mark.parametrize(("num", "den", "reason"), [
    ([0, 0], [0, 0], "the denominator is 0"), ([2], [5], "one cluster only"),
    ([1, 1, 1], [3, 3, 3], "no difference between clusters"),
])
def test_degenerate_cells_have_no_interval_but_a_reason(num, den, reason, method):
    result = share_intervals(num, den, method=method)
    assert (result.reason, result.bound) == ((reason,), ("",))
    assert np.isnan([result.low[0], result.high[0], result.n_effective[0]]).all()


@pytest.mark.parametrize(("arguments", "options", "words"), [
    (([3], [2]), {}, "3 of 2 is no share"), (([1, 1], [2, 2, 2]), {}, "do not fit"),
    (([1, 1], [2, 2]), {"method": "Clopper-Pearson"}, "method is one of effective clusters, Korn-Graubard, logit-t, Wilson"),
    (([1, 1], [2, 2]), {"level": 95}, "level lies between 0 and 1"),
])
def test_errors_name_what_is_wrong(arguments, options, words):
    with pytest.raises(FramelensError, match=words):
        share_intervals(*arguments, **options)


# Properties

counts = st.lists(st.tuples(st.integers(1, 30), st.floats(0, 1)), min_size=2, max_size=25)


@settings(max_examples=60)
@given(counts, st.sampled_from(SHARE_METHODS))
def test_hits_mirror_the_rest_and_the_interval_holds_its_estimate(clusters, method):
    den = np.array([n for n, _ in clusters], float)
    num = np.floor(den * [share for _, share in clusters])
    hits, rest = (share_intervals(a, den, method=method) for a in (num, den - num))
    assert hits.reason == rest.reason
    assert hits.low[0] == pytest.approx(1 - rest.high[0], abs=1e-9, nan_ok=True)
    assert hits.high[0] == pytest.approx(1 - rest.low[0], abs=1e-9, nan_ok=True)
    if not hits.reason[0]:
        assert 0 <= hits.low[0] <= hits.estimate[0] <= hits.high[0] <= 1
        assert hits.high[0] > hits.low[0]


def test_columns_and_the_bootstrap_share_one_variance():
    num = np.column_stack([HITS, SIZES - HITS, np.zeros(25)])
    result = share_intervals(num, SIZES)
    assert result.low[0] == share_intervals(HITS, SIZES).low[0]
    assert result.se == pytest.approx(ratio_intervals(num, SIZES, n_resamples=99).se)
    assert result.bound == ("two-sided", "two-sided", "upper")


# Simulated truth (the whole tables: tests/properties/simulate_shares.py)

@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(Path(__file__).parents[1] / "properties" / "simulate_shares.py"))


@pytest.mark.parametrize(("name", "n"), [("share 0.05 of 10 labels an article, ICC 0.3", 20),
                                         ("share 0.30 of 10 labels an article, ICC 0.1, log length SD 2", 20)])
def test_effective_clusters_hold_where_the_published_degrees_of_freedom_do_not(script, name, n):
    result = simulate_intervals(next(c for c in script["SHARES"] if c.name == name), n, trials=1000)
    assert result.held["effective clusters"] >= 0.93
    assert result.held["Korn-Graubard"] < 0.92


def test_the_bootstrap_falls_short_where_the_page_says_so():
    result = simulate_intervals(label_share(0.05, 10, 0.3, spread=1.2), 60)
    assert 0.89 < result.held["studentised"] < 0.93
    assert result.held["effective clusters"] >= 0.93
    page = (Path(__file__).parents[2] / "docs" / "methods" / "estimates.md").read_text(encoding="utf-8")
    assert "label_share(0.05, 10, 0.3, spread=1.2), 60)" in page


@pytest.mark.parametrize("icc", [0.1, 0.3])
def test_shares_that_chance_lifts_over_the_threshold_hold_as_often_as_the_page_says(icc):
    cell, measure = label_share(0.1, 3, icc), Measure("simulated", "", "share", "labels")
    num, den, _ = (np.asarray(part, float) for part in cell.draw(np.random.default_rng(3), (10, 40_000)))
    clusters, hits, held, others, apart = (part.sum(0)[None] for part in (den > 0, num, num > 0, den - num, den > num))
    given = refusals(measure, clusters, (hits, held), (others, apart))[0] == ""
    found = share_intervals(num[:, given], den[:, given])
    inside = (found.low <= 0.1) & (found.high >= 0.1)
    assert given.mean() < 0.06
    assert 0.86 < inside.mean() < 0.96
    assert given.mean() * (1 - inside.mean()) < 0.01
    assert (found.low[~inside] > 0.1).all()  # too high


@pytest.mark.parametrize("groups", [(20, 20), (110, 10)])
def test_contrasts_hold_no_difference_where_there_is_none(groups):
    result = simulate_contrasts(label_rate(10, 4), groups, contrast="log ratio", trials=1000)
    assert result.given["CR2"] > 0.8
    assert result.held["CR2"] >= 0.93


def test_the_printed_table_is_what_the_script_finds(script):
    cell = script["SHARES"][0]
    result = simulate_intervals(cell, 10)
    text = (Path(__file__).parents[2] / "docs" / "methods" / "statistics.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| {cell.name} | 10 |")).split("|")
    printed = [float(part.strip(" *%")) / 100 for part in row[4:9]]
    assert printed == pytest.approx([*(result.held[m] for m in SHARE_METHODS), result.held["studentised"]], abs=0.0006)


# Rates of which no hit was found

@pytest.mark.parametrize("shape", [0.3, 1, 50])
@pytest.mark.parametrize("clusters", [2, 10, 150])
def test_at_the_bound_of_a_rate_no_hit_has_a_chance_of_5_per_cent(clusters, shape):
    bound = rate_bounds([400] * clusters, shape=shape)[0]
    none = scipy.stats.nbinom.pmf(0, shape, shape / (shape + bound * 400)) ** clusters
    assert none == pytest.approx(0.05)


def test_without_bursts_it_is_the_rule_of_three():
    sizes = np.array([10, 250, 3000])
    assert rate_bounds(sizes, shape=1e9)[0] == pytest.approx(scipy.stats.chi2.ppf(0.95, 2) / 2 / sizes.sum())
    assert rate_bounds(np.full(10_000, 7.0))[0] == pytest.approx(-np.log(0.05) / 70_000, rel=1e-3)


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=30), st.integers(2, 9))
def test_the_bound_of_a_rate_scales_with_its_unit_and_falls_with_more_clusters(sizes, times):
    one = rate_bounds(sizes)[0]
    assert rate_bounds([times * x for x in sizes])[0] == pytest.approx(one / times)
    assert rate_bounds(sizes * times)[0] < one
    assert one >= -np.log(0.05) / sum(sizes)


def test_a_bound_of_a_rate_needs_words():
    assert np.isnan(rate_bounds(np.zeros((3, 1)))[0])
    for sizes, options in (([-1], {}), ([1], {"shape": 0}), ([1], {"level": 1})):
        with pytest.raises(FramelensError):
            rate_bounds(sizes, **options)


@pytest.mark.parametrize("spread", [0.5, 2])
def test_bounds_of_rates_hold_as_documented(spread):
    worst = runpy.run_path(str(Path(__file__).parents[1] / "properties" / "simulate_bounds.py"))["worst"]
    for n in (10, 50):
        assert worst(n, BURSTY, spread, trials=500) < 0.05
    assert worst(10, 0.1, 0.5, trials=500) > 0.05  # the limit that the page tells
