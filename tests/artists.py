"""What tests of figures read back from the artists: rows, dots, intervals and notes, by heading and line."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.text import Annotation


def lines_of(ax: Axes) -> dict[float, tuple[str, str]]:
    """Read the rows from the tick labels: y → (heading, line)."""
    found, head = {}, ""
    ticks = zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)
    for y, label in sorted(ticks, key=lambda pair: pair[0]):
        if label.get_fontweight() == "bold":
            head = label.get_text().replace("\n", " ")
        else:
            found[float(y)] = (head, label.get_text())
    return found


def nearest(rows: dict[float, tuple[str, str]], y: float) -> tuple[str, str]:
    return rows[min(rows, key=lambda at: abs(at - y))]


def dots(ax: Axes) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Read the dots: (heading, line, colour) → (x, area)."""
    rows, found = lines_of(ax), {}
    for artist in ax.collections:
        if isinstance(artist, PathCollection):
            sizes = list(artist.get_sizes())
            for n, (x, y) in enumerate(artist.get_offsets()):
                key = (*nearest(rows, y), to_hex(artist.get_edgecolor()[0]).upper())
                assert key not in found
                found[key] = (float(x), float(sizes[n % len(sizes)]))
    return found


def bars(ax: Axes) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Read the intervals: (heading, line, colour) → (low, high)."""
    rows, found = lines_of(ax), {}
    for artist in ax.collections:
        if isinstance(artist, LineCollection):
            for (low, y), (high, y_too) in artist.get_segments():
                if y == y_too:  # the zero line stands upright
                    found[(*nearest(rows, y), to_hex(artist.get_color()[0]).upper())] = (float(low), float(high))
    return found


def notes(ax: Axes, x: float | None = None) -> dict[tuple[str, str], str]:
    """Read the texts beside the rows, at one x: (heading, line) → text."""
    rows, found = lines_of(ax), {}
    for text in ax.texts:
        if isinstance(text, Annotation) and text.xy[1] in rows and (x is None or text.xy[0] == pytest.approx(x)):
            found[rows[text.xy[1]]] = text.get_text()
    return found
