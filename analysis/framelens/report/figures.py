"""The plots: each draws one question from a table of estimates, returns its axes and computes nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator, PercentFormatter

from framelens.errors import SchemaError
from framelens.report.figures_axes import (
    HEAD_ROOM,
    Layout,
    Rows,
    draw_dots,
    draw_key,
    draw_note,
    draw_rows,
    draw_units,
    draw_zero,
    name_places,
    split_columns,
    split_rows,
)
from framelens.report.figures_rows import find_place, find_places, find_rows, has_intervals
from framelens.report.style import (
    DENSITY_MARKS,
    LINE,
    OKABE_ITO,
    SINGLE,
    STANCE_MARKS,
    VOICE_MARKS,
    fix_look,
    new_axes,
    text_width,
)
from framelens.schema import SIDES, SOURCE_TYPES, STANCES, VOICES, validate

__all__ = ["plot_attribution_density", "plot_labelling", "plot_sentiment", "plot_source_types"]

LABEL_KEYS = ("group", "stance", "voice")
LABEL_MEASURES = {"label_count": "labels (counts only)", "label_share": "share of the labels in that voice"}
DENSITIES = {"attribution_density": "wide attribution", "reported_speech_density": "reported speech"}
SOURCES = ("source_type_count", "source_type_share")
SCORERS = {
    "textblob_polarity": "TextBlob polarity (−1 to 1)", "textblob_subjectivity": "TextBlob subjectivity (0 to 1)",
    "vader_compound": "VADER compound (−1 to 1)",
}
LABELS, COUNTS, DENSITY = Layout(4.6, 15), Layout(3.8, 13), Layout(3.6, 10)
STEPS = [1, 2, 5, 10]  # ticks at round numbers
LEAST_TONE = 0.1  # mean scores are shown at least up to here
DISC = 8.0  # points: the mark of the largest count; area is proportional to the count
SHADES = LinearSegmentedColormap.from_list("framelens_shades", ["#FFFFFF", OKABE_ITO["sky blue"]])


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
    groups = checked.loc[checked["measure"].isin(LABEL_MEASURES), "group"].dropna()
    group = group or (groups.iloc[0] if len(groups) else "")
    rows = find_labels(checked, group, measure, by=by, zone=zone)
    where = label_rows(rows, labels)
    with new_axes(ax, width=SINGLE, height=label_layout(rows).height(where)) as ax:
        draw_labels(ax, rows, where, labels=labels)
        if "label_share" in set(rows["measure"]):
            draw_key(stance_marks(rows), ax=ax)
    return ax


def find_labels(estimates: pd.DataFrame, group: str, measure: str | None, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find the rows of one panel of labels; by default shares if one has an interval, else counts.

    A bare share of few labels would pretend to a precision that nobody has.
    """
    if measure not in (*LABEL_MEASURES, None):
        raise SchemaError(f"measure is one of {', '.join(LABEL_MEASURES)}, not {measure!r}.")
    if measure is None:
        shares = estimates["measure"].eq("label_share").any()
        found = find_labels(estimates, group, "label_share", by=by, zone=zone) if shares else None
        if found is not None and has_intervals(found):
            return found
    return find_rows(estimates, [measure or "label_count"], LABEL_KEYS, plot="plot_labelling", by=by, zone=zone,
                     where={"group": group})


def label_layout(rows: pd.DataFrame) -> Layout:
    """Return how high the rows are: three dots beside one another need more than one line of counts."""
    return LABELS if "label_share" in set(rows["measure"]) else COUNTS


def label_rows(rows: pd.DataFrame, labels: Mapping[str, str] | None, *, room: float = HEAD_ROOM) -> Rows:
    """Lay out a row a voice under each outlet or article."""
    names = name_places(rows, labels)
    voices = [v for v in VOICES if v in set(rows["voice"])]
    return split_rows(names, dict.fromkeys(names, voices), {}, room=room)


def stance_marks(rows: pd.DataFrame) -> dict:
    """Return the marks of the stances that the rows hold."""
    return {stance: STANCE_MARKS[stance] for stance in STANCES if stance in set(rows["stance"])}


def draw_labels(ax: Axes, rows: pd.DataFrame, where: Rows, *, labels: Mapping[str, str] | None, names: bool = True,
                largest: float = 0) -> None:
    """Draw one panel of labels: counts in columns, or shares with intervals on a common axis.

    ``largest`` is the largest count of all panels, so that equal marks mean equal counts.
    """
    measure, group = rows["measure"].iloc[0], rows["group"].iloc[0]
    keys = zip(rows[find_place(rows)], rows["voice"], strict=True)
    rows = rows.assign(y=[where.y[key] for key in keys])
    draw_rows(ax, where, names=names)
    ax.set_title((labels or {}).get(group, group), loc="left")
    ax.set_xlabel(LABEL_MEASURES[measure])
    if measure == "label_count":
        _draw_counts(ax, rows, where, max(largest, rows["estimate"].max(), 1))
    else:
        _draw_shares(ax, rows, where)


