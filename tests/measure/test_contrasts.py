"""Contrasts of outlets by cluster sums made another way, by what must not matter, and where nothing differs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.contrasts import compare
from framelens.measure.labelling import measure_labelling
from framelens.measure.loaded import measure_loaded
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.tone import measure_tone
from framelens.stats.contrast import ratio_contrasts

MEASURES = [measure_labelling, measure_loaded, measure_sourcing, measure_tone]
CELL = {"zone": "body", "voice": "narrator", "group": "police", "stance": "neutral"}
each = pytest.mark.parametrize("measure", MEASURES)


def renamed(annotations, **tables):
    return Annotations({**annotations.tables, **tables}, annotations.about)


def sums(annotations, table, keep, values=None):
    """Sum rows by cluster within outlets: a table of clusters × outlets."""
    documents = annotations.documents[annotations.documents["exclusion_reason"].isna()].merge(annotations.copies)
    rows = documents[["document_id", "outlet", "cluster_id"]].merge(table[keep], on="document_id", how="left", indicator=True)
    rows["n"] = rows["_merge"].eq("both") if values is None else rows[values].fillna(0)
    return rows.pivot_table(index="cluster_id", columns="outlet", values="n", aggfunc="sum", fill_value=0).astype(float)


# By another way

@pytest.mark.parametrize(("contrast", "scale"), [("difference", "share"), ("ratio", "rate"), ("odds ratio", "share")])
def test_is_the_contrast_of_cluster_sums(contrast, scale, drawn, pick):
    annotations = drawn(3, outlets=("Argus", "Bugle", "Herald"), articles=40)
    mentions, sizes = annotations.mentions, annotations.sizes
    cell = (mentions[["zone", "voice", "group"]] == ["body", "narrator", "police"]).all(axis=1)
    counted = cell & ~mentions["negated"].astype(bool)
    hits = sums(annotations, mentions, counted & (mentions["stance"] == "neutral"))
    narrator = (sizes[["zone", "voice"]] == ["body", "narrator"]).all(axis=1)
    base = sums(annotations, mentions, counted) if scale == "share" else sums(annotations, sizes, narrator, "n_words")
    asked = {"measure": f"label_{scale}", **CELL}
    for reference in ("pairs", "rest", "Bugle"):
        table = compare(annotations, measure_labelling, reference=reference, contrast=contrast, only=asked)
        assert len(table) == {"pairs": 3, "rest": 3, "Bugle": 2}[reference]
        for _, row in table.iterrows():
            others = [row["reference"]] if row["reference"] != "rest" else [o for o in hits if o != row["outlet"]]
            one = (hits[row["outlet"]].to_numpy(), base[row["outlet"]].to_numpy())
            two = (hits[others].sum(axis=1).to_numpy(), base[others].sum(axis=1).to_numpy())
            kind = {"difference": "difference", "ratio": "log ratio", "odds ratio": "log odds ratio"}[contrast]
            wanted = ratio_contrasts(one, two, contrast=kind, scale=scale)
            ends = np.array([wanted.estimate[0], wanted.low[0], wanted.high[0]])
            ends = ends if contrast == "difference" else np.exp(ends)
            assert list(row[["estimate", "ci_low", "ci_high"]]) == pytest.approx(ends)
            assert row["p_value"] == pytest.approx(wanted.p[0])
            assert row["method"] == "CR2, Satterthwaite"
            assert row["n_clusters"] == ((one[1] > 0) | (two[1] > 0)).sum()


def test_rates_and_means_keep_their_unit(drawn, pick):
    annotations = drawn(5, articles=40)
    density = {"measure": "attribution_density"}
    difference = compare(annotations, measure_sourcing, only=density).iloc[0]
    by_outlet = measure_sourcing(annotations, n_resamples=200).query("measure == 'attribution_density'").set_index("outlet")
    assert difference["estimate"] == pytest.approx(by_outlet.loc["Bugle", "estimate"] - by_outlet.loc["Herald", "estimate"])
    assert list(difference[["unit", "contrast", "reference"]]) == ["per 1,000 words", "Bugle minus Herald", "Herald"]
    ratio = compare(annotations, measure_sourcing, contrast="ratio", only=density).iloc[0]
    assert ratio["estimate"] == pytest.approx(by_outlet.loc["Bugle", "estimate"] / by_outlet.loc["Herald", "estimate"])
    assert (ratio["unit"], ratio["contrast"]) == ("ratio", "Bugle over Herald")
    tone = compare(annotations, measure_tone, only={"scorer": "vader", "voice": "direct", "target_group": "any"}).iloc[0]
    means = pick(measure_tone(annotations, n_resamples=200), scorer="vader", voice="direct", target_group="any", outlet="Bugle")
    other = pick(measure_tone(annotations, n_resamples=200), scorer="vader", voice="direct", target_group="any", outlet="Herald")
    assert tone["estimate"] == pytest.approx(means["estimate"] - other["estimate"])
    assert tone["unit"] == "vader"


@pytest.mark.parametrize(("adjust", "theirs"), [("holm", "holm"), ("fdr_bh", "fdr_bh"), ("bonferroni", "bonferroni")])
def test_q_is_over_all_that_was_tested(adjust, theirs, drawn):
    table = compare(drawn(4, outlets=("Argus", "Bugle", "Herald"), articles=30), measure_sourcing, adjust=adjust)
    tested = table["p_value"].notna()
    assert 20 < tested.sum() < len(table)
    wanted = multipletests(table.loc[tested, "p_value"], method=theirs)[1]
    assert np.allclose(table.loc[tested, "q_value"], wanted)
    assert table.loc[~tested, "q_value"].isna().all()
    assert (table["family"] == f"measure_sourcing by outlet: difference, {adjust}, {tested.sum()} tests").all()


# The rows

@each
@pytest.mark.parametrize("by", ["outlet", "publisher", "event"])
def test_rows_are_valid_and_complete(measure, by, drawn):
    annotations = drawn(1)
    table = compare(annotations, measure, by=by)
    pd.testing.assert_frame_equal(table, schema.validate(table, "estimates"))
    estimates = measure(annotations, by=by, n_resamples=100)
    numbers = estimates[~estimates["measure"].str.endswith("_count")]
    units = annotations.documents[by].nunique()
    assert len(table) == len(numbers) / units * len(list(combinations(range(units), 2)))
    assert set(table["measure"]) == set(numbers["measure"])
    assert table["reference"].notna().all()
    if by != "outlet":
        assert table["outlet"].isna().all()
        assert table["contrast"].str.match(rf"{by}=.* minus {by}=").all()
    described = table["method"] == "description"
    assert table.loc[described, ["ci_low", "ci_high", "ci_level", "p_value"]].isna().all(axis=None)
    assert table.loc[described, "note"].str.contains("Described only: |Nothing to compare: ").all()
    assert (table.loc[~described, "ci_low"] < table.loc[~described, "ci_high"]).all()


def test_the_note_names_the_higher_side_with_both_values(corpus):
    ids = [f"{outlet}{i}" for outlet in "BH" for i in range(12)]
    mentions = [{"document_id": d, "stance": "delegitimising" if j < 1 + (d[0] == "H") + i % 2 else "neutral"}
                for i, d in enumerate(ids) for j in range(5)]
    documents = [{"document_id": d, "outlet": "Bugle" if d[0] == "B" else "Herald"} for d in ids]
    bundle = corpus(documents=documents, sizes=[{"document_id": d} for d in ids], mentions=mentions)
    asked = {"zone": "body", "voice": "narrator", "group": "protesters", "stance": "delegitimising"}
    table = compare(bundle, measure_labelling, only=asked).set_index("measure")
    assert table.loc["label_share", "note"] == "Higher in Herald: 0.5 (30 of 60) against 0.3 (18 of 60) in Bugle."
    assert table.loc["label_rate", "note"] == "Higher in Herald: 25 (30) against 15 (18) in Bugle."
    assert table.loc["label_share", "estimate"] == pytest.approx(-0.2)
    # All stand in the narrator's voice: the shares of voices are 1 and 1, without a doubt that could be told.
    equal = "Equal: 1 in Bugle (18 of 18) and in Herald (30 of 30). Described only: "
    assert table.loc["label_voice_share", "note"].startswith(equal)


def test_too_little_on_either_side_is_described_and_said_of_whom(drawn, corpus):
    rows = [{"document_id": f"{o}{i}", "outlet": o} for o, n in (("Bugle", 12), ("Herald", 9)) for i in range(n)]
    ids = [{"document_id": row["document_id"]} for row in rows]
    said = [{**d, "stance": stance} for d in ids for stance in ("neutral", "delegitimising")] + [{**ids[0], "stance": "neutral"}]
    bundle = corpus(documents=rows, sizes=ids, mentions=said)
    asked = {**CELL, "group": "protesters", "measure": "label_share"}
    row = compare(bundle, measure_labelling, only=asked).iloc[0]
    assert row["method"] == "description"
    assert row["note"].endswith("Described only: an interval needs 10 syndication clusters with labels of this group in this "
                                "voice and zone; Herald has 9.")
    assert np.isnan(row["p_value"])
    assert row["estimate"] == pytest.approx(13 / 25 - 9 / 18)
    small = compare(bundle, measure_labelling, only=asked, allow_small_n=True).iloc[0]
    assert small["ci_low"] < small["estimate"] < small["ci_high"]
    assert "Small numbers, computed all the same and not to be relied on: an interval needs 10" in small["note"]
    none = compare(bundle, measure_labelling, only={**asked, "voice": "direct"}).iloc[0]
    assert none["note"] == "Nothing to compare: no labels of this group in this voice and zone in Bugle."
    assert np.isnan(none["estimate"])


def test_hits_in_too_few_clusters_are_described_though_there_are_enough_of_them(corpus):
    rows = [{"document_id": f"{o}{i:02}", "outlet": o} for o in ("Bugle", "Herald") for i in range(12)]
    ids = [{"document_id": row["document_id"]} for row in rows]
    # The Bugle's twelve hits stand in four articles.
    said = [{**d, "stance": "neutral" if d["document_id"][0] == "H" or i < 4 else "delegitimising"}
            for i, d in enumerate(ids) for _ in range(3)] + [{**d, "stance": "delegitimising"} for d in ids]
    bundle = corpus(documents=rows, sizes=ids, mentions=said)
    asked = {**CELL, "group": "protesters"}
    table = compare(bundle, measure_labelling, only={**asked, "measure": ["label_share", "label_rate"]}).set_index("measure")
    for row in (table.loc["label_share"], table.loc["label_rate"]):
        assert row["method"] == "description"
        assert "an interval needs 5 hits in 5 clusters; Bugle has 12 in 4." in row["note"]
        assert np.isnan([row["p_value"], row["ci_low"]]).all()
    # n_units is what the share is of, and the hits of a rate
    assert table.loc["label_share", "n_units"] == 2 * 12 * 4
    assert table.loc["label_rate", "n_units"] == 12 + 36
    asked_for = compare(bundle, measure_labelling, only={**asked, "measure": "label_share"}, allow_small_n=True).iloc[0]
    assert np.isfinite(asked_for["p_value"])
    assert "not to be relied on: an interval needs 5 hits in 5 clusters" in asked_for["note"]


def test_numbers_behind_a_contrast_are_those_of_its_two_sides(corpus):
    rows = [{"document_id": f"{o}{i:02}", "outlet": o} for o in ("Argus", "Bugle", "Herald") for i in range(12)]
    ids = [row["document_id"] for row in rows]
    copies = [{"document_id": d, "cluster_id": "Bugle00" if d == "Herald00" else d} for d in ids]  # one copy on either side
    scores = [{"document_id": d, "score": -0.2 - 0.1 * (i % 3) - 0.1 * (d[0] == "H")} for i, d in enumerate(ids) for _ in "ab"]
    bundle = corpus(documents=rows, sizes=[{"document_id": d} for d in ids], copies=copies, sentiment=scores,
                    mentions=[{"document_id": d} for d in ids])
    only = {"scorer": "textblob", "voice": "narrator", "target_group": "any"}
    row = compare(bundle, measure_tone, only=only).set_index("contrast").loc["Bugle minus Herald"]
    assert (row["n_documents"], row["n_clusters"], row["n_units"]) == (24, 23, 48)
    assert row["p_value"] < 0.05  # 24 segments that score other than 0, though their sum is below 0
    assert row["estimate"] == pytest.approx(0.1)
    ratio = compare(bundle, measure_labelling, contrast="ratio", only={**CELL, "group": "protesters", "measure": "label_rate"})
    assert ratio["estimate"].tolist() == pytest.approx([1] * 3)
    assert ratio["n_units"].tolist() == [24] * 3


def test_of_two_outlets_the_rest_is_the_other(drawn):
    rows = [compare(drawn(1), measure_labelling, reference=reference) for reference in ("pairs", "rest")]
    pd.testing.assert_frame_equal(*rows)
    assert set(rows[1]["contrast"]) == {"Bugle minus Herald"}


def test_an_excluded_article_need_not_say_who_wrote_it(drawn):
    documents = drawn(1).documents
    written = documents.assign(origin=documents["outlet"].where(documents["exclusion_reason"].isna()))
    assert written["origin"].isna().any()
    rows = compare(drawn(1).replace(documents=written), measure_labelling, only={**CELL, "measure": "label_share"})
    assert "origin=Bugle minus origin=Herald" in set(rows["contrast"])


def test_where_no_article_counts_there_is_nothing_to_compare(drawn):
    annotations = drawn(1)
    none = renamed(annotations, documents=annotations.documents.assign(exclusion_reason="no body"))
    rows = compare(none, measure_labelling, only={**CELL, "measure": "label_share"})
    assert rows["note"].str.startswith("Nothing to compare: no labels").all()
    assert rows[["n_documents", "n_clusters", "n_units"]].eq(0).all(axis=None)


def test_the_note_says_of_all_the_rest_what_was_left_out(drawn):
    rows = compare(drawn(4, outlets=("Argus", "Bugle", "Herald")), measure_labelling, reference="rest",
                   only={**CELL, "measure": "label_rate"})
    for note in rows["note"]:
        assert [note.count(f"{name}: Excluded articles, not counted: ") for name in ("Argus", "Bugle", "Herald")] == [1] * 3


def test_errors_name_what_is_allowed(drawn):
    annotations = drawn(1)
    for options, words in (({"by": "document_id"}, "by='document_id' is not known to compare. Allowed: outlet, publisher"),
                           ({"contrast": "risk"}, "difference, ratio, odds ratio"), ({"adjust": "none"}, "fdr_bh, fdr_by, holm"),
                           ({"reference": "Times"}, "Allowed: pairs, rest, Bugle, Herald"),
                           ({"only": {"colour": "red"}}, "'colour' is no column"),
                           ({"only": {"voice": "narrators"}}, "voice: narrator, direct, indirect"),
                           ({"only": {"voice": 5}}, "voice: narrator, direct, indirect"),
                           ({"only": "label_share"}, 'only=.label_share. names no column.*such as {"measure": "label_share"}')):
        with pytest.raises(SchemaError, match=words):
            compare(annotations, measure_labelling, **options)
    # A value of several that is nowhere: with one outlet's spelling the family would be smaller than what was asked.
    for only, words in (({"stance": ["neutral", "legitimizing"]}, "a difference and stance='legitimizing'"),
                        ({"measure": ["label_share", "label_count"]}, "measure='label_count'.*measure: label_share, ")):
        with pytest.raises(SchemaError, match=f"only: nothing has .*{words}"):
            compare(annotations, measure_labelling, only=only)
    with pytest.raises(SchemaError, match="Nothing has a ratio"):
        compare(annotations, measure_tone, contrast="ratio")
    with pytest.raises(SchemaError, match=r"without calling it: .*measure_labelling, .*measure_sourcing, measure_tone"):
        compare(annotations, measure_labelling(annotations, n_resamples=100))
    one = renamed(annotations, documents=annotations.documents.assign(outlet="Herald"))
    with pytest.raises(SchemaError, match="there is only Herald; a comparison needs two"):
        compare(one, measure_labelling)


# What must hold

@each
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 15))
def test_exchanging_names_turns_the_sign_and_nothing_else(measure, seed, drawn):
    annotations = drawn(seed)
    names = {"Bugle": "Herald", "Herald": "Bugle"}
    other = renamed(annotations, documents=annotations.documents.assign(outlet=annotations.documents["outlet"].map(names)))
    one, two = compare(annotations, measure), compare(other, measure)
    assert np.allclose(one["estimate"], -two["estimate"], equal_nan=True)
    assert np.allclose(one["ci_low"], -two["ci_high"], equal_nan=True)
    assert np.allclose(one["q_value"], two["q_value"], equal_nan=True)


@each
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 15))
def test_copies_in_both_outlets_are_no_difference(measure, seed, drawn):
    """Each article stands in both outlets, in one cluster: nothing can differ, and no p is given."""
    annotations = drawn(seed, outlets=("Bugle",), articles=25)

    def twice(table):
        columns = [c for c in ("mention_id", "attribution_id", "document_id") if c in table]
        return pd.concat([table, table.assign(**{c: table[c] + "_b" for c in columns})], ignore_index=True)

    documents = twice(annotations.documents)
    documents["outlet"] = np.where(documents["document_id"].str.endswith("_b"), "Herald", "Bugle")
    both = renamed(annotations, **{name: twice(table) for name, table in annotations.tables.items()} | {"documents": documents})
    table = compare(both, measure)
    known = table["estimate"].notna()
    assert known.any()
    assert np.allclose(table.loc[known, "estimate"], 0)
    assert table["p_value"].isna().all()


def test_holm_finds_nothing_where_nothing_differs(drawn):
    """Two halves of one corpus, 60 times: Holm finds something in about 5 %, and p below .05 is as rare as it should be."""
    found, small, tested = 0, 0, 0
    asked = {"measure": ["label_rate", "label_share"], "zone": "body"}
    for trial in range(60):
        annotations = drawn(trial % 4, articles=60)
        outlets = np.random.default_rng(trial).permutation(np.repeat(["Bugle", "Herald"], 60))
        halves = renamed(annotations, documents=annotations.documents.assign(outlet=outlets))
        table = compare(halves, measure_labelling, only=asked)
        found += bool((table["q_value"] <= 0.05).any())
        small, tested = small + (table["p_value"] <= 0.05).sum(), tested + table["p_value"].notna().sum()
    assert found <= 7  # of 60 at 5 %: 99 of 100 times
    assert 0.02 < small / tested < 0.075
