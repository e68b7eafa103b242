"""The figures of a study: the panels of each, with the rows that they draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framelens import schema
from framelens.report.figures import (
    DENSITY,
    draw_labels,
    draw_sentiment,
    find_densities,
    find_labels,
    find_sentiment,
    find_sources,
    label_layout,
    label_rows,
    plot_attribution_density,
    plot_source_types,
    stance_marks,
)
from framelens.report.figures_axes import draw_key
from framelens.report.figures_multiverse import find_multiverse, has_multiverse, plot_multiverse
from framelens.report.style import DOUBLE, fix_look, journal_style, new_figure

__all__ = ["StudyFigure", "plot_study"]

PANELS = 3  # panels side by side on 183 mm
PANEL_ROOM = 160.0  # points that a heading may run over the first of them


@dataclass(frozen=True)
class StudyFigure:
    """One figure of a study: its file name, what it shows, the figure, and the rows drawn."""

    name: str
    kind: str
    figure: Figure
    data: pd.DataFrame


@dataclass(frozen=True)
class Options:
    """What all figures of a study share."""

    by: str | None
    zone: str
    labels: Mapping[str, str] | None


def plot_study(estimates: pd.DataFrame, *, labels: Mapping[str, str] | None = None, by: str | None = None,
               zone: str = "body") -> Iterator[StudyFigure]:
    """Draw the figures of a study, one after the other.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with the measures of all four plots.
    labels : mapping of str to str, optional
        Short names to display: outlet, document_id, group, source type or side → text.
    by : {"outlet", "document_id", "publisher", "origin", "event"}, optional
        Needed only where the table holds rows of several.
    zone : str
        Which zone of the articles.

    Yields
    ------
    StudyFigure
        Labels by voice (one figure for every three groups), attribution density, source types, sentiment; and, where the
        table holds one with an estimate, the multiverse.

    Raises
    ------
    SchemaError
        The table lacks a measure or the zone, or has two rows for one place.
    """
    options = Options(by, zone, labels)
    estimates = schema.validate(estimates, "estimates")
    yield from _label_figures(estimates, options)
    ax = plot_attribution_density(estimates, by=by, zone=zone, labels=labels)
    yield StudyFigure("02_attribution_density", "density", _figure_of(ax), find_densities(estimates, by=by, zone=zone))
    ax = plot_source_types(estimates, by=by, zone=zone, labels=labels)
    yield StudyFigure("03_source_types", "sources", _figure_of(ax), find_sources(estimates, by=by, zone=zone))
    yield _sentiment_figure(estimates, options)
    if has_multiverse(estimates):
        yield StudyFigure("05_multiverse", "multiverse", _figure_of(plot_multiverse(estimates, labels=labels)),
                          find_multiverse(estimates))


def _figure_of(ax: Axes) -> Figure:
    figure = ax.figure
    assert isinstance(figure, Figure)  # a plot that was given no axes made its own figure
    return figure


def _label_figures(estimates: pd.DataFrame, options: Options) -> Iterator[StudyFigure]:
    """Draw a panel a group, three to a figure, with the same rows in each."""
    rows = estimates[estimates["measure"].isin(["label_count", "label_share"])]
    groups = list(dict.fromkeys(rows["group"].dropna()))
    if not groups:
        find_labels(estimates, "any", None, by=options.by, zone=options.zone)  # says what is missing and who makes it
    for number, first in enumerate(range(0, len(groups), PANELS), 1):
        parts = [find_labels(estimates, group, None, by=options.by, zone=options.zone)
                 for group in groups[first:first + PANELS]]
        data = pd.concat(parts, ignore_index=True)
        largest = data.loc[data["measure"] == "label_count", "estimate"].max()
        where = label_rows(data, options.labels, room=PANEL_ROOM)
        with journal_style():
            figure = new_figure(DOUBLE, label_layout(data).height(where))
            for panel, part in enumerate(parts):
                ax = figure.add_subplot(1, len(parts), panel + 1)
                fix_look(ax)
                draw_labels(ax, part, where, labels=options.labels, names=panel == 0, largest=largest)
            if "label_share" in set(data["measure"]):
                draw_key(stance_marks(data), figure=figure)
        yield StudyFigure("01_labels_by_voice" + (f"_{number}" if number > 1 else ""), "labels", figure, data)


def _sentiment_figure(estimates: pd.DataFrame, options: Options) -> StudyFigure:
    """Draw a panel a scorer: what holds under one scorer only is no finding. Scores without some words stand below."""
    scorers = sorted(set(estimates.loc[estimates["measure"] == "mean_sentiment", "scorer"].dropna()),
                     key=lambda name: ("_without_" in name, name))
    if not scorers:
        find_sentiment(estimates, "any", by=options.by, zone=options.zone)  # says what is missing and who makes it
    parts = [find_sentiment(estimates, scorer, by=options.by, zone=options.zone) for scorer in scorers]
    data = pd.concat(parts, ignore_index=True)
    where = label_rows(data, options.labels)
    rows, columns = -(-len(parts) // PANELS), min(len(parts), PANELS)
    with journal_style():
        figure = new_figure(DOUBLE, DENSITY.height(where) * rows)
        for panel, part in enumerate(parts):
            ax = figure.add_subplot(rows, columns, panel + 1)
            fix_look(ax)
            draw_sentiment(ax, part, where, names=panel % columns == 0)
    return StudyFigure("04_sentiment_by_voice", "sentiment", figure, data)
