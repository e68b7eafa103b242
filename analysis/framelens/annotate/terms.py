"""Words counted by article, zone and voice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from framelens import schema
from framelens.text.tokens import NUMBER
from framelens.text.view import View

__all__ = ["common_rows", "common_terms", "terms_of"]

Row = dict[str, Any]
_LEAST = 2  # clusters


def terms_of(view: View, voice: list[Row]) -> list[Row]:
    """Count the words of one article's body and headline; numbers are left out."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for _, segment, words in view.runs([v["start"] for v in voice]):
        counts[voice[segment]["zone"], voice[segment]["voice"]].update(view.words[words.start:words.stop])
    return [{"document_id": view.document_id, "zone": zone, "voice": v, "term": term, "count": n}
            for (zone, v), terms in sorted(counts.items()) for term, n in terms.items()
            if term.isalpha() or not NUMBER.search(term)]


def common_rows(rows: list[Row], copies: pd.DataFrame) -> list[Row]:
    """Keep the rows of ``term_counts`` that :func:`common_terms` keeps, before they become a table."""
    common = _common(map(itemgetter("document_id", "term"), rows), copies, _LEAST)
    return [row for row in rows if row["term"] in common]


def _common(stands: Iterable[tuple[str, str]], copies: pd.DataFrame, least: int) -> frozenset[str]:
    """Return the terms that stand in so many clusters, by pairs of article and term."""
    cluster = dict(zip(copies["document_id"].tolist(), copies["cluster_id"].tolist(), strict=True))
    held: defaultdict[str, set[str]] = defaultdict(set)
    for document, terms in groupby(stands, itemgetter(0)):
        if document in cluster:
            held[cluster[document]].update(map(itemgetter(1), terms))
    return frozenset(term for term, n in Counter(chain.from_iterable(held.values())).items() if n >= least)


def common_terms(counts: pd.DataFrame, copies: pd.DataFrame, *, min_clusters: int = _LEAST) -> pd.DataFrame:
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
    common = _common(zip(counts["document_id"].tolist(), counts["term"].tolist(), strict=True), copies, min_clusters)
    kept = counts["term"].isin(common)
    return schema.validate(counts[kept].sort_values(["document_id", "zone", "voice", "term"]), "term_counts")
