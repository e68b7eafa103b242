"""Numbers that were read wrongly: fractions, days, ordinals, wholes beside their parts, lists, what a toll may become."""

import math

import pytest

from framelens.annotate.facts import bounds, facts_of, read_fact_words
from framelens.text.view import read_view


def rows(text):
    view = read_view("a", text, [(0, len(text), "body", "default")], measured=("body",))
    return facts_of(view, [], read_fact_words())


def find(text):
    return [(r["fact"], r["value"], r["hedge"]) for r in rows(text)]


@pytest.mark.parametrize("text", [
    "One in five residents has been displaced by the dam.",
    "The virus killed 4 in every 100,000.",
    "Five in a hundred patients died.",
    "Nine out of ten patients died.",
    "On June 4 soldiers shot dead protesters.",
    "The third of four brothers was killed.",
    "The technician took 12 dead batteries from the alarm.",
    "None of the injured is in danger.",
    "She scored 21 points as the Lions killed off the Bears.",
    "He thanked 12 arresting officers.",
    "Two of the flats were in bad condition.",
    "The army could not kill time for 12 days.",
])
def test_what_counts_nobody_is_left_alone(text):
    assert find(text) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("In June 4 soldiers were killed.", [("killed", 4, None)]),
    ("Troops killed 2 in three attacks.", [("killed", 2, None)]),
    ("Two attacks killed over 20.", [("killed", 20, "over")]),
    ("Two gunmen wounded at least four.", [("injured", 4, "at least")]),
    ("Not one soldier was killed.", [("killed", 0, None)]),
    ("Two of the nine hostages were killed.", [("killed", 2, None)]),
    ("Two of the nine hostages died.", [("killed", 2, None)]),
    ("A court acquitted four of the nine accused.", [("released", 4, None)]),
    ("Four of the dead were boys.", [("killed", 4, None)]),
    ("Some 40 to 50 miners remain trapped.", [("missing", 40, "some")]),
    ("Two men, aged 23 and 31, were arrested.", [("detained", 2, None)]),
    ("Two men, who had hidden in a barn, were arrested.", [("detained", 2, None)]),
    ("Eighteen officers, two of them beheaded, were killed.", [("killed", 18, None), ("killed", 2, None)]),
    ("Some 225 people, of whom 19 were officers, died.", [("killed", 225, "some"), ("killed", 19, None)]),
    ("The clash left three policemen and five villagers dead.", [("killed", 3, None), ("killed", 5, None)]),
    ("All 67 on board died.", [("killed", 67, None)]),
    ("The death toll could rise to 100.", [("killed", 100, "could")]),
    ("The number of dead is expected to pass 50.", [("killed", 50, "expected")]),
    ("The dead numbered 14.", [("killed", 14, None)]),
    ("The fire cost 31 lives.", [("killed", 31, None)]),
    ("Two men were hanged.", [("killed", 2, None)]),
    ("Thirteen were in a critical condition.", [("hospitalised", 13, None)]),
    ("Medics treated 55 for smoke inhalation.", [("injured", 55, None)]),
    ("A landslide forced 12,000 people to flee.", [("displaced", 12_000, None)]),
    ("They mourned 12 missing sailors.", [("missing", 12, None)]),
    ("A drought left 400 dead cattle.", [("killed", 400, None)]),
])
def test_reports_are_found(text, expected):
    assert find(text) == expected


@pytest.mark.parametrize(("text", "parts"), [
    ("Four of the dead were boys.", [True]),
    ("Two of the passengers died.", [False]),
    ("Some 225 people, of whom 19 were officers, died.", [False, True]),
])
def test_parts(text, parts):
    assert [r["part"] for r in rows(text)] == parts


@pytest.mark.parametrize(("value", "top", "hedge", "expected"), [
    (12, None, "no more than", (0, 12)), (12, None, "not more than", (0, 12)), (12, None, "no fewer than", (12, math.inf)),
    (12, None, "no less than", (12, math.inf)), (12, None, "fewer than", (10, 11)), (12, None, "or so", (10, 14)),
    (100, None, "about", (90, 110)), (10, None, "about", (9, 11)), (1000, None, "nearly", (900, 999)),
    (None, None, "up to hundreds", (0, 1999)), (None, None, "feared dozens", (0, 99)), (10, 15, "at least", (10, math.inf)),
    (12, None, "expected", (0, 12)),
])
def test_bounds(value, top, hedge, expected):
    assert bounds(value, top, hedge) == expected
