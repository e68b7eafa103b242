"""Distances against scipy, hand calculation and simulated truth."""

from __future__ import annotations

from math import log2, sqrt

import numpy as np
import pytest
import scipy.spatial.distance
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.errors import FramelensError
from framelens.stats.clusters import relabelled, side_parts
from framelens.stats.distance import (
    DISTANCES,
    cosine_distance,
    distance_test,
    jensen_shannon_distance,
    jensen_shannon_divergence,
)

RNG = np.random.default_rng(3)
GROUP = np.arange(30) < 12
COUNTS = RNG.poisson(RNG.gamma(1, 1, (30, 40)) * RNG.gamma(0.5, 4, 40))
SHORT = 0.3


def same_vocabulary(n_short, n_long, seed):
    """Articles of one vocabulary, those of the first group shorter."""
    rng = np.random.default_rng(seed)
    means = rng.gamma(0.6, 3, 150) * np.where(np.arange(n_short + n_long) < n_short, SHORT, 1)[:, None]
    return rng.poisson(rng.gamma(1, means)), np.arange(n_short + n_long) < n_short


def test_divergence_by_hand():
    # P = (1/2, 1/2), Q = (1, 0), M = (3/4, 1/4)
    by_hand = (0.5 * log2(0.5 / 0.75) + 0.5 * log2(0.5 / 0.25)) / 2 + log2(1 / 0.75) / 2
    assert jensen_shannon_divergence([3, 3], [7, 0]) == pytest.approx(by_hand)
    assert jensen_shannon_distance([3, 3], [7, 0]) == pytest.approx(sqrt(by_hand))


def test_distances_are_scipys():
    a, b = COUNTS[GROUP].sum(0), COUNTS[~GROUP].sum(0)
    assert jensen_shannon_distance(a, b) == pytest.approx(scipy.spatial.distance.jensenshannon(a, b, base=2))
    assert cosine_distance(a, b) == pytest.approx(scipy.spatial.distance.cosine(a, b))
    columns = jensen_shannon_divergence(np.column_stack([a, b, a]), np.column_stack([b, a, a]))
    assert columns == pytest.approx([scipy.spatial.distance.jensenshannon(a, b, base=2) ** 2] * 2 + [0])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=30), st.integers(2, 9))
def test_distances_lie_between_0_and_1_and_know_shares_only(pairs, times):
    a, b = np.array(pairs).T
    for call in (jensen_shannon_divergence, jensen_shannon_distance, cosine_distance):
        value = call(a, b)
        if not a.sum() or not b.sum():
            assert np.isnan(value)
            continue
        assert 0 <= value <= 1 + 1e-12
        assert value == pytest.approx(call(b, a), abs=1e-9)
        assert call(a * times, b) == pytest.approx(value, abs=1e-9)
        assert call(a, a * times) == pytest.approx(0, abs=1e-7)


def test_null_is_that_of_a_plain_loop():
    # Both groups' articles of one length, so that nothing is thinned.
    counts = np.array([RNG.multinomial(50, np.arange(1, 41) / 820) for _ in range(30)])
    result = distance_test(counts, GROUP, n_resamples=200, seed=4)
    rng = np.random.default_rng(4)
    rng.binomial(counts.T[counts.T > 0], 1.0)  # what thinning takes of the stream
    parts = side_parts(counts, counts.sum(1), GROUP)
    labels = np.concatenate(list(relabelled(parts, 200, int(rng.integers(1 << 31)), 1)), axis=1) > 0
    null = [jensen_shannon_distance(counts[row].sum(0), counts[~row].sum(0)) for row in labels.T]
    observed = jensen_shannon_distance(counts[GROUP].sum(0), counts[~GROUP].sum(0))
    assert result.observed == result.compared == pytest.approx(observed)
    assert result.null_mean == pytest.approx(np.mean(null))
    assert result.null_quantiles == pytest.approx(tuple(np.quantile(null, [0.05, 0.5, 0.95])))
    assert result.p == (1 + (np.array(null) >= observed - 1e-9).sum()) / 201
    assert result.excess == pytest.approx((observed - np.mean(null)) / np.std(null))


def test_sample_size_alone_is_no_distance():
    # Twenty short articles against 40: the observed distance is far from 0, and so is that of chance.
    found = []
    for seed in range(60):
        counts, group = same_vocabulary(20, 40, seed)
        result = distance_test(counts, group, n_resamples=99, seed=seed)
        assert result.observed > 0.15 and result.null_mean > 0.15
        found.append(result.p <= 0.05)
    assert np.mean(found) <= 0.05 + 2 * sqrt(0.05 * 0.95 / 60)
    counts[group] = counts[group][:, ::-1]  # another vocabulary
    assert distance_test(counts, group, n_resamples=99).p == 0.01