def _draw_shares(ax: Axes, rows: pd.DataFrame, where: Rows) -> None:
    """Draw the stances of a row a little apart, so that equal shares do not hide one another."""
    marks = stance_marks(rows)
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
    marks, at, x = stance_marks(rows), {}, DISC / 2
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
            draw_note(ax, at[stance], y, _count(counts.get(y)), shift=DISC / 2 + 2.5)
    ax.set_xlim(0, x)
    ax.xaxis.tick_top()
    ax.set_xticks([x - DISC / 2 for x in at.values()], list(at), ha="left")
    ax.tick_params(axis="x", length=0)
    ax.spines["bottom"].set_visible(False)


def _count(n: float | None) -> str:
    return "–" if n is None or pd.isna(n) else f"{n:.0f}"


def plot_attribution_density(estimates: pd.DataFrame, *, ax: Axes | None = None, by: str | None = None,
                             zone: str = "body", labels: Mapping[str, str] | None = None) -> Axes:
    """Draw how much of the news is attributed: wide attribution and reported speech per 1,000 words.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with ``attribution_density`` and ``reported_speech_density``.
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made.
    by, zone, labels
        As for :func:`plot_labelling`.

    Returns
    -------
    Axes
        x is the density per 1,000 words; bars are intervals, where a row has one.

    Raises
    ------
    SchemaError
        The table lacks a measure or the zone, or has two rows for one place.
    """
    rows = find_densities(validate(estimates, "estimates"), by=by, zone=zone)
    names = name_places(rows, labels)
    where = split_rows(names, {place: list(DENSITIES) for place in names}, DENSITIES)
    with new_axes(ax, width=SINGLE, height=DENSITY.height(where)) as ax:
        draw_rows(ax, where)
        _draw_series(ax, rows, where, "measure", DENSITY_MARKS)
        ax.set_xlim(left=0)
        ax.xaxis.set_major_locator(MaxNLocator(5, steps=STEPS))
        ax.set_xlabel("per 1,000 words")
    return ax


def find_densities(estimates: pd.DataFrame, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find the rows of both densities."""
    return find_rows(estimates, list(DENSITIES), plot="plot_attribution_density", by=by, zone=zone)


def _draw_series(ax: Axes, rows: pd.DataFrame, where: Rows, column: str, marks: Mapping) -> None:
    """Draw one dot a row, coloured and shaped by ``column``, with n at the right."""
    keys = list(zip(rows[find_place(rows)], rows[column], strict=True))
    rows, mixed = rows.assign(y=[where.y[key] for key in keys]), has_intervals(rows)
    for value, mark in marks.items():
        part = rows[rows[column] == value]
        draw_dots(ax, part, part["y"], mark, mixed=mixed)
    known = set(rows.loc[rows["estimate"].notna(), "y"])
    ax.autoscale_view()
    for y in where.y.values():
        if y not in known:
            draw_note(ax, 0, y, "–", shift=3)
    draw_units(ax, where, dict(zip(keys, rows["n_units"], strict=True)))


def plot_sentiment(estimates: pd.DataFrame, *, ax: Axes | None = None, scorer: str = "textblob_polarity",
                   by: str | None = None, zone: str = "body", labels: Mapping[str, str] | None = None) -> Axes:
    """Draw the mean sentiment of each voice, against zero.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with ``mean_sentiment`` by voice and scorer.
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made.
    scorer : str
        Whose scores.
    by, zone, labels
        As for :func:`plot_labelling`.

    Returns
    -------
    Axes
        x is the mean score per scored segment, in the unit of the scorer.

    Raises
    ------
    SchemaError
        The table lacks the measure, the scorer or the zone, or has two rows for one place.
    """
    rows = find_sentiment(validate(estimates, "estimates"), scorer, by=by, zone=zone)
    where = label_rows(rows, labels)
    with new_axes(ax, width=SINGLE, height=DENSITY.height(where)) as ax:
        draw_sentiment(ax, rows, where)
    return ax


def find_sentiment(estimates: pd.DataFrame, scorer: str, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find the rows of one panel of sentiment: all text, not only the sentences about one group."""
    estimates = estimates[estimates["target_group"].isna() | (estimates["target_group"] == "any")]
    return find_rows(estimates, ["mean_sentiment"], ["voice"], plot="plot_sentiment", by=by, zone=zone,
                     where={"scorer": scorer})


def draw_sentiment(ax: Axes, rows: pd.DataFrame, where: Rows, *, names: bool = True) -> None:
    """Draw one panel of sentiment."""
    scorer = rows["scorer"].iloc[0]
    draw_rows(ax, where, names=names)
    _draw_series(ax, rows, where, "voice", VOICE_MARKS)
    draw_zero(ax, where)
    low, high = ax.get_xlim()  # differences of a hundredth must not fill the page
    signed = bool((rows["estimate"] < 0).any())
    ax.set_xlim(min(low, -LEAST_TONE) if signed else low, max(high, LEAST_TONE))
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=STEPS))
    plain, without, words = scorer.partition("_without_")
    ax.set_xlabel(f"mean {SCORERS.get(plain, plain)}" + (f"\nwithout words of: {words}" if without else ""))


