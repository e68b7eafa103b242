"""The sign-flip test against SciPy's, its interval against the test itself, and where it refuses."""

from __future__ import annotations

import runpy
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.errors import FramelensError
from framelens.stats.paired import _ends, least_pairs, sign_flip_test

RNG = np.random.default_rng(11)
differences = st.lists(st.integers(-8, 8).map(lambda k: k / 4), min_size=6, max_size=11)


@pytest.mark.parametrize("n", [6, 9, 12])
@pytest.mark.parametrize("shift", [0, 0.4, 1.5])
def test_is_scipys_permutation_test_of_one_sample(n, shift):
    d = np.random.default_rng(n).normal(shift, 1, n)
    theirs = scipy.stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf, vectorized=True)
    assert sign_flip_test(d).p[0] == pytest.approx(theirs.pvalue)
    assert sign_flip_test(d).estimate[0] == pytest.approx(d.mean())
    assert sign_flip_test(d).method == ("sign-flip test, exact",)


def by_all_signs(d):
    means = np.array([np.mean(d * signs) for signs in product((1, -1), repeat=len(d))])
    return (np.abs(means) >= abs(np.mean(d)) - 1e-12).mean()


@settings(max_examples=40, deadline=None)
@given(differences)
def test_p_is_the_share_of_arrangements_as_far_from_0(values):
    d = np.array(values)
    found = sign_flip_test(d)
    if found.reason[0]:
        assert (d != 0).sum() < 6
        assert np.isnan([found.low[0], found.high[0], found.p[0]]).all()
    else:
        assert found.p[0] == pytest.approx(min(1.0, by_all_signs(d)))


@settings(max_examples=40, deadline=None)
@given(differences, st.sampled_from([0.9, 0.95]))
def test_the_interval_holds_the_shifts_that_the_test_does_not_reject(values, level):
    d = np.array(values) + np.linspace(0, 0.01, len(values))  # no ties
    found = sign_flip_test(d, level=level)
    if found.reason[0]:
        return
    inside, gap = (found.low[0], found.high[0]), 1e-6
    for shift, held in ((inside[0] + gap, True), (inside[1] - gap, True), (inside[0] - gap, False), (inside[1] + gap, False)):
        assert (by_all_signs(d - shift) > 1 - level) == held
    assert (found.low[0] <= 0 <= found.high[0]) == (found.p[0] > 1 - level)


@settings(max_examples=30, deadline=None)
@given(differences)
def test_swapping_sides_turns_the_sign(values):
    one, other = sign_flip_test(values), sign_flip_test(-np.array(values))
    assert [one.low[0], one.high[0], one.p[0]] == pytest.approx([-other.high[0], -other.low[0], other.p[0]], nan_ok=True)


def test_many_pairs_are_drawn_and_near_students_t():
    d = RNG.normal(0.3, 1, 40)
    found = sign_flip_test(d, n_resamples=20_000, seed=3)
    theirs = scipy.stats.ttest_1samp(d, 0)
    interval = theirs.confidence_interval()
    assert found.method == ("sign-flip test, 20000 draws",)
    assert found.p[0] == pytest.approx(theirs.pvalue, abs=0.01)
    assert (found.low[0], found.high[0]) == pytest.approx((interval.low, interval.high), abs=0.03)
    again = sign_flip_test(d, n_resamples=20_000, seed=3)
    assert (again.p[0], again.low[0]) == (found.p[0], found.low[0])
    assert sign_flip_test(d, n_resamples=20_000, seed=4).low[0] != found.low[0]


def test_sixteen_pairs_are_exact_and_seventeen_are_drawn():
    d = RNG.normal(0.2, 1, 17)
    assert sign_flip_test(d[:16]).method == ("sign-flip test, exact",)
    assert sign_flip_test(d).method == ("sign-flip test, 9999 draws",)
    fewest = sign_flip_test(d, n_resamples=64)  # as many as six pairs have arrangements
    assert fewest.low[0] < fewest.estimate[0] < fewest.high[0]


def test_a_draw_that_flips_nothing_is_as_far_from_every_shift():
    # Of five arrangements at 60 % an end is the outermost: that of the draw without a flip has no bound.
    assert _ends(np.array([0.0, 3, 1, 2]), np.array([0.0, 1, 1, 1]), 0.6, 0.0)[:2] == (-np.inf, np.inf)
    assert _ends(np.array([4.0, 3, 1, 2]), np.array([1.0, 1, 1, 1]), 0.6, 0.0)[:2] == (1, 4)


def test_columns_are_as_if_alone_and_absent_pairs_do_not_count():
    d = RNG.normal(0.5, 1, (9, 3))
    d[2:5, 1] = np.nan
    d[:, 2] = np.nan
    together = sign_flip_test(d)
    alone = sign_flip_test(d[~np.isnan(d[:, 1]), 1])
    assert together.n_pairs.tolist() == [9, 6, 0]
    assert (together.p[1], together.low[1], together.estimate[1]) == (alone.p[0], alone.low[0], alone.estimate[0])
    assert np.isnan(together.estimate[2])
    assert together.reason[2].startswith("fewer than 6 unequal pairs")


def test_five_pairs_cannot_reach_five_per_cent():
    assert 2 / 2**5 > 0.05 >= 2 / 2**6
    assert least_pairs(0.95) == 6
    assert [2 / 2 ** least_pairs(level) <= 1 - level < 2 / 2 ** (least_pairs(level) - 1) for level in (0.5, 0.9, 0.99, 0.999)]
    assert np.isnan(sign_flip_test([1.0] * 5 + [0.0] * 20).p[0])  # equal pairs give no arrangement more


def test_rounding_is_no_difference():
    d = np.array([0.2, 0.1, 0.4, 0.3, 0.5, 0.1 + 0.2 - 0.3])
    assert d[-1] != 0
    assert sign_flip_test(d).n_unequal.tolist() == [5]
    assert sign_flip_test(d).reason[0].startswith("fewer than 6 unequal pairs")
    more = sign_flip_test(np.append(d, 0.6))
    # of the means of subsets the third least: of 0, of 0 and 0.1, of 0.1
    assert [more.p[0], more.low[0]] == pytest.approx([4 / 2**7, 0.1])


@pytest.mark.parametrize(("values", "options", "words"), [
    ([1, np.inf], {}, "finite numbers"), ([1] * 6, {"level": 1}, "level lies between 0 and 1"),
    ([1] * 6, {"n_resamples": 20}, "n_resamples=20 is too few"),
    ([1] * 6, {"seed": -1}, "seed is at least 0, a whole number, not -1"),
    ([1] * 6, {"seed": 0.5}, r"seed is at least 0, a whole number, not 0\.5"),
])
def test_errors_say_what_is_wrong(values, options, words):
    with pytest.raises(FramelensError, match=words):
        sign_flip_test(values, **options)


# Simulated truth (the whole table: tests/properties/simulate_events.py)

@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(Path(__file__).parents[1] / "properties" / "simulate_events.py"))


@pytest.mark.parametrize("kind", range(3))
def test_outlets_of_one_kind_are_told_apart_as_often_as_is_said(script, kind):
    result = script["simulate"](script["KINDS"][kind], 12, (1, 1), trials=600)
    assert 0.015 < result.wrong < 0.075
    assert result.power > 3 * result.wrong
    assert result.power > result.plain_power  # events held fixed tell more than all articles together


def test_what_is_refused_errs(script):
    kind = script["KINDS"][2]
    assert kind.startswith("rate")
    assert script["simulate"](kind, 12, (6, 1), trials=2000).wrong > 0.065
