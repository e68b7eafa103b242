"""What an outlet leaves out that others report on the same event: statements, facts, sources, labels."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError

__all__ = ["count_omissions", "find_omissions"]

KINDS = ("statement", "fact", "source", "source_type", "label")
_COLUMNS = ["event", "outlet", "kind", "item", "omitted", "n_others", "n_outlets", "evidence"]
_SPEECH = ("speech", "claim")


def find_omissions(annotations: Annotations, statements: pd.DataFrame | None = None, *, least: int = 2) -> pd.DataFrame:
    """List what at least some other outlets have on an event, and whether each outlet has it too.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (outlet, event), facts, attributions, mentions and copies, in full or text-free form. Articles
        without an event and excluded ones are left out.
    statements : DataFrame, optional
        From :func:`framelens.find_statements`; by default the bundle's own, if it has them, else statements are not looked at.
    least : int
        How many other outlets must have a thing. Copies of one text count once, whoever printed them.

    Returns
    -------
    DataFrame
        A row for each event, outlet that covers it, ``kind`` and ``item`` that ``least`` others have: a *statement* by its id; a
        *fact* by what is told of whom ("killed security"); a *source* of speech by its name; a *source_type*; a *label* by group
        and stance. ``omitted`` tells whether the outlet lacks it, ``n_others`` how many of the others (of ``n_outlets`` less one)
        have it, ``evidence`` where (ids of facts, attributions and mentions; article and offsets of statements; ``; `` between).

    Raises
    ------
    SchemaError
        ``least`` is under 1.

    Notes
    -----
    A row says what is not found in an article, not why: length, deadline, place and the misses of the finder all leave things
    out. Compare outlets on the same events only, and read the evidence.

    Examples
    --------
    >>> from framelens.pipeline import annotate
    >>> texts = ["Five people were killed, police said.", "Police said five people were killed.", "Police urged calm."]
    >>> documents = pd.DataFrame({"document_id": list("abc"), "outlet": ["Post", "Star", "Sun"], "event": "march", "text": texts})
    >>> found = find_omissions(annotate(documents))
    >>> found.loc[found["omitted"], ["outlet", "kind", "item", "n_others"]].values.tolist()
    [['Sun', 'fact', 'killed people', 2], ['Sun', 'source', 'police', 2], ['Sun', 'source_type', 'police', 2]]
    """
    if least < 1:
        raise SchemaError(f"least is {least}; allowed are whole numbers from 1. Ask for what one other outlet or more have.")
    documents = annotations.documents.reindex(columns=["document_id", "outlet", "event", "exclusion_reason"])
    documents = documents[documents["exclusion_reason"].isna() & documents["event"].notna() & documents["outlet"].notna()]
    documents = documents[["document_id", "outlet", "event"]].merge(_clusters(annotations), on="document_id", how="left")
    documents["cluster_id"] = documents["cluster_id"].fillna(documents["document_id"])
    held = _items(annotations, statements).merge(documents, on="document_id")
    outlets = {str(event): sorted(set(found)) for event, found in documents.groupby("event")["outlet"]}
    rows = []
    for name, having in held.groupby(["event", "kind", "item"], sort=True):
        event, kind, item = map(str, name)
        own = set(having["outlet"])
        for outlet in outlets[event]:
            others = having[having["outlet"] != outlet]
            n_others = _count_apart(others)
            if n_others >= least:
                where = "; ".join(sorted(set(others["id"])))
                rows.append((event, outlet, kind, item, outlet not in own, n_others, len(outlets[event]), where))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    order = table["kind"].map({kind: k for k, kind in enumerate(KINDS)})
    return table.assign(order=order).sort_values(["event", "outlet", "order", "item"], ignore_index=True).drop(columns="order")


def _count_apart(rows: pd.DataFrame) -> int:
    """Count outlets, each by a text that no other is counted by: as many as can be paired with clusters of their own."""
    if rows.empty:
        return 0
    outlet, cluster = (pd.factorize(rows[column])[0] for column in ("outlet", "cluster_id"))
    paired = maximum_bipartite_matching(csr_array((np.ones(len(rows), bool), (outlet, cluster))))
    return int((paired >= 0).sum())


def _clusters(annotations: Annotations) -> pd.DataFrame:
    if "copies" not in annotations.tables:
        return pd.DataFrame({"document_id": [], "cluster_id": []}, dtype="str")
    return annotations.copies[["document_id", "cluster_id"]]


def _items(annotations: Annotations, statements: pd.DataFrame | None) -> pd.DataFrame:
    """List what each article has: a row for each kind, item and place."""
    given = statements if statements is not None else annotations.tables.get("statements")
    parts = []
    if given is not None:
        where = given["document_id"].astype(str) + ":" + given["start"].astype(str) + "-" + given["end"].astype(str)
        parts.append(pd.DataFrame({"document_id": given["document_id"], "kind": "statement", "item": given["statement_id"],
                                   "id": where}))
    if "facts" in annotations.tables:
        facts = annotations.facts
        parts.append(pd.DataFrame({"document_id": facts["document_id"], "kind": "fact", "id": facts["fact_id"],
                                   "item": facts["fact"] + " " + facts["counted"]}))
    told = annotations.attributions[annotations.attributions["kind"].isin(_SPEECH)]
    named = told[told["source_name"].notna() & (told["source_type"] != "unnamed")]
    for kind, table, column in (("source", named, "source_name"), ("source_type", told, "source_type")):
        parts.append(pd.DataFrame({"document_id": table["document_id"], "kind": kind, "item": table[column],
                                   "id": table["attribution_id"]}))
    mentions = annotations.mentions
    parts.append(pd.DataFrame({"document_id": mentions["document_id"], "kind": "label", "id": mentions["mention_id"],
                               "item": mentions["group"] + " " + mentions["stance"]}))
    return pd.concat([part for part in parts if len(part)] or parts[-1:], ignore_index=True).dropna(subset=["item"])


def count_omissions(omissions: pd.DataFrame) -> pd.DataFrame:
    """Count, by outlet and kind, how much of what others have an outlet lacks.

    Parameters
    ----------
    omissions : DataFrame
        From :func:`find_omissions`.

    Returns
    -------
    DataFrame
        ``outlet``, ``kind``, ``n_omitted`` of ``n_items``, and ``n_events`` from which they come.

    Examples
    --------
    >>> table = pd.DataFrame({"event": ["e", "e", "f"], "outlet": "Sun", "kind": "fact", "item": ["x", "y", "x"],
    ...                       "omitted": [True, False, True]})
    >>> count_omissions(table).values.tolist()
    [['Sun', 'fact', 2, 3, 2]]
    """
    groups = omissions.groupby(["outlet", "kind"], sort=True)
    counts = groups.agg(n_omitted=("omitted", "sum"), n_items=("omitted", "size"), n_events=("event", "nunique")).reset_index()
    counts["n_omitted"] = counts["n_omitted"].astype(int)
    order = counts["kind"].map({kind: k for k, kind in enumerate(KINDS)})
    return counts.assign(order=order).sort_values(["outlet", "order"], ignore_index=True).drop(columns="order")
