"""Who passed on whose words: pairs of conduit and originator by outlet or article."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd
from matplotlib.axes import Axes

from framelens.report.plots.axes import Layout, Rows, fit_columns, name_places, split_columns, split_rows
from framelens.report.plots.heat import Cells, draw_heat
from framelens.report.plots.plan import Given, Plan, StudyFigure, figure_of, name_page, split_pages
from framelens.report.plots.rows import find_place, find_places, find_rows
from framelens.report.plots.words import Cells as CellNames
from framelens.report.plots.words import Kind, Labels, find_highest, name_each, name_value
from framelens.report.style import SINGLE, new_axes
from framelens.schema import SOURCE_TYPES, validate

__all__ = ["KIND", "PLAN", "choose_pairs", "find_conduits", "plot_conduits"]

MEASURES = ("passed_on_count", "passed_on_share")
PAIR = ("conduit_type", "source_type")
PITCH, AROUND = 3.6, 16.0  # millimetres: row to row; key and margins


def plot_conduits(estimates: pd.DataFrame, *, ax: Axes | None = None, by: str | None = None, zone: str = "body",
                  labels: Mapping[str, str] | None = None) -> Axes:
    """Draw who passed on whose words: under each conduit a row for each originator, a column an outlet or article.

    The number printed is the count, the shade its share of all that is passed on in the outlet or article. A matrix of all kinds
    by all kinds would be empty for the most part: only pairs that occur have a row, and where a page does not hold all of them
    those that stand most often in some outlet or article.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with ``passed_on_count`` and ``passed_on_share`` of :func:`framelens.measure_conduits`.
    ax : Axes, optional
        Where to draw; without it a new figure of 89 mm is made.
    by, zone, labels
        As for :func:`plot_labelling`; ``labels`` may name source types too.

    Returns
    -------
    Axes
        A column an outlet or article, a row an originator.

    Raises
    ------
    SchemaError
        The table lacks a measure, or has two rows for one place.

    Examples
    --------
    >>> from framelens.annotate.bundle import Annotations
    >>> from framelens.measure.sourcing.conduits import measure_conduits
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": ["a"], "outlet": ["Herald"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a"], "cluster_id": ["a"]}),
    ...     "attributions": pd.DataFrame([{
    ...         "attribution_id": "y", "document_id": "a", "kind": "speech", "level": 1, "source_type": "state_media",
    ...         "originator_type": "police", "conduit_type": "state_media"}])})
    >>> ax = plot_conduits(measure_conduits(found))
    >>> [label.get_text() for label in ax.get_yticklabels()], [text.get_text() for text in ax.texts]
    (['via state media', 'police'], ['1'])
    """
    labels = labels or {}
    rows = choose_pairs(find_conduits(validate(estimates, "estimates"), by=by, zone=zone), labels)
    where = _split(rows, labels)
    heads, upright, deep = split_columns(list(name_places(rows, labels).values()), where)
    with new_axes(ax, width=SINGLE, height=Layout(PITCH, AROUND + deep).height(where)) as ax:
        columns = dict(zip(find_places(rows), heads, strict=True))
        draw_heat(ax, where, columns, (_cells(rows, MEASURES[0]), _cells(rows, MEASURES[1])), upright=upright,
                  label=f"share of what is passed on in the {'article' if find_place(rows) == 'document_id' else 'column'}")
    return ax


def find_conduits(estimates: pd.DataFrame, *, by: str | None, zone: str) -> pd.DataFrame:
    """Find counts and shares by pair."""
    return find_rows(estimates, MEASURES, PAIR, plot="plot_conduits", by=by, zone=zone)


def choose_pairs(rows: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Choose the rows of the pairs that a page holds: those first that stand most often in some outlet or article."""
    if _fits(rows, labels):
        return rows
    counts = rows[rows["measure"] == MEASURES[0]].groupby(list(PAIR), sort=False)["estimate"].max()
    pairs = counts.sort_values(ascending=False, kind="stable").index
    told = rows[[*PAIR, "outlet", "document_id", "contrast"]].drop_duplicates()  # no more is asked, and it is asked often
    rank = pairs.get_indexer(pd.MultiIndex.from_frame(told[list(PAIR)]))
    most = next((n for n in range(2, len(pairs)) if not _fits(told[rank < n], labels)), len(pairs)) - 1
    return rows[pd.MultiIndex.from_frame(rows[list(PAIR)]).isin(pairs[:most])].reset_index(drop=True)


