"""The permutation test against a plain loop, hand calculation, exchangeability and simulated truth."""

from __future__ import annotations

import runpy
from itertools import combinations
from math import comb, log, sqrt
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from framelens.errors import FramelensError
from framelens.stats.clusters import relabelled, side_parts
from framelens.stats.permutation import MIN_EXPECTED, _effects, _moments, _part, permutation_test
from framelens.stats.rates import RATE_TESTS, rate_test
from framelens.stats.simulation import Design, simulate_tests

RNG = np.random.default_rng(11)
GROUP = np.arange(36) < 14
SIZES = np.round(RNG.lognormal(5.5, 0.6, 36)) + 30
COUNTS = RNG.poisson(SIZES[:, None] * RNG.gamma(2, 1, (36, 6)) * np.array([8, 8, 15, 15, 30, 0.4]) / 2000).astype(float)
COUNTS[GROUP, 2] *= 3
# Clusters: the articles 0 and 20 are copies across the groups, 3 and 4 within one.
CLUSTERS = np.arange(36)
CLUSTERS[20], CLUSTERS[4] = 0, 3


def by_hand(counts, sizes, group, clusters, weights_of):
    """The statistic of one term in plain loops over clusters, from its definition."""
    parts = {}
    for y, x, side, name in zip(counts, sizes, group, clusters, strict=True):
        a, b = parts.get((name, side), (0.0, 0.0))
        parts[name, side] = (a + y, b + x)
    logs, influence, variance = [], {}, 0.0
    for side in (True, False):
        mine = {name: (y, x, weights_of(x)) for (name, s), (y, x) in parts.items() if s == side}
        total, weight = sum(w * y / x for y, x, w in mine.values()), sum(w for _, _, w in mine.values())
        half = 0.5 * weight / sum(x for _, x, _ in mine.values())
        logs.append(log((total + half) / weight))
        variance += half / (total + half) ** 2
        scale = sqrt(len(mine) / (len(mine) - 1)) / (total + half) * (1 if side else -1)
        for name, (y, x, w) in mine.items():
            influence[name] = influence.get(name, 0) + scale * w * (y / x - total / weight)
    return logs[0] - logs[1], sqrt(variance + sum(u**2 for u in influence.values()))


# Known answers and other implementations

@pytest.mark.parametrize("clusters", [np.arange(36), CLUSTERS])
def test_statistic_is_its_definition(clusters):
    # A term whose counts are as even as can be: θ is below 0, so w = x.
    even = np.round(SIZES / 25)
    result = permutation_test(even[:, None], SIZES, GROUP, clusters=clusters, n_resamples=99)
    effect, se = by_hand(even, SIZES, GROUP, clusters, lambda x: x)
    assert result.estimate[0] == pytest.approx(effect / log(2))
    assert result.statistic[0] == pytest.approx(effect / se)


def test_weights_are_those_of_the_moment_estimate():
    term = COUNTS[:, 2]
    rate, mean = term.sum() / SIZES.sum(), SIZES * term.sum() / SIZES.sum()
    theta = (((term - mean) ** 2).sum() * 36 / 35 - term.sum()) / (mean**2).sum() * rate
    step = 2 ** (np.round(2 * np.log2(theta * SIZES.mean())) / 2) / SIZES.mean()
    assert step == pytest.approx(theta, rel=0.2)  # half octaves
    effect, se = by_hand(term, SIZES, GROUP, np.arange(36), lambda x: x / (1 + step * x))
    result = permutation_test(COUNTS, SIZES, GROUP, n_resamples=99)
    assert result.statistic[2] == pytest.approx(effect / se)
    assert result.estimate[2] == pytest.approx(effect / log(2))


def test_standard_error_without_weights_is_that_of_statsmodels_poisson_with_clusters():
    # Counts of little spread, so that w = x; and many, so that half a hit is nothing.
    term = np.round(SIZES * 200 + 150 * np.sin(np.arange(36)))
    fit = sm.GLM(term, sm.add_constant(GROUP.astype(float)), family=sm.families.Poisson(), offset=np.log(SIZES))
    fit = fit.fit(cov_type="cluster", cov_kwds={"groups": CLUSTERS, "use_correction": False})
    parts = side_parts(term[:, None], SIZES, GROUP, CLUSTERS)
    effect, se = _effects(_moments(parts), parts.side[:, None].astype(float))
    assert effect[0, 0] == pytest.approx(fit.params[1], abs=1e-6)
    # ours has each group's own m / (m - 1), with 13 and 22 clusters; statsmodels is asked for none
    assert fit.bse[1] * sqrt(22 / 21) < se[0, 0] < fit.bse[1] * sqrt(13 / 12)


