from __future__ import annotations

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.errors import MarksError
from framelens.text.marks import read_marks
from framelens.text.trie import Trie
from framelens.text.view import read_view


def test_a_view_covers_its_zones_only():
    text = "Crowd gathers\nBy A. Roe\nPolice came. “Go,” they said."
    zones = [(0, 14, "headline", "first"), (14, 24, "byline", "by"), (24, len(text), "body", "rest")]
    view = read_view("d", text, zones, measured=("body", "headline"))
    assert [(text[s.start:s.end], s.zone, s.paragraph) for s in view.sentences] == [
        ("Crowd gathers", "headline", 0), ("Police came.", "body", 1), ("“Go,” they said.", "body", 1)]
    assert [view.words[i] for i in range(view.sentences[1].first, view.sentences[1].last)] == ["police", "came"]
    assert view.sentence_at(text.index("Go")) == 2
    assert view.sentence_at(text.index("By")) is None
    assert len(view.quotes) == 1


TWO = "Crowd gathers\nPolice came. “Go,” they said. Roe left, and others stayed."


@given(st.sets(st.integers(1, len(TWO))))
def test_runs_give_each_word_the_cut_before_it(cuts):
    starts = [0, *sorted(cuts)]
    view = read_view("d", TWO, [(0, 14, "headline", "first"), (14, len(TWO), "body", "rest")], measured=("body", "headline"))
    found = [(s, at, number) for s, at, numbers in view.runs(starts) for number in numbers]
    assert found == [(s, bisect_right(starts, view.starts[number]) - 1, number)
                     for s in view.sentences for number in range(s.first, s.last)]


def test_the_trie_prefers_no_part_of_a_word():
    trie = Trie([(("riot",), 1), (("march*", "on"), 2)])
    assert trie.matches(["rioters"], 0) == []
    assert trie.matches(["marching", "on"], 0) == [(2, 2)]
    assert trie.matches(["marching"], 0) == []


@pytest.mark.parametrize("text, message", [
    ("a\n<label g=\"x\">b", "line 2: <label> is never closed"),
    ("</cue>", "line 1: </cue> closes nothing"),
    ("<label g=\"protesters\" s=\"neutral\">b</label>", "lacks the attribute 'v'"),
    ("a\n\n<label g=\"x\" s=\"negative\" v=\"direct\">b</label>",
     "text, line 3: s=\"negative\" of <label> is not allowed. Allowed: delegitimising, neutral, legitimising."),
    ("<label g=\"x\" s=\"neutral\" v=\"own\">b</label>", "v=\"own\" of <label> is not allowed. Allowed: narrator, direct,"),
    ("<z k=\"title\">b</z>", "k=\"title\" of <z> is not allowed. Allowed: body, headline"),
    ("<con a=\"1\" type=\"quoted\" kind=\"speech\" by=\"x\">b</con>", "type=\"quoted\" of <con> is not allowed. Allowed: dir"),
    ("<con a=\"1\" type=\"direct\" kind=\"chat\" by=\"x\">b</con>", "kind=\"chat\" of <con> is not allowed. Allowed: speech,"),
])
def test_broken_marks_are_named_by_line(text, message):
    with pytest.raises(MarksError) as error:
        read_marks(text)
    assert message in str(error.value)


def test_marks_may_overlap_and_repeat():
    marked = ('<con a="1" type="mixed" kind="speech" by="police"><con a="2" type="direct" '
              'kind="claim" by="person" in="1">A</con> b</con> <src a="1 2">c</src>')
    found = read_marks(marked)
    assert found.text == "A b c"
    assert [(s["number"], s["role"], s["start"], s["end"]) for s in found.spans] == [
        ("2", "content", 0, 1), ("1", "content", 0, 3), ("1", "source", 4, 5), ("2", "source", 4, 5)]
    assert found.attributions[0]["parent"] == "1"
