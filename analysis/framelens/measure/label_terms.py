"""Term by term: how often each label is used in whose voice, in how many articles, and how evenly over them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from framelens import schema
from framelens.annotate.bundle import Annotations
from framelens.errors import SchemaError
from framelens.measure._labels import counted_labels
from framelens.measure._rows import (
    Count,
    Counted,
    Frame,
    Measure,
    Part,
    Tallies,
    find_frame,
    parts_of,
    pool,
    run,
    some,
    tally,
    voiced,
)
from framelens.measure.selection import chosen_columns, select_annotations
from framelens.stats.dispersion import deviation_of_proportions

__all__ = ["measure_label_terms"]

COUNT = Measure("label_term_count", "mentions", "count", "words of this voice and zone")
ARTICLES = Measure("label_term_documents", "articles", "count", "words of this voice and zone")
SHARE = Measure("label_term_share", "share", "share", "labels of this group in this voice and zone")
RATE = Measure("label_term_rate", "per 1,000 words", "rate", "words of this voice and zone")
OF_TERM = ["group", "stance", "favours", "term"]


def measure_label_terms(annotations: Annotations, *, by: str = "outlet", referent: str = "all", contested: str = "in",
                        wire: str = "cluster", allow_small_n: bool = False, n_resamples: int = 2000,
                        seed: int = 0) -> pd.DataFrame:
    r"""Measure the use of every term: a group's numbers may rest on one word, and that word on one article.

    For each unit of ``by``, zone, voice (narrator, direct, indirect) and term that occurs there in the corpus, with y the labels
    of the term that are not negated and w the words of that voice and zone:

    * ``label_term_count`` (mentions): :math:`\sum y`;
    * ``label_term_documents`` (articles): articles with :math:`y > 0`;
    * ``label_term_share`` (share): of the labels of the group in that voice and zone, those of the term;
    * ``label_term_rate`` (per 1,000 words): :math:`1000 \sum y / \sum w`.

    The rows of the count have ``dispersion``: DPnorm over the articles of the unit with words of that voice and zone, the parts
    being as large as their words (Gries 2008; Lijffijt and Gries 2012): 0 spread as the words are, 1 all in the smallest part.

    Parameters
    ----------
    annotations : Annotations
        Its tables documents, copies, sizes (document_id, zone, voice, n_words) and mentions (document_id, zone, voice, term,
        group, stance, favours, negated), in full or text-free form.
    by : {"outlet", "document_id", "publisher", "origin", "event"}
        What is compared. ``document_id`` fills outlet as well; the last three stand as ``publisher=…`` in ``contrast``.
    referent, contested, wire
        Which labels and articles count: see :func:`framelens.select_annotations`.
    allow_small_n : bool
        Give an interval also where the numbers are too small for one; the note warns of it.
    n_resamples, seed : int
        Of the cluster bootstrap of rates.

    Returns
    -------
    DataFrame
        ``estimates``; a term without a hit in one unit has its row there. ``dispersion`` is empty where the term does not
        occur, or where the unit has one article with such words.

    Raises
    ------
    SchemaError
        An option is unknown, a table is missing, or tables contradict one another.

    Notes
    -----
    Few hits are uneven by chance alone: DPnorm of one hit is near 1. Intervals over syndication clusters: of
    shares :func:`framelens.stats.proportion.share_intervals`, of rates the cluster bootstrap-t of
    :func:`framelens.stats.bootstrap.ratio_intervals`.

    References
    ----------
    Gries, S. T. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics, 13,
    403–437.
    Lijffijt, J., & Gries, S. T. (2012). Correction to "Dispersions and adjusted frequencies in corpora". International Journal
    of Corpus Linguistics, 17, 147–149.

    Examples
    --------
    All four in one of two articles of one length: DP is 0.5, the most that two such articles allow.

    >>> label = {"document_id": "a", "zone": "body", "voice": "narrator", "group": "protesters", "stance": "delegitimising",
    ...          "favours": "official", "term": "mob", "negated": False, "contested": False}
    >>> found = Annotations({
    ...     "documents": pd.DataFrame({"document_id": ["a", "b"], "outlet": "Herald"}),
    ...     "copies": pd.DataFrame({"document_id": ["a", "b"], "cluster_id": ["a", "b"]}),
    ...     "sizes": pd.DataFrame({"document_id": ["a", "b"], "zone": "body", "voice": "narrator", "n_words": 100}),
    ...     "mentions": pd.DataFrame([label] * 4)})
    >>> rows = measure_label_terms(found).set_index("measure")
    >>> float(rows.loc["label_term_count", "estimate"]), float(rows.loc["label_term_count", "dispersion"])
    (4.0, 1.0)
    >>> float(rows.loc["label_term_documents", "estimate"]), float(rows.loc["label_term_rate", "estimate"])
    (1.0, 20.0)
    """
    chosen = select_annotations(annotations, referent=referent, contested=contested, wire=wire)
    frame = find_frame(chosen, by, n_resamples, seed, allow_small_n=allow_small_n)
    table = run("measure_label_terms", chosen, frame)
    rows = (table["measure"] == COUNT.name).to_numpy()  # a block of combinations for each unit, as the parts have them
    if rows.any():
        part = next(iter(_parts(chosen, frame)))
        table.loc[rows, "dispersion"] = np.concatenate(
            [_dispersion(part.tallies, frame.unit == unit) for unit in range(len(frame.units))])
    return table


@parts_of("measure_label_terms")
def _parts(annotations: Annotations, frame: Frame) -> Iterator[Part]:
    """Count labels of each term by article, and the articles that hold it."""
    labels = counted_labels(annotations, ["zone", "voice", *(c for c in OF_TERM if c in annotations.mentions)])
    if labels.empty:
        return
    combos = labels.drop(columns="document_id").astype(object)
    zones, voices = (dict(zip(names, range(len(names)), strict=True)) for names in (schema.MEASURED_ZONES, schema.VOICES))
    place = combos.assign(zone=combos["zone"].map(zones), voice=combos["voice"].map(voices))
    combos = combos.loc[place.drop_duplicates().sort_values(list(place.columns)).index].reset_index(drop=True)
    hits = tally(frame, labels, "mentions", combos)
    words = tally(frame, voiced(annotations.sizes, "sizes"), "sizes", combos, values="n_words")
    if more := frame.documents.to_numpy(object)[(hits > words).any(axis=1)].tolist():
        raise SchemaError(f"Tables 'mentions' and 'sizes': {some(more)} has more labels of a term than words in that voice and "
                          "zone. Make both from the same voices: give yours to annotate(documents, tables=…).")
    every = Counted("mentions", labels, list(combos))
    first = Counted("mentions", labels.drop_duplicates(), list(combos))  # an article counts once
    combos, of_group = combos.assign(**chosen_columns(annotations)), ["zone", "voice", "group"]
    yield Part(COUNT, combos, Tallies(hits, words), [every])
    yield Part(ARTICLES, combos, Tallies((hits > 0).astype(float), words), [first])
    yield Part(SHARE, combos, Tallies(hits, pool(hits, combos, of_group)), [every.over(of_group)], [every])
    yield Part(RATE, combos, Tallies(hits, words, counts=[Count("Words", words)]), [every])


def _dispersion(tallies: Tallies, own: np.ndarray) -> np.ndarray:
    """Return DPnorm of each combination over the articles of a unit that have words there."""
    found = np.full(tallies.num.shape[1], np.nan)
    for column in np.flatnonzero(tallies.num[own].sum(0) > 0):
        found[column] = deviation_of_proportions(tallies.num[own, column], tallies.den[own, column], normalised=True)
    return found
