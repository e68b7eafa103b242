"""In which form an outlet attributes: direct, mixed, indirect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from framelens.errors import SchemaError
from framelens.report.plots.axes import DENSE, STEPS, Rows, draw_rows, draw_series, name_places, split_rows
from framelens.report.plots.plan import Given, Plan, StudyFigure, figure_of, find_lacking, name_page, split_pages
from framelens.report.plots.rows import find_place, find_rows, has_intervals
from framelens.report.plots.words import Cells, Kind, Labels, find_highest, name_value, write_number
from framelens.report.style import FORM_MARKS, SINGLE, new_axes
from framelens.schema import validate

__all__ = ["KIND", "PLAN", "find_composition", "plot_composition"]

MEASURES: Mapping[str, Mapping[str, str]] = {
    what: {f"{form}_{what}": form for form in FORM_MARKS} for what in ("share", "count")}
FORMS = {measure: form for forms in MEASURES.values() for measure, form in forms.items()}
AXIS = {"share": "share of the attributions", "count": "attributions (counts only)"}


def plot_composition(estimates: pd.DataFrame, *, ax: Axes | None = None, measure: str | None = None, by: str | None = None,
                     zone: str = "body", labels: Mapping[str, str] | None = None) -> Axes:
    """Draw in which form an outlet attributes: in the source's words (direct), in its own (indirect), or in both (mixed).

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with ``direct_share``, ``mixed_share``, ``indirect_share`` and the counts ``direct_count``, ….
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made.
    measure : {"share", "count"}, optional
        By default shares where one has an interval, else counts: a bare share of few attributions would pretend to a precision
        that nobody has.
    by, zone, labels
        As for :func:`plot_labelling`.

    Returns
    -------
    Axes
        x is the share (0 to 1) or the number of attributions; n at the right is that number.

    Raises
    ------
    SchemaError
        The table lacks a measure or the zone, or has two rows for one place.
    """
    rows = find_composition(validate(estimates, "estimates"), measure, by=by, zone=zone)
    what = _drawn(rows)
    where = _lay_out(rows, labels)
    formed = rows.assign(form=rows["measure"].map(FORMS))
    drawn, counted = (formed[formed["measure"].isin(MEASURES[name])] for name in (what, "count"))
    counts = dict(zip(zip(counted[find_place(rows)], counted["form"], strict=True), counted["estimate"], strict=True))
    with new_axes(ax, width=SINGLE, height=DENSE.height(where)) as ax:
        draw_rows(ax, where)
        draw_series(ax, drawn, where, "form", FORM_MARKS, counts=counts)
        ax.set_xlabel(AXIS[what])
        if what == "share":
            ax.set_xlim(0, 1)
            ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        else:
            ax.set_xlim(left=0)
        ax.xaxis.set_major_locator(MaxNLocator(5, steps=STEPS, integer=what == "count"))
    return ax


def find_composition(estimates: pd.DataFrame, measure: str | None = None, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find shares by form with their counts, or counts alone; by default shares if one has an interval."""
    if measure not in (*MEASURES, None):
        raise SchemaError(f"measure is one of {', '.join(MEASURES)}, not {measure!r}.")
    if measure is None:
        shares = set(MEASURES["share"]) <= set(estimates["measure"])
        found = find_composition(estimates, "share", by=by, zone=zone) if shares else None
        if found is not None and has_intervals(found):
            return found
    measures = list(FORMS) if measure == "share" else list(MEASURES["count"])
    return find_rows(estimates, measures, plot="plot_composition", by=by, zone=zone)


def _drawn(rows: pd.DataFrame) -> str:
    """Tell whether shares or counts are drawn of these rows."""
    return "share" if set(MEASURES["share"]) & set(rows["measure"]) else "count"


def _lay_out(rows: pd.DataFrame, labels: Mapping[str, str] | None) -> Rows:
    names = name_places(rows, labels)
    return split_rows(names, {place: list(FORM_MARKS) for place in names}, {})


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    """Draw the figure; what does not fit a page stands on the next."""
    rows = find_composition(given.estimates, by=given.by, zone=given.zone)
    for page, own in enumerate(split_pages(rows, lambda part: DENSE.fits(_lay_out(part, given.labels))), 1):
        ax = plot_composition(own, measure=_drawn(rows), zone=given.zone, labels=given.labels)
        yield StudyFigure(name_page(PLAN.name, page), KIND, figure_of(ax), own)


def _lacks(given: Given) -> str:
    return find_lacking(given, FORMS)


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    of = f"the {'share' if _drawn(data) == 'share' else 'number'}"
    return (f"Attributions by form: {of} of those in the source's own words (direct), in the outlet's (indirect) and in both "
            "(mixed); n: attributions of that form.")


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    shares, place, told = _drawn(data) == "share", find_place(data), []
    drawn = data[data["measure"].isin(MEASURES[_drawn(data)])]
    for name, part in drawn.groupby(place, sort=False):
        values = [f"{FORMS[row['measure']]} {write_number(row, 0, shares)}" for _, row in part.iterrows()]
        most = find_highest(part)
        first = "no attribution" if not most["estimate"] > 0 else f"most often {FORMS[most['measure']]}"
        told.append(f"{name_value(name, labels)}: {first} ({', '.join(values)})")
    return f"Dot plot{' with intervals' if has_intervals(data) else ''}, a row for each form of attribution. {'. '.join(told)}."


def _missing(cells: Cells, part: pd.DataFrame) -> Cells:
    return [(*cell, FORMS[str(part["measure"].iloc[0])]) for cell in cells]


KIND = Kind("composition", "Forms of attribution", _shows, _alt, unit="attributions",
            counts=tuple(MEASURES["count"]), missing=_missing)
PLAN = Plan("06_composition", _draw_figure, _lacks)
