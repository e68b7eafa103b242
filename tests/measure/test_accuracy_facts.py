"""Accuracy of reported numbers, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from framelens.annotate.bundle import Annotations
from framelens.measure.accuracy import measure_accuracy

TEXT = "At least 12 people died, two of them boys. Dozens were hurt. Police held 40 or 50 men."
COLUMNS = ["document_id", "start", "end", "fact", "value", "value_high", "hedge", "part"]
GOLD = [("a", 9, 11, "killed", 12, None, "at least", False), ("a", 25, 28, "killed", 2, None, None, True),
        ("a", 43, 49, "injured", None, None, "dozens", False), ("a", 73, 81, "detained", 40, 50, None, False)]
FOUND = [("a", 9, 11, "killed", 12, None, None, False), ("a", 25, 28, "killed", 2, None, None, False),
         ("a", 43, 49, "hospitalised", None, None, "dozens", False), ("a", 73, 75, "detained", 40, None, None, False),
         ("a", 61, 67, "killed", 1, None, None, False)]


def bundle(rows):
    documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": [TEXT]})
    return Annotations({"documents": documents, "facts": pd.DataFrame(rows, columns=COLUMNS, dtype=object)})


@pytest.mark.parametrize(("measure", "fact", "expected"), [
    ("fact_precision", None, 3 / 5), ("fact_recall", None, 3 / 4), ("fact_precision", "killed", 2 / 3),
    ("fact_recall", "killed", 1), ("fact_recall", "injured", 0), ("fact_precision", "hospitalised", 0),
    ("fact_value_accuracy", None, 2 / 3),  # 40 is not 40 to 50
    ("fact_hedge_accuracy", None, 2 / 3), ("fact_part_accuracy", None, 2 / 3),
])
def test_counted_by_hand(measure, fact, expected):
    estimates = measure_accuracy(bundle(FOUND), bundle(GOLD))
    rows = estimates[estimates["measure"] == measure]
    rows = rows[rows["fact"].isna() if fact is None else rows["fact"] == fact]
    assert rows["estimate"].item() == pytest.approx(expected)


def test_what_agrees_with_itself_is_right():
    estimates = measure_accuracy(bundle(GOLD), bundle(GOLD)).dropna(subset=["estimate"])
    assert set(estimates["measure"].str.partition("_")[0]) == {"fact"}
    assert (estimates["estimate"] == 1).all()


@pytest.mark.parametrize(("gold", "found", "right"), [(0, None, 0), (None, 0, 0), (0, 0, 1), (None, None, 1)])
def test_nobody_is_not_vague(gold, found, right):
    row = ("a", 43, 49, "injured")
    estimates = measure_accuracy(bundle([(*row, found, None, "", None)]), bundle([(*row, gold, None, None, False)]))
    told = estimates.set_index("measure")["estimate"]
    assert told["fact_value_accuracy"] == right and told["fact_hedge_accuracy"] == told["fact_part_accuracy"] == 1
