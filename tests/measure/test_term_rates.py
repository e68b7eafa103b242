"""Rates of key terms: by hand, against a bootstrap's own function, which terms, and whose words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens.errors import FramelensError, SchemaError
from framelens.measure.keyness import measure_keyness
from framelens.measure.keyness.rates import measure_term_rates
from framelens.stats.bootstrap import ratio_intervals, resample_weights

TERMS = ("crowd", "mob", "quay", "the")


def draw(seed=1, outlets=("Bugle", "Herald", "Post"), articles=14):
    """Draw articles of two voices, one pair of copies; the Herald says "mob" five times as often, "crowd" a fifth as often."""
    rng = np.random.default_rng(seed)
    rates = np.array([0.01, 0.008, 0.001, 0.06])
    counts, sizes, of = [], [], {}
    for number in range(articles * len(outlets)):
        name, outlet = f"a{number:03}", outlets[number // articles]
        of[name] = outlet
        more = np.where(outlet == "Herald", [0.2, 5, 1, 1], 1)
        for voice, words in (("narrator", 300), ("direct", 100)):
            n = int(rng.integers(words // 2, words))
            hits = rng.poisson(n * rates * more * rng.gamma(5, 0.2, len(rates)))
            sizes.append((name, "body", voice, n, 9))
            counts += [(name, "body", voice, term, int(k)) for term, k in zip(TERMS, hits, strict=True) if k]
        sizes.append((name, "byline", None, 40, 1))
    documents = pd.DataFrame({"document_id": list(of), "outlet": list(of.values())})
    clusters = documents["document_id"].replace({"a001": "a000"})
    return (pd.DataFrame(counts, columns=["document_id", "zone", "voice", "term", "count"]), documents,
            {"sizes": pd.DataFrame(sizes, columns=["document_id", "zone", "voice", "n_words", "n_sentences"]),
             "copies": pd.DataFrame({"document_id": documents["document_id"], "cluster_id": clusters, "copy_status": "unknown"})})


def measure(corpus, *sides, voice=None, **options):
    counts, documents, tables = corpus
    keys = measure_keyness(counts, documents, *sides, voice=voice, tables=tables, n_resamples=999)
    return keys, measure_term_rates(keys, counts, documents, tables=tables, **options)


@pytest.fixture(scope="module")
def corpus():
    return draw()


@pytest.mark.parametrize("voice", [None, "narrator", "direct"])
def test_rates_are_hits_of_ten_thousand_words_of_that_voice(corpus, voice):
    counts, documents, tables = corpus
    keys, rates = measure(corpus, "Herald", voice=voice)
    own = documents.set_index("document_id")["outlet"] == "Herald"
    words, hits = (table[(table["zone"] == "body") & (table["voice"].eq(voice) if voice else True)]
                   for table in (tables["sizes"], counts))
    assert set(rates["outlet"]) == {"Herald", "the rest"}
    for _, row in rates.iterrows():
        of = own[own == (row["outlet"] == "Herald")].index
        n = hits.loc[hits["document_id"].isin(of) & (hits["term"] == row["term"]), "count"].sum()
        assert row["n_units"] == n
        assert row["estimate"] == pytest.approx(10_000 * n / words.loc[words["document_id"].isin(of), "n_words"].sum())
    assert (rates["unit"] == "per 10,000 words").all()
    assert (rates["voice"].isna() if voice is None else rates["voice"].eq(voice)).all()
    assert set(rates["contrast"]) == set(keys["contrast"]) == {"Herald against the rest"}
    against = dict(zip(rates["outlet"], rates["reference"], strict=True))
    assert against == {"Herald": "the rest", "the rest": "Herald"}


def test_hits_agree_with_those_of_keyness(corpus):
    keys, rates = measure(corpus, "Herald")
    keys = keys.set_index("term")
    for _, row in rates.iterrows():
        assert row["n_units"] == keys.loc[row["term"], "n_units" if row["outlet"] == "Herald" else "n_reference"]


def test_intervals_are_the_studentised_bootstrap_of_clusters(corpus):
    counts, documents, tables = corpus
    _, rates = measure(corpus, "Herald", n_resamples=500, seed=3)
    cluster = tables["copies"].set_index("document_id")["cluster_id"]
    names = sorted(set(cluster))
    weights = resample_weights(len(names), n_resamples=500, seed=3)
    own = documents.loc[documents["outlet"] == "Herald", "document_id"]
    held = [i for i, name in enumerate(names) if name in set(cluster[own])]
    size = tables["sizes"][tables["sizes"]["voice"].notna()]
    for term in set(rates["term"]):
        y, x = (table[table["document_id"].isin(own)].assign(c=lambda t: t["document_id"].map(cluster)).groupby("c")[column].sum()
                .reindex([names[i] for i in held], fill_value=0).to_numpy(float)
                for table, column in ((counts[counts["term"] == term], "count"), (size, "n_words")))
        found = ratio_intervals(y[:, None], x[:, None], scale="rate", level=0.95, weights=weights[:, held])
        row = rates[(rates["term"] == term) & (rates["outlet"] == "Herald")].iloc[0]
        if not found.reason[0] and np.isfinite(row["ci_low"]):
            assert (row["ci_low"], row["ci_high"]) == pytest.approx((10_000 * found.low[0], 10_000 * found.high[0]))
            assert row["seed"] == 3
    assert rates["ci_low"].notna().any()


def test_key_terms_are_those_that_pass_the_largest_effect_first(corpus):
    keys, rates = measure(corpus, "Herald")
    passed = keys[keys["q_value"] <= 0.05]
    assert {"mob", "crowd"} <= set(passed["term"])
    assert set(rates["term"]) == set(passed["term"])
    _, one = measure(corpus, "Herald", top=1)
    best = passed.assign(size=passed["estimate"].abs()).sort_values("size").groupby("more_in").tail(1)
    assert set(one["term"]) == set(best["term"])


def test_of_several_terms_of_a_side_the_largest_effect_is_taken_and_rows_of_a_null_check_are_none(corpus):
    counts, documents, tables = corpus
    keys, _ = measure(corpus, "Herald")
    sides = {"crowd": "the rest", "mob": "Herald", "quay": "Herald", "the": "Herald"}
    effects = {"crowd": -1.0, "mob": 1.0, "quay": 3.0, "the": 2.0}
    keys = keys.assign(p_value=0.01, q_value=0.01, more_in=keys["term"].map(sides), estimate=keys["term"].map(effects))
    null = keys[keys["term"] == "the"].assign(measure="keyness_null", estimate=9.0)
    rates = measure_term_rates(pd.concat([keys, null], ignore_index=True), counts, documents, tables=tables, top=1)
    assert set(rates["term"]) == {"crowd", "quay"}


def test_where_nothing_passes_the_smallest_p_are_taken():
    counts, documents, tables = draw(seed=5, outlets=("Bugle", "Post"))
    keys, rates = measure((counts, documents, tables), "Bugle", top=2)
    assert not (keys["q_value"] <= 0.05).any()
    assert set(rates["term"]) == set(keys.sort_values("p_value").head(2)["term"])


def test_pairs_take_the_words_of_both_sides_only(corpus):
    counts, documents, tables = corpus
    keys, rates = measure(corpus, "Herald", "Post")
    assert set(rates["outlet"]) == {"Herald", "Post"}
    without = documents["outlet"] != "Bugle"
    kept = set(documents.loc[without, "document_id"])
    smaller = {name: table[table["document_id"].isin(kept)] for name, table in tables.items()}
    again = measure_term_rates(keys, counts[counts["document_id"].isin(kept)], documents[without], tables=smaller)
    columns = ["outlet", "term", "estimate", "n_units"]
    pd.testing.assert_frame_equal(rates[columns], again[columns])


def test_every_contrast_has_its_rates_and_described_ones_none(corpus):
    counts, documents, tables = corpus
    keys, rates = measure(corpus)
    assert set(rates["contrast"]) == set(keys.loc[keys["p_value"].notna(), "contrast"])
    few = documents[documents["document_id"].isin(["a000", "a014", "a015", "a016", "a017", "a018"])]
    small = {name: table[table["document_id"].isin(few["document_id"])] for name, table in tables.items()}
    described = measure_keyness(counts[counts["document_id"].isin(few["document_id"])], few, "Herald", tables=small)
    assert described["p_value"].isna().all()
    assert measure_term_rates(described, counts, few, tables=small).empty


def test_what_is_no_keyness_is_refused(corpus):
    counts, documents, tables = corpus
    with pytest.raises(SchemaError, match="no row of keyness"):
        measure_term_rates(fl.validate(pd.DataFrame({"measure": ["label_count"], "unit": "mentions", "method": "description"}),
                                       "estimates"), counts, documents, tables=tables)
    keys, _ = measure(corpus, "Herald")
    for other in ("zebra", "lion"):  # behind "mob" in the alphabet, and before it
        with pytest.raises(SchemaError, match=r"none of Herald against the rest has 'mob', of which keyness has a row"):
            measure_term_rates(keys, counts.replace({"term": {"mob": other}}), documents, tables=tables)
    with pytest.raises(FramelensError, match="top is at least 1"):
        measure_term_rates(keys, counts, documents, top=0, tables=tables)
    with pytest.raises(FramelensError, match="n_resamples is at least 100"):
        measure_term_rates(keys, counts, documents, tables=tables, n_resamples=10)
