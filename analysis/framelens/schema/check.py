"""Validation of tables and their text-free form, both made from the declarations."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

import pandas as pd

from framelens.errors import SchemaError
from framelens.schema.fields import Field
from framelens.schema.tables import TABLES, Table

LABEL_WORDS = 3  # a label of up to three words may leave the house; a phrase may not


def _spec(name: str) -> Table:
    if name not in TABLES:
        raise SchemaError(f"There is no table {name!r}. Tables are: {', '.join(TABLES)}.")
    return TABLES[name]


def _rows(bad: pd.Series) -> str:
    """Name the first bad rows by their position, as a reader counts them in the table."""
    positions = [str(i) for i in range(len(bad)) if bad.iloc[i]][:3]
    more = int(bad.sum()) - len(positions)
    return f"row{'s' if len(positions) > 1 else ''} {', '.join(positions)}" + (f" and {more} more" if more > 0 else "")


def _fail(table: str, column: str, what: str, mend: str) -> SchemaError:
    return SchemaError(f"Table {table!r}, column {column!r}: {what}. {mend}")


def _surrogate(table: str, column: str) -> SchemaError:
    return _fail(table, column, "a value holds a lone surrogate, which is no character", "Take it out of the text.")


def _as_bool(values: pd.Series, table: str, column: str) -> pd.Series:
    known = {True: True, False: False, "True": True, "False": False, "true": True, "false": False}  # 1 == True
    missing = values.isna()
    bad = ~missing & ~pd.Series([bool(m) or v in known for v, m in zip(values, missing, strict=True)], values.index, dtype=bool)
    if bad.any():
        raise _fail(table, column, f"{_rows(bad)}: {values[bad].iloc[0]!r} is neither True nor False",
                    "Write True or False.")
    flags = [None if m else known[v] for v, m in zip(values, missing, strict=True)]
    return pd.Series(flags, values.index, dtype="boolean" if missing.any() else "bool")


def _as_number(values: pd.Series, field: Field, table: str, nullable: bool) -> pd.Series:
    if field.dtype == "int" and values.dtype == "int64":  # offsets, most often
        return values.astype("Int64") if nullable else values
    numbers = pd.to_numeric(values, errors="coerce")
    bad = numbers.isna() & values.notna()
    if bad.any():
        raise _fail(table, field.name, f"{_rows(bad)}: {values[bad].iloc[0]!r} is not a number",
                    f"Write {field.description or 'a number'} as a plain number.")
    if field.dtype == "float":
        return numbers.astype("float64")
    bad = numbers.notna() & (numbers % 1 != 0)
    if bad.any():
        raise _fail(table, field.name, f"{_rows(bad)}: {values[bad].iloc[0]!r} is not a whole number",
                    "Write a whole number.")
    return numbers.astype("Int64" if nullable else "int64")


def _whole(value: Any) -> Any:
    """Return a whole number that pandas holds as a float, for the sake of a gap beside it, as the integer it was."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else value


def _as_text(values: pd.Series, field: Field, table: str) -> pd.Series:
    try:
        if values.dtype == object or pd.api.types.is_float_dtype(values):
            values = values.map(_whole)
        text = values.astype("str")
    except UnicodeEncodeError as error:
        raise _surrogate(table, field.name) from error
    if values.dtype != "str":  # what a value is written as may be empty too
        text = text.where(values.notna() & (text != "")).astype("str")
    if field.allowed and not field.open_ended:
        bad = ~text.isin((*field.allowed, float("nan")))
        if bad.any():
            raise _fail(table, field.name, f"{_rows(bad)}: {text[bad].iloc[0]!r} is not allowed",
                        f"Allowed: {', '.join(field.allowed)}.")
    return text


def _coerce(values: pd.Series, field: Field, table: str, nullable: bool) -> pd.Series:
    missing = values.isna()
    if not missing.all() and (values.dtype == "str" or values.dtype == object):  # missing and empty are one thing: NaN
        empty = values == ""
        if empty.any():
            missing |= empty
            values = values.where(~missing)
    if missing.any() and not nullable:
        raise _fail(table, field.name, f"{_rows(missing)}: the value is missing", "Every row needs one.")
    if field.dtype == "str" and missing.all():
        return pd.Series(float("nan"), values.index, dtype="str")
    if field.dtype == "bool":
        return _as_bool(values, table, field.name)
    if field.dtype in ("int", "float"):
        return _as_number(values, field, table, nullable)
    return _as_text(values, field, table)