def test_p_is_that_of_all_arrangements():
    # 6 against 5 articles: all 462 arrangements can be listed (scipy.stats.permutation_test lists them, too).
    counts, sizes = COUNTS[10:21, 2], SIZES[10:21]
    group = np.arange(11) < 6
    result = permutation_test(counts[:, None], sizes, group, n_resamples=40_000, allow_small_n=True)
    assert result.reason == ("fewer than 10 clusters of one group alone",)

    rate, mean = counts.sum() / sizes.sum(), sizes * counts.sum() / sizes.sum()
    theta = (((counts - mean) ** 2).sum() * 11 / 10 - counts.sum()) / (mean**2).sum() * rate
    step = 2 ** (np.round(2 * np.log2(theta * sizes.mean())) / 2) / sizes.mean() if theta > 0 else 0

    def statistic(index):
        side = np.isin(np.arange(11), index)
        effect, se = by_hand(counts, sizes, side, np.arange(11), lambda x: x / (1 + step * x))
        return abs(effect / se)

    every = np.array([statistic(index) for index in combinations(range(11), 6)])
    assert len(every) == comb(11, 6)
    exact = (every >= statistic(range(6)) - 1e-9).mean()
    assert result.p[0] == pytest.approx(exact, abs=4 * sqrt(exact * (1 - exact) / 40_000))
    theirs = scipy.stats.permutation_test((np.arange(6), np.arange(6, 11)), lambda a, b: statistic(a), vectorized=False,
                                          alternative="greater", n_resamples=np.inf)
    assert theirs.pvalue == pytest.approx(exact)


def test_family_wise_p_against_a_plain_loop():
    result = permutation_test(COUNTS, SIZES, GROUP, n_resamples=400, seed=5)
    tested = [j for j, reason in enumerate(result.reason) if not reason]
    assert tested == [0, 1, 2, 3, 4]  # the last has too few hits
    parts = side_parts(COUNTS, SIZES, GROUP)
    moments = _part(_moments(parts), np.array(tested))
    again = []
    for labels in relabelled(parts, 400, 5, 5):
        effect, se = _effects(moments, labels)
        again += list(np.abs(effect / se).T)
    t = np.abs(result.statistic[tested])
    order, running, expected, pooled = np.argsort(-t), 0.0, {}, np.concatenate(again)
    for rank, j in enumerate(order):
        left = order[rank:]
        running = max(running, (1 + sum(max(row[left]) >= t[j] for row in again)) / 401)
        expected[j] = running
        own = (1 + sum(row[j] >= t[j] for row in again)) / 401
        assert result.p[tested][j] == own
        assert result.p_bh[tested][j] == pytest.approx(max(own, (1 + (pooled >= t[j]).sum()) / (1 + 400 * 5)))
    assert result.p_max[tested] == pytest.approx([expected[j] for j in range(5)])


def test_alternatives_are_scipys():
    rates = COUNTS[:, :5] / SIZES[:, None]
    for method, theirs in (("Welch", scipy.stats.ttest_ind(rates[GROUP], rates[~GROUP], equal_var=False)),
                           ("Mann-Whitney", scipy.stats.mannwhitneyu(rates[GROUP], rates[~GROUP], method="asymptotic"))):
        statistic, p = rate_test(COUNTS[:, :5], SIZES, GROUP, method=method)
        assert statistic == pytest.approx(theirs.statistic)
        assert p == pytest.approx(theirs.pvalue)
    with pytest.raises(FramelensError, match="method is one of Welch, Mann-Whitney, not 'welch'"):
        rate_test(COUNTS, SIZES, GROUP, method="welch")
    with pytest.raises(FramelensError, match="Article 0 has no words"):
        rate_test(COUNTS, np.zeros(36), GROUP)


# Resampling

