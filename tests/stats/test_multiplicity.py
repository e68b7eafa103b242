"""Adjusted p-values against statsmodels, hand calculation and what adjusting promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from framelens.errors import FramelensError
from framelens.stats.multiplicity import METHODS, adjust

P = np.r_[np.random.default_rng(3).beta(0.4, 2, 40), 0.01, 0.01, 0.0, 1.0]


def test_by_hand():
    p = [0.01, 0.04, 0.03, 0.2]
    assert adjust(p, "bonferroni") == pytest.approx([0.04, 0.16, 0.12, 0.8])
    assert adjust(p, "holm") == pytest.approx([0.04, 0.09, 0.09, 0.2])  # 4 × .01, 3 × .03, max(2 × .04, .09), .2
    assert adjust(p, "fdr_bh") == pytest.approx([0.04, 0.04 * 4 / 3, 0.04 * 4 / 3, 0.2])  # .03 × 4/2 = .06 yields to .04 × 4/3
    harmonic = 1 + 1 / 2 + 1 / 3 + 1 / 4
    assert adjust(p, "fdr_by") == pytest.approx(harmonic * np.array([0.04, 0.16 / 3, 0.16 / 3, 0.2]))
    assert np.array_equal(adjust(p), adjust(p, "fdr_bh"))


@pytest.mark.parametrize("method", METHODS)
def test_is_statsmodels_multipletests(method):
    assert adjust(P, method) == pytest.approx(multipletests(P, method=method)[1], rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_what_was_not_tested_does_not_count(method):
    with_gaps = np.insert(P, [0, 7, 7, 40], np.nan).reshape(8, 6)
    adjusted = adjust(with_gaps, method)
    assert adjusted.shape == (8, 6)
    assert np.array_equal(np.isnan(adjusted), np.isnan(with_gaps))
    assert np.array_equal(adjusted[~np.isnan(adjusted)], adjust(P, method))
    assert np.isnan(adjust([np.nan, np.nan], method)).all()
    assert adjust([], method).shape == (0,)


@pytest.mark.parametrize(("p", "method", "words"), [
    ([0.5, 1.2], "holm", "1.2 is no p-value: they lie between 0 and 1"),
    ([-0.1], "holm", "-0.1 is no p-value"),
    (["low"], "holm", "no number"),
    ([0.5], "bh", "method is one of fdr_bh, fdr_by, holm, bonferroni, not 'bh'"),
])
def test_errors_name_what_is_wrong(p, method, words):
    with pytest.raises(FramelensError, match=words):
        adjust(p, method)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.sampled_from(METHODS), st.randoms())
def test_never_below_p_in_the_order_of_p_and_blind_to_position(p, method, random):
    p = np.array(p)
    adjusted = adjust(p, method)
    assert (adjusted >= p * (1 - 1e-12)).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= 0).all()
    order = random.sample(range(len(p)), len(p))
    assert np.array_equal(adjusted[order], adjust(p[order], method))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_methods_stand_in_their_known_order(p):
    bh, by, holm, bonferroni = (adjust(p, method) for method in METHODS)
    slack = 1 + 1e-12
    assert (bh <= by * slack).all()
    assert (bh <= holm * slack).all()
    assert (holm <= bonferroni * slack).all()
