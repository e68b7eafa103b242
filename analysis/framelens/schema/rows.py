"""From rows made in Python to a valid table, without the cost of pandas for every column of every check."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

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
    if rows[0].keys() != set(spec.columns) or set(map(len, rows)) != {len(spec.columns)}:
        return None
    try:  # by columns, never a tuple a row: Python's search for cycles would go through them all, again and again
        columns = {field.name: _values(list(map(itemgetter(field.name), rows)), field, field.name in spec.nullable)
                   for field in spec.fields()}
        ranks = {c: _ranks(columns[c]) for c in dict.fromkeys((*spec.key, *order))}
        if _have_doubles([ranks[c] for c in spec.key]) or not _are_spans(columns):
            return None
        if order:
            at = np.lexsort([ranks[c] for c in reversed(order)]).tolist()
            columns = {c: list(map(values.__getitem__, at)) for c, values in columns.items()}
        return pd.DataFrame({field.name: _column(columns[field.name], field, field.name in spec.nullable)
                             for field in spec.fields()}, columns=list(spec.columns))
    except (KeyError, TypeError, ValueError):  # another column, or two types in one
        return None


def _values(values: list[Any], field: Field, nullable: bool) -> list[Any]:
    """Return the values of one column, an empty text as missing; a ValueError if they are not plain."""
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


def _ranks(values: list[Any]) -> NDArray[np.int64]:
    """Return the rank of each value among those of a column; a missing one comes last."""
    distinct = set(values)
    missing = distinct & {None}
    rank = {value: i for i, value in enumerate((*sorted(distinct - missing), *missing))}
    return np.fromiter(map(rank.__getitem__, values), np.int64, len(values))


def _have_doubles(ranks: Sequence[NDArray[np.int64]]) -> bool:
    """Tell whether two rows are alike in all of some columns, by the ranks of their values."""
    at = np.lexsort(ranks)
    return bool(np.logical_and.reduce([np.diff(rank[at]) == 0 for rank in ranks]).any())


def _are_spans(columns: dict[str, list[Any]]) -> bool:
    if not {"start", "end"} <= columns.keys():
        return True
    return all(s is None or e is None or 0 <= s < e for s, e in zip(columns["start"], columns["end"], strict=True))


def _column(values: list[Any], field: Field, nullable: bool) -> NDArray[Any] | ExtensionArray:
    """Make a column as validation makes it, without an index: pandas aligns those of series, one by one."""
    if (field.dtype == "int" and nullable) or (field.dtype == "bool" and None in values):
        return pd.array(values, dtype=_MISSING_TOO[field.dtype])  # type: ignore[call-overload]
    if field.dtype == "str":
        return pd.array(pa.array(values, pa.large_string()), dtype="str")  # half the time of making it from the values
    return np.array(values, dtype={"int": "int64", "float": "float64"}.get(field.dtype, field.dtype))
