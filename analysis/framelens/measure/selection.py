"""Defensible choices before a measure: which labels and which articles count, without annotating again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._rows import LEFT_OUT, some

__all__ = ["CONTESTED", "OTHERS", "REFERENT", "SUSPECTS", "WIRE", "chosen_columns", "select_annotations"]

REFERENT = ("all", "own")
CONTESTED = ("in", "out", "only")
WIRE = ("cluster", "exclude", "keep")
SUSPECTS = ("in", "out")
OTHERS = ("other", "generic")  # what a label may mean that is not the study's own event
SELECTION = "selection"
REPUBLISHED = "republished copy"
SUSPECT = "suspected paraphrase of another article"


def select_annotations(annotations: Annotations, *, referent: str = "all", contested: str = "in", wire: str = "cluster",
                       suspects: str = "in", without: Sequence[str] = ()) -> Annotations:
    """Take the labels and articles that a choice lets count, so that any measure or comparison can be made of them.

    The tables are made from those at hand: nothing is annotated again. Notes of every estimate made from the result say how
    many labels and articles of that unit were left out, and why.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents, copies and mentions; another choice may have been made of it before.
    referent : {"all", "own"}
        ``"own"`` leaves out labels that mean another event or none in particular (``mentions.referent`` "other" or
        "generic"). Labels whose referent is not known count, and the note says how many.
    contested : {"in", "out", "only"}
        Labels that the writer disputes or takes distance from count with the others, do not count, or alone do.
    wire : {"cluster", "exclude", "keep"}
        Of copies: all count, and are one cluster (one unit of chance); ``"exclude"`` leaves out those that are not known to
        be an outlet's own, which are republished articles and articles of unknown status that have a copy; ``"keep"`` takes
        each copy for an article of its own, which makes intervals too narrow.
    suspects : {"in", "out"}
        Whether articles count whose ``copy_status`` is "suspect_paraphrase".
    without : list of str
        Terms of the lexicon whose labels do not count: what a lexicon without them would find, but for shorter terms
        inside them.

    Returns
    -------
    Annotations

    Raises
    ------
    SchemaError
        An option is unknown, or a term labels nothing.

    Examples
    --------
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": ["a", "b"], "outlet": ["Herald", "Bugle"]}),
    ...     "copies": pd.DataFrame({"document_id": ["a", "b"], "cluster_id": "a", "copy_status": ["original", "republished"]}),
    ...     "mentions": pd.DataFrame({"document_id": ["a", "a", "b"], "term": ["mob", "crowd", "mob"], "zone": "body",
    ...                               "negated": False, "contested": [True, False, False]})})
    >>> len(select_annotations(found, contested="out").mentions), len(select_annotations(found, without=["mob"]).mentions)
    (2, 1)
    >>> select_annotations(found, wire="exclude").documents["exclusion_reason"].tolist()
    [nan, 'republished copy']
    >>> select_annotations(found, wire="keep").copies["cluster_id"].tolist()
    ['a', 'b']
    """
    _check({"referent": (referent, REFERENT), "contested": (contested, CONTESTED), "wire": (wire, WIRE),
            "suspects": (suspects, SUSPECTS)})
    mentions, said = _take_labels(annotations.mentions, referent, contested, without)
    documents, copies, articles = _take_articles(annotations, wire, suspects)
    before: Mapping[str, Any] = annotations.about.get(SELECTION, {})
    made = {**before, **{name: value for name, value, default in (
        ("referent", referent, "all"), ("contested", contested, "in"), ("wire", wire, "cluster"), ("suspects", suspects, "in"))
        if value != default}, "without": [*before.get("without", ()), *without]}
    about = {**annotations.about, SELECTION: made, LEFT_OUT: {**annotations.about.get(LEFT_OUT, {}), **said, **articles}}
    tables = {**annotations.tables, "mentions": mentions, "documents": documents, "copies": copies}
    return Annotations(tables, about, annotations.form)


def chosen_columns(annotations: Annotations) -> dict[str, Any]:
    """Return what the columns ``referent`` and ``contested`` of estimates say of a selection: empty where all count."""
    made = annotations.about.get(SELECTION, {})
    return {"referent": schema.REFERENTS[0] if made.get("referent") == "own" else np.nan,
            "contested": {"out": False, "only": True}.get(made.get("contested", "in"), np.nan)}


def _check(options: Mapping[str, tuple[Any, tuple[str, ...]]]) -> None:
    for name, (value, allowed) in options.items():
        if value not in allowed:
            raise SchemaError(f"{name}={value!r} is no choice of labels or articles. Allowed: {', '.join(allowed)}.")


def _take_labels(mentions: pd.DataFrame, referent: str, contested: str,
                 without: Sequence[str]) -> tuple[pd.DataFrame, dict[str, dict[str, int]]]:
    """Leave labels out one choice after another; count by article those that would have counted."""
    said: dict[str, dict[str, int]] = {}

    def drop(table: pd.DataFrame, rows: NDArray[np.bool_], label: str) -> pd.DataFrame:
        said[label] = _count(table[rows])
        return table[~rows]

    if without:
        strange = [term for term in without if not (mentions["term"] == term).any()]
        if strange:
            raise SchemaError(f"without: no label is of the term {some(strange)}. Name terms as they stand in the column 'term' "
                              "of table 'mentions'.")
        mentions = drop(mentions, mentions["term"].isin(list(without)).to_numpy(bool),
                        f"Labels of terms left out ({', '.join(without)})")
    if referent == "own":
        known = mentions["referent"] if "referent" in mentions else pd.Series(None, mentions.index, dtype="str")
        unknown = _count(mentions[known.isna()])
        mentions = drop(mentions, known.isin(OTHERS).to_numpy(bool), "Labels of another event or none in particular, left out")
        said["Labels whose event is not known, counted"] = unknown
    if contested != "in":
        disputed = mentions["contested"].to_numpy(bool)
        mentions = (drop(mentions, disputed, "Contested labels left out") if contested == "out"
                    else drop(mentions, ~disputed, "Labels that are not contested, left out"))
    return mentions.reset_index(drop=True), said


def _count(mentions: pd.DataFrame) -> dict[str, int]:
    """Count by article the labels that a measure would count."""
    counted = mentions[mentions["zone"].isin(schema.MEASURED_ZONES) & ~mentions["negated"].astype(bool)]
    return {str(name): int(n) for name, n in counted["document_id"].value_counts().items()}


def _take_articles(annotations: Annotations, wire: str,
                   suspects: str) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, dict[str, int]]]:
    """Exclude articles or part clusters as asked; count by article what the note says of copies."""
    documents, copies = annotations.documents, annotations.copies
    if "exclusion_reason" not in documents:
        documents = documents.assign(exclusion_reason=np.nan)
    of = copies.set_index("document_id").reindex(documents["document_id"])
    status = of["copy_status"] if "copy_status" in of else pd.Series("unknown", of.index)
    fine = documents["exclusion_reason"].isna().to_numpy()
    twin = (of["cluster_id"].where(fine).map(of["cluster_id"][fine].value_counts()) > 1).to_numpy(bool)
    reason = documents["exclusion_reason"].astype(object).to_numpy(copy=True)
    if suspects == "out":
        reason[fine & (status == "suspect_paraphrase").to_numpy()] = SUSPECT
    if wire == "exclude":
        borrowed = (status == "republished").to_numpy() | ((status == "unknown").to_numpy() & twin)
        reason[fine & borrowed] = REPUBLISHED
    if wire == "keep":
        copies = copies.assign(cluster_id=copies["document_id"])
    label = {"cluster": "Articles that share a cluster with a copy, one unit of chance",
             "keep": "Copies taken for articles of their own, so that intervals are too narrow"}.get(wire)
    said = {label: {str(name): 1 for name in documents.loc[twin, "document_id"]}} if label else {}
    documents = documents.assign(exclusion_reason=pd.Series(reason, documents.index).astype("str"))
    return documents, copies, said
