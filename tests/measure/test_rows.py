"""What holds of every measure: which rows there are, when there is an interval, and what does not matter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import MIN_CLUSTERS, MIN_HITS
from framelens.measure.labelling import measure_labelling
from framelens.measure.loaded import measure_loaded
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.tone import measure_tone
from framelens.stats.bootstrap import ratio_intervals, resample_weights
from framelens.stats.proportion import share_intervals

MEASURES = [measure_labelling, measure_loaded, measure_sourcing, measure_tone]
SHARES = {  # shares that sum to 1 over a column, within the rest of the identity
    measure_labelling: {"label_share": ["zone", "voice", "group"], "label_voice_share": ["zone", "group", "stance"]},
    measure_sourcing: {"source_type_share": [], "originator_type_share": [], "voice_words_share": []},
}
CLOSED = "Korn-Graubard, effective clusters"  # the method of shares
each = pytest.mark.parametrize("measure", MEASURES)


def same(one, other, **options):
    assert_frame_equal(one, other, check_dtype=True, **options)


def changed(annotations, **changes):
    """Make a bundle in which some tables are changed by functions."""
    new = {name: change(annotations.tables[name]) for name, change in changes.items()}
    return Annotations({**annotations.tables, **new}, annotations.about)


def every(annotations, change):
    """Change all tables by one function."""
    return changed(annotations, **dict.fromkeys(annotations.tables, change))


# The rows

@each
@pytest.mark.parametrize("by", ["outlet", "document_id", "publisher", "event"])
def test_estimates_are_valid_and_complete(measure, by, drawn):
    annotations = drawn(1)
    estimates = measure(annotations, by=by, n_resamples=200)
    same(estimates, schema.validate(estimates, "estimates"))
    assert list(estimates.columns) == list(schema.TABLES["estimates"].columns)
    units = annotations.documents[by].nunique()
    identity = [c for c in schema.TABLES["estimates"].key if c not in ("outlet", "document_id", "contrast")]
    assert (estimates.groupby(identity, dropna=False).size() == units).all()  # every unit has every combination
    unit = {"outlet": "outlet", "document_id": "document_id"}.get(by, "contrast")
    named = annotations.documents[by] if by in ("outlet", "document_id") else by + "=" + annotations.documents[by]
    assert set(estimates[unit]) == set(named)
    if by == "document_id":
        of = annotations.documents.set_index("document_id")["outlet"]
        assert (estimates["outlet"] == estimates["document_id"].map(of)).all()


@each
def test_text_free_form_gives_the_same_estimates(measure, drawn):
    annotations = drawn(2)
    free = {name: schema.text_free(table, name) for name, table in annotations.tables.items()}
    assert "text" not in free["documents"]
    without = Annotations(free, annotations.about, "text_free")
    same(measure(annotations, n_resamples=200), measure(without, n_resamples=200))


@each
def test_a_corpus_without_rows_gives_no_rows_or_empty_ones(measure, corpus):
    assert measure(corpus()).empty
    bare = measure(corpus(documents=[{"document_id": "a"}]))
    assert (bare["n_units"] == 0).all()
    assert bare["note"].notna().all()
    counts = bare["measure"].str.endswith("_count")
    assert (bare.loc[counts, "estimate"] == 0).all()
    assert bare.loc[~counts, "estimate"].isna().all()


@each
def test_every_row_without_interval_says_why(measure, drawn):
    estimates = measure(drawn(3), n_resamples=200)
    described = estimates["method"] == "description"
    assert described.any()
    assert (~described).any()
    why = r"Described only: |A count describes|Nothing to measure|No article counts"
    assert estimates.loc[described, "note"].str.contains(why).all()
    assert estimates.loc[described, ["ci_low", "ci_high", "ci_level", "seed"]].isna().all(axis=None)
    bounded = estimates["method"] == "one-sided bound, effective clusters"
    none, whole = (estimates.loc[bounded, "estimate"] == value for value in (0, 1))
    assert (none | whole).all()
    assert (estimates.loc[bounded, "ci_low"][none] == 0).all()
    assert (estimates.loc[bounded, "ci_high"][whole] == 1).all()
    assert estimates.loc[bounded, "note"].str.contains("is a one-sided bound, of ").all()
    assert estimates.loc[bounded, "seed"].isna().all()
    assert (estimates.loc[bounded, "n_clusters"] >= MIN_CLUSTERS).all()
    given = estimates[~described & ~bounded]
    shares = given["unit"] == "share"
    assert (given.loc[~shares, "method"] == "cluster bootstrap, studentised, 200 resamples").all()
    assert (given.loc[shares, "method"] == CLOSED).all()
    assert (given["ci_low"] < given["estimate"]).all()
    assert (given["estimate"] < given["ci_high"]).all()
    assert (given["n_clusters"] >= MIN_CLUSTERS).all()
    assert (given["ci_level"] == 0.95).all()
    assert (given.loc[~shares, "seed"] == 0).all()
    assert given.loc[shares, "seed"].isna().all()


@each
def test_articles_of_one_cluster_count_once(measure, drawn):
    annotations = drawn(4)
    lump = changed(annotations, copies=lambda copies: copies.assign(cluster_id="a000"))
    estimates = measure(lump, n_resamples=200)
    assert estimates["n_clusters"].max() == 1
    assert estimates["n_documents"].max() > 1
    assert (estimates["method"] == "description").all()
    same(estimates[["estimate", "n_units"]], measure(annotations, n_resamples=200)[["estimate", "n_units"]])


# The threshold

CELL = {"zone": "body", "voice": "narrator", "group": "protesters", "stance": "delegitimising"}


def labels(corpus, articles, *, hits=99):
    """Give each article two or three labels, in the first ``hits`` articles one of them delegitimising."""
    ids = [f"a{i}" for i in range(articles)]
    mentions = [{"document_id": d, "stance": "delegitimising" if j == 0 and i < hits else "neutral"}
                for i, d in enumerate(ids) for j in range(2 + i % 2)]
    rows = [{"document_id": d} for d in ids]
    return corpus(documents=rows, sizes=rows, mentions=mentions)


def test_nine_clusters_describe_and_ten_carry_an_interval(corpus, pick):
    which = {"measure": "label_share", **CELL}
    nine = pick(measure_labelling(labels(corpus, MIN_CLUSTERS - 1)), **which)
    assert nine["method"] == "description"
    assert nine["note"] == ("Described only: an interval needs 10 syndication clusters with labels of this group in "
                            "this voice and zone; here 9.")
    ten = pick(measure_labelling(labels(corpus, MIN_CLUSTERS)), **which)
    assert ten["method"] == CLOSED
    assert ten["ci_low"] < ten["estimate"] == 10 / 25 < ten["ci_high"]
    assert pd.isna(ten["note"])


def test_four_hits_describe_and_five_carry_an_interval(corpus, pick):
    for measure, method in (("label_share", CLOSED), ("label_rate", "cluster bootstrap, studentised, 2000 resamples")):
        for hits, made in ((MIN_HITS - 1, "description"), (MIN_HITS, method)):
            assert pick(measure_labelling(labels(corpus, 12, hits=hits)), measure=measure, **CELL)["method"] == made
    few = pick(measure_labelling(labels(corpus, 12, hits=4)), measure="label_share", **CELL)
    assert few["note"] == "Described only: an interval needs 5 hits in 5 clusters; here 4 in 4."


def test_five_of_what_is_no_hit_are_needed_of_a_share_only(corpus, pick):
    ids = [f"a{i}" for i in range(12)]
    mentions = [{"document_id": d, "stance": "neutral" if i < 4 and not j else "delegitimising"}
                for i, d in enumerate(ids) for j in range(2 + i % 2)]
    estimates = measure_labelling(corpus(documents=[{"document_id": d} for d in ids], mentions=mentions,
                                         sizes=[{"document_id": d, "n_words": 80 + 9 * i} for i, d in enumerate(ids)]))
    share = pick(estimates, measure="label_share", **CELL)
    assert share["note"] == "Described only: an interval needs 5 others than hits in 5 clusters; here 4 in 4."
    assert pick(estimates, measure="label_rate", **CELL)["method"].startswith("cluster bootstrap")


def test_many_hits_in_one_cluster_describe(corpus, pick):
    rows = [{"document_id": f"a{i}"} for i in range(12)]
    bundle = corpus(documents=rows, sizes=rows, mentions=[{"document_id": "a0", "stance": "delegitimising"}] * 20)
    row = pick(measure_labelling(bundle), measure="label_rate", **CELL)
    assert row["estimate"] == 20 / 1.2
    assert row["note"] == "Described only: an interval needs 5 hits in 5 clusters; here 20 in 1. Words: 1200."


def test_clusters_that_do_not_differ_describe(corpus, pick):
    rows = [{"document_id": f"a{i}"} for i in range(12)]
    row = pick(measure_sourcing(corpus(documents=rows, sizes=rows, attributions=rows)), measure="attribution_density")
    assert row["estimate"] == 10
    assert row["note"] == "Described only: no difference between clusters. Words: 1200."


@pytest.mark.parametrize("seed", range(2))
def test_intervals_are_those_of_cluster_sums_under_the_corpus_wide_resamples(seed, drawn, pick):
    annotations = drawn(seed, articles=30)
    frame = annotations.documents[annotations.documents["exclusion_reason"].isna()].merge(annotations.copies)
    clusters = sorted(frame["cluster_id"].unique())
    weights = resample_weights(len(clusters), n_resamples=500, seed=3)

    def sums(outlet, table, values=None):
        rows = table.merge(frame.loc[frame["outlet"] == outlet, ["document_id", "cluster_id"]], on="document_id")
        by = rows.groupby("cluster_id")
        return (by.size() if values is None else by[values].sum()).reindex(clusters, fill_value=0).to_numpy(float)

    labels = annotations.mentions[~annotations.mentions["negated"].astype(bool)]
    cell = (labels[["zone", "voice", "group"]] == ["body", "narrator", "police"]).all(axis=1)
    narrator = (annotations.sizes[["zone", "voice"]] == ["body", "narrator"]).all(axis=1)
    scored = (annotations.sentiment[["scorer", "target_group", "voice"]] == ["vader", "any", "direct"]).all(axis=1)
    where = {"zone": "body", "voice": "narrator", "group": "police", "stance": "neutral"}
    estimates = measure_labelling(annotations, n_resamples=500, seed=3)
    tone = measure_tone(annotations, n_resamples=500, seed=3)
    for outlet in ("Bugle", "Herald"):
        hits = sums(outlet, labels[cell & (labels["stance"] == "neutral")])
        wanted = {
            ("label_share", "share", 1): (hits, sums(outlet, labels[cell])),
            ("label_rate", "rate", 1000): (hits, sums(outlet, annotations.sizes[narrator], "n_words")),
            ("mean_sentiment", "mean", 1): (sums(outlet, annotations.sentiment[scored], "score"),
                                            sums(outlet, annotations.sentiment[scored])),
        }
        for (measure, scale, per), (num, den) in wanted.items():
            result = share_intervals(num, den) if scale == "share" else ratio_intervals(num, den, scale=scale, weights=weights)
            row = (pick(tone, outlet=outlet, scorer="vader", target_group="any", voice="direct") if scale == "mean"
                   else pick(estimates, measure=measure, outlet=outlet, **where))
            assert row["method"] == (CLOSED if scale == "share" else "cluster bootstrap, studentised, 500 resamples")
            assert row["estimate"] == pytest.approx(per * result.estimate[0])
            assert row["ci_low"] == pytest.approx(per * result.low[0])
            assert row["ci_high"] == pytest.approx(per * result.high[0])
            assert row["n_clusters"] == (den > 0).sum()


# Exclusions and groupings

@each
def test_excluded_articles_do_not_count_and_are_said(measure, drawn):
    annotations = drawn(5)
    out = annotations.documents["exclusion_reason"].notna()
    assert out.sum() == 3
    gone = set(annotations.documents.loc[out, "document_id"])
    kept = every(annotations, lambda table: table[~table["document_id"].isin(gone)])
    estimates, without = measure(annotations, n_resamples=200), measure(kept, n_resamples=200)
    columns = [c for c in estimates if c != "note"]
    same(estimates[columns], without[columns])
    assert estimates["note"].str.contains(r"Excluded articles, not counted: [12] \(no body\)\.").all()
    assert not without["note"].fillna("").str.contains("Excluded").any()
    alone = measure(annotations, by="document_id", n_resamples=200)
    alone = alone[alone["document_id"].isin(gone)]
    assert set(alone["document_id"]) == gone
    assert (alone["n_units"] == 0).all()
    assert alone["estimate"].isna().all()  # nothing was looked at: not even a count of 0
    assert (alone["note"] == "No article counts. Excluded articles, not counted: 1 (no body).").all()


@each
def test_groupings_are_checked_by_name(measure, drawn):
    with pytest.raises(SchemaError, match=r"by='country' is no grouping of articles\. Allowed: outlet, document_id"):
        measure(drawn(1), by="country")
    with pytest.raises(SchemaError, match=r"by='origin': table 'documents' has no value.*outlet, document_id, pub"):
        measure(drawn(1), by="origin")
    with pytest.raises(SchemaError, match="n_resamples=20 is too few"):
        measure(drawn(1), n_resamples=20)
    with pytest.raises(SchemaError, match=r"n_resamples=200\.5 is too few for an interval, or no whole"):
        measure(drawn(1), n_resamples=200.5)


def test_articles_without_a_value_are_a_unit_of_their_own(drawn):
    annotations = changed(drawn(1), documents=lambda d: d.assign(event=d["event"].where(d["event"] != "e1")))
    estimates = measure_sourcing(annotations, by="event", n_resamples=200)
    assert set(estimates["contrast"]) == {"event=e0", "event=e2", "event=unknown"}
    notes = estimates.loc[estimates["contrast"] == "event=unknown", "note"]
    assert notes.str.contains("Articles without a value of event: 9.", regex=False).all()


@each
def test_an_article_that_is_in_no_other_table_is_named(measure, drawn):
    annotations = drawn(1)
    with pytest.raises(SchemaError, match="Table 'copies' has no row for 'a000'"):
        measure(changed(annotations, copies=lambda t: t[t["document_id"] != "a000"]))
    with pytest.raises(SchemaError, match="column 'document_id': 'a001' is not in table 'documents'"):
        measure(changed(annotations, documents=lambda t: t[t["document_id"] != "a001"]))


def test_a_missing_voice_is_named(drawn):
    with pytest.raises(SchemaError, match="Table 'mentions', column 'voice': missing in body or headline of"):
        measure_labelling(changed(drawn(1), mentions=lambda t: t.assign(voice=None)))


# Properties

@each
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 15))
def test_row_order_does_not_matter(measure, seed, drawn):
    annotations = drawn(seed)
    rng = np.random.default_rng(seed)
    mixed = every(annotations, lambda table: table.iloc[rng.permutation(len(table))])
    same(measure(annotations, n_resamples=200), measure(mixed, n_resamples=200), check_exact=True)


@pytest.mark.parametrize("measure", [m for m in MEASURES if m is not measure_loaded])  # a sentence keeps its own words
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 15))
def test_splitting_an_article_within_its_cluster_does_not_matter(measure, seed, drawn):
    annotations = drawn(seed)
    rng = np.random.default_rng(seed)
    documents, copies = annotations.documents, annotations.copies

    def halve(table):
        return table.assign(document_id=table["document_id"] + np.where(rng.random(len(table)) < 0.5, "", "_b"))

    def twice(table):
        return pd.concat([table, table.assign(document_id=table["document_id"] + "_b")], ignore_index=True)

    parts = dict.fromkeys(("sizes", "mentions", "attributions", "sentiment"), halve)
    split = changed(annotations, documents=twice, copies=twice, **parts)
    assert len(split.documents) == 2 * len(documents)
    assert set(split.copies["cluster_id"]) == set(copies["cluster_id"])
    one, other = measure(annotations, n_resamples=200), measure(split, n_resamples=200)
    columns = ["estimate", "ci_low", "ci_high", "n_clusters", "n_units", "method"]
    same(one[columns], other[columns], rtol=1e-9)


@each
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 15))
def test_renaming_outlets_permutes_rows(measure, seed, drawn):
    annotations = drawn(seed, outlets=("Bugle", "Herald", "Argus"))
    names = {"Bugle": "Zephyr", "Herald": "Argus", "Argus": "Crier"}
    renamed = changed(annotations, documents=lambda d: d.assign(outlet=d["outlet"].map(names)))
    key = list(schema.TABLES["estimates"].key)
    one, other = (measure(a, n_resamples=200) for a in (annotations, renamed))
    one["outlet"] = one["outlet"].map(names)
    same(one.sort_values(key, ignore_index=True), other.sort_values(key, ignore_index=True))


@pytest.mark.parametrize("measure", list(SHARES))
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 15))
def test_shares_sum_to_one(measure, seed, drawn):
    estimates = measure(drawn(seed), n_resamples=200)
    for name, within in SHARES[measure].items():
        rows = estimates[estimates["measure"] == name]
        sums = rows.groupby(["outlet", *within])[["estimate", "n_units"]].agg({"estimate": "sum", "n_units": "first"})
        assert (sums["n_units"] > 0).any()
        assert np.allclose(sums["estimate"], sums["n_units"] > 0)
    if measure is measure_sourcing:
        types = estimates[estimates["measure"].isin(["direct_share", "mixed_share", "indirect_share"])]
        assert np.allclose(types.groupby("outlet")["estimate"].sum(), 1)


@each
def test_seed_moves_intervals_and_nothing_else(measure, drawn):
    annotations = drawn(6)
    one, again, other = (measure(annotations, n_resamples=200, seed=s) for s in (1, 1, 2))
    same(one, again)
    moving = ["ci_low", "ci_high", "seed"]
    same(one.drop(columns=moving), other.drop(columns=moving))
    moved = one["ci_high"].notna() & (one["ci_high"] != other["ci_high"])
    assert moved.any()
    assert one.loc[moved, "seed"].notna().all()  # a share's interval has no chance of ours in it


@each
def test_an_outlet_keeps_its_estimates_when_another_is_added(measure, drawn):
    annotations = drawn(7)
    herald = annotations.documents.loc[annotations.documents["outlet"] == "Herald", "document_id"]
    alone = every(annotations, lambda table: table[table["document_id"].isin(herald)])
    one, other = measure(alone, n_resamples=500), measure(annotations, n_resamples=500)
    other = other[other["outlet"] == "Herald"].reset_index(drop=True)
    keys = ["measure", "zone", "voice", "group", "stance", "source_type", "side", "scorer", "target_group", "loaded_class"]
    both = one.merge(other, on=keys, suffixes=("", "_both"))
    assert len(both) == len(one)
    assert np.array_equal(both["estimate"], both["estimate_both"], equal_nan=True)
    width, width_both = both["ci_high"] - both["ci_low"], both["ci_high_both"] - both["ci_low_both"]
    assert width.notna().any()
    assert (width_both / width).dropna().median() == pytest.approx(1, abs=0.15)
