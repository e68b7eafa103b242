"""The slot table: how each outlet tells one statement, side by side, as CSV and as a page to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import io
from framelens.annotate.bundle import Annotations

__all__ = ["SHOWN", "lay_out_slots", "write_slots"]

SHOWN = ("who_hurt", "by_whom", "verb", "construction", "number", "source", "voice")  # where there is room for no more
SLOTS = (*SHOWN, "place", "time")
_PLACE = ["event", "statement_id", "outlet", "document_id", "sentence"]
_UNSAFE = re.compile(r"[^\w.-]+")
_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 15px/1.45 sans-serif; margin: 2em auto; max-width: 90em; padding: 0 1em; }}
table {{ border-collapse: collapse; margin: 0 0 .4em; }}
th, td {{ border: 1px solid #bbb; padding: .25em .5em; text-align: left; vertical-align: top; }}
th {{ background: #f0f0f0; }}
mark {{ background: #f0e442; }}
small {{ color: #555; display: block; }}
blockquote {{ margin: .2em 0 .2em 1em; }}
</style></head><body>
<h1>{title}</h1>
<p>A table for each statement that two outlets or more make on one event; a marked cell differs between articles. Under each cell
stand the offsets of its words in the article. Found by rule; read the sentences before you quote a cell.</p>
{body}
</body></html>
"""


def lay_out_slots(annotations: Annotations, statements: pd.DataFrame, slots: pd.DataFrame) -> pd.DataFrame:
    """Lay the slots of parallel statements side by side: a row for each sentence of a statement, a column for each slot.

    Parameters
    ----------
    annotations : Annotations
        Its documents give outlet and event.
    statements, slots : DataFrame
        From :func:`framelens.find_statements` and :func:`framelens.find_slots`.

    Returns
    -------
    DataFrame
        ``event, statement_id, outlet, document_id, sentence``; for each slot its filler, ``<slot>_at`` (its offsets, "12-20")
        and ``differs`` (the slots that differ within the statement, ``; `` between them). Sorted by event, then by how many
        outlets make the statement, the most first.

    Examples
    --------
    >>> from framelens import annotate, find_slots, find_statements
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Star"], "event": "strike",
    ...     "text": ["Nine rioters were eliminated.", "Guards killed nine strikers."]})
    >>> found = annotate(documents)
    >>> statements = find_statements(found)
    >>> lay_out_slots(found, statements, find_slots(found, statements))[["outlet", "verb", "verb_at", "differs"]].values.tolist()
    [['Post', 'eliminated', '18-28', 'who_hurt; verb; construction'], ['Star', 'killed', '7-13', 'who_hurt; verb; construction']]
    """
    about = annotations.documents.set_index("document_id").reindex(columns=["outlet", "event"])
    rows = statements.sort_values(["statement_id", "document_id", "sentence"], ignore_index=True).join(about, on="document_id")
    key = ["statement_id", "document_id", "sentence"]
    at = slots["start"].astype(str) + "-" + slots["end"].astype(str)
    wide = slots.assign(at=at).pivot(index=key, columns="slot", values=["filler", "at"])
    wide = wide.set_axis([str(c[1]) if c[0] == "filler" else f"{c[1]}_at" for c in wide.columns.to_list()], axis=1)
    table = rows.join(wide, on=key)
    differing = slots[slots["differs"]].groupby("statement_id")["slot"].agg(set)
    table["differs"] = [
        "; ".join(slot for slot in SLOTS if slot in differing.get(name, ())) for name in table["statement_id"]]
    table["n"] = table.groupby("statement_id")["outlet"].transform("nunique")
    table = table.sort_values(["event", "n", "statement_id", "outlet", "document_id", "sentence"],
                              ascending=[True, False, True, True, True, True], ignore_index=True)
    columns = [*_PLACE, *(c for slot in SLOTS for c in (slot, f"{slot}_at")), "differs"]
    return table.reindex(columns=columns).astype({c: "str" for c in columns if c not in ("sentence",)})


def write_slots(annotations: Annotations, statements: pd.DataFrame, slots: pd.DataFrame, folder: str | Path) -> list[Path]:
    """Write the slot table of each event as CSV, and all of them as one page (``slots.html``) without any outside resource.

    Parameters
    ----------
    annotations : Annotations
        With texts: the page shows the sentences.
    statements, slots : DataFrame
        From :func:`framelens.find_statements` and :func:`framelens.find_slots`.
    folder : path
        Made if need be.

    Returns
    -------
    list of Path
        The files: ``<event>.csv`` for each event, then the page. The same input gives the same bytes.
    """
    table = lay_out_slots(annotations, statements, slots)
    texts = annotations.documents.set_index("document_id")["text"]
    spans = annotations.sentences.set_index(["document_id", "sentence"])[["start", "end"]]
    paths: list[Path] = []
    parts: list[str] = []
    for number, (event, found) in enumerate(table.groupby("event", sort=True, dropna=False), 1):
        name = _UNSAFE.sub("-", str(event)) if isinstance(event, str) else f"event-{number}"
        paths.append(io.write_csv(found, Path(folder) / f"{name}.csv"))
        parts += _event(name, found.to_dict("records"), texts, spans)
    page = _PAGE.format(title="Parallel statements", body="\n".join(parts))
    return [*paths, io.write_text(page, Path(folder) / "slots.html")]


def _event(name: str, rows: list[dict[Any, Any]], texts: Any, spans: Any) -> Iterator[str]:
    yield f"<h2>{escape(name)}</h2>"
    groups: dict[str, list[dict[Any, Any]]] = {}
    for row in rows:
        groups.setdefault(row["statement_id"], []).append(row)
    for statement_id, found in groups.items():
        shown = [slot for slot in SLOTS if any(isinstance(row[slot], str) for row in found)]
        heads = "".join(f"<th>{slot.replace('_', ' ')}</th>" for slot in shown)
        yield f'<h3 id="{escape(statement_id)}">{escape(statement_id)}</h3>\n<table><tr><th>outlet</th>{heads}</tr>'
        for row in found:
            cells = "".join(_cell(row, slot) for slot in shown)
            yield f"<tr><td>{escape(str(row['outlet']))}<small>{escape(row['document_id'])}</small></td>{cells}</tr>"
        yield "</table>\n<details><summary>sentences</summary>"
        for row in found:
            start, end = spans.loc[(row["document_id"], row["sentence"])]
            words = escape(" ".join(texts[row["document_id"]][start:end].split()))
            yield f"<blockquote>{words}<small>{escape(row['document_id'])}, {start}-{end}</small></blockquote>"
        yield "</details>"


def _cell(row: Mapping[Any, Any], slot: str) -> str:
    if not isinstance(row[slot], str):
        return "<td></td>"
    words = escape(" ".join(row[slot].split()))
    words = f"<mark>{words}</mark>" if slot in row["differs"].split("; ") else words
    return f"<td>{words}<small>{row[f'{slot}_at']}</small></td>"
