"""Attribution counted by hand and by a second way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.annotate.voice import assign_voice
from framelens.errors import SchemaError
from framelens.measure.sourcing import measure_sourcing
from framelens.pipeline import annotate

WORDS = ("reported_speech_words_share", "attributed_words_share")


def said(document_id, type, kind, source_type, originator_type=None, level=1, **told):
    return {"document_id": document_id, "type": type, "kind": kind, "source_type": source_type,
            "originator_type": originator_type, "level": level, **told}


def placed(annotations, contents, segments):
    """Add where contents stand, and a voice of segments (article, start, end, words)."""
    ids = annotations.attributions["attribution_id"]
    spans = [{"attribution_id": ids[n], "document_id": d, "role": "content", "start": s, "end": e} for n, d, s, e in contents]
    voice = [{"document_id": d, "start": s, "end": e, "zone": "body", "voice": "indirect", "n_words": n}
             for d, s, e, n in segments]
    tables = {"attribution_spans": schema.validate(pd.DataFrame(spans), "attribution_spans"),
              "voice": schema.validate(pd.DataFrame(voice), "voice")}
    return Annotations({**annotations.tables, **tables}, annotations.about)


@pytest.fixture(scope="module")
def bundle(corpus):
    made = corpus(
        documents=[{"document_id": "h1"}, {"document_id": "h2"}, {"document_id": "b1", "outlet": "Bugle"}],
        sizes=[{"document_id": "h1", "n_words": 300}, {"document_id": "h1", "voice": "direct", "n_words": 60},
               {"document_id": "h1", "voice": "indirect", "n_words": 30},
               {"document_id": "h1", "zone": "headline", "n_words": 10}, {"document_id": "h2", "n_words": 100},
               {"document_id": "h2", "zone": "byline", "voice": None, "n_words": 70},
               {"document_id": "b1", "n_words": 50}],
        attributions=[said("h1", "direct", "speech", "police", "police"),
                      said("h1", "mixed", "claim", "police", "witness", conduit_type="police"),
                      said("h1", "indirect", "attitude", "fire_service"),
                      said("h2", "direct", "speech", "witness", "witness"),
                      said("h2", "direct", "speech", "protester", level=2),
                      said("h2", "direct", "scare_quote", "unnamed"),
                      said("h2", "direct", "scare_quote", "unnamed", level=2)])
    return placed(made,
                  contents=[(0, "h1", 0, 100), (1, "h1", 50, 150), (2, "h1", 200, 250), (2, "h1", 300, 350), (3, "h2", 0, 50),
                            (4, "h2", 60, 90), (5, "h2", 100, 120)],
                  segments=[("h1", 0, 50, 20), ("h1", 50, 100, 30), ("h1", 100, 150, 10), ("h1", 150, 200, 300),
                            ("h1", 200, 250, 5), ("h1", 250, 300, 15), ("h1", 300, 350, 8), ("h1", 350, 400, 12),
                            ("h2", 0, 50, 40), ("h2", 50, 100, 30), ("h2", 100, 120, 10), ("h2", 120, 500, 20),
                            ("b1", 0, 99, 50)])


@pytest.mark.parametrize(("measure", "identity", "estimate", "n_units", "n_documents"), [
    ("attribution_density", {}, 8, 4, 2),  # 4 of 500 words
    ("reported_speech_density", {}, 6, 3, 2),
    ("reported_speech_words_share", {}, (60 + 40) / 500, 500, 2),  # overlapping contents once; no attitude, no scare quote
    ("attributed_words_share", {}, (60 + 13 + 40) / 500, 500, 2),
    ("source_type_words_share", {"source_type": "police"}, 60 / 113, 113, 2),
    ("source_type_words_share", {"source_type": "fire_service"}, 13 / 113, 113, 2),
    ("source_side_words_share", {"side": "official"}, 60 / 113, 113, 2),
    ("source_side_share", {"side": "other"}, 0.25, 4, 2),
    ("originator_type_words_share", {"source_type": "witness"}, (40 + 40) / 113, 113, 2),  # 50 to 150, and h2
    ("originator_side_count", {"side": "other"}, 2, 2, 2),
    ("conduit_type_count", {"source_type": "police"}, 1, 1, 2),
    ("conduit_type_words_share", {"source_type": "police"}, 40 / 113, 113, 2),
    ("voice_words_share", {"voice": "narrator"}, 410 / 500, 500, 2),
    ("voice_words_share", {"voice": "direct"}, 60 / 500, 500, 2),
    ("voice_words_share", {"voice": "indirect"}, 30 / 500, 500, 2),
    ("direct_share", {}, 0.5, 4, 2),
    ("mixed_share", {}, 0.25, 4, 2),
    ("indirect_share", {}, 0.25, 4, 2),
    ("direct_count", {}, 2, 2, 2),
    ("mixed_count", {}, 1, 1, 2),
    ("indirect_count", {}, 1, 1, 2),
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
    measures = [f"{who}_type_{what}" for who in ("source", "originator", "conduit") for what in ("share", "count", "words_share")]
    for measure in measures:
        rows = estimates[(estimates["measure"] == measure) & (estimates["outlet"] == "Herald")]
        assert list(rows["source_type"]) == [*schema.SOURCE_TYPES, "fire_service"]
        sides = rows.set_index("source_type")["side"]
        assert sides["police"] == "official"
        assert sides["protester"] == "challenger"
        assert sides.isna().sum() == 1  # fire_service: no side until the study gives it one


def test_only_a_type_can_lack_a_side(bundle, pick):
    rows = measure_sourcing(bundle).query("outlet == 'Herald' and side == 'official'")
    notes = [pick(rows, measure=f"{who}_side_share")["note"] for who in ("source", "originator", "conduit")]
    # the fire service's has none; three attributions have no conduit, and nothing to have a side
    assert ["Attributions whose type has no side: 1." in note for note in notes] == [True, True, False]
    assert "no side" not in notes[2]


def test_a_study_gives_its_own_types_a_side(bundle):
    mine = Annotations(bundle.tables, {"sides": {"fire_service": "official", "clergy": "challenger"}})
    rows = measure_sourcing(mine)
    rows = rows[(rows["measure"] == "source_type_count") & (rows["outlet"] == "Herald")].set_index("source_type")
    assert rows.loc["fire_service", "side"] == "official"
    assert rows.loc["clergy", ["side", "estimate"]].tolist() == ["challenger", 0]


def test_originators_that_were_not_recorded_are_counted_in_the_note(bundle, pick):
    row = pick(measure_sourcing(bundle), measure="originator_type_count", outlet="Herald", source_type="police")
    assert row["note"].endswith("Counted by source type, originator not recorded: 1.")


def test_cue_class_goes_before_kind_and_quotations_are_always_reported_speech(corpus, pick):
    rows = [said("a", "indirect", "speech", "police"), said("a", "indirect", "claim", "police", cue_class="attitude"),
            said("a", "indirect", "attitude", "police", cue_class="reporting"), said("a", "mixed", "evidence", "police"),
            said("a", "direct", "scare_quote", "unnamed", cue_class="reporting"), said("a", "indirect", "decree", "police")]
    made = corpus(documents=[{"document_id": "a"}], sizes=[{"document_id": "a"}], attributions=rows)
    row = pick(measure_sourcing(made), measure="reported_speech_density")
    assert row["estimate"] == 30
    assert "Counted by kind, no cue class recorded: 1." in row["note"]
    assert pick(measure_sourcing(made), measure="attribution_density")["estimate"] == 50


def test_what_stands_outside_body_and_headline_counts_nowhere_and_is_said(corpus, pick):
    made = corpus(documents=[{"document_id": "a"}], sizes=[{"document_id": "a"}],
                  attributions=[said("a", "direct", "speech", "police"), said("a", "direct", "speech", "witness")])
    made = placed(made, [(0, "a", 100, 150), (1, "a", 0, 20)], [("a", 100, 150, 60), ("a", 150, 200, 40)])
    estimates = measure_sourcing(made)
    row = pick(estimates, measure="attribution_density")
    assert row["estimate"] == 10
    assert "Attributions outside body and headline, not counted: 1." in row["note"]
    assert pick(estimates, measure="source_type_count", source_type="witness")["estimate"] == 0


def test_words_that_cannot_be_counted_are_missing_and_the_note_says_why(bundle, pick):
    bare = Annotations({k: v for k, v in bundle.tables.items() if k != "voice"}, bundle.about)
    free = Annotations({**bundle.tables, "voice": bundle.voice.drop(columns="n_words"),
                        "documents": bundle.documents.drop(columns="text")}, bundle.about, "text_free")
    for poor, why in ((bare, "without the table 'voice'."), (free, "without n_words in voice; write the tables again")):
        estimates = measure_sourcing(poor)
        for measure in WORDS:
            row = pick(estimates, measure=measure, outlet="Herald")
            assert np.isnan(row["estimate"])
            assert row["note"].startswith("Nothing to measure: no words can be counted") and why in row["note"]
        assert pick(estimates, measure="attribution_density", outlet="Herald")["estimate"] == 8
        assert np.isnan(pick(estimates, measure="source_side_words_share", outlet="Herald", side="media")["estimate"])


def test_words_of_one_segment_that_are_missing_are_counted_anew_with_all_others(bundle):
    holed = bundle.voice.assign(n_words=bundle.voice["n_words"].mask(bundle.voice["start"] == 250))
    bare = Annotations({**bundle.tables, "voice": holed, "documents": bundle.documents.drop(columns="text")}, bundle.about)
    rows = measure_sourcing(bare).query("measure == 'attributed_words_share'")
    assert rows["estimate"].isna().all()
    assert rows["note"].str.contains("without n_words in voice").all()


def test_tables_that_contradict_one_another_are_named(bundle):
    more = bundle.sizes.assign(n_words=bundle.sizes["n_words"] + 1)
    with pytest.raises(SchemaError, match=r"'voice' and 'sizes': in article 'b1' the segments of voice hold 50 words.*51"):
        measure_sourcing(Annotations({**bundle.tables, "sizes": more}, bundle.about))


TEXTS = ("Mob leaves quay\n\n“We stay,” said Ada Roe, a docker. Police said that the mayor had vowed to “talk”. It rained. "
         "The union vowed to march.",
         "The “stroll” went on. According to the ministry, officials say that order reigns; it denied the charge.")


def test_words_are_those_of_the_text_inside_the_outermost_contents(pick):
    """The same number by another way: every word of the text, and whether a content holds its first letter."""
    from framelens.text.tokens import spans

    found = annotate(pd.DataFrame({"document_id": ["a", "b"], "outlet": "Post", "text": TEXTS}))
    estimates = measure_sourcing(found)
    table = found.attributions[(found.attributions["level"] == 1) & (found.attributions["kind"] != "scare_quote")]
    assert len(found.attributions) > len(table)
    reported = table[table["cue_class"].isin(["reporting", "claim"]) | table["type"].isin(["direct", "mixed"])]
    assert 0 < len(reported) < len(table)
    total = sum(len(spans(text)) for text in TEXTS)
    for measure, rows in zip(WORDS, (reported, table), strict=True):
        places = found.attribution_spans.query("role == 'content'").merge(rows[["attribution_id"]])
        held = 0
        for name, text in zip("ab", TEXTS, strict=True):
            own = places[places["document_id"] == name]
            held += sum(((own["start"] <= at) & (at < own["end"])).any() for at, _ in spans(text))
        assert pick(estimates, measure=measure)["estimate"] == pytest.approx(held / total)


def test_text_free_tables_give_the_same_estimates():
    found = annotate(pd.DataFrame({"document_id": ["a", "b"], "outlet": "Post", "text": TEXTS}))
    free = Annotations({n: schema.text_free(t, n) for n, t in found.tables.items()}, found.about, "text_free")
    pd.testing.assert_frame_equal(measure_sourcing(found), measure_sourcing(free))


def test_contents_that_overlap_without_nesting_part_the_segments_of_voice():
    documents = pd.DataFrame({"document_id": ["a"], "text": ["word " * 20], "exclusion_reason": [None]})
    zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [100], "kind": ["body"], "rule": ["mine"]})
    rows = pd.DataFrame({"document_id": "a", "attribution_id": ["x", "y"], "level": 1, "source_type": "police"})
    spans = pd.DataFrame({"document_id": "a", "attribution_id": ["x", "y"], "role": "content", "start": [0, 40], "end": [50, 80]})
    voice = assign_voice(documents, zones, rows, spans)
    assert voice[["start", "end", "attribution_id", "n_words"]].fillna("").values.tolist() == [
        [0, 40, "x", 8], [40, 50, "y", 2], [50, 80, "y", 6], [80, 100, "", 4]]


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_segmentation_does_not_change_the_words(seed):
    """A content cut into several attributions, or told twice, holds the same words."""
    rng = np.random.default_rng(seed)
    text = "word " * 30
    documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": [text]})
    start, end = sorted(int(n) * 5 for n in rng.choice(29, 2, replace=False))
    cut = int(rng.integers(start // 5, end // 5 + 1)) * 5
    zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [len(text)], "kind": ["body"], "rule": ["mine"]})

    def measured(*contents):
        rows = [{"document_id": "a", "attribution_id": f"x{i}", "type": "indirect", "kind": "speech", "cue_class": "reporting",
                 "rule": "mine", "source_type": "police", "level": 1, "n_words": 1} for i, _ in enumerate(contents)]
        spans = [{"attribution_id": f"x{i}", "document_id": "a", "role": "content", "start": s, "end": e}
                 for i, (s, e) in enumerate(contents)]
        spans = pd.DataFrame(spans)
        tables = {"documents": documents, "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
                  "sizes": pd.DataFrame({"document_id": ["a"], "zone": ["body"], "voice": ["narrator"], "n_words": [30]}),
                  "attributions": pd.DataFrame(rows), "attribution_spans": spans,
                  "voice": assign_voice(documents, zones, pd.DataFrame(rows), spans)}
        found = Annotations(tables)
        estimates = measure_sourcing(found, n_resamples=100).set_index("measure")["estimate"]
        return [float(estimates[name]) for name in WORDS]

    once = measured((start, end))
    assert once == pytest.approx([(end - start) / len(text)] * 2)
    assert measured((start, end), (start, end)) == once
    parts = [(s, e) for s, e in ((start, cut), (cut, end)) if s < e]
    assert measured(*parts) == once


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
                  "reported_speech_density": 1000 * (outer["kind"].isin(["speech", "claim"])
                                                     | outer["type"].isin(["direct", "mixed"])).sum() / words,
                  **{f"{kind}_share": (outer["type"] == kind).mean() for kind in ("direct", "mixed", "indirect")},
                  **{f"{kind}_count": (outer["type"] == kind).sum() for kind in ("direct", "mixed", "indirect")},
                  "scare_quote_count": (rows["kind"] == "scare_quote").sum()}
        for measure, value in wanted.items():
            assert pick(estimates, measure=measure, outlet=outlet)["estimate"] == pytest.approx(value)
        for kind, n in outer["source_type"].value_counts().items():
            row = pick(estimates, measure="source_type_share", outlet=outlet, source_type=kind)
            assert (row["estimate"], row["n_units"]) == (pytest.approx(n / len(outer)), len(outer))
        innermost = outer["originator_type"].fillna(outer["source_type"]).value_counts()
        for kind, n in innermost.items():
            assert pick(estimates, measure="originator_type_count", outlet=outlet, source_type=kind)["estimate"] == n