def validate(table: pd.DataFrame, name: str, *, form: str = "full", needed: Collection[str] | None = None) -> pd.DataFrame:
    """Check a table against its declaration and return it with declared columns, order and types.

    Parameters
    ----------
    table : DataFrame
        Any table; columns beyond the declared ones are kept, behind the others.
    name : str
        The name of the declared table, for example ``"mentions"``.
    form : {"full", "text_free"}
        Which form of the table is expected.
    needed : collection of str, optional
        Of a table that is complete only in part: the columns that it must have, filled. Others that it lacks are not added,
        and those that it has may be empty.

    Returns
    -------
    DataFrame
        A new table; the one given is not changed. The index is 0 … n-1.

    Raises
    ------
    SchemaError
        A column is missing or stands twice, a value is missing, of the wrong type or not allowed, a span is empty or
        negative, or two rows share a key. The message names table, column, rows and remedy.

    Examples
    --------
    >>> import pandas as pd
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [4], "kind": ["body"], "rule": ["default"]})
    >>> validate(zones, "zones").dtypes["start"].name
    'int64'
    >>> validate(zones.assign(kind="bodi"), "zones")
    Traceback (most recent call last):
      ...
    framelens.errors.SchemaError: Table 'zones', column 'kind': row 0: 'bodi' is not allowed. Allowed: body, \
headline, byline, dateline, caption, crosslink, furniture.
    """
    spec = _spec(name)
    if form not in ("full", "text_free"):
        raise SchemaError(f"form is 'full' or 'text_free', not {form!r}.")
    double = table.columns[table.columns.duplicated()]
    if len(double):
        raise _fail(name, str(double[0]), "the table has two columns of that name", "Rename one or take it out.")
    fields = [f for f in spec.fields(form) if needed is None or f.name in needed or f.name in table.columns]

    def may_miss(column: str) -> bool:
        return spec.may_miss(column, form) if needed is None else column not in needed

    wanted = [f.name for f in fields]
    absent = [f.name for f in fields if f.name not in table.columns and not may_miss(f.name)]
    if absent:
        raise _fail(name, absent[0], f"the column is missing (the table has {', '.join(map(str, table.columns)) or 'none'})",
                    f"Add it: {spec.field(absent[0]).description}")
    out = {}
    for field in fields:
        values = (table[field.name].reset_index(drop=True) if field.name in table.columns
                  else pd.Series([None] * len(table), dtype=object))
        out[field.name] = _coerce(values, field, name, may_miss(field.name))
    checked = pd.DataFrame(out, columns=wanted)
    _check_spans(checked, name)
    key = [c for c in spec.key if c in checked or needed is not None]
    same = checked.duplicated(key, keep=False) if set(key) <= set(checked) else pd.Series(False, checked.index)
    if same.any():
        raise _fail(name, " + ".join(spec.key), f"{_rows(same)}: the same key stands twice",
                    "Each row needs a key of its own; remove or rename the double.")
    for column in table.columns:
        if column not in spec.columns:
            try:
                checked[column] = table[column].to_numpy()
            except UnicodeEncodeError as error:
                raise _surrogate(name, str(column)) from error
    return checked


def _check_spans(table: pd.DataFrame, name: str) -> None:
    if not {"start", "end"} <= set(table.columns):
        return
    bad = ((table["start"] < 0) | (table["end"] <= table["start"])).fillna(False).astype(bool)
    if bad.any():
        row = table[bad].iloc[0]
        raise _fail(name, "end", f"{_rows(bad)}: [{row['start']}, {row['end']}) is no span",
                    "Offsets are half-open: 0 <= start < end.")


def empty(name: str, *, form: str = "full") -> pd.DataFrame:
    """Return a declared table without rows, with the right columns and types.

    Examples
    --------
    >>> list(empty("copies").columns)
    ['document_id', 'cluster_id', 'copy_status', 'evidence']
    """
    return _empty(name, form).copy()


@cache
def _empty(name: str, form: str) -> pd.DataFrame:
    return validate(pd.DataFrame({f.name: pd.Series([], dtype=object) for f in _spec(name).fields(form)}), name, form=form)


def _is_label(value: object) -> bool:
    return len(str(value).split()) <= LABEL_WORDS


def text_free(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the form of a table that holds no phrase of the articles and may be published.

    Titles, texts and phrases are left out, labels of more than three words are emptied, and source and cue
    spans and fillers of slots lose their offsets. Names, lemmas, groups, numbers and hashes stay.

    Parameters
    ----------
    table : DataFrame
        A table that is valid under ``name``.
    name : str
        The name of the declared table.

    Returns
    -------
    DataFrame
        Valid under ``validate(..., form="text_free")``. Columns of the user's own are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> spans = pd.DataFrame({"attribution_id": ["x", "x"], "document_id": ["d", "d"], "role": ["source", "content"],
    ...                       "start": [0, 9], "end": [3, 20]})
    >>> text_free(spans, "attribution_spans")["start"].tolist()
    [<NA>, 9]
    """
    spec = _spec(name)
    out = validate(table, name)[[f.name for f in spec.fields("text_free")]].copy()
    for field in spec.fields("text_free"):
        if field.share == "label":
            out[field.name] = out[field.name].mask(~out[field.name].map(_is_label))
        elif field.share == "labels":
            kept = out[field.name].map(lambda labels: "; ".join(filter(_is_label, labels.split("; "))), na_action="ignore")
            out[field.name] = kept.mask(kept == "").astype("str")
    if name == "attribution_spans":
        hidden = out["role"] != "content"
        for column in ("start", "end"):
            out[column] = out[column].astype("Int64").mask(hidden)
        out = out.drop_duplicates(list(spec.key), ignore_index=True)  # several hidden spans of a role become one row
    return validate(out, name, form="text_free")


def rows_by_document(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of a table by article, in the order of the table.

    Examples
    --------
    >>> rows_by_document(pd.DataFrame({"document_id": ["b", "a", "b"], "n": [1, 2, 3]}))["b"]
    [{'document_id': 'b', 'n': 1}, {'document_id': 'b', 'n': 3}]
    """
    out: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        out.setdefault(str(row["document_id"]), []).append({str(k): v for k, v in row.items()})
    return out
