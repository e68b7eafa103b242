"""From rows made in Python to a valid table, without the cost of pandas for every column of every check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from framelens.schema.check import validate
from framelens.schema.fields import Field
from framelens.schema.tables import TABLES, Table

_TYPES: dict[str, set[type]] = {"str": {str}, "int": {int}, "float": {float, int}, "bool": {bool}}
_MISSING_TOO = {"int": "Int64", "bool": "boolean"}  # the dtypes of columns in which a value may be, or is, missing


def from_rows(rows: list[dict[str, Any]], name: str, *, order: Sequence[str] = ()) -> pd.DataFrame:
    """Return rows as a valid table, sorted by columns: ``validate(pd.DataFrame(rows), name).sort_values(order)``, sooner.

    Rows that are plain (the declared columns and types, each key once) are checked as they stand; any others are left to
    :func:`validate`, which mends them or says what is wrong.

    Parameters
    ----------
    rows : list of dict
        At least one.
    name : str
        The name of the declared table.
    order : sequence of str
        Columns to sort by; a missing value comes last.

    Returns
    -------
    DataFrame
        Valid under ``name``, its index 0 … n-1.

    Raises
    ------
    SchemaError
        As :func:`validate` does.

    Examples
    --------
    >>> rows = [{"document_id": "a", "start": s, "end": s + 4, "kind": "body", "rule": "body"} for s in (4, 0)]
    >>> from_rows(rows, "zones", order=["start"])["start"].tolist()
    [0, 4]
    """
    table = _plain(rows, TABLES[name], order)
    if table is None:
        table = validate(pd.DataFrame(rows), name)
        table = table.sort_values(list(order), ignore_index=True) if order else table
    return table


def _plain(rows: list[dict[str, Any]], spec: Table, order: Sequence[str]) -> pd.DataFrame | None:
    """Make the table of rows that are plain; None for others."""
    if rows[0].keys() != set(spec.columns) or any(len(row) != len(spec.columns) for row in rows):
        return None
    try:
        columns = {field.name: _values(rows, field, field.name in spec.nullable) for field in spec.fields()}
        keys = list(zip(*(columns[c] for c in spec.key), strict=True))
        if len(set(keys)) < len(keys) or not _are_spans(columns):
            return None
        if order:
            at = sorted(range(len(rows)), key=list(zip(*(_ranks(columns[c]) for c in order), strict=True)).__getitem__)
            columns = {c: [values[i] for i in at] for c, values in columns.items()}
        return pd.DataFrame({field.name: _series(columns[field.name], field, field.name in spec.nullable)
                             for field in spec.fields()}, columns=list(spec.columns))
    except (KeyError, TypeError, ValueError):  # another column, or two types in one
        return None


def _values(rows: list[dict[str, Any]], field: Field, nullable: bool) -> list[Any]:
    """Return the values of one column, an empty text as missing; a ValueError if they are not plain."""
    values = [row[field.name] for row in rows]
    distinct = set(values)
    if "" in distinct:
        values = [None if v == "" else v for v in values]
        distinct = distinct - {""} | {None}
    held = distinct - {None}
    types = set(map(type, values if field.dtype == "bool" else held)) - {type(None)}  # 1 and True are one to a set
    missing = (None in distinct and not nullable) or (field.dtype == "float" and any(v != v for v in held))
    strange = field.allowed and not field.open_ended and not held <= set(field.allowed)
    if missing or strange or types - _TYPES[field.dtype]:
        raise ValueError(field.name)
    return values


def _ranks(values: list[Any]) -> list[Any]:
    """Return what to sort a column by."""
    return [(v is None, v) for v in values] if None in values else values


def _are_spans(columns: dict[str, list[Any]]) -> bool:
    if not {"start", "end"} <= columns.keys():
        return True
    return all(s is None or e is None or 0 <= s < e for s, e in zip(columns["start"], columns["end"], strict=True))


def _series(values: list[Any], field: Field, nullable: bool) -> pd.Series:
    """Make a column as validation makes it."""
    if field.dtype == "float":
        return pd.Series(values, dtype="float64")
    if (field.dtype == "int" and nullable) or (field.dtype == "bool" and None in values):
        return pd.Series(values, dtype=_MISSING_TOO[field.dtype])
    return pd.Series(values, dtype={"int": "int64"}.get(field.dtype, field.dtype))
