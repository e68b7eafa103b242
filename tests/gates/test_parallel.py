"""The scorer of parallel statements, by hand, and floors on marked events."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import parallel
import pytest

from framelens import io

TEXT = "Police killed nine men. It rained."
ROW = {"statement_id": "s", "document_id": "a", "sentence_text_start": 0}


def marks(**changes):
    documents = pd.DataFrame({"document_id": list("abc"), "outlet": list("abc"), "event": "e", "text": TEXT})
    statements = pd.DataFrame([{**ROW, "document_id": d, "sentence_text_end": 23} for d in "abc"])
    slots = pd.DataFrame([{**ROW, "document_id": d, "slot": s, "start": 7, "end": 13, "value": v}
                          for d in "abc" for s, v in (("verb", "killed"), ("voice", "narrator"))])
    one = {"document_id": "b", "start": 5, "end": 9, "other_document_id": "a", "other_start": 0, "other_end": 4}
    rewritten = pd.DataFrame([one])
    return parallel.Marks(**{"documents": documents, "statements": statements, "slots": slots, "rewritten": rewritten,
                             "suspects": frozenset("c"), **changes})


def found(*rows):
    return pd.DataFrame([{"statement_id": s, "document_id": d, "sentence": n, "start": b, "end": e} for s, d, n, b, e in rows])


def test_pairs_are_counted_across_articles():
    right = found(("x", "a", 0, 0, 22), ("x", "b", 0, 0, 22), ("x", "c", 1, 24, 34))  # the third is another sentence
    score = parallel.score_statements(marks(), right)
    assert (score["right"], score["found"], score["gold"]) == (1, 3, 3)
    assert (score["precision"], score["recall"]) == (pytest.approx(1 / 3), pytest.approx(1 / 3))


def test_a_clause_mostly_outside_a_marked_sentence_is_none_of_it():
    (placed,) = parallel.place_statements(marks(), found(("x", "a", 0, 20, 34)))
    assert placed == ("x", ("a", -1))


def test_slots_are_scored_in_right_pairs_only():
    statements = found(("x", "a", 0, 0, 22), ("x", "b", 0, 0, 22))
    slots = pd.DataFrame([
        {"statement_id": "x", "document_id": "a", "sentence": 0, "slot": "verb", "start": 10, "end": 15, "filler": "led n"},
        {"statement_id": "x", "document_id": "b", "sentence": 0, "slot": "verb", "start": 14, "end": 18, "filler": "nine"},
        {"statement_id": "x", "document_id": "a", "sentence": 0, "slot": "voice", "start": 0, "end": 1, "filler": "narrator"},
        {"statement_id": "x", "document_id": "b", "sentence": 0, "slot": "voice", "start": 7, "end": 13, "filler": "direct"},
        {"statement_id": "x", "document_id": "b", "sentence": 0, "slot": "place", "start": 0, "end": 3, "filler": "Pol"}])
    scores = parallel.score_slots(marks(), statements, slots)
    assert [scores["verb"][k] for k in ("right", "found", "gold")] == [1, 2, 2]  # overlap is enough
    assert [scores["voice"][k] for k in ("right", "found", "gold")] == [1, 2, 2]  # by value, wherever it stands
    assert [scores["all"][k] for k in ("right", "found", "gold")] == [2, 5, 4]


def test_reworded_pairs_have_no_direction():
    one = pd.DataFrame([{"document_id": "a", "start": 1, "end": 3, "other_document_id": "b", "other_start": 8, "other_end": 12},
                        {"document_id": "a", "start": 1, "end": 3, "other_document_id": "b", "other_start": 9, "other_end": 12}])
    score = parallel.score_rewritten(marks(), one)
    assert (score["precision"], score["recall"]) == (0.5, 1.0)


def test_suspects():
    copies = pd.DataFrame({"document_id": list("abc"), "copy_status": ["suspect_paraphrase", "unknown", "suspect_paraphrase"]})
    score = parallel.score_suspects(marks(), copies)
    assert (score["precision"], score["recall"]) == (0.5, 1.0)


def test_marks_are_read_as_they_are_written(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, encoding="utf-8")
    tables = {"corpus": {"document_id": ["a"], "event": ["e"]},
              "copy_status": {"document_id": ["a"], "copy_status": ["original"]},
              "statements": {**{k: [v] for k, v in ROW.items()}, "sentence_text_end": [23], "note": [None]},
              "slots": {**{k: [v] for k, v in ROW.items()}, "slot": ["verb"], "start": [7], "end": [13], "value": ["killed"]},
              "rewritten": {c: [] for c in ("document_id", "start", "end", "other_document_id", "other_start", "other_end")}}
    for name, columns in tables.items():
        io.write_csv(pd.DataFrame(columns), tmp_path / f"{name}.csv")
    read = parallel.read_marks(tmp_path)
    assert read.documents["text"].tolist() == [TEXT]
    assert read.statements["sentence_text_end"].tolist() == [23]
    assert read.suspects == frozenset()


@pytest.fixture(scope="module")
def development():
    return parallel.measure(parallel.read_development())


def test_precision_on_the_events_of_development(development):
    """They shaped the aligner: a fall says that something broke, no more."""
    assert development["statements (pairs of sentences)"]["precision"] >= 0.95
    assert development["statements (pairs of sentences)"]["recall"] >= 0.6
    assert development["slot all"]["precision"] >= 0.75
    assert development["reworded quotations"]["precision"] == 1
    assert development["suspects"]["precision"] == development["suspects"]["recall"] == 1


def test_the_page_shows_what_is_measured():
    page = parallel.PAGE.read_text(encoding="utf-8")
    assert parallel.write_page(page) == page, "run: python tests/gates/parallel.py --write"


def test_floors_on_the_frozen_events():
    measured = parallel.measure(parallel.read_marks(parallel.GOLD))
    floors = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["parallel"]
    for name, floor in floors.items():
        what, _, rate = name.rpartition(" ")
        assert measured[what][rate] >= floor, name
