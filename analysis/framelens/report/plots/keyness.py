"""Which words tell two sides apart: the rate of each key term on either side, as a dumbbell; never a cloud of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter

from framelens.errors import SchemaError
from framelens.report.plots.axes import Layout, Rows, draw_key, draw_rows, split_rows
from framelens.report.plots.plan import Given, Plan, StudyFigure, figure_of, name_page
from framelens.report.plots.rows import name_place
from framelens.report.plots.words import (
    Kind,
    Labels,
    find_highest,
    join,
    name_value,
    span,
    tell_levels,
    tell_methods,
    tell_validation,
)
from framelens.report.style import DOUBLE, LINE, OKABE_ITO, Mark, new_axes, text_width, wrap_name
from framelens.schema import validate

__all__ = ["KIND", "PLAN", "SIDE_MARKS", "find_keyness", "plot_keyness"]

KEYNESS, RATE = "keyness", "term_rate"
KEY = 0.05  # q at which a term tells the sides apart
TARGET, REFERENCE = "target", "reference"
SIDE_MARKS: Mapping[str, Mark] = {
    TARGET: Mark(OKABE_ITO["vermillion"], "D"), REFERENCE: Mark(OKABE_ITO["black"], "o", hollow=True)}
HEADS = ("hits", "log2 ratio", "q")  # of the columns at the right
PITCH, AROUND, KEY_LINE = 4.2, 14.0, 3.0  # millimetres: row to row, key and axis, a line more of the key
APART = 0.17  # rows from the middle of a row to the dot of either side: their intervals overlap
DOT, EDGE, MARGIN = 11.0, 0.6, 0.8  # area in square points; where a rate of 0 stands, of the lowest value; the axis, of that
BETWEEN = 9.0  # points between columns


def plot_keyness(estimates: pd.DataFrame, *, ax: Axes | None = None, contrast: str | None = None,
                 labels: Mapping[str, str] | None = None) -> Axes:
    """Draw the rate of each key term in an outlet and in what it is compared with, on a logarithmic scale.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with rows of :func:`framelens.measure_keyness` and, of the terms to draw, of
        :func:`framelens.measure_term_rates`.
    ax : Axes, optional
        Where to draw; without it a new figure of 183 mm is made.
    contrast : str, optional
        Which contrast ("Herald against the rest"); needed only where the table holds several.
    labels : mapping of str to str, optional
        Short names to display: outlet → text.

    Returns
    -------
    Axes
        x is the rate per 10,000 words; a row is a term, under the side that uses it more, the largest effect first. Bars are
        intervals of the rates. A rate of 0 stands at the left edge. At the right: hits on either side, the effect (log2 of
        the rate ratio) with its interval, and q.

    Raises
    ------
    SchemaError
        The table lacks a measure or the contrast, or holds several and none is named.
    """
    data = find_keyness(validate(estimates, "estimates"), contrast=contrast)
    keys, rates = (data[data["measure"] == measure] for measure in (KEYNESS, RATE))
    heads = {side: f"More in {name_place(side, labels)}" for side in keys["more_in"].drop_duplicates()}
    where = split_rows(heads, {side: list(keys.loc[keys["more_in"] == side, "term"]) for side in heads}, {})
    named = {wrap_name(name_place(side, labels)): SIDE_MARKS[role] for side, role in _sides(keys).items()}
    layout = Layout(PITCH, AROUND + KEY_LINE * max(name.count("\n") for name in named))
    with new_axes(ax, width=DOUBLE, height=layout.height(where)) as ax:
        draw_rows(ax, where)
        ax.set_xscale("log")
        of = dict(zip(keys["term"], keys["more_in"], strict=True))
        _draw_rates(ax, rates.assign(y=[where.y[of[term], term] for term in rates["term"]]), _sides(keys))
        ax.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        ax.xaxis.set_minor_formatter(NullFormatter())
        ax.set_xlabel("per 10,000 words")
        _draw_columns(ax, where, _columns(keys))
        draw_key(named, ax=ax)
    return ax


def find_keyness(estimates: pd.DataFrame, *, contrast: str | None = None) -> pd.DataFrame:
    """Find the rows of the terms that have rates: of keyness, by side and effect, then the rates."""
    rates = estimates[estimates["measure"] == RATE]
    keys = estimates[(estimates["measure"] == KEYNESS) & estimates["p_value"].notna() & estimates["more_in"].notna()]
    known = _contrasts(estimates)
    if not known or keys.empty:
        raise SchemaError("Table 'estimates', column 'measure': plot_keyness needs 'keyness', tested, and 'term_rate', and one "
                          "is not there. measure_keyness and measure_term_rates make them: give plot_keyness both, joined.")
    if len(known) > 1 if contrast is None else contrast not in known:
        raise SchemaError(f"Table 'estimates', column 'contrast': plot_keyness draws one contrast, not {contrast!r}. There are "
                          f"{', '.join(map(repr, known))}. Say which: contrast={known[0]!r}.")
    contrast = contrast or known[0]
    rates = rates[rates["contrast"] == contrast]
    keys = keys[(keys["contrast"] == contrast) & keys["term"].isin(rates["term"])]
    if not rates["term"].isin(keys["term"]).all():
        raise SchemaError(f"Table 'estimates': {contrast!r} has rates of terms without their tested row of keyness. Give "
                          "plot_keyness all rows of measure_keyness and measure_term_rates, joined.")
    several = [column for column in ("voice", "reference") if keys[column].nunique(dropna=False) > 1]
    if several or keys["term"].duplicated().any():
        raise SchemaError("Table 'estimates': a term has several rows of keyness; they differ in "
                          f"{join(several) if several else 'no column'}. Keep one value of it before calling plot_keyness.")
    order = keys.assign(other=keys["more_in"] != keys["outlet"], effect=-keys["estimate"].abs())
    keys = keys.loc[order.sort_values(["other", "effect", "term"]).index]
    return pd.concat([keys, rates], ignore_index=True)


def _sides(keys: pd.DataFrame) -> dict[str, str]:
    """Name the two sides of a contrast, with their roles."""
    first = keys.iloc[0]
    return {str(first["outlet"]): TARGET, str(first["reference"]): REFERENCE}


def _draw_rates(ax: Axes, rates: pd.DataFrame, sides: Mapping[str, str]) -> None:
    """Draw the two rates of each term, a line between them, and their intervals; the axis begins left of the lowest."""
    values = rates[["estimate", "ci_low", "ci_high"]]
    edge = EDGE * float(values[values > 0].min().min())
    shown = rates.assign(x=rates["estimate"].where(rates["estimate"] > 0, edge))
    ends = shown.groupby("y")["x"].agg(["min", "max"])
    ax.hlines(ends.index, ends["min"], ends["max"], colors="#999999", linewidth=LINE, zorder=1)
    for side, role in sides.items():
        mark, own = SIDE_MARKS[role], shown[shown["outlet"] == side]
        y = own["y"] + (-APART if role == TARGET else APART)
        barred = own["ci_low"].notna() & own["ci_high"].notna()
        ax.hlines(y[barred], own["ci_low"][barred].clip(lower=edge), own["ci_high"][barred], colors=mark.colour, linewidth=1,
                  zorder=2)
        for at in y[own["estimate"] == 0]:
            ax.annotate("0", (edge, at), xytext=(-4, 0), textcoords="offset points", ha="right", va="center_baseline")
        ax.scatter(own["x"], y, s=DOT, marker=mark.shape, facecolors=mark.face, edgecolors=mark.colour, linewidths=0.7, zorder=3,
                   clip_on=False)
    ax.set_xlim(left=edge * MARGIN)


def _columns(keys: pd.DataFrame) -> dict[tuple[str, str], Sequence[str]]:
    """Write what stands at the right of each term."""
    texts: dict[tuple[str, str], Sequence[str]] = {}
    for _, row in keys.iterrows():
        bar = f" [{row['ci_low']:.1f}, {row['ci_high']:.1f}]" if pd.notna(row["ci_low"]) else ""
        texts[row["more_in"], row["term"]] = (f"{row['n_units']:.0f} : {row['n_reference']:.0f}",
                                              f"{row['estimate']:+.1f}{bar}".replace("-", "−"), _write_q(row["q_value"]))
    return texts


def _write_q(q: float) -> str:
    return "<.001" if q < 0.001 else f"{q:.3f}".removeprefix("0")


def _draw_columns(ax: Axes, where: Rows, texts: Mapping[tuple[str, str], Sequence[str]]) -> None:
    """Print columns at the right, each right-aligned under its heading."""
    right = 0.0
    for number, head in enumerate(HEADS):
        column = {where.y[key]: own[number] for key, own in texts.items()}
        right += BETWEEN + max(map(text_width, [head, *column.values()]))
        for y, text in [(where.heads[0][1], head), *column.items()]:
            ax.annotate(text, (1, y), xycoords=ax.get_yaxis_transform(), xytext=(right, 0), textcoords="offset points",
                        ha="right", va="center_baseline")


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    for number, contrast in enumerate(_contrasts(given.estimates), 1):
        ax = plot_keyness(given.estimates, contrast=contrast, labels=given.labels)
        data = find_keyness(given.estimates, contrast=contrast)
        yield StudyFigure(name_page(PLAN.name, number), KIND, figure_of(ax), data)


def _contrasts(estimates: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(estimates.loc[estimates["measure"] == RATE, "contrast"].dropna()))


def _lacks(given: Given) -> str:
    if _contrasts(given.estimates):
        return ""
    if (given.estimates["measure"] == KEYNESS).any():
        return ("no term is tested: keyness needs ten independent articles on either side and terms in three of them. Its rows, "
                "with counts, are of measure_keyness.")
    return ("the table holds no rates of key terms. measure_keyness and measure_term_rates make them; in a study, [keyness] of "
            "study.toml names the outlet.")


def _tells(data: pd.DataFrame, labels: Labels) -> list[str]:
    """Tell what is compared, how it was tested, and how many terms pass."""
    keys, rates = (data[data["measure"] == measure] for measure in (KEYNESS, RATE))
    passed = int((keys["q_value"] <= KEY).sum())
    first = keys.iloc[0]
    articles = "; ".join(f"{name_value(side, labels)} {span(own['n_documents'])} ({span(own['n_clusters'])})"
                         for side, own in rates.groupby("outlet", sort=False))
    parts = [_shows(data, labels), f"Articles (independent clusters): {articles}.",
             f"Tested by {first['method']}: {first['family']}."]
    parts.append(f"With q ≤ {KEY:g} (Benjamini and Hochberg): {passed} of the {len(keys)} terms drawn." if passed else
                 f"No term has q ≤ {KEY:g} (Benjamini and Hochberg): the {len(keys)} of the smallest p are drawn, and tell "
                 "nothing apart.")
    barred = rates[rates["ci_low"].notna() & rates["ci_high"].notna()]
    if len(barred):
        parts.append(f"Bars: {tell_levels(barred)} ({tell_methods(barred)}) of the rates; brackets: of the effect.")
    bare = len(rates) - len(barred)
    parts += [f"Without bar: {bare} of {len(rates)} rates, for too few hits or independent articles."] if bare else []
    return [*parts, "That a word is key says nothing of why: names of the outlet itself and of its agencies are words, too.",
            tell_validation(data)]


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    keys = data[data["measure"] == KEYNESS]
    one, other = (name_value(side, labels) for side in _sides(keys))
    voice = f", in the {keys['voice'].iloc[0]} voice only" if keys["voice"].notna().any() else ""
    return (f"Words that {one} uses at another rate than {other}{voice}: rates per 10,000 words of body and headline, on a "
            f"logarithmic scale (0 at the left edge); the largest effects of each side. Hits: {one} : {other}; log2 ratio: 1 is "
            f"twice as often in {one}, −1 half as often, articles weighted by how bursty the word is.")


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    keys = data[data["measure"] == KEYNESS]
    told = []
    for side, own in keys.groupby("more_in", sort=False):
        best = find_highest(own.assign(estimate=own["estimate"].abs()))["term"]
        told.append(f"{len(own)} more in {name_value(side, labels)}, most of all “{best}”")
    sides = join([name_value(side, labels) for side in _sides(keys)])
    return (f"Dumbbell plot of the rates of {len(keys)} words in {sides}, with intervals, ratio and q of each: "
            f"{'; '.join(told)}.")


KIND = Kind("keyness", "Key words", _shows, _alt, unit="hits", tells=_tells)
PLAN = Plan("12_keyness", _draw_figure, _lacks)
