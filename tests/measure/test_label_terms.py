"""Terms by hand, cell by cell, and their dispersion against stats.dispersion over the articles."""

from __future__ import annotations

import numpy as np
import pytest

from framelens import schema
from framelens.measure.contrasts import compare
from framelens.measure.label_terms import measure_label_terms
from framelens.stats.dispersion import deviation_of_proportions

D, N, _ = schema.STANCES


@pytest.fixture(scope="module")
def found(corpus):
    documents = [{"document_id": d, "outlet": "Herald" if d[0] == "h" else "Bugle"} for d in ("h1", "h2", "h3", "b1")]
    sizes = [{"document_id": d, "n_words": n} for d, n in (("h1", 100), ("h2", 100), ("h3", 200), ("b1", 50))]
    sizes += [{"document_id": "h1", "voice": "direct", "n_words": 20}]
    said = [("h1", "mob", D, 3), ("h2", "mob", D, 1), ("h2", "crowd", N, 4), ("b1", "crowd", N, 1)]
    mentions = [{"document_id": d, "term": t, "stance": s} for d, t, s, n in said for _ in range(n)]
    mentions += [{"document_id": "h1", "term": "mob", "stance": D, "voice": "direct"},
                 {"document_id": "h3", "term": "mob", "stance": D, "negated": True}]
    return corpus(documents=documents, sizes=sizes, mentions=mentions)


@pytest.mark.parametrize(("measure", "outlet", "term", "voice", "value"), [
    ("label_term_count", "Herald", "mob", "narrator", 4), ("label_term_documents", "Herald", "mob", "narrator", 2),
    ("label_term_share", "Herald", "mob", "narrator", 4 / 8), ("label_term_rate", "Herald", "mob", "narrator", 10),
    ("label_term_count", "Bugle", "mob", "narrator", 0), ("label_term_documents", "Bugle", "mob", "narrator", 0),
    ("label_term_count", "Herald", "mob", "direct", 1), ("label_term_rate", "Herald", "mob", "direct", 50),
    ("label_term_share", "Bugle", "crowd", "narrator", 1),
])
def test_by_hand(found, pick, measure, outlet, term, voice, value):
    row = pick(measure_label_terms(found), measure=measure, outlet=outlet, term=term, voice=voice, zone="body")
    assert row["estimate"] == pytest.approx(value)


def test_dispersion_by_hand(found, pick):
    rows = measure_label_terms(found)
    where = {"measure": "label_term_count", "zone": "body", "voice": "narrator"}
    # words .25, .25, .5; "mob" .75, .25, 0: half the sum of .5, 0 and .5, over the most, 1 − .25
    assert pick(rows, outlet="Herald", term="mob", **where)["dispersion"] == pytest.approx(0.5 / 0.75)
    assert pick(rows, outlet="Herald", term="crowd", **where)["dispersion"] == pytest.approx(0.75 / 0.75)
    assert np.isnan(pick(rows, outlet="Bugle", term="mob", **where)["dispersion"])
    assert np.isnan(pick(rows, outlet="Bugle", term="crowd", **where)["dispersion"])  # one article
    assert rows.loc[rows["measure"] != "label_term_count", "dispersion"].isna().all()


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_counting_one_cell_at_a_time(seed, drawn):
    annotations = drawn(seed)
    mentions = annotations.mentions
    names = np.random.default_rng(seed).choice(["mob", "crowd", "thug"], len(mentions))
    annotations = annotations.replace(mentions=mentions.assign(term=names))
    rows = measure_label_terms(annotations, n_resamples=100)
    counted = annotations.documents[annotations.documents["exclusion_reason"].isna()][["document_id", "outlet"]]
    mentions = annotations.mentions[~annotations.mentions["negated"].astype(bool)].merge(counted, on="document_id")
    sizes = annotations.sizes.merge(counted, on="document_id")
    for row in rows.itertuples():
        place = ["outlet", "zone", "voice"]
        own = mentions[(mentions[place] == [row.outlet, row.zone, row.voice]).all(axis=1)]
        mine = own[(own[["group", "stance", "term"]] == [row.group, row.stance, row.term]).all(axis=1)]
        words = sizes[(sizes[place] == [row.outlet, row.zone, row.voice]).all(axis=1)].set_index("document_id")["n_words"]
        group = (own["group"] == row.group).sum()
        wanted = {"label_term_count": len(mine), "label_term_documents": mine["document_id"].nunique(),
                  "label_term_share": len(mine) / group if group else np.nan,
                  "label_term_rate": 1000 * len(mine) / words.sum()}[row.measure]
        assert row.estimate == pytest.approx(wanted, nan_ok=True)
        if row.measure == "label_term_count":
            hits = mine["document_id"].value_counts().reindex(words.index, fill_value=0)
            assert row.dispersion == pytest.approx(deviation_of_proportions(hits, words, normalised=True), nan_ok=True)


def test_the_seed_moves_the_intervals_of_rates(drawn):
    annotations = drawn(1, articles=40)
    one, other = (measure_label_terms(annotations, n_resamples=100, seed=seed).query("measure == 'label_term_rate'")
                  for seed in (0, 5))
    given = one["ci_low"].notna() & one["seed"].notna()
    assert given.sum() > 3
    assert (one["seed"][given] == 0).all() and (other["seed"][given] == 5).all()
    assert (one["ci_low"][given] != other["ci_low"][given]).any()


def test_without_labels_there_are_no_rows(corpus):
    assert measure_label_terms(corpus(documents=[{"document_id": "a"}], sizes=[{"document_id": "a"}])).empty


def test_rates_of_terms_can_be_compared(found):
    row = compare(found, measure_label_terms, only={"measure": "label_term_rate", "term": "mob", "voice": "narrator"}).iloc[0]
    assert row["estimate"] == pytest.approx(-10)
    assert row["term"] == "mob"
