"""The marked demonstration corpus: floors that only rise, and what the outlets differ in by design."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


scoring, report = load("scoring"), load("report")


@pytest.fixture(scope="module")
def counts():
    return report.measure()


def test_the_marked_files_are_the_texts():
    gold = scoring.read_gold()
    assert len(gold) == 48
    for name, marked in [*gold.items(), *scoring.read_gold(second=True).items()]:
        assert marked.text == (scoring.DEMO / "texts" / f"{name}.txt").read_bytes().decode("utf-8"), name


@pytest.mark.parametrize("measure, floor", tomllib.loads((HERE / "floors.toml").read_text())["demo"].items())
def test_floors(counts, measure, floor):
    assert scoring.score(counts["framelens, all 48"])[measure] >= floor


def test_better_than_reading_quotation_marks_only(counts):
    ours, naive = (scoring.score(counts[k]) for k in ("framelens, all 48", report.NAIVE))
    assert ours["attributions recall"] > naive["attributions recall"] + 0.2
    assert ours["labels voice"] > naive["labels voice"] + 0.1


def test_the_page_on_accuracy_is_what_is_measured(root):
    page = (root / "docs" / "methods" / "accuracy.md").read_text(encoding="utf-8")
    assert page == report.report(), "run: python tests/gates/report.py > docs/methods/accuracy.md"


def test_the_scorer_by_hand():
    gold = scoring.read_marks(
        'x <label g="protesters" s="neutral" v="narrator">mob</label> <con a="1" type="direct" kind="speech" '
        'by="police">“abcd”</con>')
    rows = {"mentions": [{"start": 2, "end": 5, "group": "protesters", "stance": "delegitimising", "voice": "narrator"},
                         {"start": 6, "end": 8, "group": "event", "stance": "neutral", "voice": "direct"}],
            "attributions": [{"attribution_id": "a", "type": "direct", "kind": "claim", "source_type": "police", "level": 1}],
            "attribution_spans": [{"attribution_id": "a", "role": "content", "start": 7, "end": 10}]}
    n = scoring.count(gold, rows)
    found = scoring.score([n])
    assert found["labels recall"] == 1
    assert found["labels precision"] == 0.5
    assert found["labels stance"] == 0
    assert found["attributions recall"] == 1, "3 of 6 characters"
    assert found["attributions kind"] == 0
    rows["attribution_spans"][0]["end"] = 9
    assert scoring.score([scoring.count(gold, rows)])["attributions recall"] == 0


def test_the_designed_differences_stand_in_the_marks_and_in_our_tables(counts):
    """By the readers' marks and by framelens alike: who delegitimises protesters in its own voice, who in others'."""
    found = report.annotate_demo()

    def share(rows_of):
        shares = {}
        for outlet in ("herald", "gazette", "northmere", "openquay"):
            rows = [r for k in scoring.read_gold() if k.startswith(outlet) for r in rows_of(k)
                    if r["group"] == "protesters" and r["stance"] == "delegitimising"]
            shares[outlet] = sum(r["voice"] == "narrator" for r in rows) / len(rows)
        return shares

    gold = scoring.read_gold()
    marked, ours = share(lambda k: gold[k].labels), share(lambda k: found[k]["mentions"])
    for shares in (marked, ours):
        assert shares["herald"] > 0.5
        assert max(shares["gazette"], shares["northmere"]) < 0.25
    assert all(abs(marked[k] - ours[k]) < 0.2 for k in marked), (marked, ours)
