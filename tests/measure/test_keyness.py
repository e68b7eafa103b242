"""Keyness from tables: known answers by hand, the denominators, who is compared with whom, and what changes nothing."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framelens as fl
from framelens import schema
from framelens.annotate.terms import common_terms
from framelens.errors import FramelensError, SchemaError
from framelens.measure.keyness import measure_keyness
from framelens.stats.association import log_odds
from framelens.stats.multiplicity import adjust
from framelens.stats.permutation import permutation_test

TERMS = ("alderman", "bridge", "crowd", "mob", "quay", "the")
RATES = np.array([0.002, 0.005, 0.01, 0.006, 0.0004, 0.06])


def tables_of(rows):
    """Make tables from (article, outlet, words, {term: count}) in the narrator's voice, or with a voice in front."""
    counts = [{"document_id": d, "zone": "body", "voice": "narrator", "term": t, "count": n}
              for d, _, _, hits in rows for t, n in hits.items() if n]
    sizes = pd.DataFrame([{"document_id": d, "zone": "body", "voice": "narrator", "n_words": w, "n_sentences": 1}
                          for d, _, w, _ in rows])
    documents = pd.DataFrame([{"document_id": d, "outlet": o} for d, o, _, _ in rows])
    return pd.DataFrame(counts), documents, {"sizes": sizes}