def test_without_thinning_short_articles_would_be_found_different():
    counts, group = same_vocabulary(12, 60, 1)
    a = counts[group].sum(0)
    rng = np.random.default_rng(0)
    orders = [rng.permutation(72)[:12] for _ in range(99)]
    null = [jensen_shannon_distance(counts[o].sum(0), counts.sum(0) - counts[o].sum(0)) for o in orders]
    assert (np.array(null) < jensen_shannon_distance(a, counts.sum(0) - a)).all()


def test_few_short_articles_against_many_are_described_and_not_tested():
    counts, group = same_vocabulary(12, 60, 1)
    result = distance_test(counts, group)
    assert result.reason == "fewer than 20 clusters against more than 3 times as many, and of shorter articles"
    assert result.observed > 0 and np.isnan(result.p)
    assert distance_test(counts, ~group, n_resamples=99).reason == result.reason
    few_long = np.isin(np.arange(72), np.flatnonzero(~group)[:14])
    assert distance_test(counts, few_long, n_resamples=99).reason == ""


def test_few_articles_a_little_shorter_are_tested():
    counts, group = np.full((72, 5), 12), np.arange(72) < 12
    for hits, reason in ((9, ""), (7, "fewer than 20 clusters against more than 3 times as many, and of shorter articles")):
        counts[group] = hits  # 12 is a third more than 9, and more than half more than 7
        assert distance_test(counts, group, n_resamples=99).reason == reason


def test_arrangements_as_far_apart_count_against_a_difference():
    # Articles of two kinds, six of each in either group: only the most uneven arrangements are further apart than most.
    counts = np.tile([[6, 2], [2, 6]], (12, 1))
    group = np.repeat([True, False], 12)
    level = distance_test(counts, group, n_resamples=199)
    assert level.compared == pytest.approx(0, abs=1e-7)
    assert level.p == 1
    uneven = group.copy()
    uneven[[1, 12]] = [False, True]  # 7 : 5 against 5 : 7: as near as any but the level one
    kinds = np.arange(24) % 2 == 0
    inside = scipy.stats.hypergeom(24, 12, 12)
    assert kinds[uneven].sum() == 7
    assert distance_test(counts, uneven, n_resamples=4999).p == pytest.approx(1 - inside.pmf(6), abs=0.03)


def test_long_articles_are_thinned_to_the_lower_quartile():
    from framelens.stats.distance import _capped

    counts, group = same_vocabulary(20, 40, 2)
    sizes = counts.sum(1)
    most = min(np.quantile(sizes[group], 0.25), np.quantile(sizes[~group], 0.25))
    left = _capped(side_parts(counts, sizes, group), np.random.default_rng(0)).toarray().sum(1)
    order = np.r_[np.flatnonzero(group), np.flatnonzero(~group)]
    expected = np.minimum(sizes, most)[order]
    assert (left[expected == sizes[order]] == expected[expected == sizes[order]]).all()
    assert left == pytest.approx(expected, abs=5 * sqrt(most))
    assert left.mean() == pytest.approx(expected.mean(), rel=0.05)


def test_few_clusters_are_described_and_not_tested():
    result = distance_test(COUNTS, GROUP, clusters=np.arange(30) // 2)
    assert result.reason == "fewer than 10 clusters of one group alone"
    assert result.n_clusters == (6, 9)
    assert result.observed == pytest.approx(float(jensen_shannon_distance(COUNTS[GROUP].sum(0), COUNTS[~GROUP].sum(0))))
    assert np.isnan([result.p, result.excess, result.null_mean, *result.null_quantiles]).all()
    asked = distance_test(COUNTS, GROUP, clusters=np.arange(30) // 2, n_resamples=99, allow_small_n=True)
    assert asked.reason == result.reason and 0 < asked.p <= 1
    assert distance_test(COUNTS, GROUP, clusters=np.arange(30) % 12).n_clusters == (0, 0)


@pytest.mark.parametrize(("change", "words"), [
    ({"distance": "Euclid"}, "distance is one of Jensen-Shannon divergence, Jensen-Shannon distance, cosine"),
    ({"n_resamples": 9}, "n_resamples is at least 99"), ({"counts": COUNTS / 3}, "whole numbers"),
    ({"group": np.ones(30, bool)}, "Both groups need"), ({"counts": -COUNTS}, "not negative"),
])
def test_errors_name_what_is_wrong(change, words):
    given = {"counts": COUNTS, "group": GROUP} | change
    with pytest.raises(FramelensError, match=words):
        distance_test(given.pop("counts"), given.pop("group"), **given)
    with pytest.raises(FramelensError, match="do not fit"):
        cosine_distance([1, 2], [1])
    with pytest.raises(FramelensError, match="Term 1: counts are finite and not negative"):
        jensen_shannon_divergence([1, -2], [1, 1])


@pytest.mark.parametrize("distance", DISTANCES)
def test_every_distance_is_named_in_its_method(distance):
    assert distance_test(COUNTS, GROUP, distance=distance, n_resamples=99).method == (
        f"{distance}, permutation of clusters, 99 resamples")
