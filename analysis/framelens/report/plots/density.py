"""How much of the news is attributed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from framelens.report.plots.axes import DENSE, STEPS, draw_rows, draw_series, name_places, split_rows
from framelens.report.plots.plan import Given, Plan, StudyFigure, figure_of
from framelens.report.plots.rows import find_place, find_rows, has_intervals
from framelens.report.plots.words import Cells, Kind, Labels, name_value, write_number
from framelens.report.style import DENSITY_MARKS, SINGLE, new_axes
from framelens.schema import validate

__all__ = ["KIND", "PLAN", "find_densities", "plot_attribution_density"]

DENSITIES = {"attribution_density": "wide attribution", "reported_speech_density": "reported speech"}


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
    with new_axes(ax, width=SINGLE, height=DENSE.height(where)) as ax:
        draw_rows(ax, where)
        draw_series(ax, rows, where, "measure", DENSITY_MARKS)
        ax.set_xlim(left=0)
        ax.xaxis.set_major_locator(MaxNLocator(5, steps=STEPS))
        ax.set_xlabel("per 1,000 words")
    return ax


def find_densities(estimates: pd.DataFrame, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find the rows of both densities."""
    return find_rows(estimates, list(DENSITIES), plot="plot_attribution_density", by=by, zone=zone)


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    rows = find_densities(given.estimates, by=given.by, zone=given.zone)
    ax = plot_attribution_density(given.estimates, by=given.by, zone=given.zone, labels=given.labels)
    yield StudyFigure(PLAN.name, KIND, figure_of(ax), rows)


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    return "Attributions, and those of them that report speech, per 1,000 words; n: attributions."


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    told = []
    for place, part in data.groupby(find_place(data), sort=False):
        values = [f"{name_value(row['measure'], labels)} {write_number(row, 1)}" for _, row in part.iterrows()]
        told.append(f"{name_value(place, labels)}: {', '.join(values)}")
    return f"Dot plot{' with intervals' if has_intervals(data) else ''}, per 1,000 words. {'. '.join(told)}."


def _missing(cells: Cells, part: pd.DataFrame) -> Cells:
    return [(*cell, str(part["measure"].iloc[0])) for cell in cells]


KIND = Kind("density", "Attribution density", _shows, _alt, unit="attributions", words=DENSITIES, missing=_missing)
PLAN = Plan("02_attribution_density", _draw_figure)
