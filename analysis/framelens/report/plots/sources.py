"""Who speaks: kinds of source by outlet or article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes

from framelens.report.plots.axes import Layout, Rows, fit_columns, name_places, split_columns, split_rows
from framelens.report.plots.heat import SHADES, Cells, draw_heat
from framelens.report.plots.plan import Given, Plan, StudyFigure, figure_of, name_page, split_pages
from framelens.report.plots.rows import find_place, find_places, find_rows
from framelens.report.plots.words import Kind, Labels, find_highest, join, name_each, name_value
from framelens.report.style import SINGLE, new_axes
from framelens.schema import SIDES, SOURCE_TYPES, validate

__all__ = ["KIND", "PLAN", "SHADES", "find_sources", "plot_source_types"]

MEASURES = ("source_type_count", "source_type_share")


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
    by_article = find_place(rows) == "document_id"
    where = _source_rows(rows, labels)
    heads, upright, deep = split_columns(list(name_places(rows, labels).values()), where)
    with new_axes(ax, width=SINGLE, height=Layout(3.6, 14 + deep).height(where)) as ax:
        draw_heat(ax, where, dict(zip(find_places(rows), heads, strict=True)),
                  (_cells(rows[rows["measure"] == MEASURES[0]], where), _cells(rows[rows["measure"] == MEASURES[1]], where)),
                  upright=upright, label=f"share of the attributions of the {'article' if by_article else 'column'}")
    return ax


def find_sources(estimates: pd.DataFrame, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find counts and shares by source type."""
    return find_rows(estimates, MEASURES, ["source_type"], plot="plot_source_types", by=by, zone=zone)


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


def _cells(rows: pd.DataFrame, where: Rows) -> Cells:
    """Give the values of one measure by side, source type and outlet or article."""
    side_of = {line: side for side, line in where.y}
    keys = zip(rows["source_type"], rows[find_place(rows)], strict=True)
    return {(side_of[kind], kind, place): value for (kind, place), value in zip(keys, rows["estimate"], strict=True)
            if kind in side_of}


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    """Draw the figure; columns that do not fit a page stand on the next."""
    rows, labels = find_sources(given.estimates, by=given.by, zone=given.zone), given.labels or {}
    pages = split_pages(rows, lambda part: fit_columns(len(find_places(part)), _source_rows(part, labels)))
    for page, own in enumerate(pages, 1):
        ax = plot_source_types(own, zone=given.zone, labels=labels)
        yield StudyFigure(name_page(PLAN.name, page), KIND, figure_of(ax), own)


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    counted = data[data["measure"] == "source_type_count"].groupby("source_type", sort=False)["estimate"].max()
    none = [name_value(t, labels).replace("_", " ") for t in counted.index[~(counted > 0)]]
    if len(none) == len(counted):  # then every kind is drawn, with its zeros
        found = " None was found."
    else:
        found = f" Nowhere found, and left out: {join(none)}." if none else ""
    return ("Attributions by kind of source, ordered by side: the number is printed, the shade is its share within the "
            f"{name_each(data)}.{found}")


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    counts, told = data[data["measure"] == "source_type_count"], []
    for place, part in counts.groupby(find_place(data), sort=False):
        most = find_highest(part)
        kind = name_value(most["source_type"], labels).replace("_", " ")
        told.append(f"{name_value(place, labels)}: "
                    + (f"most often {kind}, {most['estimate']:,.0f}" if most["estimate"] > 0 else "no source"))
    return (f"Heat map of kinds of source by {name_each(data)}, each cell with its count and shaded by its share. "
            f"{'. '.join(told)}.")


KIND = Kind("sources", "Source types", _shows, _alt, unit="attributions", keys=("source_type",), counts=("source_type_count",),
            has_bars=False)
PLAN = Plan("03_source_types", _draw_figure)
