"""Keyness statistics against hand calculation, scipy, nltk and their own symmetries (peers: test_association_peers.py)."""

from __future__ import annotations

import time
from decimal import Decimal, getcontext

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures

from framelens.errors import FramelensError
from framelens.stats.association import (
    CORRECTIONS,
    PRIORS,
    bayes_factor,
    chi_squared,
    log_likelihood,
    log_odds,
    log_ratio,
    odds_ratio,
    percent_difference,
    pmi,
    scaled_prior,
    simple_maths,
)

A = np.array([12, 0, 3, 250, 1, 7, 0])
B = np.array([5, 4, 0, 300, 0, 9, 0])
N_A, N_B = A.sum(), B.sum()
PRESENT = range(6)  # the last term occurs in neither


def tables():
    for i in PRESENT:
        yield i, [[A[i], B[i]], [N_A - A[i], N_B - B[i]]]


# Known answers

def test_log_odds_by_hand():
    # alpha 1 each of two terms: odds (3+1)/(10+2-4) = 4/8 and (7+1)/(9+2-8) = 8/3
    result = log_odds([3, 7], [7, 2], prior=1)
    assert result.log_odds[0] == pytest.approx(np.log(4 / 8) - np.log(8 / 3))
    assert result.variance[0] == pytest.approx(1 / 4 + 1 / 8 + 1 / 8 + 1 / 3)
    two = log_odds([3, 7], [7, 2], prior=1, variance="two")
    assert two.variance[0] == pytest.approx(1 / 4 + 1 / 8)
    assert two.z[0] == pytest.approx(two.log_odds[0] / np.sqrt(3 / 8))


def test_prior_by_term_and_by_group():
    # alpha (2, 1) in a, (4, 2) in b: (3+2)/(7+1) against (7+4)/(2+2)
    result = log_odds([3, 7], [7, 2], prior=[[2, 1], [4, 2]])
    assert result.log_odds[0] == pytest.approx(np.log(5 / 8) - np.log(11 / 4))
    assert np.array_equal(log_odds(A, B, prior=0.5).z, log_odds(A, B, prior=np.full(7, 0.5)).z)
    assert np.array_equal(log_odds(A, B, prior="corpus").z[:6], log_odds(A, B, prior=A + B).z[:6])


def test_against_the_pool_by_hand():
    # alpha 1: a 4 of 4 + 8, pool 4 + 8 of 12 + 11
    result = log_odds([3, 7], [7, 2], prior=1, variance="two", against="pool")
    assert result.log_odds[0] == pytest.approx(np.log(4 / 8) - np.log(12 / 11))
    assert result.variance[0] == pytest.approx(1 / 4 + 1 / 12)


def test_without_a_prior_a_zero_is_infinite_and_has_no_z():
    result = log_odds([0, 5], [5, 5], prior=0)
    assert result.log_odds[0] == -np.inf
    assert result.variance[0] == np.inf
    assert np.isnan(result.z[0])


def test_log_ratio_and_its_zeros_by_hand():
    result = log_ratio([8, 0, 3, 0], [2, 4, 0, 0], total_a=100, total_b=200)
    # .08 / .01 = 8; (.5/100) / (4/200) = 1/4; (3/100) / (.5/200) = 12; absent from both
    assert result.statistic[:3] == pytest.approx([3, -2, np.log2(12)])
    assert np.isnan(result.statistic[3])
    assert log_ratio([0], [4], zero="none", total_a=10, total_b=10).statistic[0] == -np.inf
    assert log_ratio([0], [3], zero=1, total_a=10, total_b=10).statistic[0] == -2


def test_odds_ratio_and_percent_difference_by_hand():
    assert odds_ratio([3], [6], total_a=10, total_b=9).statistic[0] == pytest.approx((3 / 7) / (6 / 3))
    assert odds_ratio([3], [0], total_a=10, total_b=9, zero="haldane").statistic[0] == pytest.approx((3.5 / 7.5) / (0.5 / 9.5))
    assert percent_difference([3], [6], total_a=10, total_b=10).statistic[0] == pytest.approx(-50)
    assert percent_difference([3], [0], total_a=10, total_b=10).statistic[0] == np.inf
    assert simple_maths([3], [0], total_a=1e6, total_b=2e6, k=2).statistic[0] == pytest.approx(5 / 2)


