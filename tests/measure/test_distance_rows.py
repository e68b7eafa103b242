"""Distances of outlets as rows of estimates: by the statistic called directly, by hand, and where nothing differs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import distance as peers

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.distance import measure_distance
from framelens.stats.distance import distance_test
from framelens.stats.multiplicity import adjust

TERMS = ["crowd", "march", "mob", "rioter", "rally", "thug"]


def bundle(corpus, seed=1, *, outlets=("Bugle", "Herald"), articles=15, unlike=0.0, **changed):
    """Draw articles that take terms by their outlet's chances: alike, or the more unlike the higher ``unlike``."""
    rng = np.random.default_rng(seed)
    documents, mentions, counts = [], [], []
    for number, outlet in enumerate(outlets):
        chances = np.roll(1.0 + unlike * np.arange(len(TERMS)), number * 3)
        for i in range(articles):
            d = f"{outlet}{i:02d}"
            documents.append({"document_id": d, "outlet": outlet, "event": f"e{i % 3}"})
            drawn = rng.multinomial(4 + rng.poisson(4), chances / chances.sum())
            mentions += [{"document_id": d, "term": term, "negated": j == 3, "voice": ("narrator", "direct")[j % 2]}
                         for term, n in zip(TERMS, drawn, strict=True) for j in range(n)]
            counts += [{"document_id": d, "zone": "body", "voice": "narrator", "term": term, "count": int(n)}
                       for term, n in zip(TERMS, drawn, strict=True) if n]
    made = corpus(documents=documents, mentions=mentions, **changed)
    return Annotations({**made.tables, "term_counts": schema.validate(pd.DataFrame(counts), "term_counts")}, made.about)


def spread(annotations, keep):
    """Count terms by article (pandas), in the order of the documents."""
    rows = annotations.mentions[keep]
    return pd.crosstab(rows["document_id"], rows["term"]).reindex(annotations.documents["document_id"], fill_value=0)


@pytest.mark.parametrize("voice", [None, "direct"])
@pytest.mark.parametrize("distance", ["jensen_shannon", "cosine"])
def test_is_the_statistic_of_the_counts(distance, voice, corpus, pick):
    annotations = bundle(corpus, unlike=0.5)
    mentions = annotations.mentions
    counts = spread(annotations, ~mentions["negated"].astype(bool) & (mentions["voice"].eq(voice) if voice else True))
    first = np.array([name.startswith("Bugle") for name in counts.index])
    a, b = counts[first].sum().to_numpy(), counts[~first].sum().to_numpy()
    observed = peers.cosine(a, b) if distance == "cosine" else peers.jensenshannon(a / a.sum(), b / b.sum(), base=2)
    name = {"cosine": "cosine", "jensen_shannon": "Jensen-Shannon distance"}[distance]
    wanted = distance_test(counts.to_numpy(), first, distance=name, n_resamples=500, seed=7)
    rows = measure_distance(annotations, distance=distance, voice=voice, n_resamples=500, seed=7).set_index("measure")
    rows = rows[rows["group"] == "protesters"]
    tested = rows.loc["label_distance"]
    assert tested["estimate"] == pytest.approx(observed)
    assert list(tested[["p_value", "n_units", "n_documents"]]) == [wanted.p, counts.to_numpy().sum(), counts.any(axis=1).sum()]
    assert tested[["ci_low", "ci_high"]].isna().all()
    assert rows.loc["label_distance_thinned", "estimate"] == pytest.approx(wanted.compared)
    null = rows.loc["label_distance_null"]
    assert list(null[["estimate", "ci_low", "ci_high"]]) == pytest.approx([wanted.null_mean, wanted.null_quantiles[0],
                                                                        wanted.null_quantiles[2]])
    assert null["ci_level"] == 0.9
    assert rows.loc["label_distance_excess", "estimate"] == pytest.approx(wanted.compared - wanted.null_mean)
    assert null[["p_value", "q_value"]].isna().all()
    assert list(tested[["outlet", "contrast", "reference"]]) == ["Bugle", "Bugle and Herald", "Herald"]
    assert (rows["voice"].isna() if voice is None else rows["voice"] == voice).all()


def test_words_are_counted_by_article_and_voice(corpus):
    annotations = bundle(corpus, unlike=0.5)
    counts = annotations.term_counts.pivot(index="document_id", columns="term", values="count").fillna(0)
    first = counts.index.str.startswith("Bugle")
    rows = measure_distance(annotations, of="words", n_resamples=300).set_index("measure")
    wanted = distance_test(counts.to_numpy(), first, n_resamples=300)
    assert rows.loc["vocabulary_distance", "p_value"] == wanted.p
    assert rows.loc["vocabulary_distance", "estimate"] == pytest.approx(wanted.observed)
    assert rows["group"].isna().all()
    none = measure_distance(annotations, of="words", voice="direct").iloc[0]
    assert none["note"] == "Nothing to measure: no words in Bugle and Herald."


