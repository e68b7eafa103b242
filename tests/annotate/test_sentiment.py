"""Segments are those of the voices, passages those around labels; what is scored of them is the libraries' own."""

from __future__ import annotations

import pytest
from textblob import TextBlob

from framelens.annotate.sentiment import SCORERS
from framelens.pipeline import annotate, read_study


@pytest.fixture(scope="module")
def demo(root_of_tests):
    return read_study(root_of_tests / "data" / "demo").annotate()[0]


@pytest.fixture(scope="module")
def root_of_tests(request):
    return request.config.rootpath


def test_every_segment_of_the_demonstration_scores_as_textblob_scores_it(demo):
    """Another implementation: TextBlob(segment).sentiment_assessments of textblob."""
    texts = demo.documents.set_index("document_id")["text"]
    rows = demo.sentiment.set_index(["document_id", "start", "end", "scorer"])
    segments = demo.sentiment.drop_duplicates(["document_id", "start", "end"])
    assert len(segments) > 1000
    for s in segments.itertuples():
        blob = TextBlob(texts[s.document_id][s.start:s.end]).sentiment_assessments
        for scorer, score in zip(SCORERS[:2], (blob.polarity, blob.subjectivity), strict=True):
            row = rows.loc[(s.document_id, s.start, s.end, scorer)]
            assert row["score"] == score
        words = "; ".join(" ".join(part[0]) for part in blob.assessments)
        assert (row["matched"] if isinstance(row["matched"], str) else "") == words


def test_a_sentence_that_spans_voices_is_scored_by_segment(make_documents):
    found = annotate(make_documents("“What a wonderful day,” said the terrible mayor.")).sentiment
    polarity = found[found.scorer == "textblob_polarity"].set_index("voice")["score"]
    assert polarity["direct"] == 1.0
    assert polarity["narrator"] == -1.0


def test_body_only_and_every_word_once(demo):
    zones = demo.zones[demo.zones.kind == "body"]
    for document_id, rows in demo.sentiment[demo.sentiment.scorer == SCORERS[0]].groupby("document_id"):
        body = zones[zones.document_id == document_id]
        assert all(((body.start <= r.start) & (r.end <= body.end)).any() for r in rows.itertuples())
        ordered = rows.sort_values("start")
        assert (ordered["end"].to_numpy()[:-1] <= ordered["start"].to_numpy()[1:]).all()


def test_textblob_does_not_read_every_negation(make_documents):
    """Told in the documentation: "isn't bad" scores as bad."""
    found = annotate(make_documents("The soup isn't bad.")).sentiment
    assert found.loc[found.scorer == "textblob_polarity", "score"].item() < 0
