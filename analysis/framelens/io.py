"""The only module that opens files: tables, TOML, bytes and packaged data; every write is atomic."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import tempfile
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import schema
from framelens.errors import CorpusError, FramelensError, SchemaError

__all__ = [
    "packaged_names", "packaged_text", "read_bytes", "read_csv", "read_json_lines", "read_parquet", "read_table",
    "read_tables", "read_text", "read_toml", "sha256", "toml_line", "write_bytes", "write_csv", "write_json",
    "write_table", "write_tables", "write_text",
]

FORMATS = ("csv", "parquet")


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: str | Path) -> bytes:
    """Read a file, or say by name why it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}). Check the path and the permissions.") from error


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


def packaged_names(suffix: str = "") -> list[str]:
    """Name the files of ``framelens/lexicons`` that end in ``suffix``."""
    return sorted(p.name for p in resources.files("framelens").joinpath("lexicons").iterdir() if p.name.endswith(suffix))


def write_bytes(data: bytes, path: str | Path) -> Path:
    """Write a file so that a reader sees the old one or the new one, never half of it."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(part, 0o666 & ~mask)  # mkstemp makes private files; ours are as any other
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return path


def write_text(text: str, path: str | Path) -> Path:
    """Write UTF-8 text, atomically."""
    return write_bytes(text.encode("utf-8"), path)


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


def read_csv(path: str | Path) -> pd.DataFrame:
    """Read a CSV of strings without any guessing: "NA" stays "NA", "007" stays "007", only an empty field is missing."""
    try:
        return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CorpusError(f"{path}: cannot be read as CSV ({reason}). It must be UTF-8 with a header line.") from error


def read_json_lines(path: str | Path) -> pd.DataFrame:
    """Read JSON Lines; a bad line is named by its number."""
    rows = []
    for number, line in enumerate(read_bytes(path).decode("utf-8-sig", errors="surrogateescape").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(f"{path}, line {number}: not valid JSON ({error.msg}). Mend the line or take it out.") from error
        if not isinstance(row, dict):
            raise CorpusError(f"{path}, line {number}: a JSON object is needed, one article a line.")
        rows.append(row)
    return pd.DataFrame(rows)


def write_csv(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a CSV with every field quoted and floats in full, so that reading it gives the same table."""
    text = table.to_csv(index=False, quoting=csv.QUOTE_ALL, lineterminator="\n", na_rep="")
    return write_text(text, path)


def _find(folder: Path, name: str) -> Path | None:
    return next((p for p in (folder / f"{name}.{f}" for f in FORMATS) if p.is_file()), None)


def write_table(table: pd.DataFrame, path: str | Path, name: str, *, form: str = "full") -> Path:
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

    Returns
    -------
    Path
        Where it was written.
    """
    path = Path(path)
    checked = schema.text_free(table, name) if form == "text_free" else schema.validate(table, name)
    if path.suffix == ".csv":
        return write_csv(checked, path)
    if path.suffix == ".parquet":
        return write_bytes(checked.to_parquet(index=False), path)
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


def write_tables(tables: dict[str, pd.DataFrame], folder: str | Path, *, format: str = "csv",
                 form: str = "full") -> list[Path]:
    """Write tables as ``<folder>/<name>.<format>``; a table of that name in the other format is removed."""
    if format not in FORMATS:
        raise SchemaError(f"format is one of {', '.join(FORMATS)}, not {format!r}.")
    written = []
    for name, table in tables.items():
        path = write_table(table, Path(folder) / f"{name}.{format}", name, form=form)
        for other in FORMATS:
            if other != format:
                path.with_suffix(f".{other}").unlink(missing_ok=True)  # else a stale twin would be read one day
        written.append(path)
    return written


def read_tables(folder: str | Path, *, form: str = "full") -> dict[str, pd.DataFrame]:
    """Read every declared table that a folder holds."""
    folder = Path(folder)
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder of tables.")
    found = {name: path for name in schema.TABLES if (path := _find(folder, name))}
    if not found:
        raise CorpusError(f"{folder}: holds no table. Expected files such as documents.csv or mentions.parquet.")
    return {name: read_table(path, name, form=form) for name, path in found.items()}


def read_parquet(path: str | Path) -> pd.DataFrame:
    """Read a Parquet file, or say by name why it cannot be read."""
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}: cannot be read as Parquet ({error}).") from error
