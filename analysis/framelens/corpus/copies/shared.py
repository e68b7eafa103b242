"""Which words of two copies are the same, and where they stand in both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from framelens import schema
from framelens.corpus.copies.runs import Numbers, body_places, body_words, number_runs, read_bodies

__all__ = ["copied_spans"]


class Place(NamedTuple):
    """Where a word of a body stands, and in which piece of the body."""

    start: int
    end: int
    piece: int


def copied_spans(documents: pd.DataFrame, zones: pd.DataFrame, pairs: pd.DataFrame, length: int) -> pd.DataFrame:
    """Make ``copied_spans`` of the pairs."""
    if pairs.empty:
        return schema.empty("copied_spans")
    wanted = {*pairs["document_id"], *pairs["other_id"]}
    documents = documents[documents["document_id"].astype(str).isin(wanted)]
    zones = zones[zones["document_id"].astype(str).isin(wanted)]
    bodies = read_bodies(documents, zones)
    runs = number_runs(bodies, length)
    number = {name: i for i, name in enumerate(bodies.names)}
    pieces = body_places(zones)
    places = {name: list(_places(text, pieces.get(name, [])))
              for name, text in zip(bodies.names, documents["text"], strict=True) if isinstance(text, str)}
    rows = []
    for one, other in zip(pairs["document_id"], pairs["other_id"], strict=True):
        for a, b in ((one, other), (other, one)):
            mine, theirs = places.get(a, []), places.get(b, [])
            for i, j, n in _parts(align(runs.of(number[a]), runs.of(number[b]), length), mine, theirs):
                rows.append((a, mine[i].start, mine[i + n - 1].end, b, theirs[j].start, theirs[j + n - 1].end, n))
    table = pd.DataFrame(rows, columns=list(schema.TABLES["copied_spans"].columns))
    return schema.validate(table.sort_values(["document_id", "other_id", "start"]), "copied_spans")


def _places(text: str, pieces: list[tuple[int, int]]) -> Iterator[Place]:
    for piece, (at, words) in enumerate(body_words(text, pieces)):
        for start, end in zip(words.starts, words.ends, strict=True):
            yield Place(at + start, at + end, piece)


def align(mine: Numbers, theirs: Numbers, length: int) -> list[tuple[int, int, int]]:
    """Cover the shared runs of one body, from its first word on, by the longest stretches that the other has.

    Parameters
    ----------
    mine, theirs : array
        The runs that begin at each word, -1 for what nobody shares.
    length : int
        Words of a run.

    Returns
    -------
    list of (word, word of the other, number of words)
        In order; no word of the first body stands in two. Of equally long stretches the other's first is taken.

    Examples
    --------
    >>> import numpy as np
    >>> align(np.array([7, 8, -1, -1, 9, -1]), np.array([9, 7, 8, -1, -1]), 2)
    [(0, 1, 3), (4, 0, 2)]
    """
    at: dict[int, list[int]] = {}
    other = theirs.tolist()
    for j, code in enumerate(other):
        if code >= 0:
            at.setdefault(code, []).append(j)
    own = mine.tolist()
    found: list[tuple[int, int, int]] = []
    i = covered = 0
    while i < len(own):
        best, where = 0, 0
        for j in at.get(own[i], ()):
            n = 1
            while i + n < len(own) and j + n < len(other) and own[i + n] == other[j + n] >= 0:
                n += 1
            if n > best:
                best, where = n, j
        if best:
            skip = max(0, covered - i)  # words that the stretch before has, too
            covered = i + best + length - 1
            found.append((i + skip, where + skip, covered - i - skip))
        i += max(1, best)
    return found


def _parts(stretches: list[tuple[int, int, int]], mine: list[Place], theirs: list[Place]) -> Iterator[tuple[int, int, int]]:
    """Cut stretches where either body is interrupted by what is no body."""
    for i, j, n in stretches:
        begin = 0
        for k in range(1, n + 1):
            if k == n or mine[i + k].piece != mine[i + begin].piece or theirs[j + k].piece != theirs[j + begin].piece:
                yield i + begin, j + begin, k - begin
                begin = k
