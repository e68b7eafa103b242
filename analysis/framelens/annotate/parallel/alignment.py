"""Words of two sentences set side by side: what is equal, what stands for what, what only one has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from framelens.annotate.parallel.words import read_synonyms, stem

__all__ = ["Pair", "Word", "align", "evenness", "longest_rising", "substitutions", "word"]

_SAME, _AKIN, _KIND, _GAP = 1.0, 0.8, 0.15, 0.0


class Word(NamedTuple):
    """A word to be aligned: its normal form, what it stands for (a class of synonyms or its stem), and its class letter."""

    norm: str
    sense: str
    code: str


class Pair(NamedTuple):
    """Two words set side by side by number; -1 where there is none."""

    left: int
    right: int


def word(norm: str, code: str) -> Word:
    """Make a word of its normal form and class letter."""
    known = read_synonyms().words.get(norm)
    return Word(norm, f"={known}" if known else stem(norm), code)


def _score(a: Word, b: Word) -> float:
    if a.norm == b.norm:
        return _SAME
    if a.sense == b.sense:
        return _AKIN
    return _KIND if a.code == b.code and a.code in "NSPJdvzneg0A" else -1.0


def align(left: Sequence[Word], right: Sequence[Word]) -> list[Pair]:
    """Align two sentences as a whole (Needleman and Wunsch 1970).

    Equal words score 1, words of one sense 0.8, others of one word class 0.15; gaps cost nothing.

    Examples
    --------
    >>> a, b = ([word(w, c) for w, c in zip(text.split(), codes)] for text, codes in (
    ...     ("banks stay shut today", "SvnY"), ("edges stay closed", "Svn")))
    >>> [(p.left, p.right) for p in align(a, b)]
    [(0, 0), (1, 1), (2, 2), (3, -1)]
    """
    n, m = len(left), len(right)
    best = np.zeros((n + 1, m + 1))
    step = np.zeros((n + 1, m + 1), dtype=np.int8)
    step[1:, 0], step[0, 1:] = 1, 2
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            options = (best[i - 1, j - 1] + _score(left[i - 1], right[j - 1]), best[i - 1, j] + _GAP, best[i, j - 1] + _GAP)
            at = max(range(3), key=lambda k: (options[k], -k))
            best[i, j], step[i, j] = options[at], at
    pairs = []
    i, j = n, m
    while i or j:
        if i and j and step[i, j] == 0:
            i, j = i - 1, j - 1
            pairs.append(Pair(i, j))
        elif i and (step[i, j] == 1 or not j):
            i -= 1
            pairs.append(Pair(i, -1))
        else:
            j -= 1
            pairs.append(Pair(-1, j))
    return pairs[::-1]


def evenness(left: Sequence[Word], right: Sequence[Word], pairs: Sequence[Pair]) -> float:
    """Return the share of the words of both that are aligned with an equal one or one of its sense (Dice 1945).

    Examples
    --------
    >>> a, b = [word("they", "U"), word("sang", "d")], [word("they", "U"), word("wept", "d")]
    >>> evenness(a, b, align(a, b))
    0.5
    """
    even = sum(p.left >= 0 and p.right >= 0 and _score(left[p.left], right[p.right]) >= _AKIN for p in pairs)
    return 2 * even / (len(left) + len(right)) if left or right else 0.0


def substitutions(left: Sequence[Word], right: Sequence[Word], pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs of different words of one word class that have an equal word on either side within two words."""
    same = [p.left >= 0 and p.right >= 0 and left[p.left].norm == right[p.right].norm for p in pairs]
    last = len(pairs) - 1
    beside = [(k == 0 or any(same[max(0, k - 2):k])) and (k == last or any(same[k + 1:k + 3])) for k in range(len(pairs))]
    return [p for k, p in enumerate(pairs) if p.left >= 0 and p.right >= 0 and not same[k] and beside[k] and (
        left[p.left].code in "NSPJdvznegA")]


def longest_rising(ranks: Sequence[int]) -> list[int]:
    """Return the positions of a longest rising run: sentences that stand in the same order in both articles."""
    best: list[list[int]] = []
    for k, rank in enumerate(ranks):
        before = max((b for b in best if ranks[b[-1]] < rank), key=len, default=[])
        best.append([*before, k])
    return max(best, key=len, default=[])
