"""The cluster bootstrap against hand calculation, other implementations and simulated truth."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.errors import FramelensError
from framelens.stats.bootstrap import METHODS, SCALES, method_name, ratio_intervals, resample_weights

RNG = np.random.default_rng(7)
SIZES = 2.0 + RNG.poisson(RNG.gamma(2, 4, 30))
HITS = RNG.binomial(SIZES.astype(int), RNG.beta(2, 4, 30)).astype(float)


def overall(num, den, axis=-1):
    return num.sum(axis=axis) / den.sum(axis=axis)


# Known answers

def test_ratio_and_standard_error_by_hand():
    # R = 4/16 = .25; residuals y - Rx: .5, -1.5, 1.0, 0 -> squares .25 + 2.25 + 1 = 3.5; * 4/3 = 4.6667; root / 16
    result = ratio_intervals([1, 0, 3, 0], [2, 6, 8, 0])
    assert result.estimate[0] == 0.25
    assert result.n_clusters[0] == 3  # the empty cluster takes no part
    assert result.se[0] == pytest.approx(np.sqrt(3.5 * 3 / 2) / 16)


def test_percentile_of_two_clusters_by_hand():
    # Draws of two clusters (0 of 1, 1 of 1): the ratio is 0, 1/2 or 1 with chances 1/4, 1/2, 1/4.
    weights = np.array([[2, 0], [1, 1], [1, 1], [0, 2]], np.uint8)
    result = ratio_intervals([0, 1], [1, 1], method="percentile", level=0.5, weights=weights)
    # ordered ratios 0 .5 .5 1: quantile .25 lies at place .75 -> .375, quantile .75 at place 2.25 -> .625
    assert (result.low[0], result.high[0]) == (0.375, 0.625)


def test_method_is_named_exactly():
    result = ratio_intervals([1, 0, 1], [2, 2, 1], n_resamples=150)
    assert result.method == "cluster bootstrap, studentised, 150 resamples"
    assert method_name("BCa", 2000) == "cluster bootstrap, BCa, 2000 resamples"


# Other implementations

@pytest.mark.parametrize("method", ["percentile", "BCa"])
def test_ends_agree_with_scipy_stats_bootstrap(method):
    ours = ratio_intervals(HITS, SIZES, method=method, n_resamples=20000, seed=1)
    theirs = scipy.stats.bootstrap((HITS, SIZES), overall, paired=True, vectorized=True, n_resamples=20000,
                                   method=method, rng=np.random.default_rng(2)).confidence_interval
    width = theirs.high - theirs.low
    assert ours.low[0] == pytest.approx(theirs.low, abs=0.03 * width)  # Monte Carlo error of a tail quantile
    assert ours.high[0] == pytest.approx(theirs.high, abs=0.03 * width)


def test_bca_differs_from_percentile_as_scipys_does():
    # A skewed sample, so that the agreement above cannot come from a correction left out by both.
    rare = np.where(np.arange(30) % 6 == 0, np.minimum(SIZES, 5), 0.0)
    ends = {m: ratio_intervals(rare, SIZES, method=m, n_resamples=20000).high[0] for m in ("percentile", "BCa")}
    theirs = {m: scipy.stats.bootstrap((rare, SIZES), overall, paired=True, vectorized=True, n_resamples=20000,
                                       method=m, rng=np.random.default_rng(3)).confidence_interval.high for m in ends}
    assert ends["BCa"] - ends["percentile"] == pytest.approx(theirs["BCa"] - theirs["percentile"], rel=0.25)
    assert ends["BCa"] > ends["percentile"] + 0.01


def test_bca_counts_half_of_the_resamples_that_tie_with_the_estimate():
    # One label an article: resampled shares are few values, and many equal the estimate.
    hits = (np.arange(15) < 6).astype(float)
    ours = ratio_intervals(hits, np.ones(15), method="BCa", n_resamples=20_000, level=0.9)
    theirs = scipy.stats.bootstrap((hits,), np.mean, n_resamples=20_000, method="BCa", confidence_level=0.9,
                                   rng=np.random.default_rng(1)).confidence_interval
    assert (ours.low[0], ours.high[0]) == pytest.approx((theirs.low, theirs.high))


def test_standard_error_of_a_share_is_that_of_statsmodels_glm_with_clusters():
    binomial = sm.GLM(np.column_stack([HITS, SIZES - HITS]), np.ones((30, 1)), family=sm.families.Binomial())
    fit = binomial.fit(cov_type="cluster", cov_kwds={"groups": np.arange(30), "use_correction": True})
    result = ratio_intervals(HITS, SIZES)
    share = result.estimate[0]
    assert share == pytest.approx(1 / (1 + np.exp(-fit.params[0])))
    assert result.se[0] / (share * (1 - share)) == pytest.approx(fit.bse[0], rel=1e-6)


def test_standard_error_of_a_rate_is_that_of_statsmodels_poisson_with_clusters():
    poisson = sm.GLM(HITS, np.ones((30, 1)), family=sm.families.Poisson(), offset=np.log(SIZES))
    fit = poisson.fit(cov_type="cluster", cov_kwds={"groups": np.arange(30), "use_correction": True})
    result = ratio_intervals(HITS, SIZES, scale="rate")
    assert result.estimate[0] == pytest.approx(np.exp(fit.params[0]))
    assert result.se[0] / result.estimate[0] == pytest.approx(fit.bse[0], rel=1e-6)


@pytest.mark.parametrize("scale", SCALES)
def test_studentised_agrees_with_a_plain_loop(scale):
    link = {"share": lambda r: np.log(r / (1 - r)), "rate": np.log, "mean": lambda r: r}[scale]
    slope = {"share": lambda r: 1 / (r * (1 - r)), "rate": lambda r: 1 / r, "mean": lambda r: 1.0}[scale]
    back = {"share": lambda g: 1 / (1 + np.exp(-g)), "rate": np.exp, "mean": lambda g: g}[scale]

    def ratio_and_se(rows):
        num, den = HITS[rows], SIZES[rows]
        ratio = num.sum() / den.sum()
        variance = len(rows) / (len(rows) - 1) * ((num - ratio * den) ** 2).sum() / den.sum() ** 2
        return ratio, np.sqrt(variance)

    weights = resample_weights(30, n_resamples=500, seed=4)
    ratio, se = ratio_and_se(np.arange(30))
    t = []
    for row in weights:
        again, spread = ratio_and_se(np.repeat(np.arange(30), row))
        t.append((link(again) - link(ratio)) / (spread * slope(again)))
    low_t, high_t = np.quantile(t, [0.025, 0.975])
    floor = scipy.stats.t.ppf(0.975, SIZES.sum() ** 2 / (SIZES**2).sum() - 1)
    low_t, high_t = min(low_t, -floor), max(high_t, floor)
    result = ratio_intervals(HITS, SIZES, scale=scale, weights=weights)
    assert result.low[0] == pytest.approx(back(link(ratio) - high_t * se * slope(ratio)))
    assert result.high[0] == pytest.approx(back(link(ratio) - low_t * se * slope(ratio)))


# Resampling

def test_weights_are_multinomial_draws_of_a_seed():
    weights = resample_weights(40, n_resamples=4000, seed=3)
    assert (weights.sum(axis=1) == 40).all()
    assert np.array_equal(weights, resample_weights(40, n_resamples=4000, seed=3))
    assert not np.array_equal(weights, resample_weights(40, n_resamples=4000, seed=4))
    # each count is binomial(40, 1/40): mean 1, variance 39/40, covariance of two -1/40
    assert weights.mean() == 1
    assert weights.astype(float).var(axis=0).mean() == pytest.approx(39 / 40, rel=0.03)
    pairs = np.cov(weights.astype(float).T)
    assert pairs[~np.eye(40, dtype=bool)].mean() == pytest.approx(-1 / 40, rel=0.1)


def test_rows_without_a_part_may_be_left_out_of_sums_and_weights():
    weights = resample_weights(45, n_resamples=300, seed=1)
    whole = ratio_intervals(np.r_[HITS, np.zeros(15)], np.r_[SIZES, np.zeros(15)], weights=weights)
    part = ratio_intervals(HITS, SIZES, weights=weights[:, :30])
    assert (whole.low[0], whole.high[0]) == pytest.approx((part.low[0], part.high[0]), rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_each_column_is_as_if_alone(method):
    num = np.column_stack([HITS, HITS[::-1].clip(max=SIZES), np.zeros(30)])
    together = ratio_intervals(num, SIZES, method=method, n_resamples=400)
    for column in range(2):
        alone = ratio_intervals(num[:, column], SIZES, method=method, n_resamples=400)
        assert together.low[column] == pytest.approx(alone.low[0], rel=1e-12)
        assert together.high[column] == pytest.approx(alone.high[0], rel=1e-12)
    assert together.reason == ("", "", "no hit")


def test_a_cluster_that_spans_two_outlets_moves_both():
    # Both outlets hold the same clusters: resampled jointly, their difference is always 0.
    weights = resample_weights(30, n_resamples=200)
    both = ratio_intervals(np.column_stack([HITS, HITS]), SIZES, weights=weights)
    assert both.low[0] == both.low[1]
    assert both.high[0] == both.high[1]


# Degenerate cells: no interval, and why

@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("num", "den", "scale", "reason"), [
    ([0, 0, 0], [0, 0, 0], "share", "the denominator is 0"),
    ([], [], "rate", "the denominator is 0"),
    ([2], [5], "share", "one cluster only"),
    ([2, 0, 0], [5, 0, 0], "rate", "one cluster only"),
    ([0, 0, 0], [5, 4, 3], "share", "no hit"),
    ([0, 0, 0], [5, 4, 3], "rate", "no hit"),
    ([5, 4, 3], [5, 4, 3], "share", "nothing but hits"),
    ([1, 1, 1], [3, 3, 3], "share", "no difference between clusters"),
    ([0.1, 0.2, 0.3], [1, 2, 3], "mean", "no difference between clusters"),
    ([0, 0, 0], [5, 4, 3], "mean", "no difference between clusters"),
    ([-0.3], [2], "mean", "one cluster only"),
])
def test_degenerate_cells_have_no_interval_but_a_reason(num, den, scale, reason, method):
    result = ratio_intervals(num, den, scale=scale, method=method, n_resamples=200)
    assert result.reason == (reason,)
    assert np.isnan(result.low[0])
    assert np.isnan(result.high[0])


def test_hits_in_one_cluster_of_twelve_carry_no_studentised_interval():
    result = ratio_intervals([6] + [0] * 11, [8] * 12)
    assert result.reason == ("too few clusters determine it",)
    assert np.isnan([result.low[0], result.high[0]]).all()
    assert result.estimate[0] == 6 / 96


@pytest.mark.parametrize("method", METHODS)
def test_resamples_that_miss_the_outlet_altogether_leave_no_interval(method):
    # Two of 30 clusters take part: one resample in eight draws neither, and its ratio is undefined.
    result = ratio_intervals([1, 2] + [0] * 28, [3, 4] + [0] * 28, method=method)
    assert result.reason == ("too few clusters determine it",)
    assert np.isnan([result.low[0], result.high[0]]).all()


# Errors

@pytest.mark.parametrize(("arguments", "options", "words"), [
    (([3], [2]), {}, "3 of 2 is no share"),
    (([-1], [2]), {"scale": "rate"}, "-1 of 2 is no rate"),
    (([np.nan, 1], [2, 2]), {"scale": "mean"}, "Cluster 0, column 0: nan of 2"),
    (([1, 1], [2, -2]), {"scale": "mean"}, "Cluster 1"),
    (([1, 1], [2, 2, 2]), {}, "do not fit"),
    (([1, 1], [2, 2]), {"scale": "odds"}, "scale is one of share, rate, mean, not 'odds'"),
    (([1, 1], [2, 2]), {"method": "bca"}, "method is one of percentile, BCa, studentised, not 'bca'"),
    (([1, 1], [2, 2]), {"level": 95}, "level lies between 0 and 1"),
    (([1, 1], [2, 2]), {"weights": np.ones((9, 3))}, "one column for each of the 2 clusters"),
])
def test_errors_name_what_is_wrong(arguments, options, words):
    with pytest.raises(FramelensError, match=words.replace("(", r"\(")):
        ratio_intervals(*arguments, **options)


def test_weights_need_a_cluster():
    with pytest.raises(FramelensError, match="at least 1"):
        resample_weights(0)


# Properties

counts = st.lists(st.tuples(st.integers(1, 30), st.floats(0, 1)), min_size=6, max_size=25)


@settings(max_examples=40, deadline=None)
@given(counts, st.sampled_from(METHODS))
def test_share_of_hits_mirrors_share_of_the_rest(clusters, method):
    den = np.array([n for n, _ in clusters], float)
    num = np.floor(den * [share for _, share in clusters])
    hits, rest = (ratio_intervals(a, den, method=method, n_resamples=300) for a in (num, den - num))
    assert hits.estimate[0] == pytest.approx(1 - rest.estimate[0])
    assert hits.low[0] == pytest.approx(1 - rest.high[0], abs=1e-6, nan_ok=True)


@settings(max_examples=40, deadline=None)
@given(counts, st.sampled_from(METHODS), st.sampled_from([0.001, 7.0]))
def test_rate_does_not_depend_on_the_unit_of_size(clusters, method, unit):
    den = np.array([n for n, _ in clusters], float)
    num = np.floor(3 * den * [share for _, share in clusters])
    one, other = (ratio_intervals(num, den * u, scale="rate", method=method, n_resamples=300) for u in (1.0, unit))
    assert one.reason == other.reason
    assert one.low[0] == pytest.approx(other.low[0] * unit, rel=1e-6, nan_ok=True)
    assert one.high[0] == pytest.approx(other.high[0] * unit, rel=1e-6, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(counts, st.sampled_from(METHODS), st.sampled_from(SCALES))
def test_an_interval_holds_its_estimate_and_has_width_or_there_is_a_reason(clusters, method, scale):
    den = np.array([n for n, _ in clusters], float)
    num = np.floor(den * [share for _, share in clusters])
    result = ratio_intervals(num, den, scale=scale, method=method, n_resamples=300)
    if result.reason[0]:
        assert np.isnan([result.low[0], result.high[0]]).all()
        return
    assert result.low[0] < result.high[0]
    if method == "studentised":
        assert result.low[0] < result.estimate[0] < result.high[0]
    if scale == "share":
        assert result.low[0] >= 0
        assert result.high[0] <= 1


# Simulated truth (the whole table: tests/properties/simulate_intervals.py)

@pytest.mark.parametrize(("name", "n"), [
    ("share 0.30 of 10 labels an article, ICC 0.1", 20),
    ("10 per 1,000 words, variance m + m²/4", 10),
    ("mean score, 50% of segments 0", 20),
])
def test_studentised_holds_the_truth_in_93_of_100_and_percentile_less_often(name, n):
    script = runpy.run_path(str(Path(__file__).parents[1] / "properties" / "simulate_intervals.py"))
    cell = next(c for c in script["CELLS"] if c.name == name)
    result = script["simulate"](cell, n, trials=2000, n_resamples=600)
    assert result.given > 0.98
    assert result.coverage["studentised"] >= 0.93
    assert result.coverage["percentile"] < result.coverage["studentised"]


@pytest.mark.parametrize(("name", "n"), [
    ("30 per 1,000 words, variance m + m²/4", 10), ("share 0.30 of the words", 50)])
def test_the_printed_table_is_what_the_script_finds(name, n):
    script = runpy.run_path(str(Path(__file__).parents[1] / "properties" / "simulate_intervals.py"))
    result = script["simulate"](next(c for c in script["CELLS"] if c.name == name), n)
    lines = script["DOCUMENT"].read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith(f"| {name} | {n} |"))
    printed = [float(part.strip(" *%")) / 100 for part in row.split("|")[3:8]]
    assert printed == pytest.approx([result.given, *result.coverage.values(), result.wrong], abs=0.004)
