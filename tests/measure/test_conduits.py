"""Who passed on whose words, counted by hand, one cell at a time, and against what measure_sourcing counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure.contrasts import compare
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.sourcing.conduits import measure_conduits


def said(document_id, source_type, originator_type=None, conduit_type=None, **told):
    return {"document_id": document_id, "source_type": source_type, "originator_type": originator_type,
            "conduit_type": conduit_type, **told}


@pytest.fixture(scope="module")
def found(corpus):
    """Two outlets: state TV passes on police and ministry, an agency passes on another, a blogger a kind of his own."""
    return corpus(
        documents=[{"document_id": "a"}, {"document_id": "b"}, {"document_id": "c", "outlet": "Bugle"},
                   {"document_id": "d", "outlet": "Bugle", "exclusion_reason": "no body"}],
        attributions=[
            said("a", "police", "police"), said("a", "state_media", "police", "state_media"),
            said("b", "state_media", "police", "state_media"), said("b", "state_media", "government", "state_media"),
            said("b", "news_agency", None, "news_agency"),
            said("b", "police", "police", "blogger"),
            said("b", "police", "police", "state_media", level=2),
            said("b", "unnamed", "police", "state_media", kind="scare_quote"),
            said("c", "police", "police"), said("d", "state_media", "police", "state_media")])


@pytest.fixture(scope="module")
def estimates(found):
    return measure_conduits(found)


@pytest.mark.parametrize(("measure", "originator", "conduit", "value", "n_units"), [
    ("count", "police", "state_media", 2, 2), ("count", "government", "state_media", 1, 1),
    ("count", "news_agency", "news_agency", 1, 1), ("count", "police", "blogger", 1, 1),
    ("share", "police", "state_media", 2 / 5, 5), ("share", "news_agency", "news_agency", 1 / 5, 5),
    ("part", "police", "state_media", 2 / 4, 4), ("part", "police", "blogger", 1 / 4, 4),
    ("part", "government", "state_media", 1, 1),
])
def test_by_hand(estimates, pick, measure, originator, conduit, value, n_units):
    row = pick(estimates, outlet="Herald", measure=f"passed_on_{measure}", source_type=originator, conduit_type=conduit)
    assert row["estimate"] == pytest.approx(value)
    assert row["n_units"] == n_units


def test_an_outlet_that_passes_nothing_on_keeps_its_rows(estimates):
    bugle = estimates[estimates["outlet"] == "Bugle"]
    assert len(bugle) == len(estimates) / 2
    counts = bugle[bugle["measure"] == "passed_on_count"]
    assert counts["estimate"].eq(0).all()
    shares = bugle[bugle["measure"] == "passed_on_share"]
    assert shares["estimate"].isna().all()
    assert shares["note"].str.contains("no attributions that somebody passed on").all()


def test_sides_are_the_originators_and_what_stands_in_is_said(estimates, pick):
    counts = estimates[(estimates["outlet"] == "Herald") & (estimates["measure"] == "passed_on_count")]
    agency = pick(counts, source_type="news_agency")
    assert agency["side"] == "media"
    assert "Counted by source type, originator not recorded: 1." in agency["note"]
    others = counts[counts["source_type"] != "news_agency"]
    assert others["side"].eq("official").all()
    assert not others["note"].str.contains("not recorded").any()


def test_only_pairs_that_occur_have_rows_in_the_order_of_the_schema(estimates):
    pairs = estimates.drop_duplicates(["source_type", "conduit_type"])[["source_type", "conduit_type"]]
    assert pairs.values.tolist() == [["government", "state_media"], ["police", "state_media"], ["police", "blogger"],
                                     ["news_agency", "news_agency"]]


def test_a_corpus_in_which_nobody_passes_anything_on_has_no_rows(corpus):
    quiet = corpus(documents=[{"document_id": "a"}], attributions=[said("a", "police", "police")])
    pd.testing.assert_frame_equal(measure_conduits(quiet), schema.empty("estimates"))


def passing(annotations, seed):
    """Give a random bundle conduits, which it has none of."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(["state_media", "news_agency", ""], len(annotations.attributions), p=[0.3, 0.2, 0.5])
    return annotations.replace(attributions=annotations.attributions.assign(conduit_type=kinds))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("by", ["outlet", "document_id"])
def test_agrees_with_counting_one_cell_at_a_time(seed, by, drawn):
    annotations = passing(drawn(seed), seed)
    rows = measure_conduits(annotations, by=by, n_resamples=100)
    table = annotations.attributions.merge(annotations.documents[["document_id", "outlet", "exclusion_reason"]], on="document_id")
    table = table[table["exclusion_reason"].isna() & (table["level"] == 1) & (table["kind"] != "scare_quote")]
    originator = table["originator_type"].fillna(table["source_type"])
    excluded = set(annotations.documents.dropna(subset="exclusion_reason")["document_id"])
    assert rows["estimate"].gt(0).sum() > 20
    for row in rows.itertuples():
        own = table[by] == getattr(row, by)
        hits = (own & (originator == row.source_type) & (table["conduit_type"] == row.conduit_type)).sum()
        base = {"passed_on_share": own & table["conduit_type"].notna(), "passed_on_part": own & (originator == row.source_type)}
        if by == "document_id" and row.document_id in excluded:
            assert np.isnan(row.estimate)
        elif row.measure == "passed_on_count":
            assert row.estimate == hits
        else:
            of = base[row.measure].sum()
            assert row.n_units == of
            assert np.isnan(row.estimate) if of == 0 else row.estimate == pytest.approx(hits / of)


@pytest.mark.parametrize("seed", range(3))
def test_sums_over_originators_are_the_conduits_of_measure_sourcing(seed, drawn):
    annotations = passing(drawn(seed), seed)
    pairs = measure_conduits(annotations, n_resamples=100).query("measure == 'passed_on_count'")
    whole = measure_sourcing(annotations, n_resamples=100).query("measure == 'conduit_type_count' and estimate > 0")
    summed = pairs.groupby(["outlet", "conduit_type"])["estimate"].sum()
    known = whole.set_index(["outlet", "source_type"])["estimate"].rename_axis(["outlet", "conduit_type"])
    pd.testing.assert_series_equal(summed[summed > 0].sort_index(), known.sort_index())
    shares = measure_conduits(annotations, n_resamples=100).query("measure == 'passed_on_share'")
    assert shares.groupby("outlet")["estimate"].sum().to_numpy() == pytest.approx(1)


def test_what_stands_outside_body_and_headline_does_not_count(corpus):
    here, away = said("a", "state_media", "police", "state_media"), said("a", "news_agency", "police", "news_agency")
    made = corpus(documents=[{"document_id": "a"}], attributions=[here, away])
    spans = made.attributions[["attribution_id", "document_id"]].assign(role="content", start=[0, 100], end=[50, 150])
    body = pd.DataFrame({"document_id": ["a"], "start": 0, "end": 90, "zone": "body", "voice": "indirect", "n_words": 20})
    placed = Annotations({**made.tables, "attribution_spans": spans, "voice": body}, made.about)
    assert measure_conduits(placed)["conduit_type"].unique().tolist() == ["state_media"]


def test_outlets_can_be_compared(drawn):
    annotations = passing(drawn(1), 1)
    rows = compare(annotations, measure_conduits, only={"measure": "passed_on_share", "conduit_type": "state_media"})
    assert len(rows)
    assert rows["contrast"].eq("Bugle minus Herald").all()
    assert rows["conduit_type"].eq("state_media").all()
