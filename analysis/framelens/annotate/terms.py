"""Words counted by article, zone and voice."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from framelens import schema
from framelens.text.tokens import NUMBER
from framelens.text.view import View

__all__ = ["common_terms", "terms_of"]

Row = dict[str, Any]


def terms_of(view: View, voice: list[Row]) -> list[Row]:
    """Count the words of one article's body and headline; numbers are left out."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for _, segment, words in view.runs([v["start"] for v in voice]):
        counts[voice[segment]["zone"], voice[segment]["voice"]].update(view.words[words.start:words.stop])
    return [{"document_id": view.document_id, "zone": zone, "voice": v, "term": term, "count": n}
            for (zone, v), terms in sorted(counts.items()) for term, n in sorted(terms.items())
            if term.isalpha() or not NUMBER.search(term)]


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
    known = dict(zip(copies["document_id"], copies["cluster_id"], strict=True))
    clusters: defaultdict[str, set[str]] = defaultdict(set)
    for document, term in zip(counts["document_id"].tolist(), counts["term"].tolist(), strict=True):
        if document in known:
            clusters[term].add(known[document])
    kept = counts["term"].isin([term for term, held in clusters.items() if len(held) >= min_clusters])
    return schema.validate(counts[kept].sort_values(["document_id", "zone", "voice", "term"]), "term_counts")
