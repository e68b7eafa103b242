"""Articles that people coded, as the tables that accuracy is measured against."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from framelens import io, schema
from framelens.annotate.bundle import ABOUT, Annotations
from framelens.corpus.ingest.decoding import decode
from framelens.errors import CorpusError, MarksError
from framelens.text.marks import Marked, read_marks
from framelens.text.tokens import spans as find_words

__all__ = ["read_coded"]

Row = dict[str, Any]


def read_coded(folder: str | Path) -> Annotations:
    """Read articles that people coded: a folder of tables, or of texts with inline marks.

    Parameters
    ----------
    folder : path
        Tables named as declared (``documents.csv``, ``attributions.csv``, ``attribution_spans.parquet`` ...), or ``.txt``
        files marked as ``data/demo/CODING.md`` describes, one article a file.

    Returns
    -------
    Annotations
        The tables of the folder; or from marks documents (outlet: unknown), attributions and attribution_spans (rule:
        coded), and mentions with what marks tell of them (mention_id, document_id, start, end, surface, group, stance,
        voice).

    Raises
    ------
    CorpusError
        No such folder, or nothing in it that can be read.
    MarksError
        Marks that do not fit together; the message names file and line, or the attribution.
    SchemaError
        A table is not as declared.

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
        return Annotations(io.read_tables(folder))
    files = sorted(p for p in folder.glob("*.txt") if p.name[0] != ".") if folder.is_dir() else []
    if not files:
        raise CorpusError(f"{folder}: holds neither tables (documents.csv, attributions.csv ...) nor .txt files with marks. "
                          "Give the folder in which they lie.")
    rows: dict[str, list[Row]] = {name: [] for name in ("documents", "attributions", "attribution_spans", "mentions")}
    for file in files:
        try:
            text, _ = decode(io.read_bytes(file))
        except CorpusError as error:
            raise CorpusError(f"{file.name} cannot be read: {error}") from error
        for name, found in _marked_rows(file, read_marks(text, file.name)).items():
            rows[name] += found
    tables = {name: schema.validate(pd.DataFrame(found), name) if found else schema.empty(name)
              for name, found in rows.items() if name != "mentions"}
    marks = ["mention_id", "document_id", "start", "end", "surface", "group", "stance", "voice"]
    return Annotations({**tables, "mentions": pd.DataFrame(rows["mentions"], columns=marks)})


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
