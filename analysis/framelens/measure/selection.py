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
from framelens.measure._rows import LEFT_OUT, SELECTION, flags, some

__all__ = ["CONTESTED", "OTHERS", "REFERENT", "SUSPECTS", "WIRE", "chosen_columns", "select_annotations"]

REFERENT = ("all", "own")
CONTESTED = ("in", "out", "only")
WIRE = ("cluster", "exclude", "keep")
SUSPECTS = ("in", "out")
OTHERS = ("other", "generic")  # what a label may mean that is not the study's own event
REPUBLISHED = "republished copy"
SUSPECT = "suspected paraphrase of another article"
# Said of what is left, not of what was left out: true of the last choice only.
UNKNOWN_EVENT = "Labels whose event is not known, counted"
SHARED = "Articles that share a cluster with a copy, one unit of chance"
PARTED = "Copies taken for articles of their own, so that intervals are too narrow"


def select_annotations(annotations: Annotations, *, referent: str = "all", contested: str = "in", wire: str = "cluster",
                       suspects: str = "in", without: Sequence[str] = ()) -> Annotations:
    """Take the labels and articles that a choice lets count, so that any measure or comparison can be made of them.

    The tables are made from those at hand: nothing is annotated again. Notes of every estimate made from the result say how
    many labels and articles of that unit were left out, and why.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents, copies and mentions; another choice may have been made of it before, and is kept.
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
        An option is unknown or contradicts one chosen before, or a term labels nothing.

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
    before: Mapping[str, Any] = annotations.about.get(SELECTION, {})
    made = _add_choices(before, {"referent": (referent, REFERENT), "contested": (contested, CONTESTED), "wire": (wire, WIRE),
                                 "suspects": (suspects, SUSPECTS)})
    mentions, dropped = _take_labels(annotations.mentions, referent, contested, without)
    documents = _take_articles(annotations, wire, suspects)
    copies = annotations.copies
    # A choice before this one has left things out as well, but what it said of what is left may hold no more.
    said = {label: dict(numbers) for label, numbers in annotations.about.get(LEFT_OUT, {}).items()
            if label not in (UNKNOWN_EVENT, SHARED, PARTED)}
    for label, numbers in dropped.items():
        own = said.setdefault(label, {})
        own.update({name: own.get(name, 0) + n for name, n in numbers.items()})
    if made.get("referent") == "own":
        said[UNKNOWN_EVENT] = _count(mentions[mentions.reindex(columns=["referent"])["referent"].isna()])
    if wire == "keep" and "parted" not in made:
        made["parted"] = dict(copies.loc[copies["cluster_id"].duplicated(keep=False), ["document_id", "cluster_id"]].to_numpy())
        copies = copies.assign(cluster_id=copies["document_id"])
    if parted := made.get("parted"):
        were = pd.DataFrame(parted.items(), columns=["document_id", "cluster_id"])
        said[PARTED] = _ones(documents, were)
    said[SHARED] = _ones(documents, copies)
    pairs = annotations.mentions[annotations.mentions["zone"].isin(schema.MEASURED_ZONES)]
    pairs = pairs.reindex(columns=["group", "stance"]).drop_duplicates().dropna()
    held = [*map(tuple, before.get("groups", ())), *pairs.itertuples(index=False, name=None)]
    made |= {"without": [*before.get("without", ()), *without], "groups": [list(pair) for pair in dict.fromkeys(held)]}
    tables = {**annotations.tables, "mentions": mentions, "documents": documents, "copies": copies}
    return Annotations(tables, {**annotations.about, SELECTION: made, LEFT_OUT: said}, annotations.form)


def chosen_columns(annotations: Annotations) -> dict[str, Any]:
    """Return what the columns ``referent`` and ``contested`` of estimates say of a selection: empty where all count."""
    made = annotations.about.get(SELECTION, {})
    return {"referent": schema.REFERENTS[0] if made.get("referent") == "own" else np.nan,
            "contested": {"out": False, "only": True}.get(made.get("contested", "in"), np.nan)}


def _add_choices(before: Mapping[str, Any], options: Mapping[str, tuple[str, tuple[str, ...]]]) -> dict[str, Any]:
    """Add choices to those made before; the first value of each is no choice, and two others of one contradict each other."""
    made = dict(before)
    for name, (value, allowed) in options.items():
        if value not in allowed:
            raise SchemaError(f"{name}={value!r} is no choice of labels or articles. Allowed: {', '.join(allowed)}.")
        if value != allowed[0] and made.setdefault(name, value) != value:
            raise SchemaError(f"{name}={value!r} contradicts {name}={made[name]!r}, which was chosen before. Choose from the "
                              "annotations as they were before that.")
    return made


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
        mentions = drop(mentions, known.isin(OTHERS).to_numpy(bool), "Labels of another event or none in particular, left out")
    if contested != "in":
        disputed = flags(mentions, "mentions", "contested")
        mentions = (drop(mentions, disputed, "Contested labels left out") if contested == "out"
                    else drop(mentions, ~disputed, "Labels that are not contested, left out"))
    return mentions.reset_index(drop=True), said


def _count(mentions: pd.DataFrame) -> dict[str, int]:
    """Count by article the labels that a measure would count."""
    counted = mentions[mentions["zone"].isin(schema.MEASURED_ZONES) & ~flags(mentions, "mentions", "negated")]
    return {str(name): int(n) for name, n in counted["document_id"].value_counts().items()}


def _take_articles(annotations: Annotations, wire: str, suspects: str) -> pd.DataFrame:
    """Exclude articles as asked."""
    documents, copies = annotations.documents, annotations.copies
    if "exclusion_reason" not in documents:
        documents = documents.assign(exclusion_reason=np.nan)
    known = copies.set_index("document_id").reindex(columns=["copy_status"]).reindex(documents["document_id"])
    status = known["copy_status"].fillna("unknown").to_numpy(object)
    fine = documents["exclusion_reason"].isna().to_numpy()
    # What has a copy is asked of the whole corpus, so that the order of choices does not matter.
    whole = documents.assign(exclusion_reason=documents["exclusion_reason"].mask(
        documents["exclusion_reason"].isin([SUSPECT, REPUBLISHED])))
    reason = documents["exclusion_reason"].astype(object).to_numpy(copy=True)
    if suspects == "out":
        reason[fine & (status == "suspect_paraphrase")] = SUSPECT
    if wire == "exclude":
        borrowed = (status == "republished") | ((status == "unknown") & _share_cluster(whole, copies))
        reason[fine & borrowed] = REPUBLISHED
    return documents.assign(exclusion_reason=pd.Series(reason, documents.index).astype("str"))


def _ones(documents: pd.DataFrame, copies: pd.DataFrame) -> dict[str, int]:
    """Count by article those that count and share a cluster."""
    return {str(name): 1 for name in documents.loc[_share_cluster(documents, copies), "document_id"]}


def _share_cluster(documents: pd.DataFrame, copies: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which articles count and have a cluster in which another counts."""
    cluster = copies.set_index("document_id")["cluster_id"].reindex(documents["document_id"])
    counts = documents["exclusion_reason"].isna().to_numpy()
    return counts & (cluster.map(cluster[counts].value_counts()) > 1).to_numpy(bool)
