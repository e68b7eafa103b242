"""Half-open spans of offsets."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Span", "merge_spans"]

Span = tuple[int, int]


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Unite spans that overlap or touch.

    Examples
    --------
    >>> merge_spans([(5, 9), (0, 3), (2, 4)])
    [(0, 4), (5, 9)]
    """
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
