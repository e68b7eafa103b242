"""Tone toward a group: the sentences in which its labels stand, and the words around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from framelens.text.view import View

__all__ = ["LABEL", "SENTENCE", "WINDOWS", "WORDS", "Passage", "passages_of"]

SENTENCE, WORDS = "sentence", "8 words"
WINDOWS = (SENTENCE, WORDS)
REACH = 8  # words on either side of a label
LABEL = "label"  # stands for each word of a label that is left out; neither scorer knows it

Row = dict[str, Any]


class Passage(NamedTuple):
    """What is scored toward a group: its window, and the labels of the group that stand in it."""

    group: str
    window: str
    start: int
    end: int
    labels: tuple[tuple[int, int], ...]

    def read(self, view: View, without_labels: bool) -> str:
        """Give its text, each word of a label replaced by the word "label" if they are left out."""
        if not without_labels:
            return view.text[self.start:self.end]
        parts, at = [], self.start
        for start, end in self.labels:
            start, end = max(start, at), min(end, self.end)
            if start < end:
                parts += [view.text[at:start], " ".join([LABEL] * max(1, len(view.words_in(start, end))))]
                at = end
        return "".join([*parts, view.text[at:self.end]])


def passages_of(view: View, segment: tuple[int, int], mentions: Sequence[Row], windows: Sequence[str]) -> Iterator[Passage]:
    """Yield the passages of one segment (a sentence, or its part in one voice) in which labels begin.

    ``mentions`` begin in the segment, in the order of the text. Each group has one passage for its sentence; its windows of
    words end where the segment does, and those that overlap or touch are one.
    """
    start, end = segment
    by_group: dict[str, list[tuple[int, int]]] = {}
    for row in mentions:
        by_group.setdefault(row["group"], []).append((row["start"], row["end"]))
    words = view.words_in(start, end)
    for group, labels in by_group.items():
        own = tuple(labels)
        if SENTENCE in windows:
            yield Passage(group, SENTENCE, start, end, own)
        if WORDS in windows:
            runs: list[list[int]] = []
            for low, high in labels:
                first = max(words.start, bisect_left(view.starts, low) - REACH)
                last = min(words.stop, bisect_left(view.starts, high) + REACH)
                if runs and first <= runs[-1][1]:
                    runs[-1][1] = max(last, runs[-1][1])
                else:
                    runs.append([first, last])
            for first, last in runs:
                yield Passage(group, WORDS, start if first == words.start else view.starts[first],
                              end if last == words.stop else view.ends[last - 1], own)
