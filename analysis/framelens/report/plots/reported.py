"""Reported figures: how many each outlet has, from whom, in the order in which they were published."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from framelens.annotate.facts.numbers import MAYBE
from framelens.errors import SchemaError
from framelens.report.plots.axes import draw_key, fit_text, widest
from framelens.report.plots.plan import Given, Plan, StudyFigure, add_clusters, figure_of, name_page
from framelens.report.plots.words import Kind, Labels, join, tell_described
from framelens.report.style import DOUBLE, LINE, OKABE_ITO, Mark, find_journal, new_axes
from framelens.schema import FACTS, SIDES

__all__ = ["KIND", "PLAN", "SIDE_MARKS", "find_reported", "plot_reported"]

OWN, UNDATED, NO_SIDE = "own voice", "undated", "no side"
SIDE_MARKS: Mapping[str, Mark] = {
    OWN: Mark(OKABE_ITO["black"], "o"),
    "official": Mark(OKABE_ITO["blue"], "s"), "challenger": Mark(OKABE_ITO["vermillion"], "^"),
    "media": Mark(OKABE_ITO["orange"], "D"), "other": Mark(OKABE_ITO["bluish green"], "v"),
    NO_SIDE: Mark(OKABE_ITO["reddish purple"], "P"),
}
GROUP = ("event", "fact", "counted")
SAME = (*GROUP, "document_id", "voice", "source_name", "source_type", "value", "value_high", "hedge")
NEEDED = ("event", "fact", "counted", "document_id", "outlet", "published", "value", "value_high", "hedge", "lowest", "highest",
          "voice", "source_name", "source_type", "side", "disagrees_with")
ROOMS = {"date": 60.0, "outlet": 125.0, "source": 130.0, "number": 85.0}  # points that a column may take
COLUMN, ARROW = 6.0, 16.0  # points between columns; how long an arrow is
PITCH, AROUND = 3.4, 18.0  # millimetres: line to line; key, axis and margins
SIZE = 13.0  # area of a mark in square points
GREY = "#CCCCCC"


@dataclass(frozen=True)
class _Line:
    """One number: where it stands, and what is written in its row."""

    y: float
    texts: Mapping[str, str]
    row: Mapping[Any, Any]


@dataclass(frozen=True)
class _Page:
    """The numbers of a page, the headings above them, and how many lines it has."""

    lines: Sequence[_Line]
    heads: Sequence[tuple[str, float]]
    extent: float

    @property
    def height(self) -> float:
        """Return the height in millimetres."""
        return (self.extent * PITCH + AROUND) * find_journal().scale


def plot_reported(reported: pd.DataFrame, *, ax: Axes | None = None, by: str = "outlet",
                  labels: Mapping[str, str] | None = None, page: int = 1) -> Axes:
    """Draw the numbers that articles report, one a line: under each fact in the order of publication, with who says them.

    A filled mark is a number told without a hedge; a hollow one is hedged, and its bar or arrow goes as far as the hedge allows
    ("at least": to the right without end). Colour and shape say the side of the source. Numbers of which only one article has
    any are left out, unless there are no others; the same number of one source in one article is drawn once.

    Parameters
    ----------
    reported : DataFrame
        From :func:`framelens.find_disagreements`.
    ax : Axes, optional
        Where to draw; without it a new figure of 183 mm is made.
    by : {"outlet", "document_id"}
        What names an article; ``document_id`` where each stands for itself.
    labels : mapping of str to str, optional
        Short names to display: outlet, document_id, event, fact, source type or side → text.
    page : int
        Which page, where the numbers do not fit one.

    Returns
    -------
    Axes
        x is the number, 0 to 1 linear and logarithmic from 1 on; a row a number.

    Raises
    ------
    SchemaError
        The table lacks a column, has no row, or there is no such page.

    Examples
    --------
    >>> from framelens import annotate, find_disagreements
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Star"], "event": "blast",
    ...     "published": ["2024-05-02", "2024-05-01"],
    ...     "text": ["Police said 12 people were killed.", "At least 26 people were killed, the health ministry said."]})
    >>> ax = plot_reported(find_disagreements(annotate(documents)))
    >>> [text.get_text() for text in ax.texts if text.get_text()]
    ['killed: people', '2024-05-01', 'Star', 'health ministry', 'at least 26', '2024-05-02', 'Post', 'police', '12']
    """
    rows = find_reported(reported)
    pages = _pages(rows, by, labels or {})
    if not 1 <= page <= len(pages):
        raise SchemaError(f"There is no page {page} of these numbers: there are {len(pages)}.")
    return _draw_page(pages[page - 1], _find_limits(rows), labels or {}, ax)


def find_reported(reported: pd.DataFrame) -> pd.DataFrame:
    """Find the numbers to draw, by event, fact, who was counted and date; what one source says twice in an article is one."""
    absent = [column for column in NEEDED if column not in reported]
    if absent:
        raise SchemaError(f"The table of reported numbers has no column {absent[0]!r}. find_disagreements(annotations) makes it.")
    if reported.empty:
        raise SchemaError("The table of reported numbers has no row: no number of people killed, injured, detained, … was found.")
    rows = reported.drop_duplicates(list(SAME), ignore_index=True)
    at = pd.DataFrame({"event": rows["event"].map({e: n for n, e in enumerate(rows["event"].drop_duplicates())}),
                       "fact": rows["fact"].map({fact: n for n, fact in enumerate(FACTS)}), "counted": rows["counted"]})
    return rows.loc[at.sort_values(["event", "fact", "counted"], kind="stable").index].reset_index(drop=True)


def _choose(rows: pd.DataFrame) -> pd.DataFrame:
    """Choose the facts of which two articles or more have a number, or all if there is none."""
    articles = rows.groupby(list(GROUP), dropna=False)["document_id"].transform("nunique")
    return rows[articles > 1].reset_index(drop=True) if (articles > 1).any() else rows


def _pages(rows: pd.DataFrame, by: str, labels: Labels) -> list[_Page]:
    """Lay the numbers out, a new page where one is full; its first heading stands again."""
    room = find_journal().height / find_journal().scale - AROUND
    several = rows["event"].nunique(dropna=False) > 1
    pages: list[_Page] = []
    lines: list[_Line] = []
    heads: list[tuple[str, float]] = []
    before: dict[str, str] = {}
    y, head = 0.0, ""
    for row in _choose(rows).to_dict("records"):
        texts, group = _texts(row, by, labels), _heading(row, labels, several)
        shown = _elide(texts, before if group == head else {})
        if lines and (y + _deep(shown) + (1.4 if group != head else 0)) * PITCH > room:
            pages.append(_Page(lines, heads, y))
            lines, heads, y, head = [], [], 0.0, ""
        if group != head:
            y += 0.4 if lines else 0
            heads.append((group, y))
            y, head, shown = y + 1, group, texts
        lines.append(_Line(y, shown, row))
        y, before = y + _deep(shown), texts
    return [*pages, _Page(lines, heads, y)]


def _elide(texts: Mapping[str, str], before: Mapping[str, str]) -> Mapping[str, str]:
    """Leave out a date, and a name of that date, that stand in the line before already."""
    if before.get("date") != texts["date"]:
        return texts
    return {name: "" if name in ("date", "outlet") and before[name] == text else text for name, text in texts.items()}


def _deep(texts: Mapping[str, str]) -> int:
    return max(text.count("\n") + 1 for text in texts.values())


def _heading(row: Mapping[Any, Any], labels: Labels, several: bool) -> str:
    event = f"{labels.get(row['event'], row['event'])}, " if several and isinstance(row["event"], str) else ""
    return f"{event}{labels.get(row['fact'], row['fact'])}: {labels.get(row['counted'], row['counted'])}"


def _texts(row: Mapping[Any, Any], by: str, labels: Labels) -> dict[str, str]:
    """Write the columns of a row: date, outlet or article, source, the number as it is told."""
    name = str(row["document_id"] if by == "document_id" or not isinstance(row["outlet"], str) else row["outlet"])
    kind = str(row["source_type"]).replace("_", " ")
    source = row["source_name"] if isinstance(row["source_name"], str) else labels.get(str(row["source_type"]), kind)
    told = {"date": row["published"][:10] if _dated(row["published"]) else UNDATED, "outlet": labels.get(name, name),
            "source": OWN if _side(row) == OWN else str(source), "number": _number(row)}
    return {column: fit_text(" ".join(text.split()), ROOMS[column]) for column, text in told.items()}


def _dated(published: object) -> bool:
    return isinstance(published, str) and published[:1].isdigit()


def _number(row: Mapping[Any, Any]) -> str:
    """Write a number as it is told, with ≠ where another contradicts it."""
    words = row["hedge"].split() if isinstance(row["hedge"], str) else []
    hedge, maybe = (" ".join(word for word in words if (word in MAYBE) == aside) for aside in (False, True))
    value = "" if pd.isna(row["value"]) else f"{row['value']:,.0f}"
    value += "" if pd.isna(row["value_high"]) else f" to {row['value_high']:,.0f}"
    told = f"{value} {hedge}" if hedge.startswith("or ") else f"{hedge} {value}"
    told = f"{told.strip()} ({maybe})" if maybe else told.strip()  # "would 600" is no English
    return f"{told}{' ≠' if isinstance(row['disagrees_with'], str) else ''}"


def _side(row: Mapping[Any, Any]) -> str:
    """Name the side of the source; without any source and quotation it is the outlet itself."""
    if row["voice"] == "narrator" and not isinstance(row["source_type"], str):
        return OWN
    return row["side"] if row["side"] in SIDES else NO_SIDE


def _find_limits(rows: pd.DataFrame) -> float:
    """Find the largest number that has to have its place on the axis."""
    ends = pd.concat([rows[column] for column in ("value", "value_high", "lowest", "highest")])
    return float(ends[ends < math.inf].max())


def _draw_page(page: _Page, most: float, labels: Labels, ax: Axes | None) -> Axes:
    """Draw marks and arrows on the axis, dates, names and numbers beside it."""
    with new_axes(ax, width=DOUBLE, height=page.height) as ax:
        ax.set_ylim(page.extent - 0.5, -0.5)
        ax.set_xscale("symlog", linthresh=1, linscale=0.4)
        ax.set_xlim(-0.25, max(most, 10) * 3)
        powers = math.floor(math.log10(max(most, 10)))
        ticks = [0, *(10**n for n in range(0, powers + 1, 1 if powers < 6 else 2))]  # millions have no room at every power
        ax.xaxis.set_major_locator(FixedLocator(ticks))
        ax.xaxis.set_minor_locator(NullLocator())
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.0f}"))
        ax.set_yticks([])
        ax.spines[["left", "top", "right"]].set_visible(False)
        ax.set_xlabel("people, as reported (hollow: hedged)")
        _write_columns(ax, page)
        for line in page.lines:
            _draw_number(ax, line)
        found = {_side(line.row) for line in page.lines}
        draw_key({labels.get(side, side): mark for side, mark in SIDE_MARKS.items() if side in found}, ax=ax)
    return ax


def _write_columns(ax: Axes, page: _Page) -> None:
    """Write headings and columns: date, outlet and source at the left of the axis, the number at its right."""
    columns = ("date", "outlet", "source")
    widths = {column: max(widest(line.texts[column] or " ") for line in page.lines) + COLUMN for column in columns}
    left = {column: sum(list(widths.values())[n:]) for n, column in enumerate(columns)}
    place = ax.get_yaxis_transform()

    def write(text: str, x: float, y: float, shift: float, bold: bool = False) -> None:
        for n, part in enumerate(text.split("\n") if text else []):
            ax.annotate(part, (x, y + n), xycoords=place, xytext=(shift, 0), textcoords="offset points", ha="left",
                        va="center_baseline", fontweight="bold" if bold else "normal", annotation_clip=False)

    heads = {y: text for text, y in page.heads}
    for line in page.lines:
        for y in [y for y in heads if y < line.y]:
            write(heads.pop(y), 0, y, -left["date"], bold=True)
        for column in columns:
            write(line.texts[column], 0, line.y, -left[column])
        write(line.texts["number"], 1, line.y, COLUMN)


def _draw_number(ax: Axes, line: _Line) -> None:
    """Draw one number: its mark or marks, and how far its hedge lets it go."""
    row, y = line.row, line.y
    mark = SIDE_MARKS[_side(row)]
    ax.axhline(y, color=GREY, linewidth=LINE, zorder=1)
    told = [v for v in (row["value"], row["value_high"]) if pd.notna(v)]
    hedged = isinstance(row["hedge"], str)
    ends = [v for v in (row["lowest"], row["highest"]) if pd.notna(v) and v < math.inf]
    at = told or ends
    reach = [*at, *ends] if hedged or len(told) > 1 else at
    if reach and max(reach) > min(reach):
        ax.hlines(y, min(reach), max(reach), colors=mark.colour, linewidth=1, zorder=2)
    if row["highest"] == math.inf and at:
        ax.annotate("", (max(at), y), xytext=(ARROW, 0), textcoords="offset points", zorder=2,
                    arrowprops={"arrowstyle": "<-", "color": mark.colour, "linewidth": 1, "shrinkA": 0, "shrinkB": 0})
    ax.scatter(at, [y] * len(at), s=SIZE, marker=mark.shape, facecolors="#FFFFFF" if hedged else mark.colour,
               edgecolors=mark.colour, linewidths=0.7, zorder=3, clip_on=False)


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    labels, rows = given.labels or {}, add_clusters(find_reported(given.tables["reported"]), given.tables)
    for number, page in enumerate(_pages(rows, given.place, labels), 1):
        data = pd.DataFrame([line.row for line in page.lines], columns=rows.columns)
        yield StudyFigure(name_page(PLAN.name, number), KIND, figure_of(_draw_page(page, _find_limits(rows), labels, None)), data)


def _lacks(given: Given) -> str:
    if "reported" not in given.tables:
        return "no table 'reported': find_disagreements(annotations) makes it of the table of facts."
    if given.tables["reported"].empty:
        return "no number of people killed, injured, detained or the like was found."
    if given.tables["reported"]["event"].isna().all():  # numbers of different events contradict nobody
        return "the articles name no event. A column event of corpus.csv does; assign_events proposes one."
    return ""


def _tells(data: pd.DataFrame, labels: Labels) -> list[str]:
    """Tell what is drawn and how to read it."""
    articles = data["document_id"].nunique()
    undated = data.loc[~data["published"].map(_dated), "document_id"].nunique()
    who = f"{articles} articles report" if articles > 1 else "1 article reports"
    told = [f"Numbers of people that {who}, a line each, under each fact in the order of publication: who says it (colour "
            "and shape: the side of the source), and the number as it is told. Hollow: hedged; the bar or arrow goes as far as "
            "the hedge allows."]
    if undated:
        some = f"{undated} articles are undated: they stand last," if undated > 1 else "1 article is undated: it stands last,"
        what = "No article is dated: they stand" if undated == articles else some
        told.append(f"{what} in the order of {'their names' if undated > 1 else 'its name'}.")
    if data["disagrees_with"].notna().any():
        told.append("≠: cannot be true beside another number for the same people, of that day or undated.")
    told.append("Facts of which only one article has a number are left out if there are others; so are parts of another number, "
                "and what one source says twice in one article.")
    return [*told, tell_described(data)]


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    """Tell the numbers of each fact, each once."""
    told = []
    several = data["event"].nunique(dropna=False) > 1
    for _, part in data.groupby(list(GROUP), sort=False, dropna=False):
        head = _heading(part.iloc[0].to_dict(), labels, several)
        numbers = list(dict.fromkeys(_number(row).removesuffix(" ≠") for row in part.to_dict("records")))
        told.append(f"{head}: {join(numbers)}")
    return f"Dot plot of reported numbers on a logarithmic axis, a line for each report. {'. '.join(told)}."


KIND = Kind("reported", "Reported figures", lambda data, labels: "", _alt, tells=_tells)
PLAN = Plan("09_reported_figures", _draw_figure, _lacks)
