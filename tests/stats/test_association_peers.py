"""Each peer's number to 1e-9: values that the peer printed, or its formula written again term by term from its source."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.stats.association import (
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

A = np.array([12, 0, 3, 250, 1, 7])
B = np.array([5, 4, 0, 300, 0, 9])
BACKGROUND = np.array([40, 9, 2, 5000, 3, 1])
N_A, N_B = int(A.sum()), int(B.sum())
EXACT = {"rel": 1e-9, "abs": 1e-9}


# Printed by the peers themselves

def test_convokit_fighting_words():
    # convokit 5.0.0: FightingWords(cv=CountVectorizer(), prior=0.1)._bayes_compare_language([a], [b]), texts with these counts
    printed = [1.980008067502912, -1.1166277520945231, 1.119662292653661, -4.922789498815924, 0.7732253063491069,
               -0.1969022571227122]
    assert log_odds(A, B, prior="convokit").z == pytest.approx(printed, **EXACT)
    assert log_odds(A, B, prior=0.1, variance="two").z == pytest.approx(printed, **EXACT)


def test_scattertext_uninformative_prior():
    # scattertext 0.2.2: LogOddsRatioUninformativeDirichletPrior().get_zeta_i_j_given_separate_counts(A, B)
    printed = [1.9618015802956155, -0.25783106120080296, 0.2583245199330981, -1.3105823264160865, 0.22330268897055874,
               -0.19858562549361428]
    assert log_odds(A, B, prior="scattertext").z == pytest.approx(printed, **EXACT)


@pytest.mark.parametrize(("scale", "printed"), [
    ("none", [0.7548681338548574, -0.8294831914147811, 1.1056111768213914, -0.46173715875414134, 0.387803915940215,
              -0.4530797261441021]),
    ("class-size", [1.0439506890964885, -0.9621649145261597, 1.3038992563883278, -0.7994984674968628, 0.503672557216267,
                    -0.18939320346455468]),
    ("corpus-size", [0.7065734422411104, -0.7787221130377053, 1.0622226623306223, -0.4340494746233287, 0.3626040436464214,
                     -0.45100460547390825]),
    ("background-corpus-size", [0.2585849754061636, -0.28912123110956683, 0.46011572827725294, -0.16389139504345482,
                                0.13152630662529294, -0.33056914935279075]),
    ("word", [1.9467166066918757, -0.7034248308504016, 0.42684316738179456, -1.291947508769763, 0.4058578756448347,
              -0.2085210029279238]),
])
def test_scattertext_informative_prior(scale, printed):
    # LogOddsRatioInformativeDirichletPrior(BACKGROUND, sigma=10, scale_type=scale).get_zeta_i_j_given_separate_counts(A, B)
    prior = scaled_prior(BACKGROUND, scale=scale, sigma=10, total_a=N_A, total_b=N_B)
    assert log_odds(A, B, prior).z == pytest.approx(printed, **EXACT)


def test_scattertext_informative_prior_with_a_power():
    # LogOddsRatioInformativeDirichletPrior(BACKGROUND, sigma=.5, scale_type="class-size", prior_power=1.3)
    printed = [1.890063362928906, -1.2100820462498103, 0.8062213998561177, -1.3310776518413354, 0.6941854634665302,
               -0.13391142575754336]
    prior = scaled_prior(BACKGROUND, scale="class-size", sigma=0.5, power=1.3, total_a=N_A, total_b=N_B)
    assert log_odds(A, B, prior).z == pytest.approx(printed, **EXACT)


def test_scattertext_scorers():
    # G2, LogRelativeRisk and SimpleMaths (corpus).set_categories("A", ["B"]).get_scores(), two texts with these counts
    assert log_likelihood(A, B, signed=True).statistic == pytest.approx(
        [4.257440901888703, -4.981509798013239, 4.651899533357771, -1.7332983777521846, 1.5466629263197595,
         -0.03959679969879604], **EXACT)
    assert log_ratio(A, B, zero="scattertext").statistic == pytest.approx(
        [1.4814794568749292, -8.427332612090417, 8.453745491124206, -0.042898973854997566, 6.8783372971163,
         -0.14198684743841294], **EXACT)
    assert simple_maths(A, B).statistic == pytest.approx(
        [2.795490202427522, 7.949368025241992e-05, 10990.01098901099, 0.9706960017582088, 3664.003663003663,
         0.9059862278028569], **EXACT)


def test_scattertexts_log_likelihood_ratio_is_chi_squared_of_document_counts():
    # LogLikelihoodRatio on texts wa wb / wa wa wc / wb against wc wc / wa wc wd / wd / wc: power_divergence without lambda_
    printed = [0.5444444444444446, 2.3999999999999995, 0.675, 1.666666666666667]
    result = chi_squared([2, 2, 1, 0], [1, 0, 3, 2], cells="two")
    assert result.statistic == pytest.approx(printed, **EXACT)


# From sources, term by term

def quanteda_cells(a, b, n_a=N_A, n_b=N_B):
    return [(y_a, y_b, n_a - y_a, n_b - y_b) for y_a, y_b in zip(a, b, strict=True)]


def quanteda_yates(a, b, c, d):
    n = a + b + c + d
    small = min((a + b) * (a + c), (a + b) * (b + d), (a + c) * (c + d), (b + d) * (c + d)) / n < 5
    return 0.5 if abs(a * d - b * c) >= n / 2 and small else 0.0


def quanteda_q(a, b, c, d):
    n = a + b + c + d
    if 0 in (a, b, c, d):
        return 1.0
    return 1 + (n / (a + b) + n / (c + d) - 1) * (n / (a + c) + n / (b + d) - 1) / (6 * n)


def quanteda_chi2(cells, correction):
    a, b, c, d = cells
    n = a + b + c + d
    delta = quanteda_yates(*cells) if correction == "quanteda" else 0
    top = n * (abs(a * d - b * c) - n * delta) ** 2
    bottom = (a + b) * (c + d) * (a + c) * (b + d)
    return math.copysign(top / bottom * (quanteda_q(*cells) if correction == "quanteda_williams" else 1), a * d - b * c)


def quanteda_lr(cells, correction):
    a, b, c, d = cells
    n, sign = a + b + c + d, math.copysign(1, a * d - b * c)
    delta = sign * quanteda_yates(*cells) if correction == "quanteda" else 0
    e = [(a + b) * (a + c) / n, (a + b) * (b + d) / n, (a + c) * (c + d) / n, (b + d) * (c + d) / n]
    moved = (a - delta, b + delta, c + delta, d - delta)
    value = 2 * sum(o * math.log(o / x + 1e-9) for o, x in zip(moved, e, strict=True))
    return sign * value / (quanteda_q(*cells) if correction == "quanteda_williams" else 1)


@pytest.mark.parametrize("correction", ["quanteda", "quanteda_williams", "quanteda_none"])
def test_quanteda_keyness(correction):
    # quanteda.textstats src/keyness.cpp (commit 11727bf), functions chisq_lambda and lr_lambda
    chi2 = chi_squared(A, B, correction=correction, signed=True)
    g2 = log_likelihood(A, B, correction=correction, signed=True)
    cells = quanteda_cells(A, B)
    assert chi2.statistic == pytest.approx([quanteda_chi2(c, correction) for c in cells], **EXACT)
    assert g2.statistic == pytest.approx([quanteda_lr(c, correction) for c in cells], **EXACT)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 9), st.integers(0, 9), st.integers(10, 60), st.integers(10, 60))
def test_quanteda_keyness_of_small_counts(y_a, y_b, n_a, n_b):
    # where its conditions of Yates (|O - E| >= .5, some E < 5) are met by some and not by others
    if y_a + y_b == 0 or y_a * n_b == y_b * n_a:
        return  # 0/0, and a difference of 0, whose sign its code takes from rounding
    cells, totals = quanteda_cells([y_a], [y_b], n_a, n_b)[0], {"total_a": n_a, "total_b": n_b, "signed": True}
    for correction in ("quanteda", "quanteda_williams", "quanteda_none"):
        assert chi_squared([y_a], [y_b], correction=correction, **totals).statistic[0] == pytest.approx(
            quanteda_chi2(cells, correction), **EXACT)
        assert log_likelihood([y_a], [y_b], correction=correction, **totals).statistic[0] == pytest.approx(
            quanteda_lr(cells, correction), **EXACT)


def test_quantedas_yates_moves_some_terms_and_not_others():
    moved = chi_squared(A, B, correction="quanteda").statistic != chi_squared(A, B).statistic
    assert moved.any()
    assert not moved.all()
    assert not np.allclose(chi_squared(A, B, correction="quanteda").statistic, chi_squared(A, B, correction="yates").statistic)


def test_quantedas_epsilon_grows_with_the_corpus():
    more = [float((log_likelihood([9 * k], [7 * k], total_a=500 * k, total_b=400 * k, correction="quanteda_none").statistic
                   - log_likelihood([9 * k], [7 * k], total_a=500 * k, total_b=400 * k).statistic)[0]) for k in (10**4, 10**6)]
    assert more == pytest.approx([2e-9 * 900 * 10**4, 2e-9 * 900 * 10**6], rel=1e-3)


def test_williams_divides_as_quantedas_own_unused_test_expects():
    # tests/testthat/test-textstat_keyness.R, commented out: 4.017626 for "b b b b b b b a a a", "a a a a a a a b b"
    assert chi_squared([7, 3], [2, 7], correction="williams").statistic[0] == pytest.approx(4.017626, abs=5e-7)
    assert chi_squared([7, 3], [2, 7], correction="quanteda_williams").statistic[0] > chi_squared([7, 3], [2, 7]).statistic[0]


def test_quanteda_pmi():
    n = N_A + N_B
    expected = [math.log(a * n / ((a + b) * N_A) + 1e-9) for a, b in zip(A.tolist(), B.tolist(), strict=True)]
    assert pmi(A, B, kind="quanteda").statistic == pytest.approx(expected, **EXACT)


def tidylo(rows):
    """Return (set, term) -> (log odds, weighted): tidylo R/bind_log_odds.R (commit 0860876), a row for each pair given."""
    terms = {w for _, w in rows}
    alpha = {w: sum(n for (_, v), n in rows.items() if v == w) for w in terms}
    y = {(s, w): n + alpha[w] for (s, w), n in rows.items()}
    pooled = {w: sum(n for (_, v), n in y.items() if v == w) for w in terms}
    sizes = {s: sum(n for (t, _), n in y.items() if t == s) for s in ("a", "b")}
    everything = sum(y.values())
    out = {}
    for (s, w), n in y.items():
        delta = math.log(n / (sizes[s] - n)) - math.log(pooled[w] / (everything - pooled[w]))
        out[s, w] = delta, delta / math.sqrt(1 / n + 1 / pooled[w])
    return out


def test_tidylo_on_a_table_without_zeros():
    rows = {(s, w): n for s, counts in (("a", A), ("b", B)) for w, n in enumerate(counts.tolist()) if n}
    theirs = tidylo(rows)
    for group, counts in (("a", (A, B)), ("b", (B, A))):
        ours = log_odds(*counts, prior="tidylo")
        for w in range(6):
            assert (group, w) in theirs or np.isnan(ours.z[w])
            if (group, w) in theirs:
                assert (ours.log_odds[w], ours.z[w]) == pytest.approx(theirs[group, w], **EXACT)


def test_tidylo_on_a_complete_table():
    theirs = tidylo({(s, w): n for s, counts in (("a", A), ("b", B)) for w, n in enumerate(counts.tolist())})
    ours = log_odds(A, B, prior=A + B, variance="two", against="pool")
    assert ours.z == pytest.approx([theirs["a", w][1] for w in range(6)], **EXACT)


def test_rayson_calculator():
    # UCREL SigEff (C/sigeff.c, July 2016), the example of its own repository: LL, Bayes, %DIFF, log ratio, odds ratio
    a, b, n_a, n_b = [1500, 340, 200, 7, 654, 89], [15000, 2500, 2500, 0, 654, 536], 10000, 100000
    totals = {"total_a": n_a, "total_b": n_b}
    g2 = log_likelihood(a, b, cells="two", **totals)
    for i, (y_a, y_b) in enumerate(zip(a, b, strict=True)):
        e_a, e_b = n_a * (y_a + y_b) / (n_a + n_b), n_b * (y_a + y_b) / (n_a + n_b)
        ll = 2 * (y_a * math.log(y_a / e_a) + (y_b * math.log(y_b / e_b) if y_b else 0))
        p_a, p_b = y_a / n_a, y_b / n_b
        assert g2.statistic[i] == pytest.approx(ll, **EXACT)
        assert bayes_factor(a, b, cells="two", **totals).statistic[i] == pytest.approx(ll - math.log(n_a + n_b), **EXACT)
        assert percent_difference(a, b, zero="gabrielatos", **totals).statistic[i] == pytest.approx(
            (p_a - p_b) * 100 / (p_b or 1e-18), **EXACT)
        assert log_ratio(a, b, **totals).statistic[i] == pytest.approx(math.log2(p_a / (p_b or 0.5 / n_b)), **EXACT)
        if y_b:
            assert odds_ratio(a, b, **totals).statistic[i] == pytest.approx((y_a / (n_a - y_a)) / (y_b / (n_b - y_b)), **EXACT)


def test_antconc_chi_squared_of_two_cells():
    # AntConc 3, as its author wrote it out (groups.google.com/g/antconc, g6Q-Hkk-XQA): 23 of 263 words against 551 of 8870
    e_a, e_b = 263 * 574 / 9133, 8870 * 574 / 9133
    expected = (23 - e_a) ** 2 / e_a + (551 - e_b) ** 2 / e_b
    result = chi_squared([23], [551], cells="two", total_a=263, total_b=8870)
    assert result.statistic[0] == pytest.approx(expected, **EXACT)
