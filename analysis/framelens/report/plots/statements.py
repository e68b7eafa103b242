"""One statement as each outlet tells it: a row a sentence, a column a slot, what differs in bold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from framelens.errors import SchemaError
from framelens.report.plots.axes import MM, fit_text
from framelens.report.plots.plan import Given, Plan, StudyFigure, add_clusters, figure_of, name_page
from framelens.report.plots.words import Kind, Labels, join, name_value, tell_described
from framelens.report.style import DOUBLE, LINE, find_journal, find_width, new_axes, text_width

__all__ = ["HIDDEN", "KIND", "PLAN", "find_statement", "plot_statements"]

SLOTS = ("who_hurt", "by_whom", "verb", "construction", "number", "source", "voice")
HEADS: Mapping[str, str] = {"sentence": "sentence", "who_hurt": "who was hurt", "by_whom": "by whom"}
# Of the width of a page, in the order of the columns, unless a word needs more.
WIDTHS: Mapping[str, float] = {"sentence": 0.08, "who_hurt": 0.2, "by_whom": 0.14, "verb": 0.105, "construction": 0.15,
                               "number": 0.085, "source": 0.155, "voice": 0.085}
HIDDEN = "(text not published)"
NOTHING = "–"
SPACING = 1.25  # of the type, from line to line
TOUCH = 1e-6
GAP, AIR, PAD = 5.0, 2.5, 2.0  # points: between columns, below a row, between the edge of the canvas and the axes


@dataclass(frozen=True)
class _Cell:
    """The lines of one cell, and whether they are what differs."""

    text: str
    bold: bool = False

    @property
    def lines(self) -> int:
        return self.text.count("\n") + 1


@dataclass(frozen=True)
class _Block:
    """An article: its heading, and the cells of each of its sentences in the order of the columns."""

    document_id: str
    heading: _Cell
    rows: Sequence[Sequence[_Cell]]

    @property
    def height(self) -> float:
        """Return the height in points."""
        lines = self.heading.lines + sum(max(cell.lines for cell in row) for row in self.rows)
        return lines * _line() + AIR * (len(self.rows) + 3)


def _line() -> float:
    return find_journal().text * SPACING


def plot_statements(statements: pd.DataFrame, slots: pd.DataFrame, documents: pd.DataFrame, *, ax: Axes | None = None,
                    statement: str | None = None, by: str = "outlet", labels: Mapping[str, str] | None = None,
                    page: int = 1) -> Axes:
    """Draw one parallel statement as a table: how each outlet tells who was hurt, by whom, by which verb, on whose word.

    Under each article a row for each of its sentences that make the statement. In bold stands what fewer articles say than say
    the commonest in that slot; in square brackets the labels or the name that stand in for a phrase that is not published.

    Parameters
    ----------
    statements, slots : DataFrame
        From :func:`framelens.find_statements` and :func:`framelens.find_slots`, in full or text-free form.
    documents : DataFrame
        With document_id and the column ``by``; their order is that of the rows.
    ax : Axes, optional
        Where to draw, as wide as they are; without it a new figure of 183 mm is made.
    statement : str, optional
        Which (``statement_id``); by default that which most outlets make, then most articles, then the first as ``documents`` and
        the places in them go.
    by : str
        The column of ``documents`` that names an outlet; ``document_id`` where each article stands for itself.
    labels : mapping of str to str, optional
        Short names to display: outlet or document_id → text.
    page : int
        Which page, where the articles do not fit one.

    Returns
    -------
    Axes
        Without axis lines; x and y are points from the upper left corner.

    Raises
    ------
    SchemaError
        There is no statement, not that one, or not that page.

    Examples
    --------
    >>> from framelens import annotate, find_slots, find_statements
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Star"], "event": "strike",
    ...     "text": ["Nine rioters were eliminated.", "Guards killed nine strikers."]})
    >>> found = annotate(documents)
    >>> statements = find_statements(found)
    >>> ax = plot_statements(statements, find_slots(found, statements), documents)
    >>> [text.get_text() for text in ax.texts if text.get_fontweight() == "bold" and text.get_text() not in ("Post", "Star")]
    ['Nine rioters', 'eliminated', 'passive agentless', 'nine strikers', 'killed', 'active']
    """
    rows = find_statement(statements, slots, documents, by=by, statement=statement)
    widths = _find_widths(rows, _room(ax)[0])
    pages = _pages(rows, labels or {}, widths)
    if not 1 <= page <= len(pages):
        raise SchemaError(f"There is no page {page} of this statement: it has {len(pages)}.")
    return _draw_page(pages[page - 1], widths, ax)


def _draw_page(blocks: Sequence[_Block], widths: Mapping[str, float], ax: Axes | None) -> Axes:
    height = _room(ax)[1]
    needed = _head_height(widths) + sum(block.height for block in blocks) + AIR
    if needed > height:
        raise SchemaError(f"The axes are {height * MM:.0f} mm high; this statement needs {needed * MM:.0f} mm. Give higher axes, "
                          "or none.")
    with new_axes(ax, width=DOUBLE, height=(needed + 2 * PAD) * MM) as drawn:
        _draw(drawn, blocks, widths, needed if ax is None else height)
    return drawn


def find_statement(statements: pd.DataFrame, slots: pd.DataFrame, documents: pd.DataFrame, *, by: str = "outlet",
                   statement: str | None = None) -> pd.DataFrame:
    """Find what a figure of one statement draws: a row for each filler, or one without slot for a sentence that has none.

    The columns are those of ``slots``, behind ``event`` and the name of the outlet (column ``outlet``), which is that of ``by``.
    """
    if by not in documents:
        raise SchemaError(f"Table 'documents' has no column {by!r}. by names the one that says whose article it is.")
    if statements.empty:
        raise SchemaError("Table 'statements' has no row: no two articles on one event were found to tell the same.")
    about = documents.drop_duplicates("document_id").assign(at=range(documents["document_id"].nunique()))
    columns = ["at", "event"] if by in ("event", "document_id") else ["at", "event", by]
    about = about.set_index("document_id").reindex(columns=columns)
    told = statements.join(about, on="document_id").sort_values(["at", "start", "sentence"])
    told["outlet"] = told[by].fillna(told["document_id"])
    if statement is None:
        groups = told.groupby("statement_id", sort=False)  # in the order of the documents
        counts = groups["outlet"].nunique() * len(told) + groups["document_id"].nunique()
        statement = str(counts.index[int(counts.to_numpy().argmax())])
    chosen = told[told["statement_id"] == statement]
    if chosen.empty:
        raise SchemaError(f"Table 'statements': no statement is called {statement!r}. There are "
                          f"{', '.join(told['statement_id'].drop_duplicates().head(3))} and others; find_statements makes them.")
    key = ["statement_id", "document_id", "sentence"]
    drawn = chosen[["event", "outlet", *key]].merge(slots[slots["slot"].isin(SLOTS)], on=key, how="left")
    order = {slot: n for n, slot in enumerate(SLOTS)}
    at = pd.DataFrame({"row": drawn.groupby(key, sort=False).ngroup(), "slot": drawn["slot"].map(order)})
    return drawn.loc[at.sort_values(["row", "slot"], kind="stable").index].reset_index(drop=True)


def _find_widths(rows: pd.DataFrame, width: float) -> dict[str, float]:
    """Divide the width among the columns so that no word breaks, if there is room for all words."""
    words = {column: HEADS.get(column, column).split() for column in WIDTHS}
    for row in rows[rows["slot"].notna()].to_dict("records"):
        words[row["slot"]] += _written(row).split()
    needs = {column: max(text_width(word, bold=True) for word in set(found)) + GAP for column, found in words.items()}
    widths = {column: share * width for column, share in WIDTHS.items()}
    while sum(needs.values()) <= width and (tight := [column for column in WIDTHS if widths[column] < needs[column] - TOUCH]):
        others = [column for column in WIDTHS if column not in tight and widths[column] > needs[column]]
        spare = {column: widths[column] - needs[column] for column in others}
        lacking = sum(needs[column] - widths[column] for column in tight)
        part = min(1.0, lacking / sum(spare.values()))
        widths |= {column: needs[column] for column in tight}
        widths |= {column: widths[column] - part * spare[column] for column in others}
    return widths


def _blocks(rows: pd.DataFrame, labels: Mapping[str, str], widths: Mapping[str, float]) -> list[_Block]:
    """Lay out the cells of each article, broken to the width of their columns."""
    most = rows.groupby("slot")["n_alike"].max() if "n_alike" in rows else pd.Series(dtype=float)
    rooms = {column: width - GAP for column, width in widths.items()}
    articles = rows.groupby("outlet", sort=False)["document_id"].nunique()
    out = []
    for document_id, own in rows.groupby("document_id", sort=False):
        name = str(own["outlet"].iloc[0])
        shown = labels.get(str(document_id), labels.get(name, name))
        shown = shown if articles[name] == 1 else f"{shown} ({document_id})"
        lines = []
        for sentence, part in own.groupby("sentence", sort=True):
            filled = {str(row["slot"]): row for row in part.to_dict("records")}
            cells = [_Cell(str(int(str(sentence)) + 1))]
            cells += [_cell(filled.get(slot), most.get(slot, 0), rooms[slot]) for slot in SLOTS]
            lines.append(cells)
        out.append(_Block(str(document_id), _Cell(fit_text(shown, sum(widths.values()), bold=True), bold=True), lines))
    return out


def _cell(row: Mapping[Any, Any] | None, most: float, room: float) -> _Cell:
    """Write a cell, broken into lines; in bold where more articles say otherwise, or no two agree."""
    if row is None:
        return _Cell(NOTHING)
    alike = row.get("n_alike")
    bold = bool(row["differs"]) and (pd.isna(alike) or alike == 1 or alike < most)
    return _Cell(fit_text(_written(row), room, bold=bold), bold)


def _written(row: Mapping[Any, Any]) -> str:
    """Return a filler as it is shown: itself, what stands in for it, or that it is not published."""
    filler, label = row["filler"], row["label"]
    told = filler if isinstance(filler, str) else f"[{label}]" if isinstance(label, str) else HIDDEN
    if row["slot"] == "source" and told.isalpha() and isinstance(label, str) and label.lower() != told.lower():
        told = f"{told} [{label}]"  # "she", "officials": who that is stands before
    told = " ".join(told.split())
    return told.replace("_", " ") if row["slot"] == "construction" else told


def _room(ax: Axes | None) -> tuple[float, float]:
    """Return how many points the table may be wide and high: as the user's axes are, or a page."""
    if ax is None:
        return find_width(DOUBLE) / MM - 2 * PAD, find_journal().height / MM - 2 * PAD
    box, points = ax.get_window_extent(), 72 / ax.figure.dpi
    return float(box.width * points), float(box.height * points)


