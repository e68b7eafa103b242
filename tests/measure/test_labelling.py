"""Labels counted by hand and by a second way."""

from __future__ import annotations

import numpy as np
import pytest

from framelens import schema
from framelens.measure.labelling import measure_labelling

D, N = "delegitimising", "neutral"


@pytest.fixture(scope="module")
def estimates(corpus):
    rows = [
        # Herald, body: narrator 2 delegitimising (one contested) + 1 neutral, and one denied, which is not counted, not
        # as contested either; direct 1 delegitimising
        ("h1", "body", "narrator", D, False, False), ("h1", "body", "narrator", D, False, True),
        ("h1", "body", "narrator", N, False, False), ("h2", "body", "narrator", D, True, True),
        ("h2", "body", "direct", D, False, False), ("h2", "headline", "narrator", N, False, False),
        # Bugle: one indirect neutral label; a label in a caption is not measured
        ("b1", "body", "indirect", N, False, False), ("b1", "caption", None, D, False, False),
        # an excluded article
        ("b2", "body", "narrator", D, False, False),
    ]
    columns = ["document_id", "zone", "voice", "stance", "negated", "contested"]
    documents = [{"document_id": "h1"}, {"document_id": "h2"}, {"document_id": "b1", "outlet": "Bugle"},
                 {"document_id": "b2", "outlet": "Bugle", "exclusion_reason": "wrong language"}]
    sizes = [{"document_id": "h1", "n_words": 150}, {"document_id": "h2", "n_words": 50},
             {"document_id": "h2", "voice": "direct", "n_words": 20},
             {"document_id": "h2", "zone": "headline", "n_words": 8},
             {"document_id": "b1", "voice": "indirect", "n_words": 40}, {"document_id": "b2", "n_words": 500}]
    mentions = [dict(zip(columns, row, strict=True)) for row in rows]
    return measure_labelling(corpus(documents=documents, sizes=sizes, mentions=mentions))


def cell(estimates, measure, outlet, zone, voice, stance):
    which = (estimates[["measure", "outlet", "zone", "voice", "group", "stance"]]
             == [measure, outlet, zone, voice, "protesters", stance]).all(axis=1)
    assert which.sum() == 1
    return estimates[which].iloc[0]


@pytest.mark.parametrize(("measure", "outlet", "zone", "voice", "stance", "estimate", "n_units", "n_documents"), [
    ("label_count", "Herald", "body", "narrator", D, 2, 2, 2),
    ("label_count", "Herald", "body", "direct", D, 1, 1, 1),
    ("label_count", "Herald", "body", "indirect", D, 0, 0, 0),
    ("label_count", "Bugle", "body", "narrator", D, 0, 0, 0),
    ("label_share", "Herald", "body", "narrator", D, 2 / 3, 3, 1),
    ("label_share", "Herald", "body", "narrator", "legitimising", 0, 3, 1),
    ("label_share", "Herald", "headline", "narrator", N, 1, 1, 1),
    ("label_share", "Herald", "body", "indirect", D, np.nan, 0, 0),
    ("label_voice_share", "Herald", "body", "narrator", D, 2 / 3, 3, 2),
    ("label_voice_share", "Herald", "body", "direct", D, 1 / 3, 3, 2),
    ("label_voice_share", "Herald", "body", "indirect", D, 0, 3, 2),
    ("label_voice_share", "Bugle", "body", "narrator", D, np.nan, 0, 0),
    ("label_rate", "Herald", "body", "narrator", D, 10, 2, 2),
    ("label_rate", "Herald", "body", "direct", D, 50, 1, 1),
    ("label_rate", "Herald", "headline", "narrator", N, 125, 1, 1),
    ("label_rate", "Bugle", "body", "indirect", N, 25, 1, 1),
    ("label_rate", "Bugle", "body", "direct", N, np.nan, 0, 0),
])
def test_known_answers(estimates, measure, outlet, zone, voice, stance, estimate, n_units, n_documents):
    row = cell(estimates, measure, outlet, zone, voice, stance)
    assert row["estimate"] == pytest.approx(estimate, nan_ok=True)
    assert row["n_units"] == n_units
    assert row["n_documents"] == row["n_clusters"] == n_documents


