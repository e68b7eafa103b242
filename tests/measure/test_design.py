"""The design that is read off tables is the one that they were drawn with, and what is simulated of it is what is measured."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens.errors import FramelensError
from framelens.measure.keyness.design import find_design, simulate_shares, simulate_terms
from framelens.stats.simulation import (
    TESTS,
    Design,
    draw_articles,
    label_rate,
    label_share,
    simulate_intervals,
    simulate_tests,
)


def tables_of(drawn):
    """Make tables of simulated articles."""
    ids = np.array([f"a{i:04}" for i in range(len(drawn.sizes))])
    article, term = np.nonzero(drawn.counts)
    cell = {"zone": "body", "voice": "narrator"}
    counts = pd.DataFrame({"document_id": ids[article], **cell, "term": np.char.add("w", term.astype(str)),
                           "count": drawn.counts[article, term].astype(int)})
    words = np.maximum(drawn.sizes, drawn.counts.sum(1)).astype(int)
    return counts, pd.DataFrame({"document_id": ids, "outlet": np.where(drawn.first, "Herald", "Post")}), {
        "sizes": pd.DataFrame({"document_id": ids, **cell, "n_words": words, "n_sentences": 1}),
        "copies": pd.DataFrame({"document_id": ids, "cluster_id": ids[drawn.clusters], "copy_status": "original"})}


@pytest.mark.parametrize("design", [Design(450, 750, 0.6, 0.7, 0.5, copied=0.2, words=700), Design(400, 400, 0.3, 1.5, 2)])
def test_a_design_is_found_in_articles_that_were_drawn_with_it(design):
    counts, documents, tables = tables_of(draw_articles(design, np.random.default_rng(3)))
    found = find_design(counts, documents, "Herald", tables=tables)
    # Of spanning clusters half count to either group, so that with 45 copied across each way all come back.
    assert (found.n_first, found.n_second, found.copied) == (design.n_first, design.n_second, design.copied)
    assert found.spread == pytest.approx(design.spread, rel=0.1)
    assert found.length == pytest.approx(design.length, rel=0.1)
    assert found.words == pytest.approx(design.words, rel=0.1)
    assert found.burst == pytest.approx(design.burst, rel=0.25)
    turned = find_design(counts, documents, "Post", "Herald", tables=tables)
    assert (turned.n_first, turned.n_second) == (found.n_second, found.n_first)
    assert turned.length == pytest.approx(1 / found.length, abs=0.02)


def test_burstiness_by_hand():
    # Four articles of 100 words with 3, 5, 6 and 2 hits, four of 50 with 5, 1, 3 and 3: about 4 and 3 an article the squares sum
    # to 10 and 8; there are 28 hits, and the expected squares are 4 · 16 + 4 · 9.
    ids, cell = [f"a{i}" for i in range(8)], {"zone": "body", "voice": "narrator"}
    counts = pd.DataFrame({"document_id": ids, **cell, "term": "mob", "count": [3, 5, 6, 2, 5, 1, 3, 3]})
    sizes = pd.DataFrame({"document_id": ids, **cell, "n_words": [100] * 4 + [50] * 4, "n_sentences": 1})
    documents = pd.DataFrame({"document_id": ids, "outlet": ["Herald"] * 4 + ["Post"] * 4})
    calm = find_design(counts, documents, "Herald", tables={"sizes": sizes})
    assert (calm.burst, calm.length, calm.words, calm.spread) == (20, 2, 50, 0)  # 18 · 8/6 is less than 28: no burst
    # 0, 8, 8, 0 and 6, 0, 6, 0: squares of 64 and 36, times 8/6
    bursty = find_design(counts.assign(count=[0, 8, 8, 0, 6, 0, 6, 0]), documents, "Herald", tables={"sizes": sizes})
    assert bursty.burst == round((4 * 16 + 4 * 9) / (100 * 8 / 6 - 28), 2)


def test_a_text_of_both_sides_does_not_tell_how_long_those_of_one_are():
    ids, cell = [f"a{i}" for i in range(6)], {"zone": "body", "voice": "narrator"}
    counts = pd.DataFrame({"document_id": ids, **cell, "term": "mob", "count": 1})
    sizes = pd.DataFrame({"document_id": ids, **cell, "n_words": [100, 100, 900, 200, 200, 900], "n_sentences": 1})
    documents = pd.DataFrame({"document_id": ids, "outlet": ["Herald"] * 3 + ["Post"] * 3})
    copies = pd.DataFrame({"document_id": ids, "cluster_id": [*ids[:5], "a2"], "copy_status": "original"})
    found = find_design(counts, documents, "Herald", tables={"sizes": sizes, "copies": copies})
    assert (found.length, found.words, found.n_first + found.n_second) == (0.5, 200, 5)


def test_too_few_articles_have_the_design_of_common_words():
    counts, documents, tables = tables_of(draw_articles(Design(1, 1), np.random.default_rng(3)))
    found = find_design(counts, documents, "Herald", tables=tables)
    assert (found.n_first, found.n_second, found.spread, found.burst) == (1, 1, 0.5, 2)
    with pytest.raises(FramelensError, match="a side has no words"):
        find_design(counts, documents, "Herald", voice="direct", tables=tables)
    many = documents.assign(outlet=["Herald", "Post"]), pd.DataFrame({"document_id": ["b"], "outlet": ["Bugle"]})
    with pytest.raises(FramelensError, match="A design is of two sides, not of 2 contrasts"):
        find_design(counts, pd.concat(many), "Herald", "pairwise", tables={"sizes": tables["sizes"]})


def test_terms_are_what_the_statistics_say():
    design = Design(20, 30, burst=0.3)
    found = simulate_terms(design, ratios=[1, 3], comparisons=8, n_resamples=199, seed=4)
    assert found["test"].tolist() == [*TESTS, *TESTS]
    for ratio, rows in found.groupby("ratio"):
        wanted, rows = simulate_tests(design, ratio=ratio, comparisons=8, n_resamples=199, seed=4), rows.set_index("test")
        assert rows["false_positives"].to_dict() == wanted.false_positives
        assert (rows["terms_tested"] == wanted.tested).all()
        if ratio == 1:
            assert rows["any_keyword"].to_dict() == wanted.any_keyword
            assert rows[["power", "power_q", "interval_holds"]].isna().all(axis=None)
        else:
            assert rows["any_keyword"].isna().all()
            assert (rows["power"].to_dict(), rows["power_q"].to_dict()) == (wanted.power, wanted.power_bh)
            assert rows["interval_holds"].dropna().to_dict() == {"framelens": wanted.interval_holds}
    refused = simulate_terms(Design(5, 30), ratios=[1], comparisons=2)
    assert (refused["terms_tested"] == 0).all()
    assert refused["false_positives"].isna().all()


def test_shares_are_what_the_measures_and_compare_give():
    design = Design(9, 30)
    found = simulate_shares(design, shares=[0.02, 0.3], trials=250, n_resamples=300, seed=1).set_index(["share", "of"])
    # nine articles: nothing but description, whatever the share
    assert (found.xs("first", level="of")["given"] == 0).all()
    assert (found.xs("difference", level="of")["given"] == 0).all()
    assert found.loc[(0.3, "second"), "holds"] > 0.9
    enough = simulate_shares(Design(12, 30), shares=[0.02, 0.3], trials=250, n_resamples=300, seed=1).set_index(["share", "of"])
    row = enough.loc[(0.3, "difference")]
    assert row["given"] > 0.95
    assert row["holds"] > 0.92
    assert row["width"] > enough.loc[(0.3, "second"), "width"]
    # both sides must have what an interval needs
    rare = enough.loc[(0.02, "first")]
    assert enough.loc[(0.02, "difference"), "given"] <= rare["given"] - rare["bounds"]
    # of a share of .02 in 12 articles most trials have some hits, but too few; those without any get a bound
    assert 0 < rare["bounds"] <= rare["given"] < 0.5
    assert enough.loc[(0.3, "first"), "bounds"] == 0


def test_streams_hang_on_the_seed_and_the_design_alone():
    for call in (lambda seed: simulate_terms(Design(12, 12), ratios=[1], comparisons=3, n_resamples=99, seed=seed),
                 lambda seed: simulate_shares(Design(12, 12), shares=[0.3], trials=250, n_resamples=99, seed=seed)):
        one, again, other = call(1), call(1), call(2)
        pd.testing.assert_frame_equal(one, again)
        assert not one.equals(other)


def test_drawn_articles_are_as_their_design_says():
    design = Design(3000, 3000, spread=0.4, length=0.5, burst=0.4, burst_second=3, words=300)
    drawn = draw_articles(design, np.random.default_rng(5), ratio=2, n_terms=20)
    means = [drawn.sizes[half].mean() for half in (drawn.first, ~drawn.first)]
    assert means == pytest.approx([150, 300], rel=0.03)
    assert np.log(drawn.sizes[~drawn.first]).std() == pytest.approx(0.4, rel=0.05)
    rates = [drawn.counts[half].sum(0) / drawn.sizes[half].sum() for half in (drawn.first, ~drawn.first)]
    ratio = rates[0] / rates[1]
    assert np.median(ratio[::10]) == pytest.approx(2, rel=0.15)
    assert np.median(np.delete(ratio, [0, 10])) == pytest.approx(1, rel=0.1)
    common = int(np.argmax(rates[1]))
    for half, burst in ((drawn.first, 0.4), (~drawn.first, 3)):
        y, m = drawn.counts[half, common], drawn.sizes[half] * drawn.counts[half, common].sum() / drawn.sizes[half].sum()
        assert (((y - m) ** 2).sum() - y.sum()) / (m**2).sum() == pytest.approx(1 / burst, rel=0.25)


@pytest.mark.parametrize(("call", "words"), [
    (lambda: Design(0, 5), "n_first is at least 1, a whole number, not 0"), (lambda: Design(5, 5.5), "n_second is at least 1"),
    (lambda: Design(5, 5, burst=0), "burst is above 0, not 0"), (lambda: Design(5, 5, spread=-1), "spread is 0 or more, not -1"),
    (lambda: Design(5, 5, copied=2), "copied is a share of articles, between 0 and 1, not 2"),
    (lambda: Design(5, 5, words=np.nan), "words is above 0, not nan"),
    (lambda: draw_articles(Design(5, 5), np.random.default_rng(1), ratio=0), "ratio is above 0"),
    (lambda: simulate_tests(Design(12, 12), comparisons=0), "comparisons is at least 1"),
    (lambda: simulate_tests(Design(12, 12), n_resamples=9), "n_resamples is at least 99"),
    (lambda: simulate_intervals(label_rate(10, 4), 20), "outlet has a rate; these are intervals of shares"),
    (lambda: label_share(1.2, 10, 0.1), "p and icc lie between 0 and 1"),
])
def test_errors_name_what_is_wrong(call, words):
    with pytest.raises(FramelensError, match=words):
        call()


def test_the_demonstration_has_a_design(root):
    found, _ = fl.read_study(root / "data" / "demo").annotate()
    design = fl.find_design(found.term_counts, found.documents, "Maravel Herald", "Northmere Times", tables=found.tables)
    outlets = found.documents.merge(found.copies).query("outlet in ['Maravel Herald', 'Northmere Times']")
    assert design.n_first + design.n_second == outlets["cluster_id"].nunique()
    alone = outlets[outlets.groupby("cluster_id")["outlet"].transform("nunique") == 1]
    measured = found.sizes.query("zone in ['body', 'headline']").groupby("document_id")["n_words"].sum()
    words = alone["document_id"].map(measured).groupby(alone["outlet"]).mean()
    assert len(alone) < len(outlets)
    assert design.length == round(words["Maravel Herald"] / words["Northmere Times"], 2)
    assert design.copied == round((len(outlets) - outlets["cluster_id"].nunique()) / 2 / design.n_first, 2)