def test_labels_are_redrawn_over_clusters_and_stay_where_a_cluster_spans():
    parts = side_parts(COUNTS, SIZES, GROUP, CLUSTERS)
    assert len(parts.sizes) == 35  # 3 and 4 are one
    labels = np.concatenate(list(relabelled(parts, 3000, 1, 6)), axis=1)
    assert (labels.sum(0) == parts.side.sum()).all()
    assert (labels[parts.spans] == parts.side[parts.spans, None]).all()
    alone = labels[~parts.spans]
    share = parts.side[~parts.spans].mean()
    assert alone.mean(1) == pytest.approx(np.full(len(alone), share), abs=5 * sqrt(share * (1 - share) / 3000))
    again = np.concatenate(list(relabelled(parts, 3000, 1, 10**6)), axis=1)
    assert np.array_equal(labels, again)  # however many are made at a time


def test_copies_across_the_groups_say_nothing_of_themselves():
    # Every article has its copy on the other side: no label can be permuted.
    twice = permutation_test(np.tile(COUNTS, (2, 1)), np.tile(SIZES, 2), np.repeat([True, False], 36),
                             clusters=np.tile(np.arange(36), 2), n_resamples=99)
    assert set(twice.reason) == {"fewer than 10 clusters of one group alone"}
    assert np.isnan(twice.p).all()


def test_a_copied_text_counts_once_as_a_cluster():
    # One bursty article copied nine times in its outlet: as ten articles a certain difference, as one cluster none.
    counts = np.r_[np.full(10, 9.0), np.zeros(20), np.tile([1.0, 0, 2, 0], 10)][:, None]
    group = np.r_[np.ones(30, bool), np.zeros(40, bool)]
    names = np.r_[np.zeros(10, int), np.arange(1, 61)]
    alone = permutation_test(counts, np.full(70, 400), group, n_resamples=999)
    together = permutation_test(counts, np.full(70, 400), group, clusters=names, n_resamples=999)
    assert alone.p[0] < 0.05 < together.p[0]


# Refusals

def test_terms_without_support_are_refused_and_said_why():
    counts = np.zeros((60, 4))
    counts[:, 0] = 1
    counts[0, 1] = 60  # one article
    counts[:9, 2] = 1
    result = permutation_test(counts, np.full(60, 300), np.arange(60) < 30, n_resamples=99)
    assert result.reason == ("", "in too few clusters for any arrangement of them to be rare", "below 5 expected hits", "no hit")
    assert result.expected.tolist() == [30, 30, 4.5, 0]
    assert result.expected[2] < MIN_EXPECTED
    assert result.n_clusters.tolist() == [60, 1, 9, 0]
    assert np.isnan(result.p[1:]).all()
    assert np.isfinite(result.estimate[:3]).all()
    asked = permutation_test(counts, np.full(60, 300), np.arange(60) < 30, n_resamples=99, allow_small_n=True)
    assert asked.reason == result.reason
    assert np.isfinite(asked.p[:3]).all() and np.isnan(asked.p[3])


def test_expected_hits_are_those_of_the_group_with_fewer_words():
    few = np.arange(40) < 12
    sizes = np.where(few, 100, 300)  # 1,200 words against 8,400: an eighth
    counts = np.column_stack([np.arange(40) < 39, np.ones(40)]).astype(int)
    for group in (few, ~few):
        result = permutation_test(counts, sizes, group, n_resamples=99)
        assert result.expected.tolist() == [39 / 8, 5]
        assert result.reason == ("below 5 expected hits", "")


def test_terms_of_too_few_clusters_are_those_that_no_arrangement_makes_rare():
    # Four clusters all on one side of 30 : 30 have a chance of 5.6 % to stand there, five of 2.6 %.
    counts = np.zeros((60, 2))
    counts[:4, 0] = counts[:5, 1] = 9
    reasons = permutation_test(counts, np.full(60, 300), np.arange(60) < 30, n_resamples=99).reason
    assert reasons == ("in too few clusters for any arrangement of them to be rare", "")
    assert scipy.stats.hypergeom.pmf([4, 5], 60, 30, [4, 5]) == pytest.approx([0.056, 0.026], abs=5e-4)
    # Of 40 : 15 four clusters are often all of the larger group, and rarely of the smaller, whichever comes first.
    lopsided = np.zeros((55, 1))
    lopsided[-4:] = 9
    for group in (np.arange(55) < 40, np.arange(55) >= 40):
        assert permutation_test(lopsided, np.full(55, 300), group, n_resamples=99).reason == ("",)