def _heads(widths: Mapping[str, float]) -> dict[str, _Cell]:
    return {column: _Cell(fit_text(HEADS.get(column, column), width - GAP)) for column, width in widths.items()}


def _head_height(widths: Mapping[str, float]) -> float:
    return max(cell.lines for cell in _heads(widths).values()) * _line() + 2 * AIR


def _pages(rows: pd.DataFrame, labels: Mapping[str, str], widths: Mapping[str, float]) -> list[list[_Block]]:
    """Deal the articles to pages; one never parts."""
    pages: list[list[_Block]] = [[]]
    room = _room(None)[1] - _head_height(widths) - AIR
    for block in _blocks(rows, labels, widths):
        if pages[-1] and sum(b.height for b in pages[-1]) + block.height > room:
            pages.append([])
        pages[-1].append(block)
    return pages


def _draw(ax: Axes, blocks: Sequence[_Block], widths: Mapping[str, float], height: float) -> None:
    """Write the table: column heads between rules, then the articles, each under a thin rule."""
    width = sum(widths.values())
    ax.set_axis_off()
    ax.set(xlim=(0, width), ylim=(height, 0))
    lefts, x = {}, 0.0
    for column, cell in _heads(widths).items():
        lefts[column] = x
        x += widths[column]
        _write(ax, lefts[column], AIR, cell)
    y = _head_height(widths)
    for block in blocks:
        ax.plot([0, width], [y, y], color="black" if block is blocks[0] else "#BBBBBB", linewidth=LINE, clip_on=False)
        y += AIR
        _write(ax, 0, y, block.heading)
        y += block.heading.lines * _line() + AIR
        for row in block.rows:
            for left, cell in zip(lefts.values(), row, strict=True):
                _write(ax, left, y, cell)
            y += max(cell.lines for cell in row) * _line() + AIR
        y += AIR
    ax.plot([0, width], [y, y], color="black", linewidth=LINE, clip_on=False)


