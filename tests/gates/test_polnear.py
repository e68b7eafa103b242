"""PolNeAR dev, where it is at hand: floors that only rise, and the same numbers by another's scorer."""

from __future__ import annotations

import sys

import confidence
import pytest
import scoring

import report
from framelens import io

SHARED = {  # where the other scorer has a number of ours
    **{f"token_{m} role={r}": ("token", r, k) for r in ("content", "cue", "source")
       for m, k in (("precision", "p"), ("recall", "r"), ("f1", "f1"))},
    **{f"attribution_{m} match={a}": ("attribution", a, k) for a in ("relaxed", "strict", "strict_words", "relaxed_and_source")
       for m, k in (("precision", "p"), ("recall", "r"), ("f1", "f1"))},
    **{f"attribution_{m} type={t}": ("by_kind", t, k) for t in ("direct", "mixed", "indirect")
       for m, k in (("precision", "p"), ("recall", "r"), ("f1", "f1"))},
    **{f"source_accuracy type={t}": ("by_kind", t, "source", "accuracy") for t in ("direct", "mixed", "indirect")},
    "source_accuracy": ("source_given_content", "accuracy"), "source_touched": ("source_given_content", "touch"),
    "source_exact": ("source_given_content", "exact"), "source_left_empty": ("source_given_content", "left_empty_rightly"),
    "density_mae": ("density", "mae"), "density_bias": ("density", "bias"),
}


@pytest.fixture(scope="module")
def dev(material):
    return report.measure_polnear(material)


@pytest.mark.parametrize(("name", "floor"), scoring.read_floors("polnear"))
def test_floors(dev, name, floor):
    estimate = report.value(dev.ours, name)
    assert estimate <= floor if name == "density_mae" else estimate >= floor


def test_better_than_reading_quotation_marks_only(dev):
    for name in ("token_f1 role=content", "attribution_f1 match=relaxed"):
        assert report.value(dev.ours, name) > report.value(dev.quotes, name) + 0.15


def test_another_scorer_gives_the_same_numbers(dev, material):
    """The benchmark's own scorer, on the same predictions: it takes offsets as JSON and shares no code with ours."""
    sys.path.insert(0, str(material / "tools" / "attribution"))
    try:
        import polnear
        import score
    finally:
        sys.path.pop(0)
    predictions = {d: {} for d in dev.gold.documents["document_id"]}
    said = dev.predicted.attributions
    counted = set(said.loc[(said["level"] == 1) & (said["kind"] != "scare_quote"), "attribution_id"])
    for row in dev.predicted.attribution_spans.itertuples():
        if row.attribution_id in counted:
            spans = predictions[row.document_id].setdefault(row.attribution_id, {"content": [], "cue": [], "source": []})
            spans[row.role].append([row.start, row.end])
    theirs = score.evaluate(list(polnear.load("dev")), {d: list(a.values()) for d, a in predictions.items()}, intervals=False)
    for name, keys in SHARED.items():
        number = theirs
        for key in keys:
            number = number[key]
        assert report.value(dev.ours, name) == pytest.approx(number, abs=1e-9), name


def test_the_page_is_what_is_measured(dev, root, material):
    page = (root / "docs" / "methods" / "accuracy-polnear.md").read_text(encoding="utf-8")
    assert page == report.write_polnear(dev, report.measure_seeds(material)), "run: python tests/gates/report.py --write"


def test_the_packaged_confidence_is_what_is_counted(material):
    assert io.packaged_text("rules.csv") == confidence.table(*confidence.count(material, "train")), \
        "run: python tests/gates/confidence.py > analysis/framelens/lexicons/rules.csv"
