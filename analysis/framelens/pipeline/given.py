"""Tables made elsewhere that take the place of ours: held against the articles before anything is built on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from framelens import schema
from framelens.errors import SchemaError
from framelens.measure._rows import some

__all__ = ["GIVEN", "read_given"]

GIVEN = ("zones", "attributions", "attribution_spans", "mentions")
Row = dict[str, Any]


def read_given(tables: Mapping[str, pd.DataFrame], documents: pd.DataFrame) -> dict[str, dict[str, list[Row]]]:
    """Check tables made elsewhere against the articles and sort their rows by article.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Any of ``zones``, ``mentions``, and ``attributions`` with ``attribution_spans``.
    documents : DataFrame
        ``documents``.

    Returns
    -------
    dict
        Article → table name → rows.

    Raises
    ------
    SchemaError
        Another table, rows of an unknown article, spans outside the text, zones that are no partition, a surface that
        is not the text, attributions and spans that do not belong together.

    Examples
    --------
    >>> documents = pd.DataFrame({"document_id": ["a"], "text": ["The mob."], "exclusion_reason": [None]})
    >>> zones = pd.DataFrame({"document_id": ["a"], "start": [0], "end": [8], "kind": ["body"], "rule": ["mine"]})
    >>> read_given({"zones": zones}, documents)["a"]["zones"][0]["kind"]
    'body'
    """
    wrong = [name for name in tables if name not in GIVEN]
    if wrong:
        raise SchemaError(f"tables={wrong[0]!r}: only {', '.join(GIVEN)} can be given; replace others with Annotations.replace.")
    if ("attributions" in tables) != ("attribution_spans" in tables):
        raise SchemaError("tables: 'attributions' and 'attribution_spans' go together: who says it, and where it stands.")
    kept = documents[documents["exclusion_reason"].isna() & documents["text"].notna()]
    texts = dict(zip(kept["document_id"], kept["text"], strict=True))
    by_document: dict[str, dict[str, list[Row]]] = {}
    for name, table in tables.items():
        checked = schema.validate(table, name)
        strange = sorted(set(checked["document_id"]) - set(documents["document_id"]))
        if strange:
            raise SchemaError(f"Table {name!r}, column 'document_id': {some(strange)} is not in 'documents'. Mend the name, "
                              "or add the article.")
        checked = checked.sort_values("start") if "start" in checked else checked
        for document_id, rows in schema.rows_by_document(checked).items():
            if document_id in texts:
                _check_rows(name, document_id, rows, texts[document_id])
                by_document.setdefault(document_id, {})[name] = rows
    if "zones" in tables:
        bare = sorted(d for d in texts if "zones" not in by_document.get(d, {}))
        if bare:
            raise SchemaError(f"Table 'zones': no zone for {some(bare)}. Every article that is not excluded needs its zones.")
    if "attributions" in tables:
        _check_spans(tables["attributions"], tables["attribution_spans"])
    return by_document


def _check_rows(name: str, document_id: str, rows: list[Row], text: str) -> None:
    """Hold the offsets of one article's rows against its text."""
    where = f"Table {name!r}, article {document_id!r}"
    for row in rows:
        if "start" in row and row["end"] > len(text):
            raise SchemaError(f"{where}: [{row['start']}, {row['end']}) reaches beyond the text ({len(text)} characters). "
                              "Offsets are those of documents.text, unchanged.")
        if "surface" in row and text[row["start"]:row["end"]] != row["surface"]:
            raise SchemaError(f"{where}: {row['surface']!r} is not what stands at [{row['start']}, {row['end']}): "
                              f"{text[row['start']:row['end']]!r}. Offsets are those of documents.text, unchanged.")
    if name == "zones":
        at = 0
        for row in rows:
            if row["start"] != at:
                raise SchemaError(f"{where}: zones are a partition; the zone at {row['start']} should begin at {at}.")
            at = row["end"]
        if at != len(text):
            raise SchemaError(f"{where}: zones are a partition; they end at {at}, the text at {len(text)}.")


def _check_spans(attributions: pd.DataFrame, spans: pd.DataFrame) -> None:
    """Hold attributions and their spans against one another."""
    known, placed = set(attributions["attribution_id"]), set(spans.loc[spans["role"] == "content", "attribution_id"])
    lost = sorted(map(str, set(spans["attribution_id"]) - known))
    if lost:
        raise SchemaError(f"Table 'attribution_spans', column 'attribution_id': {some(lost)} is not in 'attributions'.")
    bare = sorted(map(str, known - placed))
    if bare:
        raise SchemaError(f"Table 'attributions': {some(bare)} has no span of role 'content' in 'attribution_spans'.")
