from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from framelens.text.inflect import noun_forms, verb_forms
from framelens.text.tokens import WORD, Known, normal, read_words, spans


def test_marks_that_no_reader_sees_part_no_word():
    text = "riot\u00adous pro\u200btesters"
    assert [normal(w) for w in words(text)] == ["riotous", "protesters"]


def words(text):
    return [text[s:e] for s, e in spans(text)]


def test_words_as_a_reader_counts_them():
    assert words("o’clock") == ["o’clock"]
    assert words("the protesters’ van, the mayor’s car") == ["the", "protesters", "van", "the", "mayor", "car"]
    assert words("Nur-Sultan–based (pro-democracy)") == ["Nur-Sultan", "based", "pro-democracy"]
    assert words("In the U.S. 2,500.5 or 3.5% at 5 p.m.") == ["In", "the", "U.S.", "2,500.5", "or", "3.5", "at", "5", "p.m."]
    assert words("cafe\u0301 Ñandú Мэр 東京") == ["cafe\u0301", "Ñandú", "Мэр", "東京"]
    assert words("'' -- … “”") == []


@given(st.text(st.characters(exclude_categories=("Cs", "Cn"))))  # code points without a character have no class
def test_spans_are_ordered_disjoint_and_hold_no_space(text):
    found = spans(text)
    assert all(s < e for s, e in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(not c.isspace() for s, e in found for c in text[s:e])
    assert all(any(c.isalnum() for c in text[s:e]) for s, e in found)


def test_the_normal_form_is_of_one_word_and_straight():
    assert normal("O’Neill‑Smith") == "o'neill-smith"


def test_forms_agree_with_the_lemmatizer_simplemma():
    """Another implementation: simplemma.lemmatize(form, lang="en") gives back the word whose form it is."""
    import simplemma

    nouns = ["rioter", "mob", "thug", "protester", "policeman", "crowd", "army", "clash", "strike", "youth", "march", "child"]
    for noun in nouns:
        for form in noun_forms(noun):
            assert simplemma.lemmatize(form, lang="en") == noun, form
    verbs = ["accuse", "deny", "vow", "plan", "claim", "reply", "hope", "stress"]
    for verb in verbs:
        for form in verb_forms(verb):
            assert simplemma.lemmatize(form, lang="en") == verb, form


def test_a_doubled_consonant():
    assert verb_forms("rob") == ["rob", "robs", "robbed", "robbing"]
    assert noun_forms("people") == ["people"]
    assert noun_forms("woman") == ["woman", "women"]
    assert noun_forms("human") == ["human", "humans"]


PIECES = st.sampled_from([
    "a", "s", "said", "Roe", "Été", "東京", "e\u0301", "\u00ad", "\u200b", "_", "7", "1,000", "2.5", ".", ",", " ", "\n",
    "'", "’", "'s", "’s", "ʼ", "-", "‑", "U.S.", "“", "”"])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_quick_split_finds_what_the_plain_pattern_finds(text):
    found = read_words(text)
    plain = [match.span() for match in re.finditer(WORD, text)]
    assert list(zip(found.starts, found.ends, strict=True)) == plain == spans(text)
    assert list(found.surfaces) == [text[s:e] for s, e in plain]
    assert "".join(gap + word for gap, word in zip(found.gaps, (*found.surfaces, ""), strict=True)) == text


def test_what_is_known_is_asked_once_and_bounded():
    asked: list[str] = []
    known = Known(lambda word: asked.append(word) or word.upper(), most=2)
    assert [known[w] for w in "abab"] == list("ABAB")
    assert asked == ["a", "b"]
    assert known["c"] == "C"
    assert len(known) == 1
