"""What every statistic refuses: rows in another order, labels that are missing, options that are no such thing."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from framelens.errors import FramelensError
from framelens.stats import association, dispersion
from framelens.stats.agreement import krippendorff_alpha
from framelens.stats.bootstrap import ratio_intervals, resample_weights
from framelens.stats.contrast import bootstrap_contrasts, ratio_contrasts
from framelens.stats.distance import distance_test, jensen_shannon_distance
from framelens.stats.keyness import keyness_test
from framelens.stats.permutation import permutation_test
from framelens.stats.poisson import rate_model
from framelens.stats.rates import rate_test

A = pd.Series({"crowd": 10, "mob": 5, "quay": 1})
B = pd.Series({"quay": 9, "crowd": 2, "mob": 1})  # as value_counts() orders them
IDS = [f"a{i:02}" for i in range(24)]
COUNTS = pd.DataFrame({"mob": np.arange(24) % 4 + 1}, index=IDS)
SIZES = pd.Series(200.0 + 10 * np.arange(24), index=IDS)
GROUP = pd.Series(np.arange(24) < 12, index=IDS)
OTHER = SIZES.iloc[::-1]


@pytest.mark.parametrize("call", [
    lambda: association.log_odds(A, B), lambda: association.log_likelihood(A, B), lambda: association.log_ratio(A, B),
    lambda: association.log_odds(A, A, prior=B), lambda: jensen_shannon_distance(A, B),
    lambda: association.log_ratio(A, A.rename({"quay": "pier"})),
    lambda: association.clustered_log_ratio(COUNTS, OTHER, COUNTS, SIZES),
    lambda: association.clustered_log_ratio(pd.DataFrame([A, A]), [90, 90], pd.DataFrame([B, B]), [90, 90]),
    lambda: dispersion.deviation_of_proportions(COUNTS, OTHER), lambda: ratio_intervals(COUNTS, OTHER, scale="rate"),
    lambda: permutation_test(COUNTS, OTHER, GROUP), lambda: permutation_test(COUNTS, SIZES, GROUP.iloc[::-1]),
    lambda: permutation_test(COUNTS.reset_index(drop=True), SIZES, GROUP.iloc[::-1]),
    lambda: distance_test(COUNTS, GROUP.iloc[::-1]), lambda: rate_test(COUNTS, OTHER, GROUP),
    lambda: keyness_test(COUNTS, SIZES, GROUP, clusters=pd.Series(IDS, IDS).iloc[::-1], method="Welch"),
    lambda: rate_model(COUNTS["mob"], OTHER, GROUP.astype(int)),
    lambda: ratio_contrasts((COUNTS, OTHER), (COUNTS, SIZES), contrast="log ratio", scale="rate"),
    lambda: ratio_contrasts((COUNTS, SIZES), (COUNTS.iloc[::-1], OTHER), contrast="log ratio", scale="rate"),
    lambda: permutation_test(COUNTS.reset_index(drop=True), SIZES.reset_index(drop=True).sort_values(ascending=False),
                             GROUP.to_numpy()),
])
def test_pandas_in_another_order_is_refused_and_not_taken_by_position(call):
    with pytest.raises(FramelensError, match="have other labels, or the same in another order"):
        call()


def test_pandas_in_one_order_counts_as_arrays_do():
    same = association.log_odds(A, B.reindex(A.index))
    assert np.array_equal(same.z, association.log_odds([10, 5, 1], [2, 1, 9]).z)
    for sizes in (SIZES, SIZES.reset_index(drop=True), SIZES.to_numpy()):  # numbers from 0 are no labels
        assert dispersion.juilland_d(COUNTS, sizes) == dispersion.juilland_d(COUNTS.to_numpy(), SIZES.to_numpy())


@pytest.mark.parametrize("form", [sparse.csr_array, sparse.csc_matrix, sparse.coo_array])
def test_sparse_counts_are_counts(form):
    table, sizes = np.array([[1, 0, 4], [2, 3, 0], [0, 1, 1]]), [20, 30, 25]
    for measure in (dispersion.deviation_of_proportions, dispersion.juilland_d, dispersion.rosengren_s, dispersion.carroll_d2):
        assert np.array_equal(measure(form(table), sizes), measure(table, sizes))
    held = association.clustered_log_ratio(form(table), sizes, form(table[::-1]), sizes)
    assert np.array_equal(held.se, association.clustered_log_ratio(table, sizes, table[::-1], sizes).se)


def test_a_zero_that_a_sparse_array_holds_is_no_hit():
    held = sparse.csr_array(COUNTS.to_numpy().astype(float))
    held.data[:7] = 0
    ours = permutation_test(held, SIZES, GROUP, n_resamples=99)
    plain = permutation_test(held.toarray(), SIZES, GROUP, n_resamples=99)
    assert ours.n_clusters.tolist() == plain.n_clusters.tolist() == [17]
    assert ours.p.tolist() == plain.p.tolist()


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.uint32, np.float32])
def test_small_types_do_not_overflow(kind):
    most = 100 if np.iinfo(np.int8).max < 2**31 and kind in (np.int8, np.uint8) else 2**31 - 2**10
    a, b = np.array([most, most // 2, most], kind), np.array([most // 4, most, most], kind)
    wide = [x.astype(float) for x in (a, b)]
    for test in (association.log_likelihood, association.chi_squared, association.log_odds, association.log_ratio,
                 association.pmi):
        for name, values in vars(test(a, b)).items():
            np.testing.assert_array_equal(values, getattr(test(*wide), name))
    counts = np.tile(np.array([[100], [90]], kind), (12, 1))
    sizes = np.full(24, 120, kind)
    ours = permutation_test(counts, sizes, np.arange(24) < 12, n_resamples=99)
    assert ours.estimate[0] == permutation_test(counts.astype(float), sizes.astype(float), np.arange(24) < 12,
                                                n_resamples=99).estimate[0]
    assert distance_test(sparse.csr_array(counts), np.arange(24) < 12, n_resamples=99).observed == 0


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_a_missing_cluster_is_no_cluster_that_articles_share(missing):
    names = np.array([*IDS[:20], *[missing] * 4], object)
    for call in (lambda: permutation_test(COUNTS, SIZES, GROUP, clusters=names),
                 lambda: distance_test(COUNTS, GROUP, clusters=names),
                 lambda: rate_model(COUNTS["mob"], SIZES, GROUP.astype(int), clusters=names)):
        with pytest.raises(FramelensError, match="clusters: entry 20 is missing"):
            call()
    with pytest.raises(FramelensError, match="blocks: entry 20 is missing"):
        rate_model(COUNTS["mob"], SIZES, GROUP.astype(int), blocks=names)
    with pytest.raises(FramelensError, match="clusters: entry 3 is missing"):
        permutation_test(COUNTS, SIZES, GROUP, clusters=np.where(np.arange(24) == 3, np.nan, np.arange(24)))
    with pytest.raises(FramelensError, match="clusters mixes text and numbers"):
        permutation_test(COUNTS, SIZES, GROUP, clusters=np.array([*IDS[:23], 7], object))


@pytest.mark.parametrize("call", [
    lambda flag: permutation_test(COUNTS, SIZES, GROUP, allow_small_n=flag),
    lambda flag: distance_test(COUNTS, GROUP, allow_small_n=flag),
    lambda flag: keyness_test(COUNTS, SIZES, GROUP, method="log_likelihood", allow_small_n=flag),
    lambda flag: ratio_contrasts((COUNTS, SIZES), (COUNTS, SIZES), scale="rate", allow_small_n=flag),
])
def test_a_refusal_is_not_passed_by_a_word(call):
    for word in ("no", "False", 1, None):
        with pytest.raises(FramelensError, match="allow_small_n is True or False, not"):
            call(word)
    call(np.False_)


@pytest.mark.parametrize("n", [98, 99.5, "100", None, np.nan])
def test_resamples_are_a_whole_number(n):
    for call in (lambda: permutation_test(COUNTS, SIZES, GROUP, n_resamples=n),
                 lambda: distance_test(COUNTS, GROUP, n_resamples=n)):
        with pytest.raises(FramelensError, match="n_resamples is at least 99, a whole number, not"):
            call()
    if n != 98:
        with pytest.raises(FramelensError, match="n_resamples is at least 1, a whole number, not"):
            resample_weights(5, n_resamples=n)


@pytest.mark.parametrize("seed", [None, -1, 1.5, "7"])
def test_a_seed_is_a_number_so_that_nothing_is_drawn_without_one(seed):
    for call in (lambda: permutation_test(COUNTS, SIZES, GROUP, n_resamples=99, seed=seed),
                 lambda: distance_test(COUNTS, GROUP, n_resamples=99, seed=seed), lambda: resample_weights(5, seed=seed),
                 lambda: krippendorff_alpha([[1, 2, 1], [1, 2, 2]], seed=seed)):
        with pytest.raises(FramelensError, match="seed is at least 0, a whole number, not"):
            call()


def test_rates_that_do_not_vary_have_no_test():
    sizes, group = np.full(8, 100), np.arange(8) < 4
    counts = np.column_stack([np.full(8, 2), np.where(group, 1, 3), [1, 2, 1, 2, 1, 2, 1, 2], [1, 1, 1, 1, 1, 2, 3, 4]])
    assert np.isnan(rate_test(counts, sizes, group)[1]).tolist() == [True, True, False, False]  # t of two constants is infinite
    assert np.isnan(rate_test(counts, sizes, group, method="Mann-Whitney")[1]).tolist() == [True, False, False, False]


def test_resamples_in_parts_are_the_resamples_at_once(monkeypatch):
    den = 1.0 + np.arange(40) % 7
    num = np.floor(den * (np.arange(40) % 3) / 2)
    first = np.arange(40) < 20
    pair = ((num * first, den * first), (num * ~first, den * ~first))
    calls = [lambda m=m: ratio_intervals(num, den, method=m, n_resamples=300) for m in ("studentised", "BCa")]
    calls.append(lambda: bootstrap_contrasts(*pair, n_resamples=300, weights=resample_weights(40, n_resamples=300)))
    weights = resample_weights(40, n_resamples=300)
    whole = [call() for call in calls]
    monkeypatch.setattr("framelens.stats.bootstrap._CHUNK", 700)
    assert np.array_equal(resample_weights(40, n_resamples=300).sum(1), weights.sum(1))
    again = [ratio_intervals(num, den, method=m, weights=weights) for m in ("studentised", "BCa")]
    again.append(bootstrap_contrasts(*pair, weights=weights))
    for one, other in zip(whole, again, strict=True):
        assert one.low == pytest.approx(other.low, rel=1e-12)
        assert one.high == pytest.approx(other.high, rel=1e-12)


def test_large_corpora_do_not_need_all_resamples_as_floats():
    den = np.ones(20_000)
    num = (np.arange(20_000) % 5 == 0).astype(float)
    weights = resample_weights(20_000, n_resamples=1000)  # 20 MB, as floats 160
    tracemalloc.start()
    ratio_intervals(num, den, weights=weights)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 90e6