def test_clusters_on_both_sides_are_no_support():
    # The term stands in twelve clusters that span and in two that do not: only two labels can be dealt anew.
    n, counts, names = 64, np.zeros((64, 1)), np.arange(64)
    names[32:44] = np.arange(12)
    counts[:12] = counts[32:44] = counts[14:16] = 5
    result = permutation_test(counts, np.full(n, 300), np.arange(n) < 32, clusters=names, n_resamples=99)
    assert result.n_clusters.tolist() == [14]
    assert result.reason == ("in too few clusters for any arrangement of them to be rare",)


@pytest.mark.parametrize("seed", [1460, 1473, 1487])
def test_arrangements_alike_are_ties_however_they_round(seed):
    # Three kinds of articles, eight of each: T hangs only on how many of each kind are in the group.
    rng = np.random.default_rng(seed)
    counts, sizes = np.repeat(rng.integers(0, 4, (3, 1)), 8, axis=0), np.repeat(rng.integers(100, 900, 3), 8).astype(float)
    group, kind = rng.permutation(24) < 12, np.repeat(np.arange(3), 8)

    def statistic(side):
        of_kind = np.bincount(kind[side], minlength=3)
        canonical = np.concatenate([np.arange(8) < n for n in of_kind])
        return abs(permutation_test(counts, sizes, canonical, n_resamples=99).statistic[0])

    labels = np.concatenate(list(relabelled(side_parts(counts, sizes, group), 99, seed, 1)), axis=1) > 0
    again = np.array([statistic(row) for row in labels.T])
    expected = (1 + (again >= statistic(group) * (1 - 1e-12)).sum()) / 100
    assert permutation_test(counts, sizes, group, n_resamples=99, seed=seed).p[0] == expected


def test_small_and_lopsided_groups_are_refused():
    def reasons(n_few, n_many, length):
        n = n_few + n_many
        few = np.arange(n) < n_few
        return permutation_test(np.full((n, 1), 4), np.where(few, 300 * length, 300), few, n_resamples=99).reason[0]

    assert reasons(9, 200, 1) == "fewer than 10 clusters of one group alone"
    assert reasons(10, 110, 1.4) == reasons(10, 110, 0.4) == reasons(20, 110, 3) == reasons(10, 30, 3) == ""
    assert reasons(10, 110, 1.6) == "fewer than 20 clusters against more than 3 times as many, and of longer articles"


def test_few_clusters_against_many_have_a_p_and_no_interval():
    counts, few = np.full((120, 1), 4) + np.arange(120)[:, None] % 3, np.arange(120) < 10
    result = permutation_test(counts, np.full(120, 300), few, n_resamples=99)
    assert result.reason == ("",)
    assert result.interval_reason == "fewer than 20 clusters against more than 3 times as many"
    assert np.isfinite([result.p[0], result.estimate[0]]).all()
    assert np.isnan([result.low[0], result.high[0]]).all()
    assert np.isfinite(permutation_test(counts, np.full(120, 300), few, n_resamples=99, allow_small_n=True).low[0])
    assert permutation_test(counts, np.full(120, 300), np.arange(120) < 30, n_resamples=99).interval_reason == ""


# Properties

@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_groups_terms_rows_and_units_may_be_exchanged(seed):
    one = permutation_test(COUNTS, SIZES, GROUP, clusters=CLUSTERS, n_resamples=99, seed=seed)
    other = permutation_test(COUNTS[:, ::-1], SIZES * 7, ~GROUP, clusters=CLUSTERS, n_resamples=99, seed=seed)
    assert other.statistic[::-1] == pytest.approx(-one.statistic, nan_ok=True)
    assert other.estimate[::-1] == pytest.approx(-one.estimate, nan_ok=True)
    order = np.random.default_rng(seed).permutation(36)
    moved = permutation_test(COUNTS[order], SIZES[order], GROUP[order], clusters=CLUSTERS[order], n_resamples=99, seed=seed)
    assert moved.p.tolist() == pytest.approx(one.p.tolist(), nan_ok=True)
    held = permutation_test(sparse.csr_array(COUNTS), SIZES, GROUP, clusters=CLUSTERS.astype(str), n_resamples=99, seed=seed)
    assert held.statistic == pytest.approx(one.statistic, nan_ok=True)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_interval_leaves_out_0_where_p_is_small_and_p_are_ordered(seed, level):
    result = permutation_test(COUNTS, SIZES, GROUP, n_resamples=499, seed=seed, level=level)
    fit = ~np.isnan(result.p)
    assert fit.sum() == 5
    assert ((result.low > 0) | (result.high < 0))[fit].tolist() == (result.p <= 1 - level + 1e-12)[fit].tolist()
    assert (result.low < result.estimate)[fit].all() and (result.estimate < result.high)[fit].all()
    assert (result.p <= result.p_bh)[fit].all() and (result.p <= result.p_max)[fit].all()


