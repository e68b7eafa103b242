"""Who is hurt without anybody doing it: how clauses of violence are built and whom they name as agent, by victim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
    name_places,
    name_width,
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
    wrap_name,
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
KEYS = {COUNT: "construction", AGENT: "agent_group"}
TITLES = {COUNT: "how it is told (clauses)", AGENT: "who does it (clauses)"}
NOBODY = "nobody,\nothers"
LAYOUT = Layout(3.6, 17)
BASIS = 100.0  # points, in 7-point type, for an axis of shares with its column of n
BETWEEN = 16.0  # points that a panel needs beside its columns
WORDY = 12  # letters of a group's name in one line, over its column


def plot_agency(estimates: pd.DataFrame, *, ax: Axes | None = None, voice: str = "narrator", by: str | None = None,
                labels: Mapping[str, str] | None = None, agents: bool | None = None) -> Axes:
    """Draw how clauses of violence and harm are built, by who suffers: who is hurt without anybody doing it?

    Under each outlet or article one row a group of victims, and a column a construction: the number of clauses beside a mark of
    that area. Without ``ax`` two panels stand beside it: the share of passives without agent, if any has an interval, and
    the number of clauses by the group that is named as agent; where so many groups are named that the page is not wide enough,
    agents stand on a page of their own. Victims of whom there is no clause have no row there.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with the measures of :func:`framelens.measure_agency`.
    ax : Axes, optional
        Where to draw one panel; without it a new figure of 183 mm is made.
    voice : {"narrator", "direct", "indirect"}
        In whose voice: by default the outlet's own.
    by : {"outlet", "document_id", "publisher", "origin", "event"}, optional
        Needed only where the table holds rows of several.
    labels : mapping of str to str, optional
        Short names to display: outlet, document_id or group → text.
    agents : bool, optional
        True draws only who is named as agent, False only how clauses are built. By default both, where they fit; with ``ax``,
        or where they do not fit, how clauses are built.

    Returns
    -------
    Axes
        The first panel: a column a construction (or agent), a row a group of victims.

    Raises
    ------
    SchemaError
        The table lacks the measures or the voice, or has two rows for one place; or there are more outlets or articles than a
        page holds.
    """
    labels, rows = labels or {}, find_agency(validate(estimates, "estimates"), voice, by=by)
    if ax is None:
        apart = _apart(rows, labels) if agents is None else [_of_agents(rows, agents)]
        return _draw_page(apart[0], labels)
    rows = _of_agents(rows, bool(agents))
    panels = _Panels(rows, _lay_rows(rows, labels), labels)
    with new_axes(ax, width=SINGLE, height=LAYOUT.height(panels.where)) as ax:
        _draw_columns(ax, panels, AGENT if agents else COUNT, names=True)
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


def _has(rows: pd.DataFrame, measure: str) -> bool:
    return bool((rows["measure"] == measure).any())


def _of_agents(rows: pd.DataFrame, agents: bool) -> pd.DataFrame:
    """Take the rows of who does it, or those of how it is told."""
    return rows[(rows["measure"] == AGENT) == agents].reset_index(drop=True)


def _apart(rows: pd.DataFrame, labels: Labels) -> list[pd.DataFrame]:
    """Part what does not fit side by side: how it is told, and who does it."""
    columns, panels = _columns(rows, labels), 2 + _has(rows, SHARE)
    largest = rows.loc[rows["measure"] != SHARE, "estimate"].max()
    wide = sum(count_width([head for head, _ in columns[measure].values()], largest) for measure in (COUNT, AGENT))
    wide += name_width(_lay_rows(rows, labels)) + (BASIS * (panels - 2) + BETWEEN * panels) * find_journal().scale
    return [rows] if wide <= find_width(DOUBLE) / MM else [_of_agents(rows, False), _of_agents(rows, True)]


def _victims(rows: pd.DataFrame) -> list[str]:
    """Name the groups of victims of whom there is a clause, and all together."""
    every = rows[rows["measure"] == (COUNT if _has(rows, COUNT) else AGENT)]  # a clause is one of either
    counts = every.groupby("patient_group", sort=False)["estimate"].sum()
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
    counts = rows[rows["measure"] == AGENT].groupby("agent_group", sort=False)["estimate"].sum()
    named = [group for group in counts.index if group != NONE and counts[group] > 0]
    return {COUNT: built, AGENT: {**{g: (wrap_name(labels.get(g, g), WORDY), agent) for g in named}, NONE: (NOBODY, other)}}


def _draw_columns(ax: Axes, panels: _Panels, measure: str, *, names: bool) -> None:
    """Draw how it is told, or who does it: a column a construction or agent."""
    draw_rows(ax, panels.where, names=names)
    part = panels.take(measure)
    draw_counts(ax, part, panels.where, _columns(panels.rows, panels.labels)[measure], column=KEYS[measure],
                largest=max(part["estimate"].max(), 1))
    ax.set_title(TITLES[measure])


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


def _draw_page(rows: pd.DataFrame, labels: Labels) -> Axes:
    """Draw the panels of one page, each as wide as its columns need."""
    panels, columns = _Panels(rows, _lay_rows(rows, labels), labels), _columns(rows, labels)
    largest = rows.loc[rows["measure"] != SHARE, "estimate"].max()
    widths = {}
    for measure in KEYS:
        if _has(rows, measure):
            heads = [head for head, _ in columns[measure].values()]
            widths[measure] = max(count_width(heads, largest), widest(TITLES[measure], bold=True))
        if measure == COUNT and _has(rows, SHARE):
            widths[SHARE] = BASIS * find_journal().scale
    with journal_style():
        figure = new_figure(DOUBLE, LAYOUT.height(panels.where))
        axes = figure.subplots(1, len(widths), width_ratios=list(widths.values()), squeeze=False)[0]
        figure.get_layout_engine().set(w_pad=2 / 25.4)  # type: ignore[union-attr,call-arg]
        for number, (ax, measure) in enumerate(zip(axes, widths, strict=True)):
            fix_look(ax)
            if measure == SHARE:
                _draw_shares(ax, panels)
            else:
                _draw_columns(ax, panels, measure, names=not number)
    return axes[0]


def _draw_figures(given: Given) -> Iterator[StudyFigure]:
    """Draw as many outlets or articles on a page as it holds, who does it on pages of its own where need be."""
    labels, drawn = given.labels or {}, 0
    for part in _apart(find_agency(given.estimates, VOICES[0], by=given.by), labels):
        for page in split_pages(part, lambda some: LAYOUT.fits(_lay_rows(some, labels))):
            drawn += 1
            kind = KIND if _has(page, COUNT) else replace(KIND, bare="")  # of agents there are no shares
            yield StudyFigure(name_page(PLAN.name, drawn), kind, figure_of(_draw_page(page, labels)), page)


def _lacks(given: Given) -> str:
    rows = given.estimates[(given.estimates["measure"] == COUNT) & (given.estimates["voice"] == VOICES[0])]
    if rows.empty or not (given.estimates["measure"] == AGENT).any():
        return f"the table holds no {COUNT} or {AGENT}. measure_agency makes them."
    return "" if (rows["estimate"] > 0).any() else "no clause of violence or harm was found in the outlets' own voice."


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    counted = data[data["measure"].isin(list(KEYS))]
    voice = {VOICES[0]: "the outlet's own voice"}.get(counted["voice"].iloc[0], f"{counted['voice'].iloc[0]} speech")
    victims, drawn = list(counted["patient_group"].drop_duplicates()), _victims(data)
    gone = [name_value(group, labels) for group in victims if group not in drawn and group not in VICTIMS]
    none = f"; no clause anywhere has {join(gone)}" if gone else ""
    built, agents, several = _has(data, COUNT), _has(data, AGENT), data["measure"].nunique() > 1
    told = [*([f"how they are built{' (left)' if several else ''}"] if built else []),
            *([f"which group is named as doing it ({'right; ' if several else ''}nobody, others: no agent, or one of no group)"]
              if agents else [])]
    share = ""
    if _has(data, SHARE):
        share = (f" {'Middle' if agents else 'Right'}: the share of passives without agent among the clauses with that victim; "
                 "n: those clauses.")
    return (f"Clauses of violence and harm in {voice}, by who suffers (rows; others: of no group of the lexicon, or not named): "
            f"{', and '.join(told)}. The area of a mark is the number beside it. A victim of whom there is no clause has no row "
            f"there{none}.{share}")


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    """Tell of each outlet how many clauses leave the agent of a passive out, and where most."""
    place, told, built, agents = find_place(data), [], _has(data, COUNT), _has(data, AGENT)
    every = data[data["patient_group"] == ANY]
    for each, part in every.groupby(place, sort=False):
        said = []
        if built:
            whole = part[(part["measure"] == COUNT) & (part["construction"] == AGENTLESS)]["estimate"].iloc[0]
            said.append(f"passives without agent {whole:.0f}")
        if agents:
            named = part[(part["measure"] == AGENT) & (part["agent_group"] != NONE)]
            most = find_highest(named) if len(named) else None
            said.append(f"agent most often {name_value(most['agent_group'], labels)} ({most['estimate']:.0f})" if (
                most is not None and most["estimate"] > 0) else "no group named as agent")
        told.append(f"{name_value(each, labels)}: {', '.join(said)}")
    shares = data[(data["measure"] == SHARE) & data["ci_low"].notna()]
    high = ""
    if len(shares):
        row = find_highest(shares)
        high = (f" Highest share of passives without agent with an interval: {write_number(row, 0, True)}, "
                f"{name_value(row['patient_group'], labels)}, {name_value(row[place], labels)}.")
    by = " and ".join(f"by {name}" for name, there in (("construction", built), ("agent", agents)) if there)
    return (f"Columns of counts {by}, a row for each group of victims under each {name_each(data)}. "
            f"{'. '.join(told)}.{high}")


def _no_cells(cells: Cells, part: pd.DataFrame) -> Cells:
    return []  # a share of nothing is beside a count of 0


KIND = Kind("agency", "Who is hurt without anybody doing it", _shows, _alt, unit="clauses", keys=("patient_group",),
            words=VICTIMS, counts=(COUNT, AGENT), missing=_no_cells,
            bare="Shares only where they have enough clauses for an interval.")
PLAN = Plan("07_agency", _draw_figures, _lacks)
