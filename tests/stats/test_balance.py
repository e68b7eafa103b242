"""Balances by hand, and their intervals against Clopper and Pearson's where clusters are single labels."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.errors import FramelensError
from framelens.stats.balance import balance_intervals, log_balance
from framelens.stats.proportion import share_intervals

counts = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=15)


@pytest.mark.parametrize(("first", "second", "ratio"), [(7, 2, 3), (2, 7, 1 / 3), (4, 4, 1), (1, 0, 3), (0, 12, 1 / 25)])
def test_by_hand(first, second, ratio):
    assert log_balance(first, second) == pytest.approx(np.log(ratio))


def test_of_nothing_there_is_none():
    assert np.isnan(log_balance(0, 0))
    assert balance_intervals([0, 0], [0, 0]).reason == ("neither kind occurs",)


def test_one_label_a_cluster_is_clopper_and_pearson_on_the_logit_scale():
    # scipy.stats.binomtest(7, 20).proportion_ci(method="exact"), of as many units as the cluster variance allows
    first = np.array([1] * 7 + [0] * 13)
    ours = balance_intervals(first, 1 - first)
    # the linearised variance has n − 1 where the binomial has n: 19 effective labels, and t of 6 degrees of freedom
    size = 19 * (scipy.stats.t.ppf(0.975, 19) / scipy.stats.t.ppf(0.975, 6)) ** 2
    low = scipy.stats.beta.ppf(0.025, 0.35 * size, 0.65 * size + 1)
    high = scipy.stats.beta.ppf(0.975, 0.35 * size + 1, 0.65 * size)
    assert ours.low[0] == pytest.approx(np.log(low / (1 - low)))
    assert ours.high[0] == pytest.approx(np.log(high / (1 - high)))
    exact = scipy.stats.binomtest(7, 20).proportion_ci(method="exact")
    assert ours.low[0] < np.log(exact.low / (1 - exact.low))  # the clusters that tell are fewer, so it is wider
    assert ours.high[0] > np.log(exact.high / (1 - exact.high))


def test_the_level_is_that_of_the_share():
    first, second = np.array([3, 1, 2, 2, 2, 3, 1, 2]), np.array([0, 2, 1, 1, 1, 0, 2, 1])
    for level in (0.5, 0.8, 0.99):
        found, share = balance_intervals(first, second, level=level), share_intervals(first, first + second, level=level)
        assert 1 / (1 + np.exp(-np.array([found.low[0], found.high[0]]))) == pytest.approx([share.low[0], share.high[0]])


@settings(max_examples=60, deadline=None)
@given(counts)
def test_swapping_the_kinds_turns_the_sign(rows):
    first, second = np.array(rows, float).T
    one, other = balance_intervals(first, second), balance_intervals(second, first)
    assert one.estimate[0] == pytest.approx(-other.estimate[0], nan_ok=True)
    assert [one.low[0], one.high[0]] == pytest.approx([-other.high[0], -other.low[0]], nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(counts)
def test_is_the_logit_of_the_share_but_for_the_half(rows):
    first, second = np.array(rows, float).T
    found, share = balance_intervals(first, second), share_intervals(first, first + second)
    d, n = first.sum(), second.sum()
    if min(d, n) == 0:
        assert found.reason[0].endswith(("occurs", "occur"))
        assert np.isnan(found.low[0])
        return
    assert abs(found.estimate[0] - np.log(d / n)) <= 1 / (2 * min(d, n))
    assert abs(found.estimate[0]) <= abs(np.log(d / n)) + 1e-12  # the half draws it to 0
    if not found.reason[0]:
        assert 1 / (1 + np.exp(-found.low[0])) == pytest.approx(share.low[0])
        assert found.low[0] < found.estimate[0] < found.high[0]


@pytest.mark.parametrize(("first", "second", "words"), [
    ([1, -1], [1, 1], "first: entry 1 is -1"), ([1, 2], [1, np.inf], "second: entry 1 is inf"),
    ([1, 2], [1, 2, 3], "do not fit"),
])
def test_errors_say_what_is_wrong(first, second, words):
    with pytest.raises(FramelensError, match=words):
        balance_intervals(first, second)


# Simulated truth (the whole table: tests/properties/simulate_balance.py)

@pytest.mark.parametrize("name", ["share 0.10 of 6 labels an article, ICC 0.3", "share 0.30 of 6 labels an article, ICC 0.1",
                                  "share 0.30 of 6 labels an article, ICC 0.1, log length SD 2"])
@pytest.mark.parametrize("n", [10, 20])
def test_intervals_hold_the_truth(name, n):
    script = runpy.run_path(str(Path(__file__).parents[1] / "properties" / "simulate_balance.py"))
    result = script["simulate"](next(cell for cell in script["CELLS"] if cell.name == name), n, trials=1500)
    assert result.held > 0.93
    assert result.given > 0.05