def _write(ax: Axes, x: float, y: float, cell: _Cell) -> None:
    """Write the lines of a cell one by one, so that lines of a row stand level whatever letters they hold."""
    for n, line in enumerate(cell.text.split("\n")):
        ax.text(x, y + (n + 0.8) * _line(), line, fontweight="bold" if cell.bold else "normal", va="baseline", ha="left")


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    rows = find_statement(given.tables["statements"], given.tables["slots"], given.tables["documents"], by=given.place)
    rows = add_clusters(rows, given.tables)
    widths = _find_widths(rows, _room(None)[0])
    for number, blocks in enumerate(_pages(rows, given.labels or {}, widths), 1):
        own = rows[rows["document_id"].isin([block.document_id for block in blocks])].reset_index(drop=True)
        yield StudyFigure(name_page(PLAN.name, number), KIND, figure_of(_draw_page(blocks, widths, None)), own)


def _lacks(given: Given) -> str:
    absent = [name for name in ("statements", "slots", "documents") if name not in given.tables]
    if absent:
        return f"no table {absent[0]!r}: `framelens tables STUDY`, where the texts are, writes it."
    if given.tables["statements"].empty:
        return ("no two articles on one event were found to tell the same; articles without an event are not compared, nor are "
                "events of more than 100 articles.")
    return ""