@lru_cache(maxsize=20)
def draw(seed, outlets=("Bugle", "Herald"), articles=16):
    """Draw articles of every voice, with copies within and across outlets; the Herald says "mob" four times as often."""
    rng = np.random.default_rng(seed)
    ids = [f"a{i:03d}" for i in range(articles * len(outlets))]
    of = np.repeat(list(outlets), articles)
    counts, sizes = [], []
    for d, outlet in zip(ids, of, strict=True):
        rates = RATES * np.where((np.array(TERMS) == "mob") & (outlet == "Herald"), 4, 1) * rng.gamma(3, 1 / 3, len(TERMS))
        for zone, voice, words in (("body", "narrator", 400), ("body", "direct", 150), ("headline", "narrator", 9)):
            n = int(rng.integers(words // 2, words + 1))
            hits = rng.poisson(n * rates)
            sizes.append((d, zone, voice, int(max(n, hits.sum())), 3))
            counts += [(d, zone, voice, t, int(k)) for t, k in zip(TERMS, hits, strict=True) if k]
        counts.append((d, "body", "narrator", f"only-{d}", 1))  # a word of this article alone
        sizes.append((d, "byline", None, 4, 1))
    cluster = np.array(ids, object)
    cluster[1], cluster[articles + 2] = ids[0], ids[2]  # a copy within the first outlet, one in the second
    copies = pd.DataFrame({"document_id": ids, "cluster_id": cluster, "copy_status": "original"})
    return (pd.DataFrame(counts, columns=["document_id", "zone", "voice", "term", "count"]),
            pd.DataFrame({"document_id": ids, "outlet": of}),
            {"sizes": pd.DataFrame(sizes, columns=["document_id", "zone", "voice", "n_words", "n_sentences"]), "copies": copies})


def measure(corpus, *arguments, **options):
    counts, documents, tables = corpus
    fast = {"n_resamples": 199} if options.get("method", "permutation") == "permutation" else {}
    return measure_keyness(counts, documents, *arguments, tables=tables, **{**fast, **options})


def terms(estimates):
    return estimates[~estimates["measure"].str.contains("_null")].set_index("term").sort_index()


# By hand

HAND = tables_of([*((f"a{i}", "Herald", 200, {"mob": 2 + (i == 0), "quay": 1, "pier": i < 2}) for i in range(10)),
                  *((f"b{i}", "Bugle", 100, {"mob": i < 3, "crowd": 2}) for i in range(10))])


def test_counts_words_and_dispersion_by_hand():
    found = terms(measure(HAND, "Herald", "Bugle"))
    assert list(found.index) == ["crowd", "mob", "quay"]  # "pier" stands in two articles
    mob = found.loc["mob"]
    assert (mob["n_units"], mob["n_reference"], mob["n_documents"], mob["n_clusters"]) == (21, 3, 13, 13)
    assert (mob["outlet"], mob["reference"], mob["contrast"]) == ("Herald", "Bugle", "Herald against Bugle")
    assert mob["more_in"] == "Herald"
    assert mob["dispersion"] == pytest.approx(((3 / 21 - 0.1) + 9 * (0.1 - 2 / 21)) / 2)
    assert mob["note"] == ("Words: 2,000 against 1,000; clusters: 10 against 10. No table 'copies': every article is taken for "
                           "an original.")
    # 24 hits: the Bugle has a third of the words, so 8 are to be expected there; of "quay" 10 / 3.
    assert found.loc["quay", "note"].startswith(
        "Counts only: below 5 expected hits. No hit in Bugle: at 95% up to 26% of its articles may hold the term.")
    assert round(1 - 0.05 ** (1 / 10), 2) == 0.26
    assert found.loc["quay", ["estimate", "p_value", "q_value", "more_in", "family"]].isna().all()
    assert found.loc["quay", "method"] == "description"
    assert found.loc["crowd", "more_in"] == "Bugle"
    assert found.loc["crowd", "estimate"] < 0


def test_likelihood_by_hand_warns():
    row = terms(measure(HAND, "Herald", "Bugle", method="log_likelihood")).loc["mob"]
    cells = [(21, 2000 * 24 / 3000), (3, 1000 * 24 / 3000), (1979, 2000 * 2976 / 3000), (997, 1000 * 2976 / 3000)]
    assert row["statistic"] == pytest.approx(2 * sum(o * math.log(o / e) for o, e in cells))
    assert row["estimate"] == pytest.approx(math.log2(21 / 2000 / (3 / 1000)))
    assert row["note"].startswith("Mind: words of one article are not independent draws")
    assert row["measure"] == "keyness_log_likelihood"
    assert pd.isna(row["seed"])


# The same numbers as the statistics

def matrix(corpus, voice=None):
    """Count with pandas: articles × terms in three articles or more, and words."""
    counts, documents, tables = corpus
    counts, sizes = (t[t["zone"].isin(["body", "headline"]) & ((t["voice"] == voice) | (voice is None))]
                     for t in (counts, tables["sizes"]))
    wide = counts.pivot_table(index="document_id", columns="term", values="count", aggfunc="sum")
    wide = wide.reindex(documents["document_id"]).fillna(0)
    return wide.loc[:, (wide > 0).sum() >= 3], sizes.groupby("document_id")["n_words"].sum().reindex(wide.index)


@pytest.mark.parametrize("voice", [None, "narrator", "direct"])
def test_default_is_the_permutation_over_clusters(voice):
    corpus = draw(1)
    wide, words = matrix(corpus, voice)
    theirs = permutation_test(wide, words, (corpus[1]["outlet"] == "Herald").to_numpy(), n_resamples=199, seed=5,
                              clusters=corpus[2]["copies"]["cluster_id"])
    ours = terms(measure(corpus, "Herald", "Bugle", voice=voice, seed=5))
    assert list(ours.index) == list(wide.columns)
    tested = ~np.isnan(theirs.p)
    assert tested.sum() >= 2
    for column, values in (("estimate", theirs.estimate), ("ci_low", theirs.low), ("ci_high", theirs.high),
                           ("p_value", theirs.p), ("q_value", adjust(theirs.p_bh)), ("statistic", theirs.statistic)):
        np.testing.assert_allclose(ours[column][tested], values[tested], rtol=1e-12)
        assert ours[column][~tested].isna().all()
    assert ours["n_clusters"].tolist() == theirs.n_clusters.tolist()
    assert (ours["voice"] == voice).all() or (voice is None and ours["voice"].isna().all())
    assert "; clusters: 15 against 14, 1 in both." in ours["note"].iloc[0]


def test_options_reach_the_statistic():
    corpus = draw(1)
    wide, words = matrix(corpus)
    side = (corpus[1]["outlet"] == "Herald").to_numpy()
    theirs = log_odds(wide[side].sum(), wide[~side].sum(), "convokit", total_a=words[side].sum(), total_b=words[~side].sum())
    ours = terms(measure(corpus, "Herald", "Bugle", method="log_odds", prior="convokit"))
    np.testing.assert_allclose(ours["statistic"], theirs.z)
    assert set(ours["unit"]) == {"log odds ratio"}
    assert set(ours["method"]) == {"log_odds, prior=convokit"}


# Denominators

def test_words_are_those_of_the_articles_whatever_terms_are_kept():
    counts, documents, tables = draw(2)
    common = common_terms(schema.validate(counts, "term_counts"), tables["copies"])
    assert len(common) < len(counts)
    ours, pruned = (measure((c, documents, tables), "Herald", null_check=2) for c in (counts, common))
    pd.testing.assert_frame_equal(ours, pruned)
    sizes = tables["sizes"].merge(documents).query("zone != 'byline'")
    words = sizes.groupby("outlet")["n_words"].sum()
    assert f"Words: {words['Herald']:,} against {words['Bugle']:,};" in ours["note"].iloc[0]


def test_without_sizes_all_words_are_needed():
    counts, documents, tables = draw(2)
    copies = {"copies": tables["copies"]}
    common = counts[~counts["term"].str.startswith("only-")]
    with pytest.raises(SchemaError, match=r"only terms of two or more articles.*tables=\{'sizes'"):
        measure((common, documents, copies), "Herald")
    row = measure((counts, documents, copies), "Herald").iloc[0]
    of = counts["document_id"].map(documents.set_index("document_id")["outlet"])
    sums = counts.groupby(of)["count"].sum()
    assert f"Words: {sums['Herald']:,} against {sums['Bugle']:,};" in row["note"]
    assert "Words are the sums of term_counts." in row["note"]


# Who is compared with whom

THREE = ("Bugle", "Herald", "Post")


def test_each_against_the_rest_and_pairs_are_one_family():
    corpus = draw(3, THREE)
    each, pairs = measure(corpus), measure(corpus, reference="pairwise")
    assert each["contrast"].unique().tolist() == [f"{name} against the rest" for name in THREE]
    assert pairs["contrast"].unique().tolist() == ["Bugle against Herald", "Bugle against Post", "Herald against Post"]
    assert measure(corpus, "Post", "pairwise")["contrast"].unique().tolist() == ["Post against Bugle", "Post against Herald"]
    assert measure(corpus, reference="Post")["contrast"].unique().tolist() == ["Bugle against Post", "Herald against Post"]
    for found in (each, pairs):
        tested = found.dropna(subset="p_value")
        assert tested["family"].unique().tolist() == [f"keyness: {len(tested)} tests in 3 contrasts"]
    wide, words = matrix(corpus)
    p_bh = [permutation_test(wide, words, (corpus[1]["outlet"] == name).to_numpy(), n_resamples=199,
                             clusters=corpus[2]["copies"]["cluster_id"]).p_bh for name in THREE]
    q = np.split(adjust(np.concatenate(p_bh)), 3)
    for name, values in zip(THREE, q, strict=True):
        np.testing.assert_allclose(terms(each[each["outlet"] == name])["q_value"], values)


def test_two_outlets_are_one_contrast():
    corpus = draw(1)
    pd.testing.assert_frame_equal(measure(corpus), measure(corpus, "Bugle", "Herald"))
    assert measure(corpus, "Herald")["contrast"].unique().tolist() == ["Herald against Bugle"]


# What changes nothing, or the name of the side only

@settings(max_examples=6)
@given(st.integers(0, 50), st.sampled_from(["permutation", "log_likelihood", "log_odds", "clustered_log_ratio", "Welch"]))
def test_to_swap_the_sides_turns_the_sign(seed, method):
    one, other = (terms(measure(draw(seed), *names, method=method)) for names in (("Herald", "Bugle"), ("Bugle", "Herald")))
    for column, sign in (("estimate", -1), ("statistic", -1), ("p_value", 1), ("q_value", 1), ("dispersion", 1)):
        np.testing.assert_allclose(one[column], sign * other[column], rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(one["ci_low"], -other["ci_high"], rtol=1e-8)
    assert one["more_in"].fillna("").tolist() == other["more_in"].fillna("").tolist()
    assert one["n_units"].tolist() == other["n_reference"].tolist()
    tested = one.dropna(subset="estimate")
    assert ((tested["more_in"] == "Herald") == (tested["estimate"] > 0)).all()


@settings(max_examples=5)
@given(st.integers(0, 50), st.integers(0, 50))
def test_the_order_of_rows_does_not_matter(seed, shuffle):
    counts, documents, tables = draw(seed)
    mixed = [t.sample(frac=1, random_state=shuffle) for t in (counts, documents, *tables.values())]
    again = (mixed[0], mixed[1], dict(zip(tables, mixed[2:], strict=True)))
    pd.testing.assert_frame_equal(measure(again, "Herald", null_check=2), measure((counts, documents, tables), "Herald",
                                                                                  null_check=2))


def test_an_unrelated_outlet_changes_nothing_in_a_pair():
    counts, documents, tables = draw(3, THREE)
    two = documents[documents["outlet"] != "Post"]
    kept = [t[t["document_id"].isin(two["document_id"])] for t in (counts, *tables.values())]
    alone = (kept[0], two, dict(zip(tables, kept[1:], strict=True)))
    for method in ("permutation", "log_odds"):
        options = {"method": method, "null_check": 2}
        pd.testing.assert_frame_equal(measure(alone, "Herald", "Bugle", **options),
                                      measure((counts, documents, tables), "Herald", "Bugle", **options))


def test_text_free_tables_give_the_same(root, tmp_path):
    study = fl.read_study(root / "data" / "demo")
    found, source = study.annotate()
    assert source == "texts"
    published = fl.Annotations.load(found.save(tmp_path / "free", form="text_free"))
    both = [measure_keyness(a.term_counts, a.documents, "Open Quay", "pairwise", voice="narrator", tables=a.tables,
                            n_resamples=99) for a in (found, published)]
    assert both[0]["p_value"].notna().sum() > 20
    pd.testing.assert_frame_equal(*both)


# Few articles, excluded articles, nothing to compare

def test_few_clusters_are_counted_only():
    corpus = draw(4, articles=10)  # a copy within and one across: 8 and 9 clusters alone
    found = terms(measure(corpus, "Herald", null_check=2))
    assert found[["estimate", "ci_low", "p_value", "q_value", "statistic"]].isna().all(axis=None)
    assert (found["method"] == "description").all()
    assert found["note"].str.startswith("Counts only: fewer than 10 clusters of one group alone.").all()
    assert found["n_units"].sum() > 0
    asked = measure(corpus, "Herald", null_check=2, allow_small_n=True)
    row = terms(asked).loc["the"]
    assert row["p_value"] <= 1
    assert row["note"].startswith("Tested in spite of: fewer than 10 clusters of one group alone; p may be too small.")
    refused = measure(corpus, "Herald", null_check=2)
    assert refused[refused["measure"].str.contains("_null")]["estimate"].isna().all()
    assert asked[asked["measure"].str.contains("_null")]["estimate"].notna().all()


def test_excluded_articles_do_not_count_and_are_told():
    counts, documents, tables = draw(5)
    documents = documents.assign(exclusion_reason=np.where(documents["document_id"] == "a000", "no body", None))
    found = measure((counts, documents, tables), "Herald")
    assert "Bugle: Excluded articles, not counted: 1 (no body)." in found["note"].iloc[0]
    without = tuple(t[t["document_id"] != "a000"] for t in (counts, documents.drop(columns="exclusion_reason")))
    rest = {name: t[t["document_id"] != "a000"] for name, t in tables.items()}
    pd.testing.assert_frame_equal(measure((*without, rest), "Herald").drop(columns="note"), found.drop(columns="note"))


def test_a_side_without_words_has_a_row_that_says_so():
    counts, documents, tables = draw(3, THREE)
    post = documents.loc[documents["outlet"] == "Post", "document_id"]
    silent = {name: t[~(t["document_id"].isin(post) & t["voice"].eq("direct"))] if "voice" in t else t
              for name, t in {**tables, "counts": counts}.items()}
    found = measure((silent.pop("counts"), documents, silent), reference="pairwise", voice="direct", null_check=2)
    row = found[(found["contrast"] == "Herald against Post") & (found["measure"] == "keyness")]
    assert row["note"].tolist() == ["Nothing to compare: a side has no words."]
    assert found[found["contrast"] == "Bugle against Herald"]["p_value"].notna().any()


# The null check

def test_null_check_of_nothing_says_so():
    counts, documents, tables = draw(3)
    found = measure((counts.iloc[:2], documents, tables), "Herald", null_check=2).set_index("measure")
    assert found.loc["keyness", "note"].startswith("Nothing to compare: no term stands in 3 articles.")
    assert found.loc[["keyness_null", "keyness_null_share"], "estimate"].isna().all()


def test_null_check_repeats_the_test_and_leaves_the_rest_alone():
    corpus = draw(6, articles=30)
    plain, checked = measure(corpus, "Herald"), measure(corpus, "Herald", null_check=10)
    pd.testing.assert_frame_equal(plain, checked[checked["measure"] == "keyness"].reset_index(drop=True))
    rows = checked.set_index("measure")
    assert plain.loc[plain["term"] == "mob", "q_value"].item() <= 0.05  # what differs is found
    assert rows.loc["keyness_null", "estimate"] <= 0.2  # and not where it was dealt out
    assert rows.loc["keyness_null_share", "estimate"] <= 0.2
    assert rows.loc["keyness_null_share", "n_units"] == 10 * plain["p_value"].notna().sum()
    assert rows.loc["keyness_null", "note"].endswith(f"In the articles as they are: {(plain['q_value'] <= 0.05).sum()}.")
    assert not rows.loc["keyness_null"].equals(measure(corpus, "Herald", null_check=10, seed=1).set_index("measure").loc[
        "keyness_null"])


def test_null_check_shows_where_words_are_not_independent():
    rng = np.random.default_rng(7)
    names = [f"w{j:02}" for j in range(40)]
    rows = [(f"a{i:02}", "Herald" if i < 30 else "Bugle", 400,
             dict(zip(names, rng.poisson(rng.gamma(0.4, 2.5 / 0.4, 40)).tolist(), strict=True))) for i in range(60)]
    corpus = tables_of(rows)
    share = {m: measure(corpus, "Herald", method=m, null_check=5).set_index("measure")["estimate"]
             for m in ("permutation", "log_likelihood")}
    assert share["log_likelihood"]["keyness_log_likelihood_null_share"] > 0.2
    assert share["log_likelihood"]["keyness_log_likelihood_null"] > 4
    assert share["permutation"]["keyness_null_share"] < 0.1
    assert share["permutation"]["keyness_null"] < 1


# The table, and errors

def test_results_of_several_methods_share_a_valid_table():
    parts = [measure(draw(1), "Herald", method=m, null_check=1) for m in ("permutation", "log_odds", "Mann-Whitney")]
    schema.validate(pd.concat(parts, ignore_index=True), "estimates")
    order = parts[0].query("measure == 'keyness'").dropna(subset="q_value")["q_value"]
    assert order.is_monotonic_increasing


@pytest.mark.parametrize(("arguments", "options", "words"), [
    (("Times",), {}, "target='Times' is no outlet in table 'documents'. Outlets: Bugle, Herald."),
    (("Herald", "Times"), {}, "reference='Times' is no outlet"),
    (("Herald", "Herald"), {}, "both 'Herald': name two outlets"),
    (("Herald",), {"voice": "mixed"}, "voice='mixed' is no voice. Allowed: narrator, direct, indirect, or None"),
    (("Herald",), {"method": "t-test"}, "method is one of permutation,"),
    (("Herald",), {"priors": 3}, "'priors' is no option of measure_keyness with method='permutation'. Allowed: allow_small_n, "
                                 "seed, n_resamples."),
    (("Herald",), {"null_check": -1}, "null_check is True, False or a number of draws"),
    (("Herald",), {"n_resamples": 9}, "n_resamples is at least 99"),
])
def test_errors_name_what_is_wrong(arguments, options, words):
    with pytest.raises(FramelensError) as error:
        measure(draw(1), *arguments, **options)
    assert words in str(error.value)


def test_tables_that_contradict_one_another_are_refused():
    counts, documents, tables = draw(1)
    with pytest.raises(SchemaError, match="'a000' is not in table 'documents'"):
        measure((counts, documents.iloc[1:], {"sizes": tables["sizes"].iloc[4:]}), "Herald")
    few = tables["sizes"].assign(n_words=3)
    with pytest.raises(SchemaError, match="'a000', 'a001', 'a002' and 29 more counts more words than it has"):
        measure((counts, documents, {"sizes": few}), "Herald")
    with pytest.raises(SchemaError, match="'copies' has no row for 'a000'"):
        measure((counts, documents, {**tables, "copies": tables["copies"].iloc[1:]}), "Herald")
    with pytest.raises(SchemaError, match="tables is a mapping of names to tables"):
        measure((counts, documents, tables["sizes"]))
    with pytest.raises(SchemaError, match="two outlets or more; here Bugle stands alone"):
        measure((counts, documents.assign(outlet="Bugle"), tables))
