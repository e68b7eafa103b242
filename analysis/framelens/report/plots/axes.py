"""What the figures share: rows under bold headings, dots with intervals, a column of n, a key."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colorbar import Colorbar
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from framelens.errors import SchemaError
from framelens.report.plots.rows import find_place, find_places, has_intervals, name_place
from framelens.report.style import BAND, LINE, OKABE_ITO, SINGLE, Mark, find_journal, find_width, fix_look, text_width, wrap_name
from framelens.schema import VOICES

__all__ = [
    "DENSE", "DISC", "HEAD_ROOM", "LEAST_PITCH", "MM", "PANELS", "SHADES", "STEPS", "Layout", "Rows", "count_width", "draw_band",
    "draw_counts", "draw_dots", "draw_key", "draw_note", "draw_rows", "draw_series", "draw_shades", "draw_units", "draw_zero",
    "fit_columns", "fit_text", "name_places", "split_columns", "split_rows", "split_voices", "widest", "write_count",
]

HEAD_ROOM = 205.0  # points that a heading may run, over its axes, on 89 mm; longer ones break
GAP = 0.35  # rows between blocks
SHADES = LinearSegmentedColormap.from_list("framelens_shades", ["#FFFFFF", OKABE_ITO["sky blue"]])
PANELS = 3  # panels side by side on 183 mm
STEPS = [1, 2, 5, 10]  # ticks at round numbers
MM = 25.4 / 72  # of a point
INDENT = 4.0  # points
DISC = 8.0  # points: the mark of the largest count; area is proportional to the count
BESIDE = 2.5  # points between a mark and its count
BIG, SMALL = 11.0, 4.0  # area of a dot in square points
LEAST_PITCH = 3.1  # millimetres from row to row, below which 7-point lines touch


@dataclass(frozen=True)
class Rows:
    """Where the rows of a figure stand: y by (heading, line), headings with their text and y, and the extent."""

    y: Mapping[tuple[str, str], float]
    heads: Sequence[tuple[str, float]]
    names: Mapping[str, str]
    extent: float

    @property
    def blocks(self) -> list[list[float]]:
        """The y of the lines under each heading."""
        out: dict[str, list[float]] = {}
        for (head, _), y in self.y.items():
            out.setdefault(head, []).append(y)
        return list(out.values())


@dataclass(frozen=True)
class Layout:
    """How high a figure gets: millimetres from row to row, and for all that is not rows, in 7-point type."""

    pitch: float
    around: float

    def fits(self, rows: Rows) -> bool:
        """Tell whether the rows fit a page."""
        return (rows.extent * LEAST_PITCH + self.around) * find_journal().scale <= find_journal().height

    def height(self, rows: Rows) -> float:
        """Return the height in millimetres, closing up the rows where the page is too short."""
        journal = find_journal()
        around, wanted = self.around * journal.scale, (rows.extent * self.pitch + self.around) * journal.scale
        if wanted <= journal.height:
            return wanted
        if not self.fits(rows):
            most = int((journal.height - around) / LEAST_PITCH / journal.scale / (rows.extent / len(rows.heads)))
            raise SchemaError(f"Table 'estimates': {len(rows.heads)} outlets or articles do not fit a page of "
                              f"{journal.height:g} mm in {journal.text:g}-point type; at most {most} do. Draw a selection, or "
                              "measure by outlet.")
        return journal.height


DENSE = Layout(3.6, 10)  # one dot a row


def name_places(rows: pd.DataFrame, labels: Mapping[str, str] | None) -> dict[str, str]:
    """Name each outlet or article for the reader, in the order of the table."""
    return {place: name_place(place, labels) for place in find_places(rows)}


def split_rows(heads: Mapping[str, str], lines: Mapping[str, Sequence[str]], names: Mapping[str, str], *,
               room: float = HEAD_ROOM) -> Rows:
    """Give each heading and each line below it its place on the y axis, in row units from the top.

    ``heads`` maps a heading to its text, ``lines`` a heading to its lines, ``names`` a line to its text; headings
    break at ``room`` points.

    Examples
    --------
    >>> rows = split_rows({"a": "Herald"}, {"a": ["direct", "indirect"]}, {})
    >>> rows.y
    {('a', 'direct'): 1.0, ('a', 'indirect'): 2.0}
    """
    y, found, titles = 0.0, {}, []
    for head, text in heads.items():
        title = fit_text(text, room, bold=True)
        deep = title.count("\n") + 1
        titles.append((title, y + (deep - 1) / 2))
        y += deep
        for line in lines[head]:
            found[head, line] = y
            y += 1
        y += GAP
    return Rows(found, titles, dict(names), y - GAP)


def split_voices(rows: pd.DataFrame, labels: Mapping[str, str] | None, *, room: float = HEAD_ROOM) -> Rows:
    """Lay out a row a voice under each outlet or article."""
    names = name_places(rows, labels)
    voices = [v for v in VOICES if v in set(rows["voice"])]
    return split_rows(names, dict.fromkeys(names, voices), {}, room=room)


def split_columns(names: Sequence[str], rows: Rows) -> tuple[list[str], bool, float]:
    """Break names to stand over the columns of a figure of one column, upright where a word is too long for its column.

    Returns the texts, whether they stand upright, and how many millimetres they need in 7-point type.
    """
    room = _column_room(len(names), rows)
    if not fit_columns(len(names), rows):
        most = next((n for n in range(len(names), 1, -1) if fit_columns(n, rows)), 1)
        raise SchemaError(f"Table 'estimates': {len(names)} outlets or articles do not fit a figure of {find_width(SINGLE):g} mm "
                          f"in {find_journal().text:g}-point type; at most {most} do. Draw a selection, or measure by outlet.")
    level = [fit_text(name, room, within_words=False) for name in names]
    lines = max(text.count("\n") + 1 for text in level)
    if max(map(widest, level)) <= room and lines <= 3:
        return level, False, 3.0 * lines
    upright = [wrap_name(name) for name in names]
    return upright, True, max(map(widest, upright)) * MM / find_journal().scale


def fit_columns(n: int, rows: Rows) -> bool:
    """Tell whether a figure of one column has room for ``n`` columns of counts of four digits."""
    return _column_room(n, rows) >= text_width("0000")


def _column_room(n: int, rows: Rows) -> float:
    return (find_width(SINGLE) / MM - _indent(rows) - 8) / n - 3


def widest(text: str, *, bold: bool = False) -> float:
    """Return the width of the widest line of a text, in points."""
    return max(text_width(line, bold=bold) for line in text.split("\n"))


def fit_text(name: str, room: float, *, bold: bool = False, within_words: bool = True) -> str:
    """Break a name into as few lines as fit the room; letters differ in width, so it is tried."""
    for chars in range(len(name), 0, -1):
        text = "\n".join(textwrap.wrap(name, chars, break_long_words=within_words))
        if widest(text, bold=bold) <= room:
            return text
    return name


def _indent(rows: Rows) -> float:
    """Return the width that the names of the lines take, in points."""
    return INDENT + max(text_width(rows.names.get(line, line)) for _, line in rows.y) + 5


def draw_rows(ax: Axes, rows: Rows, *, names: bool = True) -> None:
    """Lay the rows out on the y axis: bold headings at the far left, each above its lines."""
    ax.set_ylim(rows.extent - 0.5, -0.5)
    ax.spines[["left", "top", "right"]].set_visible(False)
    if not names:
        ax.set_yticks([])
        return
    texts = [rows.names.get(line, line) for _, line in rows.y]
    ax.set_yticks([y for _, y in rows.heads] + list(rows.y.values()), [text for text, _ in rows.heads] + texts)
    ax.tick_params(axis="y", length=0, pad=_indent(rows))
    shift = ScaledTranslation(INDENT / 72, 0, ax.figure.dpi_scale_trans)
    for number, label in enumerate(ax.get_yticklabels()):
        label.set_horizontalalignment("left")
        if number < len(rows.heads):
            label.set_fontweight("bold")
        else:
            label.set_transform(label.get_transform() + shift)


def draw_dots(ax: Axes, rows: pd.DataFrame, y: Iterable[float], mark: Mark, *, mixed: bool) -> None:
    """Draw estimates as dots and, where a row has one, its interval as a bar.

    Where only some dots of a figure have one (``mixed``), those without are small: too few to weigh as much.
    """
    at = np.asarray(list(y), dtype=float)
    known = rows["estimate"].notna().to_numpy()
    barred = known & rows["ci_low"].notna().to_numpy() & rows["ci_high"].notna().to_numpy()
    ax.hlines(at[barred], rows["ci_low"][barred], rows["ci_high"][barred], colors=mark.colour, linewidth=1, zorder=2)
    sizes = np.where(barred | (not mixed), BIG, SMALL)[known]
    ax.scatter(rows["estimate"][known], at[known], s=sizes, marker=mark.shape, facecolors=mark.face,
               edgecolors=mark.colour, linewidths=0.7, zorder=3, clip_on=False)


def draw_series(ax: Axes, rows: pd.DataFrame, where: Rows, column: str, marks: Mapping[str, Mark], *, shift: float = 0.0,
                header: str = "n", counts: Mapping[tuple[str, str], float] | None = None) -> None:
    """Draw one dot a row, coloured and shaped by ``column`` and ``shift`` rows below its middle.

    ``counts`` (n_units without) stand under a header at the right.
    """
    keys = list(zip(rows[find_place(rows)], rows[column], strict=True))
    rows, mixed = rows.assign(y=[where.y[key] for key in keys]), has_intervals(rows)
    for value, mark in marks.items():
        part = rows[rows[column] == value]
        draw_dots(ax, part, part["y"] + shift, mark, mixed=mixed)
    known = set(rows.loc[rows["estimate"].notna(), "y"])
    ax.autoscale_view()
    for y in where.y.values():
        if y not in known:
            draw_note(ax, 0, y, "–", shift=3)
    draw_units(ax, where, dict(zip(keys, rows["n_units"], strict=True)) if counts is None else counts, header)


def draw_band(ax: Axes, at: Iterable[float], ends: tuple[float, float]) -> None:
    """Draw a grey band from one value to another behind some rows: what other news has."""
    low, high = ends
    for y in at:
        ax.barh(y, high - low, left=low, height=0.9, color=BAND, linewidth=0, zorder=0)


def draw_zero(ax: Axes, rows: Rows, *, at: float = 0.0) -> None:
    """Draw the zero line, or that of no difference, beside the rows only, so that no heading is crossed out."""
    for block in rows.blocks:
        ax.vlines(at, block[0] - 0.5, block[-1] + 0.5, colors="black", linewidth=LINE, linestyles=(0, (2, 2)), zorder=1)


def draw_units(ax: Axes, rows: Rows, counts: Mapping[tuple[str, str], float], header: str = "n") -> None:
    """Print how much stands behind each row, in a column at the right."""
    texts = {rows.y[key]: write_count(n) for key, n in counts.items() if pd.notna(n)}
    right = 6 + max(map(text_width, [header, *texts.values()]))
    for at, text in [(rows.heads[0][1], header), *texts.items()]:
        ax.annotate(text, (1, at), xycoords=ax.get_yaxis_transform(), xytext=(right, 0), textcoords="offset points",
                    ha="right", va="center_baseline")


def draw_note(ax: Axes, x: float, y: float, text: str, *, shift: float = 0.0) -> None:
    """Write a number or a dash beside a place inside the axes, ``shift`` points to its right: no layout need measure it."""
    ax.annotate(text, (x, y), xytext=(shift, 0), textcoords="offset points", ha="left", va="center_baseline", in_layout=False)


def write_count(n: float | None) -> str:
    """Write a count, or a dash where there is none.

    Examples
    --------
    >>> write_count(157016), write_count(None)
    ('157,016', '–')
    """
    return "–" if n is None or pd.isna(n) else f"{n:,.0f}"


def count_width(heads: Iterable[str], largest: float) -> float:
    """Return how wide the columns of :func:`draw_counts` are, in points."""
    return DISC / 2 + sum(_column_width(head, largest) for head in heads)


def _column_width(head: str, largest: float) -> float:
    return 6 + max(widest(head), DISC + BESIDE + text_width(write_count(largest)))


def draw_counts(ax: Axes, rows: pd.DataFrame, where: Rows, columns: Mapping[str, tuple[str, Mark]], *, column: str,
                largest: float) -> None:
    """Draw a column each value of ``column``: a mark whose area is the count, with the count beside it.

    ``rows`` say where they stand in y; ``columns`` maps a value to heading and mark; ``largest`` is the count of the largest
    mark.
    """
    at, x = {}, DISC / 2
    for value, (head, _) in columns.items():
        at[value] = x  # in points, so that the columns are as wide as their headings
        x += _column_width(head, largest)
    for value, (_, mark) in columns.items():
        part = rows[rows[column] == value]
        hits = part[part["estimate"] > 0]
        ax.scatter([at[value]] * len(hits), hits["y"], s=DISC**2 * hits["estimate"] / largest, marker=mark.shape,
                   facecolors=mark.face, edgecolors=mark.colour, linewidths=0.7, zorder=3, clip_on=False)
        counts = dict(zip(part["y"], part["estimate"], strict=True))
        for y in where.y.values():
            draw_note(ax, at[value], y, write_count(counts.get(y)), shift=DISC / 2 + BESIDE)
    ax.set_xlim(0, x)
    ax.xaxis.tick_top()
    ax.set_xticks([x - DISC / 2 for x in at.values()], [head for head, _ in columns.values()], ha="left")
    ax.tick_params(axis="x", length=0)
    ax.spines["bottom"].set_visible(False)


def draw_shades(shades: ScalarMappable, ax: Axes | Sequence[Axes], label: str, *, shrink: float = 0.8) -> Colorbar:
    """Explain the shades of cells by a bar below the axes."""
    figure = (ax if isinstance(ax, Axes) else ax[0]).figure
    bar = figure.colorbar(shades, ax=ax, orientation="horizontal", shrink=shrink, aspect=30, pad=0.02)
    fix_look(bar.ax)
    bar.set_label(label)
    bar.ax.xaxis.set_major_locator(MaxNLocator(4, steps=STEPS))
    bar.outline.set_linewidth(LINE)
    return bar


def draw_key(marks: Mapping[str, Mark], *, ax: Axes | None = None, figure: Figure | None = None) -> Legend:
    """Explain the marks in one line: above the axes, or above all panels of a figure."""
    handles = [Line2D([], [], linestyle="none", marker=mark.shape, markersize=3.5, markerfacecolor=mark.face,
                      markeredgecolor=mark.colour, markeredgewidth=0.7, label=name) for name, mark in marks.items()]
    if figure is not None:
        return figure.legend(handles=handles, loc="outside upper left", ncols=len(handles))
    assert ax is not None
    ax.set_title(ax.get_title(loc="left"), loc="left", pad=find_journal().text + 6)  # the key stands between title and rows
    return ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(handles))
