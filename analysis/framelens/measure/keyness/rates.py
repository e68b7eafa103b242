"""How often key terms stand on either side of a contrast: two rates with their intervals, which figures draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from framelens import schema
from framelens.errors import SchemaError
from framelens.measure._rows import MIN_RESAMPLES, Measure, Tallies, estimate_rows, finish, some
from framelens.measure.keyness.articles import REST, read_articles
from framelens.measure.keyness.compare import KEY
from framelens.stats._checks import whole

__all__ = ["measure_term_rates"]

RATE = Measure("term_rate", "per 10,000 words", "rate", "words", 10_000.0)
KEYNESS = "keyness"  # and keyness_… of methods that were asked for by name
NULL = "_null"  # in the names of the measures of a null check


def measure_term_rates(keyness: pd.DataFrame, term_counts: pd.DataFrame, documents: pd.DataFrame, *, top: int = 10,
                       tables: Mapping[str, pd.DataFrame] | None = None, n_resamples: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Measure how often the key terms of :func:`framelens.measure_keyness` stand on each side, per 10,000 words.

    A rate is 10,000 × hits / words, over all articles of the side together: what the log ratio of keyness is about, in a unit
    that can be read.

    Parameters
    ----------
    keyness : DataFrame
        What :func:`framelens.measure_keyness` returned: its contrasts are measured, in its voice. Rows of other measures do
        not matter.
    term_counts, documents, tables
        As they were given to :func:`framelens.measure_keyness`.
    top : int
        So many terms of each side: those with q ≤ .05, the largest effect first (``estimate`` of keyness, which side:
        ``more_in``). Where no term of a contrast has q ≤ .05, the ``top`` terms of the smallest p on both sides together.
    n_resamples, seed : int
        Of the cluster bootstrap (:func:`framelens.stats.bootstrap.ratio_intervals`).

    Returns
    -------
    DataFrame
        ``estimates``, two rows a term: ``measure`` "term_rate", ``outlet`` the side, ``contrast`` as in keyness, ``n_units``
        hits. Intervals under the same rule as of all rates: 10 clusters, 5 hits in 5 of them. Without hits, a one-sided bound.

    Raises
    ------
    SchemaError
        ``keyness`` has no row of keyness or is of other tables, or tables contradict one another.
    FramelensError
        An option is out of range.

    Examples
    --------
    Ten articles of 300 words with "mob" three or four times, ten with it once or twice: 35 and 12 of 3,000 words.

    >>> import framelens as fl
    >>> ids = [f"a{i:02}" for i in range(20)]
    >>> counts = pd.DataFrame({"document_id": ids, "zone": "body", "voice": "narrator", "term": "mob",
    ...                        "count": [3] * 5 + [4] * 5 + [1] * 8 + [2] * 2})
    >>> documents = pd.DataFrame({"document_id": ids, "outlet": ["Herald"] * 10 + ["Post"] * 10})
    >>> sizes = pd.DataFrame({"document_id": ids, "zone": "body", "voice": "narrator", "n_words": 300, "n_sentences": 15})
    >>> keyness = fl.measure_keyness(counts, documents, "Herald", tables={"sizes": sizes})
    >>> rates = measure_term_rates(keyness, counts, documents, tables={"sizes": sizes})
    >>> {row.outlet: round(row.estimate, 1) for row in rates.itertuples()}
    {'Herald': 116.7, 'Post': 40.0}
    """
    whole("top", top, 1)
    rows = schema.validate(keyness, "estimates")
    rows = rows[rows["measure"].str.startswith(KEYNESS) & ~rows["measure"].str.contains(NULL)]
    if rows.empty:
        raise SchemaError("Table 'estimates': no row of keyness. Give what measure_keyness returned.")
    draws, parts = whole("n_resamples", n_resamples, MIN_RESAMPLES), []
    others = {name: table for name, table in (tables or {}).items() if name in ("sizes", "copies")}
    for key, own in rows.groupby(["contrast", "outlet", "reference", "voice"], sort=False, dropna=False):
        contrast, target, reference = map(str, key[:3])
        voice = key[3] if isinstance(key[3], str) else None
        if not (terms := _find_key_terms(own, top)):
            continue
        outlet = documents["outlet"]
        side = outlet.where(outlet == target, REST if reference == REST else outlet.where(outlet == reference))
        kept = documents.assign(outlet=side)[side.notna()]
        counts, *rest = (table[table["document_id"].isin(kept["document_id"])] for table in (term_counts, *others.values()))
        articles = read_articles(counts, kept, voice, dict(zip(others, rest, strict=True)), seed)
        place = pd.Index(articles.terms).get_indexer(terms)
        if (place < 0).any():
            strange = np.array(terms, dtype=object)[place < 0]
            raise SchemaError(f"Table 'term_counts': none of {contrast} has {some(strange)}, of which keyness has a row. Give "
                              "the tables that measure_keyness was given.")
        hits = articles.counts[:, place].toarray()
        tallies = Tallies(hits, np.repeat(articles.words[:, None], len(terms), axis=1))
        combos = pd.DataFrame({"term": terms}, dtype=object)
        made = estimate_rows(replace(articles.frame, n_resamples=draws), RATE, combos, tallies)
        against = made["outlet"].map({target: reference, reference: target})
        parts.append(made.assign(contrast=contrast, voice=voice, reference=against))
    return finish(parts)


def _find_key_terms(rows: pd.DataFrame, top: int) -> list[str]:
    """Choose the terms of one contrast."""
    tested = rows[rows["p_value"].notna() & rows["more_in"].notna()]
    keys = tested[tested["q_value"] <= KEY]
    if keys.empty:
        keys = tested.sort_values(["p_value", "term"]).head(top)
    effect = keys.assign(effect=keys["estimate"].abs()).sort_values(["effect", "term"], ascending=[False, True])
    return sorted(effect.groupby("more_in").head(top)["term"].astype(str))