def test_q_is_holm_over_all_pairs_and_groups(corpus):
    rows = measure_distance(bundle(corpus, outlets=("Argus", "Bugle", "Herald"), unlike=0.3), n_resamples=300)
    pd.testing.assert_frame_equal(rows, schema.validate(rows, "estimates"))
    tested = rows["p_value"].notna()
    assert tested.sum() == 3
    assert set(rows.loc[tested, "contrast"]) == {"Argus and Bugle", "Argus and Herald", "Bugle and Herald"}
    assert np.allclose(rows.loc[tested, "q_value"], adjust(rows.loc[tested, "p_value"], "holm"))
    assert (rows["family"] == "label_distance by outlet: holm, 3 tests").all()
    # the police are not labelled: a row for each pair says so
    silent = rows.loc[rows["group"] == "police"].set_index("contrast")["note"]
    assert silent["Argus and Bugle"] == "Nothing to measure: no labels of this group in Argus and Bugle."


def test_few_articles_are_described_unless_asked_for(corpus):
    few = bundle(corpus, articles=9, unlike=2)
    row = measure_distance(few).iloc[0]
    assert (row["method"], row["note"]) == ("description", "Described only: fewer than 10 clusters of one group alone (9 and 9).")
    assert 0 < row["estimate"] < 1
    assert np.isnan(row["p_value"])
    rows = measure_distance(few, allow_small_n=True, n_resamples=300)
    small = rows[rows["measure"] == "label_distance"].iloc[0]
    assert small["p_value"] < 0.05
    assert "Small numbers, computed all the same and not to be relied on: fewer than 10 clusters" in small["note"]


def test_copies_are_one_cluster(corpus):
    ids = [f"{outlet}{i:02d}" for outlet in ("Bugle", "Herald") for i in range(15)]
    lump = [{"document_id": d, "cluster_id": "Bugle00" if int(d[-2:]) < 6 else d} for d in ids]
    row = measure_distance(bundle(corpus, unlike=2, copies=lump)).iloc[0]
    assert row["note"] == "Described only: fewer than 10 clusters of one group alone (9 and 9)."
    assert row["n_clusters"] == 19


def test_articles_on_one_event_are_described(corpus):
    annotations = bundle(corpus, unlike=2)
    one = annotations.replace(documents=annotations.documents.assign(event="harbour blockade"))
    row = measure_distance(one).iloc[0]
    assert row["note"] == ("Described only: all articles report one event (harbour blockade), and what differs may be that "
                           "day's news.")
    assert row["estimate"] == pytest.approx(measure_distance(annotations, n_resamples=200).iloc[0]["estimate"])
    assert len(measure_distance(one)) == 2  # a row for each group, and nothing to test against
    asked = measure_distance(one, allow_small_n=True, n_resamples=200).iloc[0]
    assert asked["p_value"] == measure_distance(annotations, n_resamples=200).iloc[0]["p_value"]
    assert "all articles report one event" in asked["note"]
    unknown = annotations.replace(documents=annotations.documents.assign(event=None))
    assert measure_distance(unknown, n_resamples=200).iloc[0]["p_value"] < 0.05


def test_excluded_articles_are_left_out_and_said(corpus):
    annotations = bundle(corpus, articles=16, unlike=1)
    without = annotations.documents["document_id"].isin(["Bugle03"])
    left = annotations.replace(documents=annotations.documents.assign(exclusion_reason=np.where(without, "no body", None)))
    keep = ~annotations.mentions["document_id"].eq("Bugle03")
    one = measure_distance(left, n_resamples=200).iloc[0]
    two = measure_distance(annotations.replace(mentions=annotations.mentions[keep]), n_resamples=200).iloc[0]
    assert (one["estimate"], one["p_value"]) == (two["estimate"], two["p_value"])
    assert one["note"].endswith("Bugle: Excluded articles, not counted: 1 (no body).")


def test_groupings_stand_in_contrast(drawn):
    rows = measure_distance(drawn(2, articles=20), by="publisher", n_resamples=200)
    assert rows["outlet"].isna().all()
    assert set(rows["contrast"]) == {"publisher=Bugle online and publisher=Herald online"}
    assert set(rows["reference"]) == {"publisher=Herald online"}


def test_row_order_does_not_matter(corpus):
    annotations = bundle(corpus, unlike=0.2)
    rng = np.random.default_rng(0)
    mixed = Annotations({n: t.iloc[rng.permutation(len(t))] for n, t in annotations.tables.items()}, annotations.about)
    one, two = (measure_distance(a, n_resamples=200, seed=4) for a in (annotations, mixed))
    pd.testing.assert_frame_equal(one, two)


def test_where_nothing_differs_p_is_even(corpus):
    p = [measure_distance(bundle(corpus, seed, unlike=0), n_resamples=100).iloc[0]["p_value"] for seed in range(100)]
    assert np.mean(np.array(p) <= 0.05) <= 0.1
    assert 0.4 < np.mean(p) < 0.62


def test_errors_name_what_is_allowed(corpus):
    annotations = bundle(corpus)
    for options, words in (({"of": "stances"}, "labels, words"), ({"voice": "author"}, "None, narrator, direct, indirect"),
                           ({"distance": "euclidean"}, "jensen_shannon, cosine"), ({"by": "document_id"}, "outlet, publisher")):
        with pytest.raises(SchemaError, match=words):
            measure_distance(annotations, **options)
    with pytest.raises(SchemaError, match="there is only Bugle; a comparison needs two"):
        measure_distance(bundle(corpus, outlets=("Bugle",)))
    stray = annotations.mentions.assign(document_id="nowhere")
    with pytest.raises(SchemaError, match="Table 'mentions', column 'document_id': 'nowhere' is not in table 'documents'"):
        measure_distance(annotations.replace(mentions=stray))