def plot_source_types(estimates: pd.DataFrame, *, ax: Axes | None = None, by: str | None = None, zone: str = "body",
                      labels: Mapping[str, str] | None = None) -> Axes:
    """Draw who speaks: kinds of source by outlet or article, ordered by side.

    The number printed is the count, the shade the share within the outlet or article. A kind of source that
    no column has is left out.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with ``source_type_count`` and ``source_type_share``.
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made.
    by, zone, labels
        As for :func:`plot_labelling`; ``labels`` may name source types and sides too.

    Returns
    -------
    Axes
        A column an outlet or article, a row a source type.

    Raises
    ------
    SchemaError
        The table lacks a measure or the zone, or has two rows for one place.
    """
    rows = find_sources(validate(estimates, "estimates"), by=by, zone=zone)
    labels = labels or {}
    columns = find_places(rows)
    where = _source_rows(rows, labels)
    heads, upright, deep = split_columns(list(name_places(rows, labels).values()), where)
    with new_axes(ax, width=SINGLE, height=Layout(3.6, 14 + deep).height(where)) as ax:
        draw_rows(ax, where)
        counts, shares = (rows[rows["measure"] == m] for m in SOURCES)
        _draw_cells(ax, counts, shares, where)
        ax.xaxis.tick_top()
        ax.set_xticks(range(len(columns)), heads, rotation=90 if upright else 0)
        ax.tick_params(axis="x", length=0)
        ax.spines["bottom"].set_visible(False)
    return ax


def find_sources(estimates: pd.DataFrame, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find counts and shares by source type."""
    return find_rows(estimates, SOURCES, ["source_type"], plot="plot_source_types", by=by, zone=zone)


def _source_rows(rows: pd.DataFrame, labels: Mapping[str, str]) -> Rows:
    """Lay out the source types that have a hit under their sides, in the order of the schema."""
    found = rows[(rows["measure"] == "source_type_count") & (rows["estimate"] > 0)]
    found = found if len(found) else rows
    side_of = dict(zip(found["source_type"], found["side"].fillna("no side"), strict=True))
    order = [t for t in SOURCE_TYPES if t in side_of] + [t for t in side_of if t not in SOURCE_TYPES]
    sides = [s for s in SIDES if s in side_of.values()] + sorted(set(side_of.values()) - set(SIDES))
    lines = {side: [t for t in order if side_of[t] == side] for side in sides}
    names = {t: labels.get(t, t.replace("_", " ")) for t in order}
    return split_rows({side: labels.get(side, side) for side in sides}, lines, names)


def _draw_cells(ax: Axes, counts: pd.DataFrame, shares: pd.DataFrame, where: Rows) -> None:
    """Shade each cell by its share and print its count; one mesh a side, so that headings stay white."""
    place, columns = find_place(counts), find_places(counts)
    number = counts.set_index(["source_type", place])["estimate"].to_dict()
    share = shares.set_index(["source_type", place])["estimate"].to_dict()
    top = max([s for s in share.values() if pd.notna(s)], default=0) or 1
    mesh = None
    for side in dict.fromkeys(side for side, _ in where.y):
        ys = {line: y for (head, line), y in where.y.items() if head == side}
        grid = [[share.get((line, c), float("nan")) for c in columns] for line in ys]
        first = min(ys.values()) - 0.5
        mesh = ax.pcolormesh([c - 0.5 for c in range(len(columns) + 1)], [first + i for i in range(len(ys) + 1)], grid,
                             cmap=SHADES, vmin=0, vmax=top, edgecolors="white", linewidth=LINE)
        for line, y in ys.items():
            for x, column in enumerate(columns):
                ax.text(x, y, _count(number.get((line, column))), ha="center", va="center_baseline")
    assert mesh is not None
    bar = ax.figure.colorbar(mesh, ax=ax, orientation="horizontal", shrink=0.8, aspect=30, pad=0.02)
    fix_look(bar.ax)
    bar.set_label(f"share of the attributions of the {'article' if place == 'document_id' else 'column'}")
    bar.ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    bar.ax.xaxis.set_major_locator(MaxNLocator(4, steps=STEPS))
    bar.outline.set_linewidth(LINE)
