"""Rates at like events as rows of estimates: by the model called directly, what is refused, and what is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.labelling import measure_labelling
from framelens.measure.model import model_rates
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.tone import measure_tone
from framelens.stats.poisson import rate_model

CELL = {"zone": "body", "voice": "narrator", "group": "police", "stance": "neutral"}


def counted(annotations):
    """Sum labels and words of one cell by article that counts, with its outlet, event and cluster."""
    mentions, sizes = annotations.mentions, annotations.sizes
    keep = ~mentions["negated"].astype(bool) & (mentions[list(CELL)] == list(CELL.values())).all(axis=1)
    words = sizes[(sizes["zone"] == "body") & (sizes["voice"] == "narrator")].set_index("document_id")["n_words"]
    table = annotations.documents[annotations.documents["exclusion_reason"].isna()].merge(annotations.copies)
    return table.assign(hits=table["document_id"].map(mentions[keep].groupby("document_id").size()).fillna(0),
                        words=table["document_id"].map(words).fillna(0))


@pytest.mark.parametrize("events", [True, False])
def test_is_the_model_of_the_articles(events, drawn):
    annotations = drawn(3, outlets=("Argus", "Bugle", "Herald"), articles=40)
    table = counted(annotations)
    outlets = sorted(set(table["outlet"]))
    model = rate_model(table["hits"], table["words"], table["outlet"].map(outlets.index).to_numpy(),
                       blocks=table["event"] if events else None, clusters=table["cluster_id"])
    rows = model_rates(annotations, measure_labelling, events=events, only=CELL)
    assert list(rows["contrast"]) == ["Argus over Bugle", "Argus over Herald", "Bugle over Herald"]
    for _, row in rows.iterrows():
        estimate, low, high, p = model.contrast(outlets.index(row["outlet"]), outlets.index(row["reference"]))
        assert list(row[["estimate", "ci_low", "ci_high"]]) == pytest.approx(np.array([estimate, low, high]) / np.log(2))
        assert row["p_value"] == pytest.approx(p)
        both = table["outlet"].isin([row["outlet"], row["reference"]]) & model.used
        assert list(row[["n_documents", "n_clusters", "n_units"]]) == [
            both.sum(), table.loc[both, "cluster_id"].nunique(), table.loc[both, "hits"].sum()]
        high_name, low_name = (row["outlet"], row["reference"])[:: 1 if estimate > 0 else -1]
        assert row["note"].startswith(f"The rate of {high_name} is {np.exp(abs(estimate)):.3g} times that of {low_name}. ")
    assert np.allclose(rows["q_value"], multipletests(rows["p_value"], method="holm")[1])
    held = "events fixed" if events else "events not held"
    assert set(rows["family"]) == {f"measure_labelling by outlet: Poisson, {held}, holm, 3 tests"}


def test_rows_are_valid_and_there_is_one_for_each_rate(drawn):
    annotations = drawn(1)
    rows = model_rates(annotations, measure_sourcing, reference="Herald")
    pd.testing.assert_frame_equal(rows, schema.validate(rows, "estimates"))
    assert list(rows["measure"]) == ["reported_speech_density", "attribution_density"]
    labels = model_rates(annotations, measure_labelling)
    rates = measure_labelling(annotations, n_resamples=100).query("measure == 'label_rate' and outlet == 'Bugle'")
    assert len(labels) == len(rates)
    described = labels["method"] == "description"
    assert labels.loc[described, ["ci_low", "p_value"]].isna().all(axis=None)
    assert labels.loc[described, "note"].str.contains("Described only: |Nothing to compare: ").all()


def simple(corpus, articles=15, event=lambda outlet, i: f"e{i % 3}", hits=lambda outlet, i: 1 + i % 3):
    """Two outlets of ``articles`` articles of 100 words."""
    plan = [(f"{o}{i:02d}", o, event(o, i), hits(o, i)) for o in ("Bugle", "Herald") for i in range(articles)]
    return corpus(documents=[{"document_id": d, "outlet": o, "event": e} for d, o, e, _ in plan],
                  sizes=[{"document_id": d} for d, *_ in plan],
                  mentions=[{"document_id": d} for d, _, _, y in plan for _ in range(y)])


ASKED = {**CELL, "group": "protesters"}


def test_too_little_in_the_model_is_described(corpus):
    nine = model_rates(simple(corpus, 9), measure_labelling, only=ASKED).iloc[0]
    assert nine["method"] == "description"
    assert ("Described only: an interval needs 10 syndication clusters with words of this voice and zone in the model; "
            "Bugle has 9.") in nine["note"]
    asked = model_rates(simple(corpus, 9), measure_labelling, only=ASKED, allow_small_n=True).iloc[0]
    assert asked["ci_low"] < asked["estimate"] < asked["ci_high"]
    assert "Small numbers, computed all the same" in asked["note"]
    many_events = model_rates(simple(corpus, 10, event=lambda o, i: f"e{i}"), measure_labelling, only=ASKED).iloc[0]
    assert "an interval needs 10 clusters more than coefficients; here 9." in many_events["note"]


def test_few_articles_against_many_are_described(corpus):
    unequal = simple(corpus, 40, event=lambda outlet, i: f"e{i % 3}" if outlet == "Bugle" or i < 12 else None)
    row = model_rates(unequal, measure_labelling, only=ASKED).iloc[0]
    assert "here fewer than 20 clusters against more than 3 times as many (40 and 12)." in row["note"]
    assert np.isnan(row["p_value"])


def test_events_that_are_not_shared_link_nobody(corpus):
    apart = simple(corpus, event=lambda outlet, i: f"{outlet} {i % 2}")
    row = model_rates(apart, measure_labelling, only=ASKED).iloc[0]
    assert row["note"].startswith("Nothing to compare: no event links Bugle and Herald, or the fit fails.")
    assert np.isnan(row["estimate"])
    silent = simple(corpus, hits=lambda outlet, i: int(outlet == "Bugle"))
    assert model_rates(silent, measure_labelling, only=ASKED).iloc[0]["note"].startswith("Nothing to compare: no hit in Herald.")


def test_articles_without_an_event_are_left_out_and_counted(corpus):
    some = simple(corpus, 18, event=lambda outlet, i: f"e{i % 3}" if i < 15 else None)
    row = model_rates(some, measure_labelling, only=ASKED).iloc[0]
    assert row["note"].endswith("Articles in the model: 30 of 36.")
    assert row["estimate"] == pytest.approx(model_rates(simple(corpus), measure_labelling, only=ASKED).iloc[0]["estimate"])


def test_errors_name_what_is_wrong(drawn, corpus):
    annotations = drawn(1)
    for options, words in (({"reference": "rest"}, "Take 'pairs' or a name"), ({"by": "event"}, "Take events=False"),
                           ({"adjust": "none"}, "Allowed: fdr_bh"), ({"events": "yes"}, "Allowed: True, False"),
                           ({"only": {"measure": "label_share"}}, "Nothing has a rate")):
        with pytest.raises(SchemaError, match=words):
            model_rates(annotations, measure_labelling, **options)
    with pytest.raises(SchemaError, match="Nothing has a rate"):
        model_rates(annotations, measure_tone)
    documents = annotations.documents.assign(event=None)
    with pytest.raises(SchemaError, match="no article has one, so that none can be held fixed"):
        model_rates(Annotations({**annotations.tables, "documents": documents}, annotations.about), measure_labelling)
