"""Parallel statements: what articles on one event tell alike, in which words, and what looks rewritten."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.annotate.parallel.clauses import Clause, Rows, read_clauses
from framelens.annotate.parallel.grouping import group_clauses
from framelens.errors import SchemaError
from framelens.text.view import read_views

__all__ = ["find_statements", "read_event_clauses"]

_TABLES = ("mentions", "agency", "facts", "voice", "attributions", "attribution_spans")


def read_event_clauses(annotations: Annotations) -> dict[str, list[Clause]]:
    """Read the clauses of all articles by event, sorted by article and place; articles without an event are one event together.

    Raises
    ------
    SchemaError
        The bundle is text-free: clauses are read from texts.
    """
    documents = annotations.documents
    if "text" not in documents or documents["text"].isna().all():
        raise SchemaError("Table 'documents', column 'text': parallel statements are read from texts, and there are none. "
                          "Annotate the texts again, or use the tables statements and slots that were written then.")
    rows = {name: _plain(annotations.tables[name]) if name in annotations.tables else {} for name in _TABLES}
    events = documents.set_index("document_id").reindex(columns=["event"])["event"].fillna("").to_dict()
    out: dict[str, list[Clause]] = {}
    for view in sorted(read_views(documents, annotations.zones), key=lambda v: v.document_id):
        own = {name: sorted(found.get(view.document_id, []), key=lambda r: (r.get("start", 0), r.get("end", 0)))
               for name, found in rows.items()}
        told = {r["attribution_id"]: r for r in own["attributions"]}
        found = read_clauses(view, Rows(own["mentions"], own["agency"], own["facts"], own["voice"], told, own["attribution_spans"]))
        out.setdefault(str(events[view.document_id]), []).extend(found)
    return out


def _plain(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    return schema.rows_by_document(table.astype(object).where(table.notna(), None))


def find_statements(annotations: Annotations) -> pd.DataFrame:
    rows = []
    for clauses in read_event_clauses(annotations).values():
        for found in group_clauses(clauses):
            first = clauses[found[0][0]]
            name = f"{first.document_id}:s:{first.start}-{first.end}"
            best: dict[tuple[str, int], tuple[float, Clause]] = {}
            for k, value in found:
                key = clauses[k].document_id, clauses[k].sentence
                if key not in best or value > best[key][0]:
                    best[key] = value, clauses[k]
            rows += [{"statement_id": name, "document_id": c.document_id, "sentence": c.sentence, "start": c.start, "end": c.end,
                      "similarity": value} for value, c in best.values()]
    return pd.DataFrame(rows)