def test_pmi_by_hand():
    # p(w, a) = 4/32, p(w) = 4/32, p(a) = 16/32: log2 of 2; normalised by -log2 of 1/8
    assert pmi([4, 12], [0, 16]).statistic[0] == pytest.approx(1)
    assert pmi([4, 12], [0, 16], kind="normalised").statistic[0] == pytest.approx(1 / 3)
    assert pmi([0, 16], [4, 12], kind="normalised").statistic[0] == -1
    assert pmi([0, 16], [4, 12]).statistic[0] == -np.inf
    assert pmi([0, 16], [4, 12], kind="positive").statistic[0] == 0
    assert pmi([4, 12], [0, 16], base=np.e).statistic[0] == pytest.approx(np.log(2))


def test_bayes_factor_is_g2_less_the_log_of_all_words():
    # 2 (231 ln(231/309.5) + 388 ln(388/309.5)) - ln 200000
    g2 = 2 * (231 * np.log(231 / 309.5) + 388 * np.log(388 / 309.5))
    result = bayes_factor([231], [388], cells="two", total_a=100000, total_b=100000)
    assert result.statistic[0] == pytest.approx(g2 - np.log(200000))
    assert result.bayes_factor[0] == pytest.approx(np.exp((g2 - np.log(200000)) / 2))
    assert bayes_factor([9000, 1000], [1000, 9000]).bayes_factor[0] == np.inf


# Other implementations

@pytest.mark.parametrize(("ours", "theirs"), [(log_likelihood, "log-likelihood"), (chi_squared, "pearson")])
@pytest.mark.parametrize("correction", ["none", "yates"])
def test_significance_is_that_of_scipy_chi2_contingency(ours, theirs, correction):
    result = ours(A, B, correction=correction)
    for i, table in tables():
        expected = scipy.stats.chi2_contingency(table, correction=correction == "yates", lambda_=theirs)
        assert result.statistic[i] == pytest.approx(expected.statistic, rel=1e-9, abs=1e-11)
        assert result.p[i] == pytest.approx(expected.pvalue, rel=1e-9)


def test_g2_chi2_and_pmi_are_those_of_nltk():
    g2, chi2, mi = log_likelihood(A, B), chi_squared(A, B), pmi(A, B)
    for i in PRESENT:
        margins = (A[i], (A[i] + B[i], N_A), N_A + N_B)
        if A[i] and B[i]:
            assert g2.statistic[i] == pytest.approx(BigramAssocMeasures.likelihood_ratio(*margins), rel=1e-9)
        assert chi2.statistic[i] == pytest.approx(BigramAssocMeasures.chi_sq(*margins), rel=1e-9)
        if A[i]:
            assert mi.statistic[i] == pytest.approx(BigramAssocMeasures.pmi(*margins), rel=1e-9)


def test_odds_ratio_is_that_of_scipy_contingency():
    result = odds_ratio(A, B)
    for i, table in tables():
        if A[i] and B[i]:
            assert result.statistic[i] == pytest.approx(scipy.stats.contingency.odds_ratio(table, kind="sample").statistic)


@pytest.mark.parametrize("cells", ["four", "two"])
def test_g2_keeps_its_digits_in_a_large_corpus(cells):
    # A difference in the seventh place of a word that is a tenth of 1 730 000 000 words.
    getcontext().prec = 60
    a, b, n_a, n_b = 100_000_100, 73_000_000, 1_000_000_000, 730_000_000
    term, rest = Decimal(a + b) / (n_a + n_b), Decimal(n_a + n_b - a - b) / (n_a + n_b)
    table = [(a, term * n_a), (b, term * n_b), (n_a - a, rest * n_a), (n_b - b, rest * n_b)][:4 if cells == "four" else 2]
    exact = float(2 * sum(o * (o / e).ln() for o, e in table))
    plain = 2 * sum(o * np.log(o / float(e)) for o, e in table)
    result = log_likelihood([a], [b], cells=cells, total_a=n_a, total_b=n_b)
    assert result.statistic[0] == pytest.approx(exact, rel=1e-9)
    assert plain != pytest.approx(exact, rel=1e-5)


def test_g2_of_a_cell_that_rounding_puts_below_nothing():
    # a has 0 of them, so O ln(O/E) is 0 there; in floats (O - E)/E comes out as -1 - 2e-16
    n_a, b, n_b = 54362499146, 76288216031, 93507242378
    assert np.isfinite(log_likelihood([0, n_a], [b, b], total_a=n_a, total_b=n_b).statistic).all()


