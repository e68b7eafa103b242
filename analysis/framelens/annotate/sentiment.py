"""TextBlob's polarity and subjectivity by sentence and voice. A tone score is a diagnostic, never called bias."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framelens import schema
from framelens.text.view import View, read_views

__all__ = ["SCORERS", "score_sentences", "sentiment_of"]

SCORERS = ("textblob_polarity", "textblob_subjectivity")
ANY = "any"
Row = dict[str, Any]


def sentiment_of(view: View, voice: list[Row]) -> list[Row]:
    """Score the sentences of one article's body by TextBlob; one that spans voices is scored by segment."""
    # What TextBlob's default analyser calls: the analyser itself would score each text twice to show its words.
    from textblob.en import sentiment

    rows: list[Row] = []
    at = 0
    for number, sentence in enumerate(view.sentences):
        if sentence.zone != "body":
            continue
        while at < len(voice) and voice[at]["end"] <= sentence.start:
            at += 1
        k = at
        while k < len(voice) and voice[k]["start"] < sentence.end:
            start, end = max(sentence.start, voice[k]["start"]), min(sentence.end, voice[k]["end"])
            if len(view.words_in(start, end)):
                found = sentiment(view.text[start:end])  # polarity, subjectivity
                matched = "; ".join(" ".join(str(w) for w in part[0]) for part in found.assessments)
                for scorer, score in zip(SCORERS, found, strict=True):
                    rows.append({"document_id": view.document_id, "sentence": number, "start": start, "end": end,
                                 "voice": voice[k]["voice"], "attribution_id": voice[k]["attribution_id"],
                                 "target_group": ANY, "scorer": scorer, "score": score, "matched": matched or None})
            k += 1
    return rows


def score_sentences(documents: pd.DataFrame, zones: pd.DataFrame, voice: pd.DataFrame) -> pd.DataFrame:
    """Score every body sentence by voice with TextBlob.

    Parameters
    ----------
    documents, zones, voice : DataFrame
        Tables of these names.

    Returns
    -------
    DataFrame
        ``sentiment``: scorer ``textblob_polarity`` (-1 … 1) and ``textblob_subjectivity`` (0 … 1), exactly as
        TextBlob's default analyser scores the segment; ``matched`` holds the words that made the score. A segment
        without a known word scores 0, as in TextBlob.

    References
    ----------
    De Smedt, T. & Daelemans, W. (2012). Pattern for Python. JMLR 13, 2063-2067.

    Examples
    --------
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": ["A good day."], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [11], "kind": ["body"], "rule": ["default"]})
    >>> voice = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [11], "zone": ["body"], "voice": ["narrator"]})
    >>> score_sentences(documents, zones, voice)[["scorer", "score", "matched"]].values.tolist()
    [['textblob_polarity', 0.7, 'good'], ['textblob_subjectivity', 0.6000000000000001, 'good']]
    """
    by_document = schema.rows_by_document(voice.sort_values("start"))
    rows = [row for view in read_views(documents, zones)
            for row in sentiment_of(view, [{"attribution_id": None, **v} for v in by_document.get(view.document_id, [])])]
    return schema.validate(pd.DataFrame(rows), "sentiment") if rows else schema.empty("sentiment")
