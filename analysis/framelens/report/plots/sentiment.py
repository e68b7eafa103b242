"""The mean tone of each voice, a panel a scorer: as the text stands, and without the words that name the event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from framelens.errors import SchemaError
from framelens.report.plots.axes import (
    DENSE,
    PANELS,
    STEPS,
    Layout,
    Rows,
    draw_dots,
    draw_key,
    draw_rows,
    draw_series,
    draw_zero,
    split_voices,
)
from framelens.report.plots.plan import Given, Plan, StudyFigure, name_page, split_pages
from framelens.report.plots.rows import find_place, find_rows, has_intervals
from framelens.report.plots.words import Kind, Labels, find_highest, name_value, tell_voices, write_number
from framelens.report.style import DOUBLE, SINGLE, VOICE_MARKS, Mark, fix_look, journal_style, new_axes, new_figure
from framelens.schema import validate

__all__ = ["KIND", "PLAN", "find_sentiment", "plot_sentiment"]

SCORERS = {"textblob_polarity": "TextBlob polarity", "textblob_subjectivity": "TextBlob subjectivity",
           "vader_compound": "VADER compound"}
RANGES = {"textblob_polarity": " (−1 to 1)", "textblob_subjectivity": " (0 to 1)", "vader_compound": " (−1 to 1)"}
UNSIGNED = "textblob_subjectivity"  # how much somebody judges, not which way: no tone
CLEANED = "_without_"  # what a scorer is called that does not know some words
AS_IT_STANDS = "all words"
APART = 0.2  # rows from the middle of a voice to its two scores
TWICE = Layout(4.8, 15)  # two dots a row, under a key
LEAST_TONE = 0.1  # mean scores are shown at least up to here


def plot_sentiment(estimates: pd.DataFrame, *, ax: Axes | None = None, scorer: str = "textblob_polarity",
                   by: str | None = None, zone: str = "body", labels: Mapping[str, str] | None = None) -> Axes:
    """Draw the mean sentiment of each voice, against zero: does it hang on the words that name the event?

    Filled marks are scores of the text as it stands. If the table has scores without some words (``neutralise`` of
    :class:`framelens.annotate.sentiment.Tone`), a hollow mark stands below.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with ``mean_sentiment`` by voice and scorer.
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made.
    scorer : str
        Whose scores; with ``"vader_compound"`` those of ``"vader_compound_without_events"``, too.
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
    with new_axes(ax, width=SINGLE, height=_layout(rows).height(where)) as ax:
        _draw_panel(ax, rows, where)
        if len(marks := _key(rows)) > 1:
            draw_key(marks, ax=ax)
    return ax


