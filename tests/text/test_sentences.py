from __future__ import annotations

import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from framelens.text.sentences import _SPACE, paragraphs, sentences


def split(text):
    return [text[s:e] for s, e in sentences(text)]


def test_quotations_titles_and_abbreviations():
    assert split("“We stay. We wait,” said Dr. Roe. She left.") == ["“We stay. We wait,” said Dr. Roe.", "She left."]
    assert split("Gen. A. Lee of the U.S. Army spoke. Nobody came.") == ["Gen. A. Lee of the U.S. Army spoke.", "Nobody came."]
    assert split("“Stop!” she cried. They did.") == ["“Stop!” she cried.", "They did."]
    assert split("") == []


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_every_character_that_is_no_space_lies_in_one_sentence(text):
    text = "".join(c for c in text if c not in "\n\r\u2028\u2029")
    found = sentences(text)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    covered = {i for s, e in found for i in range(s, e)}
    assert all(i in covered or c.isspace() for i, c in enumerate(text))


def test_a_no_break_space_does_not_stop_it():
    text = "He\u00a0said\u202fso. Then\u2009he left.\u00a0"
    assert split(text) == ["He\u00a0said\u202fso.", "Then\u2009he left."]


def test_the_spaces_spelt_out_are_all_but_the_plain_one():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert set(_SPACE.findall(every)) == {c for c in every if c.isspace()} - {" "}


def test_paragraphs_are_lines_without_their_outer_space():
    text = "  One. \r\n\r\n Two\u2028Three\n"
    assert [text[s:e] for s, e in paragraphs(text)] == ["One.", "Two", "Three"]