def _fits(rows: pd.DataFrame, labels: Mapping[str, str]) -> bool:
    where = _split(rows, labels)
    deep = split_columns(list(name_places(rows, labels).values()), where)[2]
    return Layout(PITCH, AROUND + deep).fits(where)


def _split(rows: pd.DataFrame, labels: Mapping[str, str]) -> Rows:
    """Lay out the originators that occur under their conduits, both in the order of the schema."""
    found: dict[str, set[str]] = {}
    for conduit, originator in rows[list(PAIR)].itertuples(index=False, name=None):
        found.setdefault(conduit, set()).add(originator)
    kinds = {kind: labels.get(kind, kind.replace("_", " ")) for kind in _ordered({*found, *rows["source_type"]})}
    lines = {kind: [k for k in kinds if k in found[kind]] for kind in kinds if kind in found}
    return split_rows({kind: f"via {kinds[kind]}" for kind in lines}, lines, kinds)


def _ordered(kinds: Collection[str]) -> list[str]:
    return [kind for kind in SOURCE_TYPES if kind in kinds] + sorted(set(kinds) - set(SOURCE_TYPES))


def _cells(rows: pd.DataFrame, measure: str) -> Cells:
    """Give the values of one measure by conduit, originator and outlet or article."""
    part = rows[rows["measure"] == measure]
    return dict(zip(part[[*PAIR, find_place(part)]].itertuples(index=False, name=None), part["estimate"], strict=True))


def _draw_figure(given: Given) -> Iterator[StudyFigure]:
    """Draw the figure; columns that do not fit a page stand on the next."""
    rows, labels = find_conduits(given.estimates, by=given.by, zone=given.zone), given.labels or {}
    pages = split_pages(rows, lambda part: fit_columns(len(find_places(part)), _split(part, labels)))
    for page, own in enumerate(pages, 1):
        ax = plot_conduits(own, zone=given.zone, labels=labels)
        yield StudyFigure(name_page(PLAN.name, page), KIND, figure_of(ax), own)


def _lacks(given: Given) -> str:
    if given.estimates["measure"].eq(MEASURES[0]).any():
        return ""
    return "no row of passed_on_count: nobody passes on what another said, or measure_conduits was not called."


def _shows(data: pd.DataFrame, labels: Labels) -> str:
    drawn = set(choose_pairs(data, labels)[list(PAIR)].itertuples(index=False, name=None))
    left = data[[pair not in drawn for pair in data[list(PAIR)].itertuples(index=False, name=None)]]
    most = left.loc[left["measure"] == MEASURES[0], "estimate"].max()
    only = "Only pairs that occur are drawn."
    if len(left):
        pairs = len(left[list(PAIR)].drop_duplicates())
        only = (f"For want of room {pairs} pairs are left out that stand {most:.0f} times or less in any {name_each(data)}; the "
                "CSV file has them.")
    return ("Attributions in which one source passes on what another said, by the kind of who passed it on (bold) and of whose "
            "words they are (rows): the number is printed, the shade is its share of all that is passed on in the "
            f"{name_each(data)}. {only}")


def _alt(data: pd.DataFrame, labels: Labels) -> str:
    counts, told = data[data["measure"] == MEASURES[0]], []
    for place, part in counts.groupby(find_place(data), sort=False):
        most = find_highest(part)
        pair = " via ".join(name_value(most[column], labels).replace("_", " ") for column in reversed(PAIR))
        told.append(f"{name_value(place, labels)}: "
                    + (f"most often {pair}, {most['estimate']:.0f}" if most["estimate"] > 0 else "nothing passed on"))
    return (f"Heat map of pairs of conduit and originator by {name_each(data)}, each cell with its count and shaded by its "
            f"share. {'. '.join(told)}.")


def _missing(cells: CellNames, part: pd.DataFrame) -> CellNames:
    """Leave out pairs that nowhere occur; where nothing is passed on all shares are missing: tell that once."""
    pairs = set(part[list(PAIR)].itertuples(index=False, name=None))
    absent = [cell for cell in cells if cell[1:] in pairs]
    places = [cell[0] for cell in absent]
    return [cell[:1] if places.count(cell[0]) == len(pairs) else cell for cell in absent]


KIND = Kind("conduits", "Originators and conduits", _shows, _alt, unit="attributions", keys=PAIR, counts=(MEASURES[0],),
            has_bars=False, missing=_missing)
PLAN = Plan("08_conduits", _draw_figure, _lacks)
