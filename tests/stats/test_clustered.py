"""The clustered log ratio against hand calculation, statsmodels, explicit matrices and simulated truth."""

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
from framelens.stats.association import VARIANCES, clustered_log_ratio, log_ratio
from framelens.stats.bootstrap import ratio_intervals

RNG = np.random.default_rng(11)
SIZES = np.round(400 * np.exp(RNG.normal(0, 0.6, 22)))
COUNTS = RNG.poisson(0.01 * SIZES[:, None] * RNG.gamma(2, 0.5, (22, 3)))
FIRST = 9
ARGUMENTS = COUNTS[:FIRST], SIZES[:FIRST], COUNTS[FIRST:], SIZES[FIRST:]
SCRIPT = Path(__file__).parents[1] / "properties" / "simulate_association.py"


def glm(term):
    group = (np.arange(22) < FIRST).astype(float)
    return sm.GLM(COUNTS[:, term], np.column_stack([np.ones(22), group]), family=sm.families.Poisson(), offset=np.log(SIZES))


# Known answers

def test_by_hand():
    # a: R = 4/200, residuals -1 and 1: 2/16 times 2/1 ("linearised"); b: R = 2/200, no residual. Twice the rate.
    result = clustered_log_ratio([1, 3], [100, 100], [1, 1], [100, 100], variance="linearised")
    assert result.estimate[0] == pytest.approx(1)
    assert result.se[0] * np.log(2) == pytest.approx(np.sqrt(2 / 16 * 2))
    assert result.df[0] == pytest.approx(1)  # b adds no variance, so the one degree of freedom of a is left
    assert result.z[0] == pytest.approx(np.log(2) / 0.5)
    assert result.p[0] == pytest.approx(2 * scipy.stats.t.sf(np.log(2) / 0.5, 1))
    assert (result.reason, result.base) == (("",), 2.0)


def test_estimate_is_the_log_ratio_of_the_sums():
    sums = log_ratio(ARGUMENTS[0].sum(0), ARGUMENTS[2].sum(0), total_a=ARGUMENTS[1].sum(), total_b=ARGUMENTS[3].sum())
    assert clustered_log_ratio(*ARGUMENTS).estimate == pytest.approx(sums.statistic)


def test_base_changes_the_unit_and_nothing_else():
    two, e = clustered_log_ratio(*ARGUMENTS), clustered_log_ratio(*ARGUMENTS, base=np.e)
    assert two.estimate * np.log(2) == pytest.approx(e.estimate)
    assert two.se * np.log(2) == pytest.approx(e.se)
    assert np.array_equal(two.p, e.p)


# Other implementations

def test_cr0_is_statsmodels_poisson_with_clusters():
    result = clustered_log_ratio(*ARGUMENTS, variance="CR0", base=np.e)
    for term in range(3):
        fit = glm(term).fit(cov_type="cluster", cov_kwds={"groups": np.arange(22), "use_correction": False})
        assert result.estimate[term] == pytest.approx(fit.params[1], rel=1e-6)
        assert result.se[term] == pytest.approx(fit.bse[1], rel=1e-6)


def test_cr1_is_statsmodels_but_for_its_factor_of_parameters():
    result = clustered_log_ratio(*ARGUMENTS, variance="CR1", base=np.e)
    for term in range(3):
        fit = glm(term).fit(cov_type="cluster", cov_kwds={"groups": np.arange(22), "use_correction": True})
        assert result.se[term] * np.sqrt(21 / 20) == pytest.approx(fit.bse[1], rel=1e-6)  # M/(M-1) times (M-1)/(M-2)


