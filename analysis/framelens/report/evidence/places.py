"""Where rows of annotation tables stand in the texts, and the sentences around them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.report.sentences import around, find_limits
from framelens.text.tokens import normal, spans

__all__ = ["IDS", "SPANS", "find_places", "show"]

TEXT_FREE = "The texts are not here."
UNPLACED = "Words are counted by article, zone and voice, without their places; the texts show them."
NO_TEXT = "The table of articles has no text of this one."
# item, the columns that name the row within its article (or its id), and what a mean is of
_ITEMS: dict[str, tuple[str, tuple[str, ...], str | None]] = {
    "mentions": ("label", ("mention_id",), None),
    "loaded": ("loaded word", ("loaded_id",), None),
    "agency": ("clause", ("clause_id",), None),
    "facts": ("fact", ("fact_id",), None),
    "attributions": ("attribution", ("attribution_id",), None),
    "sentiment": ("segment", ("sentence", "start", "scorer", "target_group", "window"), "score"),
    "voice": ("segment", ("start",), None),
    "sentences": ("sentence", ("sentence",), "n_words"),
    "term_counts": ("term", ("zone", "voice", "term"), None),
    "sizes": ("words", ("zone", "voice"), None),
}
SPANS = "spans"  # rows of any other table that stand at offsets: slots, statements
_ITEMS[SPANS] = ("span", ("start", "end"), None)
# By which column a row of one of these tables is known elsewhere; facts and labels name their attribution as well.
IDS = {name: names[0] for name, (_, names, _) in _ITEMS.items() if names[0].endswith("_id")}

_SEGMENT, _TERM = ("start", "end", "zone", "voice"), ("zone", "voice", "term", "count")
_PLACE = ("document_id", "start", "end", "low", "high")


def find_places(annotations: Annotations, name: str, table: pd.DataFrame, *, each: bool = False) -> pd.DataFrame:
    """Find where rows of a table stand, under their index; a term that is asked for ``each`` time has a row each time.

    ``low`` and ``high`` are the ends of all that belongs to the row: of an attribution also source and cue.
    """
    item, names, value = _ITEMS[name]
    places = pd.DataFrame({
        "document_id": table["document_id"], "item": item, "item_id": _ids(table, names),
        "value": table[value] if value and value in table else np.nan}, index=table.index)
    if name == "attributions":
        return places.join(_content(annotations), on="item_id")
    ends = table.reindex(columns=["start", "end"]).apply(pd.to_numeric).astype("Int64")
    places = places.assign(start=ends["start"], end=ends["end"], low=ends["start"], high=ends["end"])
    return _each(annotations, places, table) if name == "term_counts" and each else places


def _ids(table: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """Name rows by their id, or by article and what tells them apart in it; where that is not there, by their number."""
    there = [name for name in names if name in table]
    if len(names) == 1 and names[0].endswith("_id") and there:
        return table[names[0]]
    parts = [table["document_id"], *(table[name] for name in there)] if there else [table["document_id"], table.index]
    ids = [":".join("" if pd.isna(value) else str(value) for value in row).rstrip(":") for row in zip(*parts, strict=True)]
    return pd.Series(ids, table.index, dtype="str")


def _content(annotations: Annotations) -> pd.DataFrame:
    """Find by attribution where its content begins and ends, and all of it."""
    placed = annotations.tables.get("attribution_spans", schema.empty("attribution_spans"))
    placed = placed[placed["start"].notna()]
    content = placed[placed["role"] == "content"].groupby("attribution_id").agg(start=("start", "min"), end=("end", "max"))
    whole = placed.groupby("attribution_id").agg(low=("start", "min"), high=("end", "max"))
    return content.join(whole, how="outer").astype("Int64")


def _each(annotations: Annotations, places: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Give a counted term a row for each place where it stands, where the text has it as often as it was counted."""
    texts = _texts(annotations)
    segments = dict(iter(annotations.tables.get("voice", schema.empty("voice")).groupby("document_id")))
    labels: list[Any] = []
    ids: list[Any] = []
    placed: list[tuple[Any, Any]] = []
    counted = table.assign(item_id=places["item_id"])
    for document_id, own in counted.groupby("document_id", sort=False):
        found: defaultdict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
        text = texts.get(document_id)
        if isinstance(text, str) and document_id in segments:
            read = [(s, e, normal(text[s:e])) for s, e in spans(text)]
            starts = [s for s, _, _ in read]
            for low, high, zone, voice in zip(*(segments[document_id][c] for c in _SEGMENT), strict=True):
                for start, end, word in read[bisect_left(starts, low):bisect_left(starts, high)]:
                    found[zone, voice, word].append((start, end))
        for label, name, zone, voice, term, count in zip(own.index, *(own[c] for c in ("item_id", *_TERM)), strict=True):
            at = found[zone, voice, term]
            there = len(at) == count
            labels += [label] * (len(at) if there else 1)
            placed += at if there else [(pd.NA, pd.NA)]
            ids += [f"{document_id}:{s}-{e}" for s, e in at] if there else [name]
    first, last = (pd.array([place[i] for place in placed], "Int64") for i in (0, 1))
    return places.loc[labels].assign(item_id=ids, start=first, end=last, low=first, high=last)


def _texts(annotations: Annotations) -> dict[Any, Any]:
    documents = annotations.documents
    return dict(zip(documents["document_id"], documents["text"], strict=True)) if "text" in documents else {}


def show(annotations: Annotations, rows: pd.DataFrame) -> pd.DataFrame:
    """Add the sentences in which rows with places stand, or say why they cannot be shown."""
    texts, limits = _texts(annotations), find_limits(annotations)
    lacking = NO_TEXT if annotations.form == "full" else TEXT_FREE
    shown: list[tuple[Any, ...]] = []
    for document_id, start, end, low, high in zip(*(rows[c].tolist() for c in _PLACE), strict=True):
        if low is pd.NA:
            shown.append((pd.NA, pd.NA, None, None, UNPLACED))
            continue
        first, last = around(limits.get(document_id), [(low, high)])
        text = texts.get(document_id)
        if isinstance(text, str):
            shown.append((first, last, None if start is pd.NA else text[start:end], text[first:last], None))
        else:
            shown.append((first, last, None, None, lacking))
    columns = ["sentence_start", "sentence_end", "surface", "passage", "note"]
    added = {name: pd.Series([row[i] for row in shown], rows.index, dtype="Int64" if i < 2 else object)
             for i, name in enumerate(columns)}
    return rows.assign(**added)
