"""The sentences around a place in a text: what shows a number or a quotation in its context."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from framelens import schema
from framelens.annotate.bundle import Annotations

__all__ = ["Limits", "around", "find_limits"]

Limits = tuple[list[int], list[int]]


def find_limits(annotations: Annotations) -> dict[str, Limits]:
    """Find where the sentences of each article begin and end."""
    sentences = annotations.tables.get("sentences", schema.empty("sentences")).sort_values("start")
    return {str(name): (own["start"].tolist(), own["end"].tolist()) for name, own in sentences.groupby("document_id")}


def around(limits: Limits | None, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return where the sentence begins in which the first span begins, and where that ends in which the last ends.

    Examples
    --------
    >>> around(([0, 10, 20], [9, 19, 29]), [(12, 14), (21, 23)])
    (10, 29)
    """
    low, high = min(s for s, _ in spans), max(e for _, e in spans)
    if limits is not None:
        starts, ends = limits
        low = min(low, starts[max(0, bisect_right(starts, low) - 1)])
        high = max(high, ends[min(len(ends) - 1, bisect_left(ends, high))])
    return low, high
