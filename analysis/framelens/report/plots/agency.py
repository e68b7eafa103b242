"""Who is hurt without anybody doing it: how clauses of violence are built and whom they name as agent, by victim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from framelens.errors import SchemaError
from framelens.report.plots.axes import (
    MM,
    Layout,
    Rows,
    count_width,
    draw_counts,
    draw_dots,
    draw_rows,
    draw_units,
    fit_text,
    name_places,
    split_rows,
    widest,
)
from framelens.report.plots.plan import Given, Plan, StudyFigure, figure_of, name_page, split_pages
from framelens.report.plots.rows import find_place, find_rows, has_intervals
from framelens.report.plots.words import Cells, Kind, Labels, find_highest, join, name_each, name_value, write_number
from framelens.report.style import (
    DOUBLE,
    OKABE_ITO,
    SINGLE,
    Mark,
    find_journal,
    find_width,
    fix_look,
    journal_style,
    new_axes,
    new_figure,
)
from framelens.schema import CONSTRUCTIONS, VOICES, validate

__all__ = ["AGENCY_MARKS", "KIND", "PLAN", "find_agency", "plot_agency"]

COUNT, SHARE, AGENT = "agency_clause_count", "agency_construction_share", "agency_agent_count"
AGENTLESS, ANY, NONE = "passive_agentless", "any", "none"
HEADS = {"active": "active", "passive_agent": "passive,\nby agent", AGENTLESS: "passive,\nno agent", "nominal": "noun",
         "intransitive": "intran-\nsitive"}
AGENCY_MARKS: Mapping[str, Mark] = {
    "other": Mark(OKABE_ITO["black"], "o", hollow=True), AGENTLESS: Mark(OKABE_ITO["vermillion"], "v"),
    "agent": Mark(OKABE_ITO["blue"], "s")}
VICTIMS = {ANY: "anybody", NONE: "others"}  # of no group of the lexicon, or not named
DOER = "who does it (clauses)"
MARGINS = 45.0  # points, in 7-point type, between the panels and at the edges
HEAD_ROOM = 44.0  # points, in 7-point type, that the name of a group runs over its column before it breaks
NOBODY = "nobody,\nothers"
LAYOUT = Layout(3.6, 17)
BASIS = 80.0  # points, in 7-point type, for an axis of shares with its column of n


def plot_agency(estimates: pd.DataFrame, *, ax: Axes | None = None, voice: str = "narrator", by: str | None = None,
                labels: Mapping[str, str] | None = None) -> Axes:
    """Draw how clauses of violence and harm are built, by who suffers: who is hurt without anybody doing it?

    Under each outlet or article one row a group of victims, and a column a construction: the number of clauses beside a mark of
    that area. Without ``ax`` two panels stand beside it: the share of passives without agent, if any has an interval, and
    the number of clauses by the group that is named as agent. Victims of whom there is no clause have no row there.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with the measures of :func:`framelens.measure_agency`.
    ax : Axes, optional
        Where to draw the constructions; without it a new figure of 183 mm with all panels is made.
    voice : {"narrator", "direct", "indirect"}
        In whose voice: by default the outlet's own.
    by : {"outlet", "document_id", "publisher", "origin", "event"}, optional
        Needed only where the table holds rows of several.
    labels : mapping of str to str, optional
        Short names to display: outlet, document_id or group → text.

    Returns
    -------
    Axes
        The constructions: a column each, a row a group of victims.

    Raises
    ------
    SchemaError
        The table lacks the measures or the voice, or has two rows for one place; or there are more outlets or articles than a
        page holds.
    """
    rows = find_agency(validate(estimates, "estimates"), voice, by=by)
    if ax is None:
        return _draw_page(rows, labels or {})
    where = _lay_rows(rows, labels or {})
    with new_axes(ax, width=SINGLE, height=LAYOUT.height(where)) as ax:
        _draw_constructions(ax, _Panels(rows, where, labels or {}), names=True)
    return ax


def find_agency(estimates: pd.DataFrame, voice: str, *, by: str | None) -> pd.DataFrame:
    """Find clauses by victim and construction, and by victim and agent, and the shares of passives without agent.

    Shares only if one has an interval: a bare share of few clauses would pretend to a precision that nobody has.
    """
    if voice not in VOICES:
        raise SchemaError(f"voice is one of {', '.join(VOICES)}, not {voice!r}.")
    asked: Sequence[tuple[str, str, Mapping[str, str]]] = (
        (COUNT, "construction", {}), (SHARE, "construction", {"construction": AGENTLESS}), (AGENT, "agent_group", {}))
    counts, shares, agents = (find_rows(estimates, [measure], ["patient_group", key], plot="plot_agency", by=by,
                                        where={"voice": voice, **more}) for measure, key, more in asked)
    return pd.concat([counts, *([shares] if has_intervals(shares) else []), agents], ignore_index=True)


@dataclass(frozen=True)
class _Panels:
    """What the panels of a page share."""

    rows: pd.DataFrame
    where: Rows
    labels: Labels

    def take(self, measure: str) -> pd.DataFrame:
        """Take the rows of a measure that are drawn, with their place in y."""
        part = self.rows[self.rows["measure"] == measure]
        keys = zip(part[find_place(part)], part["patient_group"], strict=True)
        part = part.assign(y=[self.where.y.get(key, np.nan) for key in keys])
        return part[part["y"].notna()]


def _victims(rows: pd.DataFrame) -> list[str]:
    """Name the groups of victims of whom there is a clause, and all together."""
    counts = rows[rows["measure"] == COUNT].groupby("patient_group", sort=False)["estimate"].sum()
    found = [group for group in counts.index[counts > 0] if group not in VICTIMS]
    return [*found, *([NONE] if counts.get(NONE, 0) > 0 else []), ANY]


def _lay_rows(rows: pd.DataFrame, labels: Labels) -> Rows:
    place = find_place(rows)
    lines = {str(name): _victims(part) for name, part in rows.groupby(place, sort=False)}
    return split_rows(name_places(rows, labels), lines, {v: labels.get(v, VICTIMS.get(v, v)) for v in _victims(rows)})


def _columns(rows: pd.DataFrame, labels: Labels) -> dict[str, dict[str, tuple[str, Mark]]]:
    """Return headings and marks by measure: every construction, and the agents of whom there is a clause."""
    other, agentless, agent = AGENCY_MARKS.values()
    built = {c: (HEADS[c], agentless if c == AGENTLESS else other) for c in CONSTRUCTIONS}
    heads = _find_agents(rows, labels)[0]
    return {COUNT: built, AGENT: {**{group: (head, agent) for group, head in heads.items()}, NONE: (NOBODY, other)}}


def _find_agents(rows: pd.DataFrame, labels: Labels) -> tuple[dict[str, str], list[str]]:
    """Find the headings of the groups that are named as agent, as many as there is room for, and the others, of fewer clauses."""
    every = rows[(rows["measure"] == AGENT) & (rows["patient_group"] == ANY)]
    counts = every.groupby("agent_group", sort=False)["estimate"].sum()
    heads = {str(group): fit_text(labels.get(str(group), str(group)), HEAD_ROOM * find_journal().scale, within_words=False)
             for group in counts.index if group != NONE and counts[group] > 0}
    names = max((widest(labels.get(victim, VICTIMS.get(victim, victim))) for victim in _victims(rows)), default=0)
    largest = rows.loc[rows["measure"].isin([COUNT, AGENT]), "estimate"].max()
    others = count_width(HEADS.values(), largest) + (BASIS * (SHARE in set(rows["measure"])) + MARGINS) * find_journal().scale
    room = find_width(DOUBLE) / MM - names - others
    kept: list[str] = []
    for group in sorted(heads, key=lambda group: -counts[group]):
        if count_width([heads[g] for g in [*kept, group]] + [NOBODY], largest) <= room:
            kept.append(group)
    return {group: head for group, head in heads.items() if group in kept}, [group for group in heads if group not in kept]


def _draw_constructions(ax: Axes, panels: _Panels, *, names: bool) -> None:
    draw_rows(ax, panels.where, names=names)
    part = panels.take(COUNT)
    draw_counts(ax, part, panels.where, _columns(panels.rows, panels.labels)[COUNT], column="construction",
                largest=max(part["estimate"].max(), 1))
    ax.set_title("how it is told (clauses)")


def _draw_shares(ax: Axes, panels: _Panels) -> None:
    draw_rows(ax, panels.where, names=False)
    part = panels.take(SHARE)
    draw_dots(ax, part, part["y"], AGENCY_MARKS[AGENTLESS], mixed=True)
    draw_units(ax, panels.where, dict(zip(zip(part[find_place(part)], part["patient_group"], strict=True), part["n_units"],
                                         strict=True)))
    ax.set_xlim(-0.03, 1.03)
    ax.set_xticks([0, 0.5, 1])
    ax.spines["bottom"].set_bounds(0, 1)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_title("passive, no agent", pad=6 + 2.4 * find_journal().text)  # as high as those over heads of two lines
    ax.set_xlabel("share of the clauses")


def _draw_agents(ax: Axes, panels: _Panels) -> None:
    draw_rows(ax, panels.where, names=False)
    part = panels.take(AGENT)
    draw_counts(ax, part, panels.where, _columns(panels.rows, panels.labels)[AGENT], column="agent_group",
                largest=max(part["estimate"].max(), 1))
    ax.set_title(DOER)


def _draw_page(rows: pd.DataFrame, labels: Labels) -> Axes:
    """Draw the panels of one page, each as wide as its columns need."""
    panels, columns = _Panels(rows, _lay_rows(rows, labels), labels), _columns(rows, labels)
    largest = rows.loc[rows["measure"].isin([COUNT, AGENT]), "estimate"].max()
    widths = [count_width([head for head, _ in columns[measure].values()], largest) for measure in (COUNT, AGENT)]
    widths[1] = max(widths[1], widest(DOER, bold=True))
    shares = SHARE in set(rows["measure"])
    with journal_style():
        figure = new_figure(DOUBLE, LAYOUT.height(panels.where))
        ratios = [widths[0], *([BASIS * find_journal().scale] if shares else []), widths[1]]
        axes = figure.subplots(1, len(ratios), width_ratios=ratios)
        figure.get_layout_engine().set(w_pad=2 / 25.4)  # type: ignore[union-attr,call-arg]
        for ax in axes:
            fix_look(ax)
        _draw_constructions(axes[0], panels, names=True)
        if shares:
            _draw_shares(axes[1], panels)
        _draw_agents(axes[-1], panels)
    return axes[0]


def _draw_figures(given: Given) -> Iterator[StudyFigure]:
    """Draw as many outlets or articles on a page as it holds."""
    rows = find_agency(given.estimates, VOICES[0], by=given.by)
    for number, page in enumerate(split_pages(rows, lambda part: LAYOUT.fits(_lay_rows(part, given.labels or {}))), 1):
        yield StudyFigure(name_page(PLAN.name, number), KIND, figure_of(_draw_page(page, given.labels or {})), page)


def _lacks(given: Given) -> str:
    rows = given.estimates[(given.estimates["measure"] == COUNT) & (given.estimates["voice"] == VOICES[0])]
    if rows.empty or not (given.estimates["measure"] == AGENT).any():
        return f"the table holds no {COUNT} or {AGENT}. measure_agency makes them."
    return "" if (rows["estimate"] > 0).any() else "no clause of violence or harm was found in the outlets' own voice."


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    built = data[data["measure"] == COUNT]
    voice = {VOICES[0]: "the outlet's own voice"}.get(built["voice"].iloc[0], f"{built['voice'].iloc[0]} speech")
    victims, drawn = list(built["patient_group"].drop_duplicates()), _victims(data)
    gone = [name_value(group, labels) for group in victims if group not in drawn and group not in VICTIMS]
    none = f"; no clause anywhere has {join(gone)}" if gone else ""
    less = [name_value(group, labels) for group in _find_agents(data, labels)[1]]
    share = f" For want of room the CSV file alone holds the clauses by {join(less)}." if less else ""
    if SHARE in set(data["measure"]):
        share += " Middle: the share of passives without agent among the clauses with that victim; n: those clauses."
    return (f"Clauses of violence and harm in {voice}, headline and body, those that deny, fear or plan an act too, by who "
            "suffers (rows; others: of no group of the lexicon, or not named): how they are built (left), and which group is "
            "named as doing it (right; nobody, others: no agent, or one of no group). The area of a mark is the number beside "
            f"it. A victim of whom there is no clause has no row there{none}.{share}")


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    """Tell of each outlet how many clauses leave the agent of a passive out, and where most."""
    place, told = find_place(data), []
    counts = data[(data["measure"] == COUNT) & (data["construction"] == AGENTLESS)]
    every = data[(data["measure"] == AGENT) & (data["patient_group"] == ANY)]
    for each, part in counts.groupby(place, sort=False):
        whole = part[part["patient_group"] == ANY]["estimate"].iloc[0]
        named = every[(every[place] == each) & (every["agent_group"] != NONE)]
        most = find_highest(named) if len(named) else None
        doer = f", agent most often {name_value(most['agent_group'], labels)} ({most['estimate']:.0f})" if (
            most is not None and most["estimate"] > 0) else ", no group named as agent"
        told.append(f"{name_value(each, labels)}: passives without agent {whole:.0f}{doer}")
    shares = data[(data["measure"] == SHARE) & data["ci_low"].notna()]
    high = ""
    if len(shares):
        row = find_highest(shares)
        high = (f" Highest share of passives without agent with an interval: {write_number(row, 0, True)}, "
                f"{name_value(row['patient_group'], labels)}, {name_value(row[place], labels)}.")
    return (f"Columns of counts by construction and by agent, a row for each group of victims under each {name_each(data)}. "
            f"{'. '.join(told)}.{high}")


def _no_cells(cells: Cells, part: pd.DataFrame) -> Cells:
    return []  # a share of nothing is beside a count of 0


KIND = Kind("agency", "Who is hurt without anybody doing it", _shows, _alt, unit="clauses", keys=("patient_group",),
            words=VICTIMS, counts=(COUNT, AGENT), missing=_no_cells,
            bare="Counts only where no share has enough clauses for an interval.")
PLAN = Plan("07_agency", _draw_figures, _lacks)
