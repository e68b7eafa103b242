"""Dates as ``documents.published`` may hold them: ISO 8601, as far as they are known."""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["DATES", "NO_DATE", "read_first_day"]

DATES = "2022, 2022-01, 2022-01-05 or 2022-01-05T10:30"  # how a date may be written
NO_DATE = "unknown"  # as corpus.csv may write it
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ].*)?)?)?", re.ASCII)


def read_first_day(written: str) -> dt.date:
    """Return the first day of a year or month, or the day of a date, with or without its time.

    Raises
    ------
    ValueError
        It is no date, or not written as ISO 8601.

    Examples
    --------
    >>> read_first_day("2022-02").isoformat(), read_first_day("2022-01-05T10:30").isoformat()
    ('2022-02-01', '2022-01-05')
    """
    if not _ISO.fullmatch(written):
        raise ValueError(f"{written!r} is no ISO 8601 date.")
    return dt.date.fromisoformat(written[:10] + "-01-01"[len(written) - 4:])
