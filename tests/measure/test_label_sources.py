"""Who gives which label, counted by hand and cell by cell in random tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure.contrasts import compare
from framelens.measure.label_sources import measure_label_sources

D, N, _ = schema.STANCES


@pytest.fixture(scope="module")
def found(corpus):
    """One article: two labels of the narrator, and a chain "state TV, citing the police"."""
    attributions = [
        {"attribution_id": "plain", "document_id": "a", "source_type": "police", "originator_type": "police"},
        {"attribution_id": "chain", "document_id": "a", "source_type": "state_media", "originator_type": "police",
         "conduit_type": "state_media"},
        {"attribution_id": "bare", "document_id": "a", "source_type": "fire_service"},
    ]
    mentions = [
        {"stance": D}, {"stance": N}, {"stance": D, "voice": "direct", "attribution_id": "plain"},
        {"stance": D, "voice": "indirect", "attribution_id": "chain"},
        {"stance": N, "voice": "indirect", "attribution_id": "bare"},
        {"stance": D, "voice": "direct"}, {"stance": D, "voice": "direct", "attribution_id": "plain", "negated": True},
        {"stance": D, "voice": "direct", "attribution_id": "plain", "group": "police"},
    ]
    return corpus(documents=[{"document_id": "a"}, {"document_id": "b", "outlet": "Bugle"}], attributions=attributions,
                  mentions=[{"document_id": "a", **row} for row in mentions], sizes=[{"document_id": "a"}])


@pytest.fixture(scope="module")
def estimates(found):
    rows = measure_label_sources(found)
    return rows[(rows["zone"] == "body") & (rows["outlet"] == "Herald")]


@pytest.mark.parametrize(("measure", "kind", "stance", "value", "n_units"), [
    ("originator_label_count", "narrator", D, 1, 1), ("originator_label_count", "police", D, 2, 2),
    ("originator_label_count", "fire_service", N, 1, 1), ("originator_label_count", "unnamed", D, 1, 1),
    ("originator_label_share", "narrator", D, 1 / 2, 2), ("originator_label_share", "police", D, 1, 2),
    ("originator_label_part", "narrator", D, 1 / 4, 4), ("originator_label_part", "police", D, 2 / 4, 4),
    ("originator_label_part", "unnamed", D, 1 / 4, 4), ("originator_label_part", "fire_service", D, 0, 4),
    ("conduit_label_count", "state_media", D, 1, 1), ("conduit_label_part", "state_media", D, 1 / 4, 4),
    ("conduit_label_share", "state_media", D, 1, 1),
])
def test_by_hand(estimates, pick, measure, kind, stance, value, n_units):
    own = estimates[estimates["voice"].eq("narrator") if kind == "narrator" else estimates["source_type"].eq(kind)]
    row = pick(own, measure=measure, group="protesters", stance=stance)
    assert row["estimate"] == pytest.approx(value)
    assert row["n_units"] == n_units
    assert pd.isna(row["source_type"]) == (kind == "narrator")


def test_sides_and_what_stands_in_are_said(estimates, pick):
    where = {"group": "protesters", "measure": "originator_label_count"}
    assert pick(estimates, source_type="police", stance=D, **where)["side"] == "official"
    stray = pick(estimates, source_type="fire_service", stance=N, **where)
    assert pd.isna(stray["side"])
    assert "Labels by source type, originator not recorded: 1." in stray["note"]
    assert "not recorded" not in pick(estimates, source_type="police", stance=D, **where)["note"]
    assert not estimates.loc[estimates["voice"] == "narrator", "note"].str.contains("not recorded").any()


def test_a_study_has_its_own_sides(found):
    told = Annotations(found.tables, {**found.about, "sides": {"fire_service": "official", "police": "other"}})
    sides = measure_label_sources(told).dropna(subset="source_type").groupby("source_type")["side"].agg(set)
    assert sides["fire_service"] == {"official"}
    assert sides["police"] == {"other"}


def test_the_attribution_of_what_the_narrator_says_is_not_looked_up(found):
    mentions = found.mentions.assign(attribution_id=found.mentions["attribution_id"].mask(
        found.mentions["voice"] == "narrator", "of no table"))
    pd.testing.assert_frame_equal(measure_label_sources(found.replace(mentions=mentions)), measure_label_sources(found))


def test_groups_are_not_pooled(estimates, pick):
    row = pick(estimates, source_type="police", stance=D, group="police", measure="originator_label_count")
    assert (row["estimate"], row["favours"]) == (1, "challenger")


def test_an_outlet_without_labels_keeps_its_rows(found):
    rows = measure_label_sources(found)
    kept = rows.groupby("outlet").size()
    assert kept["Bugle"] == kept["Herald"]
    counts = rows[(rows["outlet"] == "Bugle") & rows["measure"].str.endswith("count")]
    assert counts["estimate"].eq(0).all()


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_counting_one_cell_at_a_time(seed, drawn):
    annotations = drawn(seed)
    rng = np.random.default_rng(seed)
    mentions, attributions = annotations.mentions.copy(), annotations.attributions
    by_article = {name: own["attribution_id"].tolist() for name, own in attributions.groupby("document_id")}
    mentions["attribution_id"] = [
        rng.choice(by_article[d]) if v in ("direct", "indirect") and by_article.get(d) and rng.random() < 0.9 else None
        for d, v in zip(mentions["document_id"], mentions["voice"], strict=True)]
    annotations = annotations.replace(mentions=mentions)
    rows = measure_label_sources(annotations, n_resamples=100)
    table = annotations.mentions.merge(attributions.drop(columns="document_id"), on="attribution_id", how="left")
    counted = annotations.documents[annotations.documents["exclusion_reason"].isna()]
    table = table[~table["negated"].astype(bool)].merge(counted[["document_id", "outlet"]], on="document_id")
    spoken = table["voice"] != "narrator"
    who = {"originator": table["originator_type"].fillna(table["source_type"]).fillna("unnamed").where(spoken),
           "conduit": table["conduit_type"].where(spoken)}
    assert rows["estimate"].gt(0).sum() > 100
    for row in rows.itertuples():
        kind, _, what = row.measure.partition("_label_")
        cell = (table[["outlet", "zone"]] == [row.outlet, row.zone]).all(axis=1)
        mine = cell & (~spoken if row.voice == "narrator" else who[kind].eq(row.source_type))
        group, stance = table["group"] == row.group, table["stance"] == row.stance
        hits = (mine & group & stance).sum()
        base = {"count": 1, "share": (mine & group).sum(), "part": (cell & group & stance).sum()}[what]
        assert row.estimate == pytest.approx(hits / base if base else np.nan, nan_ok=True)


def test_it_can_be_compared(found):
    rows = compare(found, measure_label_sources, only={"measure": "originator_label_part", "source_type": "police"})
    assert set(rows["note"].str.slice(0, 19)) == {"Nothing to compare:"}
    assert set(rows["source_type"]) == {"police"}


def test_an_attribution_that_is_not_there_is_an_error(found):
    mentions = found.mentions.assign(attribution_id=found.mentions["attribution_id"].replace("chain", "other"))
    with pytest.raises(SchemaError, match=r"column 'attribution_id': 'other' is not in table 'attributions'"):
        measure_label_sources(found.replace(mentions=mentions))
