"""Articles that people coded, as the tables that accuracy is measured against."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import io, schema
from framelens.annotate.bundle import ABOUT, Annotations
from framelens.corpus.ingest.decoding import decode, is_guess, tell_guesses
from framelens.errors import CorpusError, FramelensWarning, MarksError, SchemaError
from framelens.measure._spans import UNMARKED, misplaced, told_apart, words_at
from framelens.text.marks import Marked, read_marks
from framelens.text.tokens import spans as find_words

__all__ = ["read_coded"]

Row = dict[str, Any]
NEEDED = ("document_id", "start", "end")  # of a label; what nobody coded stays empty and is not scored


def read_coded(folder: str | Path) -> Annotations:
    """Read articles that people coded: a folder of tables, or of texts with inline marks.

    Parameters
    ----------
    folder : path
        Tables named as declared (``documents.csv``, ``attributions.csv``, ``attribution_spans.parquet`` ...), or ``.txt``
        files marked as ``data/demo/CODING.md`` describes, one article a file. ``documents`` names the articles that were
        coded. Labels (``mentions.csv``) need document_id, start and end, and have what else was coded: group, stance, voice
        ... Each article is taken to be coded in full: what was not marked in it counts as not being there.

    Returns
    -------
    Annotations
        The tables of the folder, labels without mention_id named by article and offsets, and without surface with that of the
        text; or from marks documents (outlet: unknown), attributions and attribution_spans (rule:
        coded), and mentions with what marks tell of them (mention_id, document_id, start, end, surface, group, stance,
        voice); ``about["unmarked"]`` names those of attributions and mentions of which no text holds a mark: nobody coded
        them, unless :func:`framelens.measure_accuracy` is told so.

    Raises
    ------
    CorpusError
        No such folder, nothing in it that can be read, or tables without ``documents``.
    MarksError
        Marks that do not fit together; the message names file and line, or the attribution.
    SchemaError
        A table is not as declared, or a label is not in its text; the message names file, row (of a CSV file as a
        spreadsheet counts, the header is row 1) and column.

    Warns
    -----
    FramelensWarning
        The encoding of a text with marks is no UTF-8 and was guessed.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text('<cue a="1">Reports of</cue> <con a="1" type="indirect" kind="claim" by="unnamed">a '
    ...                                   '<label g="event" s="neutral" v="indirect">march</label></con> spread.')
    >>> coded = read_coded(folder)
    >>> coded.documents["text"].item()
    'Reports of a march spread.'
    >>> coded.attributions[["kind", "level", "n_words"]].values.tolist(), coded.mentions["surface"].tolist()
    ([['claim', 1, 2]], ['march'])
    """
    folder = Path(folder)
    if (folder / ABOUT).is_file():
        return Annotations.load(folder)
    if io.declared_files(folder):
        return Annotations(_read_tables(folder))
    files = sorted(p for p in folder.glob("*.txt") if p.name[0] != ".") if folder.is_dir() else []
    if not files:
        raise CorpusError(f"{folder}: holds neither tables (documents.csv with mentions.csv, attributions.csv ...) nor .txt "
                          "files with marks. Give the folder in which they lie.")
    rows: dict[str, list[Row]] = {name: [] for name in ("documents", "attributions", "attribution_spans", "mentions")}
    guesses: list[tuple[str, str]] = []
    for file in files:
        try:
            text, encoding = decode(io.read_bytes(file))
        except CorpusError as error:
            raise CorpusError(f"{file.name} cannot be read: {error}") from error
        if is_guess(encoding):
            guesses.append((file.name, encoding))
        for name, found in _marked_rows(file, read_marks(text, file.name)).items():
            rows[name] += found
    if guesses and (rows["attributions"] or rows["mentions"]):  # texts without marks are read again, and told of then
        warnings.warn(tell_guesses(folder, guesses, remedy=""), FramelensWarning, stacklevel=2)
    tables = {name: schema.validate(pd.DataFrame(found), name) if found else schema.empty(name)
              for name, found in rows.items() if name != "mentions"}
    marks = ["mention_id", "document_id", "start", "end", "surface", "group", "stance", "voice"]
    unmarked = [name for name in ("attributions", "mentions") if not rows[name]]
    return Annotations({**tables, "mentions": pd.DataFrame(rows["mentions"], columns=marks)}, {UNMARKED: unmarked})


def _read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the tables of a folder, labels with the columns that somebody coded."""
    paths = io.table_files(folder)
    if "documents" not in paths:
        raise CorpusError(f"{folder}: holds {', '.join(sorted(p.name for p in paths.values()))}, but no documents.csv. Add one "
                          "(document_id, outlet, text): it names the articles that were coded, also those in which nothing was "
                          "found.")
    tables = {name: io.read_table(path, name) for name, path in paths.items() if name != "mentions"}
    if "mentions" in paths:
        tables["mentions"] = _read_labels(paths["mentions"], tables["documents"])
    return tables


