"""The referent of labels against readers' marks, and the table of it in docs/methods/labelling.md."""

from __future__ import annotations

import pytest
import referents
import scoring

from framelens import io


def test_the_marks_are_of_the_readers_labels():
    marks = io.read_csv(scoring.KNOWN / "referent" / "demo.csv").astype({"start": int, "end": int})
    gold = scoring.read_demo().mentions
    read = gold[~gold["document_id"].str.endswith(scoring.HELD_OUT)]
    keys = ["document_id", "start", "end"]
    assert sorted(marks[keys].itertuples(index=False)) == sorted(read[keys].itertuples(index=False))
    assert set(marks["referent"]) <= {"own event", "other", "generic"}


def test_the_page_has_the_figures_that_are_measured(root):
    page = (root / "docs" / "methods" / "labelling.md").read_text(encoding="utf-8")
    assert referents.write_table(referents.measure_referents()) in page, "run: python tests/gates/referents.py --write"


def test_shares_by_hand():
    """Precision and recall over the pairs, counted without pandas."""
    pairs = list(zip(referents.pair_referents()["referent"], referents.pair_referents()["referent_found"], strict=True))
    both = sum(a == b == "own event" for a, b in pairs)
    measured = referents.measure_referents().set_index("measure")
    assert measured.loc["precision of own event", "estimate"] == both / sum(b == "own event" for _, b in pairs)
    assert measured.loc["recall of own event", "estimate"] == both / sum(a == "own event" for a, _ in pairs)


@pytest.mark.parametrize(("name", "floor"), scoring.read_floors("referent"))
def test_floors(name, floor):
    assert referents.measure_referents().set_index("measure").loc[name, "estimate"] >= floor