# What does not occur, and totals

def test_a_term_in_neither_group_is_not_tested():
    for result in (log_likelihood(A, B), chi_squared(A, B, correction="williams"), log_ratio(A, B), odds_ratio(A, B), pmi(A, B),
                   simple_maths(A, B), percent_difference(A, B), bayes_factor(A, B), *(
                       f(A, B, correction=c) for f in (log_likelihood, chi_squared) for c in CORRECTIONS)):
        assert np.isnan(result.statistic[6])
        assert np.isfinite(result.statistic[[0, 3, 5]]).all()
    assert np.isnan(log_likelihood(A, B).p[6])
    assert np.isnan(log_odds(A, B, prior="tidylo").z[6])
    assert np.isfinite(log_odds(A, B, prior=0.5).z[6])  # the prior knows of it


def test_totals_stand_for_the_words_left_out():
    whole, part = log_likelihood(A, B), log_likelihood(A[:2], B[:2], total_a=N_A, total_b=N_B)
    assert np.array_equal(whole.statistic[:2], part.statistic)
    assert not np.array_equal(whole.statistic[:2], log_likelihood(A[:2], B[:2]).statistic)
    given_total = log_odds(A[:2], B[:2], prior=[1, 2], total_a=N_A, total_b=N_B)
    # 12 + 1 of 273 + 3 against 5 + 1 of 318 + 3
    assert given_total.log_odds[0] == pytest.approx(np.log(13 / 263) - np.log(6 / 315))


@pytest.mark.parametrize("name", PRIORS)
def test_a_named_prior_yields_to_what_is_given(name):
    assert np.array_equal(log_odds(A, B, name, variance="four").variance > log_odds(A, B, name, variance="two").variance,
                          np.isfinite(log_odds(A, B, name).variance))


# Errors

@pytest.mark.parametrize(("call", "words"), [
    (lambda: log_ratio([1, -1], [1, 1]), "a: entry 1 is -1; counts are finite and not negative"),
    (lambda: log_ratio([1, 1], [1, np.nan]), "b: entry 1 is nan"),
    (lambda: log_ratio(["x"], [1]), "a holds something that is no number"),
    (lambda: log_ratio([1, 1], [1]), r"a has the shape \(2,\), b \(1,\)"),
    (lambda: log_ratio([[1, 1]], [[1, 1]]), "both are one count per term"),
    (lambda: log_ratio([1, 7], [1, 1], total_a=5), "total_a is 5, less than the count 7 of term 1"),
    (lambda: log_ratio([1], [1], total_b=np.inf), "total_b: entry itself is inf"),
    (lambda: log_ratio([1], [0]), "b has no words at all"),
    (lambda: log_ratio([1], [1], zero="drop"), "zero is one of half, none, scattertext, not 'drop'"),
    (lambda: log_ratio([1], [1], zero=-1), "zero: entry itself is -1; added counts"),
    (lambda: odds_ratio([1], [1], zero="half"), "zero is one of none, haldane"),
    (lambda: percent_difference([1], [1], zero="half"), "zero is one of none, gabrielatos"),
    (lambda: simple_maths([1], [1], k=0), "k is above 0, not 0"),
    (lambda: pmi([1], [1], kind="npmi"), "kind is one of plain, normalised, positive, quanteda"),
    (lambda: pmi([1], [1], base=1), "base is above 1"),
    (lambda: log_likelihood([1], [1], cells="2"), "cells is one of four, two, not '2'"),
    (lambda: log_likelihood([1], [1], correction="Yates"), "correction is one of none, yates"),
    (lambda: chi_squared([1], [1], cells="two", correction="yates"), "defined on all four cells"),
    (lambda: log_odds([1, 1], [1, 1], prior="monroe"), "prior is one of corpus, convokit, scattertext, tidylo"),
    (lambda: log_odds([1, 1], [1, 1], prior=-0.1), "prior: entry itself is -0.1; prior counts"),
    (lambda: log_odds([1, 1], [1, 1], prior=[1, 2, 3]), r"prior has the shape \(3,\): give one number, one for each of the 2"),
    (lambda: log_odds([1], [1], 1, variance="2"), "variance is one of four, two"),
    (lambda: log_odds([1], [1], 1, against="a"), "against is one of b, pool"),
    (lambda: scaled_prior([1, 2], scale="mcq"), "scale is one of none, word"),
    (lambda: scaled_prior([0, 0]), "not all 0"),
    (lambda: scaled_prior([1, 2], sigma=0), "sigma and power are above 0"),
    (lambda: scaled_prior([1, 2], scale="class-size"), "needs total_a and total_b"),
])
def test_errors_name_what_is_wrong(call, words):
    with pytest.raises(FramelensError, match=words):
        call()


