"""Words counted by article, zone and voice."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Any

import pandas as pd

from framelens import schema
from framelens.text.tokens import NUMBER
from framelens.text.view import View

__all__ = ["common_terms", "terms_of"]

Row = dict[str, Any]


def terms_of(view: View, voice: list[Row]) -> list[Row]:
    """Count the words of one article's body and headline; numbers are left out."""
    starts = [v["start"] for v in voice]
    counts: Counter[tuple[str, str, str]] = Counter()
    for sentence in view.sentences:
        for number in range(sentence.first, sentence.last):
            word = view.words[number]
            if not NUMBER.search(word):
                segment = voice[bisect_right(starts, view.starts[number]) - 1]
                counts[segment["zone"], segment["voice"], word] += 1
    return [{"document_id": view.document_id, "zone": zone, "voice": v, "term": term, "count": n}
            for (zone, v, term), n in sorted(counts.items())]


def common_terms(counts: pd.DataFrame, copies: pd.DataFrame, *, min_clusters: int = 2) -> pd.DataFrame:
    """Keep the terms that stand in at least ``min_clusters`` articles that are no copies: rarer ones could rebuild a text.

    Parameters
    ----------
    counts : DataFrame
        ``term_counts`` of all articles.
    copies : DataFrame
        ``copies``: articles of one cluster count once.
    min_clusters : int
        The least number of clusters.

    Returns
    -------
    DataFrame
        ``term_counts``.

    Examples
    --------
    >>> counts = pd.DataFrame({"document_id": ["a", "b", "b"], "zone": "body", "voice": "narrator",
    ...                        "term": ["mob", "mob", "pier"], "count": [1, 2, 1]})
    >>> copies = pd.DataFrame({"document_id": ["a", "b"], "cluster_id": ["a", "b"]})
    >>> common_terms(counts, copies)["term"].unique().tolist()
    ['mob']
    """
    if counts.empty:
        return schema.empty("term_counts")
    cluster = counts["document_id"].map(copies.set_index("document_id")["cluster_id"])
    kept = cluster.groupby(counts["term"]).transform("nunique") >= min_clusters
    return schema.validate(counts[kept].sort_values(["document_id", "zone", "voice", "term"]), "term_counts")
