"""Who calls a group what, and in whose voice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from framelens.errors import SchemaError
from framelens.report.plots.axes import (
    PANELS,
    Layout,
    Rows,
    draw_dots,
    draw_key,
    draw_note,
    draw_rows,
    draw_units,
    split_voices,
    write_count,
)
from framelens.report.plots.plan import Given, Plan, StudyFigure, name_page, split_pages
from framelens.report.plots.rows import find_place, find_rows, has_intervals
from framelens.report.plots.words import Cells, Kind, Labels, find_highest, join, name_value, tell_voices, write_number
from framelens.report.style import DOUBLE, SINGLE, STANCE_MARKS, Mark, fix_look, journal_style, new_axes, new_figure, text_width
from framelens.schema import STANCES, validate

__all__ = ["KIND", "PLAN", "find_labels", "plot_labelling"]

KEYS = ("group", "stance", "voice")
MEASURES = {"label_count": "labels (counts only)", "label_share": "share of the labels in that voice"}
SHARES, COUNTS = Layout(4.6, 15), Layout(3.8, 13)
DISC = 8.0  # points: the mark of the largest count; area is proportional to the count
PANEL_ROOM = 160.0  # points that a heading may run over the first of the panels


def plot_labelling(estimates: pd.DataFrame, *, ax: Axes | None = None, group: str | None = None,
                   measure: str | None = None, by: str | None = None, zone: str = "body",
                   labels: Mapping[str, str] | None = None) -> Axes:
    """Draw who calls a group what, and in whose voice.

    Under each outlet or article one row a voice. With intervals, a dot a stance at the share that it has among
    the labels of that voice; without any, the number of labels, printed beside a mark of that area.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with ``label_share`` or ``label_count`` by group, stance and voice.
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made.
    group : str, optional
        The group of the lexicon; by default its first, as the estimates have it.
    measure : {"label_share", "label_count"}, optional
        By default the share where the group has an interval, the count otherwise.
    by : {"outlet", "document_id", "publisher", "origin", "event"}, optional
        Needed only where the table holds rows of several.
    zone : str
        Which zone of the articles.
    labels : mapping of str to str, optional
        Short names to display: outlet, document_id or group → text.

    Returns
    -------
    Axes
        x is the share (0 to 1), or, for counts, a column a stance.

    Raises
    ------
    SchemaError
        The table lacks the measure, the group or the zone, or has two rows for one place.
    """
    checked = validate(estimates, "estimates")
    groups = checked.loc[checked["measure"].isin(MEASURES), "group"].dropna()
    group = group or (groups.iloc[0] if len(groups) else "")
    rows = find_labels(checked, group, measure, by=by, zone=zone)
    where = split_voices(rows, labels)
    with new_axes(ax, width=SINGLE, height=_layout(rows).height(where)) as ax:
        _draw_panel(ax, rows, where, labels=labels)
        if "label_share" in set(rows["measure"]):
            draw_key(_stance_marks(rows), ax=ax)
    return ax


def find_labels(estimates: pd.DataFrame, group: str, measure: str | None, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find the rows of one panel of labels; by default shares if one has an interval, else counts.

    A bare share of few labels would pretend to a precision that nobody has.
    """
    if measure not in (*MEASURES, None):
        raise SchemaError(f"measure is one of {', '.join(MEASURES)}, not {measure!r}.")
    if measure is None:
        shares = estimates["measure"].eq("label_share").any()
        found = find_labels(estimates, group, "label_share", by=by, zone=zone) if shares else None
        if found is not None and has_intervals(found):
            return found
    return find_rows(estimates, [measure or "label_count"], KEYS, plot="plot_labelling", by=by, zone=zone,
                     where={"group": group})


def _layout(rows: pd.DataFrame) -> Layout:
    """Return how high the rows are: three dots beside one another need more than one line of counts."""
    return SHARES if "label_share" in set(rows["measure"]) else COUNTS