# Properties

pairs = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=2, max_size=8).filter(
    lambda terms: all(sum(column) for column in zip(*terms, strict=True)))
EFFECTS = [lambda a, b: log_ratio(a, b).statistic, lambda a, b: log_odds(a, b, 0.4).log_odds, lambda a, b: log_odds(a, b, 0.4).z,
           lambda a, b: np.log(odds_ratio(a, b, zero="haldane").statistic), lambda a, b: np.log(simple_maths(a, b).statistic),
           *(lambda a, b, f=f, c=c: f(a, b, correction=c, signed=True).statistic
             for f in (log_likelihood, chi_squared) for c in CORRECTIONS),
           *(lambda a, b, f=f: f(a, b, cells="two", signed=True).statistic for f in (log_likelihood, chi_squared))]


@settings(max_examples=60, deadline=None)
@given(pairs, st.sampled_from(EFFECTS))
def test_exchanging_a_and_b_turns_the_sign(terms, effect):
    a, b = np.array(terms, float).T
    np.testing.assert_allclose(effect(a, b), -effect(b, a), rtol=1e-7, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(pairs, st.sampled_from(EFFECTS), st.randoms())
def test_terms_may_stand_in_any_order(terms, effect, random):
    a, b = np.array(terms, float).T
    order = random.sample(range(len(a)), len(a))
    np.testing.assert_allclose(effect(a, b)[order], effect(a[order], b[order]), rtol=1e-9)


@settings(max_examples=60, deadline=None)
@given(pairs, st.integers(2, 50))
def test_a_corpus_k_times_as_large_has_k_times_the_evidence_and_the_same_effect(terms, k):
    a, b = np.array(terms, float).T
    for test in (log_likelihood, chi_squared):
        for cells in ("four", "two"):
            np.testing.assert_allclose(test(k * a, k * b, cells=cells).statistic, k * test(a, b, cells=cells).statistic,
                                       rtol=1e-9, atol=1e-12)
    for effect in (lambda *c: log_ratio(*c, zero="none"), odds_ratio, percent_difference, simple_maths, pmi):
        np.testing.assert_allclose(effect(k * a, k * b).statistic, effect(a, b).statistic, rtol=1e-9, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 50), st.integers(1, 50), st.integers(1, 20))
def test_more_hits_in_a_raise_the_effect(y_a, y_b, more):
    totals = {"total_a": 200, "total_b": 300}
    for effect in (lambda y: log_ratio([y], [y_b], zero="none", **totals).statistic,
                   lambda y: odds_ratio([y], [y_b], **totals).statistic,
                   lambda y: percent_difference([y], [y_b], **totals).statistic,
                   lambda y: log_odds([y], [y_b], 0.3, **totals).log_odds,
                   lambda y: pmi([y], [y_b], **totals).statistic,
                   lambda y: log_likelihood([y], [y_b], signed=True, **totals).statistic,
                   lambda y: chi_squared([y], [y_b], signed=True, **totals).statistic):
        assert effect(y_a + more)[0] > effect(y_a)[0]


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_corrections_never_raise_the_statistic(terms):
    a, b = np.array(terms, float).T
    for test in (log_likelihood, chi_squared):
        plain = np.nan_to_num(test(a, b).statistic)
        for correction in ("yates", "williams"):
            assert (np.nan_to_num(test(a, b, correction=correction).statistic) <= plain + 1e-12).all()
        assert (plain >= 0).all()


def test_a_larger_prior_shrinks():
    sizes = [np.abs(log_odds(A, B, prior=alpha).log_odds[0]) for alpha in (0, 0.1, 1, 10, 100)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 2 * sizes[-1]


def test_a_hundred_thousand_terms_take_milliseconds():
    rng = np.random.default_rng(1)
    a, b = rng.poisson(rng.gamma(0.3, 40, (2, 100_000)))
    for call in (log_odds, log_likelihood, chi_squared, log_ratio, pmi):
        start = time.perf_counter()
        call(a, b)
        assert time.perf_counter() - start < 1  # measured 2 to 60 ms; a loop over terms takes seconds
