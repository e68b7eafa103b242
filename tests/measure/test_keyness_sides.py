"""Keyness: the side that a row names is the one that the test found, whatever the totals are; and odd tables and options."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, mannwhitneyu, ttest_ind

from framelens.errors import FramelensError
from framelens.measure.keyness import measure_keyness
from framelens.stats.keyness import METHODS
from framelens.stats.permutation import permutation_test

IDS = [f"a{i:02}" for i in range(40)]
OUTLET = np.repeat(["Herald", "Post"], 20)


def tables(hits, words, outlet=OUTLET):
    """Make tables of articles: a dictionary of counts and the words of each."""
    counts = pd.DataFrame([{"document_id": d, "zone": "body", "voice": "narrator", "term": t, "count": n}
                           for d, row in zip(IDS, hits, strict=True) for t, n in row.items()])
    sizes = pd.DataFrame({"document_id": IDS, "zone": "body", "voice": "narrator", "n_words": words, "n_sentences": 1})
    return counts, pd.DataFrame({"document_id": IDS, "outlet": outlet}), {"sizes": sizes}


def measured(corpus, *names, **options):
    counts, documents, rest = corpus
    return measure_keyness(counts, documents, *names, tables=rest, **options).set_index("term")


# One article of the Herald has the word 400 times, all others of it once; those of the Post three times.
LUMP = tables([{"mob": 400 if i == 9 else 1 if i < 20 else 3, "the": 30} for i in range(40)], 1000)


def test_a_test_of_articles_names_the_side_that_it_found():
    row = measured(LUMP, "Herald", "Post", method="Mann-Whitney").loc["mob"]
    assert row["q_value"] < 0.001
    assert row["estimate"] > 2  # of all words it is the Herald
    assert row["more_in"] == "Post"
    assert "The estimate, of all words together and with half a hit for none, points the other way." in row["note"]
    words = measured(LUMP, "Herald", "Post", method="log_likelihood").loc["mob"]
    assert words["more_in"] == "Herald"
    assert "other way" not in words["note"]


def test_a_side_without_a_hit_does_not_use_the_term_more():
    # 0 of 200 words against 3 of 20,000: half a hit for none makes the ratio 16.
    corpus = tables([{"quay": int(20 <= i < 23), "the": 3} for i in range(40)], [10] * 20 + [1000] * 20)
    for method in ("log_likelihood", "chi_squared"):
        row = measured(corpus, "Herald", "Post", method=method).loc["quay"]
        assert (row["n_units"], row["n_reference"], row["more_in"]) == (0, 3, "Post")
        assert row["estimate"] == pytest.approx(np.log2(0.5 / 200 / (3 / 20_000)))
        assert "points the other way" in row["note"]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(sorted(METHODS)))
def test_the_side_is_that_of_the_statistic(seed, method):
    rng = np.random.default_rng(seed)
    words = np.round(rng.lognormal(5.5, 1, 40)) + 60
    hits = rng.poisson(words[:, None] * rng.gamma(0.4, 0.02 / 0.4, (40, 5)))
    corpus = tables([{f"w{j}": int(n) for j, n in enumerate(row)} for row in hits], words + hits.sum(1))
    fast = {"n_resamples": 99} if method == "permutation" else {}
    found = measured(corpus, "Herald", "Post", method=method, **fast).dropna(subset="p_value")
    middle = 200 if method == "Mann-Whitney" else 0
    said = found["more_in"].map({"Herald": 1, "Post": -1}).fillna(0)
    assert said.tolist() == np.sign(found["statistic"] - middle).tolist()
    turned = said * found["estimate"] < 0
    assert found["note"].str.contains("points the other way").tolist() == turned.tolist()


def test_articles_without_words_do_not_move_the_middle_of_u():
    rng = np.random.default_rng(5)
    hits, words = rng.poisson(4, 40), np.full(40, 300)
    silent = np.isin(np.arange(40), np.arange(5, 13))  # eight of the Herald, which leaves it 12
    kept = tables([{"mob": int(n) if not out else 0, "the": int(not out)} for n, out in zip(hits, silent, strict=True)],
                  np.where(silent, 0, words))
    row = measured(kept, "Herald", "Post", method="Mann-Whitney").loc["mob"]
    middle = 12 * 20 / 2
    assert row["statistic"] == mannwhitneyu(hits[:20][~silent[:20]], hits[20:]).statistic
    assert middle < row["statistic"] < 200  # 200 would be the middle of 20 and 20
    assert row["more_in"] == "Herald"


def test_what_is_not_tested_has_the_dispersion_of_the_side_of_the_higher_rate():
    # Untested for few hits: 2 in 20 short articles of the Herald, 3 in 20 long ones of the Post, in one of them.
    corpus = tables([{"quay": int(i < 2) if i < 20 else 3 * (i == 20), "the": 3} for i in range(40)], [100] * 20 + [900] * 20)
    row = measured(corpus, "Herald", "Post", n_resamples=99).loc["quay"]
    assert row["method"] == "description"
    assert row["dispersion"] == pytest.approx(0.9)  # in two of twenty; of the Post it is .95


def test_the_bound_of_a_side_without_a_hit_is_of_effective_articles():
    # The Herald's words stand in one article above all: 20 articles say as much as few.
    words = np.array([1000] + [50] * 19 + [300] * 20)
    corpus = tables([{"quay": 0 if i < 20 else 1, "the": 3} for i in range(40)], words)
    row = measured(corpus, "Herald", "Post", n_resamples=99).loc["quay"]
    effective = words[:20].sum() ** 2 / (words[:20] ** 2).sum()
    assert effective < 4
    assert f"No hit in Herald: at 95% up to {1 - 0.05 ** (1 / effective):.0%} of its articles may hold the term." in row["note"]


# Simple designs, by scipy

def test_simple_designs_are_scipys():
    rng = np.random.default_rng(5)
    hits = rng.poisson(np.where(OUTLET == "Herald", 6, 3)[:, None], (40, 1))[:, 0]
    corpus = tables([{"mob": int(n)} for n in hits], 300)
    a, b = hits[:20], hits[20:]
    row = {m: measured(corpus, "Herald", "Post", method=m).loc["mob"] for m in ("Welch", "Mann-Whitney", "log_likelihood",
                                                                                "chi_squared", "permutation")}
    assert row["Welch"]["p_value"] == pytest.approx(ttest_ind(a / 300, b / 300, equal_var=False).pvalue)
    assert row["Mann-Whitney"]["p_value"] == pytest.approx(mannwhitneyu(a, b, method="asymptotic").pvalue)
    cells = [[a.sum(), b.sum()], [6000 - a.sum(), 6000 - b.sum()]]
    for name, kind in (("log_likelihood", "log-likelihood"), ("chi_squared", "pearson")):
        assert row[name]["p_value"] == pytest.approx(chi2_contingency(cells, correction=False, lambda_=kind).pvalue)
    assert row["permutation"]["p_value"] == 1 / 10_001  # as small as 10,000 resamples can say, and never 0
    assert row["permutation"]["q_value"] == row["permutation"]["p_value"]


def test_articles_copied_within_a_cluster_change_nothing():
    rng = np.random.default_rng(2)
    counts, sizes = rng.poisson(4, (40, 3)), np.full(40, 300.0)
    group, names = np.arange(40) < 18, np.arange(40)
    one = permutation_test(counts, sizes, group, n_resamples=199)
    # every article in two halves that are one cluster: the same sums
    half = np.repeat(counts // 2, 2, axis=0)
    half[1::2] = counts - counts // 2
    two = permutation_test(half, np.full(80, 150.0), np.repeat(group, 2), clusters=np.repeat(names, 2), n_resamples=199)
    assert two.p == pytest.approx(one.p)
    assert two.low == pytest.approx(one.low)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 5), st.booleans())
def test_exchanged_groups_have_one_p_also_where_clusters_span_and_groups_are_equal(seed, spanning, renamed):
    rng = np.random.default_rng(seed)
    counts, sizes, group = rng.poisson(4, (40, 3)), rng.integers(200, 500, 40), np.arange(40) < 20
    clusters = np.arange(40)
    clusters[20:20 + spanning] = np.arange(spanning)
    if renamed:
        clusters = rng.permutation(40)[clusters]
    one, other = (permutation_test(counts, sizes, side, clusters=clusters, n_resamples=99, seed=seed) for side in (group, ~group))
    assert one.p.tolist() == other.p.tolist()
    assert one.low == pytest.approx(-other.high)


# Odd tables and options

def test_a_row_that_counts_nothing_is_no_article_with_the_term():
    empty = tables([{"mob": 3 + i % 2, "quay": int(i < 2)} for i in range(40)], 300)
    found = measured(empty, "Herald", "Post", n_resamples=99)
    assert list(found.index) == ["mob"]  # "quay" stands in two articles, though each has a row of it
    without = empty[0][empty[0]["count"] > 0]
    pd.testing.assert_frame_equal(found, measured((without, *empty[1:]), "Herald", "Post", n_resamples=99))


@pytest.mark.parametrize(("options", "words"), [
    ({"allow_small_n": "no"}, "allow_small_n is True or False, not 'no'"), ({"seed": None}, "seed is at least 0"),
    ({"seed": 1.5}, "seed is at least 0, a whole number, not 1.5"), ({"null_check": 2.5}, "null_check is True, False or"),
    ({"null_check": "yes"}, "null_check is True, False or"), ({"n_resamples": "100"}, "n_resamples is at least 99"),
])
def test_options_are_what_they_should_be(options, words):
    with pytest.raises(FramelensError, match=words):
        measured(LUMP, "Herald", **options)


def test_each_draw_of_the_null_check_deals_the_articles_anew():
    rng = np.random.default_rng(3)
    hits = rng.poisson(rng.gamma(0.4, 4 / 0.4, (40, 12)))
    corpus = tables([{f"w{j:02}": int(n) for j, n in enumerate(row)} for row in hits], 400)
    found = [measure_keyness(*corpus[:2], "Herald", tables=corpus[2], method="log_likelihood", null_check=draws).set_index(
        "measure")["estimate"] for draws in (1, 2, 6)]
    assert len({row["keyness_log_likelihood_null_share"] for row in found}) == 3


def test_a_null_check_of_numpys_true_is_twenty_draws():
    found = measured(LUMP, "Herald", n_resamples=99, null_check=np.True_)
    assert found["method"].str.contains("20 draws").sum() == 2
