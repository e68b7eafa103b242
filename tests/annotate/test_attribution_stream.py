"""How sentences are read as streams: what is remembered must be what would be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.annotate.attribution.cues import read_cues
from framelens.annotate.attribution.rules import read_sentence
from framelens.text.reading.lexis import SURFACE_CODES, word_code
from framelens.text.reading.stream import _PLAIN_MARKS, Reader, _marks
from framelens.text.tokens import normal
from framelens.text.view import read_view

TEXTS = Path(__file__).resolve().parents[2] / "data" / "demo" / "texts"
MARKS = st.text("-—,.'’ sS\"(", max_size=6)
GAPS = st.text("-—,.;:…'’ʼ \n\"([|)", max_size=6)


@given(MARKS, MARKS, MARKS)
def test_behind_a_space_nothing_changes_the_marks_before_it(before, gap, behind):
    assert _marks(before, f"{gap} ", behind) == _marks(before, f"{gap} ", "")


@given(MARKS, GAPS, MARKS)
def test_marks_remembered_by_their_gap_are_those_of_any_context(before, gap, behind):
    assert _PLAIN_MARKS[gap] in (None, _marks(before, gap, behind))


def test_marks_between_words():
    assert _PLAIN_MARKS[", "] == _marks("e", ", ", "") and _PLAIN_MARKS["’s "] is None
    assert _marks("e", ", ", "") == ((0, 1, ",", ","),)
    assert _marks("e", "’s ", "") == _marks("s", "’s ", "") == ((0, 2, "'s", "'"),)
    assert _marks("s", "’ ", "") == ((0, 1, "'s", "'"),)  # the strikers' van
    assert _marks("e", "’ ", "") == ()
    assert _marks("e", " - ", "") == ((1, 2, "—", "-"),)
    assert _marks("e", "--", "no") == ((0, 2, "—", "-"),)
    assert _marks("e", "-", "no") == ()


def test_a_word_as_it_is_spelt_has_the_class_of_its_form_and_capital():
    for surface in ("Roe", "will", "Will", "Turkish", "turkish", "O’Neill", "protested", "İzmir"):
        assert SURFACE_CODES[surface] == word_code(normal(surface), 2 if surface[0].isupper() else 0)


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt"))[::6], ids=lambda path: path.stem)
def test_a_sentence_read_before_is_given_as_if_read_anew(path):
    text, cues = path.read_text(encoding="utf-8"), read_cues()
    view = read_view("d", text, [(0, len(text), "body", "x")], measured=("body",))
    reader = Reader(view, cues.wanted)
    for stream in reader.outer():
        read_sentence(stream, cues)  # which moves what a stream notes of the rules
    for at in range(len(view.sentences)):
        assert reader.sentence(at) == Reader(view, cues.wanted).sentence(at)
