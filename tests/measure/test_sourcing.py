"""Attribution counted by hand and by a second way."""

from __future__ import annotations

import numpy as np
import pytest

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.measure.sourcing import measure_sourcing


def said(document_id, type, kind, source_type, originator_type=None, level=1):
    return {"document_id": document_id, "type": type, "kind": kind, "source_type": source_type,
            "originator_type": originator_type, "level": level}


@pytest.fixture(scope="module")
def bundle(corpus):
    return corpus(
        documents=[{"document_id": "h1"}, {"document_id": "h2"}, {"document_id": "b1", "outlet": "Bugle"}],
        sizes=[{"document_id": "h1", "n_words": 300}, {"document_id": "h1", "voice": "direct", "n_words": 60},
               {"document_id": "h1", "voice": "indirect", "n_words": 30},
               {"document_id": "h1", "zone": "headline", "n_words": 10}, {"document_id": "h2", "n_words": 100},
               {"document_id": "h2", "zone": "byline", "voice": None, "n_words": 70},
               {"document_id": "b1", "n_words": 50}],
        attributions=[said("h1", "direct", "speech", "police", "police"),
                      said("h1", "mixed", "claim", "police", "witness"),
                      said("h1", "indirect", "attitude", "fire_service"),
                      said("h2", "direct", "speech", "witness", "witness"),
                      said("h2", "direct", "speech", "protester", level=2),
                      said("h2", "direct", "scare_quote", "unnamed"),
                      said("h2", "direct", "scare_quote", "unnamed", level=2)])


@pytest.mark.parametrize(("measure", "identity", "estimate", "n_units", "n_documents"), [
    ("attribution_density", {}, 8, 4, 2),  # 4 of 500 words
    ("reported_speech_density", {}, 6, 3, 2),
    ("attributed_words_share", {}, 90 / 500, 500, 2),
    ("voice_words_share", {"voice": "narrator"}, 410 / 500, 500, 2),
    ("voice_words_share", {"voice": "direct"}, 60 / 500, 500, 2),
    ("voice_words_share", {"voice": "indirect"}, 30 / 500, 500, 2),
    ("direct_share", {}, 0.5, 4, 2),
    ("mixed_share", {}, 0.25, 4, 2),
    ("indirect_share", {}, 0.25, 4, 2),
    ("source_type_share", {"source_type": "police"}, 0.5, 4, 2),
    ("source_type_count", {"source_type": "police"}, 2, 2, 2),
    ("source_type_count", {"source_type": "protester"}, 0, 0, 2),
    ("source_type_count", {"source_type": "fire_service"}, 1, 1, 2),
    ("originator_type_share", {"source_type": "witness"}, 0.5, 4, 2),
    ("originator_type_count", {"source_type": "police"}, 1, 1, 2),
    ("originator_type_count", {"source_type": "fire_service"}, 1, 1, 2),  # none recorded: the source's own words
    ("scare_quote_count", {}, 2, 2, 2),
])
def test_known_answers(bundle, pick, measure, identity, estimate, n_units, n_documents):
    row = pick(measure_sourcing(bundle), measure=measure, outlet="Herald", **identity)
    assert row["estimate"] == pytest.approx(estimate)
    assert row["n_units"] == n_units
    assert row["n_documents"] == n_documents


def test_an_outlet_that_cites_nobody_has_rates_of_0_and_shares_of_nothing(bundle, pick):
    estimates = measure_sourcing(bundle)
    density = pick(estimates, measure="attribution_density", outlet="Bugle")
    assert density["estimate"] == 0
    assert density["note"] == "Described only: an interval needs 10 syndication clusters with words; here 1. Words: 50."
    for measure in ("direct_share", "mixed_share", "indirect_share"):
        row = pick(estimates, measure=measure, outlet="Bugle")
        assert np.isnan(row["estimate"])
        assert row["note"] == "Nothing to measure: no attributions."
    assert pick(estimates, measure="source_type_count", outlet="Bugle", source_type="police")["estimate"] == 0


def test_every_source_type_has_its_row_and_its_side(bundle):
    estimates = measure_sourcing(bundle)
    for measure in ("source_type_share", "source_type_count", "originator_type_share", "originator_type_count"):
        rows = estimates[(estimates["measure"] == measure) & (estimates["outlet"] == "Herald")]
        assert list(rows["source_type"]) == [*schema.SOURCE_TYPES, "fire_service"]
        sides = rows.set_index("source_type")["side"]
        assert sides["police"] == "official"
        assert sides["protester"] == "challenger"
        assert sides.isna().sum() == 1  # fire_service: no side until the study gives it one


def test_a_study_gives_its_own_types_a_side(bundle):
    mine = Annotations(bundle.tables, {"sides": {"fire_service": "official", "clergy": "challenger"}})
    rows = measure_sourcing(mine)
    rows = rows[(rows["measure"] == "source_type_count") & (rows["outlet"] == "Herald")].set_index("source_type")
    assert rows.loc["fire_service", "side"] == "official"
    assert rows.loc["clergy", ["side", "estimate"]].tolist() == ["challenger", 0]


def test_originators_that_were_not_recorded_are_counted_in_the_note(bundle, pick):
    row = pick(measure_sourcing(bundle), measure="originator_type_count", outlet="Herald", source_type="police")
    assert row["note"].endswith("Counted by source type, originator not recorded: 1.")


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_counting_one_outlet_at_a_time(seed, drawn, pick):
    annotations = drawn(seed)
    estimates = measure_sourcing(annotations, n_resamples=200)
    documents = annotations.documents[annotations.documents["exclusion_reason"].isna()]
    for outlet, own in documents.groupby("outlet"):
        rows = annotations.attributions[annotations.attributions["document_id"].isin(own["document_id"])]
        outer = rows[(rows["level"] == 1) & (rows["kind"] != "scare_quote")]
        sizes = annotations.sizes[annotations.sizes["document_id"].isin(own["document_id"])]
        sizes = sizes[sizes["zone"] != "byline"]
        words = sizes["n_words"].sum()
        wanted = {"attribution_density": 1000 * len(outer) / words,
                  "reported_speech_density": 1000 * outer["kind"].isin(["speech", "claim"]).sum() / words,
                  "attributed_words_share": sizes.loc[sizes["voice"] != "narrator", "n_words"].sum() / words,
                  **{f"{kind}_share": (outer["type"] == kind).mean() for kind in ("direct", "mixed", "indirect")},
                  "scare_quote_count": (rows["kind"] == "scare_quote").sum()}
        for measure, value in wanted.items():
            assert pick(estimates, measure=measure, outlet=outlet)["estimate"] == pytest.approx(value)
        for kind, n in outer["source_type"].value_counts().items():
            row = pick(estimates, measure="source_type_share", outlet=outlet, source_type=kind)
            assert (row["estimate"], row["n_units"]) == (pytest.approx(n / len(outer)), len(outer))
        innermost = outer["originator_type"].fillna(outer["source_type"]).value_counts()
        for kind, n in innermost.items():
            assert pick(estimates, measure="originator_type_count", outlet=outlet, source_type=kind)["estimate"] == n