def _stance_marks(rows: pd.DataFrame) -> dict[str, Mark]:
    """Return the marks of the stances that the rows hold."""
    return {stance: STANCE_MARKS[stance] for stance in STANCES if stance in set(rows["stance"])}


def _draw_panel(ax: Axes, rows: pd.DataFrame, where: Rows, *, labels: Mapping[str, str] | None, names: bool = True,
                largest: float = 0) -> None:
    """Draw one panel of labels: counts in columns, or shares with intervals on a common axis.

    ``largest`` is the largest count of all panels, so that equal marks mean equal counts.
    """
    measure, group = rows["measure"].iloc[0], rows["group"].iloc[0]
    keys = zip(rows[find_place(rows)], rows["voice"], strict=True)
    rows = rows.assign(y=[where.y[key] for key in keys])
    draw_rows(ax, where, names=names)
    ax.set_title((labels or {}).get(group, group), loc="left")
    ax.set_xlabel(MEASURES[measure])
    if measure == "label_count":
        _draw_counts(ax, rows, where, max(largest, rows["estimate"].max(), 1))
    else:
        _draw_shares(ax, rows, where)


def _draw_shares(ax: Axes, rows: pd.DataFrame, where: Rows) -> None:
    """Draw the stances of a row a little apart, so that equal shares do not hide one another."""
    marks = _stance_marks(rows)
    for number, (stance, mark) in enumerate(marks.items()):
        part = rows[rows["stance"] == stance]
        draw_dots(ax, part, part["y"] + 0.27 * (number - (len(marks) - 1) / 2), mark, mixed=True)
    of = {}
    for key, y in where.y.items():
        line = rows[rows["y"] == y]
        if line["estimate"].isna().all():
            draw_note(ax, 0, y, "–", shift=3)
        of[key] = line["n_units"].max()  # the labels that the shares are of: the same for every stance
    draw_units(ax, where, of)
    ax.set_xlim(-0.03, 1.03)
    ax.set_xticks([0, 0.5, 1])
    ax.spines["bottom"].set_bounds(0, 1)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def _draw_counts(ax: Axes, rows: pd.DataFrame, where: Rows, largest: float) -> None:
    """Draw a column a stance: a mark whose area is the count, with the count beside it."""
    marks, at, x = _stance_marks(rows), {}, DISC / 2
    for stance in marks:
        at[stance] = x  # in points, so that the columns are as wide as their headings
        x += text_width(stance) + 6
    for stance, mark in marks.items():
        part = rows[rows["stance"] == stance]
        hits = part[part["estimate"] > 0]
        ax.scatter([at[stance]] * len(hits), hits["y"], s=DISC**2 * hits["estimate"] / largest, marker=mark.shape,
                   facecolors=mark.face, edgecolors=mark.colour, linewidths=0.7, zorder=3, clip_on=False)
        counts = dict(zip(part["y"], part["estimate"], strict=True))
        for y in where.y.values():
            draw_note(ax, at[stance], y, write_count(counts.get(y)), shift=DISC / 2 + 2.5)
    ax.set_xlim(0, x)
    ax.xaxis.tick_top()
    ax.set_xticks([x - DISC / 2 for x in at.values()], list(at), ha="left")
    ax.tick_params(axis="x", length=0)
    ax.spines["bottom"].set_visible(False)


def _draw_figures(given: Given) -> Iterator[StudyFigure]:
    """Draw a panel a group, three to a figure, with the same rows in each."""
    rows = given.estimates[given.estimates["measure"].isin(MEASURES)]
    groups = list(dict.fromkeys(rows["group"].dropna()))
    if not groups:
        find_labels(given.estimates, "any", None, by=given.by, zone=given.zone)  # says what is missing and who makes it
    for number, first in enumerate(range(0, len(groups), PANELS), 1):
        parts = [find_labels(given.estimates, group, None, by=given.by, zone=given.zone)
                 for group in groups[first:first + PANELS]]
        data = pd.concat(parts, ignore_index=True)
        largest = data.loc[data["measure"] == "label_count", "estimate"].max()
        where = split_voices(data, given.labels, room=PANEL_ROOM)
        with journal_style():
            figure = new_figure(DOUBLE, _layout(data).height(where))
            for panel, part in enumerate(parts):
                ax = figure.add_subplot(1, len(parts), panel + 1)
                fix_look(ax)
                _draw_panel(ax, part, where, labels=given.labels, names=panel == 0, largest=largest)
            if "label_share" in set(data["measure"]):
                draw_key(_stance_marks(data), figure=figure)
        yield StudyFigure(name_page(PLAN.name, number), KIND, figure, data)


