"""Years, months, weeks and days: the period of each article, and all periods between the first and the last."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from framelens.errors import SchemaError
from framelens.schema.dates import DATES, NO_DATE, read_first_day

__all__ = ["PERIODS", "list_periods", "name_periods"]

PERIODS = {"year": 4, "month": 7, "week": 10, "day": 10}  # characters of an ISO 8601 date that say it
MOST = 1000  # periods; more are a wrong date, or a table that nobody reads


def name_periods(published: pd.Series, period: str) -> pd.Series:
    """Name the period of each date as it is written (no time zone is turned into another).

    Parameters
    ----------
    published : Series of str
        ISO 8601: a year, a month, a day, or a day with its time; "unknown" is no date, as an empty cell is none.
    period : {"year", "month", "week", "day"}

    Returns
    -------
    Series of str
        "2022", "2022-01", "2022-W01" (ISO week) or "2022-01-05"; missing where the date is, or says too little.

    Raises
    ------
    SchemaError
        A value is no date, or there is no such period.

    Examples
    --------
    >>> dates = pd.Series(["2022-01-02T23:50:00+06:00", "2022-01", None])
    >>> name_periods(dates, "week").tolist(), name_periods(dates, "month").tolist()
    (['2021-W52', nan, nan], ['2022-01', '2022-01', nan])
    """
    if period not in PERIODS:
        raise SchemaError(f"period={period!r} is not known. Allowed: {', '.join(PERIODS)}, or None for all time together.")
    return published.mask(published == NO_DATE).map(lambda written: _name(str(written), period), na_action="ignore").astype("str")


def _name(written: str, period: str) -> str | None:
    """Name the period of one date."""
    try:
        day = read_first_day(written)
    except ValueError:
        raise SchemaError(f"Table 'documents', column 'published': {written!r} is no date. Write ISO 8601: {DATES}.") from None
    if len(written[:10]) < PERIODS[period]:
        return None
    return _of_day(day, period)


def _of_day(day: dt.date, period: str) -> str:
    """Name the period that holds a day."""
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    return day.isoformat()[:PERIODS[period]]


def list_periods(names: pd.Series, period: str) -> list[str]:
    """List all periods from the first to the last that is named, those without an article as well.

    Examples
    --------
    >>> list_periods(pd.Series(["2021-12", "2022-02"]), "month")
    ['2021-12', '2022-01', '2022-02']
    >>> list_periods(pd.Series(["2020-W53", "2021-W02"]), "week")
    ['2020-W53', '2021-W01', '2021-W02']
    """
    first, last = names.min(), names.max()
    day = _first_day(first, period)
    found = [first]
    while found[-1] < last:
        if len(found) == MOST:
            raise SchemaError(f"period={period!r}: from {first} to {last} there are more than {MOST}. Take a longer period, or "
                              "mend the column 'published' of table 'documents'.")
        day += dt.timedelta(days={"year": 366, "month": 31, "week": 7, "day": 1}[period])
        day = _first_day(_of_day(day, period), period)
        found.append(_of_day(day, period))
    return found


def _first_day(name: str, period: str) -> dt.date:
    """Return the first day of a period."""
    return dt.date.fromisocalendar(int(name[:4]), int(name[6:]), 1) if period == "week" else read_first_day(name)
