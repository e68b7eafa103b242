"""The page on loaded words says what is measured; the area under the curve is checked by another implementation."""

from __future__ import annotations

import loaded_sentences
import loaded_separation
import numpy as np
import pytest
import scoring
from scipy.stats import mannwhitneyu

from framelens import io

PAGE = loaded_separation.DOCUMENT


def block(name):
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(f"<!-- {name}: begin -->\n")[2].partition(f"\n<!-- {name}: end -->")[0]


@pytest.mark.parametrize("name", loaded_separation.TABLES)
def test_the_page_is_what_is_measured(name):
    assert block(name) == "\n".join(loaded_separation.TABLES[name]()), "run: python tests/gates/loaded_separation.py --write"


@pytest.mark.parametrize("seed", range(3))
def test_the_area_is_mann_whitney_u(seed):
    rng = np.random.default_rng(seed)
    score, marked = rng.integers(0, 4, 50), rng.random(50) < 0.3
    u = mannwhitneyu(score[marked], score[~marked]).statistic
    assert loaded_separation.auc(score, marked) == pytest.approx(u / (marked.sum() * (~marked).sum()))
    everything = np.zeros(50)  # all of one length: the pairs of like length are all pairs
    assert loaded_separation.auc_alike(score, marked, everything) == pytest.approx(loaded_separation.auc(score, marked))
    assert np.isnan(loaded_separation.auc_alike(score, marked, 100.0 * np.arange(50)))  # no pair


def test_marks_are_of_sentences_each_once_and_without_text():
    texts = scoring.annotate_demo().documents.set_index("document_id")["text"]
    files = sorted(loaded_separation.MARKS.rglob("*.csv"))
    assert {str(file.relative_to(loaded_separation.MARKS).with_suffix("")) for file in files} <= set(loaded_separation.FILES)
    for file in files:
        marks = io.read_csv(file).astype({"start": int, "end": int}).sort_values(["document_id", "start"])
        assert list(marks.columns) == ["document_id", "start", "end", "mark"]
        assert set(marks["mark"]) <= loaded_sentences.MARKS
        apart = marks.groupby("document_id")["start"].shift(-1).fillna(np.inf)
        assert (marks["end"] <= apart).all()
        for mark in marks.itertuples():
            sentence = texts[mark.document_id][mark.start:mark.end]
            assert sentence == sentence.strip() != ""
            assert mark.document_id.endswith(scoring.HELD_OUT) == file.stem.endswith("held")


def test_the_same_sentences_are_drawn_from_each_half_without_copies():
    first, held = loaded_sentences.samples(scoring.annotate_demo())
    for drawn, of_held in ((first, False), (held, True)):
        assert (drawn["document_id"].str.endswith(scoring.HELD_OUT) == of_held).all()
        assert not drawn["document_id"].isin(loaded_sentences.COPIES).any()
        assert drawn.groupby("outlet").size().between(20, loaded_sentences.PER_OUTLET).all()
        assert not drawn.duplicated(["document_id", "start"]).any()


def test_loaded_words_are_mostly_right_where_they_are_found():
    """Precision on the sentences that the lexicon was corrected on: most sentences with a loaded word were marked."""
    table = loaded_separation.scored(scoring.annotate_demo(), "demo_read")
    found = table[table["any"] > 0]
    assert (found["mark"] != "plain").mean() > 0.7 > 3 * (table["mark"] != "plain").mean()


def test_the_outlets_that_take_sides_by_design_are_more_loaded():
    rows = [row.split(" | ") for row in loaded_separation.by_outlet()][2:]
    rate = {row[0].removeprefix("| "): float(row[2]) for row in rows}
    assert min(rate["Maravel Herald"], rate["Open Quay"]) > max(rate["Carrow Gazette"], rate["Northmere Times"])
