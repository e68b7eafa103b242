"""Where numbers are small: bounds of what was not found, and what allow_small_n gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from pandas.testing import assert_frame_equal

from framelens.measure._rows import MIN_CLUSTERS
from framelens.measure.labelling import measure_labelling
from framelens.measure.sourcing import measure_sourcing
from framelens.measure.tone import measure_tone
from framelens.stats.bootstrap import ratio_intervals
from framelens.stats.proportion import share_intervals

CELL = {"zone": "body", "voice": "narrator", "group": "protesters", "stance": "delegitimising"}


def labels(corpus, articles, *, hits):
    """Give each article two or three labels, in the first ``hits`` articles one of them delegitimising."""
    rows = [{"document_id": f"a{i}"} for i in range(articles)]
    mentions = [{**row, "stance": "delegitimising" if j == 0 and i < hits else "neutral"}
                for i, row in enumerate(rows) for j in range(2 + i % 2)]
    return corpus(documents=rows, sizes=rows, mentions=mentions)


def silent(corpus, articles, said=1):
    """Give each article 100 words more than the last, and ``said`` neutral labels."""
    rows = [{"document_id": f"a{i}"} for i in range(articles)]
    sizes = [{**row, "n_words": 100 * (i + 1)} for i, row in enumerate(rows)]
    return corpus(documents=rows, sizes=sizes, mentions=[{**row, "stance": "neutral"} for row in rows for _ in range(said)])


def test_no_hit_in_ten_clusters_has_an_upper_bound(corpus, pick):
    estimates = measure_labelling(silent(corpus, 10))
    share = pick(estimates, measure="label_share", **CELL)
    assert (share["estimate"], share["ci_low"], share["ci_level"]) == (0, 0, 0.95)
    assert share["ci_high"] == pytest.approx(scipy.stats.beta.ppf(0.95, 1, 10))  # none of ten draws
    assert share["note"] == "No hit: ci_high is a one-sided bound, of 10.0 effective clusters."
    rate = pick(estimates, measure="label_rate", **CELL)
    words = np.arange(100, 1001, 100)
    draws = 0.3 * words.sum() ** 2 / (words**2).sum()
    assert rate["ci_high"] / 1000 * words.sum() == pytest.approx(draws * (0.05 ** (-1 / draws) - 1))
    assert rate["note"] == "No hit: ci_high is a one-sided bound, of 7.9 effective clusters. Words: 5500."
    assert pick(estimates, measure="label_count", **CELL)["method"] == "description"


def test_nothing_but_hits_has_a_lower_bound(corpus, pick):
    share = pick(measure_labelling(silent(corpus, 12)), measure="label_share", **{**CELL, "stance": "neutral"})
    assert (share["estimate"], share["ci_high"]) == (1, 1)
    assert share["ci_low"] == pytest.approx(0.05 ** (1 / 12))
    assert share["note"] == "Nothing but hits: ci_low is a one-sided bound, of 12.0 effective clusters."


def test_no_hit_in_nine_clusters_is_described(corpus, pick):
    for measure in ("label_share", "label_rate"):
        row = pick(measure_labelling(silent(corpus, MIN_CLUSTERS - 1)), measure=measure, **CELL)
        assert (row["estimate"], row["method"]) == (0, "description")
        assert np.isnan(row["ci_high"])


def test_small_numbers_are_computed_when_asked_for_and_warned_of(corpus, pick):
    bundle = labels(corpus, 12, hits=4)
    estimates = measure_labelling(bundle, allow_small_n=True)
    rows = {name: pick(estimates, measure=name, **CELL) for name in ("label_share", "label_rate")}
    labels_of = np.array([2 + i % 2 for i in range(12)])
    hits = (np.arange(12) < 4).astype(int)
    share, rate = share_intervals(hits, labels_of), ratio_intervals(hits, np.full(12, 0.1), scale="rate")
    for name, wanted in (("label_share", share), ("label_rate", rate)):
        assert (rows[name]["ci_low"], rows[name]["ci_high"]) == (pytest.approx(wanted.low[0]), pytest.approx(wanted.high[0]))
        assert rows[name]["method"] == wanted.method
        assert rows[name]["note"].startswith("Small numbers, computed all the same and not to be relied on: an interval needs "
                                             "5 hits in 5 clusters; here 4 in 4.")
    assert (pd.isna(rows["label_share"]["seed"]), rows["label_rate"]["seed"]) == (True, 0)
    five = pick(measure_labelling(silent(corpus, 5), allow_small_n=True), measure="label_share", **CELL)
    assert five["ci_high"] == pytest.approx(1 - 0.05 ** (1 / 5))
    assert five["note"].startswith("Small numbers")
    assert five["note"].endswith("No hit: ci_high is a one-sided bound, of 5.0 effective clusters.")


@pytest.mark.parametrize("measure", [measure_labelling, measure_sourcing, measure_tone])
def test_allowing_small_numbers_moves_no_interval_that_is_given_anyway(measure, drawn):
    one, other = (measure(drawn(3), n_resamples=200, allow_small_n=allow) for allow in (False, True))
    given = one["ci_low"].notna()
    assert_frame_equal(one[given], other[given])
    more = other["ci_low"].notna() & ~given
    assert more.any()
    assert other.loc[more, "note"].str.startswith("Small numbers").all()
    why = "Described only: |A count describes|Nothing to measure|No article counts"
    assert other.loc[~more & ~given, "note"].str.contains(why).all()
