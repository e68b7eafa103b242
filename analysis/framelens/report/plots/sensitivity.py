"""Which conclusion hangs on which term of the lexicon: the estimate with all terms, and without each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from framelens.errors import SchemaError
from framelens.report.plots.axes import STEPS, Layout, Rows, draw_dots, draw_note, draw_rows, draw_units, draw_zero, split_rows
from framelens.report.plots.plan import Given, Plan, StudyFigure, figure_of
from framelens.report.plots.rows import has_intervals
from framelens.report.plots.words import (
    Kind,
    Labels,
    find_highest,
    join,
    name_contrast,
    span,
    tell_levels,
    tell_validation,
    tell_zones,
    write_number,
)
from framelens.report.style import LINE, OKABE_ITO, SINGLE, Mark, new_axes
from framelens.schema import validate

__all__ = ["KIND", "PLAN", "TERM_MARKS", "find_sensitivity", "plot_sensitivity"]

DEFAULT, CHANGED, KEPT = MEASURES = ("multiverse_default", "multiverse_changed", "multiverse_kept")
TERM_MARKS: Mapping[str, Mark] = {
    DEFAULT: Mark(OKABE_ITO["blue"], "s"), CHANGED: Mark(OKABE_ITO["vermillion"], "D"), KEPT: Mark(OKABE_ITO["black"], "o")}
HEADS = {CHANGED: "conclusion changes without", KEPT: "conclusion stays without"}
ALL = "all terms"
SAME = ["estimate", "ci_low", "ci_high", "n_units"]  # a term that leaves these as they are has no label on either side
MOST = 36  # terms that a page holds
NAMED = 6  # terms that a caption names; more are counted
LAYOUT = Layout(3.6, 10)


def plot_sensitivity(estimates: pd.DataFrame, *, ax: Axes | None = None, labels: Mapping[str, str] | None = None) -> Axes:
    """Draw a conclusion without each term of the lexicon: does it hang on one word?

    First the contrast with all terms, then without each: those on which the conclusion hangs, then those that move the estimate
    most. Terms that move no number are not drawn, nor more than fit a page; the caption says how many.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with one multiverse of :func:`framelens.measure_multiverse`; other rows are not drawn.
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made.
    labels : mapping of str to str, optional
        Short names to display: outlet or group → text.

    Returns
    -------
    Axes
        x is the contrast, in its unit, with a dashed line at no difference; bars are intervals, where a row has one.

    Raises
    ------
    SchemaError
        The table holds no multiverse with a term that was left out, or more than one.
    """
    rows = find_drawn(find_sensitivity(validate(estimates, "estimates")))
    where = _lay_rows(rows, labels or {})
    rows = rows.assign(y=[where.y[key] for key in zip(rows["measure"], rows["term"].fillna(ALL), strict=True)])
    mixed = has_intervals(rows)
    with new_axes(ax, width=SINGLE, height=LAYOUT.height(where)) as ax:
        draw_rows(ax, where)
        null = 0.0 if " minus " in str(rows["contrast"].iloc[0]) else 1.0
        for measure, mark in TERM_MARKS.items():
            part = rows[rows["measure"] == measure]
            draw_dots(ax, part, part["y"], mark, mixed=mixed)
        for y in rows.loc[rows["estimate"].isna(), "y"]:
            draw_note(ax, null, y, "–", shift=3)
        _draw_lines(ax, where, null, rows["estimate"].iloc[0])
        draw_units(ax, where, dict(zip(where.y, rows["n_units"], strict=True)))
        unit = str(rows["unit"].iloc[0])
        ax.set_xlabel(f"difference ({unit})" if null == 0 else unit)
    return ax


def find_sensitivity(estimates: pd.DataFrame) -> pd.DataFrame:
    """Find the contrast with all terms, and that without each: those first that change the conclusion."""
    rows = estimates[estimates["measure"].isin(MEASURES)]
    whole = rows["measure"] == DEFAULT
    if not _has_terms(estimates):
        raise SchemaError(f"Table 'estimates', column 'measure': plot_sensitivity needs {DEFAULT!r} with an estimate, and "
                          f"{CHANGED!r} or {KEPT!r}. measure_multiverse(annotations, measure, sides=…, only=…) makes them, "
                          "unless its choices leave no term out: give it that table.")
    if whole.sum() > 1:
        raise SchemaError(f"Table 'estimates': {whole.sum()} multiverses stand together. Keep one conclusion before calling "
                          "plot_sensitivity.")
    return pd.concat([rows[rows["measure"] == measure] for measure in MEASURES], ignore_index=True)


def find_drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """Take the rows for which there is room, without terms that move no number."""
    return rows[_moves(rows)].head(MOST + 1).reset_index(drop=True)


def _moves(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows are to be seen: all but terms without which every number is the same."""
    return (rows[SAME].fillna(0) != rows[SAME].iloc[0].fillna(0)).any(axis=1) | (rows["measure"] != KEPT)


