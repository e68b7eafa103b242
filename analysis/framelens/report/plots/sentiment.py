"""The mean tone of each voice, a panel a scorer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from framelens.report.plots.axes import DENSE, PANELS, STEPS, Rows, draw_rows, draw_series, draw_zero, split_voices
from framelens.report.plots.plan import Given, Plan, StudyFigure
from framelens.report.plots.rows import find_place, find_rows, has_intervals
from framelens.report.plots.words import Kind, Labels, find_highest, name_value, tell_voices, write_number
from framelens.report.style import DOUBLE, SINGLE, VOICE_MARKS, fix_look, journal_style, new_axes, new_figure
from framelens.schema import validate

__all__ = ["KIND", "PLAN", "find_sentiment", "plot_sentiment"]

SCORERS = {
    "textblob_polarity": "TextBlob polarity (−1 to 1)", "textblob_subjectivity": "TextBlob subjectivity (0 to 1)",
    "vader_compound": "VADER compound (−1 to 1)",
}
LEAST_TONE = 0.1  # mean scores are shown at least up to here


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
    where = split_voices(rows, labels)
    with new_axes(ax, width=SINGLE, height=DENSE.height(where)) as ax:
        _draw_panel(ax, rows, where)
    return ax


def find_sentiment(estimates: pd.DataFrame, scorer: str, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find the rows of one panel of sentiment: all text, not only the sentences about one group."""
    estimates = estimates[estimates["target_group"].isna() | (estimates["target_group"] == "any")]
    return find_rows(estimates, ["mean_sentiment"], ["voice"], plot="plot_sentiment", by=by, zone=zone,
                     where={"scorer": scorer})


def _draw_panel(ax: Axes, rows: pd.DataFrame, where: Rows, *, names: bool = True) -> None:
    """Draw one panel of sentiment."""
    scorer = rows["scorer"].iloc[0]
    draw_rows(ax, where, names=names)
    draw_series(ax, rows, where, "voice", VOICE_MARKS)
    draw_zero(ax, where)
    low, high = ax.get_xlim()  # differences of a hundredth must not fill the page
    signed = bool((rows["estimate"] < 0).any())
    ax.set_xlim(min(low, -LEAST_TONE) if signed else low, max(high, LEAST_TONE))
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=STEPS))
    plain, without, words = scorer.partition("_without_")
    ax.set_xlabel(f"mean {SCORERS.get(plain, plain)}" + (f"\nwithout words of: {words}" if without else ""))


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    """Draw a panel a scorer: what holds under one scorer only is no finding. Scores without some words stand below."""
    estimates, by, zone = given.estimates, given.by, given.zone
    scorers = sorted(set(estimates.loc[estimates["measure"] == "mean_sentiment", "scorer"].dropna()),
                     key=lambda name: ("_without_" in name, name))
    if not scorers:
        find_sentiment(estimates, "any", by=by, zone=zone)  # says what is missing and who makes it
    parts = [find_sentiment(estimates, scorer, by=by, zone=zone) for scorer in scorers]
    data = pd.concat(parts, ignore_index=True)
    where = split_voices(data, given.labels)
    rows, columns = -(-len(parts) // PANELS), min(len(parts), PANELS)
    with journal_style():
        figure = new_figure(DOUBLE, DENSE.height(where) * rows)
        for panel, part in enumerate(parts):
            ax = figure.add_subplot(rows, columns, panel + 1)
            fix_look(ax)
            _draw_panel(ax, part, where, names=panel % columns == 0)
    yield StudyFigure(PLAN.name, KIND, figure, data)


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    return "Mean score by voice and scorer; n: scored segments; dashed line: zero."


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    place, told = find_place(data), []
    for scorer, part in data[data["estimate"].notna()].groupby("scorer", sort=False):
        rows = {"lowest": find_highest(part, -1), "highest": find_highest(part)}
        told.append(f"{name_value(scorer, labels)}: " + ", ".join(
            f"{word} {write_number(row, 2)}, {row['voice']}, {name_value(row[place], labels)}" for word, row in rows.items()))
    bars = " with intervals" if has_intervals(data) else ""
    return (f"Dot plot{bars}, {tell_voices(data)}, a panel for each scorer, against a zero line. "
            f"{'. '.join(told) or 'No value'}.")


KIND = Kind("sentiment", "Sentiment by voice", _shows, _alt, unit="scored segments", keys=("voice", "scorer"),
            words={"textblob_polarity": "polarity", "textblob_subjectivity": "subjectivity"})
PLAN = Plan("04_sentiment_by_voice", _draw_figure)
