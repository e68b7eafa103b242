"""Which articles are copies of one another: republished copy counts once, however many outlets carry it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from framelens import schema
from framelens.corpus.copies.pairs import pair_table
from framelens.corpus.copies.runs import read_bodies
from framelens.corpus.copies.shared import copied_spans
from framelens.corpus.copies.status import describe
from framelens.errors import SchemaError
from framelens.lexicon.agencies import Agencies, read_agencies

__all__ = ["CONTAINMENT", "SHINGLE", "check_options", "describe_copies", "find_copied_spans", "find_copies", "find_copy_pairs"]

SHINGLE = 8  # words; fewer let stock phrases look like copying
CONTAINMENT = 0.6


def find_copies(documents: pd.DataFrame, zones: pd.DataFrame, pairs: pd.DataFrame | None = None,
                credits: pd.DataFrame | None = None, *, containment: float = CONTAINMENT, shingle: int = SHINGLE,
                agencies: Agencies | None = None) -> pd.DataFrame:
    """Find the clusters of articles whose body is the same text, in whole or in large part, and whose text it is.

    Two articles are copies if the shorter has at least 60 % of its runs of eight body words in the other: containment
    ``|A ∩ B| / min(|A|, |B|)`` of their 8-word shingles (Broder 1997), computed exactly. Copies of copies are one
    cluster, since none of them is evidence that is independent of the others. Words are compared without case; headline,
    bylines and furniture do not count. The order of the rows does not matter. A paraphrase is no copy here. An article
    without text, or with a body under eight words, is a cluster of its own.

    Parameters
    ----------
    documents : DataFrame
        ``documents``: document_id, text, and outlet, publisher and origin where they are known.
    zones : DataFrame
        ``zones`` of the same articles.
    pairs : DataFrame, optional
        ``copy_pairs``, from :func:`find_copy_pairs` or made elsewhere, of which looser ones are left aside; found by default.
    credits : DataFrame, optional
        ``credits``, from :func:`framelens.find_credits`; without it the text says nothing of who wrote it.
    containment : float
        Share of the shorter article's runs, over 0 and at most 1.
    shingle : int
        Words of a run.
    agencies : Agencies, optional
        By which forms of an agency's name are one; the packaged list by default.

    Returns
    -------
    DataFrame
        ``copies``, a row for each article in the order of ``documents``. ``cluster_id`` is the smallest document_id of
        the cluster. ``copy_status`` is what the tables say, where they give ``publisher`` and ``origin``: "republished" where
        they differ; where they are one, "agency" if it is a news agency, or another article of the cluster has this one's
        origin and a publisher of its own; else "original". Where either is missing or "unknown" the credits decide, the
        article's own or those of a copy that holds 60 % of it: "agency" if the agency is its publisher (or outlet, or the
        site), or nobody is known to have published it, else "republished"; a contribution decides nothing. Else it is "unknown".
        ``evidence`` names the likest article and the containment, how much of a larger cluster is alike, the credits, and
        where they contradict ``origin``, which is never changed.

    Raises
    ------
    SchemaError
        A document_id stands twice, a column is missing, or an option is not allowed.

    References
    ----------
    Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of SEQUENCES '97, 21–29.

    Examples
    --------
    >>> a = "The mayor said on Monday that the old bridge would open again before the end of the month."
    >>> b = "Officials were silent. " + a
    >>> documents = pd.DataFrame({"document_id": ["b", "a", "c"], "outlet": ["X", "Y", "Z"], "text": [b, a, "None."]})
    >>> zones = pd.DataFrame({"document_id": ["b", "a", "c"], "start": 0, "end": documents["text"].str.len(),
    ...                       "kind": "body", "rule": "body"})
    >>> find_copies(documents, zones)[["document_id", "cluster_id", "evidence"]].values.tolist()
    [['b', 'a', 'containment 1.00 with a'], ['a', 'a', 'containment 1.00 with b'], ['c', 'c', nan]]
    """
    check_options(containment, shingle)
    if pairs is None:
        pairs = find_copy_pairs(documents, zones, containment=containment, shingle=shingle)
    names = _names(documents, pairs)
    pairs = pairs[pairs[["containment", "other_containment"]].max(axis=1) >= containment]
    place = {name: i for i, name in enumerate(names)}
    ends = pairs["document_id"].map(place).to_numpy(np.int64), pairs["other_id"].map(place).to_numpy(np.int64)
    graph = sparse.coo_matrix((np.ones(len(pairs)), ends), shape=(len(names), len(names)))
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    cluster = pd.Series(names, dtype=object).groupby(label).transform("min")
    copies = pd.DataFrame({"document_id": names, "cluster_id": cluster})
    return describe_copies(documents, copies, pairs, credits, containment=containment, agencies=agencies)


def describe_copies(documents: pd.DataFrame, copies: pd.DataFrame, pairs: pd.DataFrame, credits: pd.DataFrame | None = None, *,
                    containment: float = CONTAINMENT, agencies: Agencies | None = None) -> pd.DataFrame:
    """Say of articles whose clusters are known whose text they are, and why: the last step of :func:`find_copies`.

    Parameters
    ----------
    documents, pairs, credits, containment, agencies
        As of :func:`find_copies`.
    copies : DataFrame
        document_id and cluster_id, in the order of ``documents``.

    Returns
    -------
    DataFrame
        ``copies``.
    """
    credits = schema.empty("credits") if credits is None else credits
    cluster = copies["cluster_id"].astype(str).tolist()
    said = describe(documents, cluster, pairs, credits, agencies or read_agencies(), containment)
    alike = _alike(copies["document_id"].astype(str).tolist(), cluster, pairs, containment)
    evidence = ["; ".join(filter(None, (like, why))) or None for like, (_, why) in zip(alike, said, strict=True)]
    return schema.validate(copies[["document_id", "cluster_id"]].assign(
        copy_status=[status for status, _ in said], evidence=pd.Series(evidence, copies.index, dtype=object)), "copies")


def _alike(names: list[str], cluster: list[str], pairs: pd.DataFrame, containment: float) -> list[str | None]:
    """Say which article each is likest, and of clusters that hang together by a chain how many of their pairs are copies."""
    likest: dict[str, tuple[float, str]] = {}
    linked: dict[str, int] = {}
    of = dict(zip(names, cluster, strict=True))
    columns = (pairs[c] for c in ("document_id", "other_id", "containment", "other_containment"))
    for a, b, one_way, other_way in zip(*columns, strict=True):
        share = max(one_way, other_way)
        linked[of[a]] = linked.get(of[a], 0) + 1
        for one, other in ((a, b), (b, a)):  # of equally like ones the smallest name
            likest[one] = min(likest.get(one, (0.0, "")), (-share, other))
    size = pd.Series(cluster).value_counts().to_dict()
    out: list[str | None] = []
    for name, own in zip(names, cluster, strict=True):
        like = likest.get(name)
        all_pairs = size[own] * (size[own] - 1) // 2
        if like is None:
            out.append(None)
            continue
        chained = f"; {linked[own]} of the {all_pairs} pairs in the cluster are copies" if linked[own] < all_pairs else ""
        out.append(f"containment {-like[0]:.2f} with {like[1]}{chained}")
    return out


def find_copy_pairs(documents: pd.DataFrame, zones: pd.DataFrame, *, containment: float = CONTAINMENT,
                    shingle: int = SHINGLE) -> pd.DataFrame:
    """Find every pair of articles of which one stands in the other, in whole or in large part.

    Parameters
    ----------
    documents, zones, containment, shingle
        As of :func:`find_copies`; a lower containment lists looser pairs.

    Returns
    -------
    DataFrame
        ``copy_pairs``: how many different runs both have, how many words of each body stand in them, containment both ways
        (``|A ∩ B| / |A|`` and ``|A ∩ B| / |B|``) and resemblance (Jaccard's ``|A ∩ B| / |A ∪ B|``) of the sets of runs
        (Broder 1997).

    Raises
    ------
    SchemaError
        A document_id stands twice, a column is missing, or an option is not allowed.

    References
    ----------
    Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of SEQUENCES '97, 21–29.
    Chaudhuri, S., Ganti, V., & Kaushik, R. (2006). A primitive operator for similarity joins in data cleaning. ICDE 2006.

    Examples
    --------
    >>> a = "one two three four five six seven eight nine ten"
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "text": [a, a + " and then a word more"]})
    >>> zones = pd.DataFrame({"document_id": ["a", "b"], "start": 0, "end": documents["text"].str.len(), "kind": "body"})
    >>> find_copy_pairs(documents, zones).round(3).values.tolist()
    [['a', 'b', 3, 10, 10, 1.0, 0.375, 0.375]]
    """
    check_options(containment, shingle)
    _names(documents)
    return pair_table(read_bodies(documents, zones), containment, shingle)


def find_copied_spans(documents: pd.DataFrame, zones: pd.DataFrame, pairs: pd.DataFrame, *,
                      shingle: int = SHINGLE) -> pd.DataFrame:
    """Find which words two copies share, and where they stand in both.

    Each article's shared runs are covered, from its first word on, by the longest stretches that the other has (greedy tiling,
    after Wise 1993); a stretch ends where one text goes on differently or is interrupted by a headline or a link. So the spans of
    an article in another never overlap, and hold its ``shared_words``; what the other has once and this article twice is
    shown twice. Join them with ``sentences`` to see which sentences or paragraphs are copied.

    Parameters
    ----------
    documents, zones : DataFrame
        As of :func:`find_copies`.
    pairs : DataFrame
        ``copy_pairs``: those wanted.
    shingle : int
        Words of a run, as the pairs were found.

    Returns
    -------
    DataFrame
        ``copied_spans``, both ways for each pair: what of the one stands in the other, and of the other in the one.

    References
    ----------
    Wise, M. J. (1993). String similarity via greedy string tiling and running Karp-Rabin matching. University of Sydney.

    Examples
    --------
    >>> a = "one two three four five six seven eight nine ten"
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "text": [a, "Before: " + a + "!"]})
    >>> zones = pd.DataFrame({"document_id": ["a", "b"], "start": 0, "end": documents["text"].str.len(), "kind": "body"})
    >>> found = find_copied_spans(documents, zones, find_copy_pairs(documents, zones))
    >>> found.values.tolist()
    [['a', 0, 48, 'b', 8, 56, 10], ['b', 8, 56, 'a', 0, 48, 10]]
    """
    check_options(CONTAINMENT, shingle)
    _names(documents, pairs)
    return copied_spans(documents, zones, pairs, shingle)


def check_options(containment: object, shingle: object, *, where: str = "") -> None:
    """Refuse a containment or a length of runs that is none."""
    if isinstance(containment, bool) or not isinstance(containment, int | float) or not 0 < containment <= 1:
        raise SchemaError(f"{where}containment={containment!r}. Allowed: a share over 0 and at most 1, such as 0.6.")
    if isinstance(shingle, bool) or not isinstance(shingle, int) or shingle < 1:
        raise SchemaError(f"{where}shingle={shingle!r}. Allowed: a whole number of words, 1 or more, such as 8.")


def _names(documents: pd.DataFrame, pairs: pd.DataFrame | None = None) -> list[str]:
    """Return the names of the articles, each of which must have one of its own; pairs must be of these."""
    absent = [column for column in ("document_id", "text") if column not in documents]
    if absent:
        raise SchemaError(f"Table 'documents', column {absent[0]!r}: the column is missing. Copies are found in the texts.")
    ids = documents["document_id"]
    if ids.isna().any() or ids.duplicated().any():
        bad = ids[ids.duplicated() | ids.isna()].iloc[0]
        raise SchemaError(f"Table 'documents', column 'document_id': {bad!r} is missing or stands twice. Each article needs a "
                          "name of its own; rename or remove the double.")
    names = ids.astype(str).tolist()
    strange = [] if pairs is None else sorted({*pairs["document_id"], *pairs["other_id"]} - set(names))
    if strange:
        raise SchemaError(f"Table 'copy_pairs': {strange[0]!r} is not in 'documents'. Find the pairs of these articles again.")
    return names
