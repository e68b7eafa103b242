"""The figures of a study: which there are, in order, and which are left out because something is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from framelens import schema
from framelens.report.plots import (
    agency,
    composition,
    conduits,
    density,
    distance,
    keyness,
    multiverse,
    reported,
    sensitivity,
    sentiment,
    sources,
    statements,
)
from framelens.report.plots import labels as labels_
from framelens.report.plots.plan import Given, Plan, StudyFigure

__all__ = ["PLANS", "find_left_out", "plot_study"]

# A new figure is a module of report.plots with its Plan, named here.
PLANS: Sequence[Plan] = (
    labels_.PLAN, density.PLAN, sources.PLAN, sentiment.PLAN, multiverse.PLAN, composition.PLAN, agency.PLAN,
    conduits.PLAN, reported.PLAN, statements.PLAN, distance.PLAN, keyness.PLAN, sensitivity.PLAN,
)
NO_TABLES: Mapping[str, pd.DataFrame] = MappingProxyType({})


def plot_study(estimates: pd.DataFrame, *, tables: Mapping[str, pd.DataFrame] = NO_TABLES,
               labels: Mapping[str, str] | None = None, by: str | None = None, zone: str = "body") -> Iterator[StudyFigure]:
    """Draw the figures of a study, one after the other.

    Parameters
    ----------
    estimates : DataFrame
        Valid under ``estimates``, with the measures of the first four figures.
    tables : mapping of str to DataFrame
        Tables of the annotations by name, for figures that are drawn of them.
    labels : mapping of str to str, optional
        Short names to display: outlet, document_id, group, source type or side → text.
    by : {"outlet", "document_id", "publisher", "origin", "event"}, optional
        Needed only where the table holds rows of several.
    zone : str
        Which zone of the articles.

    Yields
    ------
    StudyFigure
        Labels by voice (one figure for every three groups), attribution density, source types, sentiment; and those others of
        which :func:`find_left_out` does not say why there is none.

    Raises
    ------
    SchemaError
        The table lacks a measure of the first four figures or the zone, or has two rows for one place.
    """
    given = Given(schema.validate(estimates, "estimates"), tables, by, zone, labels)
    for plan in PLANS:
        if not plan.lacks(given):
            yield from plan.draw(given)


def find_left_out(estimates: pd.DataFrame, *, tables: Mapping[str, pd.DataFrame] = NO_TABLES,
                  labels: Mapping[str, str] | None = None, by: str | None = None, zone: str = "body") -> dict[str, str]:
    """Say which figures :func:`plot_study` leaves out, and why.

    Parameters
    ----------
    estimates, tables, labels, by, zone
        As for :func:`plot_study`.

    Returns
    -------
    dict of str to str
        File name without an ending → what is not there and how it is made, or that no page holds it.

    Examples
    --------
    >>> print(find_left_out(schema.empty("estimates"))["06_composition"])
    no row of the estimates has 'direct_share'. measure_sourcing(annotations) makes it.
    """
    given = Given(schema.validate(estimates, "estimates"), tables, by, zone, labels)
    return {plan.name: why for plan in PLANS if (why := plan.lacks(given))}