def _groups(data: pd.DataFrame, measure: str, labels: Labels) -> str:
    found = data.loc[data["measure"] == measure, "group"].drop_duplicates()
    return join([name_value(g, labels) for g in found]) if len(found) else ""


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    shares, counts = (_groups(data, m, labels) for m in ("label_share", "label_count"))
    voices = "in the outlet's own voice (narrator), in direct and in indirect speech"
    told = []
    if shares:
        told.append(f"Labels for {shares}: the share that each stance has among those {voices}; n: those labels.")
    if counts:
        told.append(f"Labels for {counts}: their number by stance (columns), {voices}; the area of a mark is the number beside "
                    "it.")
    return " ".join(told)


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    """Tell the largest value of each panel, and how much is zero."""
    told = []
    for (group, measure), part in data.groupby(["group", "measure"], sort=False):
        known = part[part["estimate"].notna()]
        share, name = measure == "label_share", name_value(group, labels)
        if known.empty or not known["estimate"].max() > 0:
            told.append(f"{name}: no label")
            continue
        highest = "highest"
        if share:  # 100 % of one label is not what strikes first: look among values with an interval
            barred = known[known["ci_low"].notna() & (known["estimate"] > 0)]
            highest = "highest with an interval" if len(barred) else "highest, none with an interval,"
            known = barred if len(barred) else known
        row = find_highest(known)
        zero = int((known["estimate"] == 0).sum())
        told.append(f"{name}, {'share of labels' if share else 'number of labels'}: {highest} {write_number(row, 0, share)}, "
                    f"{row['stance']}, {row['voice']}, {name_value(row[find_place(data)], labels)}"
                    + ("" if share else f"; {zero} of {len(known)} counts are zero"))
    return f"A panel for each group of people or events, {tell_voices(data)}, a mark for each stance. {'. '.join(told)}."


def _draw_pages(given: Given) -> Iterator[StudyFigure]:
    """Draw the figures of as many outlets or articles as fit a page, then those of the next."""
    groups = given.estimates.loc[given.estimates["measure"].isin(MEASURES), "group"].dropna()
    if groups.empty:
        yield from _draw_figures(given)
        return
    rows, number = find_labels(given.estimates, groups.iloc[0], None, by=given.by, zone=given.zone), 0
    for page in split_pages(rows, lambda part: SHARES.fits(split_voices(part, given.labels, room=PANEL_ROOM))):
        place = given.estimates[find_place(rows)]
        part = given.estimates[place.isna() | place.isin(page[find_place(rows)])]
        for figure in _draw_figures(replace(given, estimates=part)):
            number += 1
            yield replace(figure, name=name_page(PLAN.name, number))


def _missing(cells: Cells, part: pd.DataFrame) -> Cells:
    """Tell once of a voice without any label, which lacks all its stances."""
    voices = [(place, group, voice) for place, group, _, voice in cells]
    stances = part["stance"].nunique()
    return [short if voices.count(short) == stances else cell for short, cell in zip(voices, cells, strict=True)]


KIND = Kind("labels", "Labels by voice", _shows, _alt, unit="labels", keys=KEYS, counts=("label_count",), missing=_missing,
            bare="Counts only where no share has enough labels for an interval.")
PLAN = Plan("01_labels_by_voice", _draw_pages)
