"""Contrasts of two ratios against the general matrix formula, statsmodels, Student's t and plain loops."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import scipy.linalg
import scipy.stats
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.errors import FramelensError
from framelens.stats.bootstrap import resample_weights
from framelens.stats.contrast import CONTRASTS, bootstrap_contrasts, ratio_contrasts

RNG = np.random.default_rng(5)
# Articles of 40 clusters, one to three each; the first ten clusters have articles in both groups.
CLUSTER = np.r_[np.arange(40), RNG.integers(0, 40, 30), np.arange(10)]
FIRST = np.r_[np.arange(40) < 18, (CLUSTER[40:70] < 18), np.zeros(10, bool)]
DEN = 2.0 + RNG.poisson(RNG.gamma(2, 3, 80))
NUM = RNG.binomial(DEN.astype(int), RNG.beta(2, 3, 80)).astype(float)


def sums(group, values):
    return np.bincount(CLUSTER[group], values[group], 40)


def pairs(num=NUM, den=DEN, first=FIRST):
    return tuple((sums(group, num), sums(group, den)) for group in (first, ~first))


def general_cr2(first, second, gradient):
    """CR2 and Satterthwaite by the matrices of Pustejovsky and Tipton (2018), with target the identity.

    Weighted least squares of the clusters' y / x on two dummies with weights x: a row for each group that a cluster is in.
    """
    rows = [(y / x, x, side, c) for side, (num, den) in enumerate((first, second))
            for c, (y, x) in enumerate(zip(num, den, strict=True)) if x]
    ratio, weight, side, cluster = map(np.array, zip(*rows, strict=True))
    design = np.column_stack([side == 0, side == 1]).astype(float)
    bread = np.linalg.inv(design.T @ (weight[:, None] * design))
    hat = design @ bread @ (design.T * weight)
    left = np.eye(len(ratio)) - hat
    residual, total, influences = left @ ratio, 0.0, []
    for name in np.unique(cluster):
        at = cluster == name
        adjust = np.linalg.inv(scipy.linalg.sqrtm(left[at] @ left[at].T).real)
        influence = gradient @ bread @ (design[at].T * weight[at]) @ adjust
        total += (influence @ residual[at]) ** 2
        influences.append(influence @ left[at])
    spread = np.array(influences) @ np.array(influences).T
    return np.sqrt(total), np.trace(spread) ** 2 / (spread**2).sum()


LINKS = {"difference": (lambda r: r, lambda r: 1.0), "log ratio": (np.log, lambda r: 1 / r),
         "log odds ratio": (lambda r: np.log(r / (1 - r)), lambda r: 1 / (r * (1 - r)))}


@pytest.mark.parametrize(("contrast", "scale"), [(c, s) for c, scales in CONTRASTS.items() for s in scales])
def test_closed_form_is_the_general_formula(contrast, scale):
    ours = ratio_contrasts(*pairs(), contrast=contrast, scale=scale)
    ratios = np.array([NUM[g].sum() / DEN[g].sum() for g in (FIRST, ~FIRST)])
    link, slope = LINKS[contrast]
    gradient = np.array([slope(ratios[0]), -slope(ratios[1])])
    se = general_cr2(*pairs(), gradient)[0]
    df = general_cr2(*pairs(), np.array([1, -1]))[1]  # the working model: one variance on the scale of the contrast
    assert ours.reason == ("",)
    assert ours.estimate[0] == pytest.approx(link(ratios[0]) - link(ratios[1]))
    assert ours.se[0] == pytest.approx(se, rel=1e-10)
    assert ours.df[0] == pytest.approx(df, rel=1e-10)
    t = scipy.stats.t(df)
    assert [ours.low[0], ours.high[0]] == pytest.approx(ours.estimate[0] + t.ppf([0.025, 0.975]) * se)
    assert ours.p[0] == pytest.approx(2 * t.sf(abs(ours.estimate[0] / se)))


def test_clusters_of_one_size_give_students_t():
    hits = RNG.integers(0, 7, 30).astype(float)
    group = np.arange(30) < 15
    ours = ratio_contrasts((hits * group, 6.0 * group), (hits * ~group, 6.0 * ~group), scale="mean")
    theirs = scipy.stats.ttest_ind(hits[group] / 6, hits[~group] / 6)
    assert ours.df[0] == pytest.approx(28)
    assert ours.p[0] == pytest.approx(theirs.pvalue)
    interval = theirs.confidence_interval()
    assert (ours.low[0], ours.high[0]) == pytest.approx((interval.low, interval.high))


def test_without_its_corrections_it_is_statsmodels_cr0_and_near_cr1():
    # statsmodels has no CR2: its CR0 lies below ours and CR1, m / (m - 1) for all clusters alike, near it.
    design = np.column_stack([np.ones(80), FIRST])
    fits = [sm.GLM(NUM, design, family=sm.families.Poisson(), offset=np.log(DEN)).fit(
        cov_type="cluster", cov_kwds={"groups": CLUSTER, "use_correction": correct}) for correct in (False, True)]
    ours = ratio_contrasts(*pairs(), contrast="log ratio", scale="rate")
    assert ours.estimate[0] == pytest.approx(fits[0].params[1])
    assert fits[0].bse[1] < ours.se[0] < 1.1 * fits[0].bse[1]
    assert ours.se[0] == pytest.approx(fits[1].bse[1], rel=0.05)
    (y1, x1), (y2, x2) = pairs()
    cr0 = np.sqrt((((y1 - y1.sum() / x1.sum() * x1) / y1.sum() - (y2 - y2.sum() / x2.sum() * x2) / y2.sum()) ** 2).sum())
    assert cr0 == pytest.approx(fits[0].bse[1], rel=1e-6)


# The bootstrap

@pytest.mark.parametrize(("contrast", "scale"), [(c, s) for c, scales in CONTRASTS.items() for s in scales])
def test_bootstrap_agrees_with_a_plain_loop(contrast, scale):
    (y1, x1), (y2, x2) = pairs()
    link, slope = LINKS[contrast]

    def statistic(rows):
        influence = np.zeros(len(rows))
        ratios = []
        for sign, y, x in ((1, y1[rows], x1[rows]), (-1, y2[rows], x2[rows])):
            ratio, m = y.sum() / x.sum(), (x > 0).sum()
            influence += sign * slope(ratio) * (y - ratio * x) / x.sum() * np.sqrt(m / (m - 1))
            ratios.append(ratio)
        return link(ratios[0]) - link(ratios[1]), np.sqrt((influence**2).sum())

    weights = resample_weights(40, n_resamples=400, seed=2)
    ours = bootstrap_contrasts(*pairs(), contrast=contrast, scale=scale, weights=weights)
    value, se = statistic(np.arange(40))
    again = [statistic(np.repeat(np.arange(40), row)) for row in weights]
    low_t, high_t = np.quantile([(g - value) / s for g, s in again], [0.025, 0.975])
    bound = scipy.stats.t.ppf(0.975, ratio_contrasts(*pairs(), contrast=contrast, scale=scale).df[0])
    assert ours.se[0] == pytest.approx(se)
    assert ours.low[0] == pytest.approx(value - max(high_t, bound) * se)
    assert ours.high[0] == pytest.approx(value - min(low_t, -bound) * se)


def test_columns_are_as_if_alone_and_weights_stay_joint():
    num = np.column_stack([sums(FIRST, NUM), sums(FIRST, DEN - NUM), np.zeros(40)])
    other = np.column_stack([sums(~FIRST, NUM), sums(~FIRST, DEN - NUM), np.zeros(40)])
    dens = [sums(group, DEN) for group in (FIRST, ~FIRST)]
    for call in (ratio_contrasts, bootstrap_contrasts):
        together = call((num, dens[0]), (other, dens[1]))
        alone = call((num[:, 1], dens[0]), (other[:, 1], dens[1]))
        assert together.low[1] == pytest.approx(alone.low[0])
        assert together.estimate[0] == pytest.approx(-together.estimate[1])
        assert together.low[0] == pytest.approx(-together.high[1])
        assert together.reason == ("", "", "fewer than 5 hits or others in one group")


def test_a_cluster_on_both_sides_cancels():
    # The same copies in both groups: whatever is drawn, their difference is 0.
    pair = (sums(FIRST, NUM), sums(FIRST, DEN))
    for call in (ratio_contrasts, bootstrap_contrasts):
        assert call(pair, pair).reason == ("fewer than 10 clusters in one group" if (pair[1] > 0).sum() < 10
                                           else "no difference between clusters",)


# Refusals and errors

@pytest.mark.parametrize(("sizes", "reason"), [
    (([0] * 30, [4] * 15), "the denominator is 0"), (([4], [4] * 15), "one cluster only"),
    (([4] * 9, [4] * 30), "fewer than 10 clusters in one group"),
    (([4] * 14 + [4000], [4] * 15), "fewer than 3 degrees of freedom"),
])
def test_too_little_is_refused_and_said_why(sizes, reason):
    n, m = map(len, sizes)
    den = np.r_[sizes[0], sizes[1]].astype(float)
    first = np.arange(n + m) < n
    num = den * np.tile([0.25, 0.5], n + m)[: n + m]
    pair = ((num * first, den * first), (num * ~first, den * ~first))
    ours = ratio_contrasts(*pair)
    assert ours.reason == (reason,)
    assert np.isnan([ours.low[0], ours.high[0], ours.p[0]]).all()
    asked = ratio_contrasts(*pair, allow_small_n=True)
    assert asked.reason == (reason,)
    assert np.isfinite(asked.p[0]) == reason.startswith("fewer")


@pytest.mark.parametrize(("options", "words"), [
    ({"contrast": "ratio"}, "No 'ratio' of a 'share'; there is difference of share, rate, mean; log ratio"),
    ({"contrast": "log odds ratio", "scale": "rate"}, "No 'log odds ratio' of a 'rate'"), ({"level": 95}, "level lies between"),
])
def test_errors_name_what_is_wrong(options, words):
    for call in (ratio_contrasts, bootstrap_contrasts):
        with pytest.raises(FramelensError, match=words):
            call(*pairs(), **options)
        with pytest.raises(FramelensError, match="they need the same"):
            call(([1], [2]), ([1, 1], [2, 2]))
    with pytest.raises(FramelensError, match="one column for each of the 40 clusters"):
        bootstrap_contrasts(*pairs(), weights=np.ones((5, 39)))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 100)), min_size=24, max_size=40), st.sampled_from(sorted(CONTRASTS)))
def test_exchanging_the_groups_turns_the_sign(clusters, contrast):
    den = np.array([x for x, _ in clusters], float)
    num = np.round(den * [y / 100 for _, y in clusters])
    first = np.arange(len(den)) % 2 == 0
    one, two = (num * first, den * first), (num * ~first, den * ~first)
    ours, back = ratio_contrasts(one, two, contrast=contrast), ratio_contrasts(two, one, contrast=contrast)
    assert ours.reason == back.reason
    for a, b in ((ours.estimate, -back.estimate), (ours.low, -back.high), (ours.df, back.df), (ours.p, back.p)):
        assert a == pytest.approx(b, nan_ok=True)
    if not ours.reason[0]:
        assert 0 < ours.df[0] <= len(den) - 2 + 1e-9


def test_nothing_on_both_sides_is_refused_without_a_warning():
    nothing, words = np.zeros(40), np.full(40, 100.0)
    first = np.arange(40) < 20
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ours = ratio_contrasts((nothing, words * first), (nothing, words * ~first), contrast="log ratio", scale="rate")
    assert np.isnan(ours.low[0])
    assert "hits" in ours.reason[0]
