"""The only module that opens files: tables, TOML, bytes and packaged data; every write is atomic."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import tempfile
import tomllib
from collections.abc import Mapping
from importlib import resources
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import schema
from framelens.errors import CorpusError, FramelensError, SchemaError

__all__ = [
    "declared_files", "packaged_names", "packaged_text", "parse_csv", "read_bytes", "read_csv", "read_json", "read_json_lines",
    "read_parquet", "read_table", "read_tables", "read_text", "read_toml", "sha256", "table_files", "toml_line", "write_bytes",
    "write_csv", "write_json", "write_table", "write_tables", "write_text",
]

FORMATS = ("csv", "parquet")
LEVEL = 9  # of zstd: a third less than the default, snappy; more gains little and takes long
FIELD_LIMIT = 2**31 - 1  # the csv module would stop at 131 072 characters; an article may be longer


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: str | Path) -> bytes:
    """Read a file, or say by name why it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror or error}). Check the path and the permissions.") from error


def read_text(path: str | Path) -> str:
    """Read a UTF-8 text file of ours (settings, lexicons, marks); a leading byte order mark is dropped."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 (byte {error.start}). Save the file as UTF-8.") from error


def packaged_text(name: str) -> str:
    """Return the text of a file in ``framelens/lexicons`` (or another packaged folder, ``folder/name``)."""
    folder, _, file = name.rpartition("/")
    place = resources.files("framelens").joinpath(folder or "lexicons", file)
    if not place.is_file():
        raise FramelensError(f"framelens ships no file {name!r}. It ships: {', '.join(packaged_names())}.")
    return place.read_text(encoding="utf-8")


def installed_text(package: str, file: str) -> str:
    """Return the text of a file that another installed package ships, without importing that package."""
    found = find_spec(package)
    place = Path(found.origin).parent / file if found and found.origin else None
    if place is None or not place.is_file():
        raise FramelensError(f"{package} ships no file {file!r} here. Install the version of {package} that framelens asks for.")
    return place.read_text(encoding="utf-8")


def packaged_names(suffix: str = "") -> list[str]:
    """Name the files of ``framelens/lexicons`` that end in ``suffix``."""
    return sorted(p.name for p in resources.files("framelens").joinpath("lexicons").iterdir() if p.name.endswith(suffix))


def write_bytes(data: bytes, path: str | Path) -> Path:
    """Write a file so that a reader sees the old one or the new one, never half of it."""
    path = Path(path)
    part = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(part, 0o666 & ~mask)  # mkstemp makes private files; ours are as any other
        os.replace(part, path)
    except BaseException as error:
        if part:
            Path(part).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise CorpusError(f"{path}: cannot be written ({error.strerror or error}). "
                              f"Check the folder, its permissions and the space left on the disk.") from error
        raise
    return path


def write_text(text: str, path: str | Path) -> Path:
    """Write UTF-8 text, atomically."""
    try:
        return write_bytes(text.encode("utf-8"), path)
    except UnicodeEncodeError as error:
        raise CorpusError(f"{path}: cannot be written: character {error.start} of it is a lone surrogate "
                          f"({text[error.start]!r}), which UTF-8 cannot hold. Take it out of the data.") from error


def write_json(value: Any, path: str | Path) -> Path:
    """Write JSON, keys in their order, atomically."""
    return write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", path)


def read_toml(path: str | Path) -> dict[str, Any]:
    """Read a TOML file; a syntax error names file and place."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise FramelensError(f"{path}: not valid TOML: {error}.") from error


def toml_line(text: str, *words: str) -> int | None:
    """Find the line (from 1) of a TOML text that holds all words: tomllib itself keeps no line numbers."""
    for number, line in enumerate(text.splitlines(), 1):
        if all(word in line for word in words):
            return number
    return None


def read_json(path: str | Path) -> dict[str, Any]:
    """Read a JSON file that holds one object; a syntax error names file and place."""
    try:
        value = json.loads(read_text(path))
    except ValueError as error:
        raise CorpusError(f"{path}: not valid JSON ({error}). Mend the file, or have it written again.") from error
    if not isinstance(value, dict):
        raise CorpusError(f"{path}: a JSON object {{…}} is needed, not a {type(value).__name__}. "
                          f"Mend the file, or have it written again.")
    return value


def read_csv(path: str | Path) -> pd.DataFrame:
    """Read a UTF-8 CSV as :func:`parse_csv` does; the index is 0 … n-1."""
    return parse_csv(read_text(path), path).reset_index(drop=True)


