"""How much of the news is attributed: the share of its words, and attributions per 1,000 words, beside other news."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from framelens.errors import SchemaError
from framelens.measure.reference import read_reference
from framelens.report.plots.axes import DENSE, STEPS, Layout, Rows, draw_band, draw_rows, draw_series, name_places, split_rows
from framelens.report.plots.plan import Given, Plan, StudyFigure, name_page, split_pages
from framelens.report.plots.rows import find_place, find_places, find_rows, has_intervals
from framelens.report.plots.words import Cells, Kind, Labels, name_value, write_number
from framelens.report.style import BAND, DENSITY_MARKS, DOUBLE, SINGLE, fix_look, journal_style, new_axes, new_figure
from framelens.schema import validate

__all__ = ["KIND", "PLAN", "find_band", "find_densities", "plot_attribution_density"]

SCALES: Mapping[str, Mapping[str, str]] = {
    "share": {"reported_speech_words_share": "reported speech", "attributed_words_share": "wide attribution"},
    "density": {"reported_speech_density": "reported speech", "attribution_density": "wide attribution"},
}
SENSES = {measure: sense for senses in SCALES.values() for measure, sense in senses.items()}


def plot_attribution_density(estimates: pd.DataFrame, *, ax: Axes | None = None, scale: str = "share",
                             reference: pd.DataFrame | None = None, by: str | None = None, zone: str = "body",
                             labels: Mapping[str, str] | None = None) -> Axes:
    """Draw how much of the news is attributed, as reported speech and in the wide sense.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with the measures of the scale: ``reported_speech_words_share`` and
        ``attributed_words_share``, or ``reported_speech_density`` and ``attribution_density``.
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made.
    scale : {"share", "density"}
        The share of the words that are attributed, which does not depend on how speech is cut into attributions; or
        attributions per 1,000 words.
    reference : DataFrame, optional
        Estimates of other news, such as :func:`framelens.read_reference` gives: a grey band from its lowest to its highest
        outlet is drawn behind the rows, and named by its note up to the first comma.
    by, zone, labels
        As for :func:`plot_labelling`.

    Returns
    -------
    Axes
        x is the share (0 to 1) or the density per 1,000 words; bars are intervals, where a row has one.

    Raises
    ------
    SchemaError
        The table lacks a measure or the zone, or has two rows for one place; there is no such scale; the reference has no row of
        an outlet.
    """
    if scale not in SCALES:
        raise SchemaError(f"scale is one of {', '.join(SCALES)}, not {scale!r}.")
    checked = validate(estimates, "estimates")
    rows = find_densities(checked, by=by, zone=zone, scale=scale)
    band = find_band(checked if reference is None else validate(reference, "estimates"), scale, needed=reference is not None)
    where = _lay_out(rows, labels)
    with new_axes(ax, width=SINGLE, height=_layout(band).height(where)) as ax:
        _draw_panel(ax, rows, band, where, scale)
    return ax


def find_densities(estimates: pd.DataFrame, *, by: str | None, zone: str, scale: str | None = None) -> pd.DataFrame:
    """Find the rows of one scale, or of both."""
    measures = list(SENSES) if scale is None else list(SCALES[scale])
    return find_rows(estimates, measures, plot="plot_attribution_density", by=by, zone=zone)


def find_band(reference: pd.DataFrame, scale: str, *, needed: bool = True) -> pd.DataFrame:
    """Find the lowest and the highest outlet of other news by each measure of a scale, named in the column ``reference``.

    In a table of estimates those rows are of other news that have a ``reference`` and no contrast: so they stand in the CSV file
    of the figure.

    Examples
    --------
    >>> find_band(read_reference(), "share")[["measure", "outlet", "reference"]].values.tolist()[:2]
    [['reported_speech_words_share', 'USA Today', 'US campaign news'], ['reported_speech_words_share', 'Western Journalism', \
'US campaign news']]
    """
    rows = reference[reference["outlet"].notna() & reference["contrast"].isna() & reference["estimate"].notna()]
    rows = rows if needed else rows[rows["reference"].notna()]
    named = rows["reference"].fillna(rows["note"].str.extract("^([^,]*)", expand=False)).fillna("other news")
    rows = rows.assign(reference=named)
    ends = []
    for measure in SCALES[scale]:
        own = rows[rows["measure"] == measure].sort_values("estimate", kind="stable")
        if own.empty and needed:
            raise SchemaError(f"Table 'estimates', column 'measure': the reference has no {measure!r} of an outlet. Give "
                              "estimates of measure_sourcing by outlet, or read_reference().")
        ends += [own.iloc[[0, -1]]] if len(own) else []
    return pd.concat(ends, ignore_index=True) if ends else rows.iloc[:0]


def _lay_out(rows: pd.DataFrame, labels: Mapping[str, str] | None) -> Rows:
    names = name_places(rows, labels)
    return split_rows(names, {place: list(DENSITY_MARKS) for place in names}, {})


def _draw_panel(ax: Axes, rows: pd.DataFrame, band: pd.DataFrame, where: Rows, scale: str, *, names: bool = True) -> None:
    """Draw one scale; the band behind each row is that of its measure."""
    draw_rows(ax, where, names=names)
    for measure, sense in SCALES[scale].items():
        ends = band.loc[band["measure"] == measure, "estimate"]
        if len(ends):
            draw_band(ax, [y for (_, line), y in where.y.items() if line == sense], (ends.min(), ends.max()))
    sensed = rows.assign(sense=rows["measure"].map(SENSES))
    draw_series(ax, sensed, where, "sense", DENSITY_MARKS, header="words" if scale == "share" else "n")
    ax.set_xlim(left=0)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=STEPS))
    if scale == "share":
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel("share of the words" if scale == "share" else "attributions per 1,000 words")
    if len(band):
        _name_band(ax, band)


def _layout(band: pd.DataFrame) -> Layout:
    """Return how high the rows are, with a line above them for the name of the band."""
    return Layout(DENSE.pitch, DENSE.around + 3.5) if len(band) else DENSE


def _name_band(ax: Axes, band: pd.DataFrame) -> None:
    """Name the band above the rows, at the side on which there is room."""
    low, high = ax.get_xlim()
    ends = (band["estimate"].min(), band["estimate"].max())
    middle = (sum(ends) / 2 - low) / (high - low)
    at, side = (ends[0], "left") if middle < 0.35 else (ends[1], "right") if middle > 0.65 else (sum(ends) / 2, "center")
    ax.annotate(band["reference"].iloc[0], (at, 1), xycoords=ax.get_xaxis_transform(), xytext=(0, 1), textcoords="offset points",
                ha=side, va="bottom", bbox={"facecolor": BAND, "linewidth": 0, "pad": 1})  # on the grey that it names


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    """Draw both scales side by side, with the same rows; what does not fit a page stands on the next."""
    rows = find_densities(given.estimates, by=given.by, zone=given.zone)
    bands = {scale: _band_of(given.estimates, rows, scale) for scale in SCALES}
    layout = _layout(pd.concat(bands.values()))
    for page, own in enumerate(split_pages(rows, lambda part: layout.fits(_lay_out(part, given.labels))), 1):
        where = _lay_out(own, given.labels)
        with journal_style():
            figure = new_figure(DOUBLE, layout.height(where))
            for number, (scale, band) in enumerate(bands.items(), 1):
                ax = figure.add_subplot(1, len(SCALES), number)
                fix_look(ax)
                _draw_panel(ax, own[own["measure"].isin(SCALES[scale])], band, where, scale, names=number == 1)
        yield StudyFigure(name_page(PLAN.name, page), KIND, figure, pd.concat([own, *bands.values()], ignore_index=True))


def _band_of(estimates: pd.DataFrame, rows: pd.DataFrame, scale: str) -> pd.DataFrame:
    """Find the band of a table that has one, else the packaged one: not beside the very outlets that it is of."""
    own = find_band(estimates, scale, needed=False)
    packaged = read_reference()
    return own if len(own) or set(packaged["outlet"].dropna()) <= set(find_places(rows)) else find_band(packaged, scale)


def _own(data: pd.DataFrame) -> pd.DataFrame:
    return data[data["reference"].isna()]


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    band = data[data["reference"].notna()]
    told = ("Left, the share of the words that are attributed, as reported speech and in the wide sense (opinions, orders and "
            "evidence too); right, attributions per 1,000 words; n: attributions.")
    if band.empty:
        return told
    ends = [f"{sense} {span}" for sense, span in _tell_ends(band).items()]
    return (f"{told} Grey bands: from the lowest to the highest outlet of {str(band['note'].iloc[0]).rstrip('.')}, measured by "
            f"the same rules: {'; '.join(ends)}. Other times, countries and topics may lie elsewhere.")


def _tell_ends(band: pd.DataFrame) -> dict[str, str]:
    """Tell both ends of the bands by sense, as shares and as densities."""
    told: dict[str, list[str]] = {}
    for measure, ends in band.groupby("measure", sort=False)["estimate"]:
        share = str(measure) in SCALES["share"]
        low, high = (f"{v:.0%}" if share else f"{v:.0f}" for v in (ends.min(), ends.max()))
        told.setdefault(SENSES[str(measure)], []).append(f"{low} to {high}{'' if share else ' per 1,000 words'}")
    return {sense: " and ".join(spans) for sense, spans in told.items()}


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    told, own, band = [], _own(data), data[data["reference"].notna()]
    for place, part in own.groupby(find_place(own), sort=False):
        values = [f"{name_value(row['measure'], labels)} {write_number(row, 1, row['measure'] in SCALES['share'])}"
                  f"{'' if row['measure'] in SCALES['share'] else ' per 1,000 words'}" for _, row in part.iterrows()]
        told.append(f"{name_value(place, labels)}: {', '.join(values)}")
    bars = " with intervals" if has_intervals(own) else ""
    grey = [f" Grey bands of {band['reference'].iloc[0]}: "
            f"{'; '.join(f'{sense} {span}' for sense, span in _tell_ends(band).items())}."] if len(band) else []
    return f"Two dot plots{bars}, shares of words and densities. {'. '.join(told)}.{''.join(grey)}"


def _missing(cells: Cells, part: pd.DataFrame) -> Cells:
    return [(*cell, str(part["measure"].iloc[0])) for cell in cells]


KIND = Kind("density", "How much is attributed", _shows, _alt,
            unit={"words_share": "words (shares)", "density": "attributions (densities)"},
            words={**SCALES["density"], **SCALES["share"]}, missing=_missing, own=_own)
PLAN = Plan("02_attribution_density", _draw_figure)
