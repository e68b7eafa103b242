"""Loaded words by hand, by plain loops over the sentences, and what must not matter."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from framelens import schema
from framelens.errors import SchemaError
from framelens.measure.loaded import measure_loaded

BODY = {"zone": "body", "voice": "narrator"}


@pytest.fixture(scope="module")
def known(corpus):
    sentences = [{"document_id": "a", "sentence": 0, "start": 0, "end": 40, "n_words": 8},
                 {"document_id": "a", "sentence": 1, "start": 41, "end": 99, "n_words": 12},
                 {"document_id": "a", "sentence": 2, "start": 100, "end": 150, "n_words": 10, "voice": "direct"}]
    loaded = [{"start": 2}, {"start": 9, "loaded_class": "intensifier"}, {"start": 20, "loaded_class": "hedge"},
              {"start": 105, "loaded_class": "booster"}, {"start": 110, "voice": "direct"}]
    mentions = [{"start": 50, "stance": "delegitimising"}, {"start": 60, "stance": "neutral"},
                {"start": 70, "stance": "legitimising", "negated": True}]
    return corpus(documents=[{"document_id": "a"}], sentences=sentences,
                  sizes=[{"document_id": "a", "n_words": 25}, {"document_id": "a", "voice": "direct", "n_words": 5}],
                  loaded=[{"document_id": "a", "end": row["start"] + 4, **row} for row in loaded],
                  mentions=[{"document_id": "a", "end": row["start"] + 4, **row} for row in mentions])


@pytest.mark.parametrize(("loaded_class", "rate", "share"), [
    # 25 words and 2 sentences of the narrator; the booster stands in the narrator's words of a sentence that is mostly quoted
    ("evaluative", 40, 1 / 2), ("intensifier", 40, 1 / 2), ("framing", 80, 1 / 2), ("booster", 40, 0), ("belief", 40, 0),
    ("any", 120, 1 / 2), ("hedge", 40, 1 / 2), ("label", 40, 1 / 2), ("any+label", 160, 1), ("factive", 0, 0),
])
def test_known_answers(known, pick, loaded_class, rate, share):
    estimates = measure_loaded(known)
    cell = {**BODY, "loaded_class": loaded_class}
    assert pick(estimates, measure="loaded_rate", **cell)["estimate"] == pytest.approx(rate)
    assert pick(estimates, measure="loaded_count", **cell)["estimate"] == pytest.approx(rate / 40)
    assert pick(estimates, measure="loaded_sentence_share", **cell)["estimate"] == pytest.approx(share)


def test_length_stands_beside_with_the_same_sentences(known, pick):
    estimates = measure_loaded(known)
    length, share = (pick(estimates, measure=name, **BODY, **more) for name, more in (
        ("words_per_sentence", {}), ("loaded_sentence_share", {"loaded_class": "any"})))
    assert (length["estimate"], length["unit"], length["n_units"]) == (10, "words", 2)
    assert share["n_units"] == length["n_units"]
    assert pick(estimates, measure="words_per_sentence", zone="body", voice="direct")["estimate"] == 10
    nothing = pick(estimates, measure="words_per_sentence", zone="headline", voice="narrator")
    assert np.isnan(nothing["estimate"])
    assert nothing["note"] == "Nothing to measure: no sentences of this voice and zone."


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_a_loop_over_sentences(seed, drawn, pick):
    annotations = drawn(seed)
    estimates = measure_loaded(annotations, n_resamples=100)
    outlets = annotations.documents[annotations.documents["exclusion_reason"].isna()].set_index("document_id")["outlet"]
    loaded = annotations.loaded[~annotations.loaded["loaded_class"].isin(schema.LOADED_KINDS["caution"])]
    checked = 0
    for outlet, zone, voice in product(sorted(set(outlets)), schema.MEASURED_ZONES, schema.VOICES):
        whole = hit = words = 0
        for s in annotations.sentences.itertuples():
            if (outlets.get(s.document_id), s.zone, s.voice) == (outlet, zone, voice):
                inside = loaded[(loaded["document_id"] == s.document_id) & loaded["start"].between(s.start, s.end - 1)]
                whole, words, hit = whole + 1, words + s.n_words, hit + (inside["voice"] == voice).any()
        row = pick(estimates, outlet=outlet, measure="loaded_sentence_share", zone=zone, voice=voice, loaded_class="any")
        assert (row["estimate"], row["n_units"]) == (pytest.approx(hit / whole), whole)
        length = pick(estimates, outlet=outlet, measure="words_per_sentence", zone=zone, voice=voice)
        assert length["estimate"] == pytest.approx(words / whole)
        checked += 0 < hit < whole
    assert checked > 6


def test_counts_of_classes_add_up_to_their_kinds(drawn):
    counts = measure_loaded(drawn(3), n_resamples=100)
    counts = counts[counts["measure"] == "loaded_count"].pivot_table(
        index=["outlet", "zone", "voice"], columns="loaded_class", values="estimate")
    for kind in ("framing", "belief"):
        assert (counts[kind] == counts[list(schema.LOADED_KINDS[kind])].sum(axis=1)).all()
    assert (counts["any"] == counts["framing"] + counts["belief"]).all()
    assert (counts["any+label"] == counts["any"] + counts["label"]).all()
    assert (counts[["any", "label", "hedge"]].sum() > 0).all()


def test_sentences_without_voice_give_no_share_but_a_rate(known, pick):
    old = known.replace(sentences=known.sentences.drop(columns=["voice", "n_words"]))
    estimates = measure_loaded(old)
    assert pick(estimates, measure="loaded_rate", loaded_class="any", **BODY)["estimate"] == pytest.approx(120)
    share = pick(estimates, measure="loaded_sentence_share", loaded_class="any", **BODY)
    assert np.isnan(share["estimate"])
    assert share["note"].startswith("Nothing to measure")


def test_a_loaded_word_without_voice_is_refused(known):
    with pytest.raises(SchemaError, match="Table 'loaded', column 'voice': missing in body or headline of 'a'"):
        measure_loaded(known.replace(loaded=known.loaded.assign(voice=None)))
