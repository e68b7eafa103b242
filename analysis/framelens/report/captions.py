"""Caption and alt text, made from the rows that a figure draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from framelens.errors import SchemaError
from framelens.report.plots.words import (
    Kind,
    Labels,
    tell_articles,
    tell_intervals,
    tell_missing,
    tell_notes,
    tell_units,
    tell_validation,
    tell_zones,
)

__all__ = ["write_alt", "write_caption"]


def write_caption(data: pd.DataFrame, kind: Kind, *, title: str = "", labels: Mapping[str, str] | None = None) -> str:
    """Write the caption of a figure from the rows drawn.

    Parameters
    ----------
    data : DataFrame
        The rows drawn.
    kind : Kind
        What the figure shows; each module of ``report.plots`` has one.
    title : str
        The study.
    labels : mapping of str to str, optional
        The short names that the figure displays.

    Returns
    -------
    str
        Markdown in one paragraph: what is shown, articles and clusters, units, interval method, where n is too
        small, validation, missing cells.

    Raises
    ------
    SchemaError
        There is no row.
    """
    rows, words = _check(data, kind), {**kind.words, **(labels or {})}
    told = kind.tells(rows, words) if kind.tells else _tell(rows, kind, words)
    return " ".join(part for part in (f"**{kind.heading}{': ' if title else ''}{title}.**", *told) if part)


def _tell(data: pd.DataFrame, kind: Kind, labels: Labels) -> Sequence[str]:
    """Tell what holds for all figures whose rows are described outlet by outlet."""
    own = kind.own(data)
    return [kind.shows(data, labels), tell_zones(own), tell_articles(own, labels), tell_units(own, kind.unit),
            tell_intervals(own, kind, labels), tell_notes(own), tell_validation(own), tell_missing(own, kind, labels)]


def _check(data: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    if data.empty:
        raise SchemaError(f"No row to describe for {kind.heading!r}. Give the rows that the figure draws.")
    return data


def write_alt(data: pd.DataFrame, kind: Kind, *, labels: Mapping[str, str] | None = None) -> str:
    """Write the alt text of a figure from the rows drawn: its form, then what a reader would see first.

    Parameters
    ----------
    data, kind, labels
        As for :func:`write_caption`.

    Returns
    -------
    str
        Plain text without line breaks.

    Raises
    ------
    SchemaError
        There is no row.
    """
    return " ".join(kind.alt(_check(data, kind), {**kind.words, **(labels or {})}).split())
