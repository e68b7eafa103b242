"""The rows of a corpus as they are read: values of declared columns become strings, and what is wrong is noted, row by row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from framelens import schema
from framelens.corpus.ingest.decoding import flaw
from framelens.schema.dates import DATES, NO_DATE, read_first_day

__all__ = ["COLUMNS", "Row", "keep_whole", "read_rows"]

COLUMNS = schema.TABLES["documents"].columns


@dataclass
class Row:
    """One article to be: where it stands, what is known of it, and what is wrong with it."""

    where: str
    values: dict[str, Any]
    problems: list[str] = field(default_factory=list)
    guess: tuple[str, str] | None = None  # its file, and the encoding that this was guessed to be in


def read_rows(table: pd.DataFrame, word: str) -> list[Row]:
    """Turn a table, whose index numbers the rows of its file, into rows; values of declared columns become strings."""
    rows = []
    for number, record in zip(table.index, table.to_dict("records"), strict=True):
        row = Row(f"{word} {number}", {})
        for column, value in record.items():
            name = str(column)
            ours = name in COLUMNS or name == "path" or isinstance(value, str)
            row.values[name] = _string(row, name, value) if ours else value
        _check_date(row)
        if row.values["document_id"] is None:
            row.problems.append("column 'document_id' is empty. Give the article a name of its own.")
        rows.append(row)
    return rows


def _string(row: Row, column: str, value: Any) -> str | None:
    """Return a value as a string; None where it is missing or none."""
    if isinstance(value, str):
        if column != "text" and (what := flaw(value)):
            row.problems.append(f"column {column!r}: {what}")
            return None
        return value or None
    if isinstance(value, list | tuple | dict | set) or hasattr(value, "__len__"):
        row.problems.append(f"column {column!r} is a list or an object. Write plain text.")
        return None
    if pd.isna(value):
        return None
    if column == "text":
        row.problems.append(f"column 'text' is {value!r}, no text. Write it as a string.")
        return None
    if isinstance(value, dt.date):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a column of whole numbers with a gap is read as floats
    return str(value)


def _check_date(row: Row) -> None:
    """Note a date that is none: what is measured over time would stop at it, far from its row."""
    written = row.values.get("published")
    if written is None or written == NO_DATE:
        return
    try:
        read_first_day(written)
    except ValueError:
        row.problems.append(f"column 'published' is {written!r}, no date. Write ISO 8601: {DATES}; or {NO_DATE}, or nothing.")
        row.values["published"] = None


def keep_whole(values: list[Any]) -> Any:
    """Keep whole numbers whole beside a missing one: as floats, long ones would be altered."""
    given = [value for value in values if not (value is None or value is pd.NA or value != value)]
    if len(given) < len(values) and given and all(type(value) is int for value in given):
        return pd.Series(values, dtype=object) if max(map(abs, given)) >= 2**63 else pd.Series(
            [value if type(value) is int else None for value in values], dtype="Int64")
    return values
