"""The bodies of a corpus as runs of words, numbered so that equal runs have equal numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens.text.tokens import NORMS, Words, read_words, surfaces

__all__ = ["Bodies", "Runs", "body_words", "number_runs", "read_bodies"]

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Bodies:
    """The words of each body as numbers, one behind the other; ``bounds[i]:bounds[i + 1]`` are those of article i."""

    names: NDArray[np.object_]
    codes: Numbers
    bounds: Numbers


@dataclass(frozen=True)
class Runs:
    """The run that begins at each word: a number, or -1 where it stands once in the corpus or does not fit its article.

    Attributes
    ----------
    codes, bounds : array
        As of :class:`Bodies`.
    sizes : array
        How many different runs each article has, those counted that stand nowhere else.
    length : int
        Words of a run.
    """

    codes: Numbers
    bounds: Numbers
    sizes: Numbers
    length: int

    def of(self, article: int) -> Numbers:
        """Return the runs of one article, by the word with which they begin."""
        return self.codes[self.bounds[article]:self.bounds[article + 1]]


def body_words(text: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, Words]]:
    """Yield where each piece of a body begins, and its words."""
    for start, end in places:
        yield start, read_words(text[start:end])


def body_places(zones: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """List the pieces of each article's body, in order."""
    places: dict[str, list[tuple[int, int]]] = {}
    body = zones[zones["kind"] == "body"].sort_values("start")
    for name, start, end in zip(body["document_id"], body["start"], body["end"], strict=True):
        places.setdefault(str(name), []).append((int(start), int(end)))
    return places


def read_bodies(documents: pd.DataFrame, zones: pd.DataFrame) -> Bodies:
    """Number the words of each body, in the form in which they are compared; an article without text has none."""
    places = body_places(zones)
    names = documents["document_id"].astype(str).to_numpy(object)
    number: defaultdict[str, int] = defaultdict(count().__next__)  # of each word, in the order in which they first stand
    found = []
    for name, text in zip(names, documents["text"], strict=True):
        pieces = [surfaces(text[start:end]) for start, end in places.get(name, [])] if isinstance(text, str) else []
        norms = map(NORMS.__getitem__, chain.from_iterable(pieces))
        found.append(np.fromiter(map(number.__getitem__, norms), dtype=np.int32))
    bounds = np.concatenate([[0], np.cumsum([len(codes) for codes in found])]).astype(np.int64)
    return Bodies(names, np.concatenate([*found, np.zeros(0, np.int32)]).astype(np.int64), bounds)


def number_runs(bodies: Bodies, length: int) -> Runs:
    """Number the runs of some words: exact, where a hash could collide.

    A run of 2n words is a pair of runs of n, and one of a length between a pair that overlaps. What stands once in the
    corpus is dropped on the way, since no longer run that holds it can be shared.
    """
    code, bounds = _drop_single(bodies.codes), bodies.bounds
    room = np.repeat(bounds[1:], np.diff(bounds)) - np.arange(len(code))  # words from here to the end of the article
    run = 1
    while run < length:
        step = min(run, length - run)
        found = np.flatnonzero((code[:-step] >= 0) & (code[step:] >= 0) & (room[:-step] >= run + step))
        base = int(code.max(initial=0)) + 1
        pairs = np.unique(code[found] * base + code[found + step], return_inverse=True)[1]
        code = np.full(len(code), -1, dtype=np.int64)
        code[found] = _drop_single(pairs)
        run += step
    total = np.maximum(np.diff(bounds) - length + 1, 0)
    at = np.flatnonzero(code >= 0)
    article = np.searchsorted(bounds, at, side="right") - 1
    base = int(code.max(initial=0)) + 1
    different = np.unique(article * base + code[at]) // base
    again = np.bincount(article, minlength=len(total)) - np.bincount(different, minlength=len(total))
    return Runs(code, bounds, total - again, length)


def _drop_single(code: Numbers) -> Numbers:
    """Put -1 in the place of numbers that occur once, and number the others anew."""
    count = np.bincount(code)
    fresh = np.where(count > 1, np.cumsum(count > 1) - 1, -1)
    return fresh[code] if len(code) else code
