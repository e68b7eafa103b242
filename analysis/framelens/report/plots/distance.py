"""How far apart outlets are in their labels or words, beyond what articles dealt out at random give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from framelens.errors import SchemaError
from framelens.report.plots.axes import MM, SHADES, draw_shades, fit_text, widest
from framelens.report.plots.plan import Given, Plan, StudyFigure, figure_of, name_page
from framelens.report.plots.rows import GROUPINGS, name_place
from framelens.report.plots.words import Kind, Labels, find_highest, join, name_value, span, tell_methods, tell_validation
from framelens.report.style import DOUBLE, LINE, SINGLE, find_journal, find_width, fix_look, journal_style, new_figure
from framelens.schema import validate

__all__ = ["KIND", "PLAN", "find_distances", "plot_distance"]

OF = {"label_distance": "labels", "vocabulary_distance": "all words"}
THINNED, NULL, EXCESS = "_thinned", "_null", "_excess"  # what stands beside a distance that is tested
SAID = ("estimate", "ci_low", "ci_high", "q_value")  # what a cell tells of a row
ALPHA = 0.05
# Points, in 7-point type:
CELL, LINES = 34.0, 19.0  # the least width and the height of a cell with two lines
NAME_ROOM = 90.0  # what a name may run before it breaks
AROUND, BAR = 26.0, 34.0  # what a panel needs beside cells and names; the bar of shades
GAP = 14.0  # from panel to panel
LEADING = 8.75  # from line to line
LEAST_SHADE = 0.01  # excesses are shaded at least up to here


@dataclass(frozen=True, eq=False)
class _Panel:
    """One panel: the distances of all pairs in one thing, the names of the outlets, and the rows by pair and measure."""

    measure: str
    group: str
    units: Sequence[str]
    rows: pd.DataFrame

    def cells(self) -> dict[tuple[str, str], dict[str, Mapping[Any, Any]]]:
        """Return the rows of each pair by what they say: "" the distance, and what it is tested against."""
        found: dict[tuple[str, str], dict[str, Mapping[Any, Any]]] = {}
        for row in self.rows[["first", "reference", "measure", *SAID]].to_dict("records"):
            pair = found.setdefault((row["first"], row["reference"]), {})
            pair[str(row["measure"]).removeprefix(self.measure)] = {str(name): value for name, value in row.items()}
        return found

    def title(self, labels: Labels) -> str:
        return f"{OF[self.measure]}: {name_value(self.group, labels)}" if self.group else OF[self.measure]


@dataclass(frozen=True)
class _Grid:
    """How the panels of a page stand: names broken to their room, width and room for a cell, panels in a row, height of each."""

    names: Mapping[str, str]
    heads: Sequence[str]
    upright: bool
    width: float
    columns: int
    height: float

    @property
    def rows(self) -> int:
        """Return how many rows of panels a page holds."""
        return int((find_journal().height / MM - BAR * find_journal().scale) // self.height)


def plot_distance(estimates: pd.DataFrame, *, ax: Axes | None = None, measure: str | None = None, group: str | None = None,
                  by: str | None = None, labels: Mapping[str, str] | None = None) -> Axes:
    """Draw how far apart each two outlets are in their labels or words: further than chance?

    A cell is a pair of outlets. Where it is tested it holds the distance of articles thinned to one length and, below it, what
    articles dealt out at random give (5 to 95 %); its shade is how far the one lies beyond the mean of the other, and a
    star and a frame mark q < .05. In brackets and without shade stands a distance that is described only.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with the rows of :func:`framelens.measure_distance`.
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made, of 183 mm where the outlets are many.
    measure : {"label_distance", "vocabulary_distance"}, optional
        By default the first that the table has.
    group : str, optional
        Of labels: whose; by default the first group with a distance.
    by : {"outlet", "publisher", "origin", "event"}, optional
        Needed only where the table holds rows of several.
    labels : mapping of str to str, optional
        Short names to display: outlet or group → text.

    Returns
    -------
    Axes
        A row and a column an outlet, below the diagonal.

    Raises
    ------
    SchemaError
        The table has no such row, or rows of several voices; or there are more outlets than a page holds.
    """
    panels, bare, _ = _part(find_distances(validate(estimates, "estimates"), by=by))
    fits = [p for p in (*panels, *bare) if measure in (None, p.measure) and group in (None, p.group)]
    if not fits:
        found = "; ".join(p.title({}) for p in (*panels, *bare)) or "none"
        raise SchemaError(f"Table 'estimates': plot_distance was asked for measure {measure!r}, group {group!r}; the rows have "
                          f"distances in {found}. Ask for one of these.")
    return _draw_page(fits[:1], _lay_grid(fits[:1], labels or {}), labels or {}, ax=ax)


def find_distances(estimates: pd.DataFrame, *, by: str | None) -> pd.DataFrame:
    """Find the distances of each two outlets, and what they are tested against."""
    wanted = [f"{measure}{part}" for measure in OF for part in ("", THINNED, NULL, EXCESS)]
    rows = estimates[estimates["measure"].isin(wanted) & estimates["reference"].notna()]
    grouping = rows["reference"].map(_find_grouping).astype(object)
    found = list(grouping.drop_duplicates())
    if by is not None:
        rows = rows[grouping == by]
    elif len(found) > 1:
        raise SchemaError(f"Table 'estimates': distances by {' and by '.join(found)} stand together. Say which plot_distance "
                          f"draws: by={' or by='.join(map(repr, found))}.")
    if rows.empty:
        raise SchemaError(f"Table 'estimates', column 'measure': plot_distance needs {' or '.join(map(repr, OF))} by "
                          f"{by or 'outlet'} and no row has it (there are distances by {' and by '.join(found) or 'nothing'}). "
                          "measure_distance(annotations) makes them: give it that table.")
    if rows.duplicated(["measure", "group", "contrast"]).any():
        raise SchemaError("Table 'estimates': several distances of one pair stand together (of several voices, or measured "
                          "twice). Keep one of each before calling plot_distance.")
    return rows.reset_index(drop=True)


def _find_grouping(side: str) -> str:
    prefix, equals, _ = side.partition("=")
    return prefix if equals and prefix in GROUPINGS else "outlet"


def _part(rows: pd.DataFrame) -> tuple[list[_Panel], list[_Panel], list[_Panel]]:
    """Part the rows into panels that are drawn, those with nothing to test beside others, and those of what no two have."""
    pairs = zip(rows["contrast"].astype(str), rows["reference"].astype(str), strict=True)
    first = [contrast.removesuffix(f" and {other}") for contrast, other in pairs]
    rows = rows.assign(first=first, group=rows["group"].fillna(""),
                       of=rows["measure"].str.replace(f"({THINNED}|{NULL}|{EXCESS})$", "", regex=True))
    units = list(dict.fromkeys([*rows["first"], *rows["reference"]]))
    panels = [_Panel(str(of), str(group), units, part) for (of, group), part in rows.groupby(["of", "group"], sort=False)]
    absent = [p for p in panels if p.rows["estimate"].isna().all()]
    bare = [p for p in panels if p.rows["p_value"].isna().all() and p not in absent]
    drawn = [p for p in panels if p not in absent and p not in bare]
    return (drawn, bare, absent) if drawn else (bare, [], absent)


def _lay_grid(panels: Sequence[_Panel], labels: Labels) -> _Grid:
    """Find how many panels stand side by side, so that every cell holds its text."""
    scale = find_journal().scale
    least, gap, leading = CELL * scale, GAP * scale, LEADING * scale
    names = {unit: fit_text(name_place(unit, labels), NAME_ROOM * scale) for unit in panels[0].units}
    side, n, page = max(map(widest, names.values())) + 8, len(names) - 1, find_width(DOUBLE) / MM
    columns = min(len(panels), int((page - side) // (n * least + gap)))
    if columns < 1:
        raise SchemaError(f"Table 'estimates': distances of {n + 1} outlets do not fit a page of {page * MM:g} mm in "
                          f"{find_journal().text:g}-point type; at most {int((page - side - gap) // least) + 1} do. Draw a "
                          "selection.")
    width = SINGLE if columns == 1 and side + n * least + gap <= find_width(SINGLE) / MM else DOUBLE
    cell = min(2 * least, ((find_width(width) / MM - side) / columns - gap) / n)
    level = [fit_text(name, cell - 3, within_words=False) for name in map(" ".join, map(str.split, names.values()))][:-1]
    turned = [names[unit] for unit in panels[0].units[:-1]]
    flat, tall = leading * max(text.count("\n") + 1 for text in level), max(map(widest, turned))
    upright = max(map(widest, level)) > cell - 3 or flat > max(tall, 3 * leading)
    heads, deep = (turned, tall) if upright else (level, flat)
    lines = max(LINES * scale, max(leading * (text.count("\n") + 1) for text in names.values()) + 2)
    grid = _Grid(names, heads, upright, width, columns, n * lines + deep + AROUND * scale)
    if not grid.rows:
        raise SchemaError(f"Table 'estimates': names of {n + 1} outlets take so many lines that their distances do not fit a "
                          f"page of {find_journal().height:g} mm. Give them shorter names (labels), or draw a selection.")
    return grid


def _draw_page(panels: Sequence[_Panel], grid: _Grid, labels: Labels, *, ax: Axes | None = None) -> Axes:
    """Draw panels side by side and below one another, with one scale of shades."""
    excess = pd.concat([p.rows.loc[p.rows["measure"] == f"{p.measure}{EXCESS}", "estimate"] for p in panels])
    shades = Normalize(0, max(excess.max(), LEAST_SHADE)) if len(excess) else None
    with journal_style():
        axes = [ax] if ax is not None else _new_axes(len(panels), grid, bar=shades is not None)
        for number, (each, panel) in enumerate(zip(axes, panels, strict=True)):
            fix_look(each)
            _draw_panel(each, panel, grid, shades, names=number % grid.columns == 0)
            each.set_title(panel.title(labels))
        if shades is not None:
            short = 0.5 if grid.width == DOUBLE else 0.8
            draw_shades(ScalarMappable(shades, SHADES), axes, "distance beyond chance", shrink=short)
    return axes[0]


def _new_axes(n: int, grid: _Grid, *, bar: bool) -> list[Axes]:
    rows = -(-n // grid.columns)
    figure = new_figure(grid.width, (rows * grid.height + (BAR * find_journal().scale if bar else 0)) * MM)
    return [figure.add_subplot(rows, grid.columns, number + 1) for number in range(n)]


def _draw_panel(ax: Axes, panel: _Panel, grid: _Grid, shades: Normalize | None, *, names: bool) -> None:
    """Draw the cells below the diagonal, with the names of rows at the left and of columns below."""
    units, n = panel.units, len(panel.units) - 1
    beyond, cells = np.full((n, n), np.nan), panel.cells()
    for (x, one), (row, other) in combinations(enumerate(units), 2):
        text, beyond[row - 1, x], found = _read_cell(cells.get((one, other), {}))
        ax.add_patch(Rectangle((x, row - 1), 1, 1, fill=False, edgecolor="black" if found else "#CCCCCC", clip_on=False,
                               linewidth=2 * LINE if found else LINE, zorder=2 + found))
        ax.text(x + 0.5, row - 0.5, text, ha="center", va="center", zorder=4, in_layout=False)
    if shades is not None:
        ax.pcolormesh(range(n + 1), range(n + 1), beyond, cmap=SHADES, norm=shades, zorder=1)
    room = find_width(grid.width) / MM / grid.columns - NAME_ROOM
    ax.set_xlim(0, max(n, room / (2 * CELL)))  # few outlets: no cells as wide as a page
    ax.set_ylim(n, 0)
    ax.set_xticks([x + 0.5 for x in range(n)], grid.heads, rotation=90 if grid.upright else 0)
    ax.set_yticks([y + 0.5 for y in range(n)] if names else [], [grid.names[unit] for unit in units[1:]] if names else [])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def _read_cell(rows: Mapping[str, Mapping[Any, Any]]) -> tuple[str, float, bool]:
    """Return the text of a cell, how far it is beyond chance, and whether q < .05."""
    whole = rows.get("")
    if whole is None or pd.isna(whole["estimate"]):
        return "–", float("nan"), False
    if THINNED not in rows:
        return f"({_short(whole['estimate'])})", float("nan"), False
    found, null = bool(whole["q_value"] < ALPHA), rows[NULL]
    text = f"{_short(rows[THINNED]['estimate'])}{'*' if found else ''}\n{_short(null['ci_low'])}–{_short(null['ci_high'])}"
    return text, float(rows[EXCESS]["estimate"]) if EXCESS in rows else float("nan"), found


def _short(value: float) -> str:
    """Write a distance without its leading zero, for want of room."""
    return f"{value:.2f}".removeprefix("0")


def _draw_figures(given: Given) -> Iterator[StudyFigure]:
    """Draw as many panels on a page as it holds."""
    rows = find_distances(given.estimates, by=given.by)
    panels, bare, absent = _part(rows)
    grid = _lay_grid(panels, given.labels or {})
    most = grid.columns * grid.rows
    for number, at in enumerate(range(0, len(panels), most), 1):
        page = panels[at:at + most]
        figure = figure_of(_draw_page(page, grid, given.labels or {}))
        told = pd.concat([panel.rows for panel in (*page, *((*bare, *absent) if number == 1 else ()))]).index.sort_values()
        yield StudyFigure(name_page(PLAN.name, number), KIND, figure, rows.loc[told].reset_index(drop=True))


def _lacks(given: Given) -> str:
    rows = given.estimates[given.estimates["measure"].isin(list(OF))]
    if rows.empty:
        return ("no distance between outlets was measured. measure_distance does it; a study that compares articles one by "
                "one, or has one outlet, has none.")
    if rows["estimate"].isna().all():
        return "no two outlets have labels of one group, so that none have a distance."
    panels = _part(find_distances(given.estimates, by=given.by))[0]
    try:
        _lay_grid(panels, given.labels or {})
    except SchemaError as error:  # a study of so many outlets has its other figures all the same
        return str(error)
    return ""


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    panels, bare, absent = _part(data)
    groups = [name_value(panel.group, labels) for panel in panels if panel.group]
    of = [*([f"labels for {join(groups)}"] if groups else []), *(OF[panel.measure] for panel in panels if not panel.group)]
    told = f"How far apart each two outlets are in {join(of)} ({data['unit'].iloc[0]})."
    if data["measure"].str.endswith(EXCESS).any():
        told += (" First line of a cell: the distance of articles thinned to one length; second: 5 to 95 % of what articles "
                 "dealt out at random give; shade: how far the distance lies beyond their mean; star and frame: q < .05 (Holm).")
    if bare:
        told += f" Too little to test, and in the CSV file only: {join([panel.title(labels) for panel in bare])}."
    gone = [panel.title(labels) for panel in absent]
    return told + (f" No two outlets have any {join(gone)}." if gone else "")


def _tells(data: pd.DataFrame, labels: Labels) -> list[str]:
    """Tell how many pairs are tested and differ, of how many articles, and why others are described only."""
    whole = data[data["measure"].isin(list(OF))]
    known, tested = whole[whole["estimate"].notna()], whole[whole["p_value"].notna()]
    parts = [_shows(data, labels)]
    if len(known):
        parts.append(f"Behind each distance stand {span(known['n_documents'])} articles ({span(known['n_clusters'])} independent "
                     f"clusters) with {span(known['n_units'])} labels or words.")
    if len(tested):
        parts.append(f"Tested: {len(tested)} pairs, of which {int((tested['q_value'] < ALPHA).sum())} differ "
                     f"({tell_methods(tested)}). Distances have no intervals (chance is printed instead).")
    drawn = pd.concat([panel.rows for panel in _part(data)[0]])
    bare = known[known["p_value"].isna() & known.index.isin(drawn.index)]
    if len(bare):
        why = bare["note"].str.extract(r"Described only: ([^(.]*)")[0].str.strip().dropna().drop_duplicates()
        told = "; ".join(why).replace("one group", "one outlet") or "no reason is told"
        parts.append(f"In brackets, described only: {len(bare)} pairs ({told}).")
    return [*parts, tell_validation(data)]


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    """Tell the pair that is farthest beyond chance, or farthest apart where none is tested."""
    told = []
    for panel in _part(data)[0]:
        excess = panel.rows[panel.rows["measure"] == f"{panel.measure}{EXCESS}"]
        tested = excess["estimate"].notna().any()
        row = find_highest(excess if tested else panel.rows[panel.rows["measure"] == panel.measure])
        n = int((panel.rows["q_value"] < ALPHA).sum())
        pair = _name_pair(row, labels)
        told.append(f"{panel.title(labels)}: " + (
            f"farthest beyond chance {pair}, by {row['estimate']:.2f}; q < .05 in {n} pairs" if tested
            else f"farthest {pair}, {row['estimate']:.2f}, none tested"))
    return f"Heat map of pairs of outlets, each cell with its distance. {'. '.join(told)}."


def _name_pair(row: pd.Series, labels: Labels) -> str:
    return f"{name_value(row['first'], labels)} and {name_value(row['reference'], labels)}"


KIND = Kind("distance", "Distance between outlets, against chance", _shows, _alt, unit="labels or words", tells=_tells)
PLAN = Plan("11_distance", _draw_figures, _lacks)