def _tells(data: pd.DataFrame, labels: Labels) -> list[str]:
    """Tell what is drawn: the statement, how to read a cell, what is not there."""
    events = [name_value(event, labels) for event in data["event"].dropna().unique()]
    outlets, articles = data["outlet"].nunique(), data["document_id"].nunique()
    sentences = len(data[["document_id", "sentence"]].drop_duplicates())
    who = f"{articles} articles" if outlets == articles else f"{articles} articles of {outlets} outlets"
    on = f" on {join(events)}" if events else ""
    told = [f"One statement{on} (`{data['statement_id'].iloc[0]}`) as {who} tell it: a row each of {sentences} sentences, by its "
            "number in the article."]
    if data["differs"].eq(True).any():
        told.append("Bold: what fewer articles say than say the commonest in that column; all, where no two agree. "
                    "–: not said in that clause.")
    else:
        told.append("All say the same. –: not said in that clause.")
    written = [_written(row) for row in data[data["slot"].notna()].to_dict("records")]
    if any("[" in cell for cell in written):
        told.append("In square brackets: the name or kind of a source, or labels in a phrase that is not published.")
    if HIDDEN in written:
        told.append("Of phrases of more than three words only labels and names are published.")
    return [*told, "Sentences that tell it in wholly other words are missing.", tell_described(data)]


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    """Tell of each article what its first sentence says."""
    told = []
    for document_id, own in data.groupby("document_id", sort=False):
        first = own[(own["sentence"] == own["sentence"].min()) & own["slot"].notna()]
        said = [f"{HEADS.get(row['slot'], row['slot'])} {_written(row)}" for row in first.to_dict("records")]
        name = labels.get(str(document_id), name_value(own["outlet"].iloc[0], labels))
        told.append(f"{name}: {', '.join(said) or 'nothing read'}")
    return (f"Table of one statement, {data['document_id'].nunique()} articles with a row for each sentence, columns "
            f"{join([HEADS.get(slot, slot) for slot in SLOTS])}. First sentences: {'. '.join(told)}.")


KIND = Kind("statements", "One statement, side by side", lambda data, labels: "", _alt, tells=_tells)
PLAN = Plan("10_statements", _draw_figure, _lacks)
