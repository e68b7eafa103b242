"""Mean scores by hand and by a second way."""

from __future__ import annotations

import numpy as np
import pytest

from framelens.measure.tone import measure_tone


def score(document_id, value, **columns):
    return {"document_id": document_id, "score": value, **columns}


def test_known_answers(corpus, pick):
    estimates = measure_tone(corpus(
        documents=[{"document_id": "a"}, {"document_id": "b"}, {"document_id": "c", "outlet": "Bugle"}],
        sentiment=[score("a", 0.5), score("a", 0.0), score("b", -0.2), score("b", 0.4, voice="direct"),
                   score("b", 2.0, scorer="words"), score("c", 0.0), score("a", 0.7, target_group="police")]))
    herald = pick(estimates, outlet="Herald", scorer="textblob", target_group="any", voice="narrator")
    assert herald["estimate"] == pytest.approx(0.1)
    assert herald["unit"] == "textblob"
    assert (herald["n_units"], herald["n_documents"]) == (3, 2)
    assert herald["note"] == ("Described only: an interval needs 10 syndication clusters with scored segments; here 2. "
                              "Scored exactly 0: 1.")
    for scorer, target, mean in (("textblob", "police", 0.7), ("words", "any", 2)):
        row = pick(estimates, outlet="Herald", scorer=scorer, target_group=target, voice="narrator")
        assert row["estimate"] == mean
    empty = pick(estimates, outlet="Herald", scorer="textblob", target_group="protesters", voice="indirect")
    assert np.isnan(empty["estimate"])
    assert empty["n_units"] == 0
    assert empty["note"] == "Nothing to measure: no scored segments. Scored exactly 0: 0."
    bugle = pick(estimates, outlet="Bugle", scorer="textblob", target_group="any", voice="narrator")
    assert bugle["estimate"] == 0
    # 2 outlets x 2 scorers x (any, protesters, police) x 3 voices
    assert len(estimates) == 36


def test_groups_have_rows_only_where_groups_were_scored(corpus):
    plain = measure_tone(corpus(documents=[{"document_id": "a"}], sentiment=[score("a", 0.5)]))
    assert list(plain["target_group"]) == ["any"] * 3


def test_each_window_has_its_own_mean_beside_what_is_left_out(corpus, pick):
    estimates = measure_tone(corpus(documents=[{"document_id": "a"}], sentiment=[
        score("a", 0.5), score("a", 0.1, scorer="textblob_without_events"), score("a", 0.3, target_group="police"),
        score("a", -0.2, target_group="police", window="8 words"), score("a", -0.4, target_group="police", window="8 words")]))
    means = {(window, target): row["estimate"] for (window, target), row in zip(
        [("sentence", "any"), ("sentence", "police"), ("8 words", "police")],
        [pick(estimates, scorer="textblob", window=w, target_group=t, voice="narrator") for w, t in (
            ("sentence", "any"), ("sentence", "police"), ("8 words", "police"))], strict=True)}
    assert means == pytest.approx({("sentence", "any"): 0.5, ("sentence", "police"): 0.3, ("8 words", "police"): -0.3})
    assert pick(estimates, scorer="textblob_without_events", target_group="any", voice="narrator")["estimate"] == 0.1
    # 2 scorers x (any, protesters, police; protesters, police in windows) x 3 voices
    assert len(estimates) == 30


def test_a_score_without_target_is_of_any_text(corpus, pick):
    rows = corpus(documents=[{"document_id": "a"}], sentiment=[score("a", 0.5, target_group=None), score("a", 0.1)])
    assert pick(measure_tone(rows), voice="narrator")["estimate"] == pytest.approx(0.3)


def test_scores_of_nothing_but_0_carry_no_interval(corpus, pick):
    rows = [score(f"a{i}", 0.0) for i in range(12)]
    documents = [{"document_id": row["document_id"]} for row in rows]
    row = pick(measure_tone(corpus(documents=documents, sentiment=rows)), voice="narrator")
    assert (row["estimate"], row["method"]) == (0, "description")
    assert row["note"] == ("Described only: an interval needs 5 segments that score other than 0 in 5 clusters; "
                           "here 0 in 0. Scored exactly 0: 12.")


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_pandas_means(seed, drawn, pick):
    annotations = drawn(seed)
    counted = annotations.documents[annotations.documents["exclusion_reason"].isna()]
    table = annotations.sentiment.merge(counted[["document_id", "outlet"]], on="document_id")
    estimates = measure_tone(annotations, n_resamples=200)
    keys = ["outlet", "voice", "scorer", "target_group"]
    means = table.groupby(keys)["score"].agg(["mean", "size"])
    assert len(means) == 24
    for key, (mean, size) in means.iterrows():
        row = pick(estimates, **dict(zip(keys, key, strict=True)))
        assert row["estimate"] == pytest.approx(mean)
        assert row["n_units"] == size
    assert (estimates["n_units"].sum()) == len(table)