def parse_csv(text: str, path: str | Path) -> pd.DataFrame:
    r"""Read the text of a CSV without any guessing: "NA" stays "NA", "007" stays "007", only an empty field is missing.

    Parameters
    ----------
    text : str
        The decoded file. Its first row that is not empty is the header; spaces around the names are taken off.
    path : path
        What messages call it.

    Returns
    -------
    DataFrame
        Strings. The index is the number of each row in the file, as a spreadsheet counts: the first row is 1, an
        empty row counts (but is left out of the table), a line break within quotation marks does not.

    Raises
    ------
    CorpusError
        No header, a name that stands twice in it, a row with more or fewer fields than it, or quotation marks that
        do not fit together.

    Examples
    --------
    >>> parse_csv("id, word\na,NA\n\nb,\n", "x.csv").to_dict("index")
    {2: {'id': 'a', 'word': 'NA'}, 4: {'id': 'b', 'word': nan}}
    >>> parse_csv("id,word\na,bread, salt\n", "x.csv")
    Traceback (most recent call last):
      ...
    framelens.errors.CorpusError: x.csv: row 2 has 3 fields, the header has 2; put quotation marks around fields that hold commas.
    """
    rows = [(number, row) for number, row in _csv_rows(text, path) if any(value.strip() for value in row)]
    if not rows:
        raise CorpusError(f"{path}: cannot be read as CSV (it is empty). It must be UTF-8 with a header line.")
    header = [name.strip() or f"Unnamed: {i}" for i, name in enumerate(rows.pop(0)[1])]  # pandas' word for nameless ones
    double = next((name for i, name in enumerate(header) if name in header[:i]), None)
    if double is not None:
        raise CorpusError(f"{path}: the header has two columns {double!r}. Rename one or take it out.")
    for number, row in rows:
        if len(row) != len(header):
            hint = (" Its fields are not separated by commas: save it so that they are."
                    if len(header) == 1 and any(mark in header[0] for mark in ";\t") else "")
            raise CorpusError(f"{path}: row {number} has {len(row)} field{'s' if len(row) > 1 else ''}, the header has "
                              f"{len(header)}; put quotation marks around fields that hold commas.{hint}")
    numbers = pd.Index([number for number, _ in rows], dtype="int64")
    return pd.DataFrame({name: pd.Series([row[i] or None for _, row in rows], index=numbers, dtype="str")
                         for i, name in enumerate(header)}, index=numbers)


def _csv_rows(text: str, path: str | Path) -> list[tuple[int, list[str]]]:
    """Split a CSV into numbered rows; strict, as quotation marks would else be lost or swallow the rows below."""
    rows: list[tuple[int, list[str]]] = []
    limit = csv.field_size_limit(FIELD_LIMIT)
    try:
        rows.extend(enumerate(csv.reader(StringIO(text, newline=""), strict=True), 1))
    except csv.Error as error:
        raise CorpusError(f"{path}: cannot be read as CSV (row {len(rows) + 1}: {error}). Close each quotation mark that "
                          f"opens a field, and double those within it.") from error
    finally:
        csv.field_size_limit(limit)
    return rows