def test_units(estimates):
    assert estimates.groupby("measure")["unit"].unique().map(list).to_dict() == {
        "label_count": ["mentions"], "label_share": ["share"], "label_voice_share": ["share"],
        "label_rate": ["per 1,000 words"]}


@pytest.mark.parametrize(("measure", "outlet", "voice", "note"), [
    ("label_count", "Herald", "narrator",
     "A count describes this corpus and has no interval. Negated labels left out: 1. Contested labels counted: 1."),
    ("label_voice_share", "Herald", "direct",
     "Described only: an interval needs 10 syndication clusters with labels of this group and stance in this zone; "
     "here 2. Negated labels left out: 1. Contested labels counted: 1."),
    ("label_rate", "Herald", "direct",
     "Described only: an interval needs 10 syndication clusters with words of this voice and zone; here 1. Words: 20."),
    ("label_share", "Bugle", "narrator",
     "Nothing to measure: no labels of this group in this voice and zone. "
     "Excluded articles, not counted: 1 (wrong language)."),
])
def test_notes_say_what_a_reader_must_know(estimates, measure, outlet, voice, note):
    assert cell(estimates, measure, outlet, "body", voice, D)["note"] == note


def test_a_share_of_nothing_but_negated_labels_says_so(corpus, pick):
    bundle = corpus(documents=[{"document_id": "a"}], sizes=[{"document_id": "a"}],
                    mentions=[{"document_id": "a", "negated": True}])
    shares = measure_labelling(bundle).query("measure == 'label_share'")
    row = pick(shares, zone="body", voice="narrator", group="protesters", stance=N)
    assert row["note"].startswith("Nothing to measure: no labels of this group")
    assert row["note"].endswith("Negated labels left out: 1.")


def test_groups_of_the_lexicon_and_groups_that_occur_have_their_rows(corpus):
    bundle = corpus(documents=[{"document_id": "a"}], sizes=[{"document_id": "a"}],
                    mentions=[{"document_id": "a", "group": "event"},
                              {"document_id": "a", "group": "police", "stance": "legitimising"}])
    counts = measure_labelling(bundle)
    counts = counts[(counts["measure"] == "label_count") & (counts["zone"] == "body") & (counts["voice"] == "narrator")]
    assert counts[["group", "stance", "estimate"]].apply(tuple, axis=1).tolist() == [
        ("protesters", D, 0), ("protesters", N, 0), ("protesters", "legitimising", 0), ("police", D, 0),
        ("police", N, 0), ("event", D, 0), ("event", N, 1), ("event", "legitimising", 0),
        ("police", "legitimising", 1)]


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_counting_one_cell_at_a_time(seed, drawn):
    annotations = drawn(seed)
    estimates = measure_labelling(annotations, n_resamples=200)
    counted = annotations.documents[annotations.documents["exclusion_reason"].isna()]
    mentions = annotations.mentions.merge(counted[["document_id", "outlet"]], on="document_id")
    mentions = mentions[~mentions["negated"].astype(bool)]
    sizes = annotations.sizes.merge(counted[["document_id", "outlet"]], on="document_id")
    for row in estimates.itertuples():
        own = mentions[(mentions[["outlet", "zone", "group"]] == [row.outlet, row.zone, row.group]).all(axis=1)]
        spoken, stance = own["voice"] == row.voice, own["stance"] == row.stance
        hits = (spoken & stance).sum()
        place = (sizes[["outlet", "zone", "voice"]] == [row.outlet, row.zone, row.voice]).all(axis=1)
        words = sizes.loc[place, "n_words"]
        wanted = {"label_count": hits, "label_share": hits / spoken.sum() if spoken.sum() else np.nan,
                  "label_voice_share": hits / stance.sum() if stance.sum() else np.nan,
                  "label_rate": 1000 * hits / words.sum()}[row.measure]
        assert row.estimate == pytest.approx(wanted, nan_ok=True)


def test_rows_stand_in_one_order(drawn):
    estimates = measure_labelling(drawn(0), n_resamples=200)
    measures = ["label_count", "label_share", "label_voice_share", "label_rate"]
    assert list(dict.fromkeys(estimates["measure"])) == measures
    first = estimates[estimates["measure"] == "label_count"]
    assert list(dict.fromkeys(first["outlet"])) == ["Bugle", "Herald"]
    assert list(dict.fromkeys(first["voice"])) == list(schema.VOICES)
