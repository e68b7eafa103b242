"""Keyness by a test's name: the very numbers of the functions behind it; and articles dealt out at random."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.stats import chi2_contingency, norm, t

from framelens.errors import FramelensError
from framelens.stats.association import clustered_log_ratio, log_odds
from framelens.stats.keyness import METHODS, deal_out, keyness_test
from framelens.stats.permutation import permutation_test
from framelens.stats.rates import rate_test

RNG = np.random.default_rng(3)
GROUP = np.arange(40) < 16
SIZES = np.round(RNG.lognormal(5.5, 0.5, 40)) + 40
COUNTS = RNG.poisson(SIZES[:, None] * RNG.gamma(2, 1, (40, 7)) * np.array([8, 8, 15, 15, 30, 0.4, 0]) / 2000).astype(float)
CLUSTERS = np.arange(40)
CLUSTERS[20], CLUSTERS[4] = 0, 3  # copies across the groups and within one
A, B = COUNTS[GROUP].sum(0), COUNTS[~GROUP].sum(0)
TOTALS = {"total_a": SIZES[GROUP].sum(), "total_b": SIZES[~GROUP].sum()}


def test_permutation_is_the_permutation_test_and_estimates_what_it_tests():
    ours = keyness_test(COUNTS, SIZES, GROUP, clusters=CLUSTERS, seed=4, options={"n_resamples": 199})
    theirs = permutation_test(COUNTS, SIZES, GROUP, clusters=CLUSTERS, seed=4, n_resamples=199)
    for name in ("low", "high", "statistic", "p", "p_bh", "n_clusters"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
    assert ours.reason == theirs.reason
    assert ours.clusters == (14, 23, 1)
    tested = ~np.isnan(theirs.p)
    assert 0 < tested.sum() < 7
    np.testing.assert_array_equal(ours.estimate, np.where(tested, theirs.estimate, np.nan))


def test_likelihood_is_scipys_with_whole_words_as_totals():
    ours = keyness_test(COUNTS, SIZES, GROUP, method="log_likelihood")
    for j in range(6):
        cells = np.array([[A[j], B[j]], [TOTALS["total_a"] - A[j], TOTALS["total_b"] - B[j]]])
        theirs = chi2_contingency(cells, correction=False, lambda_="log-likelihood")
        assert abs(ours.statistic[j]) == pytest.approx(theirs.statistic, rel=1e-9)
        assert ours.p[j] == pytest.approx(theirs.pvalue, rel=1e-9)
        ratio = max(A[j], 0.5) / TOTALS["total_a"] / (max(B[j], 0.5) / TOTALS["total_b"])
        assert ours.estimate[j] == pytest.approx(np.log2(ratio))
        assert np.sign(ours.statistic[j]) == np.sign(A[j] / TOTALS["total_a"] - B[j] / TOTALS["total_b"])
    assert np.isnan(ours.p[6])
    assert ours.reason[6] == "no hit"


@pytest.mark.parametrize("options", [{}, {"prior": "convokit"}, {"prior": 0.7, "variance": "two"}])
def test_log_odds_is_a_z(options):
    ours = keyness_test(COUNTS[:, :6], SIZES, GROUP, method="log_odds", options=options)
    theirs = log_odds(A[:6], B[:6], **options, **TOTALS)
    np.testing.assert_allclose(ours.estimate, theirs.log_odds)
    np.testing.assert_allclose(ours.p, 2 * norm.sf(np.abs(theirs.z)))
    assert ours.unit == "log odds ratio"


@pytest.mark.parametrize("method", ["Welch", "Mann-Whitney"])
def test_rates_of_articles(method):
    ours = keyness_test(sparse.csr_array(COUNTS), SIZES, GROUP, method=method)
    statistic, p = rate_test(COUNTS[:, :6], SIZES, GROUP, method=method)
    np.testing.assert_allclose(ours.statistic[:6], statistic)
    np.testing.assert_allclose(ours.p[:6], p)


def test_clustered_ratio_takes_cr3_and_clusters():
    ours = keyness_test(COUNTS, SIZES, GROUP, method="clustered_log_ratio", clusters=CLUSTERS)
    merged, size = COUNTS.copy(), SIZES.copy()
    merged[3] += merged[4]
    size[3] += size[4]
    rows = np.delete(np.arange(40), 4)
    side = GROUP[rows]
    theirs = clustered_log_ratio(merged[rows][side], size[rows][side], merged[rows][~side], size[rows][~side], variance="CR3")
    np.testing.assert_allclose(ours.p, theirs.p)
    given = ~np.isnan(theirs.p)
    assert given.sum() >= 5
    reach = t.ppf(0.975, theirs.df) * theirs.se
    np.testing.assert_allclose(ours.high, theirs.estimate + reach)
    np.testing.assert_allclose(ours.low, theirs.estimate - reach)
    # the interval leaves out 0 where p is .05 or less
    assert ((ours.low > 0) | (ours.high < 0))[given].tolist() == (theirs.p <= 0.05)[given].tolist()


@pytest.mark.parametrize("method", METHODS)
def test_few_clusters_are_not_tested_unless_asked(method):
    few = np.arange(40) < 9
    refused = keyness_test(COUNTS, SIZES, few, method=method)
    assert np.isnan([refused.p, refused.estimate, refused.low, refused.statistic]).all()
    assert set(refused.reason) == {"fewer than 10 clusters of one group alone", "no hit"}
    asked = keyness_test(COUNTS, SIZES, few, method=method, allow_small_n=True)
    assert np.isfinite(asked.p[:5]).all()
    assert asked.reason[0] == "fewer than 10 clusters of one group alone"
    assert (asked.warning == "") == (method in ("permutation", "clustered_log_ratio"))


def test_a_statistic_that_is_undefined_says_so():
    counts = np.column_stack([np.ones(40), np.arange(40) < 20])  # the second never in the rest: without a prior no variance
    ours = keyness_test(counts, [100] * 40, np.arange(40) < 20, method="log_odds", options={"prior": 0})
    assert ours.reason == ("", "the statistic is undefined")
    assert np.isnan([ours.p[1], ours.estimate[1]]).all() and np.isfinite(ours.p[0])


def test_errors_name_what_is_allowed():
    with pytest.raises(FramelensError, match="method is one of permutation, clustered_log_ratio, log_likelihood"):
        keyness_test(COUNTS, SIZES, GROUP, method="G2")
    with pytest.raises(FramelensError, match=r"'prior' is no option of 'log_likelihood'. Options of it: cells, correction"):
        keyness_test(COUNTS, SIZES, GROUP, method="log_likelihood", options={"prior": 1})


# Articles dealt out at random

@st.composite
def articles(draw):
    n = draw(st.integers(4, 30))
    group = np.array([True, False, *draw(st.lists(st.booleans(), min_size=n - 2, max_size=n - 2))])
    clusters = np.array(draw(st.lists(st.integers(0, n), min_size=n, max_size=n)))
    counts = np.array(draw(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=n, max_size=n)), float)
    return counts, counts.sum(1) + np.array(draw(st.lists(st.integers(1, 60), min_size=n, max_size=n))), group, clusters


@given(articles(), st.integers(0, 9))
def test_dealing_keeps_sizes_and_what_spans(corpus, seed):
    counts, sizes, group, clusters = corpus
    before = counts.copy()
    dealt, words, side = deal_out(counts, sizes, group, clusters, np.random.default_rng(seed))
    np.testing.assert_array_equal(counts, before)
    spans = np.array([len(set(group[clusters == c])) == 2 for c in clusters])
    assert (side[spans] == group[spans]).all()
    assert len(set(clusters[group & ~spans])) == len(set(clusters[side & ~spans]))
    assert all(len(set(side[clusters == c])) == 1 for c in set(clusters[~spans]))
    assert (dealt.toarray() <= counts).all()
    assert (words <= sizes).all() and (dealt.sum(1) <= words).all()
    kept = side == (sizes[group].mean() >= sizes[~group].mean())  # articles dealt to the side of the longer ones
    np.testing.assert_array_equal(dealt.toarray()[kept], counts[kept])
    twin = deal_out(sparse.csr_array(counts), sizes, group, clusters, np.random.default_rng(seed))
    np.testing.assert_array_equal(twin[0].toarray(), dealt.toarray())


def test_dealt_articles_are_as_long_as_the_real_ones_and_alike_in_rates():
    rng = np.random.default_rng(1)
    group = np.arange(400) < 100
    sizes = np.where(group, 200, 500)
    counts = rng.binomial(sizes[:, None], np.where(group, 0.1, 0.02)[:, None])  # the groups differ fivefold
    hits, words, moved = [], [], []
    for _ in range(20):
        dealt, size, side = deal_out(counts, sizes, group, np.arange(400), rng)
        hits.append([dealt[half].sum() / size[half].sum() for half in (side, ~side)])
        words.append(size[side].mean() / size[~side].mean())
        moved.append((side & group).sum())
    one, rest = np.mean(hits, axis=0)
    assert one == pytest.approx(rest, rel=0.1)  # dealt out, they do not
    assert np.mean(words) == pytest.approx(0.4, rel=0.05)
    assert np.mean(moved) == pytest.approx(25, abs=5)  # a quarter of the hundred
