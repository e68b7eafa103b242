"""The specification curve: one conclusion under every choice, the smallest estimate first, above what each chooses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from framelens.errors import SchemaError
from framelens.report.plots.axes import Rows, draw_key, draw_note, draw_rows, split_rows
from framelens.report.plots.plan import Given, Plan, StudyFigure, figure_of
from framelens.report.plots.rows import has_intervals, name_sides
from framelens.report.plots.words import (
    Kind,
    Labels,
    find_highest,
    name_value,
    span,
    tell_levels,
    tell_validation,
    tell_zones,
    write_number,
)
from framelens.report.style import (
    DOUBLE,
    LINE,
    OKABE_ITO,
    Mark,
    find_journal,
    find_width,
    fix_look,
    journal_style,
    new_figure,
    text_width,
)
from framelens.schema import TABLES, validate

__all__ = ["KIND", "PLAN", "SPEC_MARKS", "find_multiverse", "has_multiverse", "plot_multiverse", "read_spec"]

SUMMED = "multiverse_"  # measures that sum up; the others of a multiverse are its specifications
WITHOUT, NONE, ONE = "without", "none", "one term"
OF_BOTH = ("contrast", "group", "stance", "zone")  # what rows that sum up say of their specifications
ONE_CONCLUSION = ("measure", "unit", *OF_BOTH)
HEADS = {"voice": "own voice", "contested": "contested labels", "wire": "copies", "suspects": "suspected paraphrases",
         WITHOUT: "left out of the lexicon"}
SPEC_MARKS: Mapping[str, Mark] = {
    "specification": Mark(OKABE_ITO["black"], "o"), "default": Mark(OKABE_ITO["vermillion"], "D")}
DOT, TICK = 11.0, 6.0  # area in square points: of an estimate, of a choice
CURVE, AROUND, PITCH = 46.0, 9.0, 3.3  # millimetres in 7-point type: the curve, key and margins, row to row below it
LEAST_GAP = 0.7  # points between upright names, below which they touch
MM = 25.4 / 72  # of a point


@dataclass(frozen=True)
class _Board:
    """What stands below the curve: rows, the choices of every column by heading, and the names of the terms left out."""

    rows: Rows
    chosen: Sequence[Mapping[str, str]]
    terms: Sequence[str]

    @property
    def height(self) -> float:
        """Return the height of the page that curve and board need, in millimetres."""
        return ((CURVE + AROUND + self.rows.extent * PITCH) * find_journal().scale
                + max(map(text_width, self.terms), default=0) * MM)


def plot_multiverse(estimates: pd.DataFrame, *, labels: Mapping[str, str] | None = None) -> Axes:
    """Draw one conclusion under every defensible choice: a specification curve (Simonsohn, Simmons & Nelson 2020).

    Every column is a specification, the smallest estimate first: a dot with its interval, hollow where it is described
    only. Below it dots say what it chooses. Terms that are left out are named upright where the columns are wide enough; the
    table has them all.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with one multiverse of :func:`framelens.measure_multiverse`; other rows are not drawn.
    labels : mapping of str to str, optional
        Short names to display: outlet or group → text.

    Returns
    -------
    Axes
        The curve: x is the place of the specification, y the contrast, in its unit. The axes below it are
        ``ax.figure.axes[1]``. It takes two, so it always makes a figure of its own, 183 mm wide.

    Raises
    ------
    SchemaError
        The table holds no multiverse, more than one, or one without any estimate.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour, 4, 1208–1214.
    """
    data = find_multiverse(validate(estimates, "estimates"))
    curve = data[~_sums(data)]
    default = _find_default(data)
    board = _lay_board(curve, default)
    with journal_style():
        figure = new_figure(DOUBLE, board.height)
        ratio = [CURVE, board.rows.extent * PITCH]
        ax, below = figure.subplots(2, 1, sharex=True, height_ratios=ratio)
        for each in (ax, below):
            fix_look(each)
        marks = [SPEC_MARKS["default" if spec == default else "specification"] for spec in curve["spec"]]
        _draw_curve(ax, curve, marks)
        _draw_board(below, board, marks)
        ax.set_title(_title(curve.iloc[0], labels or {}))
        draw_key(_key(curve, default), figure=figure)
    return ax


def has_multiverse(estimates: pd.DataFrame) -> bool:
    """Tell whether a table holds a multiverse with an estimate."""
    return bool((estimates["spec"].notna() & ~_sums(estimates) & estimates["estimate"].notna()).any())


def find_multiverse(estimates: pd.DataFrame) -> pd.DataFrame:
    """Find the rows of a multiverse: its specifications, the smallest estimate first, then those that sum up."""
    summed = _sums(estimates)
    curve = estimates[estimates["spec"].notna() & ~summed]
    if not curve["estimate"].notna().any():
        raise SchemaError("Table 'estimates', column 'spec': plot_multiverse needs specifications with an estimate and no row "
                          "is one. measure_multiverse(annotations, measure, sides=…, only=…) makes them: give it that table.")
    several = [column for column in ONE_CONCLUSION if curve[column].nunique(dropna=False) > 1] or [
        column for column in TABLES["estimates"].key if curve.groupby("spec")[column].nunique(dropna=False).max() > 1]
    if several:
        raise SchemaError(f"Table 'estimates': rows of several multiverses stand together; they differ in {', '.join(several)}. "
                          "Keep one conclusion before calling plot_multiverse.")
    of = (estimates[list(OF_BOTH)].fillna("") == curve[list(OF_BOTH)].iloc[0].fillna("")).all(axis=1)
    return pd.concat([curve.sort_values("estimate", kind="stable"), estimates[summed & of]], ignore_index=True)


def read_spec(spec: str) -> dict[str, str]:
    """Read the choices of one specification.

    Examples
    --------
    >>> read_spec("voice=narrator+indirect, without=those who")
    {'voice': 'narrator+indirect', 'without': 'those who'}
    >>> read_spec("default")
    {}
    """
    return dict(re.findall(r"(\w+)=(.*?)(?=, \w+=|$)", spec))


def _sums(estimates: pd.DataFrame) -> pd.Series:
    return estimates["measure"].str.startswith(SUMMED).astype(bool)


def _find_default(data: pd.DataFrame) -> str | None:
    found = data.loc[data["measure"] == f"{SUMMED}default", "spec"].dropna()
    return None if found.empty else str(found.iloc[0])


def _lay_board(curve: pd.DataFrame, default: str | None) -> _Board:
    """Lay out a row each value of each choice, that of the default first; all terms share one row."""
    specs = [read_spec(spec) for spec in curve["spec"]]
    terms = ["" if spec.get(WITHOUT, NONE) == NONE else spec[WITHOUT] for spec in specs]
    chosen = [{**spec, **({WITHOUT: ONE if term else NONE} if WITHOUT in spec else {})}
              for spec, term in zip(specs, terms, strict=True)]
    first = read_spec(default or "")
    lines: dict[str, list[str]] = {}
    for spec in [{name: value for name, value in first.items() if name in chosen[0]}, *chosen]:
        for name, value in spec.items():
            known = lines.setdefault(name, [])
            known += [value] if value not in known else []
    if not lines:  # nothing varies: one specification
        chosen, lines = [{"default": "as it is"} for _ in specs], {"default": ["as it is"]}
    rows = split_rows({name: HEADS.get(name, name) for name in lines}, lines, {})
    room = (find_width(DOUBLE) / MM - max(text_width(line) for _, line in rows.y) - 40) / len(specs)
    named = _Board(rows, chosen, terms if any(terms) else [])
    fits = room >= find_journal().text + LEAST_GAP and named.height <= find_journal().height
    return named if fits else _Board(rows, chosen, [])


def _draw_curve(ax: Axes, curve: pd.DataFrame, marks: Sequence[Mark]) -> None:
    """Draw dots and intervals against the line of no difference."""
    null = 0.0 if " minus " in str(curve["contrast"].iloc[0]) else 1.0
    ax.axhline(null, color="black", linewidth=LINE, linestyle=(0, (2, 2)), zorder=1)
    for x, (mark, (_, row)) in enumerate(zip(marks, curve.iterrows(), strict=True)):
        if pd.isna(row["estimate"]):
            draw_note(ax, x - 0.3, null, "–")
            continue
        barred = _barred(row)
        if barred:
            ax.vlines(x, row["ci_low"], row["ci_high"], colors=mark.colour, linewidth=1, zorder=2)
        ax.scatter([x], [row["estimate"]], s=DOT, marker=mark.shape, facecolors=mark.colour if barred else "#FFFFFF",
                   edgecolors=mark.colour, linewidths=0.7, zorder=3, clip_on=False)
    if null == 1:
        ax.set_yscale("log")
    else:
        ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    unit = str(curve["unit"].iloc[0])
    ax.set_ylabel(f"difference ({unit})" if null == 0 else unit)
    ax.set_xlim(-0.8, len(curve) - 0.2)
    ax.tick_params(axis="x", length=0, labelbottom=False)
    ax.spines["bottom"].set_visible(False)


def _draw_board(ax: Axes, board: _Board, marks: Sequence[Mark]) -> None:
    """Draw a dot for each choice of each column, and name the terms left out below."""
    draw_rows(ax, board.rows)
    for y in board.rows.y.values():
        ax.axhline(y, color="#CCCCCC", linewidth=LINE, zorder=1)
    for x, (spec, mark) in enumerate(zip(board.chosen, marks, strict=True)):
        at = [board.rows.y[item] for item in spec.items()]
        ax.scatter([x] * len(at), at, s=TICK, marker=mark.shape, color=mark.colour, linewidths=0, zorder=3)
    ax.spines["bottom"].set_visible(False)
    named = {x: term for x, term in enumerate(board.terms) if term}
    ax.set_xticks(list(named), list(named.values()), rotation=90, va="top", ha="center")
    ax.tick_params(axis="x", length=0, labelbottom=bool(named))


def _barred(row: pd.Series) -> bool:
    return bool(np.isfinite(row["ci_low"]) and np.isfinite(row["ci_high"]))


def _key(curve: pd.DataFrame, default: str | None) -> dict[str, Mark]:
    """Explain the marks that are there: the default's colour, filled with an interval, hollow without."""
    plain, chief = SPEC_MARKS["specification"], SPEC_MARKS["default"]
    known = curve[curve["estimate"].notna()]
    barred = known.apply(_barred, axis=1)
    key = {}
    if barred.any():
        key["with interval"] = plain
    if not barred.all():
        key["described only"] = Mark(plain.colour, plain.shape, hollow=True)
    if default in set(known["spec"]):
        key["default"] = Mark(chief.colour, chief.shape, hollow=not barred[known["spec"] == default].all())
    return key


