"""Reading a corpus: a folder of text files or a table, into ``documents`` with the text as it stands."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from framelens import io, schema
from framelens.corpus.ingest.decoding import decode, flaw, is_guess, name_codec, tell_guesses
from framelens.corpus.ingest.rows import COLUMNS, Row, keep_whole, read_rows
from framelens.errors import CorpusError, FramelensWarning

__all__ = ["read_about", "read_articles", "read_corpus"]

UNKNOWN = "unknown"
STUDY = "study.toml"  # what makes a folder a study
SHOWN = 3  # problems that a message tells in full; the total is always told


def read_corpus(path: str | Path, *, on_error: str = "raise") -> pd.DataFrame:
    r"""Read articles from a folder of text files or from a table.

    Parameters
    ----------
    path : path
        Either a folder of ``.txt`` files, one article a file, whose name without ``.txt`` is the document_id. What is
        known of them stands in a ``corpus.csv`` in that folder or the one above (columns: document_id and any of
        ``documents``); outlet is "unknown" where it does not say, with a ``FramelensWarning``. Beside a ``study.toml``
        it must say so of every text. Files in sub-folders and hidden files are not read.

        Or a table: ``.csv``, ``.jsonl``/``.ndjson`` or ``.parquet`` with ``document_id``, ``outlet`` and ``text``, or
        instead of the text a ``path`` to a text file, relative to the table; and any other column of ``documents``.
        Columns of your own are kept behind those; ``path`` is not.
    on_error : {"raise", "skip"}
        ``"raise"`` names the first problems and their number. ``"skip"`` keeps every row: a bad one without its text
        and with an ``exclusion_reason``; the second of two equal ids gets another id.

    Returns
    -------
    DataFrame
        ``documents``. ``text`` is the decoded source, line ends and all; ``encoding`` says how it was decoded (by
        :func:`framelens.corpus.ingest.decoding.decode`, as the table states it of a file, if it does); ``text_sha256`` is of
        the raw bytes (of a text in a table: of its UTF-8 bytes). A hash that the table gives is checked against the text. A
        row that comes with an ``exclusion_reason`` needs no text.

    Raises
    ------
    CorpusError
        No such path, a missing column, or, under ``"raise"``, rows with a missing or doubled id, no outlet, a
        ``published`` that is no ISO 8601 date (a year, a month, a day, a day with its time) nor "unknown", an empty,
        unreadable or missing text, or another text than its hash says; in a study also a text without a row.

    Warns
    -----
    FramelensWarning
        There is no ``corpus.csv``, or it does not name the outlet of every text. "unknown" written there is no reason to warn.
        The encoding of a file is no UTF-8, has no byte order mark and is not stated in the column ``encoding``: it was guessed.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a1.txt").write_text("Bread rose again.", encoding="utf-8")
    >>> _ = (folder / "corpus.csv").write_text("document_id,outlet\na1,Post\n", encoding="utf-8")
    >>> read_corpus(folder)[["document_id", "outlet", "text", "encoding"]].values.tolist()
    [['a1', 'Post', 'Bread rose again.', 'utf-8']]
    """
    return read_articles(path, on_error=on_error, remedy='(on_error="skip" keeps the good rows and marks the others.)')


def read_articles(path: str | Path, *, on_error: str = "raise", remedy: str = "") -> pd.DataFrame:
    """Read articles as :func:`read_corpus` does; ``remedy`` ends an error with how its caller is told to skip bad rows."""
    path = Path(path)
    if not path.exists():
        raise CorpusError(f"{path}: no such folder or file. Give a folder of .txt files or a .csv, .jsonl or .parquet.")
    rows, guesses, silent = _read_folder(path) if path.is_dir() else (*_read_table(path), "")
    _settle(rows, path, on_error, remedy)
    guesses += [row.guess for row in rows if row.guess]
    for told in filter(None, (silent, tell_guesses(path, guesses))):
        warnings.warn(told, FramelensWarning, stacklevel=3)  # whoever called read_corpus
    known = {name: [row.values.get(name) for row in rows] for name in COLUMNS}
    own = {name: keep_whole([row.values.get(name) for row in rows])
           for name in dict.fromkeys(key for row in rows for key in row.values) if name not in known}
    return schema.validate(pd.DataFrame({**known, **own}), "documents")


def read_about(path: Path, *, on_error: str = "raise") -> pd.DataFrame:
    """Read the ``corpus.csv`` of a study without its texts: each row needs a document_id of its own, an outlet, no wrong date.

    Parameters
    ----------
    path : Path
        The file.
    on_error : {"raise", "skip"}
        As in :func:`read_corpus`.

    Returns
    -------
    DataFrame
        Its columns as they stand, and ``exclusion_reason``.

    Raises
    ------
    CorpusError
        A column is missing, or, under ``"raise"``, a document_id is missing or doubled, an outlet missing or ``published``
        no date; the message names file, row and column.

    Warns
    -----
    FramelensWarning
        The file is no UTF-8: its encoding was guessed.
    """
    table, encoding = _read_csv(path)
    if told := tell_guesses(path.parent, _guess_of(path, table, encoding)):
        warnings.warn(told, FramelensWarning, stacklevel=3)
    _need(table, ("document_id", "outlet"), path)
    rows = read_rows(table, "row")
    for row in rows:
        _need_outlet(row)
    _settle(rows, path, on_error)
    laid = {name: pd.Series([row.values.get(name) for row in rows], index=table.index, dtype="str")
            for name in ("document_id", "outlet", "exclusion_reason", *({"published"} & set(table.columns)))}
    return table.assign(**laid).reset_index(drop=True)


def _settle(rows: list[Row], path: Path, on_error: str, remedy: str = "") -> None:
    """Refuse rows with problems, or exclude them and say why."""
    if on_error not in ("raise", "skip"):
        raise CorpusError(f"on_error is 'raise' or 'skip', not {on_error!r}.")
    _mark_doubles(rows, rename=on_error == "skip")
    problems = [f"{row.where}: {problem}" for row in rows for problem in row.problems]
    if problems and on_error == "raise":
        more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise CorpusError(f"{path}: {count}. {' '.join(problems[:SHOWN])}{more} {remedy}".rstrip())
    for row in rows:
        if row.problems:
            given = row.values.get("exclusion_reason")
            row.values.update(text=None, exclusion_reason=" ".join([given, *row.problems] if given else row.problems))


def _outlet(row: Row) -> str | None:
    """Return the outlet that a row names; blanks name none."""
    outlet = row.values.get("outlet")
    return outlet if outlet and outlet.strip() else None


def _need_outlet(row: Row) -> None:
    """Note that a row names no outlet."""
    if not _outlet(row):
        row.problems.append("column 'outlet' is empty. Name the outlet, or write unknown.")
        row.values["outlet"] = UNKNOWN


def _read_folder(folder: Path) -> tuple[list[Row], list[tuple[str, str]], str]:
    """Read the text files of a folder with what corpus.csv says of them; tell guesses at this, and where it names no outlet."""
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".txt" and p.is_file() and p.name[0] != ".")
    about = next((p for p in (folder / "corpus.csv", folder.parent / "corpus.csv") if p.is_file()), None)
    if not files and (folder / STUDY).is_file():
        raise CorpusError(f"{folder}: is a study. Read it with read_study, or give the folder of its texts, {folder / 'texts'}.")
    known: dict[str, Row] = {}
    rows: list[Row] = []
    guesses: list[tuple[str, str]] = []
    strict = about is not None and (about.parent / STUDY).is_file()  # what a study compares must be said
    if about:
        table, encoding = _read_csv(about)
        guesses = _guess_of(about, table, encoding)
        _need(table, ("document_id", "outlet") if strict else ("document_id",), about)
        if "text" in table:
            raise CorpusError(f"{about}: a corpus.csv beside text files has no column 'text'. "
                              f"To read it as a table, give {about} itself; else take the column out.")
        for row in read_rows(table.drop(columns="path", errors="ignore"), f"{about.name}, row"):
            rows.append(row)
            if strict:
                _need_outlet(row)
            if isinstance(row.values["document_id"], str):
                known.setdefault(row.values["document_id"], row)
    if not files and not rows:
        raise CorpusError(f"{folder}: holds no .txt file. Give the folder in which the text files themselves lie, "
                          f"or a .csv, .jsonl or .parquet table.")
    found: set[str] = set()
    for file in files:
        row = Row(file.name, {"document_id": file.stem})
        if file.stem in known and file.stem not in found:
            row = known[file.stem]
        else:
            rows.append(row)
            if strict and file.stem not in known:
                row.problems.append(f"no row of corpus.csv has the document_id {file.stem}. Add one, with its outlet, or take "
                                    "the file out.")
        found.add(file.stem)
        _fill(row, file, file.name)
    silent = _silent(folder, about, [row for row in rows if not (strict or _outlet(row))], len(rows))
    for row in rows:
        row.values["outlet"] = _outlet(row) or UNKNOWN
        name = row.values["document_id"]
        if name and name not in found and not row.values.get("exclusion_reason"):
            row.problems.append(f"there is no file {name}.txt. Add it, take the row out, or give an exclusion_reason.")
    return sorted(rows, key=lambda row: str(row.values["document_id"] or "")), guesses, silent


def _silent(folder: Path, about: Path | None, rows: list[Row], total: int) -> str:
    """Say whose outlet is not known, so that it counts as "unknown"; nothing where all are."""
    if about is None:
        return (f"no corpus.csv in {folder} or above it: all outlets are 'unknown', so that they cannot be compared; add one "
                "with the columns document_id, outlet.")
    if not rows:
        return ""
    names = [str(row.values["document_id"]) for row in rows[:SHOWN]]
    more = f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    return (f"{about}: column 'outlet' is missing or does not say the outlet of {len(rows)} of {total} texts "
            f"({', '.join(names)}{more}): they count as 'unknown'. Name it, or write unknown.")


def _read_table(path: Path) -> tuple[list[Row], list[tuple[str, str]]]:
    """Read the rows of a table, and how its encoding was guessed; texts that stand in files of their own are fetched."""
    encoding, word = "utf-8", "row"
    match path.suffix.lower():
        case ".csv":
            table, encoding = _read_csv(path)
        case ".jsonl" | ".ndjson":
            table, word = io.read_json_lines(path), "line"
        case ".parquet":
            table = io.read_parquet(path)
            table.index = pd.RangeIndex(1, len(table) + 1)
        case other:
            raise CorpusError(f"{path}: a corpus is a folder of .txt files or a .csv, .jsonl or .parquet table, not "
                              f"{other or 'a file without an ending'}.")
    if table.empty:
        raise CorpusError(f"{path}: holds no article. Add a row for each.")
    _need(table, ("document_id", "outlet"), path)
    if "text" not in table and "path" not in table:
        _need(table, ("text",), path)
    rows = read_rows(table, word)
    for row in rows:
        values, file = row.values, row.values.pop("path", None)
        _need_outlet(row)
        if values.get("text") is not None:
            _take(row, values["text"], encoding)
        elif file is not None:
            _fill(row, path.parent / str(file), str(file))
        elif not values.get("exclusion_reason"):
            row.problems.append("column 'text' is empty. Fill it in, or 'path', or give an exclusion_reason.")
    return rows, _guess_of(path, table, encoding)


def _guess_of(path: Path, table: pd.DataFrame, encoding: str) -> list[tuple[str, str]]:
    """Name the table itself and its encoding where that was guessed and its rows do not all state it."""
    stated = {name_codec(str(value)) for value in table["encoding"]} if "encoding" in table else set()
    return [(path.name, encoding)] if is_guess(encoding) and stated != {name_codec(encoding)} else []


def _read_csv(path: Path) -> tuple[pd.DataFrame, str]:
    """Read a CSV and name its encoding: a spreadsheet program may have saved it as something else than UTF-8."""
    raw, encoding = io.read_bytes(path), "utf-8"
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text, encoding = decode(raw)
        except CorpusError as error:
            raise CorpusError(f"{path}: {error}") from error
    return io.parse_csv(text, path), encoding


def _need(table: pd.DataFrame, columns: Iterable[str], path: Path) -> None:
    """Refuse a table without a column that it cannot do without."""
    names = [str(c) for c in table.columns]
    double = next((name for i, name in enumerate(names) if name in names[:i]), None)
    if double is not None:
        raise CorpusError(f"{path}: it has two columns {double!r}. Rename one or take it out.")
    for column in columns:
        if column not in names:
            hint = " (Its fields are not separated by commas: save it so that they are.)" if any(
                mark in names[0] for mark in ";\t") else ""
            remedy = " (or 'path', the name of a text file)" if column == "text" else ""
            there = ", ".join(names)
            raise CorpusError(f"{path}: the column {column!r}{remedy} is missing; there are {there}. Add it.{hint}")


def _fill(row: Row, file: Path, name: str) -> None:
    """Give a row the text of a file; messages call it ``name``, so that none tells where on a machine it lies."""
    try:
        raw = io.read_bytes(file)
    except CorpusError as error:
        row.problems.append(str(error).replace(str(file), name))
        return
    digest = io.sha256(raw)
    given = row.values.get("text_sha256")
    row.values["text_sha256"] = digest
    stated = row.values.get("encoding")
    try:
        text, encoding = decode(raw, stated)
    except CorpusError as error:
        row.problems.append(f"{name} cannot be read: {error}")
        return
    row.values["encoding"] = encoding
    if not stated and is_guess(encoding):
        row.guess = name, encoding
    if given and given.lower() != digest:
        row.problems.append(f"{name} is not the text that text_sha256 names ({given[:12]}…, it is {digest[:12]}…). "
                            f"Restore the file, or mend the hash.")
    _keep(row, text, name)


def _take(row: Row, text: str, encoding: str) -> None:
    """Give a row the text that stands in the table itself."""
    if what := flaw(text):
        row.problems.append(f"column 'text': {what}")
        return
    digest = io.sha256(text.encode("utf-8"))
    given, source = row.values.get("text_sha256"), row.values.get("encoding")
    if given and given.lower() != digest and source in (None, "utf-8"):
        row.problems.append(f"column 'text_sha256' names another text ({given[:12]}…, not {digest[:12]}…). Mend it.")
    if not (given and source not in (None, "utf-8")):  # else the hash is of the source's bytes, which are not here
        row.values["text_sha256"] = digest
    row.values["encoding"] = source or encoding
    _keep(row, text, "column 'text'")


def _keep(row: Row, text: str, where: str) -> None:
    """Set the text, if there is any."""
    row.values["text"] = text
    if not text.strip() and not row.values.get("exclusion_reason"):
        row.problems.append(f"{where} is empty. Give it a text, take it out, or give an exclusion_reason.")


def _mark_doubles(rows: list[Row], *, rename: bool) -> None:
    """Name each row whose id stands before it; under ``rename`` give it an id of its own."""
    taken = {str(row.values["document_id"]) for row in rows if row.values["document_id"]}
    first: dict[str, str] = {}
    for row in rows:
        name = row.values["document_id"]
        if name and name in first:
            row.problems.append(f"document_id {name!r} stands in {first[name]} already. Each article needs its own.")
        elif name:
            first[name] = row.where
            continue
        if rename:
            row.values["document_id"] = _free(name or row.where.replace(", ", "-").replace(" ", "-"), taken)


def _free(name: str, taken: set[str]) -> str:
    """Find an id that no article has."""
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free)
    return free