def _has_terms(estimates: pd.DataFrame) -> bool:
    whole = estimates.loc[estimates["measure"] == DEFAULT, "estimate"]
    return bool(whole.notna().any() and estimates["measure"].isin([CHANGED, KEPT]).any())


def _lay_rows(rows: pd.DataFrame, labels: Labels) -> Rows:
    """Lay out the terms under what becomes of the conclusion, all terms under what is compared."""
    lines = {str(measure): list(part["term"].fillna(ALL)) for measure, part in rows.groupby("measure", sort=False)}
    heads = {DEFAULT: name_contrast(rows.iloc[0], labels), **HEADS}
    return split_rows({measure: heads[measure] for measure in lines}, lines, {})


def _draw_lines(ax: Axes, where: Rows, null: float, default: float) -> None:
    """Draw the line of no difference, and a fine one at the estimate with all terms, beside the rows only."""
    draw_zero(ax, where, at=null)
    for block in where.blocks:
        ax.vlines(default, block[0] - 0.5, block[-1] + 0.5, colors=TERM_MARKS[DEFAULT].colour, linewidth=LINE, zorder=1)
    if null == 1:
        ax.set_xscale("log")
    else:
        ax.xaxis.set_major_locator(MaxNLocator(5, steps=STEPS))


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    ax = plot_sensitivity(given.estimates, labels=given.labels)
    yield StudyFigure(PLAN.name, KIND, figure_of(ax), find_sensitivity(given.estimates))


def _lacks(given: Given) -> str:
    return "" if _has_terms(given.estimates) else (
        "no conclusion was drawn again without each term of the lexicon. measure_multiverse does it; in a study, [multiverse] of "
        "study.toml names its conclusion.")


def _terms(rows: pd.DataFrame) -> str:
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    named = [f"“{term}”" for term in rows["term"].head(NAMED)]
    return ", ".join(named) + more if more else join(named)


def _count(n: int) -> str:
    return f"{n} term{'' if n == 1 else 's'}"


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    return (f"{name_contrast(data.iloc[0], labels)}: the contrast with all terms of the lexicon (blue line), and without each; "
            "n: labels that are left to count; dashed line: no difference.")


def _changes(data: pd.DataFrame) -> str:
    changed = data[data["measure"] == CHANGED]
    n = len(data) - 1
    if changed.empty:
        return f"Without any one of {_count(n)} it stays."
    return f"It changes without {len(changed)} of {_count(n)}: {_terms(changed)}."


def _tells(data: pd.DataFrame, labels: Labels) -> list[str]:
    """Tell what the conclusion is, on which terms it hangs, and which are not drawn."""
    drawn, barred = find_drawn(data), data[data["ci_low"].notna()]
    tried, moved, shown = len(data) - 1, int(_moves(data).sum()) - 1, len(drawn) - 1
    parts = [_shows(data, labels), tell_zones(data), f"{data['note'].iloc[0]} {_changes(data)}",
             f"Drawn: {shown}, of {span(drawn['n_documents'])} articles ({span(drawn['n_clusters'])} independent clusters) "
             f"and {span(drawn['n_units'])} labels."]
    if tried > moved:
        parts.append(f"Not drawn for changing no number: {_count(tried - moved)}.")
    if moved > shown:
        parts.append(f"Not drawn for want of room, with less effect: {_count(moved - shown)}.")
    parts += [f"Bars: {tell_levels(barred)} ({'; '.join(barred['method'].dropna().drop_duplicates())})."] if len(barred) else [
        "Described only, no interval: too few labels or independent articles."]
    return [*parts, "The rows are one conclusion seen many times, not many tests.", tell_validation(data)]


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    known, told = data[data["estimate"].notna() & data["term"].notna()], "None has a value"
    if len(known):
        ends = {"Lowest": find_highest(known, -1), "highest": find_highest(known)}
        told = "; ".join(f"{word} {write_number(row, 2)}, without “{row['term']}”" for word, row in ends.items())
    bars = " with intervals" if has_intervals(data) else ""
    return (f"Dot plot{bars}: {name_contrast(data.iloc[0], labels)}, {write_number(data.iloc[0], 2)} with all terms of the "
            f"lexicon, and {len(find_drawn(data)) - 1} times without one of them. {told}. {_changes(data)}")


KIND = Kind("sensitivity", "One conclusion without each term", _shows, _alt, tells=_tells)
PLAN = Plan("13_sensitivity", _draw_figure, _lacks)