def find_sentiment(estimates: pd.DataFrame, scorer: str, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find the rows of one panel of sentiment: all text, not only the sentences about one group; also without some words."""
    estimates = estimates[estimates["target_group"].isna() | (estimates["target_group"] == "any")]
    cleaned = _scorers(estimates, f"{scorer}{CLEANED}")
    if len(cleaned) > 1:
        raise SchemaError(f"Table 'estimates', column 'scorer': {', '.join(cleaned)} leave out different words. Keep one of them "
                          "before calling plot_sentiment.")
    return pd.concat([find_rows(estimates, ["mean_sentiment"], ["voice"], plot="plot_sentiment", by=by, zone=zone,
                                where={"scorer": name}) for name in (scorer, *cleaned)], ignore_index=True)


def _scorers(estimates: pd.DataFrame, prefix: str = "") -> list[str]:
    names = estimates.loc[estimates["measure"] == "mean_sentiment", "scorer"].dropna()
    return sorted({str(name) for name in names if str(name).startswith(prefix)})


def _words(rows: pd.DataFrame) -> str:
    """Name the words that the second scores leave out, or nothing."""
    return next((name.partition(CLEANED)[2] for name in rows["scorer"] if CLEANED in name), "")


def _layout(rows: pd.DataFrame) -> Layout:
    return TWICE if _words(rows) else DENSE


def _key(rows: pd.DataFrame) -> dict[str, Mark]:
    """Explain filled and hollow."""
    plain = VOICE_MARKS["narrator"]
    words = _words(rows)
    return {AS_IT_STANDS: plain, **({f"without words of {words}": Mark(plain.colour, plain.shape, hollow=True)} if words else {})}


def _draw_panel(ax: Axes, rows: pd.DataFrame, where: Rows, *, names: bool = True) -> None:
    """Draw one panel of sentiment: a dot a voice, or two."""
    scorer, hollow = str(rows["scorer"].iloc[0]), rows["scorer"].str.contains(CLEANED, regex=False)
    draw_rows(ax, where, names=names)
    draw_series(ax, rows[~hollow], where, "voice", VOICE_MARKS, shift=-APART if hollow.any() else 0)
    for voice, part in rows[hollow].groupby("voice", sort=False):
        mark, at = VOICE_MARKS[str(voice)], [where.y[key] for key in zip(part[find_place(part)], part["voice"], strict=True)]
        draw_dots(ax, part, [y + APART for y in at], Mark(mark.colour, mark.shape, hollow=True), mixed=has_intervals(rows))
    ax.autoscale_view()
    draw_zero(ax, where)
    low, high = ax.get_xlim()  # differences of a hundredth must not fill the page
    signed = bool((rows["estimate"] < 0).any())
    ax.set_xlim(min(low, -LEAST_TONE) if signed else low, max(high, LEAST_TONE))
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=STEPS))
    ax.set_xlabel(f"mean {SCORERS.get(scorer, scorer)}{RANGES.get(scorer, '')}")


def _draw_figures(given: Given) -> Iterator[StudyFigure]:
    """Draw a panel a scorer, for what holds under one only is no finding: three to a page, and as many outlets as it holds."""
    scorers = [name for name in _scorers(given.estimates) if CLEANED not in name]
    scorers = [name for name in scorers if name != UNSIGNED] or scorers or ["any"]  # of none: says what is missing
    number = 0
    for first in range(0, len(scorers), PANELS):
        data = pd.concat([find_sentiment(given.estimates, scorer, by=given.by, zone=given.zone)
                          for scorer in scorers[first:first + PANELS]], ignore_index=True)
        for page in split_pages(data, lambda part: _layout(part).fits(split_voices(part, given.labels))):
            number += 1
            yield StudyFigure(name_page(PLAN.name, number), KIND, _draw_page(page, given.labels), page)


def _draw_page(page: pd.DataFrame, labels: Mapping[str, str] | None) -> Figure:
    """Draw the panels of a page side by side."""
    parts, where = dict(list(page.groupby(page["scorer"].str.partition(CLEANED)[0], sort=False))), split_voices(page, labels)
    with journal_style():
        figure = new_figure(DOUBLE if len(parts) > 1 else SINGLE, _layout(page).height(where))
        for panel, part in enumerate(parts.values()):
            ax = figure.add_subplot(1, len(parts), panel + 1)
            fix_look(ax)
            _draw_panel(ax, part, where, names=panel == 0)
        if len(marks := _key(page)) > 1:
            draw_key(marks, figure=figure)
    return figure


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    words = _words(data)
    told = "Mean score by voice"
    if words:
        told += (f": of the text as it stands (filled), and by a scorer that does not know the words of {words} (hollow): what "
                 "moves between the two is brought by what happened")
    return f"{told}; n: scored segments; dashed line: zero."


def _name_scorer(scorer: str, labels: Labels) -> str:
    plain, without, words = scorer.partition(CLEANED)
    return name_value(plain, labels) + (f" without words of {words}" if without else "")


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    place, told = find_place(data), []
    for scorer, part in data[data["estimate"].notna()].groupby("scorer", sort=False):
        rows = {"lowest": find_highest(part, -1), "highest": find_highest(part)}
        told.append(f"{_name_scorer(str(scorer), labels)}: " + ", ".join(
            f"{word} {write_number(row, 2)}, {row['voice']}, {name_value(row[place], labels)}" for word, row in rows.items()))
    bars = " with intervals" if has_intervals(data) else ""
    return (f"Dot plot{bars}, {tell_voices(data)}, a panel for each scorer, against a zero line. "
            f"{'. '.join(told) or 'No value'}.")


KIND = Kind("sentiment", "Sentiment by voice", _shows, _alt, unit="scored segments", keys=("voice", "scorer"), words=SCORERS)
PLAN = Plan("04_sentiment_by_voice", _draw_figures)