def _title(row: pd.Series, labels: Mapping[str, str]) -> str:
    """Say whose conclusion it is: the two sides, and of which labels."""
    of = [str(value) for value in (row["stance"], labels.get(row["group"], row["group"])) if pd.notna(value)]
    return f"{name_sides(row['contrast'], labels)}: {', '.join(of)}" if of else name_sides(row["contrast"], labels)


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    ax = plot_multiverse(given.estimates, labels=given.labels)
    yield StudyFigure(PLAN.name, KIND, figure_of(ax), find_multiverse(given.estimates))


def _lacks(given: Given) -> str:
    return "" if has_multiverse(given.estimates) else (
        "the table holds no multiverse with an estimate. measure_multiverse makes one; in a study, [multiverse] of study.toml "
        "names its conclusion.")


def _part(data: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """Part the specifications of a multiverse from the rows that sum them up, these by measure."""
    summed = _sums(data)
    whole = data[summed & (data["spec"].isna() | (data["measure"] == f"{SUMMED}default"))]
    return data[~summed], {str(row["measure"]).removeprefix(SUMMED): row for _, row in whole.iterrows()}


def _conclusion(curve: pd.DataFrame, labels: Labels) -> str:
    """Say what is compared, in words: a measure, of which labels, and its two sides."""
    row = curve.iloc[0]
    of = [name_value(value, labels) for value in row[["stance", "group"]].dropna()]
    told = f" ({', '.join(of)})" if of else ""
    return f"{str(row['measure']).replace('_', ' ')}{told}, {name_sides(str(row['contrast']), labels)}"


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    return (f"Specification curve of the {_conclusion(_part(data)[0], labels)}: a column is one specification, the smallest "
            "estimate first, and the dots below it are its choices; dashed line: no difference.")


def _tells(data: pd.DataFrame, labels: Labels) -> list[str]:
    """Tell what a specification curve shows, and how many specifications agree."""
    curve, summed = _part(data)
    barred = curve[curve["ci_low"].notna() & curve["ci_high"].notna()]
    known = int(curve["estimate"].notna().sum())
    parts = [_shows(data, labels), tell_zones(curve),
             f"Specifications: {len(curve)}, of {span(curve['n_documents'])} articles ({span(curve['n_clusters'])} independent "
             f"clusters) and {span(curve['n_units'])} units counted."]
    for name in ("count", "median", "same_direction"):
        if name in summed and pd.notna(summed[name]["note"]):
            parts.append(str(summed[name]["note"]))
    if len(barred):
        parts.append(f"Bars: {tell_levels(barred)} ({'; '.join(barred['method'].dropna().drop_duplicates())}).")
        if "significant" in summed:
            parts.append(str(summed["significant"]["note"]))
    if known > len(barred):
        parts.append(f"Hollow: described only, no interval ({known - len(barred)} of {known}); why stands in the CSV file.")
    return [*parts, tell_validation(curve)]


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    curve, summed = _part(data)
    known = curve[curve["estimate"].notna()]
    ends = (("Lowest", find_highest(known, -1)), ("highest", find_highest(known)))
    told = [f"{word} {write_number(row, 2)}, {str(row['spec']).replace(f'{WITHOUT}={NONE}', 'no term left out')}"
            for word, row in ends]
    told += [f"default {summed['default']['estimate']:.2f}"] if "default" in summed else []
    same = f" {summed['same_direction']['note']}" if "same_direction" in summed else ""
    bars = " with intervals" if has_intervals(curve) else ""
    return (f"Curve of {len(known)} estimates{bars} in rising order against a line of no difference, over a board of the choices "
            f"of each: {_conclusion(curve, labels)}. {'; '.join(told)}.{same}")


KIND = Kind("multiverse", "One conclusion under every choice", _shows, _alt, tells=_tells)
PLAN = Plan("05_multiverse", _draw_figure, _lacks)