def read_json_lines(path: str | Path) -> pd.DataFrame:
    """Read JSON Lines; the index is the number of each line, by which a bad one is named; values stay as they are."""
    rows: dict[int, dict[str, Any]] = {}
    for number, line in enumerate(read_bytes(path).decode("utf-8-sig", errors="surrogateescape").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise CorpusError(f"{path}, line {number}: not valid JSON ({getattr(error, 'msg', error)}). "
                              f"Mend the line or take it out.") from error
        if not isinstance(row, dict):
            raise CorpusError(f"{path}, line {number}: a JSON object is needed, one article a line.")
        if bad := next((name for name in row if any("\ud800" <= mark <= "\udfff" for mark in name)), None):
            raise CorpusError(f"{path}, line {number}: the name {bad!r} holds a lone surrogate. Rename it.")
        rows[number] = row
    # dtype=object, or pandas turns whole numbers beside a missing one into floats and cannot hold a lone surrogate
    return pd.DataFrame(list(rows.values()), index=pd.Index(list(rows), dtype="int64"), dtype=object)


def write_csv(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a CSV with every field quoted and floats in full, so that reading it gives the same table."""
    text = table.to_csv(index=False, quoting=csv.QUOTE_ALL, lineterminator="\n", na_rep="")
    return write_text(text, path)


def _find(folder: Path, name: str) -> Path | None:
    return next((p for p in (folder / f"{name}.{f}" for f in FORMATS) if p.is_file()), None)


def _parquet(table: pd.DataFrame, name: str) -> bytes:
    """Return a table as Parquet; a column that Parquet cannot hold is named."""
    refusals = (ValueError, TypeError, NotImplementedError, OverflowError)  # what pyarrow's own errors are, too
    try:
        return table.to_parquet(index=False, compression="zstd", compression_level=LEVEL)
    except refusals as error:
        for column in table.columns:
            try:
                table[[column]].to_parquet(index=False)
            except refusals as reason:
                raise SchemaError(f"Table {name!r}, column {column!r}: Parquet cannot hold its values ({reason}). "
                                  f"Write it as text, .astype(str), or save the table as .csv.") from error
        raise SchemaError(f"Table {name!r} cannot be written as Parquet ({error}). Save it as .csv.") from error


def write_table(table: pd.DataFrame, path: str | Path, name: str, *, form: str = "full", as_is: bool = False) -> Path:
    """Validate a table and write it as CSV or Parquet, by the ending of ``path``.

    Parameters
    ----------
    table : DataFrame
        A table that is valid under ``name``.
    path : path
        Ends in ``.csv`` or ``.parquet``.
    name : str
        The declared table.
    form : {"full", "text_free"}
        The form to write; ``"text_free"`` is made from a full table.
    as_is : bool
        The table already has that form: check it and write it as it is.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    SchemaError
        The table is not as declared, or Parquet cannot hold a column of the user's own.
    CorpusError
        The file cannot be written.
    """
    path = Path(path)
    made = form == "text_free" and not as_is
    checked = schema.text_free(table, name) if made else schema.validate(table, name, form=form)
    if path.suffix == ".csv":
        return write_csv(checked, path)
    if path.suffix == ".parquet":
        return write_bytes(_parquet(checked, name), path)
    raise SchemaError(f"{path}: tables are written as .csv or .parquet, not {path.suffix or 'without an ending'}.")


def read_table(path: str | Path, name: str, *, form: str = "full") -> pd.DataFrame:
    """Read and validate a table written by :func:`write_table` or made elsewhere.

    Parameters
    ----------
    path : path
        A ``.csv`` or ``.parquet`` file.
    name : str
        The declared table.
    form : {"full", "text_free"}
        The form expected.

    Returns
    -------
    DataFrame
        Valid under ``name``.

    Raises
    ------
    SchemaError
        The table is not as declared; the message begins with the file.
    """
    path = Path(path)
    if path.suffix == ".csv":
        raw = read_csv(path)
    elif path.suffix == ".parquet":
        raw = read_parquet(path)
    else:
        raise SchemaError(f"{path}: tables are read from .csv or .parquet, not {path.suffix or 'without an ending'}.")
    try:
        return schema.validate(raw, name, form=form)
    except SchemaError as error:
        raise SchemaError(f"{path}: {error}") from error


def write_tables(tables: Mapping[str, pd.DataFrame], folder: str | Path, *, format: str = "csv",
                 form: str = "full", as_is: bool = False) -> list[Path]:
    """Write tables as ``<folder>/<name>.<format>``, so that the folder holds these tables and no other declared one.

    Whatever else stands there under the name of a declared table, in either format, is removed: it is of an older
    state and would be read with the new ones, or be published with a text-free folder.
    """
    if format not in FORMATS:
        raise SchemaError(f"format is one of {', '.join(FORMATS)}, not {format!r}.")
    folder = Path(folder)
    written = [write_table(table, folder / f"{name}.{format}", name, form=form, as_is=as_is)
               for name, table in tables.items()]
    for stale in (folder / name for name in declared_files(folder) - {path.name for path in written}):
        try:
            stale.unlink()
        except OSError as error:
            raise CorpusError(f"{stale}: an older table that cannot be removed ({error.strerror or error}). "
                              f"Remove it, or save to another folder.") from error
    return written


def declared_files(folder: str | Path) -> set[str]:
    """Name the files of a folder that bear the name of a declared table."""
    names = {f"{name}.{ending}" for name in schema.TABLES for ending in FORMATS}
    return {path.name for path in Path(folder).iterdir() if path.name in names} if Path(folder).is_dir() else set()


def table_files(folder: str | Path) -> dict[str, Path]:
    """Find the file of every declared table that a folder holds."""
    return {name: path for name in schema.TABLES if (path := _find(Path(folder), name))}


def read_tables(folder: str | Path, *, form: str = "full") -> dict[str, pd.DataFrame]:
    """Read every declared table that a folder holds."""
    folder = Path(folder)
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder of tables.")
    found = table_files(folder)
    if not found:
        raise CorpusError(f"{folder}: holds no table. Expected files such as documents.csv or mentions.parquet.")
    return {name: read_table(path, name, form=form) for name, path in found.items()}


def read_parquet(path: str | Path) -> pd.DataFrame:
    """Read a Parquet file, or say by name why it cannot be read."""
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}: cannot be read as Parquet ({error}).") from error
