"""Which articles share so much that they are copies: every pair, exactly, without comparing each with each."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framelens import schema
from framelens.corpus.copies.runs import Bodies, Numbers, Runs, number_runs

__all__ = ["pair_table"]

_WORK = 20_000_000  # meetings of runs counted at a time: bounds the memory, changes no result
_SLACK = 1e-9  # of .6 × 35 as floats


def pair_table(bodies: Bodies, containment: float, length: int) -> pd.DataFrame:
    """Make ``copy_pairs`` of the bodies."""
    if len(bodies.names) < 2:
        return schema.empty("copy_pairs")
    runs = number_runs(bodies, length)
    first, second, shared = _find_pairs(runs, containment)
    names = bodies.names
    rows = []
    for a, b, n in zip(first, second, shared, strict=True):
        a, b = (a, b) if names[a] < names[b] else (b, a)
        words = [int(shared_places(runs, one, other).sum()) for one, other in ((a, b), (b, a))]
        sizes = runs.sizes[a], runs.sizes[b]
        rows.append((names[a], names[b], n, *words, n / sizes[0], n / sizes[1], n / (sizes[0] + sizes[1] - n)))
    table = pd.DataFrame(rows, columns=list(schema.TABLES["copy_pairs"].columns))
    return schema.validate(table.sort_values(["document_id", "other_id"]), "copy_pairs")


def shared_places(runs: Runs, one: int, other: int) -> NDArray[np.bool_]:
    """Tell of each word of one body whether it stands in a run that the other has, too."""
    mine = runs.of(one)
    starts = np.flatnonzero((mine >= 0) & np.isin(mine, runs.of(other)))
    edges = np.zeros(len(mine) + 1, dtype=np.int64)
    np.add.at(edges, starts, 1)
    np.add.at(edges, starts + runs.length, -1)
    return np.cumsum(edges)[:-1] > 0


def _find_pairs(runs: Runs, containment: float) -> tuple[Numbers, Numbers, Numbers]:
    """List the pairs of copies by position, with the runs that they share.

    If the shorter of two copies has n runs, at least ``o = ceil(containment · n)`` are in the other: so the other has one of
    any n - o + 1 of them. The rarest are asked for, and pairs that meet there counted whole: the same pairs as by comparing all
    (prefix filtering, Chaudhuri et al. 2006), and a stock phrase of thousands of articles costs nothing.
    """
    has = _incidence(runs)
    least = np.ceil(containment * runs.sizes - _SLACK).astype(np.int64)
    held = np.diff(has.indptr)
    asked = np.maximum(held - least + 1, 0)
    rank = np.arange(has.nnz) - np.repeat(has.indptr[:-1], held)
    rare = rank < np.repeat(asked, held)
    article = np.repeat(np.arange(len(held)), held)
    prefix = sparse.csr_matrix((np.ones(rare.sum(), np.int32), (article[rare], has.indices[rare])), shape=has.shape)
    meetings = np.bincount(has.indices, minlength=has.shape[1])
    work = np.bincount(article[rare], meetings[has.indices[rare]], minlength=len(held)).cumsum()
    turned = has.T.tocsr()
    found = []
    start = 0
    while start < len(held):
        done = work[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(work, done + _WORK, side="right")))
        met = (prefix[start:stop] @ turned).tocoo()
        a, b = met.row.astype(np.int64) + start, met.col.astype(np.int64)
        keep = (runs.sizes[a] < runs.sizes[b]) | ((runs.sizes[a] == runs.sizes[b]) & (a < b))
        found.append(_count_shared(has, a[keep], b[keep], runs.sizes, containment))
        start = stop
    return tuple(np.concatenate([part[i] for part in found] or [np.zeros(0, np.int64)]) for i in range(3))  # type: ignore[return-value]


def _count_shared(has: sparse.csr_matrix, a: Numbers, b: Numbers, sizes: Numbers,
                  containment: float) -> tuple[Numbers, Numbers, Numbers]:
    """Count what pairs share, the first the shorter, and keep those that are copies."""
    kept: list[tuple[Numbers, Numbers, Numbers]] = [(a[:0], b[:0], a[:0])]
    chunk = max(1, _WORK // max(1, int(np.diff(has.indptr).max(initial=1))))
    for low in range(0, len(a), chunk):
        one, other = a[low:low + chunk], b[low:low + chunk]
        shared = np.asarray(has[one].multiply(has[other]).sum(axis=1)).ravel().astype(np.int64)
        copies = shared / sizes[one] >= containment
        kept.append((one[copies], other[copies], shared[copies]))
    return tuple(np.concatenate([part[i] for part in kept]) for i in range(3))  # type: ignore[return-value]


def _incidence(runs: Runs) -> sparse.csr_matrix:
    """Say which article has which of the runs that several have; the rarest run has the first column."""
    n = len(runs.sizes)
    at = np.flatnonzero(runs.codes >= 0)
    base = int(runs.codes.max(initial=0)) + 1
    cells = np.unique((np.searchsorted(runs.bounds, at, side="right") - 1) * base + runs.codes[at])
    article, code = cells // base, cells % base
    meetings = np.bincount(code, minlength=base)
    order = np.argsort(meetings, kind="stable")
    column = np.empty(base, dtype=np.int64)
    column[order] = np.arange(base)
    several = meetings[code] > 1
    has = sparse.csr_matrix((np.ones(several.sum(), np.int32), (article[several], column[code[several]])), shape=(n, base))
    has.sort_indices()
    return has