@pytest.mark.parametrize(("n_resamples", "kept"), [(499, 25), (480, 24)])  # the share .05 of 1 + B, rounded down
def test_interval_reaches_as_far_as_the_resamples_that_p_counts(n_resamples, kept):
    result = permutation_test(COUNTS, SIZES, GROUP, n_resamples=n_resamples, seed=5)
    parts = side_parts(COUNTS, SIZES, GROUP)
    moments = _part(_moments(parts), np.arange(5))
    drawn = relabelled(parts, n_resamples, 5, 5)
    again = np.concatenate([np.abs(np.divide(*_effects(moments, labels))) for labels in drawn], axis=1)
    critical = np.sort(again, axis=1)[:, -kept]
    reach = critical * result.estimate[:5] / result.statistic[:5]  # in standard errors
    assert result.high[:5] - result.estimate[:5] == pytest.approx(reach)
    assert result.estimate[:5] - result.low[:5] == pytest.approx(reach)


def test_terms_do_not_change_one_anothers_p():
    whole = permutation_test(COUNTS, SIZES, GROUP, n_resamples=300)
    alone = permutation_test(COUNTS[:, [3]], SIZES, GROUP, n_resamples=300)
    assert whole.p[3] == alone.p[0]
    assert alone.p_max[0] == alone.p[0] == pytest.approx(alone.p_bh[0])


# Errors

@pytest.mark.parametrize(("change", "words"), [
    ({"sizes": [1.0]}, "counts has 36 rows"),
    ({"group": np.ones(36, bool)}, "Both groups need an article with words"),
    ({"group": np.ones(36, int)}, "group is True or False"),
    ({"counts": -COUNTS}, r"Article 0 \(36 in all\)"),
    ({"sizes": np.zeros(36)}, "where there are hits there are words"),
    ({"level": 95}, "level lies between 0 and 1"),
    ({"n_resamples": 9}, "n_resamples is at least 99"),
])
def test_errors_name_what_is_wrong(change, words):
    given = {"counts": COUNTS, "sizes": SIZES, "group": GROUP} | change
    with pytest.raises(FramelensError, match=words):
        permutation_test(given.pop("counts"), given.pop("sizes"), given.pop("group"), **given)


# Simulated truth (the whole tables: tests/properties/simulate_tests.py)

@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(Path(__file__).parents[1] / "properties" / "simulate_tests.py"))


@pytest.mark.parametrize("cell", [(20, 20, 1.2, 0.4, 2), (10, 110, 0.5, 1, 2), (50, 50, 0.5, 1, 2, 0.3)])
def test_false_positives_stay_below_6_in_100_where_token_tests_do_not(cell):
    result = simulate_tests(Design(*cell), comparisons=30)
    n = 30 * 100 * result.tested
    assert result.false_positives["framelens"] <= 0.06 + 2 * sqrt(0.06 * 0.94 / n)
    assert result.any_keyword["framelens"] <= 0.05 + 2 * sqrt(0.05 * 0.95 / 30)
    assert result.false_positives["G2"] > 0.09
    assert set(RATE_TESTS) < set(result.false_positives)


def test_a_ratio_of_three_is_found_and_held():
    result = simulate_tests(Design(50, 50), ratio=3, comparisons=12)
    assert result.power["framelens"] >= 0.75
    assert result.power_bh["framelens"] >= 0.5
    assert result.interval_holds >= 0.9
    assert result.false_positives["framelens"] <= 0.07  # of the other terms


@pytest.mark.parametrize("cell", [(10, 10, 0.5, 1, 2), (10, 110, 1.2, 0.4, 0.3)])
def test_the_printed_table_is_what_the_script_finds(script, cell):
    result = script["simulate"](Design(*cell))
    name = f"| {Design(*cell).name} | {result.tested:.0%} |"
    text = (Path(__file__).parents[2] / "docs" / "methods" / "statistics.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(name)).split("|")
    printed = [float(number.strip(" *%")) / 100 for number in row[6].split(",")]
    assert printed == pytest.approx([result.false_positives["framelens"], result.any_keyword["framelens"]], abs=0.0006)
