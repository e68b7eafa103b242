"""How far apart outlets are in their labels or their words, against articles dealt out at random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._intervals import SMALL
from framelens.measure._rows import Counted, Frame, find_frame, finish, some, voiced
from framelens.measure._sides import PAIRS, Side, check_options, find_sides
from framelens.stats.distance import DistanceTest, cosine_distance, distance_test, jensen_shannon_distance
from framelens.stats.multiplicity import adjust

__all__ = ["OF", "find_counted", "measure_distance"]

KINDS = {"jensen_shannon": ("Jensen-Shannon distance", jensen_shannon_distance), "cosine": ("cosine", cosine_distance)}
OF = {"labels": "label_distance", "words": "vocabulary_distance"}
NULL_LEVEL = 0.9  # between the 5 % and the 95 % quantile of the null distribution
ONE_EVENT = "all articles report one event ({}), and what differs may be that day's news"


@dataclass(frozen=True)
class _Counts:
    """What is counted: articles × terms, and the group that they are labels of, if it is labels."""

    hits: sparse.csr_array
    identity: dict[str, str]
    base: str


@dataclass(frozen=True)
class _Task:
    """What one call asks of every pair."""

    frame: Frame
    name: str
    distance: str
    events: NDArray[Any]


def measure_distance(annotations: Annotations, *, by: str = "outlet", of: str = "labels", voice: str | None = None,
                     distance: str = "jensen_shannon", allow_small_n: bool = False, n_resamples: int = 2000,
                     seed: int = 0) -> pd.DataFrame:
    """Measure how far each two outlets are apart in which labels or words they use, and whether chance would do.

    The distance of two samples is never 0 and the larger the fewer words there are, so that it says nothing by itself. Hence
    articles (with their copies) are dealt out at random to both outlets many times: the null distribution. The test is
    :func:`framelens.stats.distance.distance_test`, which thins long articles first, so that both have articles of one length.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents (document_id, outlet, exclusion_reason, the column ``by``, event if there is one), copies, and
        mentions (document_id, zone, voice, group, term, negated) or term_counts, in full or text-free form. Text-free
        term_counts leave out words of one cluster alone, which makes distances of words smaller.
    by : {"outlet", "publisher", "origin", "event"}
        What is compared, every two once.
    of : {"labels", "words"}
        ``"labels"``: which terms each group is labelled by, negated ones left out, a row for each group; groups are never
        pooled. ``"words"``: all words.
    voice : {"narrator", "direct", "indirect"}, optional
        Only what stands in this voice; all of body and headline together without it.
    distance : {"jensen_shannon", "cosine"}
        The root of the Jensen-Shannon divergence in bits (Endres and Schindelin 2003), from 0 to 1; or 1 − cosine, which
        the most frequent words decide.
    allow_small_n : bool
        Test also where there are too few articles or one event only; the note warns of it.
    n_resamples, seed : int
        Of the permutation; the same seed gives the same p. No p is below 1 / (n_resamples + 1), and of m tests no q below m
        times that: take 25 m or more.

    Returns
    -------
    DataFrame
        ``estimates``. ``label_distance`` or ``vocabulary_distance``: the distance of all that was counted, with p, and q by Holm
        over all pairs (and groups) of the call. It has no interval. Where it is tested three more rows say against what:
        ``…_distance_thinned``, the distance of articles thinned to one length, and ``…_distance_null``, what articles dealt out
        at random give in its place: ``estimate`` is the mean, ``ci_low`` and ``ci_high`` are the 5 % and 95 % quantiles.
        ``…_distance_excess`` is the one minus the other: how far beyond chance.
        Described, not tested: fewer than 10 clusters of one side alone, few clusters of short articles against many, or all
        articles on one event, where outlets differ as much as the day's news.

    Raises
    ------
    SchemaError
        An option is unknown, there is nothing to compare, or tables lack something.

    References
    ----------
    Endres, D. M., & Schindelin, J. E. (2003). A new metric for probability distributions. IEEE Transactions on Information
    Theory, 49, 1858–1860.

    Examples
    --------
    Two outlets that call the same people by other names, in three articles each:

    >>> said = {"zone": "body", "voice": "narrator", "group": "protesters", "negated": False}
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": list("abcxyz"), "outlet": ["Bugle"] * 3 + ["Herald"] * 3}),
    ...     "copies": pd.DataFrame({"document_id": list("abcxyz"), "cluster_id": list("abcxyz")}),
    ...     "mentions": pd.DataFrame([{"document_id": d, **said, "term": "mob" if d in "abc" else "crowd"} for d in "abcxyz"])})
    >>> row = measure_distance(found).iloc[0]
    >>> row["contrast"], float(row["estimate"]), row["note"]
    ('Bugle and Herald', 1.0, 'Described only: fewer than 10 clusters of one group alone (3 and 3).')
    """
    check_options("measure_distance", by, of=(of, tuple(OF)), distance=(distance, tuple(KINDS)),
                  voice=(voice, (None, *schema.VOICES)))
    frame = find_frame(annotations, by, n_resamples, seed, allow_small_n=allow_small_n)
    events = annotations.documents.set_index("document_id").reindex(frame.documents, columns=["event"])["event"]
    task = _Task(frame, OF[of], distance, events.to_numpy(object))
    counted = _counts(annotations, frame, of, voice)
    pairs = list(find_sides(frame, PAIRS, by))
    table = pd.DataFrame([row for counts in counted for pair in pairs for row in _pair_rows(task, counts, pair)])
    if table.empty:
        return finish([])
    tested = int(table["p_value"].notna().sum())
    return finish([table.assign(q_value=adjust(table["p_value"].to_numpy(float), "holm"), voice=voice, corrected=False,
                                validated=False, family=f"{OF[of]} by {by}: holm, {tested} tests")])


def find_counted(annotations: Annotations, of: str, voice: str | None) -> Counted:
    """Find the rows that are counted, labels or words, in one voice or in all."""
    name, on, n = ("mentions", ["group"], None) if of == "labels" else ("term_counts", [], "count")
    table = voiced(getattr(annotations, name), name)
    table = table if voice is None else table[table["voice"] == voice]
    return Counted(name, table[~table["negated"].astype(bool)] if of == "labels" else table, on, n)


def _counts(annotations: Annotations, frame: Frame, of: str, voice: str | None) -> Iterator[_Counts]:
    """Count by article: terms of labels, a group at a time, or words."""
    counted = find_counted(annotations, of, voice)
    table, name = counted.table, counted.name
    if of == "words":
        yield _Counts(_spread(frame, table, name), {}, "words")
        return
    for group in dict.fromkeys([*annotations.groups, *sorted(set(table["group"]))]):
        own = table[table["group"] == group]
        yield _Counts(_spread(frame, own.assign(count=1), name), {"group": group}, "labels of this group")


def _spread(frame: Frame, table: pd.DataFrame, name: str) -> sparse.csr_array:
    """Make articles × terms of rows with document_id, term and count."""
    unknown = table.loc[~table["document_id"].isin(frame.known), "document_id"].unique()
    if len(unknown):
        raise SchemaError(f"Table {name!r}, column 'document_id': {some(unknown)} is not in table 'documents'. "
                          "Add the article, or take its rows out.")
    article = frame.documents.get_indexer(pd.Index(table["document_id"].astype(object)))
    terms, term = np.unique(table["term"].astype(str).to_numpy(object), return_inverse=True)
    held = article >= 0  # not: articles that are excluded
    cells = (table["count"].to_numpy(float)[held], (article[held], term[held]))
    return sparse.coo_array(cells, shape=(len(frame.documents), len(terms))).tocsr()


def _pair_rows(task: _Task, counts: _Counts, pair: tuple[Side, Side]) -> Iterator[dict[str, Any]]:
    """Make the rows of one pair: the distance, and where it is tested what it is tested against."""
    frame, (words, distance) = task.frame, KINDS[task.distance]
    size = np.asarray(counts.hits.sum(1)).ravel()
    used = (pair[0].articles | pair[1].articles) & (size > 0)
    first = pair[0].articles[used]
    row = {"measure": task.name, "unit": f"{words}, 0 to 1", "outlet": pair[0].outlet,
           "contrast": f"{pair[0].unit} and {pair[1].unit}", "reference": pair[1].unit, **counts.identity,
           "estimate": np.nan, "ci_low": np.nan, "ci_high": np.nan, "ci_level": np.nan, "n_documents": int(used.sum()),
           "n_clusters": len(set(frame.cluster[used])), "n_units": size[used].sum(), "p_value": np.nan,
           "method": "description", "seed": np.nan}
    about = [side.note for side in pair if side.note]
    lacking = [side.name for side, there in zip(pair, (first.any(), (~first).any()), strict=True) if not there]
    if lacking:
        yield {**row, "note": " ".join([f"Nothing to measure: no {counts.base} in {' and '.join(lacking)}.", *about])}
        return
    hits = counts.hits[used]
    row["estimate"] = float(distance(*(np.asarray(hits[side].sum(0)).ravel() for side in (first, ~first))))
    event = _one_event(task.events[used])
    if event and not frame.allow_small_n:
        yield {**row, "note": " ".join([f"Described only: {ONE_EVENT.format(event)}.", *about])}
        return
    tested = distance_test(hits[:, np.unique(hits.nonzero()[1])], first, distance=words, clusters=frame.cluster[used],
                           n_resamples=frame.n_resamples, seed=frame.seed, allow_small_n=frame.allow_small_n)
    few = [f"{tested.reason} ({tested.n_clusters[0]} and {tested.n_clusters[1]})"] if tested.reason else []
    few += [ONE_EVENT.format(event)] if event else []
    if np.isnan(tested.p):
        yield {**row, "note": " ".join([f"Described only: {'; '.join(few)}.", *about])}
        return
    warned = [f"{SMALL}: {'; '.join(few)}."] if few else []
    yield from _tested_rows({**row, "method": tested.method, "seed": float(frame.seed)}, tested, warned, about)


def _one_event(events: NDArray[Any]) -> str | None:
    """Return the event that all articles report, if it is one and known of all."""
    found = set(events)
    event = found.pop() if len(found) == 1 else None
    return event if isinstance(event, str) else None


def _tested_rows(row: dict[str, Any], tested: DistanceTest, warned: list[str], about: list[str]) -> Iterator[dict[str, Any]]:
    """Make the four rows of a tested pair."""
    low, _, high = tested.null_quantiles
    said = (f"Thinned to articles of one length: {tested.compared:.3g}; dealt out at random: {tested.null_mean:.3g} "
            f"(5 % to 95 %: {low:.3g} to {high:.3g}).")
    yield {**row, "p_value": tested.p, "note": " ".join([said, *warned, *about])}
    yield {**row, "measure": f"{row['measure']}_thinned", "estimate": tested.compared,
           "note": " ".join(["Of articles thinned to one length; compare the null.", *warned])}
    yield {**row, "measure": f"{row['measure']}_excess", "unit": "difference of distances",
           "estimate": tested.compared - tested.null_mean,
           "note": " ".join(["Distance of thinned articles minus the mean of articles dealt out at random.", *warned])}
    yield {**row, "measure": f"{row['measure']}_null", "estimate": tested.null_mean, "ci_low": low, "ci_high": high,
           "ci_level": NULL_LEVEL, "note": " ".join(["Articles dealt out at random: mean, 5 % and 95 % quantile of the distance.",
                                                      *warned])}