@pytest.mark.parametrize(("variance", "power"), [("CR2", 0.5), ("CR3", 1.0)])
def test_cr2_and_cr3_are_the_sandwich_with_explicit_hat_matrix(variance, power):
    result = clustered_log_ratio(*ARGUMENTS, variance=variance, base=np.e)
    for term in range(3):
        model = glm(term)
        fit, design = model.fit(), model.exog
        mu = fit.fittedvalues
        bread = np.linalg.inv(design.T * mu @ design)
        hat = np.diag(design @ bread @ design.T * mu)
        scores = design * ((COUNTS[:, term] - mu) / (1 - hat) ** power)[:, None]
        assert result.se[term] == pytest.approx(np.sqrt((bread @ scores.T @ scores @ bread)[1, 1]), rel=1e-6)


def test_linearised_is_that_of_the_bootstraps_ratio():
    result = clustered_log_ratio(*ARGUMENTS, variance="linearised", base=np.e)
    a, b = (ratio_intervals(counts, sizes, scale="rate", n_resamples=1) for counts, sizes in (ARGUMENTS[:2], ARGUMENTS[2:]))
    assert result.se == pytest.approx(np.sqrt((a.se / a.estimate) ** 2 + (b.se / b.estimate) ** 2))


def test_cr3_is_near_the_jackknife():
    result = clustered_log_ratio(*ARGUMENTS, variance="CR3", base=np.e)
    variance = 0.0
    for counts, sizes in (ARGUMENTS[:2], ARGUMENTS[2:]):
        m = len(sizes)
        left_out = np.log((counts.sum(0) - counts) / (sizes.sum() - sizes)[:, None])
        variance = variance + (m - 1) / m * ((left_out - left_out.mean(0)) ** 2).sum(0)
    assert result.se == pytest.approx(np.sqrt(variance), rel=0.15)


def test_degrees_of_freedom_by_explicit_matrices():
    result = clustered_log_ratio(*ARGUMENTS)
    parts = []
    for counts, x in (ARGUMENTS[:2], ARGUMENTS[2:]):
        scale = np.diag((1 - x / x.sum()) ** -0.5)
        working = scale @ (np.diag(x) - np.outer(x, x) / x.sum()) @ scale
        df = np.trace(working) ** 2 / np.trace(working @ working)
        assert df < len(x) - 1
        hits, rate = counts.sum(0), counts.sum(0) / x.sum()
        variance = ((counts - np.outer(x, rate)) ** 2 / (1 - x / x.sum())[:, None]).sum(0) / hits**2
        parts.append((variance, df))
    (v_a, df_a), (v_b, df_b) = parts
    assert result.df == pytest.approx((v_a + v_b) ** 2 / (v_a**2 / df_a + v_b**2 / df_b))


def test_articles_of_one_length_have_one_degree_less_than_there_are():
    result = clustered_log_ratio([1, 3, 2, 5], [90] * 4, [2, 2], [70] * 2)  # b does not vary
    assert result.df[0] == pytest.approx(3)


# Where there is no standard error

@pytest.mark.parametrize(("a", "b", "estimate", "reason"), [
    ([0, 0], [1, 2], -np.inf, "no hit in a"),
    ([1, 2], [0, 0], np.inf, "no hit in b"),
    ([0, 0], [0, 0], np.nan, "no hit in a and b"),
    ([2, 2], [1, 1], 1, "no difference between articles"),
])
def test_degenerate_terms_have_a_reason(a, b, estimate, reason):
    result = clustered_log_ratio(np.column_stack([a, [1, 3]]), [50, 50], np.column_stack([b, [1, 2]]), [50, 50])
    assert result.estimate[0] == pytest.approx(estimate, nan_ok=True)
    assert result.reason == (reason, "")
    assert np.isnan([result.se[0], result.z[0], result.df[0], result.p[0]]).all()
    assert np.isfinite([result.se[1], result.p[1]]).all()


def test_equal_rates_are_no_difference_though_rounding_leaves_some():
    sizes = np.array([600, 240, 240, 280, 920, 400, 880, 80])  # a fifth of each: the sums of products come to 3e-11
    assert clustered_log_ratio(sizes / 5, sizes, sizes / 10, sizes).reason == ("no difference between articles",)


