"""Agreement of two scores: other implementations, hand-made intervals, undefined cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pearsonr, spearmanr
from scipy.stats import t as student

from framelens.errors import FramelensError
from framelens.stats.agreement import krippendorff_alpha
from framelens.stats.scores import MOST_GROUPS, STATISTICS, score_agreement

number = st.sampled_from([-1.0, -0.5, -0.25, 0.0, 0.0, 0.1, 0.3, 0.8])


@given(st.lists(st.tuples(number, number), min_size=3, max_size=40))
def test_agrees_with_other_implementations(pairs):
    """scipy.stats.pearsonr and spearmanr; krippendorff_alpha(level="interval"), which is checked against published values."""
    x, y = np.array(pairs).T
    if np.ptp(x) and np.ptp(y):
        assert score_agreement(x, y, range(len(x))).estimate == pytest.approx(pearsonr(x, y).statistic)
        assert score_agreement(x, y, range(len(x)), statistic="spearman").estimate == pytest.approx(spearmanr(x, y).statistic)
    alpha = krippendorff_alpha([x, y], "interval", n_resamples=0).alpha
    assert score_agreement(x, y, range(len(x)), statistic="alpha").estimate == pytest.approx(alpha, nan_ok=True)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_the_interval_by_hand(statistic):
    rng = np.random.default_rng(1)
    clusters = np.repeat(np.arange(12), 5)
    x = rng.normal(size=60)
    y = x + rng.normal(size=60)
    found = score_agreement(x, y, clusters, statistic=statistic)
    function = STATISTICS[statistic][1]
    z = np.arctanh([function(x[clusters != g], y[clusters != g]) for g in range(12)])
    reach = student.ppf(0.975, 11) * np.sqrt(11 / 12 * ((z - z.mean()) ** 2).sum())
    assert [found.ci_low, found.ci_high] == pytest.approx(list(np.tanh(np.arctanh(found.estimate) + reach * np.array([-1, 1]))))
    assert (found.n_units, found.n_clusters, found.reason) == (60, 12, "")


def test_alike_clusters_make_it_wider():
    rng = np.random.default_rng(2)
    clusters = np.repeat(np.arange(15), 20)
    shared = rng.normal(size=15)[clusters]
    x, y = shared + rng.normal(size=300), shared + rng.normal(size=300)
    by_cluster, alone = score_agreement(x, y, clusters), score_agreement(x, y, np.arange(300))
    assert by_cluster.ci_high - by_cluster.ci_low > 1.5 * (alone.ci_high - alone.ci_low)


def test_many_clusters_are_left_out_in_groups():
    rng = np.random.default_rng(3)
    x = rng.normal(size=3 * MOST_GROUPS)
    y = x + rng.normal(size=len(x))
    found = score_agreement(x, y, np.arange(len(x)))
    expected = 1 / np.sqrt(len(x) - 3) * student.ppf(0.975, MOST_GROUPS - 1)  # Fisher's of independent normal pairs
    assert np.arctanh(found.ci_high) - np.arctanh(found.estimate) == pytest.approx(expected, rel=0.2)
    assert found.n_clusters == len(x)


@pytest.mark.parametrize(("x", "y", "clusters", "reason"), [
    ([], [], [], "no unit"), ([1, 1, 1], [1, 2, 3], [1, 2, 3], "a score does not vary"),
    ([1, 2, 3, 4], [1, 3, 2, 4], [1, 1, 2, 2], "an interval needs 3 clusters"),
    ([1, 2, 3], [1, 2, 3], [1, 2, 3], "agree to the last bit"), ([0, 0, 1], [1, 0, 0], [1, 2, 3], "without one of the clusters"),
])
def test_what_is_undefined_says_why(x, y, clusters, reason):
    found = score_agreement(x, y, clusters)
    assert reason in found.reason
    assert np.isnan([found.ci_low, found.ci_high]).all()


@pytest.mark.parametrize(("call", "words"), [
    (lambda: score_agreement([1, 2], [1], [1, 2]), "shapes"), (lambda: score_agreement([np.nan, 2], [1, 2], [1, 2]), "missing"),
    (lambda: score_agreement([1, 2], [1, 2], [1, 2], statistic="kendall"), "kendall"),
    (lambda: score_agreement([1, 2], [1, 2], [1, 2], ci_level=95), "ci_level"),
])
def test_a_wrong_argument_is_named(call, words):
    with pytest.raises(FramelensError, match=words):
        call()