def _read_labels(path: Path, documents: pd.DataFrame) -> pd.DataFrame:
    """Read labels of a spreadsheet: the columns that somebody coded, each row in its text."""
    raw = io.parse_csv(io.read_text(path), path) if path.suffix == ".csv" else io.read_parquet(path)
    if absent := [column for column in NEEDED if column not in raw]:
        split = len(raw.columns) > 1 or not set(";\t") & set(str(raw.columns[0]))
        raise SchemaError(f"{path}: the column {absent[0]!r} is missing (the table has {', '.join(map(str, raw.columns))}). "
                          f"Labels need {', '.join(NEEDED)}; group, stance, voice and others are read where they are there."
                          f"{'' if split else ' Its fields are not separated by commas: save it so that they are.'}")
    _refuse(path, raw, ~raw["document_id"].isin(documents["document_id"]), "document_id",
            "is not in the table 'documents' beside it. Mend the name, or add the article.")
    offsets = {column: pd.to_numeric(raw[column], errors="coerce") for column in NEEDED[1:]}
    for column, numbers in offsets.items():
        _refuse(path, raw, numbers.isna() | (numbers % 1 != 0), column, "is not a whole number. Write an offset into the text.")
    texts = {str(row.document_id): row.text for row in documents.itertuples() if isinstance(row.text, str)}
    outside = offsets["end"] > raw["document_id"].map({name: len(text) for name, text in texts.items()})
    _refuse(path, raw, outside | (offsets["start"] < 0) | (offsets["end"] <= offsets["start"]), "end",
            "ends no span of the text. Offsets are half-open (0 <= start < end) and count the characters of the unchanged text.")
    for field in schema.TABLES["mentions"].fields():
        if field.allowed and not field.open_ended and field.name in raw:
            _refuse(path, raw, raw[field.name].notna() & ~raw[field.name].isin(field.allowed), field.name,
                    f"is not allowed. Allowed: {', '.join(field.allowed)}; or leave it empty, if nobody coded it.")
    if "mention_id" in raw and raw["mention_id"].isna().any():
        raw = raw.drop(columns="mention_id")
    try:
        labels = schema.validate(raw, "mentions", needed=NEEDED).set_axis(raw.index)
    except SchemaError as error:
        raise SchemaError(f"{path}: {error}") from error
    return _complete(path, labels, texts).reset_index(drop=True)


def _complete(path: Path, labels: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Check the surface of labels against the text, or read it there, and name those that have no name."""
    if "surface" not in labels:
        labels["surface"] = None
    if (bad := misplaced(labels, texts)).any():
        _refuse(path, labels, bad, "surface", told_apart(labels[bad].iloc[0], texts))
    labels["surface"] = labels["surface"].where(labels["surface"].notna(), words_at(labels, texts))
    if "mention_id" not in labels:
        names = labels["document_id"] + ":" + labels["start"].astype(str) + "-" + labels["end"].astype(str)
        _refuse(path, labels, names.duplicated(), "start", "begins the same span as a row above. Keep one row a label: of "
                "several coders, what they agreed on.")
        labels.insert(0, "mention_id", names)
    return labels


def _refuse(path: Path, table: pd.DataFrame, bad: pd.Series, column: str, why: str) -> None:
    """Refuse a table for the first row that is bad, named as its index counts."""
    if bad.any():
        row, value = table.index[bad][0], table.loc[bad, column].iloc[0]
        told = repr(str(value)) if pd.notna(value) else "an empty field"
        raise SchemaError(f"{path}, row {row}, column {column!r}: {told} {why}")


def _marked_rows(file: Path, marked: Marked) -> dict[str, list[Row]]:
    """Turn the marks of one article into rows of tables."""
    document_id, parents = file.stem, {a["number"]: a["parent"] for a in marked.attributions}
    if len(parents) < len(marked.attributions):
        raise MarksError(f"{file.name}: an attribution has two <con> with a type. Leave type, kind and by on its first.")
    for number in [*(s["number"] for s in marked.spans), *filter(None, parents.values())]:
        if number not in parents:
            raise MarksError(f"{file.name}: attribution {number} has no <con> with a type. Mark its content, or mend the number.")

    def level(number: str, seen: tuple[str, ...] = ()) -> int:
        if number in seen:
            raise MarksError(f"{file.name}: attribution {number} stands in itself. Mend in=\"…\".")
        parent = parents[number]
        return 1 + level(parent, (*seen, number)) if parent else 1

    spans = {number: [s for s in marked.spans if s["number"] == number] for number in parents}

    def words(number: str, role: str) -> str | None:
        return " … ".join(marked.text[s["start"]:s["end"]] for s in spans[number] if s["role"] == role) or None

    return {
        "documents": [{"document_id": document_id, "outlet": "unknown", "text": marked.text}],
        "attributions": [{
            "attribution_id": f"{document_id}:{a['number']}", "document_id": document_id, "type": a["type"], "kind": a["kind"],
            "cue": words(a["number"], "cue"), "rule": "coded", "source": words(a["number"], "source"),
            "source_type": a["source_type"], "level": level(a["number"]),
            "parent_id": f"{document_id}:{a['parent']}" if a["parent"] else None,
            "n_words": len(find_words(words(a["number"], "content") or ""))} for a in marked.attributions],
        "attribution_spans": [{"attribution_id": f"{document_id}:{s['number']}", "document_id": document_id, "role": s["role"],
                               "start": s["start"], "end": s["end"]} for s in marked.spans],
        "mentions": [{"mention_id": f"{document_id}:{m['start']}-{m['end']}", "document_id": document_id,
                      "surface": marked.text[m["start"]:m["end"]], **m} for m in marked.labels],
    }