@pytest.mark.parametrize("variance", VARIANCES)
def test_one_article_is_no_sample(variance):
    result = clustered_log_ratio([2], [50], [1, 2], [50, 50], variance=variance)
    assert result.reason == ("one article only in a",)
    assert np.isnan(result.se[0])
    assert np.isfinite(result.estimate[0])


def test_articles_without_words_take_no_part():
    padded = clustered_log_ratio(np.vstack([ARGUMENTS[0], [[0, 0, 0]]]), np.r_[ARGUMENTS[1], 0], *ARGUMENTS[2:])
    assert np.array_equal(padded.se, clustered_log_ratio(*ARGUMENTS).se)


@pytest.mark.parametrize(("arguments", "options", "words"), [
    (([1], [5, 5], [1], [5]), {}, r"counts_a \(1, 1\) and sizes_a \(2,\) do not fit"),
    (([9], [5], [1], [5]), {}, "Article 0 has 5 words in sizes_a but counts a term 9 times"),
    (([1], [5], [-1], [5]), {}, "counts_b: entry 0 is -1"),
    (([1], [5], [1], [np.nan]), {}, "sizes_b: entry 0 is nan; sizes are finite"),
    (([0], [0], [1], [5]), {}, "sizes_a has no article with words"),
    (([[1, 1]], [5], [[1]], [5]), {}, "counts_a has 2 terms, counts_b 1"),
    (([1], [5], [1], [5]), {"variance": "HC1"}, "variance is one of CR2, linearised"),
    (([1], [5], [1], [5]), {"base": 0.5}, "base is above 1"),
])
def test_errors_name_what_is_wrong(arguments, options, words):
    with pytest.raises(FramelensError, match=words):
        clustered_log_ratio(*arguments, **options)


# Properties

articles = st.lists(st.tuples(st.integers(0, 9), st.integers(10, 300)), min_size=3, max_size=8).filter(
    lambda group: any(y for y, _ in group))


@settings(max_examples=60, deadline=None)
@given(articles, articles, st.sampled_from(VARIANCES), st.randoms())
def test_sign_turns_order_and_unit_of_size_do_not_matter(a, b, variance, random):
    def call(first, second, unit=1.0):
        arrays = [np.array(c, float) for group in (first, second) for c in zip(*group, strict=True)]
        return clustered_log_ratio(arrays[0], unit * arrays[1], arrays[2], unit * arrays[3], variance=variance)

    plain, turned, wider = call(a, b), call(b, a), call(a, b, 1000.0)
    mixed = call(random.sample(a, len(a)), random.sample(b, len(b)))
    for other, sign in ((turned, -1), (wider, 1), (mixed, 1)):
        assert other.estimate[0] == pytest.approx(sign * plain.estimate[0], abs=1e-9)
        assert other.p[0] == pytest.approx(plain.p[0], rel=1e-6, nan_ok=True)
        assert other.df[0] == pytest.approx(plain.df[0], rel=1e-6, nan_ok=True)


# Simulated truth: nothing differs

def test_articles_are_calibrated_where_words_are_not():
    script = runpy.run_path(str(SCRIPT))
    found = script["false_positives"]((30, 30), 0.7, 20, corpora=20)
    assert found["G2"] > 0.4
    assert 0.035 < found["CR2"] < 0.07
    assert 0.035 < found["CR3"] < 0.06


def test_the_printed_table_is_what_the_script_finds():
    script = runpy.run_path(str(SCRIPT))
    found = script["false_positives"]((110, 10), 0.7, 2)
    lines = script["DOCUMENT"].read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith("| 110 : 10 | 0.7 | 2 |"))
    printed = [float(part.strip(" %")) / 100 for part in row.split("|")[4:-1]]
    assert printed == pytest.approx(list(found.values()), abs=0.004)
