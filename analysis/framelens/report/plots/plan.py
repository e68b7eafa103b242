"""How a study draws a figure: what it is given, what it makes, and why it is left out where something is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framelens.report.plots.rows import MAKERS, find_place, find_places
from framelens.report.plots.words import Kind

__all__ = ["Given", "Plan", "StudyFigure", "add_clusters", "figure_of", "find_lacking", "name_page", "split_pages"]


@dataclass(frozen=True)
class Given:
    """What all figures of a study are drawn from.

    Attributes
    ----------
    estimates : DataFrame
        Checked under ``estimates``.
    tables : mapping of str to DataFrame
        Those of the annotations that figures may be drawn of, by name; may lack any.
    by, zone, labels
        As for :func:`framelens.report.figures_study.plot_study`.
    """

    estimates: pd.DataFrame
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    by: str | None = None
    zone: str = "body"
    labels: Mapping[str, str] | None = None

    @property
    def place(self) -> str:
        """What names an article in a figure that is drawn of tables: as asked, or else as the estimates have it."""
        return self.by or ("document_id" if self.estimates["document_id"].notna().any() else "outlet")


@dataclass(frozen=True)
class StudyFigure:
    """One figure of a study: its file name, what it shows, the figure, and the rows drawn."""

    name: str
    kind: Kind
    figure: Figure
    data: pd.DataFrame


def _nothing(given: Given) -> str:
    return ""


@dataclass(frozen=True)
class Plan:
    """One figure in the list of those that a study has.

    Attributes
    ----------
    name : str
        File name without an ending; further pages add ``_2``, ``_3``.
    draw : callable
        Given → the figure, in one page or several.
    lacks : callable
        Given → why the figure is left out, in a sentence; "" where it is drawn. Without it the figure is drawn always, and a
        table that lacks its measures is an error.
    """

    name: str
    draw: Callable[[Given], Iterator[StudyFigure]]
    lacks: Callable[[Given], str] = _nothing


def find_lacking(given: Given, measures: Iterable[str]) -> str:
    """Say which of the measures the estimates lack and who makes it; "" where they have all."""
    known = set(given.estimates["measure"])
    lacking = [measure for measure in measures if measure not in known]
    if not lacking:
        return ""
    maker = MAKERS.get(lacking[0])
    return f"no row of the estimates has {lacking[0]!r}." + (f" {maker}(annotations) makes it." if maker else "")


def figure_of(ax: Axes) -> Figure:
    """Return the figure that a plot made for itself."""
    figure = ax.figure
    assert isinstance(figure, Figure)  # a plot that was given no axes made its own figure
    return figure


def split_pages(rows: pd.DataFrame, fits: Callable[[pd.DataFrame], bool]) -> Iterator[pd.DataFrame]:
    """Yield the rows page by page, as many outlets or articles on each as fit; one alone is not parted.

    Examples
    --------
    >>> rows = pd.DataFrame({"document_id": list("aabbc"), "outlet": "Herald"})
    >>> [list(page["document_id"]) for page in split_pages(rows, lambda part: len(part) < 4)]
    [['a', 'a'], ['b', 'b', 'c']]
    """
    place, left = find_place(rows), find_places(rows)
    while left:
        n = next((n for n in range(len(left), 1, -1) if fits(rows[rows[place].isin(left[:n])])), 1)
        yield rows[rows[place].isin(left[:n])].reset_index(drop=True)
        left = left[n:]


def add_clusters(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Add to rows of articles the syndication cluster of each, where the table of copies is there."""
    if "copies" not in tables:
        return rows
    return rows.assign(cluster_id=rows["document_id"].map(tables["copies"].set_index("document_id")["cluster_id"]))


def name_page(name: str, number: int) -> str:
    """Name a page of a figure: the first like the figure, the others by their number."""
    return name if number == 1 else f"{name}_{number}"
