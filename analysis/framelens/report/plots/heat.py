"""Counts in shaded cells: rows under bold headings, a column an outlet or article."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from framelens.report.plots.axes import SHADES, Rows, draw_rows, draw_shades, write_count
from framelens.report.style import LINE

__all__ = ["Cells", "draw_heat"]

FINE = 0.08  # below it ticks are at less than whole per cent
Cells = Mapping[tuple[str, str, str], float]  # by heading, line and column


def draw_heat(ax: Axes, where: Rows, columns: Mapping[str, str], cells: tuple[Cells, Cells], *, upright: bool,
              label: str) -> None:
    """Print the counts of the first cells and shade by the shares of the second; ``columns`` maps a column to its heading.

    There is one mesh a heading, so that headings stay white.
    """
    draw_rows(ax, where)
    counts, shares = cells
    top = max([s for s in shares.values() if pd.notna(s)], default=0) or 1
    mesh = None
    for head, ys in _lines(where).items():
        grid = [[shares.get((head, line, c), float("nan")) for c in columns] for line in ys]
        first = min(ys.values()) - 0.5
        mesh = ax.pcolormesh([c - 0.5 for c in range(len(columns) + 1)], [first + i for i in range(len(ys) + 1)], grid,
                             cmap=SHADES, vmin=0, vmax=top, edgecolors="white", linewidth=LINE)
        for line, y in ys.items():
            for x, column in enumerate(columns):
                ax.text(x, y, write_count(counts.get((head, line, column))), ha="center", va="center_baseline",
                        in_layout=False)
    assert mesh is not None
    bar = draw_shades(mesh, ax, label)
    bar.ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0 if top >= FINE else 1))
    ax.xaxis.tick_top()
    ax.set_xticks(range(len(columns)), list(columns.values()), rotation=90 if upright else 0)
    ax.tick_params(axis="x", length=0)
    ax.spines["bottom"].set_visible(False)


def _lines(where: Rows) -> dict[str, dict[str, float]]:
    """Give the y of each line by heading."""
    out: dict[str, dict[str, float]] = {}
    for (head, line), y in where.y.items():
        out.setdefault(head, {})[line] = y
    return out
