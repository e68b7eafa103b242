"""Which articles are copies of one another: republished copy counts once, however many outlets carry it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framelens import schema
from framelens.text.tokens import NORMS, surfaces

__all__ = ["copy_statuses", "find_copies"]

SHINGLE = 8  # words; fewer let stock phrases look like copying (the code doubles 1, 2, 4, 8)
CONTAINMENT = 0.6
_BLOCK = 2048  # articles compared at a time: bounds the memory, changes no result
_UNKNOWN = ("", "unknown")


def find_copies(documents: pd.DataFrame, zones: pd.DataFrame) -> pd.DataFrame:
    """Find the clusters of articles whose body is the same text, in whole or in large part.

    Two articles are copies if the shorter has at least 60 % of its runs of eight body words in the other: containment
    ``|A ∩ B| / min(|A|, |B|)`` of their 8-word shingles (Broder 1997), computed exactly. Copies of copies are one
    cluster. Words are compared without case; headline, bylines and furniture do not count. The order of the rows does
    not matter. A paraphrase is no copy here. An article without text, or with a body under eight words, is a cluster
    of its own.

    Parameters
    ----------
    documents : DataFrame
        ``documents``.
    zones : DataFrame
        ``zones`` of the same articles.

    Returns
    -------
    DataFrame
        ``copies``, a row for each article in the order of ``documents``. ``cluster_id`` is the smallest document_id of
        the cluster; ``evidence`` names the likest article and the containment. ``copy_status`` says only what
        ``publisher`` and ``origin`` say: "republished" where they differ; where they are one, "agency" if another
        article of the cluster has this one's origin and a publisher of its own, else "original"; and "unknown" where
        either is missing or "unknown".

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
    if documents.empty:
        return schema.empty("copies")
    names = documents["document_id"].astype(str).to_numpy()
    pairs = _find_pairs(_body_words(documents, zones))
    graph = sparse.coo_matrix((np.ones(len(pairs)), (pairs["a"], pairs["b"])), shape=(len(names), len(names)))
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    cluster = pd.Series(names).groupby(label).transform("min")
    likest: dict[int, tuple[float, str]] = {}
    for a, b, share in pairs.itertuples(index=False):
        for one, other in ((a, b), (b, a)):  # of equally like ones the smallest name
            likest[one] = min(likest.get(one, (0.0, "")), (-share, names[other]))
    found = [likest.get(i) for i in range(len(names))]
    evidence = [f"containment {-like[0]:.2f} with {like[1]}" if like else None for like in found]
    return schema.validate(pd.DataFrame({
        "document_id": names, "cluster_id": cluster, "copy_status": copy_statuses(documents, cluster), "evidence": evidence,
    }), "copies")


def _body_words(documents: pd.DataFrame, zones: pd.DataFrame) -> list[list[str]]:
    """List the words of each body, in the form in which they are compared."""
    body = zones[zones["kind"] == "body"].sort_values("start")
    places: dict[str, list[tuple[int, int]]] = {}
    for name, *span in zip(*(body[c].tolist() for c in ("document_id", "start", "end")), strict=True):
        places.setdefault(name, []).append((span[0], span[1]))
    return [
        [norm for start, end in places.get(name, ()) for norm in map(NORMS.__getitem__, surfaces(text[start:end]))]
        if isinstance(text, str) else []
        for name, text in zip(documents["document_id"], documents["text"], strict=True)
    ]


def _shingles(bodies: list[list[str]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the runs of eight words: equal runs, equal numbers. Return the article and the number of each."""
    number: dict[str, int] = {}
    code = np.array([number.setdefault(word, len(number)) for body in bodies for word in body], dtype=np.int64)
    article = np.repeat(np.arange(len(bodies), dtype=np.int64), [len(body) for body in bodies])
    run = 1
    while run < SHINGLE:  # a run of 2n words is a pair of runs of n: exact, where a hash could collide
        left, right = code[:-run], code[run:]
        base = int(code.max(initial=0)) + 1
        code = np.unique(left * base + right, return_inverse=True)[1].astype(np.int64)
        run *= 2
    within = article[:len(code)] == article[SHINGLE - 1:] if len(code) else np.zeros(0, dtype=bool)
    return article[:len(code)][within], code[within]


def _find_pairs(bodies: list[list[str]]) -> pd.DataFrame:
    """List the pairs of articles that are copies, by position, with their containment."""
    article, code = _shingles(bodies)
    shape = (len(bodies), int(code.max(initial=0)) + 1)
    has = sparse.csr_matrix((np.ones(len(code), dtype=np.int32), (article, code)), shape=shape)
    has.data[:] = 1  # a run that an article repeats counts once
    size = np.diff(has.indptr)
    shared = has[:, np.flatnonzero(np.bincount(has.indices, minlength=shape[1]) > 1)].tocsr()
    found = []
    for start in range(0, len(bodies), _BLOCK):
        overlap = (shared[start:start + _BLOCK] @ shared.T).tocoo()
        a, b = overlap.row + start, overlap.col
        containment = overlap.data / np.minimum(size[a], size[b])
        keep = (a < b) & (containment >= CONTAINMENT)
        found.append(pd.DataFrame({"a": a[keep], "b": b[keep], "containment": containment[keep]}))
    return pd.concat(found, ignore_index=True)


def copy_statuses(documents: pd.DataFrame, cluster: pd.Series) -> list[str]:
    """Say of each article what its publisher, its origin and those of its copies allow."""
    def known(column: str) -> pd.Series:
        given = documents[column] if column in documents else pd.Series(index=documents.index, dtype="str")
        plain = given.reset_index(drop=True).astype("str").str.strip().str.casefold()
        return plain.mask(plain.isin(_UNKNOWN))

    facts = pd.DataFrame({"cluster": cluster.to_numpy(), "publisher": known("publisher"), "origin": known("origin")})
    whole = facts.notna().all(axis=1)
    own = whole & (facts["publisher"] == facts["origin"])
    lent = facts[whole & ~own]
    suppliers = set(zip(lent["cluster"], lent["origin"], strict=True))
    supplies = [pair in suppliers for pair in zip(facts["cluster"], facts["origin"], strict=True)]
    return [
        "unknown" if not w else "republished" if not o else "agency" if s else "original"
        for w, o, s in zip(whole, own, supplies, strict=True)
    ]
