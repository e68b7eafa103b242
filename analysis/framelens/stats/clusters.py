"""Articles summed to clusters, one part for each of two groups that a cluster has articles in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from framelens.errors import FramelensError
from framelens.stats._checks import aligned, codes_of, whole

__all__ = ["LONGER", "MIN_CLUSTERS", "Parts", "few_against_many", "few_of", "relabelled", "side_parts", "too_few"]

MIN_CLUSTERS = 10  # of each group alone, for a permutation to mean anything
LONGER = 1.5  # mean lengths further apart than this are unlike, where few clusters stand against many
_FEW, _TIMES = 20, 3
_CHUNK = 1 << 19  # numbers in one array of resamples: more fall out of the processor's cache


@dataclass(frozen=True)
class Parts:
    """Clusters, split where they span the groups.

    Attributes
    ----------
    counts : sparse csc_array of float, parts × terms
    sizes : ndarray of float
    side : ndarray of bool
        Whether the part is of the group.
    cluster : ndarray of int
        Number of the cluster.
    spans : ndarray of bool
        Whether the cluster has a part on the other side as well.
    pairs : ndarray of int, 2 × spanning clusters
        Their part of the group and that of the rest.
    """

    counts: sparse.csc_array
    sizes: NDArray[np.float64]
    side: NDArray[np.bool_]
    cluster: NDArray[np.int64]
    spans: NDArray[np.bool_]
    pairs: NDArray[np.int64]

    @property
    def alone(self) -> tuple[int, int]:
        """Clusters of the group alone, and of the rest alone."""
        inside = int(self.side[~self.spans].sum())
        return inside, int((~self.spans).sum()) - inside

    def clusters_with(self) -> NDArray[np.int64]:
        """Count for each term the clusters that hold it."""
        entries = self.counts.tocoo()
        held = np.unique(np.stack([entries.col, self.cluster[entries.row]]), axis=1)
        return np.bincount(held[0], minlength=self.counts.shape[1])


def side_parts(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, group: ArrayLike,
               clusters: ArrayLike | None = None) -> Parts:
    """Sum articles to clusters within each group.

    Parameters
    ----------
    counts : array_like or scipy sparse array, articles × terms
    sizes : array_like
        Words of each article; those of none are left out.
    group : array_like of bool
    clusters : array_like, optional
        Any labels; each article is a cluster of its own by default.

    Returns
    -------
    Parts

    Raises
    ------
    FramelensError
        Shapes or labels (of pandas) do not fit, a value is negative or not finite, hits without words, a cluster is missing,
        one group without words.

    Examples
    --------
    >>> parts = side_parts([[1], [2], [4]], [10, 20, 30], [True, True, False], ["a", "a", "b"])
    >>> parts.counts.toarray().ravel().tolist(), parts.sizes.tolist(), parts.side.tolist()
    ([3.0, 4.0], [30.0, 30.0], [True, False])
    """
    aligned(counts=counts, sizes=sizes, group=group, clusters=clusters)
    hits = sparse.coo_array(counts) if sparse.issparse(counts) else sparse.coo_array(np.atleast_2d(np.asarray(counts, float)))
    size, side = np.asarray(sizes, float), np.asarray(group)
    n = hits.shape[0]
    names = np.arange(n) if clusters is None else np.asarray(clusters)
    if any(a.shape != (n,) for a in (size, side, names)):
        raise FramelensError(f"counts has {n} rows; sizes, group and clusters need one entry for each, not the shapes "
                             f"{size.shape}, {side.shape} and {names.shape}.")
    if side.dtype != bool:
        raise FramelensError(f"group is True or False for each article, not {side.dtype}.")
    wrong = np.unique(hits.row[~np.isfinite(hits.data) | (hits.data < 0) | ((hits.data > 0) & ~(size[hits.row] > 0))])
    wrong = np.union1d(wrong, np.flatnonzero(~np.isfinite(size) | (size < 0)))
    if len(wrong):
        raise FramelensError(f"Article {wrong[0]} ({len(wrong)} in all): counts and sizes are finite and not negative, "
                             "and where there are hits there are words.")
    used = size > 0
    if not (used & side).any() or not (used & ~side).any():
        raise FramelensError("Both groups need an article with words.")
    number = codes_of(names, "clusters")
    keys, part = np.unique(np.stack([number[used], ~side[used]]), axis=1, return_inverse=True)
    index = np.full(n, -1)
    index[used] = part.ravel()
    filled = hits.data != 0
    summed = sparse.csc_array((hits.data[filled].astype(float), (index[hits.row[filled]], hits.col[filled])),
                              shape=(keys.shape[1], hits.shape[1]))
    twice = np.flatnonzero(keys[0][1:] == keys[0][:-1])  # sorted: the group's part stands first
    spans = np.zeros(keys.shape[1], bool)
    spans[twice] = spans[twice + 1] = True
    return Parts(summed, np.bincount(part.ravel(), size[used]).astype(float), keys[1] == 0, keys[0].astype(np.int64), spans,
                 np.stack([twice, twice + 1]))


def too_few(parts: Parts) -> str:
    """Say that a group has too few clusters of its own for any test; else nothing.

    Examples
    --------
    >>> too_few(side_parts([[1]] * 30, [10] * 30, [True] * 9 + [False] * 21))
    'fewer than 10 clusters of one group alone'
    """
    return f"fewer than {MIN_CLUSTERS} clusters of one group alone" if min(parts.alone) < MIN_CLUSTERS else ""


def few_against_many(parts: Parts) -> str:
    """Say that one group has few clusters and the other many, where less can be said than of groups alike; else nothing.

    Examples
    --------
    >>> few_against_many(side_parts([[1]] * 60, [10] * 60, [True] * 10 + [False] * 50))
    'fewer than 20 clusters against more than 3 times as many'
    >>> few_against_many(side_parts([[1]] * 60, [10] * 60, [True] * 20 + [False] * 40))
    ''
    """
    return few_of(*parts.alone)


def few_of(one: int, other: int) -> str:
    """Say the same of two numbers of clusters.

    Examples
    --------
    >>> few_of(10, 50), few_of(50, 20)
    ('fewer than 20 clusters against more than 3 times as many', '')
    """
    small, large = sorted((one, other))
    if small < _FEW and large > _TIMES * small:
        return f"fewer than {_FEW} clusters against more than {_TIMES} times as many"
    return ""


def relabelled(parts: Parts, n_resamples: int, seed: int, width: int) -> Iterator[NDArray[np.float64]]:
    """Permute the labels of clusters, some resamples at a time.

    Parameters
    ----------
    parts : Parts
        Those of clusters on both sides keep their label.
    n_resamples, seed : int
    width : int
        Numbers that the caller makes of each resample: bounds how many are made at a time, and changes none.

    Yields
    ------
    ndarray of float, parts × resamples
        1 in the group, 0 in the rest; as many clusters are in the group as are in ``parts``.

    Examples
    --------
    >>> parts = side_parts([[1]] * 4, [10] * 4, [True, False, False, False])
    >>> [labels.sum(0).tolist() for labels in relabelled(parts, 3, seed=1, width=1)]
    [[1.0, 1.0, 1.0]]
    """
    rng = np.random.default_rng(whole("seed", seed, 0))
    alone = np.flatnonzero(~parts.spans)
    inside, outside = parts.alone
    # Draw the smaller side; of equal ones that of the first cluster, so that groups may be exchanged.
    few = inside < outside or (inside == outside and bool(parts.side[alone][:1].all()))
    k = int((parts.side[alone] == few).sum())
    step = max(1, _CHUNK // max(width, len(parts.sizes)))
    for first in range(0, n_resamples, step):
        rows = min(step, n_resamples - first)
        drawn = np.argpartition(rng.random((rows, len(alone))), k - 1, axis=1)[:, :k]
        labels = np.repeat(parts.side[:, None].astype(float), rows, axis=1)
        labels[alone] = 1.0 - few
        labels[alone[drawn], np.arange(rows)[:, None]] = few
        yield labels
