"""Parallel statements of a study: found where the texts are, kept with the text-free tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.annotate.parallel import find_slots, find_statements
from framelens.errors import StudyError

__all__ = ["MOST_ARTICLES", "add_statements", "keep_statement"]

MOST_ARTICLES = 100  # of an event: time grows with the square of its clauses, and so many articles are on no one happening
SHOWN = 3  # how many statements an error names
NEEDED = ("statements", "slots")


def add_statements(annotations: Annotations) -> Annotations:
    """Add ``statements`` and ``slots`` to a bundle with texts; one that has them, or is text-free, is returned as it is.

    Only articles that name their event are compared, and only events of at most 100 articles; where there are none, both
    tables are empty.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> documents = pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Post", "Star"], "event": "strike",
    ...     "text": ["Nine rioters were eliminated. Shops stay open.", "Guards killed nine strikers. It rained."]})
    >>> found = annotate(documents)
    >>> len(add_statements(found).statements), len(add_statements(found.replace(documents=documents.assign(event=""))).statements)
    (2, 0)
    """
    if set(NEEDED) <= set(annotations.tables) or annotations.form == "text_free":
        return annotations
    documents = annotations.documents
    events = documents["event"] if "event" in documents else pd.Series(None, documents.index, dtype="str")
    few = events.map(events.value_counts()) <= MOST_ARTICLES  # of a missing event it is not
    compared = annotations.keep(set(documents.loc[few & (events != ""), "document_id"]))
    if compared.documents.empty:
        return annotations.replace(**{name: schema.empty(name) for name in NEEDED})
    statements = find_statements(compared)
    return annotations.replace(statements=statements, slots=find_slots(compared, statements))


def keep_statement(tables: Mapping[str, pd.DataFrame], name: str, folder: Path) -> dict[str, pd.DataFrame]:
    """Keep of ``statements`` the one that a study names, all if it names none or there are no statements."""
    if not name or NEEDED[0] not in tables:
        return dict(tables)
    statements = tables[NEEDED[0]]
    kept = statements[statements["statement_id"] == name].reset_index(drop=True)
    if kept.empty:
        known = statements["statement_id"].drop_duplicates().tolist()
        more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
        raise StudyError(f"{folder / 'study.toml'}: study.statement is {name!r}, which no statement is called. There are: "
                         f"{', '.join(known[:SHOWN]) or 'none'}{more}; `framelens parallel {folder}` prints them.")
    return {**tables, NEEDED[0]: kept}
