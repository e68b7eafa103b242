"""Numbers reported of people: what is found in sentences read by hand, what is left alone, and what numbers mean."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens import annotate
from framelens.annotate.facts import bounds, facts_of, read_fact_words
from framelens.annotate.facts.lexicon import parse_fact_words
from framelens.errors import LexiconError
from framelens.text.view import read_view


def find(text):
    view = read_view("a", text, [(0, len(text), "body", "default")], measured=("body",))
    return [(r["fact"], r["value"], r["hedge"]) for r in facts_of(view, [], read_fact_words())]


@pytest.mark.parametrize(("text", "expected"), [
    # behind the number
    ("At least 12 people were killed and more than 40 injured.", [("killed", 12, "at least"), ("injured", 40, "more than")]),
    ("Twenty-six gunmen were eliminated.", [("killed", 26, None)]),
    ("Two hundred and six miners had been arrested.", [("detained", 206, None)]),
    ("1 500 people have been displaced.", [("displaced", 1500, None)]),
    ("2.3 million villagers fled.", [("displaced", 2_300_000, None)]),
    ("Some 70 soldiers were sent to hospital.", [("hospitalised", 70, "some")]),
    ("An estimated 300 demonstrators remain in custody.", [("detained", 300, "an estimated")]),
    ("Four teachers, including a headmaster, died.", [("killed", 4, None)]),
    ("Seven boys are feared dead.", [("killed", 7, "feared")]),
    ("Nine dead, several missing after blast", [("killed", 9, None), ("missing", None, "several")]),
    ("Dozens were killed or wounded.", [("casualties", None, "dozens")]),
    ("Several hundred villagers were evacuated.", [("displaced", None, "several hundred")]),
    ("No one was killed.", [("killed", 0, None)]),
    ("Not a single marcher was hurt.", [("injured", 0, None)]),
    # before it
    ("Police detained 5,800 people, including 120 foreigners.", [("detained", 5800, None), ("detained", 120, None)]),
    ("The clashes left 12 dead.", [("killed", 12, None)]),
    ("A blast killed a boy and 12 workers and injured 40 others.", [("killed", 12, None), ("injured", 40, None)]),
    ("Troops shot dead 14 dockers.", [("killed", 14, None)]),
    ("They took 30 men into custody.", [("detained", 30, None)]),
    ("Medics took 30 men to hospital.", [("hospitalised", 30, None)]),
    ("The fire claimed 164 lives.", [("killed", 164, None)]),
    ("The fire claimed the lives of 164 guests.", [("killed", 164, None)]),
    ("The army sent 3,000 troops to the coast.", [("deployed", 3000, None)]),
    ("Among the dead were two children.", [("killed", 2, None)]),
    ("The dead included 16 officers.", [("killed", 16, None)]),
    # in a noun, or as a toll
    ("Officers made 40 arrests.", [("detained", 40, None)]),
    ("The deaths of three miners went unnoticed.", [("killed", 3, None)]),
    ("There were no casualties.", [("casualties", 0, None)]),
    ("The death toll rose from 12 to 26.", [("killed", 26, None)]),
    ("The number of detainees reached 9,900.", [("detained", 9900, None)]),
    # parts
    ("Two of the 40 detained have been released.", [("released", 2, None), ("detained", 40, None)]),
    ("Some 200 men were held, 35 of whom were later freed.", [("detained", 200, "some"), ("released", 35, None)]),
])
def test_reports_are_found(text, expected):
    assert find(text) == expected


@pytest.mark.parametrize("text", [
    "A 12-year-old girl was killed.",
    "Police killed the gunman, Tod Roe, 29, at noon.",
    "He was jailed for 12 years.",
    "The office released 5,500 pages of emails.",
    "Her party picked up 15 seats and captured 40 delegates.",
    "The 2014 killing of a clerk shook the town.",
    "Riots broke out in 2011.",
    "A policeman was killed.",
    "Some marchers were detained.",
    "Three trucks were burnt.",
    "Police did not arrest 12 people.",
    "The union demanded the release of 14 clerks.",
    "One man's lonely death moved the town.",
    "Two detainees said they were beaten.",
    "He killed time for 5 hours and died at 5 p.m.",
    "The fine was $12, and 30% of voters were hurt by it.",
    "They were one of 40 families at risk.",
])
def test_what_is_no_report_is_left_alone(text):
    assert find(text) == []


def test_who_is_counted_and_what_is_a_part():
    text = "Police said 164 people, 103 of them in Alma, had been killed. Eighteen officers died. Five rioters were shot dead."
    documents = pd.DataFrame({"document_id": ["a"], "outlet": ["Post"], "text": [text]})
    facts = annotate(documents).facts.sort_values("start")
    assert facts["counted"].tolist() == ["people", "people", "security", "protesters"]
    assert facts["part"].tolist() == [False, True, False, False]
    assert facts["who"].tolist() == ["people", "them", "officers", "rioters"]
    assert facts["voice"].tolist() == ["indirect", "indirect", "narrator", "narrator"]


def test_a_range_has_two_ends_and_a_time_its_words():
    view = read_view("a", text := "Between 10 and 15 boys died on Friday.", [(0, len(text), "body", "x")], measured=("body",))
    (row,) = facts_of(view, [], read_fact_words())
    assert (row["value"], row["value_high"], row["time"], text[row["start"]:row["end"]]) == (10, 15, "on Friday", "10 and 15")


@given(st.integers(1, 10**6 - 1), st.sampled_from(["{:,}", "{}"]), st.sampled_from(["", "at least ", "about ", "up to "]))
def test_any_number_is_read_as_it_is_written(value, form, hedge):
    if 1800 <= value < 2100 and "," not in form:
        return  # a year
    text = f"Officials put it thus: {hedge}{form.format(value)} people were killed."
    assert find(text) == [("killed", value, hedge.strip() or None)]


@given(st.text(alphabet="0123456789 ,.-killedtopandrof’'\n", max_size=60))
def test_no_text_is_too_odd(noise):
    text = f"{noise} 12 people were killed {noise}"
    view = read_view("a", text, [(0, len(text), "body", "default")], measured=("body",))
    rows = facts_of(view, [], read_fact_words())
    assert all(0 <= r["start"] < r["end"] <= len(text) for r in rows)
    assert len({r["fact_id"] for r in rows}) == len(rows)


@pytest.mark.parametrize(("value", "top", "hedge", "expected"), [
    (12, None, None, (12, 12)), (12, None, "at least", (12, math.inf)), (12, None, "more than", (13, math.inf)),
    (40, None, "up to", (0, 40)), (40, None, "nearly", (36, 39)), (40, None, "about", (36, 44)), (10, 15, None, (10, 15)),
    (None, None, "dozens", (24, 99)), (None, None, "at least dozens", (24, math.inf)),
    (None, None, "several hundred", (300, 2000)),
    (None, None, "tens of thousands", (20_000, 199_999)), (7, None, "feared", (0, 7)), (0, None, None, (0, 0)),
])
def test_bounds(value, top, hedge, expected):
    assert bounds(value, top, hedge) == expected


@pytest.mark.parametrize(("row", "column"), [
    ("slain,kill,verb,,o,", "fact"), ("killed,kill,word,,o,", "pos"), ("killed,kill,verb,,q,", "role")])
def test_a_wrong_row_of_the_word_list_is_named(row, column):
    none = (frozenset(), frozenset(), frozenset())
    with pytest.raises(LexiconError, match=f"words.csv, row 2, column {column}"):
        parse_fact_words(f"fact,lemma,pos,tail,role,note\n{row}\n", "words.csv", sets=none)
    with pytest.raises(LexiconError, match="row 1: the columns must be"):
        parse_fact_words("fact,lemma\n", "words.csv", sets=none)
